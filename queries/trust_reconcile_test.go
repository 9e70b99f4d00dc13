package queries_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"accord/queries"
	"accord/queries/stats"
)

// stateOf is the state of a customer just before a moment, "" for who is not known
// then.
func (s shop) stateOf(customer int, purpose string, until time.Time) string {
	if !s.known(customer, until) {
		return ""
	}
	return s.state(customer, purpose, until)
}

// rung is for how many purposes a customer shares just before a moment; -1 = not
// known.
func (s shop) rung(customer int, until time.Time) int {
	if !s.known(customer, until) {
		return -1
	}
	n := 0
	for _, purpose := range []string{"email", "personalisation"} {
		if s.state(customer, purpose, until) == queries.OptedIn {
			n++
		}
	}
	return n
}

func countOf(t *testing.T, c queries.Count) int64 {
	t.Helper()
	n, there := c.Value()
	if !there {
		t.Fatalf("a count is not there: %s", c.Why())
	}
	return n
}

// The ladder, the matrix and what was said and done equal a replay of the events
// in Go, for each filter and period.
func TestTrustReconciled(t *testing.T) {
	t.Parallel()
	s := newShop(0, 250)
	d := s.open(t, queries.Options{MinCell: 1})
	for _, f := range filters {
		for _, period := range []struct{ filter, from, until string }{
			{"", "2017-06-30", "2018-06-30"}, {" since=2018-03-01 until=2018-05-20", "2018-02-28", "2018-04-30"}, {" since=2018-04-20", "2018-03-31", "2018-06-30"},
		} {
			for _, purpose := range []string{"email", "personalisation"} {
				a, err := d.Trust(context.Background(), mustParse(t, f.text+period.filter+" purpose="+purpose), queries.Choice{By: "age_band"})
				if err != nil {
					t.Fatal(err)
				}
				if a.Purpose != purpose || string(a.From) != period.from || string(a.Until) != period.until {
					t.Fatalf("%s%s: %s from %s to %s", f.text, period.filter, a.Purpose, a.From, a.Until)
				}
				s.checkLadder(t, f.keep, a)
				s.checkMatrix(t, f.keep, a)
				s.checkIndex(t, f.keep, a)
				if period.filter == "" {
					s.checkStated(t, f.keep, a)
				}
			}
		}
	}
}

func (s shop) checkLadder(t *testing.T, keep func(customer) bool, a queries.Trust) {
	t.Helper()
	var now, before, up, down [3]int64
	var third int64
	end := func(d queries.Date) time.Time { return d.AddDays(1).Time() }
	for i, c := range s.customers {
		if !keep(c) {
			continue
		}
		if r := s.rung(i, end(a.Until)); r >= 0 {
			now[r]++
		}
		last := s.rung(i, end(a.From))
		if last >= 0 {
			before[last]++
		}
		for month := end(a.From).AddDate(0, 1, 0); !month.After(end(a.Until)); month = month.AddDate(0, 1, 0) {
			r := s.rung(i, month)
			if r >= 0 && last >= 0 {
				for line := min(r, last) + 1; line <= max(r, last); line++ {
					if r > last {
						up[line]++
					} else {
						down[line]++
					}
				}
			}
			last = r
		}
	}
	if got := countOf(t, a.Ladder.Third.Denominator); got != third {
		t.Errorf("%d steps to a third purpose, where there are two", got)
	}
	for r, n := range now {
		if r >= len(a.Ladder.Rungs) {
			if n+before[r] > 0 {
				t.Errorf("no rung %d, which has %d and had %d", r, n, before[r])
			}
			continue
		}
		x := a.Ladder.Rungs[r]
		got := []int64{countOf(t, x.Now.Numerator), countOf(t, x.Before.Numerator), countOf(t, x.Up), countOf(t, x.Down)}
		if want := []int64{n, before[r], up[r], down[r]}; !slices.Equal(got, want) {
			t.Errorf("rung %d from %s to %s: now, before, up, down %v, want %v", r, a.From, a.Until, got, want)
		}
	}
}

func (s shop) checkMatrix(t *testing.T, keep func(customer) bool, a queries.Trust) {
	t.Helper()
	states := append(queries.ConsentStates(), "")
	want := map[[2]string]int64{}
	for i, c := range s.customers {
		if keep(c) {
			want[[2]string{s.stateOf(i, a.Purpose, a.From.AddDays(1).Time()), s.stateOf(i, a.Purpose, a.Until.AddDays(1).Time())}]++
		}
	}
	want[[2]string{"", ""}] = 0
	var both, moved int64
	for r, row := range a.Matrix.Rows {
		sum := int64(0)
		for c, cell := range row.To {
			n := want[[2]string{states[r], states[c]}]
			if got := countOf(t, cell); got != n || row.State != states[r] {
				t.Errorf("%s: from %q to %q: %d, want %d", a.Purpose, states[r], states[c], got, n)
			}
			sum += n
			if r < 6 && c < 6 {
				both += n
				if r != c {
					moved += n
				}
			}
		}
		if countOf(t, row.N) != sum {
			t.Errorf("%q: %d, want %d", row.State, countOf(t, row.N), sum)
		}
	}
	if a.Matrix.Missing == "" && (countOf(t, a.Matrix.Both) != both || countOf(t, a.Matrix.Moved) != moved) {
		t.Errorf("%d moved of %d, want %d of %d", countOf(t, a.Matrix.Moved), countOf(t, a.Matrix.Both), moved, both)
	}
}

