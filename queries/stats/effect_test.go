package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestEffects(t *testing.T) {
	// Rothman, Greenland and Lash, Modern Epidemiology, table 15-1.
	e := must[Effect](t)(ShareEffect(Proportion{8, 106}, Proportion{5, 120}))
	printed(t, "difference", e.Value, "0.0338")
	printed(t, "standard error", e.StandardError, "0.0315")

	e = must[Effect](t)(MeanEffect(Moments{10, 5, 9}, Moments{20, 3, 16}))
	near(t, "difference", e.Value, 2, 1e-15)
	near(t, "standard error", e.StandardError, math.Sqrt(0.9+0.8), 1e-15)

	e = must[Effect](t)(RelativeEffect(Moments{10, 5, 9}, Moments{20, 3, 16}))
	near(t, "relative change", e.Value, 2.0/3, 1e-15)
	near(t, "standard error", e.StandardError, math.Sqrt(9.0/(10*9)+16.0*25/(20*81)), 1e-15)
}

func TestEffectDegenerates(t *testing.T) {
	good := Moments{10, 2, 1}
	type figure = func() (Effect, Degenerate)
	for name, c := range map[string]struct {
		got  figure
		want Degenerate
	}{
		"all and none":     {func() (Effect, Degenerate) { return ShareEffect(Proportion{5, 5}, Proportion{0, 5}) }, ZeroVariance},
		"empty":            {func() (Effect, Degenerate) { return ShareEffect(Proportion{5, 5}, Proportion{}) }, EmptyArm},
		"defect":           {func() (Effect, Degenerate) { return ShareEffect(Proportion{}, Proportion{6, 5}) }, Invalid},
		"means, empty":     {func() (Effect, Degenerate) { return MeanEffect(good, Moments{}) }, EmptyArm},
		"zero control":     {func() (Effect, Degenerate) { return RelativeEffect(good, Moments{10, 0, 1}) }, ZeroControl},
		"negative control": {func() (Effect, Degenerate) { return RelativeEffect(good, Moments{10, -1, 1}) }, NegativeControl},
		"relative, empty":  {func() (Effect, Degenerate) { return RelativeEffect(good, Moments{}) }, EmptyArm},
		"overflow":         {func() (Effect, Degenerate) { return RelativeEffect(Moments{10, 1e200, 1}, Moments{10, 1e-200, 1}) }, Overflow},
	} {
		if e, reason := c.got(); reason != c.want || e != (Effect{}) {
			t.Errorf("%s: %v, %q; want %q", name, e, reason, c.want)
		}
	}
	if got := DeltaRatio(good, Moments{10, 0, 1}, 0.95).Reason(); got != ZeroControl {
		t.Error(got)
	}
	for want, control := range map[Degenerate]Moments{ZeroControl: {10, 0, 1}, EmptyArm: {}} {
		if _, got := DeltaP(good, control); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestDeltaPInvertsDeltaRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, level := arms().Draw(t, "treated"), arms().Draw(t, "control"), levels().Draw(t, "level")
		e, reason := DeltaRatio(a, b, level).Estimate()
		p, none := DeltaP(a, b)
		if reason != "" || none != "" {
			return
		}
		if math.Abs(p-(1-level)) > 1e-9*p+1e-12 && e.ExcludesZero() != (p < 1-level) {
			t.Fatalf("p is %g and the interval %v", p, e)
		}
	})
}
