package stats

import (
	"math"
	"testing"
)

func TestDetectableDifference(t *testing.T) {
	// Hillstrom, visits, against no e-mail; computed with 30 digits.
	control := must[Moments](t)(Proportion{2262, 21306}.Moments())
	printed(t, "visits", must[float64](t)(DetectableDifference(control.Variance, 21307, 21306, 0.95, 0.8)), "0.00836153942955")
	// 16 in each arm find one standard deviation at 80 %: the usual rule.
	near(t, "rule of sixteen", must[float64](t)(DetectableDifference(1, 16, 16, 0.95, 0.8)), 1, 0.01)
	for want, c := range map[Degenerate]struct {
		variance     float64
		n1, n0       int64
		level, power float64
	}{
		EmptyArm:     {1, 0, 10, 0.95, 0.8},
		Invalid:      {1, -1, 10, 0.95, 0.8},
		ZeroVariance: {0, 10, 10, 0.95, 0.8},
		InvalidLevel: {1, 10, 10, 0.95, 1},
	} {
		if _, got := DetectableDifference(c.variance, c.n1, c.n0, c.level, c.power); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if _, got := DetectableDifference(1, 10, 10, 1, 0.8); got != InvalidLevel {
		t.Error(got)
	}
	if _, got := DetectableDifference(1, 10, 10, 0.95, 0.01); got != InvalidLevel {
		t.Error(got)
	}
	if _, got := DetectableDifference(math.NaN(), 10, 10, 0.95, 0.8); got != Invalid {
		t.Error(got)
	}
}
