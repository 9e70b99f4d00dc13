package queries_test

import (
	"context"
	"math"
	"testing"
	"time"

	"accord/queries"
)

// asking is the shop in which what was put off was asked: a request that nobody
// answered until something else happened.
func (s shop) asking() shop {
	out := s
	out.consents = append([]consent(nil), s.consents...)
	for i := range out.consents {
		if out.consents[i].state == "deferred" {
			out.consents[i].state = "requested"
		}
	}
	return out
}

// Every figure over time, of requests and of how long consents last equals a
// replay of the events in Go.
func TestConsentReconciled(t *testing.T) {
	end := lastDay.AddDate(0, 0, 1)
	for seed := range uint64(2) {
		s := newShop(seed, 400)
		d := s.asking().open(t, queries.Options{MinCell: 1})
		for _, f := range filters {
			for _, by := range []string{"purpose", "channel", "region"} {
				a, err := d.Consent(context.Background(), mustParse(t, f.text), queries.Choice{By: by})
				if err != nil {
					t.Fatal(err)
				}
				for _, g := range a.Over {
					keep, purpose := f.keep, "personalisation"
					switch by {
					case "purpose":
						purpose = g.Name
					case "region":
						keep = func(c customer) bool { return f.keep(c) && c.region == g.Name }
					}
					if len(g.Points) < 20 {
						t.Errorf("%s has %d points", g.Name, len(g.Points))
					}
					for _, p := range g.Points {
						checkRate(t, s, keep, purpose, p.At, p.Rate)
					}
				}
				s.checkCourse(t, f.keep, a.Course)
				s.checkFunnel(t, f.keep, a.Funnel, end)
				for _, g := range a.Lasting.Groups {
					keep, purpose := f.keep, "personalisation"
					switch by {
					case "purpose":
						purpose = g.Name
					case "region":
						keep = func(c customer) bool { return f.keep(c) && c.region == g.Name }
					}
					s.checkLasting(t, keep, purpose, g, end)
				}
				for _, m := range a.Mix.Points {
					s.checkMix(t, f.keep, a.Mix, m)
				}
			}
		}
	}
}

// Entries less exits are the change of those opted in.
func (s shop) checkCourse(t *testing.T, keep func(customer) bool, c queries.Course) {
	t.Helper()
	last := int64(-1)
	for _, step := range c.Steps {
		checkRate(t, s, keep, "personalisation", step.At, step.Rate)
		n, _ := step.Rate.Numerator.Value()
		if last >= 0 && n-last != step.Entries-step.Exits {
			t.Errorf("%s: from %d to %d with %d entries and %d exits", step.At, last, n, step.Entries, step.Exits)
		}
		last = n
	}
}

func (s shop) checkFunnel(t *testing.T, keep func(customer) bool, f queries.Funnel, end time.Time) {
	t.Helper()
	var asked, answered, opted, waiting int64
	for i, c := range s.customers {
		if !keep(c) {
			continue
		}
		var track []consent
		for _, e := range s.consents {
			if e.customer == i && e.purpose == "personalisation" && e.state != "withdrawn" {
				track = append(track, e)
			}
		}
		for j, e := range track {
			switch {
			case e.state != "deferred":
			case e.at.AddDate(0, 0, 30).After(end):
				waiting++
			default:
				asked++
				if j+1 < len(track) && track[j+1].state != "deferred" && track[j+1].at.Before(e.at.AddDate(0, 0, 30)) {
					answered++
					if track[j+1].state != "refused" {
						opted++
					}
				}
			}
		}
	}
	if len(f.Rows) != 1 {
		t.Fatalf("%d rows", len(f.Rows))
	}
	n, _ := f.Rows[0].Requests.Value()
	a, _ := f.Rows[0].Answered.Numerator.Value()
	o, _ := f.Rows[0].OptedIn.Numerator.Value()
	w, _ := f.Waiting.Value()
	if n != asked || a != answered || o != opted || w != waiting {
		t.Errorf("%d asked, %d answered, %d opted in, %d waiting; want %d, %d, %d, %d", n, a, o, w, asked, answered, opted, waiting)
	}
}

