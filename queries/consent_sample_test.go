package queries_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"accord/queries"
)

// What the generator planted in the bundled sample is found there.
func TestConsentOnTheSample(t *testing.T) {
	ctx, d := context.Background(), openSample(t)
	ask := func(filter string, c queries.Choice) queries.Consent {
		t.Helper()
		a, err := d.Consent(ctx, mustParse(t, filter), c)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := ask("", queries.Choice{})
	if a.Purpose != "personalisation" || len(a.Over) != 7 || a.Over[0].Name != a.Purpose {
		t.Fatalf("%d groups about %s", len(a.Over), a.Purpose)
	}
	last := a.Over[0].Points[len(a.Over[0].Points)-1]
	if e, _ := last.Rate.Estimate.Value(); last.At != "2018-12-31" || e.Value < 0.40 || e.Value > 0.42 {
		t.Errorf("opted in on %s: %+v, want 41 %%", last.At, e)
	}
	find := func(day queries.Date) queries.Around {
		t.Helper()
		for _, x := range a.Around {
			if slices.ContainsFunc(x.Marks, func(m queries.Mark) bool { return m.Day == day }) && x.Missing == "" {
				return x
			}
		}
		t.Fatalf("nothing is said of %s", day)
		return queries.Around{}
	}
	// The crisis: withdrawals triple for three weeks, of which the step holds two
	// and a half; joining and leaving go on as before. People come and go in bursts,
	// which intervals allow for.
	if e, _ := find("2018-03-17").Exits.Change.Value(); e.Low < 0.1 || e.Value < 0.8 {
		t.Errorf("exits from mid-March 2018: %+v", e)
	}
	if e, _ := find("2018-05-25").Entries.Change.Value(); e.Low < 0.2 || e.Value < 2 {
		t.Errorf("entries from 2018-05-25: %+v", e)
	}
	for _, m := range []queries.Mark{{Day: "2018-07-03", Kind: queries.NoticeMark, Label: "v3"}, {Day: "2017-07-01", Kind: queries.NewsMark, Label: "LCAP : fin de la période de transition / CASL: end of the transition period"}} {
		if !slices.Contains(a.Course.Marks, m) {
			t.Errorf("%+v is not marked", m)
		}
	}
	// The notice in clear language: better in each way of asking a person, and
	// worse over all, as more is asked by links in mailings.
	for _, c := range a.Funnel.Within {
		e, _ := c.Change.Value()
		older, _ := c.Older.Estimate.Value()
		newer, _ := c.Newer.Estimate.Value()
		if slices.Contains([]string{"checkbox", "form", "verbal"}, c.Method) && (e.Low <= 0 || math.Abs(older.Value-0.36) > 0.03 || math.Abs(newer.Value-0.49) > 0.035) {
			t.Errorf("by %s: %v under %s, %v under %s: %+v", c.Method, older.Value, a.Funnel.Older, newer.Value, a.Funnel.Newer, e)
		}
	}
	if e, _ := a.Funnel.Crude.Value(); a.Funnel.Newer != "v3" || len(a.Funnel.Within) != 5 || e.High >= 0 || !a.Funnel.Reversed {
		t.Errorf("funnel %+v", a.Funnel)
	}
	if row := a.Expiring.Rows[0]; row.Purpose != "email_marketing" || row.Basis != "implied" {
		t.Errorf("expiring %+v", row)
	} else if n, _ := row.Within[1].Value(); n < 100 {
		t.Errorf("%d implied consents expire within 90 days", n)
	}
	// Older implied consents lapse on the first of July 2017.
	mail := ask("purpose=email_marketing since=2017-01-01 until=2017-12-31", queries.Choice{})
	before, after := contactable(mail.Over[0], "2017-06-30"), contactable(mail.Over[0], "2017-09-30")
	if mail.Purpose != "email_marketing" || before-after < 250 {
		t.Errorf("%d contactable before July 2017, %d after", before, after)
	}
	byAge := ask("", queries.Choice{By: "age_band"})
	if byAge.Mix.Dimension != "age_band" || byAge.Mix.Tried != 1 || len(byAge.Mix.Points) < 5 || byAge.Mix.Reversed {
		t.Errorf("mix %+v", byAge.Mix)
	}
	for _, e := range byAge.Over {
		if len(e.Points) != len(byAge.Over[0].Points) {
			t.Errorf("groups have days of their own")
		}
	}
}

// contactable is the last number known up to a day.
func contactable(g queries.ConsentGroup, until queries.Date) (n int64) {
	for _, p := range g.Points {
		if v, ok := p.Contactable.Numerator.Value(); ok && p.At <= until {
			n = v
		}
	}
	return n
}
