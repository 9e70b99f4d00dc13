package queries_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"accord/queries"
	"accord/queries/load"
	"accord/queries/stats"
)

// state replays a customer's events to one of the six states of consent.
func (s shop) state(customer int, purpose string, until time.Time) string {
	if s.optedIn(customer, purpose, until) {
		return queries.OptedIn
	}
	state := queries.NeverAsked
	for _, c := range s.consents { // in order
		if c.customer != customer || c.purpose != purpose || !c.at.Before(until) {
			continue
		}
		switch {
		case c.state == "refused":
			state = queries.Refused
		case c.state == "withdrawn":
			state = queries.Lapsed
		case c.state == "deferred" && state == queries.NeverAsked:
			state = queries.Unanswered
		}
	}
	return state
}

func segmentsOf(t *testing.T, d *queries.Dataset, filter string, c queries.Choice) queries.Segments {
	t.Helper()
	s, err := d.Segments(context.Background(), mustParse(t, filter), c)
	if err != nil {
		t.Fatal(err)
	}
	if s.Missing != "" {
		t.Fatalf("%v is missing: %s", c, s.Missing)
	}
	return s
}

// The six states by any dimension equal a replay of the events, and sum to the
// customers known; so do the cells of two dimensions.
func TestSegmentStatesReconciled(t *testing.T) {
	for seed := range uint64(2) {
		s := newShop(seed, 400)
		d := s.open(t, queries.Options{MinCell: 1})
		for _, f := range filters {
			for _, channel := range []string{"any", "email"} {
				a := segmentsOf(t, d, f.text, queries.Choice{By: "region", Across: "age_band", Measure: queries.MeasureStates, Channel: channel})
				if a.At != "2018-06-30" {
					t.Fatalf("at %s, want the as-of date", a.At)
				}
				until := a.At.AddDays(1).Time()
				for r, row := range append([]queries.SegmentRow{a.Whole}, a.Rows...) {
					want := map[string]int64{}
					var known int64
					cells := map[string][2]int64{}
					for i, c := range s.customers {
						if f.keep(c) && s.known(i, until) && (r == 0 || c.region == row.Value) {
							state := s.state(i, "personalisation", until)
							known++
							want[state]++
							cell := cells[c.age]
							cell[1]++
							if state == queries.OptedIn {
								cell[0]++
							}
							cells[c.age] = cell
						}
					}
					if n, _ := row.N.Value(); n != known {
						t.Errorf("%q %s: %d known, want %d", f.text, row.Value, n, known)
					}
					var sum int64
					for i, part := range row.Parts {
						n, _ := part.Numerator.Value()
						sum += n
						if n != want[a.Parts[i]] {
							t.Errorf("%q %s: %d %s, want %d", f.text, row.Value, n, a.Parts[i], want[a.Parts[i]])
						}
					}
					if sum != known {
						t.Errorf("%q %s: the states sum to %d, known are %d", f.text, row.Value, sum, known)
					}
					for c, column := range a.Grid.Columns {
						if r == 0 {
							break
						}
						n, _ := a.Grid.Cells[r-1][c].N.Value()
						e, there := a.Grid.Cells[r-1][c].Figure.Value()
						if n != cells[column][1] || (there && !near(e.Value, float64(cells[column][0])/float64(n))) {
							t.Errorf("%q %s, %s: %v of %d, want %v", f.text, row.Value, column, e.Value, n, cells[column])
						}
					}
				}
			}
		}
	}
}

