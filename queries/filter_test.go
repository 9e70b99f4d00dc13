package queries

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseFilter(t *testing.T) {
	for _, test := range []struct {
		text, canonical string
		want            Filter
	}{
		{"", "", Filter{}},
		{"  region=QC,ON,QC ", "region=ON,QC", Filter{Terms: []Term{{"region", false, []string{"ON", "QC"}}}}},
		{"b=2 a!=1 a=3", "a=3 a!=1 b=2", Filter{Terms: []Term{
			{"a", false, []string{"3"}}, {"a", true, []string{"1"}}, {"b", false, []string{"2"}},
		}}},
		{`region="New Brunswick",QC`, `region="New Brunswick",QC`, Filter{Terms: []Term{{"region", false, []string{"New Brunswick", "QC"}}}}},
		{`"since"=x`, `"since"=x`, Filter{Terms: []Term{{"since", false, []string{"x"}}}}},
		{`q="say \"no\" \\ now"`, `q="say \"no\" \\ now"`, Filter{Terms: []Term{{"q", false, []string{`say "no" \ now`}}}}},
		{"vs=year until=2018-12-31 since=2018-01-01 purpose=personalisation", "purpose=personalisation since=2018-01-01 until=2018-12-31 vs=year",
			Filter{Purpose: "personalisation", Since: "2018-01-01", Until: "2018-12-31", Versus: VersusYear}},
		{"âge=65+", "âge=65+", Filter{Terms: []Term{{"âge", false, []string{"65+"}}}}},
	} {
		got, err := ParseFilter(test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q: %s", test.text, diff)
		}
		if got.String() != test.canonical {
			t.Errorf("%q: canonical form %q, want %q", test.text, got.String(), test.canonical)
		}
	}
}

// A mistake is reported at its column.
func TestFilterMistakes(t *testing.T) {
	for text, column := range map[string]int{
		"region":                            7,
		"region=":                           8,
		"=QC":                               1,
		"région=QC,":                        11,
		"a=1 a=2":                           5,
		"since=soon":                        1,
		"a=1 since=1889-01-01":              5,
		"since!=2018-01-01":                 1,
		"vs=tomorrow":                       1,
		"vs=year vs=year":                   9,
		"until=2018-01-01 until=2018-01-02": 18,
		"purpose=a purpose=b":               11,
		`a="open`:                           3,
		"a=b;DROP":                          4,
		"since=2018-02-01 until=2018-01-01": 1,
		"a=\xff":                            3,
	} {
		_, err := ParseFilter(text)
		var mistake *FilterError
		if !errors.As(err, &mistake) {
			t.Errorf("%q: error %v, want a FilterError", text, err)
			continue
		}
		if mistake.Column != column {
			t.Errorf("%q: column %d, want %d (%v)", text, mistake.Column, column, err)
		}
	}
}

// The canonical form of any filter parses back to it.
func TestFilterRoundTrip(t *testing.T) {
	name := rapid.StringN(1, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		var f Filter
		for _, dimension := range rapid.SliceOfNDistinct(name, 0, 4, rapid.ID).Draw(t, "dimensions") {
			values := rapid.SliceOfNDistinct(name, 1, 4, rapid.ID).Draw(t, "values")
			slices.Sort(values)
			f.Terms = append(f.Terms, Term{dimension, rapid.Bool().Draw(t, "not"), values})
		}
		slices.SortFunc(f.Terms, compareTerms)
		f.Purpose = rapid.String().Draw(t, "purpose")
		f.Versus = rapid.SampledFrom([]Versus{VersusNothing, VersusPrevious, VersusYear}).Draw(t, "versus")
		if rapid.Bool().Draw(t, "dated") {
			f.Since, f.Until = "2018-01-01", "2018-06-30"
		}
		got, err := ParseFilter(f.String())
		if err != nil {
			t.Fatalf("%q: %v", f.String(), err)
		}
		if diff := cmp.Diff(f, got); diff != "" {
			t.Fatalf("%q: %s", f.String(), diff)
		}
	})
}

// Whatever parses has a canonical form that parses to the same filter.
func FuzzParseFilter(f *testing.F) {
	for _, seed := range []string{"region=QC,ON since=2018-01-01", `a!="b c" vs=previous`, `"since"="\"\\"`, "a=1 a=1", "\x00=\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, err := ParseFilter(text)
		if err != nil {
			return
		}
		again, err := ParseFilter(first.String())
		if err != nil {
			t.Fatalf("%q -> %q: %v", text, first.String(), err)
		}
		if diff := cmp.Diff(first, again); diff != "" {
			t.Fatalf("%q -> %q: %s", text, first.String(), diff)
		}
	})
}
