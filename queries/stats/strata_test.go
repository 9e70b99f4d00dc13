package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Rothman, Greenland and Lash, Modern Epidemiology, table 15-1: tolbutamide
// and death by age. The Mantel-Haenszel figures are metafor's.
var tolbutamide = []Stratum{
	{Proportion{8, 106}, Proportion{5, 120}},
	{Proportion{22, 98}, Proportion{16, 85}},
}

func TestMantelHaenszelVector(t *testing.T) {
	printedInterval(t, MantelHaenszel(tolbutamide, 0.90), "0.0349", "-0.0176", "0.0874")
}

// Sato, Greenland and Robins (1989): (δP + Q)/(Σ n1·n0/N)² with
// P = Σ(n1²y - n0²x + n1n0(n0-n1)/2)/N², Q = Σ(x(n0-y) + y(n1-x))/2N.
func TestMantelHaenszelAgainstThePrintedFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var strata []Stratum
		var weight, gain, p, q float64
		for range rapid.IntRange(1, 6).Draw(t, "strata") {
			count := rapid.Custom(func(t *rapid.T) Proportion {
				n := rapid.Int64Range(1, 300).Draw(t, "n")
				return Proportion{rapid.Int64Range(0, n).Draw(t, "x"), n}
			})
			s := Stratum{count.Draw(t, "treated"), count.Draw(t, "control")}
			strata = append(strata, s)
			n1, n0 := float64(s.Treated.N), float64(s.Control.N)
			x, y, n := float64(s.Treated.Successes), float64(s.Control.Successes), n1+n0
			weight += n1 * n0 / n
			gain += (x*n0 - y*n1) / n
			p += (n1*n1*y - n0*n0*x + n1*n0*(n0-n1)/2) / (n * n)
			q += (x*(n0-y) + y*(n1-x)) / (2 * n)
		}
		variance := (gain/weight*p + q) / (weight * weight)
		e, reason := MantelHaenszel(strata, 0.5).Estimate()
		if variance < 1e-12 {
			return
		}
		if reason != "" {
			t.Fatal(reason)
		}
		half := normalCritical(0.5) * math.Sqrt(variance)
		near(t, "value", e.Value+2, gain/weight+2, 1e-12)
		near(t, "low", e.Low+2, max(gain/weight-half, -1)+2, 1e-9)
		near(t, "high", e.High+2, min(gain/weight+half, 1)+2, 1e-9)
	})
}

func TestInverseVarianceByHand(t *testing.T) {
	// Weights 4 and 1: (4·1 + 1·2)/5, standard error 1/√5; Q = 4·0.04 + 0.64.
	effects := []Effect{{1, 0.5}, {2, 1}}
	e := estimateOf(t, InverseVariance(effects, 0.95))
	near(t, "value", e.Value, 1.2, 1e-14)
	near(t, "half-width", e.High-e.Value, 1.959963984540054/math.Sqrt(5), 1e-13)
	q := must[ChiSquared](t)(CochranQ(effects))
	near(t, "Q", q.Statistic, 0.8, 1e-13)
	near(t, "p", q.P, math.Erfc(math.Sqrt(0.8)/math.Sqrt2), 1e-12)
	if q.DF != 1 {
		t.Errorf("df is %d", q.DF)
	}
}

func TestOneStratumIsItself(t *testing.T) {
	s := tolbutamide[0]
	e := must[Effect](t)(ShareEffect(s.Treated, s.Control))
	near(t, "inverse variance", estimateOf(t, InverseVariance([]Effect{e}, 0.95)).Value, e.Value, 1e-14)
	near(t, "Mantel-Haenszel", estimateOf(t, MantelHaenszel([]Stratum{s}, 0.95)).Value, e.Value, 1e-14)
}

// Kidney stones (Charig and others, BMJ 1986): open surgery does better for
// small and for large stones, and worse in all.
func TestSimpsonReversal(t *testing.T) {
	strata := []Stratum{
		{Proportion{81, 87}, Proportion{234, 270}},
		{Proportion{192, 263}, Proportion{55, 80}},
	}
	crude := ShareDifference(Proportion{273, 350}, Proportion{289, 350}, 0.95)
	within := MantelHaenszel(strata, 0.95)
	if got := must[Reversal](t)(Simpson(crude, within)); got != ReversalWithinError {
		t.Errorf("%q", got)
	}
	// Ten thousand times as many patients leave no doubt.
	const more = 10_000
	for i := range strata {
		for _, p := range []*Proportion{&strata[i].Treated, &strata[i].Control} {
			p.Successes, p.N = p.Successes*more, p.N*more
		}
	}
	crude = ShareDifference(Proportion{273 * more, 350 * more}, Proportion{289 * more, 350 * more}, 0.95)
	if got := must[Reversal](t)(Simpson(crude, MantelHaenszel(strata, 0.95))); got != ClearReversal {
		t.Errorf("%q", got)
	}
	if got := must[Reversal](t)(Simpson(crude, crude)); got != NoReversal {
		t.Errorf("%q", got)
	}
	if _, got := Simpson(crude, Undefined(NoStrata)); got != NoStrata {
		t.Errorf("%q", got)
	}
	unsure := Estimated(Estimate{0.01, -0.01, 0.03, 0.95, MethodMantelHaenszel})
	if got := must[Reversal](t)(Simpson(crude, unsure)); got != ReversalWithinError {
		t.Errorf("%q", got)
	}
	nowhere := Estimated(Estimate{0, -1, 1, 0.95, MethodMantelHaenszel})
	if got := must[Reversal](t)(Simpson(crude, nowhere)); got != NoReversal {
		t.Errorf("%q", got)
	}
}

func TestStrataDegenerates(t *testing.T) {
	half, none := Proportion{1, 2}, Proportion{}
	for name, c := range map[string]struct {
		got  Result
		want Degenerate
	}{
		"no strata":            {MantelHaenszel(nil, 0.95), NoStrata},
		"nothing to compare":   {MantelHaenszel([]Stratum{{half, none}, {none, half}}, 0.95), NoStrata},
		"one to compare":       {MantelHaenszel([]Stratum{{half, none}, {half, half}}, 0.95), ""},
		"nothing happened":     {MantelHaenszel([]Stratum{{Proportion{0, 5}, Proportion{0, 5}}}, 0.95), ZeroVariance},
		"defect":               {MantelHaenszel([]Stratum{{none, Proportion{3, 2}}}, 0.95), Invalid},
		"level":                {MantelHaenszel([]Stratum{{half, half}}, 1), InvalidLevel},
		"no effects":           {InverseVariance(nil, 0.95), NoStrata},
		"no variance":          {InverseVariance([]Effect{{1, 1}, {1, 0}}, 0.95), ZeroVariance},
		"negative error":       {InverseVariance([]Effect{{1, 0}, {1, -1}}, 0.95), Invalid},
		"inverse, level":       {InverseVariance([]Effect{{1, 1}}, 0), InvalidLevel},
		"weights beyond count": {InverseVariance([]Effect{{1, 1e-200}}, 0.95), Overflow},
	} {
		if c.got.Reason() != c.want {
			t.Errorf("%s: %q, want %q", name, c.got.Reason(), c.want)
		}
	}
	if _, got := CochranQ([]Effect{{1, 1}}); got != TooFew {
		t.Error(got)
	}
	if _, got := CochranQ([]Effect{{1, 1}, {math.NaN(), 1}}); got != Invalid {
		t.Error(got)
	}
}
