package queries

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Date is a day of the store's calendar in ISO 8601 form ("2018-03-17").
// The empty Date is open or unknown. Dates order as strings do.
type Date string

// ParseDate reads an ISO date between 1990 and 2100.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1990 || t.Year() > 2100 {
		return "", fmt.Errorf("%q is not a date: write one between 1990 and 2100 as 2018-03-17", s)
	}
	return Date(s), nil
}

// DateOf is the calendar day of t, in t's own location.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Time is the day's midnight in UTC; the zero time for an empty Date.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddDays is the date n days later.
func (d Date) AddDays(n int) Date {
	if d == "" {
		return ""
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// Versus names the period that a filter's period is compared with.
type Versus string

// The comparisons of a Filter.
const (
	VersusNothing  Versus = ""
	VersusPrevious Versus = "previous" // the period of the same length just before
	VersusYear     Versus = "year"     // the same days a year before
)

// A Filter picks who and when an answer is about. The zero Filter picks
// everyone, always. It is a plain value; String is its canonical form, which
// [ParseFilter] reads back to an equal Filter and which serves as its key.
type Filter struct {
	Terms   []Term // sorted by dimension, at most one for each dimension and sign
	Purpose string // of consent; "" = the store's main purpose where one is needed
	Since   Date   // first day of the period
	Until   Date   // last day of the period
	Versus  Versus
}

// A Term keeps the segments whose Dimension is one of Values, or none of them.
type Term struct {
	Dimension string
	Not       bool
	Values    []string // sorted, no duplicates, at least one
}

// A FilterError says where in the text of a filter something is wrong.
type FilterError struct {
	Text    string // the whole filter
	Column  int    // 1-based, in runes
	Problem string // what is wrong and what to write
}

func (e *FilterError) Error() string {
	return fmt.Sprintf("filter %q, column %d: %s", e.Text, e.Column, e.Problem)
}

// String is the canonical text form, such as
// `region=ON,QC age_band!=65+ since=2018-01-01 vs=previous`. Names and values
// that hold anything but letters, digits and `_ . + - /` are quoted as in
// `region="New Brunswick"`, as are dimensions named like a keyword.
func (f Filter) String() string {
	var words []string
	for _, t := range f.Terms {
		op := "="
		if t.Not {
			op = "!="
		}
		values := make([]string, len(t.Values))
		for i, v := range t.Values {
			values[i] = quoteWord(v)
		}
		name := quoteWord(t.Dimension)
		if isKeyword(t.Dimension) {
			name = `"` + t.Dimension + `"`
		}
		words = append(words, name+op+strings.Join(values, ","))
	}
	for _, kv := range [][2]string{
		{"purpose", f.Purpose}, {"since", string(f.Since)}, {"until", string(f.Until)}, {"vs", string(f.Versus)},
	} {
		if kv[1] != "" {
			words = append(words, kv[0]+"="+quoteWord(kv[1]))
		}
	}
	return strings.Join(words, " ")
}

// ParseFilter reads the text form of a filter. The error is a *FilterError.
func ParseFilter(text string) (Filter, error) {
	var f Filter
	p := filterParser{text: text, rest: text}
	for p.skipSpace(); p.rest != ""; p.skipSpace() {
		at := p.column()
		name, quoted, err := p.word("the name of a dimension")
		if err != nil {
			return Filter{}, err
		}
		not := strings.HasPrefix(p.rest, "!=")
		switch {
		case not:
			p.rest = p.rest[2:]
		case strings.HasPrefix(p.rest, "="):
			p.rest = p.rest[1:]
		default:
			return Filter{}, p.fail(p.column(), "expected = or != after %s", name)
		}
		values, err := p.values(name)
		if err != nil {
			return Filter{}, err
		}
		if !quoted && isKeyword(name) {
			err = f.setKeyword(name, not, values)
		} else {
			err = f.addTerm(Term{name, not, values})
		}
		if err != nil {
			return Filter{}, p.fail(at, "%v", err)
		}
	}
	if f.Since != "" && f.Until != "" && f.Since > f.Until {
		return Filter{}, p.fail(1, "the period ends (%s) before it begins (%s)", f.Until, f.Since)
	}
	slices.SortFunc(f.Terms, compareTerms)
	return f, nil
}

func compareTerms(a, b Term) int {
	if c := strings.Compare(a.Dimension, b.Dimension); c != 0 || a.Not == b.Not {
		return c
	}
	if a.Not {
		return 1
	}
	return -1
}

func (f *Filter) addTerm(t Term) error {
	for _, have := range f.Terms {
		if have.Dimension == t.Dimension && have.Not == t.Not {
			return fmt.Errorf("%s is there twice: write its values once, with commas", t.Dimension)
		}
	}
	slices.Sort(t.Values)
	t.Values = slices.Compact(t.Values)
	f.Terms = append(f.Terms, t)
	return nil
}

func isKeyword(name string) bool {
	return name == "purpose" || name == "since" || name == "until" || name == "vs"
}

func (f *Filter) setKeyword(name string, not bool, values []string) error {
	if not || len(values) != 1 {
		return fmt.Errorf("%s takes one value after =", name)
	}
	v := values[0]
	var err error
	set := func(d *Date) {
		if *d != "" {
			err = fmt.Errorf("%s is there twice", name)
			return
		}
		*d, err = ParseDate(v)
	}
	switch name {
	case "since":
		set(&f.Since)
	case "until":
		set(&f.Until)
	case "purpose":
		if f.Purpose != "" {
			return fmt.Errorf("purpose is there twice")
		}
		f.Purpose = v
	case "vs":
		if f.Versus != "" {
			return fmt.Errorf("vs is there twice")
		}
		if v != string(VersusPrevious) && v != string(VersusYear) {
			return fmt.Errorf("vs=%s is not a comparison: write vs=previous or vs=year", v)
		}
		f.Versus = Versus(v)
	}
	return err
}
