package queries

import (
	"testing"

	"accord/queries/stats"

	"pgregory.net/rapid"
)

// agree tells how a guarded median says more, or something else, than the exact one
// and the widened steps allow; "" where it does not.
func agree(exact, guarded LastingGroup) string {
	g, shown := guarded.Median.Value()
	if !shown {
		return ""
	}
	x, there := exact.Median.Value()
	open := g.Method == stats.MethodMedianLow
	after := float64(guarded.MedianAfter)
	if after == 0 {
		after = g.Value - lastingStep
	}
	switch {
	case !there && exact.Median.Why() == UnboundedRatio && open:
		return ""
	case !there:
		return "there is a guarded median alone"
	case x.Value <= after || x.Value > g.Value:
		return "the median is not within the guarded one"
	case g.Low > x.Low:
		return "the guarded lower limit is above the exact one"
	case g.High < x.High && !open:
		return "the guarded upper limit is below the exact one"
	case g.Low > after:
		return "the median can be below its lower limit"
	}
	return ""
}

// Half have ended some steps after the last one that is not merged out of many: the
// guarded curve has them end hundreds of days later. Where that is its last step, there
// is no upper limit.
func TestDurationOfWidenedSteps(t *testing.T) {
	t.Parallel()
	for steps, method := range map[int]string{60: stats.MethodMedian, 36: stats.MethodMedianLow} {
		var table []stats.Lifetime
		for step := range steps {
			l := stats.Lifetime{Time: float64(step + 1), Events: 2, Censored: int64(step % 2)}
			if step < 10 {
				l.Events, l.Censored = 12, 0
			}
			table = append(table, l)
		}
		table[steps-1].Censored += 20 + 5*int64(60-steps)/2 // as many people in both
		exact, guarded := policy{k: 1}.lasting("", 0, table), policy{k: 11}.lasting("", 0, table)
		x, there := exact.Median.Value()
		g, shown := guarded.Median.Value()
		if !there || !shown {
			t.Fatalf("%d steps: no median: %q, %q", steps, exact.Median.Why(), guarded.Median.Why())
		}
		if g.Value-x.Value < 300 {
			t.Errorf("%d steps: widening moves the median from %v to %v alone", steps, x.Value, g.Value)
		}
		if why := agree(exact, guarded); why != "" || guarded.MedianAfter != 10*lastingStep || exact.MedianAfter != 0 {
			t.Errorf("%d steps: %s: %v and %v, after %d", steps, why, x, g, guarded.MedianAfter)
		}
		if g.Method != method || x.Method != stats.MethodMedian {
			t.Errorf("%d steps: limits by %q, %q; want %q", steps, g.Method, x.Method, method)
		}
	}
}

// Half ended in the very first step, which is all that is known of when.
func TestDurationWithinTheFirstStep(t *testing.T) {
	t.Parallel()
	var table []stats.Lifetime
	for step := 1.0; step <= 10; step++ {
		table = append(table, stats.Lifetime{Time: step, Events: 9, Censored: 2})
	}
	g := policy{k: 95}.lasting("", 0, table)
	if e, shown := g.Median.Value(); shown {
		t.Errorf("the median of one merged step is %v, after %d", e, g.MedianAfter)
	}
}

// Steps in which nothing happens are not merged ones where nothing is.
func TestDurationAcrossEmptySteps(t *testing.T) {
	t.Parallel()
	table := []stats.Lifetime{{Time: 2, Events: 20}, {Time: 9, Events: 35}, {Time: 12, Events: 40, Censored: 5}}
	g := policy{k: 1}.lasting("", 0, table)
	if e, _ := g.Median.Value(); g.MedianAfter != 0 || e.Value != 9*lastingStep || e.Low != 8*lastingStep {
		t.Errorf("after %d, %v", g.MedianAfter, e)
	}
}

// Whatever the table, guarded and unguarded medians agree up to the stated range.
func TestDurationsAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Int64Range(1, 30).Draw(t, "most")
		n := rapid.IntRange(1, 70).Draw(t, "steps")
		var table []stats.Lifetime
		for step := range n {
			l := stats.Lifetime{Time: float64(step + 1), Events: rapid.Int64Range(0, most).Draw(t, "events"), Censored: rapid.Int64Range(0, most).Draw(t, "censored")}
			if l.Events+l.Censored > 0 {
				table = append(table, l)
			}
		}
		k := rapid.Int64Range(2, 20).Draw(t, "k")
		exact, guarded := policy{k: 1}.lasting("", 0, table), policy{k: k}.lasting("", 0, table)
		year, there := exact.Year.Value()
		if g, shown := guarded.Year.Value(); there && shown && (year.Value < g.Low-1e-9 || year.Value > g.High+1e-9) {
			t.Fatalf("%v hold after a year, which is not within %+v", year.Value, g)
		}
		if why := agree(exact, guarded); why != "" {
			t.Fatalf("%s: %+v %q; guarded %+v after %d", why, exact.Median, exact.Median.Why(), guarded.Median, guarded.MedianAfter)
		}
	})
}
