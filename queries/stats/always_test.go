package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestAlwaysValidAgainstThePrintedFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := Effect{rapid.Float64Range(-1, 1).Draw(t, "value"), rapid.Float64Range(0.001, 1).Draw(t, "se")}
		count := rapid.Int64Range(1, 1e9).Draw(t, "n")
		tuning := rapid.Float64Range(1, 1e7).Draw(t, "tuning")
		level := rapid.Float64Range(0.5, 0.999).Draw(t, "level")
		alpha, n := 1-level, float64(count)
		s2 := n * e.StandardError * e.StandardError
		rho := math.Sqrt((-2*math.Log(alpha) + math.Log(-2*math.Log(alpha)+1)) / tuning)
		half := math.Sqrt(s2) * math.Sqrt(2*(n*rho*rho+1)*math.Log(math.Sqrt(n*rho*rho+1)/alpha)/math.Pow(n*rho, 2)) / rho
		got := estimateOf(t, AlwaysValid(e, count, tuning, level))
		near(t, "half-width", (got.High-got.Low)/2, half*rho, 1e-9)
	})
}

func TestAlwaysValidVerdictsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, level := arms().Draw(t, "treated"), arms().Draw(t, "control"), rapid.Float64Range(0.5, 0.999).Draw(t, "level")
		tuning := rapid.Float64Range(1, 1e7).Draw(t, "tuning")
		d, reason := AlwaysValidDifference(a, b, tuning, level).Estimate()
		if reason != "" {
			return
		}
		p := must[float64](t)(AlwaysValidP(a, b, tuning, level))
		if math.Abs(p-(1-level)) > 1e-12*p && (p < 1-level) != d.ExcludesZero() {
			t.Fatalf("p is %g and the interval %v", p, d)
		}
		if r, reason := AlwaysValidRatio(a, b, tuning, level).Estimate(); reason == "" && r.ExcludesZero() != d.ExcludesZero() {
			t.Fatalf("difference %v, ratio %v", d, r)
		}
		e := must[Effect](t)(MeanEffect(a, b))
		same := estimateOf(t, AlwaysValid(e, a.N+b.N, tuning, level))
		near(t, "low", same.Low, d.Low, 1e-9)
		// Looking as often as one likes has its price.
		if fixed := estimateOf(t, MeanDifference(a, b, level)); min(a.N, b.N) > 100 && fixed.High > d.High {
			t.Fatalf("always valid %v, at one look %v", d, fixed)
		}
	})
}

func TestAlwaysValidIsTightestAtItsTuning(t *testing.T) {
	width := func(n int64, tuning float64) float64 {
		e := estimateOf(t, AlwaysValid(Effect{0, 1 / math.Sqrt(float64(n))}, n, tuning, 0.95))
		return e.High - e.Low
	}
	tuned := width(10_000, 10_000)
	for _, tuning := range []float64{1000, 5000, 20_000, 100_000} {
		if other := width(10_000, tuning); other <= tuned {
			t.Errorf("tuned to %g: %g, to 10,000: %g", tuning, other, tuned)
		}
	}
}

func TestAlwaysValidDegenerates(t *testing.T) {
	good, e := Moments{10, 2, 1}, Effect{1, 1}
	for name, c := range map[string]struct {
		got  Result
		want Degenerate
	}{
		"good":             {AlwaysValid(e, 10, 100, 0.95), ""},
		"nobody":           {AlwaysValid(e, 0, 100, 0.95), EmptyArm},
		"fewer":            {AlwaysValid(e, -1, 100, 0.95), Invalid},
		"no tuning":        {AlwaysValid(e, 10, 0, 0.95), Invalid},
		"tuning NaN":       {AlwaysValid(e, 10, math.NaN(), 0.95), Invalid},
		"level":            {AlwaysValid(e, 10, 100, 1), InvalidLevel},
		"no error":         {AlwaysValid(Effect{1, 0}, 10, 100, 0.95), ZeroVariance},
		"beyond":           {AlwaysValid(e, 10, 1e-320, 0.95), Overflow},
		"difference":       {AlwaysValidDifference(good, Moments{}, 100, 0.95), EmptyArm},
		"difference, tune": {AlwaysValidDifference(good, good, -1, 0.95), Invalid},
		"ratio":            {AlwaysValidRatio(good, Moments{10, 0, 1}, 100, 0.95), ZeroControl},
		"ratio, noisy":     {AlwaysValidRatio(good, Moments{10, 0.5, 1}, 100, 0.95), Unbounded},
		"ratio, level":     {AlwaysValidRatio(good, good, 100, 2), InvalidLevel},
	} {
		if c.got.Reason() != c.want {
			t.Errorf("%s: %q, want %q", name, c.got.Reason(), c.want)
		}
	}
	if _, got := AlwaysValidP(good, Moments{}, 100, 0.95); got != EmptyArm {
		t.Error(got)
	}
}

// One p-value inverts the intervals of every level where ρ is held.
func TestAlwaysValidTuning(t *testing.T) {
	a, b := Moments{4000, 0.081, 0.0744}, Moments{4100, 0.065, 0.0608}
	p, reason := AlwaysValidP(a, b, 5000, 0.95)
	if reason != "" || p <= 0.001 || p >= 0.2 {
		t.Fatalf("p %v, %q: not a test of anything", p, reason)
	}
	for level, excludes := range map[float64]bool{1 - p*1.001: true, 1 - p*0.999: false} {
		e, _ := AlwaysValidDifference(a, b, AlwaysValidTuning(5000, 0.95, level), level).Estimate()
		if e.ExcludesZero() != excludes {
			t.Errorf("at level %v, p %v: %+v", level, p, e)
		}
	}
	if AlwaysValidTuning(5000, 0.95, 1) != 0 {
		t.Error("a tuning for a level that there is not")
	}
}

// What could be found lies where an interval of its width would just exclude
// zero four times in five.
func TestAlwaysValidDetectable(t *testing.T) {
	const variance, n = 0.06, 5000
	got, reason := AlwaysValidDetectable(variance, n, n, 5000, 0.95, 0.8)
	fixed, _ := DetectableDifference(variance, n, n, 0.95, 0.8)
	e, _ := AlwaysValidDifference(Moments{n, 0.1, variance}, Moments{n, 0, variance}, 5000, 0.95).Estimate()
	half, se := (e.High-e.Low)/2, math.Sqrt(2*variance/n)
	if reason != "" || got <= fixed || math.Abs(got-half-0.8416212335729143*se) > 1e-9 {
		t.Errorf("%v (%q), fixed horizon %v, half-width %v", got, reason, fixed, half)
	}
	if _, reason := AlwaysValidDetectable(variance, 0, n, 5000, 0.95, 0.8); reason != EmptyArm {
		t.Error(reason)
	}
}