// Each row is tested against all the others, by Holm's rule; p-values and
// intervals agree with the mathematics of two shares, and with each other.
func TestSegmentsAreTestedAgainstTheOthers(t *testing.T) {
	s := newShop(3, 600)
	for i := range s.consents { // one group that differs
		if c := &s.consents[i]; s.customers[c.customer].age == "55+" && c.state != "given" && c.state != "renewed" && i%3 > 0 {
			c.state = "given"
		}
	}
	d := s.open(t, queries.Options{MinCell: 1})
	a := segmentsOf(t, d, "", queries.Choice{By: "age_band", Measure: queries.MeasureStates})
	count := func(r queries.SegmentRow) stats.Proportion {
		x, _ := r.Parts[0].Numerator.Value()
		n, _ := r.N.Value()
		return stats.Proportion{Successes: x, N: n}
	}
	whole := count(a.Whole)
	var ps []float64
	for _, row := range a.Rows {
		x := count(row)
		p, _ := stats.ShareP(x, stats.Proportion{Successes: whole.Successes - x.Successes, N: whole.N - x.N})
		ps = append(ps, p)
	}
	adjusted, _ := stats.Holm(ps)
	found := 0
	for i, row := range a.Rows {
		p, _ := row.P.Value()
		if math.Abs(p-adjusted[i]) > 1e-9 {
			t.Errorf("%s: p %v, want %v", row.Value, p, adjusted[i])
		}
		e, _ := row.Difference.Value()
		told := row.Verdict == queries.Higher || row.Verdict == queries.Lower
		if told != e.ExcludesZero() || told != (p < 0.05) {
			t.Errorf("%s: %s, p %v and interval %+v do not agree", row.Value, row.Verdict, p, e)
		}
		if told {
			found++
		}
		x := count(row)
		rest := float64(whole.Successes-x.Successes) / float64(whole.N-x.N)
		if !near(e.Value, float64(x.Successes)/float64(x.N)-rest) {
			t.Errorf("%s: difference %v", row.Value, e.Value)
		}
	}
	if a.Tested != 3 || a.Found != found || found == 0 {
		t.Errorf("%d of %d found, want %d of 3 and at least one", a.Found, a.Tested, found)
	}
	// Of two groups, each is the other's others: one comparison.
	if a := segmentsOf(t, d, "age_band=18-34,55+", queries.Choice{By: "age_band", Measure: queries.MeasureStates}); a.Tested != 1 {
		t.Errorf("%d comparisons of two groups, want 1", a.Tested)
	}
}

// Stances are weighted sums over the answers, and the gap sets them beside the
// customers of the same group.
func TestSegmentStancesAndGapReconciled(t *testing.T) {
	s := newShop(1, 600)
	d := s.open(t, queries.Options{MinCell: 1})
	says := segmentsOf(t, d, "", queries.Choice{By: "region", Measure: queries.MeasureStance})
	gap := segmentsOf(t, d, "", queries.Choice{By: "region", Measure: queries.MeasureGap})
	if len(says.Rows) != 2 || len(gap.Rows) != 2 {
		t.Fatalf("%d and %d rows, want the survey's two regions", len(says.Rows), len(gap.Rows))
	}
	for i, row := range says.Rows {
		var n, opted, known int64
		var weights, willing float64
		for _, x := range s.answers {
			if x.region == row.Value {
				w := math.Round(x.weight*100) / 100
				n++
				weights += w
				if x.stance == "willing" {
					willing += w
				}
			}
		}
		until := gap.At.AddDays(1).Time()
		for j, c := range s.customers {
			if c.region == row.Value && s.known(j, until) {
				known++
				if s.optedIn(j, "personalisation", until) {
					opted++
				}
			}
		}
		got, _ := row.N.Value()
		e, _ := row.Figure.Value()
		if got != n || !near(e.Value, willing/weights) {
			t.Errorf("%s: %v of %d willing, want %v of %d", row.Value, e.Value, got, willing/weights, n)
		}
		g, _ := gap.Rows[i].Figure.Value()
		of, _ := gap.Rows[i].Of.Value()
		if want := willing/weights - float64(opted)/float64(known); of != known || !near(g.Value, want) {
			t.Errorf("%s: gap %v beside %d customers, want %v beside %d", row.Value, g.Value, of, want, known)
		}
	}
	// A dimension that the survey lacks is said to be lacking.
	a, err := d.Segments(context.Background(), queries.Filter{}, queries.Choice{By: "age_band", Measure: queries.MeasureStance})
	if err != nil || a.Missing != queries.NoSuchColumn {
		t.Errorf("%q, %v; want no_such_column", a.Missing, err)
	}
}

