package queries

import (
	"encoding/json"
	"slices"
	"testing"

	"accord/queries/stats"

	"pgregory.net/rapid"
)

// What an attacker can do with a partition whose total is shown is subtract:
// the suppressed cells must be two or more that together number k or more,
// unless nobody else is left to hide among.
func TestPartitionHidesSmallCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := policy{rapid.Int64Range(1, 20).Draw(t, "k")}
		cells := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 30), rapid.Int64Range(0, 1000)), 1, 6).Draw(t, "cells")
		hidden := p.partition(cells)
		var n, nobody int
		var sum int64
		for i, c := range cells {
			if c == 0 {
				nobody++
				if hidden[i] {
					t.Fatal("a cell of nobody is hidden")
				}
			}
			if hidden[i] {
				n++
				sum += c
			} else if p.small(c) {
				t.Fatalf("a cell of %d is shown at k = %d", c, p.k)
			}
		}
		if n > 0 && n < len(cells)-nobody && (n < 2 || sum < p.k) {
			t.Fatalf("k = %d, cells %v, hidden %v: %d people follow by subtraction", p.k, cells, hidden, sum)
		}
	})
}

func TestRateSuppression(t *testing.T) {
	p := policy{11}
	for _, test := range []struct {
		n, d        int64
		numerator   Reason
		denominator Reason
	}{
		{500, 1000, "", ""},
		{0, 1000, "", ""},
		{1000, 1000, "", ""},
		{10, 1000, SmallCell, ""},
		{11, 1000, "", ""},
		{990, 1000, Complement, ""},
		{989, 1000, "", ""},
		{3, 8, SmallCell, SmallCell},
	} {
		r := p.rate(test.n, test.d)
		if r.Numerator.Why() != test.numerator || r.Denominator.Why() != test.denominator || r.Estimate.Why() != test.numerator {
			t.Errorf("%d of %d: %q of %q, share %q; want %q of %q", test.n, test.d,
				r.Numerator.Why(), r.Denominator.Why(), r.Estimate.Why(), test.numerator, test.denominator)
		}
	}
}

// A figure never shows a number that is not there.
func TestFigureJSON(t *testing.T) {
	for want, f := range map[string]Count{
		`7`:                            Known[int64](7),
		`{"suppressed":"small_cell"}`:  Missing[int64](SmallCell),
		`{"undefined":"nobody_there"}`: Missing[int64](NobodyThere),
		`{"undefined":"not_asked"}`:    {},
	} {
		got, err := json.Marshal(f)
		if err != nil || string(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
}

// No two days that figures are shown for differ by a flow of 1 to k-1 people,
// for everyone known and for a purpose among those days.
func TestSafeDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := policy{rapid.Int64Range(1, 20).Draw(t, "k")}
		start := Date("2018-01-01")
		known := []flow{{"0001-01-01", 5000, 0}}
		var flows []flow
		for day := 0; day < 200; day += rapid.IntRange(1, 20).Draw(t, "gap") {
			flows = append(flows, flow{start.AddDays(day), rapid.Int64Range(0, 40).Draw(t, "starts"), 0})
			known = append(known, flow{start.AddDays(day), rapid.Int64Range(0, 15).Draw(t, "joined"), 0})
			if opted := stock(flows, start.AddDays(day)); opted > 0 {
				flows[len(flows)-1].ends = rapid.Int64Range(0, min(opted, 20)).Draw(t, "ends")
			}
		}
		asOf := start.AddDays(220)
		everyone := p.safeDays(weekEnds(start, asOf), known)
		days := p.safeDays(everyone, flows)
		var last Date
		for _, day := range days {
			if !slices.Contains(everyone, day) {
				t.Fatalf("%s is not safe for everyone known", day)
			}
			step, crowd := moves(flows, last, day), moves(known, last, day)
			for _, n := range []int64{step.starts, step.ends, crowd.starts, crowd.ends} {
				if p.small(n) {
					t.Fatalf("a flow of %d between %s and %s at k = %d", n, last, day, p.k)
				}
			}
			last = day
		}
		if len(everyone) > 0 && stock(known, asOf) == moves(known, "", asOf).starts && !p.small(moves(known, "", asOf).starts) && everyone[len(everyone)-1] != asOf {
			t.Fatal("the as-of date is given up although it can be shown")
		}

		// The days do not depend on the period, and a trend's points lie on them.
		r := register{asOf: asOf, known: known, express: map[string][]flow{"x": flows}}
		trend := p.trend("x", r, days, start.AddDays(50), start.AddDays(150))
		for i, point := range trend.Points {
			if !slices.Contains(days, point.At) || point.At < start.AddDays(50) || point.At > start.AddDays(150) {
				t.Fatalf("a point on %s", point.At)
			}
			if n, _ := point.Rate.Numerator.Value(); n != stock(flows, point.At) {
				t.Fatalf("%s: %d opted in, want %d", point.At, n, stock(flows, point.At))
			}
			if n, there := point.Entries.Value(); there && i > 0 && n != moves(flows, trend.Points[i-1].At, point.At).starts {
				t.Logf("%s: entries since a day whose rate is withheld", point.At)
			}
		}
	})
}

// Where steps of a life table are widened, the median lies between their ends: the
// guarded figure holds the one that every step would give.
func TestMedianOfWidenedSteps(t *testing.T) {
	t.Parallel()
	var table []stats.Lifetime
	for step := range 60 {
		l := stats.Lifetime{Time: float64(step + 1), Events: 40, Censored: 20}
		if step >= 20 {
			l = stats.Lifetime{Time: float64(step + 1), Events: 3, Censored: 1}
		}
		if step == 59 {
			l.Censored = 600
		}
		table = append(table, l)
	}
	exact, guarded := policy{k: 1}.lasting("", 0, table), policy{k: 11}.lasting("", 0, table)
	x, there := exact.Median.Value()
	g, also := guarded.Median.Value()
	if !there || !also {
		t.Fatalf("no median: %v, %v", exact.Median.Why(), guarded.Median.Why())
	}
	if exact.MedianAfter != 0 || guarded.MedianAfter == 0 {
		t.Errorf("after %d, want 0; guarded after %d, want a day", exact.MedianAfter, guarded.MedianAfter)
	}
	if x.Value <= float64(guarded.MedianAfter) || x.Value > g.Value {
		t.Errorf("the median is %v, not in (%d, %v]", x.Value, guarded.MedianAfter, g.Value)
	}
	if g.Low > x.Low || g.High < x.High {
		t.Errorf("the guarded limits %v to %v do not hold %v to %v", g.Low, g.High, x.Low, x.High)
	}
}
