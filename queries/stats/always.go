package stats

import "math"

// The always-valid intervals hold their level however often one looks and
// whenever one stops: the asymptotic confidence sequence of I. Waudby-Smith, D.
// Arbour, R. Sinha, E. H. Kennedy and A. Ramdas (arXiv 2103.06476, eq. 9), with
// s² = n·SE² for n customers in both arms.
//
// Their n is that of customers, at least 1. tuning is the n at which the
// interval is to be tightest, above 0, and is chosen before looking.

// alwaysCritical is the number of standard errors in the half-width,
// √(2(nρ²+1)/(nρ²)·ln(√(nρ²+1)/alpha)), for nρ² = mixing.
func alwaysCritical(alpha, mixing float64) float64 {
	return math.Sqrt(2 * (1 + 1/mixing) * (math.Log1p(mixing)/2 - math.Log(alpha)))
}

// alwaysMixing is nρ² with the ρ that makes the interval tightest at the
// tuning size for the level wanted.
func alwaysMixing(n, tuning, level float64) (float64, Degenerate) {
	alpha, reason := significance(level)
	switch {
	case n < 0 || !finite(tuning) || tuning <= 0:
		return 0, Invalid
	case n == 0:
		return 0, EmptyArm
	case reason != "":
		return 0, reason
	}
	spent := -2 * math.Log(alpha)
	mixing := n / tuning * (spent + math.Log1p(spent))
	if !finite(mixing) || mixing == 0 {
		return 0, Overflow
	}
	return mixing, ""
}

// AlwaysValid is the always-valid interval about any effect, in the effect's
// unit. n counts the customers of both arms. With [RelativeEffect] it gives
// the relative interval other tools show, which can disagree with the
// difference on zero; [AlwaysValidRatio] cannot.
func AlwaysValid(e Effect, n int64, tuning, level float64) Result {
	mixing, reason := alwaysMixing(float64(n), tuning, level)
	if reason := worstReason(e.check(), reason); reason != "" {
		return Undefined(reason)
	}
	return e.intervalAt(alwaysCritical(1-level, mixing), level, MethodAlwaysValid)
}

// AlwaysValidDifference is [MeanDifference] with an always-valid interval.
func AlwaysValidDifference(treated, control Moments, tuning, level float64) Result {
	c, mixing, reason := always(treated, control, tuning, level)
	if reason != "" {
		return Undefined(reason)
	}
	return c.differenceAt(alwaysCritical(1-level, mixing), level, MethodAlwaysValid)
}

// AlwaysValidRatio is [MeanRatio] with an always-valid interval: Fieller's, at
// the critical value of [AlwaysValidDifference], so that both exclude zero
// together.
func AlwaysValidRatio(treated, control Moments, tuning, level float64) Result {
	c, mixing, reason := always(treated, control, tuning, level)
	if reason != "" {
		return Undefined(reason)
	}
	return c.ratioAt(alwaysCritical(1-level, mixing), level, MethodAlwaysFieller)
}

// AlwaysValidP is the p-value in [0, 1] that inverts [AlwaysValidDifference]
// and [AlwaysValidRatio] for the same tuning and level; the level matters, as
// it sets where the interval is tightest. It, too, holds however often one
// looks.
func AlwaysValidP(treated, control Moments, tuning, level float64) (float64, Degenerate) {
	c, mixing, reason := always(treated, control, tuning, level)
	if reason != "" {
		return 0, reason
	}
	return invert(func(alpha float64) bool {
		return c.excludesZero(alwaysCritical(alpha, mixing))
	}), ""
}

func always(treated, control Moments, tuning, level float64) (meanContrast, float64, Degenerate) {
	c, bad := compareMeans(treated, control)
	mixing, reason := alwaysMixing(float64(treated.N)+float64(control.N), tuning, level)
	if reason := worstReason(bad, reason); reason != "" {
		return meanContrast{}, 0, reason
	}
	return c, mixing, ""
}

// AlwaysValidTuning is the tuning at which intervals of another level keep the
// ρ that intervals of level have at tuning. ρ is chosen once, before looking:
// with it, one p-value inverts the intervals of every level.
func AlwaysValidTuning(tuning, level, other float64) float64 {
	spent := func(level float64) float64 {
		s := -2 * math.Log(1-level)
		return s + math.Log1p(s)
	}
	if !(level > 0 && level < 1) || !(other > 0 && other < 1) {
		return 0 // which is Invalid where it is used
	}
	return tuning * spent(other) / spent(level)
}

// AlwaysValidDetectable is [DetectableDifference] for the always-valid interval
// at the n reached.
func AlwaysValidDetectable(variance float64, n1, n0 int64, tuning, level, power float64) (float64, Degenerate) {
	fixed, reason := DetectableDifference(variance, n1, n0, level, power)
	if reason != "" {
		return 0, reason
	}
	mixing, reason := alwaysMixing(float64(n1)+float64(n0), tuning, level)
	if reason != "" {
		return 0, reason
	}
	needed := normalCritical(2 * (1 - power))
	return fixed * (alwaysCritical(1-level, mixing) + needed) / (normalCritical(1-level) + needed), ""
}
