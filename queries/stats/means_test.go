package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// arms draws moments that favour tiny arms, arms without spread and means
// that nearly agree.
func arms() *rapid.Generator[Moments] {
	return rapid.Custom(func(t *rapid.T) Moments {
		to := func(digits, v float64) float64 { return math.Round(v*digits) / digits }
		return Moments{
			N:        rapid.OneOf(rapid.Int64Range(2, 5), rapid.Int64Range(2, 500), rapid.Int64Range(2, 1_000_000_000)).Draw(t, "n"),
			Mean:     to(1e6, rapid.OneOf(rapid.Just(0.0), rapid.Just(1.0), rapid.Float64Range(-3, 3), rapid.Float64Range(0.9, 1.1)).Draw(t, "mean")),
			Variance: to(1e12, rapid.OneOf(rapid.Just(0.0), rapid.Just(1.0), rapid.Float64Range(0, 10), rapid.Float64Range(0, 1e-6)).Draw(t, "variance")),
		}
	})
}

func TestMeanVerdictsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := arms().Draw(t, "treated"), arms().Draw(t, "control")
		p, reason := MeanP(a, b)
		if reason != "" {
			if reason != ZeroVariance || a.Variance+b.Variance != 0 {
				t.Fatal(reason)
			}
			return
		}
		level := rapid.OneOf(levels(), rapid.Just(1-p*(1-1e-6)), rapid.Just(1-p*(1+1e-6))).Draw(t, "level")
		if !(level > 0 && level < 1-1e-12) {
			return
		}
		d := estimateOf(t, MeanDifference(a, b, level))
		if tied := math.Abs(p-(1-level)) < 1e-9*p+1e-14; !tied && (p < 1-level) != d.ExcludesZero() {
			t.Fatalf("p is %g and the interval %v", p, d)
		}
		r, reason := MeanRatio(a, b, level).Estimate()
		if reason == "" && (r.ExcludesZero() != d.ExcludesZero() || sign(r.Value) != sign(d.Value)) {
			t.Fatalf("difference %v, ratio %v", d, r)
		}
		switch reason {
		case "", Overflow:
		case ZeroControl:
			if b.Mean != 0 {
				t.Fatal(reason)
			}
		case NegativeControl:
			if b.Mean >= 0 {
				t.Fatal(reason)
			}
		case ZeroVariance:
			if a.Mean != 0 || a.Variance != 0 {
				t.Fatal(reason)
			}
		case Unbounded:
			// The control alone holds zero at this very critical value.
			c, critical, _ := welch(a, b, level)
			if critical*math.Sqrt(c.v0) < b.Mean {
				t.Fatal(reason)
			}
		default:
			t.Fatal(reason)
		}
	})
}

// Where the difference ends at zero to the last digit, so does the ratio.
func TestMeanLimitsMeetZeroTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, reason := compareMeans(arms().Draw(t, "treated"), arms().Draw(t, "control"))
		if reason != "" {
			return
		}
		critical := math.Abs(c.difference) / c.se * (1 - 1e-14)
		for range 200 {
			r, reason := c.ratioAt(critical, 0.95, MethodFieller).Estimate()
			if reason == "" && r.ExcludesZero() != c.excludesZero(critical) {
				low, high := c.limits(critical)
				t.Fatalf("difference %g to %g, ratio %v", low, high, r)
			}
			critical *= 1 + 2e-16
		}
	})
}

// Fieller's limits are where the statistic for m1 - ratio·m0 meets the
// quantile.
func TestMeanRatioSolvesFieller(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, level := arms().Draw(t, "treated"), arms().Draw(t, "control"), rapid.Float64Range(0.5, 0.999).Draw(t, "level")
		r, reason := MeanRatio(a, b, level).Estimate()
		c, critical, none := welch(a, b, level)
		if reason != "" || none != "" || critical*math.Sqrt(c.v0) > 0.99*c.m0 {
			return
		}
		for _, ratio := range []float64{1 + r.Low, 1 + r.High} {
			far := math.Abs(c.m1 - ratio*c.m0)
			reach := critical * math.Sqrt(c.v1+ratio*ratio*c.v0)
			if math.Abs(far-reach) > 1e-9*(far+reach)+1e-12 {
				t.Fatalf("ratio %g: %g from the mean, reach %g", ratio, far, reach)
			}
		}
		// The printed formula.
		g := critical * critical * c.v0 / (c.m0 * c.m0)
		half := critical / c.m0 * math.Sqrt(math.Pow(c.m1/c.m0, 2)*c.v0+(1-g)*c.v1)
		if want := (c.m1/c.m0-half)/(1-g) - 1; math.Abs(r.Low-want) > 1e-7*(1+math.Abs(want)) {
			t.Fatalf("low is %g, want %g", r.Low, want)
		}
		if want := (c.m1/c.m0+half)/(1-g) - 1; math.Abs(r.High-want) > 1e-7*(1+math.Abs(want)) {
			t.Fatalf("high is %g, want %g", r.High, want)
		}
	})
}