// checkIndex counts acts by customer and day, and those with a valid consent at
// each month's end.
func (s shop) checkIndex(t *testing.T, keep func(customer) bool, a queries.Trust) {
	t.Helper()
	if a.Index.Missing != "" {
		return
	}
	acts := func(state string, after, until queries.Date) (n int64) {
		type act struct {
			customer int
			day      queries.Date
		}
		seen := map[act]bool{}
		for _, c := range s.consents {
			if day := queries.DateOf(c.at); c.purpose == a.Purpose && c.state == state && keep(s.customers[c.customer]) && day > after && day <= until {
				seen[act{c.customer, day}] = true
			}
		}
		return int64(len(seen))
	}
	months := func(after, until queries.Date) (n float64) {
		for month := after.AddDays(1).Time().AddDate(0, 1, 0); !month.After(until.AddDays(1).Time()); month = month.AddDate(0, 1, 0) {
			for i, c := range s.customers {
				if keep(c) && s.stateOf(i, a.Purpose, month) == queries.OptedIn {
					n++
				}
			}
		}
		return n
	}
	for _, p := range a.Index.Parts[:2] {
		if p.Missing != "" {
			continue // nobody had a consent in the period before
		}
		state := map[string]string{queries.PartRenewals: "renewed", queries.PartWithdrawals: "withdrawn"}[p.Name]
		now, before := acts(state, a.From, a.Until), acts(state, a.Index.BeforeFrom, a.Index.BeforeTo)
		rate, _ := p.RateNow.Value()
		if want := 1000 * float64(now) / months(a.From, a.Until); countOf(t, p.Now) != now || countOf(t, p.Before) != before || math.Abs(rate-want) > 1e-9 {
			t.Errorf("%s: %d and %d at %v, want %d and %d at %v", p.Name, countOf(t, p.Now), countOf(t, p.Before), rate, now, before, want)
		}
		r := math.Log((float64(now) + .5) / months(a.From, a.Until) / ((float64(before) + .5) / months(a.Index.BeforeFrom, a.Index.BeforeTo)))
		if p.Name == queries.PartWithdrawals {
			r = -r
		}
		if e, _ := p.Value.Value(); math.Abs(e.Value-math.Exp(r)) > 1e-9 {
			t.Errorf("%s: %v, want %v", p.Name, e.Value, math.Exp(r))
		}
	}
}

func (s shop) checkStated(t *testing.T, keep func(customer) bool, a queries.Trust) {
	t.Helper()
	var n [4]int64
	var weight [4]float64
	groups := map[string]*[2]float64{} // says, does
	sizes := map[string]float64{}
	for i, answer := range s.answers {
		c := s.linked(i)
		if c < 0 || !keep(s.customers[c]) {
			continue
		}
		state := s.stateOf(c, a.Purpose, answer.day.AddDate(0, 0, 1).Truncate(24*time.Hour))
		if state == "" {
			continue
		}
		at := 0
		if answer.stance != "willing" {
			at = 2
		}
		if state != queries.OptedIn {
			at++
		}
		n[at]++
		weight[at] += answer.weight
		age := s.customers[c].age
		if groups[age] == nil {
			groups[age] = new([2]float64)
		}
		sizes[age] += answer.weight
		if at == 1 || at == 2 {
			groups[age][at-1] += answer.weight
		}
	}
	all := weight[0] + weight[1] + weight[2] + weight[3]
	for i, cell := range []queries.Rate{a.Stated.WillingIn, a.Stated.WillingOut, a.Stated.OthersIn, a.Stated.OthersOut} {
		if e, _ := cell.Estimate.Value(); countOf(t, cell.Numerator) != n[i] || math.Abs(e.Value-weight[i]/all) > 1e-9 {
			t.Errorf("cell %d: %d (%v), want %d (%v)", i, countOf(t, cell.Numerator), e.Value, n[i], weight[i]/all)
		}
	}
	if e, _ := a.Stated.Willing.Estimate.Value(); math.Abs(e.Value-weight[0]/(weight[0]+weight[1])) > 1e-9 {
		t.Errorf("opted in, of the willing: %v", e.Value)
	}
	for _, g := range a.Stated.Groups {
		want := groups[g.Value]
		if want == nil {
			t.Errorf("group %q is not there", g.Value)
			continue
		}
		if e, _ := g.Gap.Value(); math.Abs(e.Value-(want[0]-want[1])/sizes[g.Value]) > 1e-9 {
			t.Errorf("gap of %s: %v, want %v", g.Value, e.Value, (want[0]-want[1])/sizes[g.Value])
		}
	}
}