// checkLasting replays each customer's first consent and multiplies what is left
// step by step; who was last seen within a step counts for half of it.
func (s shop) checkLasting(t *testing.T, keep func(customer) bool, purpose string, g queries.LastingGroup, end time.Time) {
	t.Helper()
	ends, seen := map[int]float64{}, map[int]float64{}
	var people, ended int64
	for i, c := range s.customers {
		if !keep(c) {
			continue
		}
		var start, stop time.Time
		for _, e := range s.consents {
			if e.customer != i || e.purpose != purpose || (!c.left.IsZero() && !e.at.Before(c.left)) {
				continue
			}
			switch {
			case (e.state == "given" || e.state == "renewed") && start.IsZero():
				start = e.at
			case (e.state == "withdrawn" || e.state == "refused") && !start.IsZero() && stop.IsZero():
				stop = e.at
			}
		}
		if start.IsZero() {
			continue
		}
		people++
		until, over := end, !stop.IsZero()
		if over {
			until = stop
			ended++
		} else if !c.left.IsZero() && c.left.Before(end) {
			until = c.left
		}
		steps := int(math.Ceil(until.Sub(start).Seconds() / (28 * 24 * 3600)))
		seen[steps]++
		if over {
			ends[steps]++
		}
	}
	n, _ := g.People.Value()
	e, _ := g.Ended.Value()
	if n != people || e != ended {
		t.Errorf("%s: %d people, %d ended; want %d, %d", g.Name, n, e, people, ended)
	}
	left, atRisk, step := 1.0, float64(people), 0
	for _, p := range g.Points {
		for ; step <= p.Days/28; step++ {
			if exposed := atRisk - (seen[step]-ends[step])/2; exposed > 0 {
				left *= 1 - ends[step]/exposed
			}
			atRisk -= seen[step]
		}
		if !near(p.Share, left) {
			t.Errorf("%s after %d days: %v, want %v", g.Name, p.Days, p.Share, left)
		}
	}
}

// checkMix weighs the rates within the dimension by the customers at first.
func (s shop) checkMix(t *testing.T, keep func(customer) bool, m queries.Mix, at queries.MixPoint) {
	t.Helper()
	of := func(c customer) string {
		if m.Dimension == "region" {
			return c.region
		}
		return c.age
	}
	first, until := m.Points[0].At.AddDays(1).Time(), at.At.AddDays(1).Time()
	weight, known, opted := map[string]float64{}, map[string]float64{}, map[string]float64{}
	var all float64
	for i, c := range s.customers {
		if !keep(c) {
			continue
		}
		if s.known(i, first) {
			weight[of(c)]++
			all++
		}
		if s.known(i, until) {
			known[of(c)]++
			if s.optedIn(i, "personalisation", until) {
				opted[of(c)]++
			}
		}
	}
	var want float64
	for v, w := range weight {
		want += w / all * opted[v] / known[v]
	}
	if !near(at.Adjusted, want) {
		t.Errorf("%s by %s: %v, want %v", at.At, m.Dimension, at.Adjusted, want)
	}
}

