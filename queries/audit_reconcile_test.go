package queries_test

import (
	"context"
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

// withoutConsent replays why a message had no valid consent for a purpose, "" if
// it had one, and how many days before.
func (s shop) withoutConsent(x assignment, purpose string) (reason string, age int) {
	if left := s.customers[x.customer].left; !left.IsZero() && !left.After(x.at) {
		return queries.SentLeft, ageOf(left, x.at)
	}
	var last, since consent // what happened last, and what began the time without validity
	for _, c := range s.consents {
		if c.customer != x.customer || c.purpose != purpose || c.at.After(x.at) || c.state == "deferred" {
			continue
		}
		// A refusal or an end that finds nothing valid begins a time of its own,
		// but not twice the same.
		if c.state != last.state {
			since = c
		}
		last = c
	}
	switch last.state {
	case "given", "renewed":
		return "", 0
	case "refused":
		return queries.SentRefused, ageOf(since.at, x.at)
	case "withdrawn":
		if businessDays(since.at, x.at) < 10 {
			return queries.SentGrace, ageOf(since.at, x.at)
		}
		return queries.SentWithdrawn, ageOf(since.at, x.at)
	}
	return queries.SentNever, -1
}

func ageOf(from, to time.Time) int {
	for i := len(queries.AuditAges) - 1; i > 0; i-- {
		if !from.After(to.AddDate(0, 0, -queries.AuditAges[i])) {
			return queries.AuditAges[i]
		}
	}
	return 0
}

// The messages without a valid consent, by campaign, reason and age, equal a
// replay of the events before each of them in Go.
func TestSentReconciled(t *testing.T) {
	t.Parallel()
	gravest := []string{queries.SentWithdrawn, queries.SentRefused, queries.SentLeft, queries.SentNever, queries.SentGrace}
	for seed := range uint64(2) {
		s := newShop(seed, 400)
		d := s.open(t, queries.Options{}) // audits withhold nothing
		for _, f := range filters {
			a, err := d.Audit(context.Background(), mustParse(t, f.text))
			if err != nil {
				t.Fatal(err)
			}
			type key struct {
				campaign, reason string
				age              int
			}
			want, got := map[key]int64{}, map[key]int64{}
			messages := map[string]int64{}
			for _, x := range s.assigned {
				if !f.keep(s.customers[x.customer]) {
					continue
				}
				messages[x.campaign]++
				purposes := map[string][]string{"generic": {"email"}, "personalised": {"email", "personalisation"}}[x.arm]
				found, rank := key{}, len(gravest)
				for _, purpose := range purposes {
					reason, age := s.withoutConsent(x, purpose)
					for i, g := range gravest {
						// Of two that are alike the older one counts.
						if reason == g && (i < rank || i == rank && age > found.age) {
							found, rank = key{x.campaign, reason, age}, i
						}
					}
				}
				if rank < len(gravest) {
					want[found]++
				}
			}
			var without int64
			for _, c := range a.Sent.Campaigns {
				if c.Messages != messages[c.Campaign] {
					t.Errorf("%s: %d messages, want %d", c.Campaign, c.Messages, messages[c.Campaign])
				}
				for _, r := range c.Reasons {
					rest := r.Messages
					for i, n := range r.Ages {
						if rest -= n; n > 0 {
							got[key{c.Campaign, r.Reason, queries.AuditAges[i]}] = n
						}
					}
					if rest > 0 {
						got[key{c.Campaign, r.Reason, -1}] = rest
					}
				}
				without += c.Without
			}
			for k := range want {
				if got[k] != want[k] {
					t.Errorf("%q: %+v: %d, want %d", f.text, k, got[k], want[k])
				}
			}
			for k, n := range got {
				if want[k] == 0 {
					t.Errorf("%q: %+v: %d, want none", f.text, k, n)
				}
			}
			if a.Sent.Without != without || without == 0 || a.Sent.GraceDays != 10 {
				t.Errorf("%d without, want %d", a.Sent.Without, without)
			}
		}
	}
}

// The overview calls attention to what Audit finds, before all that is about figures.
func TestOverviewSaysWhatWasSentUnasked(t *testing.T) {
	_, d := oneShop()
	for _, text := range []string{"", "age_band=55+", "since=2018-03-01"} {
		f := mustParse(t, text)
		a, err := d.Audit(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		o, err := d.Overview(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		if a.Sent.Without == 0 || len(o.Attention) == 0 || o.Attention[0].Kind != queries.SentUnasked {
			t.Fatalf("%q: %d messages without consent, and the overview's first is %+v", text, a.Sent.Without, o.Attention)
		}
		n, there := o.Attention[0].N.Value()
		if there != (a.Sent.Without >= 11) || (there && n != a.Sent.Without) {
			t.Errorf("%q: the overview says %d, Audit %d", text, n, a.Sent.Without)
		}
	}
}
