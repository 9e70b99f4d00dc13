package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// textbookLimits are Newcombe's and MOVER-R's formulas as they are printed.
func textbookLimits(treated, control Proportion, z float64) (low, high, ratioLow, ratioHigh float64) {
	limits := func(p Proportion) (share, l, u float64) {
		n := float64(p.N)
		share = float64(p.Successes) / n
		half := z * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
		return share, (share + z*z/(2*n) - half) / (1 + z*z/n), (share + z*z/(2*n) + half) / (1 + z*z/n)
	}
	p1, l1, u1 := limits(treated)
	p0, l0, u0 := limits(control)
	square := func(x float64) float64 { return x * x }
	low = p1 - p0 - math.Sqrt(square(p1-l1)+square(u0-p0))
	high = p1 - p0 + math.Sqrt(square(u1-p1)+square(p0-l0))
	ratioLow = (p1*p0 - math.Sqrt(square(p1*p0)-l1*(2*p1-l1)*u0*(2*p0-u0))) / (u0 * (2*p0 - u0))
	ratioHigh = (p1*p0 + math.Sqrt(square(p1*p0)-u1*(2*p1-u1)*l0*(2*p0-l0))) / (l0 * (2*p0 - l0))
	return low, high, ratioLow, ratioHigh
}

func TestShareLimitsAgainstTheTextbook(t *testing.T) {
	arm := rapid.Custom(func(t *rapid.T) Proportion {
		n := rapid.Int64Range(20, 2000).Draw(t, "n")
		return Proportion{rapid.Int64Range(2, n-2).Draw(t, "x"), n}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, level := arm.Draw(t, "treated"), arm.Draw(t, "control"), rapid.Float64Range(0.5, 0.999).Draw(t, "level")
		low, high, ratioLow, ratioHigh := textbookLimits(a, b, normalCritical(1-level))
		d, r := estimateOf(t, ShareDifference(a, b, level)), estimateOf(t, ShareRatio(a, b, level))
		for _, c := range []struct {
			what      string
			got, want float64
		}{
			{"low", d.Low, low}, {"high", d.High, high},
			{"relative low", r.Low, ratioLow - 1}, {"relative high", r.High, ratioHigh - 1},
		} {
			// The printed formula divides by near nothing where u0 = 2p0.
			if math.Abs(c.got-c.want) > 1e-8*(1+math.Abs(c.want)) {
				t.Fatalf("%s is %g, want %g", c.what, c.got, c.want)
			}
		}
	})
}

// The verdict is one, whichever way it is looked at.
func TestShareVerdictsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := proportions().Draw(t, "treated"), proportions().Draw(t, "control")
		if rapid.Bool().Draw(t, "close") { // small differences decide most
			b.N = a.N
			b.Successes = min(max(a.Successes+rapid.Int64Range(-30, 30).Draw(t, "off"), 0), b.N)
		}
		p := must[float64](t)(ShareP(a, b))
		if !(p >= 0 && p <= 1) {
			t.Fatalf("p is %g", p)
		}
		// As far out in the tail as p itself may be.
		at := func(alpha float64) bool {
			return contrastShares(a.sample(), b.sample(), normalCritical(alpha)).excludesZero()
		}
		if p > 1e-290 && p < 0.99 && (at(p*(1-1e-9)) || !at(p*(1+1e-9))) {
			t.Fatalf("p is %g, but zero is held from another alpha on", p)
		}
		// Levels that the p-value decides by a hair are the hard ones.
		level := rapid.OneOf(levels(), rapid.Just(1-p*(1-1e-9)), rapid.Just(1-p*(1+1e-9))).Draw(t, "level")
		if !(level > 0 && level < 1) {
			return
		}
		d := estimateOf(t, ShareDifference(a, b, level))
		if d.Low < -1 || d.High > 1 {
			t.Fatal(d)
		}
		if tied := math.Abs(p-(1-level)) < 1e-12*p+1e-15; !tied && (p < 1-level) != d.ExcludesZero() {
			t.Fatalf("p is %g and the interval %v", p, d)
		}
		r, reason := ShareRatio(a, b, level).Estimate()
		if b.Successes == 0 {
			if reason != ZeroControl {
				t.Fatal(reason)
			}
			return
		}
		if reason != "" {
			t.Fatalf("the ratio has no interval: %s", reason)
		}
		if sign(r.Low) != sign(d.Low) && (d.Low > 0 || r.Low > 0) || sign(r.High) != sign(d.High) && (d.High < 0 || r.High < 0) {
			t.Fatalf("difference %v, ratio %v", d, r)
		}
		if sign(r.Value) != sign(d.Value) || r.Low < -1 {
			t.Fatalf("difference %v, ratio %v", d, r)
		}
	})
}

