package queries_test

import (
	"context"
	"testing"

	"accord/queries"
)

// The rows of a cut add up to the arm, and equal sums over the assignments in
// Go; what the arm in full says follows from them.
func TestCutReconciled(t *testing.T) {
	s := newShop(4, 900)
	d := s.open(t, queries.Options{MinCell: 1})
	for _, by := range []string{"region", "age_band", queries.ByOptedIn} {
		l := ask(t, d, queries.Choice{By: by, Measure: "revenue", Campaign: "spring"})
		var n int64
		for _, r := range l.Cut.Rows {
			var want, cents int64
			for _, a := range s.assigned {
				c := s.customers[a.customer]
				if a.campaign != "spring" || a.arm != "personalised" || a.at.AddDate(0, 0, 14).After(lastDay.AddDate(0, 0, 1)) {
					continue
				}
				opted := "no"
				if s.optedIn(a.customer, "email", a.at) && s.optedIn(a.customer, "personalisation", a.at) {
					opted = "yes"
				}
				if map[string]string{"region": c.region, "age_band": c.age, queries.ByOptedIn: opted}[by] == r.Value {
					want++
					cents += a.cents
				}
			}
			got, _ := r.Treated.N.Value()
			each, _ := r.Treated.Value.Value()
			if got != want || !near(each.Value, float64(cents)/100/float64(want)) {
				t.Errorf("%s = %s: %d customers at %v, want %d at %v", by, r.Value, got, each.Value, want, float64(cents)/100/float64(want))
			}
			n += got
		}
		for _, c := range l.Campaigns {
			for _, a := range c.Arms {
				for _, o := range a.Outcomes {
					if all, _ := o.N.Value(); c.Campaign == "spring" && a.Arm == "personalised" && o.Metric == queries.Revenue && all != n {
						t.Errorf("by %s: rows of %d, the arm has %d", by, n, all)
					}
				}
			}
		}
	}
}

// A row of a cut about few people is left out, and does not follow from the
// arm's total and the rows that are shown.
func TestCutProtectsFewPeople(t *testing.T) {
	hidden := 0
	for seed := range uint64(4) {
		d := newShop(seed, 400).open(t, queries.Options{})
		for _, by := range []string{"region", "age_band", queries.ByOptedIn} {
			for _, measure := range []string{"click", "conversion"} {
				l, err := d.Lift(context.Background(), queries.Filter{}, queries.Choice{By: by, Measure: measure, Campaign: "spring"})
				if err != nil {
					t.Fatal(err)
				}
				agree(t, l)
				hidden += l.Cut.Hidden
				if l.Cut.Hidden == 1 && len(l.Cut.Rows) > 0 {
					t.Errorf("by %s one row is left out: it follows from the others", by)
				}
				var seen, people int64
				for _, r := range l.Cut.Rows {
					n, _ := r.Treated.N.Value()
					x, ok := r.Treated.People.Value()
					if !ok || x > 0 && x < queries.DefaultMinCell || n-x > 0 && n-x < queries.DefaultMinCell {
						t.Errorf("by %s, %s: %d of %d", by, r.Value, x, n)
					}
					seen, people = seen+n, people+x
				}
				for _, c := range l.Campaigns {
					for _, a := range c.Arms {
						for _, o := range a.Outcomes {
							n, _ := o.N.Value()
							x, ok := o.People.Value()
							if c.Campaign != "spring" || a.Arm != l.Choice.Arm || string(o.Metric) != measure || !ok || len(l.Cut.Rows) == 0 {
								continue
							}
							for _, left := range []int64{n - seen, x - people, n - seen - x + people} {
								if left > 0 && left < queries.DefaultMinCell {
									t.Errorf("by %s: %d people follow from the rows", by, left)
								}
							}
						}
					}
				}
			}
		}
	}
	if hidden == 0 {
		t.Error("nothing was left out: the test tests nothing")
	}
}

// One group is the arm, and is judged as it is: among all comparisons.
func TestCutOfOneGroup(t *testing.T) {
	quebec := queries.Filter{Terms: []queries.Term{{Dimension: "region", Values: []string{"QC"}}}}
	l, err := openSample(t).Lift(context.Background(), quebec, queries.Choice{Campaign: "2018-08-rentree", Arm: "personalised", By: "region"})
	if err != nil {
		t.Fatal(err)
	}
	agree(t, l)
	if !l.Cut.Single() || l.Cut.Rule.Compared < 2 {
		t.Errorf("%+v", l.Cut)
	}
}
