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
	VersusRest     Versus = "rest"     // the customers that the filter's terms leave out, on the same day
)

// Comparisons lists what a filter can compare with.
var Comparisons = []Versus{VersusPrevious, VersusYear, VersusRest}

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
	Text    string  // the whole filter
	Column  int     // 1-based, in runes
	Width   int     // of the word that is wrong, in runes; 0 = something is missing there
	Problem Mistake // what is wrong and what to write
	Args    []any   // of Problem
	Nearest string  // what may have been meant, as it is written in a filter; "" = unknown
}

func (e *FilterError) Error() string {
	return fmt.Sprintf("filter %q, column %d: %s", e.Text, e.Column, fmt.Sprintf(string(e.Problem), e.Args...))
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

// ParseFilter reads the text form of a filter. The error is a *FilterError. Whether
// a data set has what it names is a matter of its [Vocabulary].
func ParseFilter(text string) (Filter, error) {
	f, _, err := parseFilter(text)
	return f, err
}

// parseFilter also tells where the names and values of the terms stand.
func parseFilter(text string) (Filter, []placed, error) {
	var f Filter
	var said []placed
	p := filterParser{text: text, rest: text}
	for p.skipSpace(); p.rest != ""; p.skipSpace() {
		name, err := p.word(noName)
		if err != nil {
			return Filter{}, nil, err
		}
		not := strings.HasPrefix(p.rest, "!=")
		switch {
		case not:
			p.rest = p.rest[2:]
		case strings.HasPrefix(p.rest, "="):
			p.rest = p.rest[1:]
		default:
			return Filter{}, nil, p.fail(spot{column: p.column()}, noSign, name.word)
		}
		values, err := p.values(name.word)
		if err != nil {
			return Filter{}, nil, err
		}
		list := make([]string, len(values))
		for i, v := range values {
			list[i] = v.word
		}
		var wrong *wrongTerm
		if !name.quoted && isKeyword(name.word) {
			wrong = f.setKeyword(name.word, not, list)
			name.keyword = true
		} else {
			wrong = f.addTerm(Term{name.word, not, list})
		}
		if wrong != nil {
			return Filter{}, nil, p.fail(name.spot, wrong.problem, wrong.args...)
		}
		said = append(said, placed{name, values})
	}
	if f.Since != "" && f.Until != "" && f.Since > f.Until {
		return Filter{}, nil, p.fail(spot{column: 1}, endsBeforeItBegins, f.Until, f.Since)
	}
	if f.Versus == VersusRest && len(f.Terms) == 0 {
		for _, t := range said {
			if t.name.keyword && t.name.word == "vs" {
				return Filter{}, nil, p.fail(t.values[0].spot, nothingLeftOut)
			}
		}
	}
	slices.SortFunc(f.Terms, compareTerms)
	return f, said, nil
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

// A wrongTerm is what is wrong with a term, wherever it stands.
type wrongTerm struct {
	problem Mistake
	args    []any
}

func (f *Filter) addTerm(t Term) *wrongTerm {
	for _, have := range f.Terms {
		if have.Dimension == t.Dimension && have.Not == t.Not {
			return &wrongTerm{dimensionTwice, []any{t.Dimension}}
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

func (f *Filter) setKeyword(name string, not bool, values []string) *wrongTerm {
	if not || len(values) != 1 {
		return &wrongTerm{oneValue, []any{name}}
	}
	v := values[0]
	part := map[string]*string{"purpose": &f.Purpose, "since": (*string)(&f.Since), "until": (*string)(&f.Until), "vs": (*string)(&f.Versus)}[name]
	if *part != "" {
		return &wrongTerm{keywordTwice, []any{name}}
	}
	switch name {
	case "since", "until":
		if _, err := ParseDate(v); err != nil {
			return &wrongTerm{noDate, []any{v}}
		}
	case "vs":
		if !slices.Contains(Comparisons, Versus(v)) {
			return &wrongTerm{noComparison, []any{v}}
		}
	}
	*part = v
	return nil
}
