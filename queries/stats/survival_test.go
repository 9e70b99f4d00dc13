package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Remission in weeks under 6-MP and placebo (Freireich and others, 1963), and
// the maintained and the other arm of the AML trial (Miller, 1981).
var (
	sixMP = []Lifetime{
		{6, 3, 1}, {7, 1, 0}, {9, 0, 1}, {10, 1, 1}, {11, 0, 1}, {13, 1, 0}, {16, 1, 0}, {17, 0, 1},
		{19, 0, 1}, {20, 0, 1}, {22, 1, 0}, {23, 1, 0}, {25, 0, 1}, {32, 0, 2}, {34, 0, 1}, {35, 0, 1},
	}
	placebo = []Lifetime{
		{1, 2, 0}, {2, 2, 0}, {3, 1, 0}, {4, 2, 0}, {5, 2, 0}, {8, 4, 0}, {11, 2, 0}, {12, 2, 0},
		{15, 1, 0}, {17, 1, 0}, {22, 1, 0}, {23, 1, 0},
	}
	maintained = []Lifetime{
		{9, 1, 0}, {13, 1, 1}, {18, 1, 0}, {23, 1, 0}, {28, 0, 1}, {31, 1, 0}, {34, 1, 0}, {45, 0, 1},
		{48, 1, 0}, {161, 0, 1},
	}
	unmaintained = []Lifetime{
		{5, 2, 0}, {8, 2, 0}, {12, 1, 0}, {16, 0, 1}, {23, 1, 0}, {27, 1, 0}, {30, 1, 0}, {33, 1, 0},
		{43, 1, 0}, {45, 1, 0},
	}
)

// The bands were computed with 30 digits.
func TestKaplanMeierVector(t *testing.T) {
	points := must[[]SurvivalPoint](t)(KaplanMeier(sixMP, 0.95))
	want := []struct {
		time                float64
		atRisk              int64
		survival, low, high string
	}{
		{6, 21, "0.85714286", "0.61971796", "0.95155175"},
		{7, 17, "0.80672269", "0.56314656", "0.92280902"},
		{10, 15, "0.75294118", "0.50319951", "0.88936184"},
		{13, 12, "0.69019608", "0.43161022", "0.84906596"},
		{16, 11, "0.62745098", "0.36751086", "0.80491219"},
		{22, 7, "0.53781513", "0.26777894", "0.74679072"},
		{23, 6, "0.44817927", "0.18805201", "0.68014263"},
	}
	if len(points) != len(sixMP) {
		t.Fatalf("%d points for %d times", len(points), len(sixMP))
	}
	for _, p := range points {
		if p.Events == 0 {
			continue
		}
		if len(want) == 0 || p.Time != want[0].time || p.AtRisk != want[0].atRisk {
			t.Fatalf("%+v, want %v", p, want)
		}
		printed(t, "survival", p.Survival, want[0].survival)
		printedInterval(t, p.Band, want[0].survival, want[0].low, want[0].high)
		want = want[1:]
	}
}

func TestKaplanMeierEnds(t *testing.T) {
	points := must[[]SurvivalPoint](t)(KaplanMeier([]Lifetime{{1, 0, 1}, {2, 1, 0}, {3, 1, 0}}, 0.95))
	if points[0].Survival != 1 || points[0].Band.Reason() != ZeroVariance {
		t.Errorf("%+v", points[0])
	}
	if points[1].Survival != 0.5 || points[1].Band.Reason() != "" {
		t.Errorf("%+v", points[1])
	}
	if points[2].Survival != 0 || points[2].Band.Reason() != ZeroVariance {
		t.Errorf("%+v", points[2])
	}
}

