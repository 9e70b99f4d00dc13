package stats

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// The tails were computed with 40 digits.
func TestStudentCritical(t *testing.T) {
	for _, v := range []struct{ df, t, alpha, tolerance float64 }{
		{1, 0.5, 0.704832764699133452, 1e-10},
		{1, 1.96, 0.300342891776033149, 1e-10},
		{1, 5, 0.125665916378002368, 1e-10},
		{1, 12, 0.0529293521191797509, 1e-10},
		{1, 30, 0.0212128048110708468, 1e-10},
		{2, 0.5, 0.666666666666666667, 1e-10},
		{2, 1.96, 0.18905730960173227, 1e-10},
		{2, 5, 0.0377495513506237258, 1e-10},
		{2, 12, 0.00687293367715846014, 1e-10},
		{2, 30, 0.00110926268195965891, 1e-10},
		{5, 0.5, 0.638298871640929007, 1e-10},
		{5, 1.96, 0.107287952505294173, 1e-10},
		{5, 5, 0.00410471598005332242, 1e-10},
		{5, 12, 0.0000708949251716152269, 1e-10},
		{5, 30, 7.71864862049605199e-7, 1e-10},
		{30, 0.5, 0.620723004885127286, 1e-10},
		{30, 1.96, 0.0593423128960504763, 1e-10},
		{30, 5, 0.0000232966854670077951, 1e-10},
		{30, 12, 5.58018541519925606e-13, 1e-5},
		{30, 30, 6.25179163060888795e-24, 1e-5},
		{100, 0.5, 0.618173565830886572, 1e-10},
		{100, 1.96, 0.052778901366229666, 1e-10},
		{100, 5, 2.45017341350380042e-6, 1e-10},
		{100, 12, 4.39508771560437815e-21, 1e-5},
		{100, 30, 8.38033255868829217e-52, 1e-5},
		{300, 0.5, 0.617441622554225188, 1e-10},
		{300, 1.96, 0.0509212523245382159, 1e-10},
		{300, 5, 9.76915473024777266e-7, 1e-10},
		{300, 12, 2.31912475361613304e-27, 1e-5},
		{1000, 0.5, 0.617185080833874815, 1e-10},
		{1000, 1.96, 0.0502731849557487184, 1e-10},
		{1000, 5, 6.76725636464863038e-7, 1e-10},
		{1000, 12, 4.32405738677452747e-31, 1e-5},
		{10000, 0.5, 0.617086079323233414, 1e-10},
		{10000, 1.96, 0.0500235202318330495, 1e-10},
		{10000, 5, 5.83032661366264729e-7, 1e-10},
		{10000, 12, 5.97977960781132516e-33, 1e-5},
		{1e+06, 0.5, 0.617075187472371388, 1e-10},
		{1e+06, 1.96, 0.0499960675852697907, 1e-10},
		{1e+06, 5, 5.73399787089074157e-7, 1e-10},
		{1e+06, 12, 3.57168512476508982e-33, 1e-5},
		{1e+09, 0.5, 0.617075077561994207, 1e-10},
		{1e+09, 1.96, 0.0499957905737295951, 1e-10},
		{1e+09, 5, 5.73303240395162843e-7, 1e-10},
		{1e+09, 12, 3.55298289774114359e-33, 1e-5},
	} {
		near(t, "critical value", studentCritical(v.alpha, v.df), v.t, v.tolerance)
	}
}

func TestStudentCriticalInvertsTheTail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		df := math.Pow(10, rapid.Float64Range(0, 4).Draw(t, "log df"))
		alpha := math.Pow(10, rapid.Float64Range(-10, -0.01).Draw(t, "log alpha"))
		tail := 2 * distuv.StudentsT{Sigma: 1, Nu: df}.CDF(-studentCritical(alpha, df))
		near(t, "tail", tail, alpha, 1e-9)
	})
}

func TestStudentCriticalFallsWithAlpha(t *testing.T) {
	for _, df := range []float64{1, 2.5, 10, 99.9, 100, 101, 1000, 1e6, 1e12} {
		previous := math.Inf(1)
		for e := 300.0; e >= 0; e -= 0.25 {
			if df < largeDF && e > 150 {
				continue // the quantile itself is beyond what is asked
			}
			c := studentCritical(math.Pow(10, -e), df)
			if !(c < previous) {
				t.Errorf("df %g, alpha 1e-%g: %g after %g", df, e, c, previous)
			}
			previous = c
		}
		if previous != 0 {
			t.Errorf("df %g, alpha 1: %g", df, previous)
		}
	}
}

func TestNormalCritical(t *testing.T) {
	printed(t, "95 %", normalCritical(0.05), "1.95996398454005")
	printed(t, "99.9 %", normalCritical(0.001), "3.29052673149189")
	for _, alpha := range []float64{1e-300, 1e-50, 1e-9, 0.5, 1} {
		near(t, "tail", math.Erfc(normalCritical(alpha)/math.Sqrt2), alpha, 1e-12)
	}
}

func TestInvertIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := math.Pow(10, rapid.Float64Range(-299, 0).Draw(t, "log p"))
		got := invert(func(alpha float64) bool { return alpha > p })
		if got != p {
			t.Fatalf("%g, want %g", got, p)
		}
	})
	if got := invert(func(float64) bool { return true }); got != 0 {
		t.Errorf("always excluding: %g", got)
	}
	if got := invert(func(float64) bool { return false }); got != 1 {
		t.Errorf("never excluding: %g", got)
	}
}
