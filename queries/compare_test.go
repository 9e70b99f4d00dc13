package queries_test

import (
	"context"
	"math"
	"testing"

	"accord/queries"
	"accord/queries/stats"
)

// Against the rest is the difference from those that the filter leaves out, on
// the same day, with Newcombe's interval; filter and rest make up everyone.
func TestCompareWithTheRest(t *testing.T) {
	d := newShop(12, 600).open(t, queries.Options{MinCell: 1})
	ask := func(text string) map[string]queries.PurposeRate {
		o, err := d.Overview(context.Background(), mustParse(t, text))
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]queries.PurposeRate{}
		for _, r := range o.OptIn {
			out[r.Purpose] = r
		}
		return out
	}
	got, rest := ask("region=QC vs=rest"), ask("region!=QC")
	for purpose, r := range got {
		want := rest[purpose].Rate
		n, _ := r.BeforeRate.Numerator.Value()
		of, _ := r.BeforeRate.Denominator.Value()
		wantN, _ := want.Numerator.Value()
		wantOf, _ := want.Denominator.Value()
		if !r.Rest || n != wantN || of != wantOf || of == 0 {
			t.Errorf("%s: the rest is %d of %d, want %d of %d", purpose, n, of, wantN, wantOf)
		}
		mine, _ := r.Rate.Numerator.Value()
		mineOf, _ := r.Rate.Denominator.Value()
		plain, _ := stats.ShareDifference(stats.Proportion{Successes: mine, N: mineOf}, stats.Proportion{Successes: n, N: of}, 0.95).Estimate()
		e, ok := r.Interval.Value()
		if change, _ := r.Change.Value(); !ok || math.Abs(e.Low-plain.Low) > 1e-12 || e.Value != change {
			t.Errorf("%s: %+v, want %+v", purpose, e, plain)
		}
	}
}

// A rest of few people is withheld, and nothing follows from it.
func TestSmallRestIsWithheld(t *testing.T) {
	s := newShop(12, 600)
	for i := range s.customers {
		if s.customers[i].region, s.customers[i].age = "QC", "55+"; i < 15 {
			s.customers[i].region = "NT"
		}
	}
	o, err := s.open(t, queries.Options{}).Overview(context.Background(), mustParse(t, "region=QC vs=rest"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range o.OptIn {
		if n, there := r.BeforeRate.Numerator.Value(); there && n > 0 && n < 11 {
			t.Errorf("%s: %d of the rest are shown", r.Purpose, n)
		}
		if _, there := r.Interval.Value(); there && r.BeforeRate.Estimate.Why() != "" {
			t.Errorf("%s: a change that gives a withheld rate away", r.Purpose)
		}
	}
}

// Consent's groups compare with the day that the filter asks for.
func TestConsentCompares(t *testing.T) {
	d := newShop(12, 900).open(t, queries.Options{MinCell: 1})
	for text, before := range map[string]queries.Date{"since=2018-04-02": "2018-04-02", "since=2018-03-05": "2018-03-11", "since=2018-04-02 vs=previous": "2018-04-01"} {
		c, err := d.Consent(context.Background(), mustParse(t, text), queries.Choice{})
		if err != nil || len(c.Over) == 0 {
			t.Fatal(err, c.NoOver)
		}
		for _, g := range c.Over {
			if g.Before != before {
				t.Errorf("%q: %s is compared with %s, want %s", text, g.Name, g.Before, before)
			}
			e, ok := g.Interval.Value()
			if change, _ := g.Change.Value(); !ok || e.Value != change || e.Low > e.Value || e.High < e.Value {
				t.Errorf("%q: %s: %+v", text, g.Name, e)
			}
		}
	}
}
