package queries_test

import (
	"context"
	"math"
	"testing"
	"time"

	"accord/queries"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }

func mustParse(t testing.TB, text string) queries.Filter {
	t.Helper()
	f, err := queries.ParseFilter(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// filters of the reconciliation, each with what it means in Go.
var filters = []struct {
	text string
	keep func(customer) bool
}{
	{"", func(customer) bool { return true }},
	{"region=QC,ON", func(c customer) bool { return c.region == "QC" || c.region == "ON" }},
	{`region!=QC age_band=55+`, func(c customer) bool { return c.region != "QC" && c.age == "55+" }},
	{`region="New Brunswick"`, func(c customer) bool { return c.region == "New Brunswick" }},
}

// Every figure of the opt-in panel equals a replay of the events in Go.
func TestOptInReconciled(t *testing.T) {
	for seed := range uint64(3) {
		s := newShop(seed, 400)
		d := s.open(t, queries.Options{MinCell: 1})
		for _, f := range filters {
			o, err := d.Overview(context.Background(), mustParse(t, f.text))
			if err != nil {
				t.Fatal(err)
			}
			if len(o.OptIn) != 2 {
				t.Fatalf("%d purposes, want 2", len(o.OptIn))
			}
			for _, r := range o.OptIn {
				checkRate(t, s, f.keep, r.Purpose, r.At, r.Rate)
				if r.At != "2018-06-30" {
					t.Errorf("at %s, want the as-of date", r.At)
				}
			}
			if len(o.Trend.Points) < 20 || o.Trend.Purpose != "personalisation" {
				t.Errorf("a trend of %d points for %s", len(o.Trend.Points), o.Trend.Purpose)
			}
			for _, p := range o.Trend.Points {
				checkRate(t, s, f.keep, "personalisation", p.At, p.Rate)
			}
		}
	}
}

func checkRate(t *testing.T, s shop, keep func(customer) bool, purpose string, at queries.Date, got queries.Rate) {
	t.Helper()
	until := at.AddDays(1).Time()
	var opted, known int64
	for i, c := range s.customers {
		if keep(c) && s.known(i, until) {
			known++
			if s.optedIn(i, purpose, until) {
				opted++
			}
		}
	}
	n, _ := got.Numerator.Value()
	of, _ := got.Denominator.Value()
	if n != opted || of != known {
		t.Errorf("%s on %s: %d of %d, want %d of %d", purpose, at, n, of, opted, known)
	}
}

// The survey's shares equal weighted sums over the answers, by period as well.
func TestStanceReconciled(t *testing.T) {
	s := newShop(1, 600)
	d := s.open(t, queries.Options{MinCell: 1})
	for _, test := range []struct {
		filter string
		keep   func(answer) bool
	}{
		{"", func(answer) bool { return true }},
		{"region=QC", func(a answer) bool { return a.region == "QC" }},
		{"since=2018-03-01 until=2018-04-15", func(a answer) bool {
			return !a.day.Before(time.Date(2018, 3, 1, 0, 0, 0, 0, time.UTC)) && a.day.Before(time.Date(2018, 4, 16, 0, 0, 0, 0, time.UTC))
		}},
	} {
		o, err := d.Overview(context.Background(), mustParse(t, test.filter))
		if err != nil {
			t.Fatal(err)
		}
		var n int64
		var weights, willing, squares float64
		for _, a := range s.answers {
			if !test.keep(a) {
				continue
			}
			w := math.Round(a.weight*100) / 100
			n++
			weights += w
			squares += w * w
			if a.stance == "willing" {
				willing += w
			}
		}
		share, there := o.Stance.Willing.Estimate.Value()
		effective, _ := o.Stance.EffectiveN.Value()
		if got, _ := o.Stance.N.Value(); got != n || !there || !near(share.Value, willing/weights) || !near(effective, weights*weights/squares) {
			t.Errorf("%q: %v of %d (effective %v), want %v of %d (effective %v)", test.filter, share.Value, got, effective, willing/weights, n, weights*weights/squares)
		}
		not, _ := o.Stance.NotWilling.Estimate.Value()
		if !near(share.Value+not.Value, 1) {
			t.Errorf("%q: %v willing and %v not do not make a whole", test.filter, share.Value, not.Value)
		}
		if test.filter == "" {
			var opted, known int64
			for i := range s.customers {
				if s.known(i, lastDay.AddDate(0, 0, 1)) {
					known++
					if s.optedIn(i, "personalisation", lastDay.AddDate(0, 0, 1)) {
						opted++
					}
				}
			}
			want := share.Value - float64(opted)/float64(known)
			if gap, there := o.Paradox.Gap.Value(); !there || o.Paradox.At != "2018-06-30" || !near(gap.Value, want) {
				t.Errorf("gap %v at %s, want %v at the survey's last day", gap.Value, o.Paradox.At, want)
			}
		}
	}
	// A dimension that the survey lacks cannot filter it.
	o, err := d.Overview(context.Background(), mustParse(t, "age_band=55+"))
	if err != nil || o.Stance.Missing != queries.NoSuchColumn {
		t.Errorf("stance %q, %v; want no_such_column", o.Stance.Missing, err)
	}
}

// Every count and total of the lift equals a sum over the assignments in Go.
func TestLiftReconciled(t *testing.T) {
	for seed := range uint64(3) {
		s := newShop(seed, 500)
		d := s.open(t, queries.Options{MinCell: 1})
		for _, f := range filters {
			lift, err := d.Lift(context.Background(), mustParse(t, f.text), queries.Choice{})
			if err != nil {
				t.Fatal(err)
			}
			if len(lift.Campaigns) != 2 || lift.Campaigns[0].Campaign != "late" {
				t.Fatalf("campaigns %+v, want late and spring", lift.Campaigns)
			}
			for _, c := range lift.Campaigns {
				for _, a := range c.Arms {
					s.checkArm(t, f.keep, c.Campaign, a)
				}
			}
		}
	}
}

func (s shop) checkArm(t *testing.T, keep func(customer) bool, campaign string, got queries.ArmOutcome) {
	t.Helper()
	var assigned, mature, clicks, conversions, payers, cents int64
	var consentMature, won, withdrew int64
	for _, a := range s.assigned {
		if a.campaign != campaign || a.arm != got.Arm || !keep(s.customers[a.customer]) {
			continue
		}
		assigned++
		if !a.at.AddDate(0, 0, 30).After(lastDay.AddDate(0, 0, 1)) {
			consentMature++
			x, y := s.consentsAfter(a)
			won, withdrew = won+x, withdrew+y
		}
		if a.at.AddDate(0, 0, 14).After(lastDay.AddDate(0, 0, 1)) {
			continue
		}
		mature++
		if a.clicked && !a.machine && a.clickedAt.Before(a.at.AddDate(0, 0, 14)) {
			clicks++
		}
		if a.converted {
			conversions++
		}
		if a.cents > 0 {
			payers++
		}
		cents += a.cents
	}
	n, _ := got.Assigned.Value()
	m, _ := got.Mature.Value()
	if n != assigned || m != mature {
		t.Errorf("%s %s: %d assigned, %d mature; want %d, %d", campaign, got.Arm, n, m, assigned, mature)
	}
	for _, o := range got.Outcomes {
		people, _ := o.People.Value()
		total, _ := o.Total.Value()
		want, wantTotal := map[queries.Metric]int64{queries.HumanClick: clicks, queries.Conversion: conversions, queries.Revenue: payers,
			queries.ConsentWon: won, queries.ConsentWithdrawn: withdrew}[o.Metric], 0.0
		wantTotal = float64(want)
		if o.Metric.Money() {
			wantTotal = float64(cents) / 100
		}
		of := mature
		if o.Metric == queries.ConsentWon || o.Metric == queries.ConsentWithdrawn {
			of = consentMature
		}
		if of > 0 && (people != want || !near(total, wantTotal)) {
			t.Errorf("%s %s %s: %d people, total %v; want %d, %v", campaign, got.Arm, o.Metric, people, total, want, wantTotal)
		}
		value, there := o.Value.Value()
		if of > 1 && (!there || !near(value.Value, wantTotal/float64(of))) {
			t.Errorf("%s %s %s: %v each, want %v", campaign, got.Arm, o.Metric, value.Value, wantTotal/float64(of))
		}
	}
}

// consentsAfter replays a customer's consents for the 30 days after an
// assignment: 1 where one began for a purpose that the customer was not opted
// in to, and 1 where a valid one was withdrawn.
func (s shop) consentsAfter(a assignment) (won, withdrew int64) {
	end, left := a.at.AddDate(0, 0, 30), s.customers[a.customer].left
	for _, purpose := range []string{"email", "personalisation"} {
		valid, validThen := false, false
		for _, c := range s.consents { // in order of time for each customer and purpose
			if c.customer != a.customer || c.purpose != purpose || c.state == "deferred" || (!left.IsZero() && !c.at.Before(left)) {
				continue
			}
			if !c.at.After(a.at) {
				validThen = c.state == "given" || c.state == "renewed"
			}
			within := c.at.After(a.at) && c.at.Before(end)
			switch c.state {
			case "given", "renewed":
				if within && !valid && !validThen {
					won = 1
				}
				valid = true
			default:
				if within && valid && c.state == "withdrawn" {
					withdrew = 1
				}
				valid = false
			}
		}
	}
	return won, withdrew
}
