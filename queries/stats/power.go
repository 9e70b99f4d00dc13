package stats

import "math"

// DetectableDifference is the smallest difference, in the unit of the measure,
// that arms of n1 and n0 customers would show at the level with the power
// given (0.8 for 80 %): (z(1-alpha/2) + z(power))·√(variance·(1/n1 + 1/n0)),
// with the control's variance for both arms. It depends on the design alone
// and says nothing of the difference observed.
func DetectableDifference(variance float64, n1, n0 int64, level, power float64) (float64, Degenerate) {
	alpha, badLevel := significance(level)
	miss, badPower := significance(power)
	switch {
	case !finite(variance) || variance < 0 || n1 < 0 || n0 < 0:
		return 0, Invalid
	case n1 == 0 || n0 == 0:
		return 0, EmptyArm
	case variance == 0:
		return 0, ZeroVariance
	}
	if reason := worstReason(badLevel, badPower); reason != "" {
		return 0, reason
	}
	// A power of 1 - miss has the quantile that leaves miss in one tail.
	quantiles := normalCritical(alpha) + normalCritical(2*miss)
	if quantiles <= 0 {
		// Chance alone has this power.
		return 0, InvalidLevel
	}
	return quantiles * math.Sqrt(variance/float64(n1)+variance/float64(n0)), ""
}
