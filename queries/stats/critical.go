package stats

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// significance is alpha = 1 - level.
func significance(level float64) (float64, Degenerate) {
	if !(level > 0 && level < 1) {
		return 0, InvalidLevel
	}
	return 1 - level, ""
}

// normalCritical is the standard normal quantile that leaves alpha in both
// tails together.
func normalCritical(alpha float64) float64 {
	return -distuv.UnitNormal.Quantile(alpha / 2)
}

// largeDF is the number of degrees of freedom from which Hill's expansion is
// at least as precise as inverting the incomplete beta function, whose
// iterations fail in the tails from about 200 on.
const largeDF = 100

// studentCritical is the quantile of Student's t that leaves alpha in both
// tails together. Where alpha is at least 1e-10 it is right to ten digits for
// every df >= 1.
//
// From largeDF on it solves z = w + (w³+3w)/b - ..., t = √(df·(exp(w²/a)-1)),
// a = df - 1/2, b = 48a² for w (G. W. Hill, Algorithm 395, Communications of
// the ACM 13, 1970).
func studentCritical(alpha, df float64) float64 {
	if df < largeDF {
		return -distuv.StudentsT{Sigma: 1, Nu: df}.Quantile(alpha / 2)
	}
	z := normalCritical(alpha)
	a := df - 0.5
	b := 48 * a * a
	w := z
	// The correction is of the order of 1/b: each step gains five digits.
	for range 4 {
		s := w * w
		w = z - w*(s+3)/b + w*(((4*s+33)*s+240)*s+855)/(10*b*(b+0.8*s*s+100))
	}
	return math.Sqrt(df * math.Expm1(w*w/a))
}

// smallestP is where a p-value is no longer told from zero.
const smallestP = 1e-300

// invert is the p-value that belongs to a family of intervals: the largest
// alpha whose interval still holds zero, or 0 where that is below smallestP.
// So p < alpha if and only if excludesZero(alpha), but for alphas so near to p
// that the rounding of a limit decides.
func invert(excludesZero func(alpha float64) bool) float64 {
	if !excludesZero(1) {
		return 1
	}
	if excludesZero(smallestP) {
		return 0
	}
	return last(smallestP, 1, func(alpha float64) bool { return !excludesZero(alpha) })
}

// last is the largest float from low, where holds is true, to high, where it
// is not. It takes at most 64 steps: the bit patterns of floats that are not
// negative are in the order of their values.
func last(low, high float64, holds func(x float64) bool) float64 {
	yes, no := math.Float64bits(low), math.Float64bits(high)
	for no-yes > 1 {
		middle := yes + (no-yes)/2
		if holds(math.Float64frombits(middle)) {
			yes = middle
		} else {
			no = middle
		}
	}
	return math.Float64frombits(yes)
}

// P is the two-sided p-value in [0, 1] that inverts a family of intervals of one
// estimate: the largest alpha whose interval of level 1 - alpha holds zero, the
// reason of the 95 % interval where there is none. Levels end at 1 - 1e-15; an
// interval that still excludes zero there has p = 0.
func P(at func(level float64) Result) (float64, Degenerate) {
	if _, reason := at(0.95).Estimate(); reason != "" {
		return 0, reason
	}
	const least = 1e-15
	return invert(func(alpha float64) bool {
		e, reason := at(1 - min(max(alpha, least), 1-least)).Estimate()
		return reason == "" && e.ExcludesZero()
	}), ""
}