// No figure of the screen is about 1 to k-1 people, and none follows from others.
func TestConsentSuppressed(t *testing.T) {
	const k = 11
	small := func(n int64) bool { return n > 0 && n < k }
	for seed := range uint64(3) {
		d := newShop(seed, 500).asking().open(t, queries.Options{MinCell: k})
		for _, f := range filters {
			for _, by := range []string{"purpose", "channel", "region", "age_band"} {
				a, err := d.Consent(context.Background(), mustParse(t, f.text), queries.Choice{By: by})
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range a.Course.Steps {
					if small(s.Entries) || small(s.Exits) {
						t.Errorf("%s: %d entries, %d exits", s.At, s.Entries, s.Exits)
					}
				}
				total := map[queries.Date]int64{}
				for _, s := range a.Course.Steps {
					total[s.At], _ = s.Rate.Numerator.Value()
				}
				sums, shown := map[queries.Date]int64{}, map[queries.Date]int{}
				for _, g := range a.Over {
					last := int64(-1)
					for _, p := range g.Points {
						n, there := p.Rate.Numerator.Value()
						of, _ := p.Rate.Denominator.Value()
						if !there || small(n) || small(of) || small(of-n) {
							t.Errorf("%s %s: %d of %d", g.Name, p.At, n, of)
						}
						if c, ok := p.Contactable.Numerator.Value(); ok {
							if small(c) || last >= 0 && small(max(c-last, last-c)) {
								t.Errorf("%s %s: %d contactable after %d", g.Name, p.At, c, last)
							}
							last = c
						}
						sums[p.At] += n
						shown[p.At]++
					}
				}
				if by == "region" || by == "age_band" {
					for day, n := range sums {
						if whole, ok := total[day]; ok && shown[day] == len(a.Over) && n != whole {
							t.Errorf("%s: the groups are %d of %d", day, n, whole)
						}
					}
				}
				for _, r := range a.Funnel.Rows {
					n, _ := r.Requests.Value()
					answered, _ := r.Answered.Numerator.Value()
					opted, _ := r.OptedIn.Numerator.Value()
					if small(n) || small(opted) || small(answered-opted) || small(n-answered) {
						t.Errorf("%+v", r)
					}
				}
				for _, g := range a.Lasting.Groups {
					n, _ := g.People.Value()
					e, _ := g.Ended.Value()
					if small(n) || small(e) {
						t.Errorf("%s: %d people, %d ended", g.Name, n, e)
					}
				}
			}
		}
	}
}

// A short period of everyone is drawn by single days, which are figures of the
// replay too; where few people move the days of a longer period stay among them.
func TestConsentByDays(t *testing.T) {
	t.Parallel()
	s := newShop(3, 400)
	everyone := func(customer) bool { return true }
	const short = "since=2018-04-01 until=2018-06-30"
	for k, least := range map[int]int{1: 85, 4: 5} {
		d := s.asking().open(t, queries.Options{MinCell: k})
		ask := func(filter string) queries.Consent {
			t.Helper()
			a, err := d.Consent(context.Background(), mustParse(t, filter), queries.Choice{})
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		a, long := ask(short), ask("")
		if x := ask("region=QC,ON " + short); len(x.Course.Steps) > 14 {
			t.Errorf("%d steps under a filter, which only weeks answer", len(x.Course.Steps))
		}
		if len(a.Course.Steps) < least || a.Course.Widened != (k > 1) {
			t.Errorf("k = %d: %d steps, widened: %v", k, len(a.Course.Steps), a.Course.Widened)
		}
		s.checkCourse(t, everyone, a.Course)
		days := map[queries.Date]bool{}
		for _, g := range a.Over {
			for _, p := range g.Points {
				if g.Name == a.Purpose {
					days[p.At] = true
				}
				if _, there := p.Rate.Numerator.Value(); !there {
					t.Errorf("k = %d: %s on %s is not there", k, g.Name, p.At)
				} else {
					checkRate(t, s, everyone, g.Name, p.At, p.Rate)
				}
			}
		}
		for _, step := range a.Course.Steps {
			if step.Entries > 0 && step.Entries < int64(k) || step.Exits > 0 && step.Exits < int64(k) {
				t.Errorf("k = %d: %+v", k, step)
			}
		}
		for _, g := range long.Over {
			for _, p := range g.Points {
				if g.Name == a.Purpose && p.At >= "2018-04-01" && !days[p.At] {
					t.Errorf("k = %d: %s is shown by weeks alone", k, p.At)
				}
			}
		}
	}
}