func TestMeanSymmetries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, level := arms().Draw(t, "treated"), arms().Draw(t, "control"), rapid.Float64Range(0.1, 0.999).Draw(t, "level")
		d, reason := MeanDifference(a, b, level).Estimate()
		swapped, none := MeanDifference(b, a, level).Estimate()
		if reason != none || math.Abs(d.Low+swapped.High) > 1e-9*(d.High-d.Low) || d.Value != -swapped.Value {
			t.Fatalf("%v %q, swapped %v %q", d, reason, swapped, none)
		}
		// The unit is nothing to the ratio, and everything to the difference.
		const unit = 100
		scaled := func(m Moments) Moments { return Moments{m.N, m.Mean * unit, m.Variance * unit * unit} }
		if e, _ := MeanDifference(scaled(a), scaled(b), level).Estimate(); math.Abs(e.Low-unit*d.Low) > 1e-9*unit*(1+math.Abs(d.Low)) {
			t.Fatalf("%v in units, %v in hundredths", d, e)
		}
		r, reason := MeanRatio(a, b, level).Estimate()
		e, none := MeanRatio(scaled(a), scaled(b), level).Estimate()
		if reason == "" && none == "" && math.Abs(e.High-r.High) > 1e-6*(1+math.Abs(r.High)) {
			t.Fatalf("%v in units, %v in hundredths", r, e)
		}
	})
}

func TestSatterthwaite(t *testing.T) {
	// R's t.test(extra ~ group, sleep): t = -1.8608, df = 17.776, p = 0.07939,
	// -3.3654832 0.2054832.
	a := momentsOfValues([]float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2})
	b := momentsOfValues([]float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4})
	c, reason := compareMeans(a, b)
	if reason != "" {
		t.Fatal(reason)
	}
	printed(t, "df", c.df, "17.776")
	printedInterval(t, MeanDifference(a, b, 0.95), "-1.58", "-3.3654832", "0.2054832")
	printed(t, "p", must[float64](t)(MeanP(a, b)), "0.07939")
}

func TestMeanDegenerates(t *testing.T) {
	good := Moments{10, 2, 1}
	for name, c := range map[string]struct {
		treated, control  Moments
		difference, ratio Degenerate
	}{
		"good":             {good, good, "", ""},
		"nobody":           {good, Moments{}, EmptyArm, EmptyArm},
		"one":              {Moments{1, 2, 0}, good, TooFew, TooFew},
		"no variance":      {Moments{10, 2, 0}, Moments{10, 1, 0}, ZeroVariance, ZeroVariance},
		"none in one":      {Moments{10, 2, 0}, good, "", ""},
		"zero control":     {good, Moments{10, 0, 0}, "", ZeroControl},
		"zero treated":     {Moments{10, 0, 0}, good, "", ZeroVariance},
		"negative control": {good, Moments{10, -2, 1}, "", NegativeControl},
		"noisy control":    {good, Moments{10, 0.1, 1}, "", Unbounded},
		"NaN":              {Moments{10, math.NaN(), 1}, Moments{}, Invalid, Invalid},
		"negative":         {Moments{}, Moments{10, 1, -1}, Invalid, Invalid},
		"negative n":       {Moments{-1, 1, 1}, good, Invalid, Invalid},
		"huge":             {Moments{2, 1e308, 1}, Moments{2, -1e308, 1}, Overflow, Overflow},
	} {
		if got := MeanDifference(c.treated, c.control, 0.95).Reason(); got != c.difference {
			t.Errorf("%s: difference %q, want %q", name, got, c.difference)
		}
		if got := MeanRatio(c.treated, c.control, 0.95).Reason(); got != c.ratio {
			t.Errorf("%s: ratio %q, want %q", name, got, c.ratio)
		}
		if _, got := MeanP(c.treated, c.control); got != c.difference {
			t.Errorf("%s: p %q, want %q", name, got, c.difference)
		}
	}
	for _, f := range []func(Moments, Moments, float64) Result{MeanDifference, MeanRatio, DeltaRatio} {
		if got := f(good, good, 0).Reason(); got != InvalidLevel {
			t.Error(got)
		}
	}
}