// A spellOf is a time in which a customer is opted in; a zero end is none.
type spellOf struct {
	start, end time.Time
	by         string
}

func (s shop) spells(customer int, purpose string) (out []spellOf) {
	open := false
	left := s.customers[customer].left
	for _, c := range s.consents {
		if c.customer != customer || c.purpose != purpose || !left.IsZero() && !c.at.Before(left) {
			continue
		}
		switch c.state {
		case "given", "renewed":
			if !open {
				out, open = append(out, spellOf{start: c.at}), true
			}
		case "withdrawn", "refused":
			if open {
				out[len(out)-1].end, out[len(out)-1].by, open = c.at, c.state, false
			}
		}
	}
	if open && !left.IsZero() {
		out[len(out)-1].end, out[len(out)-1].by = left, "left"
	}
	return out
}

// What each content won, kept, and won of those who say that they are sceptical
// equals a replay in Go.
func TestWonReconciled(t *testing.T) {
	t.Parallel()
	s := newShop(5, 400)
	d := s.openAt(t, queries.Options{MinCell: 1}, "2018-10-31")
	stances := map[int]string{}
	latest := map[int]time.Time{}
	for i, a := range s.answers {
		if c := s.linked(i); c >= 0 {
			if day := a.day.Truncate(24 * time.Hour); day.After(latest[c]) {
				stances[c], latest[c] = a.stance, day
			}
		}
	}
	for _, f := range filters {
		a, err := d.Trust(context.Background(), mustParse(t, f.text), queries.Choice{})
		if err != nil {
			t.Fatal(err)
		}
		type sums struct{ arm, sceptics, kept stats.Proportion }
		want := map[string]map[string]*sums{} // by arm, then campaign
		for _, x := range s.assigned {
			if !f.keep(s.customers[x.customer]) {
				continue
			}
			if want[x.arm] == nil {
				want[x.arm] = map[string]*sums{}
			}
			if want[x.arm][x.campaign] == nil {
				want[x.arm][x.campaign] = &sums{}
			}
			w := want[x.arm][x.campaign]
			won, again := false, false
			for _, purpose := range []string{"email", "personalisation"} {
				var free time.Time
				for _, p := range s.spells(x.customer, purpose) {
					if p.start.After(x.at) && p.start.Before(x.at.AddDate(0, 0, 30)) && !free.After(x.at) {
						won = true
						again = again || p.by == "withdrawn" && p.end.Before(p.start.AddDate(0, 0, 90))
					}
					free = p.end
				}
			}
			count := func(p *stats.Proportion, yes bool) {
				p.N++
				if yes {
					p.Successes++
				}
			}
			count(&w.arm, won)
			if stances[x.customer] == "sceptical" {
				count(&w.sceptics, won)
			}
			if won && !x.at.AddDate(0, 0, 120).After(time.Date(2018, 11, 1, 0, 0, 0, 0, time.UTC)) {
				count(&w.kept, again)
			}
		}
		if len(a.Won.Rows) != 1 || a.Won.Rows[0].Content != "personalised" {
			t.Fatalf("%s: rows %+v", f.text, a.Won.Rows)
		}
		r := a.Won.Rows[0]
		var strata []stats.Stratum
		var all [5]stats.Proportion
		for _, campaign := range []string{"spring", "late"} {
			x, y := want["personalised"][campaign], want["generic"][campaign]
			strata = append(strata, stats.Stratum{Treated: x.arm, Control: y.arm})
			for i, p := range []stats.Proportion{x.arm, y.arm, x.sceptics, y.sceptics, x.kept} {
				all[i].N, all[i].Successes = all[i].N+p.N, all[i].Successes+p.Successes
			}
		}
		for i, rate := range []queries.Rate{r.Arm, r.Against, r.Sceptics, r.ScepticsAgainst, r.Again} {
			if countOf(t, rate.Numerator) != all[i].Successes || countOf(t, rate.Denominator) != all[i].N {
				t.Errorf("%s: rate %d: %d of %d, want %+v", f.text, i, countOf(t, rate.Numerator), countOf(t, rate.Denominator), all[i])
			}
		}
		pooled, _ := stats.MantelHaenszel(strata, 0.95).Estimate()
		if e, _ := r.Won.Value(); e != pooled || all[4].N == 0 {
			t.Errorf("%s: %+v, want %+v", f.text, e, pooled)
		}
	}
}
