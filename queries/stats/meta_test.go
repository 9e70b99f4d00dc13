package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func effects(values, variances []float64) (e []Effect) {
	for i := range values {
		e = append(e, Effect{values[i], math.Sqrt(variances[i])})
	}
	return e
}

func TestRandomEffectsVectors(t *testing.T) {
	// Kacker (2004); tau², mean and Q as in metafor, the intervals computed
	// from them with 30 digits.
	s := must[Synthesis](t)(RandomEffects(effects(
		[]float64{61, 61.4, 62.21, 62.3, 62.34, 62.6, 62.7, 62.84, 65.9},
		[]float64{0.2025, 1.21, 0.09, 0.2025, 0.3844, 0.5625, 0.0676, 0.0225, 1.8225}), 0.95))
	printed(t, "tau²", s.Tau2, "0.7053953092")
	printedInterval(t, s.Mean, "62.4076199113", "61.62811994", "63.18711988")
	printedInterval(t, s.Prediction, "62.4076199113", "60.26680555", "64.54843427")
	printed(t, "I²", s.I2, "0.677444037")
	printed(t, "Q", s.Heterogeneity.Statistic, "24.801897742")
	printed(t, "p of Q", s.Heterogeneity.P, "0.0016793515")

	// metafor's rma(method = "PM", test = "knha"), with the prediction at one
	// degree of freedom fewer than metafor takes.
	s = must[Synthesis](t)(RandomEffects(effects([]float64{0.4, -0.2, 0.55, 0.1}, []float64{0.05, 0.06, 0.04, 0.05}), 0.95))
	printed(t, "tau²", s.Tau2, "0.05930")
	printedInterval(t, s.Mean, "0.22957", "-0.2954023543", "0.7545392429")
	printedInterval(t, s.Prediction, "0.22957", "-1.035993", "1.495130")

	// No more than chance between them: the interval is that of known weights.
	s = must[Synthesis](t)(RandomEffects(effects([]float64{0.1, 0.11, 0.12}, []float64{0.01, 0.02, 0.03}), 0.95))
	if s.Tau2 != 0 || s.I2 != 0 {
		t.Errorf("%+v", s)
	}
	printedInterval(t, s.Mean, "0.1063636364", "-0.2114083274", "0.4241356002")
	printedInterval(t, s.Prediction, "0.1063636364", "-0.832051775", "1.044779048")
}

// The root of the estimating equation, wherever the effects lie and however
// they are scaled.
func TestPauleMandelSolvesItsEquation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Effect {
			return Effect{
				rapid.Float64Range(-5, 5).Draw(t, "value"),
				math.Pow(10, rapid.Float64Range(-6, 3).Draw(t, "log se")),
			}
		}), 2, 12).Draw(t, "effects")
		tau2 := pauleMandel(e)
		_, q := pool(e, tau2)
		df := float64(len(e) - 1)
		if tau2 == 0 && q > df*(1+1e-9) || tau2 > 0 && math.Abs(q-df) > 1e-8*df {
			t.Fatalf("tau² %g leaves %g on %g", tau2, q, df)
		}
		s := must[Synthesis](t)(RandomEffects(e, 0.95))
		if !(s.I2 >= 0 && s.I2 < 1) || len(e) == 2 && s.Prediction.Reason() != TooFew {
			t.Fatalf("%+v", s)
		}
		mean := estimateOf(t, s.Mean)
		if next, reason := s.Prediction.Estimate(); reason == "" && (next.Low > mean.Low || next.High < mean.High) {
			t.Fatalf("mean %v, prediction %v", mean, next)
		}
	})
}

// With two treated arms, against the two by two inverse written out.
func TestSharedControlIsGeneralisedLeastSquares(t *testing.T) {
	control := Moments{100, 1, 2}
	treated := []Moments{{50, 1.5, 3}, {200, 1.2, 1}}
	got := must[Effect](t)(SharedControl(treated, control))
	c := control.meanVariance()
	a, b := treated[0].meanVariance()+c, treated[1].meanVariance()+c
	determinant := a*b - c*c
	w1, w2 := (b-c)/determinant, (a-c)/determinant
	near(t, "value", got.Value, (0.5*w1+0.2*w2)/(w1+w2), 1e-13)
	near(t, "standard error", got.StandardError, math.Sqrt(1/(w1+w2)), 1e-13)

	alone := must[Effect](t)(SharedControl(treated[:1], control))
	plain := must[Effect](t)(MeanEffect(treated[0], control))
	near(t, "one arm", alone.Value, plain.Value, 1e-13)
	near(t, "one arm's error", alone.StandardError, plain.StandardError, 1e-13)
	// Counting the control twice would claim more.
	other := must[Effect](t)(MeanEffect(treated[1], control))
	independent, _ := pool([]Effect{plain, other}, 0)
	if got.StandardError <= independent.StandardError {
		t.Errorf("%g shared, %g as if independent", got.StandardError, independent.StandardError)
	}
}

func TestMetaDegenerates(t *testing.T) {
	good := Effect{1, 1}
	for name, c := range map[string]struct {
		effects []Effect
		level   float64
		want    Degenerate
	}{
		"none":        {nil, 0.95, TooFew},
		"one":         {[]Effect{good}, 0.95, TooFew},
		"no variance": {[]Effect{good, {1, 0}}, 0.95, ZeroVariance},
		"defect":      {[]Effect{good, {1, 0}, {math.Inf(1), 1}}, 0.95, Invalid},
		"level":       {[]Effect{good, good}, 1, InvalidLevel},
		"identical":   {[]Effect{good, good}, 0.95, ""},
		"beyond":      {[]Effect{{1e200, 1}, {-1e200, 1}}, 0.95, Overflow},
	} {
		if _, got := RandomEffects(c.effects, c.level); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	arm := Moments{10, 1, 1}
	for name, c := range map[string]struct {
		treated []Moments
		control Moments
		want    Degenerate
	}{
		"no arms":     {nil, arm, TooFew},
		"no control":  {[]Moments{arm}, Moments{}, EmptyArm},
		"defect":      {[]Moments{{-1, 1, 1}}, Moments{}, Invalid},
		"no variance": {[]Moments{arm, {10, 1, 0}}, arm, ZeroVariance},
	} {
		if _, got := SharedControl(c.treated, c.control); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestRandomEffectsP(t *testing.T) {
	effects := []Effect{{0.03, 0.01}, {0.01, 0.008}, {0.05, 0.012}, {0.02, 0.009}}
	p, reason := RandomEffectsP(effects)
	if reason != "" {
		t.Fatal(reason)
	}
	for level, excludes := range map[float64]bool{1 - p*1.001: true, 1 - p*0.999: false} {
		s, _ := RandomEffects(effects, level)
		if e, _ := s.Mean.Estimate(); e.ExcludesZero() != excludes {
			t.Errorf("p %v: at level %v %+v", p, level, e)
		}
	}
	if _, reason := RandomEffectsP(effects[:1]); reason != TooFew {
		t.Error(reason)
	}
}