// Where the difference ends at zero to the last digit, so does the ratio.
func TestShareLimitsMeetZeroTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := proportions().Draw(t, "treated"), proportions().Draw(t, "control")
		p := must[float64](t)(ShareP(a, b))
		if b.Successes == 0 || p < 1e-10 || p > 0.999 {
			return
		}
		for alpha, i := p*(1-1e-14), 0; i < 200; i++ {
			c := contrastShares(a.sample(), b.sample(), normalCritical(alpha))
			low, high := c.relativeLow(), c.relativeHigh()
			if (low > 0) != (c.low() > 0) || (high < 0) != (c.high() < 0) {
				t.Fatalf("difference %g to %g, ratio %g to %g", c.low(), c.high(), low, high)
			}
			alpha = alpha * (1 + 2e-16)
		}
	})
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

func TestShareSymmetries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, level := proportions().Draw(t, "treated"), proportions().Draw(t, "control"), levels().Draw(t, "level")
		d, swapped := estimateOf(t, ShareDifference(a, b, level)), estimateOf(t, ShareDifference(b, a, level))
		if d.Value != -swapped.Value || d.Low != -swapped.High || d.High != -swapped.Low {
			t.Fatalf("%v, swapped %v", d, swapped)
		}
		if p, q := must[float64](t)(ShareP(a, b)), must[float64](t)(ShareP(b, a)); p != q {
			t.Fatalf("p %g, swapped %g", p, q)
		}
		// Counting failures instead of successes turns the sign.
		failures := func(p Proportion) Proportion { return Proportion{p.N - p.Successes, p.N} }
		turned := estimateOf(t, ShareDifference(failures(b), failures(a), level))
		if math.Abs(d.Low-turned.Low)+math.Abs(d.High-turned.High) > 1e-14 {
			t.Fatalf("%v, of failures %v", d, turned)
		}
		// The ratio the other way round is the inverse, limit by limit. A change
		// of nearly -1 has too few digits left to be inverted.
		r, reason := ShareRatio(a, b, level).Estimate()
		inverse, none := ShareRatio(b, a, level).Estimate()
		if reason != "" || none != "" {
			return
		}
		for _, pair := range [][2]float64{{r.Low, inverse.High}, {r.High, inverse.Low}} {
			if min(pair[0], pair[1]) > -0.999 {
				near(t, "ratio times its inverse", (1+pair[0])*(1+pair[1]), 1, 1e-9)
			}
		}
	})
}

func TestShareIntervalsWidenWithLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := proportions().Draw(t, "treated"), proportions().Draw(t, "control")
		narrow := rapid.Float64Range(0.05, 0.9).Draw(t, "narrow")
		wide := rapid.Float64Range(narrow+0.01, 0.999).Draw(t, "wide")
		for _, f := range []func(Proportion, Proportion, float64) Result{ShareDifference, ShareRatio} {
			inner, reason := f(a, b, narrow).Estimate()
			outer, none := f(a, b, wide).Estimate()
			if reason != none {
				t.Fatalf("%q at one level, %q at the other", reason, none)
			}
			if outer.Low-inner.Low > 1e-15 || inner.High-outer.High > 1e-15 {
				t.Fatalf("%v does not hold %v", outer, inner)
			}
		}
	})
}

// Whole arms of nothing and of everything.
func TestShareExtremes(t *testing.T) {
	const n = 1_000_000_000
	all, none := Proportion{n, n}, Proportion{0, n}
	d := estimateOf(t, ShareDifference(all, none, 0.95))
	if d.Value != 1 || d.High != 1 || d.Low < 0.99 {
		t.Error(d)
	}
	if p := must[float64](t)(ShareP(all, none)); p != 0 {
		t.Errorf("p is %g", p)
	}
	for _, same := range []Proportion{all, none, {5, 10}} {
		e := estimateOf(t, ShareDifference(same, same, 0.95))
		if e.Value != 0 || !(e.Low < 0 && e.High > 0) {
			t.Error(e)
		}
		if p := must[float64](t)(ShareP(same, same)); p != 1 {
			t.Errorf("p of equal arms is %g", p)
		}
	}
	// One and three failures among more than floats can count.
	tiny := estimateOf(t, ShareDifference(
		Proportion{math.MaxInt64 - 1, math.MaxInt64}, Proportion{math.MaxInt64 - 3, math.MaxInt64}, 0.95))
	near(t, "difference of nearly full arms", tiny.Value, 2.0/math.MaxInt64, 1e-12)
	lost := estimateOf(t, ShareRatio(Proportion{0, 50}, Proportion{5, 50}, 0.95))
	if lost.Value != -1 || lost.Low != -1 || !(lost.High > -1) {
		t.Error(lost)
	}
	// One of one against one of a billion: the ratio is large and finite.
	estimateOf(t, ShareRatio(Proportion{1, 1}, Proportion{1, n}, 0.999999))
}