func TestMedianSurvival(t *testing.T) {
	for name, c := range map[string]struct {
		table            []Lifetime
		value, low, high float64
		reason           Degenerate
	}{
		"unmaintained": {unmaintained, 23, 5, 33, ""},
		"maintained":   {maintained, 0, 0, 0, Unbounded},
		"placebo":      {placebo, 8, 4, 11, ""},
		"just half":    {[]Lifetime{{1, 30, 0}, {2, 20, 0}, {3, 30, 0}, {4, 20, 0}}, 2, 2, 3, ""},
		"not yet":      {[]Lifetime{{1, 1, 9}}, 0, 0, 0, NotReached},
		"all at once":  {[]Lifetime{{1, 5, 0}}, 0, 0, 0, ZeroVariance},
	} {
		points := must[[]SurvivalPoint](t)(KaplanMeier(c.table, 0.95))
		e, reason := MedianSurvival(points).Estimate()
		if reason != c.reason || e.Value != c.value || e.Low != c.low || e.High != c.high {
			t.Errorf("%s: %v %q", name, e, reason)
		}
	}
	if got := MedianSurvival(nil).Reason(); got != EmptyArm {
		t.Error(got)
	}
}

func TestLogRankVectors(t *testing.T) {
	for _, v := range []struct {
		groups       [][]Lifetime
		statistic, p string
	}{
		{[][]Lifetime{sixMP, placebo}, "16.79294", "4.16880911e-5"},         // R: 16.8 on 1
		{[][]Lifetime{maintained, unmaintained}, "3.39638870", "0.0653393"}, // R: 3.4 on 1
		// With 30 digits and a full matrix inverse.
		{[][]Lifetime{sixMP, maintained, unmaintained}, "3.39688649", "0.18296814"},
		{[][]Lifetime{sixMP, placebo, maintained, unmaintained}, "32.98664902", "3.24162481e-7"},
	} {
		got := must[ChiSquared](t)(LogRank(v.groups))
		printed(t, "statistic", got.Statistic, v.statistic)
		printed(t, "p", got.P, v.p)
		if got.DF != len(v.groups)-1 {
			t.Errorf("df is %d", got.DF)
		}
	}
}

func lifetables() *rapid.Generator[[]Lifetime] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Lifetime {
		return Lifetime{
			float64(rapid.IntRange(0, 12).Draw(t, "week")),
			rapid.Int64Range(0, 20).Draw(t, "events"), rapid.Int64Range(0, 20).Draw(t, "censored"),
		}
	}), 1, 15)
}

func TestSurvivalCurvesFall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points, reason := KaplanMeier(lifetables().Draw(t, "table"), 0.95)
		if reason == EmptyArm {
			return
		}
		before := SurvivalPoint{Time: -1, Survival: 1, AtRisk: math.MaxInt64}
		for _, p := range must[[]SurvivalPoint](t)(points, reason) {
			if p.Time <= before.Time || p.Survival > before.Survival || p.AtRisk >= before.AtRisk || p.Survival < 0 {
				t.Fatalf("%+v after %+v", p, before)
			}
			band, reason := p.Band.Estimate()
			if (reason != "") != (p.Survival == 0 || p.Survival == 1) || band.Low < 0 || band.High > 1 {
				t.Fatalf("%+v", p)
			}
			before = p
		}
		// Without censoring the curve is the share still there.
		whole := rapid.SliceOfN(rapid.IntRange(1, 9), 1, 30).Draw(t, "times")
		var table []Lifetime
		for _, w := range whole {
			table = append(table, Lifetime{float64(w), 1, 0})
		}
		for _, p := range must[[]SurvivalPoint](t)(KaplanMeier(table, 0.95)) {
			left := 0
			for _, w := range whole {
				if float64(w) > p.Time {
					left++
				}
			}
			near(t, "survival", p.Survival+1, 1+float64(left)/float64(len(whole)), 1e-12)
		}
	})
}

func TestLogRankIgnoresTheOrderOfGroupsAndRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := lifetables().Draw(t, "a"), lifetables().Draw(t, "b"), lifetables().Draw(t, "c")
		test, reason := LogRank([][]Lifetime{a, b, c})
		reversed := make([]Lifetime, 0, len(a))
		for _, row := range a {
			reversed = append([]Lifetime{row}, reversed...)
		}
		turned, none := LogRank([][]Lifetime{c, reversed, b})
		if reason != none || math.Abs(test.Statistic-turned.Statistic) > 1e-8*(1+test.Statistic) {
			t.Fatalf("%v %q, turned %v %q", test, reason, turned, none)
		}
		if reason == "" && !(test.P >= 0 && test.P <= 1) {
			t.Fatal(test)
		}
	})
}

