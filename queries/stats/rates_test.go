package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// 10 events after and 20 before in equal times: of 30 events a third fell after,
// Wilson 0.1923 to 0.5122, so that the ratio is 0.5 from 0.2381 to 1.0500 (worked by hand).
func TestRateRatio(t *testing.T) {
	e, why := RateRatio(EventRate{10, 100, 0}, EventRate{20, 100, 0}, 0.95).Estimate()
	if why != "" || math.Abs(e.Value+0.5) > 1e-12 || math.Abs(e.Low+0.7619089) > 1e-6 || math.Abs(e.High-0.0500183) > 1e-6 {
		t.Errorf("%+v %s", e, why)
	}
	p, _ := RateP(EventRate{10, 100, 0}, EventRate{20, 100, 0})
	if math.Abs(p-0.0678892) > 1e-6 { // z = 5/√7.5
		t.Errorf("p = %v", p)
	}
	for _, test := range []struct {
		after, before EventRate
		want          Degenerate
	}{
		{EventRate{3, 10, 0}, EventRate{0, 10, 0}, ZeroControl},
		{EventRate{0, 10, 0}, EventRate{0, 10, 0}, NoEvents},
		{EventRate{3, 10, 0}, EventRate{0, 0, 0}, EmptyArm},
		{EventRate{3, 0, 0}, EventRate{1, 1, 0}, Invalid},
		{EventRate{-1, 5, 0}, EventRate{1, 1, 0}, Invalid},
	} {
		if r := RateRatio(test.after, test.before, 0.95); r.Reason() != test.want {
			t.Errorf("%+v: %s, want %s", test, r.Reason(), test.want)
		}
	}
}

// The interval excludes no change exactly where p is below the level's alpha.
func TestRateRatioAgreesWithP(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(name string, least int) EventRate {
			return EventRate{int64(rapid.IntRange(least, 500).Draw(rt, name)), rapid.Float64Range(0.5, 100).Draw(rt, name+" time"), rapid.Float64Range(0, 20).Draw(rt, name+" dispersion")}
		}
		after, before := draw("after", 0), draw("before", 1)
		e, why := RateRatio(after, before, 0.95).Estimate()
		p, _ := RateP(after, before)
		if why != "" || e.Low > e.Value || e.Value > e.High {
			rt.Fatalf("%+v %s", e, why)
		}
		if math.Abs(p-0.05) > 1e-6 && e.ExcludesZero() != (p < 0.05) {
			rt.Fatalf("%+v and p = %v disagree", e, p)
		}
	})
}

// Periods that are all alike differ no more than chance: of 30 events after and 60
// before in equal times, the logarithm of the half is ± t(2)·√(1/30 + 1/60). Of 5, 10 and
// 15 events after, and 20 before in each, it is the periods: the residuals are -1/6, 0
// and 1/6, so that the variance is 3/2·2/36 = 1/12 (worked by hand). Nobody watched
// before in the last period: it tells nothing.
func TestPeriodsRateRatio(t *testing.T) {
	repeat := func(r EventRate, n int) (rates []EventRate) {
		for range n {
			rates = append(rates, r)
		}
		return rates
	}
	before := append(repeat(EventRate{20, 100, 0}, 3), EventRate{})
	for variance, after := range map[float64][]EventRate{
		0.05:     append(repeat(EventRate{10, 100, 0}, 3), EventRate{4, 9, 0}),
		1.0 / 12: {{5, 100, 0}, {10, 100, 0}, {15, 100, 0}, {4, 9, 0}},
	} {
		e, why := PeriodsRateRatio(after, before, 0.95).Estimate()
		mean, half := math.Log(0.5), 4.302653*math.Sqrt(variance)
		if why != "" || math.Abs(e.Value+0.5) > 1e-9 || math.Abs(e.Low-math.Expm1(mean-half)) > 1e-6 || math.Abs(e.High-math.Expm1(mean+half)) > 1e-6 {
			t.Errorf("%+v %s, want %v ± %v in logarithms", e, why, mean, half)
		}
	}
	for _, test := range []struct {
		after, before []EventRate
		want          Degenerate
	}{
		{nil, nil, TooFew},
		{repeat(EventRate{1, 1, 0}, 2), repeat(EventRate{1, 1, 0}, 2), TooFew},
		{repeat(EventRate{1, 1, 0}, 9), repeat(EventRate{}, 9), TooFew},
		{repeat(EventRate{1, 1, 0}, 3), repeat(EventRate{0, 1, 0}, 3), ZeroControl},
		{repeat(EventRate{0, 1, 0}, 3), repeat(EventRate{0, 1, 0}, 3), NoEvents},
		{repeat(EventRate{0, 1, 0}, 3), repeat(EventRate{1, 1, 0}, 3), TooFew},
		{repeat(EventRate{-1, 1, 0}, 3), repeat(EventRate{0, 1, 0}, 3), Invalid},
		{repeat(EventRate{1, 1, 0}, 3), nil, Invalid},
	} {
		if r := PeriodsRateRatio(test.after, test.before, 0.95); r.Reason() != test.want {
			t.Errorf("%+v: %s, want %s", test, r.Reason(), test.want)
		}
	}
}

// Events that come in twos are half as many in effect; neighbours that are 0 and 20
// in equal times are 20²/(10·2) times as far apart as chance lets expect.
func TestDispersion(t *testing.T) {
	twos, _ := RateRatio(EventRate{10, 100, 2}, EventRate{20, 100, 2}, 0.95).Estimate()
	half, _ := RateRatio(EventRate{5, 100, 0}, EventRate{10, 100, 0}, 0.95).Estimate()
	if math.Abs(twos.Low-half.Low) > 1e-12 || math.Abs(twos.High-half.High) > 1e-12 {
		t.Errorf("%+v, want %+v", twos, half)
	}
	for want, rates := range map[float64][]EventRate{
		20: {{0, 1, 0}, {20, 1, 0}}, 1: {{10, 1, 0}, {10, 1, 0}, {11, 1, 0}},
	} {
		if got := Dispersion(rates); math.Abs(got-want) > 1e-12 {
			t.Errorf("dispersion of %v is %v, want %v", rates, got, want)
		}
	}
	if got := Dispersion(nil); got != 1 {
		t.Errorf("dispersion of nothing is %v", got)
	}
}
