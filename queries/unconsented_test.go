package queries_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"accord/queries"
)

// businessDays is how many Mondays to Fridays lie between two days, stepping from
// one to the other.
func businessDays(from, to time.Time) int {
	n := 0
	for day := from.Truncate(24 * time.Hour); day.Before(to.Truncate(24 * time.Hour)); {
		day = day.AddDate(0, 0, 1)
		if d := day.Weekday(); d != time.Saturday && d != time.Sunday {
			n++
		}
	}
	return n
}

// allowed replays a customer's events: whether a consent to a purpose was valid at
// a moment, or had been withdrawn within the grace.
func (s shop) allowed(customer int, purpose string, at time.Time) bool {
	var events []consent
	for _, c := range s.consents {
		if c.customer == customer && c.purpose == purpose && !c.at.After(at) && c.state != "deferred" {
			events = append(events, c)
		}
	}
	slices.SortStableFunc(events, func(a, b consent) int { return a.at.Compare(b.at) })
	valid, withdrawn := false, time.Time{}
	for _, e := range events {
		switch {
		case e.state == "given" || e.state == "renewed":
			valid, withdrawn = true, time.Time{}
		case valid:
			valid = false
			if e.state == "withdrawn" {
				withdrawn = e.at
			}
		}
	}
	if left := s.customers[customer].left; !left.IsZero() && !left.After(at) {
		return !withdrawn.IsZero() && withdrawn.Before(left) && businessDays(withdrawn, at) < 10
	}
	return valid || !withdrawn.IsZero() && businessDays(withdrawn, at) < 10
}

// Every campaign's count equals a replay of the events in Go.
func TestUnconsentedReconciled(t *testing.T) {
	t.Parallel()
	s := newShop(3, 400)
	d := s.open(t, queries.Options{})
	grace := 0
	for _, f := range filters {
		got, err := d.Unconsented(context.Background(), mustParse(t, f.text))
		if err != nil || got.Missing != "" || len(got.Campaigns) != 2 || got.Campaigns[0].Campaign != "late" {
			t.Fatalf("%+v, %v", got, err)
		}
		for _, c := range got.Campaigns {
			var messages, without int64
			for _, a := range s.assigned {
				if a.campaign != c.Campaign || !f.keep(s.customers[a.customer]) {
					continue
				}
				messages++
				purposes := []string{"email"}
				if a.arm == "personalised" {
					purposes = append(purposes, "personalisation")
				}
				for _, p := range purposes {
					if !s.allowed(a.customer, p, a.at) {
						without++
						break
					}
				}
				for _, p := range purposes {
					if s.allowed(a.customer, p, a.at) && !s.optedIn(a.customer, p, a.at.Add(time.Second)) {
						grace++
					}
				}
			}
			if c.Messages != messages || c.Without != without || without == 0 {
				t.Errorf("%q %s: %d of %d, want %d of %d", f.text, c.Campaign, c.Without, c.Messages, without, messages)
			}
		}
	}
	if grace == 0 {
		t.Error("no message fell in the grace")
	}
	none, err := d.Unconsented(context.Background(), queries.Filter{Since: "2018-07-01"})
	if err != nil || none.Missing != queries.NothingInPeriod {
		t.Errorf("%+v, %v", none, err)
	}
}
