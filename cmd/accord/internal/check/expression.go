package check

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// An expression is a rule as it was read: a figure, how it is compared, and the
// bound.
type expression struct {
	figure figure
	labels map[string]string
	op     string
	bound  float64 // a share for shares, as a fraction; a factor where previous
	// previous says that bound is times the figure before.
	previous bool
	text     string // in canonical form
}

// ops are the comparisons; longer ones come first.
var ops = []string{"<=", ">=", "==", "!=", "<", ">"}

// holds compares two numbers.
func holds(op string, a, b float64) bool {
	switch op {
	case "<=":
		return a <= b
	case ">=":
		return a >= b
	case "==":
		return a == b
	case "!=":
		return a != b
	case "<":
		return a < b
	}
	return a > b
}

// A reader goes through the text of a rule.
type reader struct{ text, rest string }

func (r *reader) fail(format string, args ...any) error {
	at := len([]rune(r.text[:len(r.text)-len(r.rest)])) + 1
	return fmt.Errorf("column %d: %s", at, fmt.Sprintf(format, args...))
}

func (r *reader) blank() { r.rest = strings.TrimLeftFunc(r.rest, unicode.IsSpace) }

// take takes a prefix after blanks, if it is there.
func (r *reader) take(prefix string) bool {
	r.blank()
	rest, ok := strings.CutPrefix(r.rest, prefix)
	if ok {
		r.rest = rest
	}
	return ok
}

// word takes letters, digits and underscores.
func (r *reader) word() string {
	r.blank()
	end := strings.IndexFunc(r.rest, func(c rune) bool { return c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	if end < 0 {
		end = len(r.rest)
	}
	word := r.rest[:end]
	r.rest = r.rest[end:]
	return word
}

// parse reads a rule. The error says at which column what is wrong.
func parse(text string) (expression, error) {
	r := reader{text, text}
	e := expression{labels: map[string]string{}}
	r.blank()
	before := r
	name := r.word()
	i := slices.IndexFunc(figures, func(f figure) bool { return f.name == name })
	if i < 0 {
		return e, before.fail("there is no figure %s: write one of %s", strconv.Quote(name), strings.Join(Figures(), ", "))
	}
	e.figure = figures[i]
	if r.take("{") {
		if err := e.readLabels(&r); err != nil {
			return e, err
		}
	}
	if e.figure.unit == probability {
		r.take("p") // of a test, which may be said
	}
	r.blank()
	for _, op := range ops {
		if e.op == "" && r.take(op) {
			e.op = op
		}
	}
	if e.op == "" {
		return e, r.fail("expected one of %s", strings.Join(ops, " "))
	}
	if err := e.readBound(&r); err != nil {
		return e, err
	}
	if r.blank(); r.rest != "" {
		return e, r.fail("expected nothing more")
	}
	e.text = e.canonical()
	return e, nil
}

func (e *expression) readLabels(r *reader) error {
	for !r.take("}") {
		if len(e.labels) > 0 && !r.take(",") {
			return r.fail(`expected , or }`)
		}
		r.blank()
		before := *r
		name := r.word()
		if !slices.Contains(e.figure.labels, name) {
			if len(e.figure.labels) == 0 {
				return before.fail("%s has no labels", e.figure.name)
			}
			return before.fail("%s has no label %s: write one of %s", e.figure.name, strconv.Quote(name), strings.Join(e.figure.labels, ", "))
		}
		if _, twice := e.labels[name]; twice {
			return before.fail("%s is there twice", name)
		}
		if !r.take("=") {
			return r.fail("expected = after %s", name)
		}
		r.blank()
		quoted, err := strconv.QuotedPrefix(r.rest)
		if err != nil || quoted[0] != '"' {
			return r.fail(`expected a value in double quotes, such as %s="..."`, name)
		}
		value, err := strconv.Unquote(quoted)
		if err != nil || value == "" {
			return r.fail("%s is no value", quoted)
		}
		e.labels[name], r.rest = value, r.rest[len(quoted):]
	}
	if _, err := e.days(); err != nil {
		return r.fail("%v", err)
	}
	return nil
}

// usualDays is the period where no label says it.
const usualDays = 7

// days is the period of the figure.
func (e *expression) days() (int, error) {
	period, ok := e.labels["period"]
	if !ok {
		return usualDays, nil
	}
	for suffix, days := range map[string]int{"d": 1, "w": 7} {
		if n, err := strconv.Atoi(strings.TrimSuffix(period, suffix)); err == nil && strings.HasSuffix(period, suffix) && n > 0 && n*days <= 366 {
			return n * days, nil
		}
	}
	return 0, fmt.Errorf(`period=%q: write days or weeks up to a year, such as "7d" or "4w"`, period)
}

func (e *expression) readBound(r *reader) error {
	r.blank()
	end := strings.IndexFunc(r.rest, func(c rune) bool { return !strings.ContainsRune("+-.0123456789eE", c) })
	if end < 0 {
		end = len(r.rest)
	}
	var err error
	if e.bound, err = strconv.ParseFloat(r.rest[:end], 64); err != nil || e.bound != e.bound || errors.Is(err, strconv.ErrRange) {
		return r.fail("expected a number, with a decimal point")
	}
	r.rest = r.rest[end:]
	before := *r
	switch {
	case r.take("%"), r.take("pp"):
		if e.figure.unit != share && e.figure.unit != points {
			return before.fail("%s is no share: write a number without a unit", e.figure.name)
		}
		e.bound /= 100
	case r.take("x"), r.take("×"), r.take("*"):
		if !r.take("previous") {
			return r.fail("expected previous, as in 1.5 x previous")
		}
		if !slices.Contains(e.figure.labels, "period") {
			return before.fail("%s has no period, so that there is nothing previous", e.figure.name)
		}
		e.previous = true
	}
	return nil
}

// canonical is the text that reads back as the same expression.
func (e *expression) canonical() string {
	var labels []string
	for _, name := range e.figure.labels {
		if value, ok := e.labels[name]; ok {
			labels = append(labels, name+"="+strconv.Quote(value))
		}
	}
	text := e.figure.name
	if len(labels) > 0 {
		text += "{" + strings.Join(labels, ", ") + "}"
	}
	if e.figure.unit == probability {
		text += " p"
	}
	text += " " + e.op + " " + strconv.FormatFloat(e.bound, 'g', -1, 64)
	if e.previous {
		text += " x previous"
	}
	return text
}