// Human clicks over delivered messages whose window is over, and money per
// assignment where there are no purchases, equal sums over the assignments.
func TestSegmentEngagementReconciled(t *testing.T) {
	s := newShop(2, 500)
	d := s.open(t, queries.Options{MinCell: 1})
	for _, f := range filters {
		clicks := segmentsOf(t, d, f.text, queries.Choice{By: "age_band", Measure: queries.MeasureEngagement})
		money := segmentsOf(t, d, f.text, queries.Choice{By: "age_band", Measure: queries.MeasureRevenue})
		for r, row := range clicks.Rows {
			var n, clicked, cents int64
			for _, a := range s.assigned {
				c := s.customers[a.customer]
				if !f.keep(c) || c.age != row.Value || a.at.AddDate(0, 0, 14).After(lastDay.AddDate(0, 0, 1)) {
					continue
				}
				n++
				cents += a.cents
				if a.clicked && !a.machine && a.clickedAt.Before(a.at.AddDate(0, 0, 14)) {
					clicked++
				}
			}
			got, _ := row.N.Value()
			x, _ := row.Parts[0].Numerator.Value()
			if got != n || x != clicked {
				t.Errorf("%q %s: %d of %d clicked, want %d of %d", f.text, row.Value, x, got, clicked, n)
			}
			e, _ := money.Rows[r].Figure.Value()
			if !near(e.Value, float64(cents)/100/float64(n)) {
				t.Errorf("%q %s: %v each, want %v", f.text, row.Value, e.Value, float64(cents)/100/float64(n))
			}
		}
	}
}

// opened loads a folder and opens it for questions.
func opened(t *testing.T, dir string, o queries.Options) *queries.Dataset {
	t.Helper()
	return openedAt(t, loaded(t, dir), o)
}

// loaded loads the files of a folder into a store.
func loaded(t *testing.T, dir string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "store.duckdb")
	if _, err := load.Load(context.Background(), load.Options{Sources: []string{dir}, Out: path, Key: load.SampleKey}); err != nil {
		t.Fatal(err)
	}
	return path
}

// openedAt opens a store that is loaded.
func openedAt(t *testing.T, path string, o queries.Options) *queries.Dataset {
	t.Helper()
	d, err := queries.Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// A store of customers alone says of each measure which file would feed it.
func TestSegmentsOfCustomersAlone(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "customers.csv"), []byte("customer_id,region\n1,QC\n2,ON\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := opened(t, dir, queries.Options{MinCell: 1})
	for measure, input := range map[string]string{"": "survey", queries.MeasureStates: "consents", queries.MeasureGap: "survey", queries.MeasureEngagement: "assignments", queries.MeasureRevenue: "purchases"} {
		a, err := d.Segments(context.Background(), queries.Filter{}, queries.Choice{Measure: measure})
		if err != nil || a.Missing != queries.NoInput || a.Input != input || a.Reasons.Missing != queries.NoInput {
			t.Errorf("%q: missing %q of %q, %v; want the %s file", measure, a.Missing, a.Input, err, input)
		}
	}
}

// What the sample plants is found: 53 % willing, the young more and those from
// 45 on less; the gap is widest among the young; opt-in of 41 %; ideological
// reasons lead.
func TestSegmentsFindWhatTheSampleHolds(t *testing.T) {
	d := openSample(t)
	verdicts := func(a queries.Segments) map[string]queries.Verdict {
		out := map[string]queries.Verdict{}
		for _, r := range a.Rows {
			out[r.Value] = r.Verdict
		}
		return out
	}
	stance := segmentsOf(t, d, "", queries.Choice{By: "age_band", Measure: queries.MeasureStance})
	if e, _ := stance.Whole.Figure.Value(); math.Abs(e.Value-0.53) > 0.015 {
		t.Errorf("%v willing, want 0.53", e.Value)
	}
	if v := verdicts(stance); v["18-24"] != queries.Higher || v["65+"] != queries.Lower {
		t.Errorf("verdicts by age: %v", v)
	}
	states := segmentsOf(t, d, "", queries.Choice{By: "age_band", Measure: queries.MeasureStates})
	if e, _ := states.Whole.Figure.Value(); math.Abs(e.Value-0.41) > 0.01 || states.At != "2018-12-31" {
		t.Errorf("%v opted in at %s, want 0.41 on the last day", e.Value, states.At)
	}
	if gap := segmentsOf(t, d, "", queries.Choice{By: "age_band", Measure: queries.MeasureGap}); verdicts(gap)["18-24"] != queries.Higher {
		t.Errorf("the gap of the young: %v", verdicts(gap))
	}
	revenue := segmentsOf(t, d, "", queries.Choice{By: "loyalty_tier", Measure: queries.MeasureRevenue})
	if v := verdicts(revenue); v["gold"] != queries.Higher || v["none"] != queries.Lower {
		t.Errorf("revenue by tier: %v", v)
	}
	for _, r := range stance.Reasons.Rows[:3] {
		if r.Reason != "unneeded_products" && r.Reason != "environment" && r.Reason != "over_consumption" {
			t.Errorf("%s is among the first three reasons", r.Reason)
		}
	}
}
