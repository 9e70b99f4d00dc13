package queries_test

import (
	"context"
	"testing"

	"accord/queries"
)

// Every period's count equals one over the events in plain Go.
func TestWithdrawalsReconciled(t *testing.T) {
	t.Parallel()
	s := newShop(7, 400)
	d, guarded := s.open(t, queries.Options{MinCell: 1}), s.open(t, queries.Options{})
	first := lastDay
	for _, c := range s.consents {
		if c.at.Before(first) {
			first = c.at
		}
	}
	ask := func(d *queries.Dataset, f queries.Filter, days int) queries.Withdrawals {
		t.Helper()
		w, err := d.Withdrawals(context.Background(), f, days)
		if err != nil || w.Missing != "" || len(w.Periods) != 13 {
			t.Fatalf("%+v, %v", w, err)
		}
		return w
	}
	some := 0
	for _, f := range filters {
		for _, purpose := range []string{"", "email"} {
			for _, days := range []int{1, 7, 30} {
				filter := mustParse(t, f.text)
				filter.Purpose = purpose
				w := ask(d, filter, days)
				if w.Periods[0].Until != "2018-06-30" || w.Periods[1].Until.AddDays(1) != w.Periods[0].Since {
					t.Errorf("periods %+v", w.Periods[:2])
				}
				for _, p := range w.Periods {
					begins, ends := p.Since.Time(), p.Until.AddDays(1).Time()
					people := map[int]bool{}
					for _, c := range s.consents {
						if c.state == "withdrawn" && (purpose == "" || c.purpose == purpose) && f.keep(s.customers[c.customer]) && !c.at.Before(begins) && c.at.Before(ends) {
							people[c.customer] = true
						}
					}
					n, ok := p.People.Value()
					if whole := !first.After(begins); ok != whole || ok && n != int64(len(people)) {
						t.Errorf("%q %q from %s to %s: %d (%v), want %d (%v)", f.text, purpose, p.Since, p.Until, n, ok, len(people), whole)
					}
					some += len(people)
				}
			}
		}
	}
	if some == 0 {
		t.Error("nobody withdrew")
	}
	// Few people are not shown; nobody is.
	for i, p := range ask(guarded, queries.Filter{}, 1).Periods {
		n, _ := ask(d, queries.Filter{}, 1).Periods[i].People.Value()
		if shown, ok := p.People.Value(); ok != (n == 0 || n >= 11) || ok && shown != n {
			t.Errorf("%d people are shown as %d, %v", n, shown, p.People.Why())
		}
	}
	if _, err := d.Withdrawals(context.Background(), queries.Filter{Purpose: "post"}, 7); err == nil {
		t.Error("a purpose that is not there has withdrawals")
	}
	if w := ask(d, queries.Filter{Until: "2018-04-30"}, 7); w.Periods[0].Until != "2018-04-30" {
		t.Errorf("until %s", w.Periods[0].Until)
	}
}