func TestSurvivalDegenerates(t *testing.T) {
	good := []Lifetime{{1, 1, 1}, {2, 1, 1}}
	for name, c := range map[string]struct {
		table []Lifetime
		level float64
		want  Degenerate
	}{
		"nobody":        {nil, 0.95, EmptyArm},
		"empty rows":    {[]Lifetime{{1, 0, 0}}, 0.95, EmptyArm},
		"negative":      {[]Lifetime{{1, -1, 5}}, 0.95, Invalid},
		"before time":   {[]Lifetime{{-1, 1, 0}}, 0.95, Invalid},
		"time NaN":      {[]Lifetime{{math.NaN(), 1, 0}}, 0.95, Invalid},
		"never":         {[]Lifetime{{math.Inf(1), 0, 1}}, 0.95, Invalid},
		"level":         {good, 1, InvalidLevel},
		"more than all": {[]Lifetime{{1, math.MaxInt64, 0}, {2, math.MaxInt64, 0}}, 0.95, Overflow},
	} {
		if _, got := KaplanMeier(c.table, c.level); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for name, c := range map[string]struct {
		groups [][]Lifetime
		want   Degenerate
	}{
		"one group":    {[][]Lifetime{good}, TooFew},
		"empty group":  {[][]Lifetime{good, nil}, EmptyArm},
		"defect":       {[][]Lifetime{nil, {{1, -1, 0}}}, Invalid},
		"no events":    {[][]Lifetime{{{1, 0, 5}}, {{2, 0, 5}}}, NoEvents},
		"never met":    {[][]Lifetime{{{1, 0, 5}}, {{2, 3, 5}}}, ZeroVariance},
		"all together": {[][]Lifetime{{{1, 1, 0}}, {{1, 1, 0}}}, ZeroVariance},
	} {
		if _, got := LogRank(c.groups); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Who was last seen within a step counts for half of it: of 10, 2 ended and 4 were
// last seen in the first step, 1 and 1 in the second, by hand.
func TestActuarial(t *testing.T) {
	points := must[[]SurvivalPoint](t)(Actuarial([]Lifetime{{1, 2, 4}, {2, 1, 1}, {3, 0, 2}}, 0.95))
	for i, want := range []string{"0.75000000", "0.53571429", "0.53571429"} { // 6/8, and 6/8 of 2.5/3.5
		printed(t, "survival", points[i].Survival, want)
	}
	if points[1].AtRisk != 4 {
		t.Errorf("%d at risk, want 4", points[1].AtRisk)
	}
}

// Whatever the order of events and of the censored within a merged step, the finer
// curve lies between the two.
func TestActuarialWithin(t *testing.T) {
	fine := []Lifetime{{1, 3, 1}, {2, 2, 9}, {3, 7, 0}, {4, 0, 8}, {5, 6, 6}, {6, 5, 4}}
	coarse := []Lifetime{{1, 3, 1}, {3, 9, 9}, {6, 11, 18}}
	merged := func(end float64) bool { return end > 1 }
	curve := must[[]SurvivalPoint](t)(Actuarial(fine, 0.95))
	lowest, highest, reason := ActuarialWithin(coarse, 0.95, merged)
	if reason != "" {
		t.Fatal(reason)
	}
	for i, at := range []int{0, 2, 5} {
		if x := curve[at].Survival; lowest[i].Survival > x || highest[i].Survival < x || (i > 0) != (lowest[i].Survival < highest[i].Survival) {
			t.Errorf("%v is not within %v and %v", x, lowest[i].Survival, highest[i].Survival)
		}
	}
	// All the censored of a last step may have gone first, and leave nobody.
	lowest, _, _ = ActuarialWithin([]Lifetime{{1, 5, 5}, {4, 0, 10}}, 0.95, merged)
	if x := lowest[1]; x.Survival != lowest[0].Survival || x.Band != lowest[0].Band {
		t.Errorf("nobody is left: %+v", x)
	}
	if _, _, reason := ActuarialWithin(nil, 0.95, merged); reason != EmptyArm {
		t.Error(reason)
	}
}
