package stats

import "math"

// meanContrast is two means with the squared standard error of each. A limit
// of the difference and one of the ratio come from it by the same critical
// value, whatever distribution that is from.
type meanContrast struct {
	m1, m0         float64
	v1, v0         float64
	difference, se float64
	df             float64 // Satterthwaite
}

func compareMeans(treated, control Moments) (meanContrast, Degenerate) {
	if reason := worstReason(treated.check(), control.check()); reason != "" {
		return meanContrast{}, reason
	}
	c := meanContrast{
		m1: treated.Mean, m0: control.Mean,
		v1: treated.meanVariance(), v0: control.meanVariance(),
	}
	c.difference = c.m1 - c.m0
	total := c.v1 + c.v0
	if total == 0 {
		return meanContrast{}, ZeroVariance
	}
	c.se = math.Sqrt(total)
	w1, w0 := c.v1/total, c.v0/total
	c.df = 1 / (w1*w1/float64(treated.N-1) + w0*w0/float64(control.N-1))
	if !finite(c.difference, c.se, c.df) {
		return meanContrast{}, Overflow
	}
	return c, ""
}

func (c meanContrast) limits(critical float64) (low, high float64) {
	return c.difference - critical*c.se, c.difference + critical*c.se
}

func (c meanContrast) excludesZero(critical float64) bool {
	low, high := c.limits(critical)
	return low > 0 || high < 0
}

func (c meanContrast) differenceAt(critical, level float64, method string) Result {
	low, high := c.limits(critical)
	return interval(c.difference, low, high, level, method)
}

// ratioAt is Fieller's interval for the relative change r: the values for
// which (difference - r·m0)² <= critical²·(v1 + (1+r)²v0). They lie between
// the roots of a·r² - 2b·r + c, and c is the product of the limits of the
// difference, which is how the two agree on zero.
func (c meanContrast) ratioAt(critical, level float64, method string) Result {
	switch {
	case c.m0 == 0:
		return Undefined(ZeroControl)
	case c.m0 < 0:
		return Undefined(NegativeControl)
	case c.v1 == 0 && c.m1 == 0:
		// Nothing in the treated arm: the limits would both be -1.
		return Undefined(ZeroVariance)
	}
	reach0 := critical * math.Sqrt(c.v0)
	if reach0 >= c.m0 {
		return Undefined(Unbounded)
	}
	low, high := c.limits(critical)
	square := (c.m0 - reach0) * (c.m0 + reach0)
	linear := c.difference*c.m0 + reach0*reach0
	root := critical * math.Hypot(math.Sqrt(c.v1*square), math.Sqrt(c.v0)*c.m1)
	value := c.difference / c.m0
	// Of the two roots the larger is computed, and the smaller follows from
	// their product, so that neither is a difference of near equals.
	if linear < 0 || high < 0 {
		far := linear - root
		return interval(value, far/square, low*high/far, level, method)
	}
	far := linear + root
	return interval(value, low*high/far, far/square, level, method)
}

// MeanDifference is treated minus control in the unit of the measure, with
// Welch's interval (B. L. Welch, Biometrika 34, 1947) at Satterthwaite's
// degrees of freedom.
func MeanDifference(treated, control Moments, level float64) Result {
	c, critical, reason := welch(treated, control, level)
	if reason != "" {
		return Undefined(reason)
	}
	return c.differenceAt(critical, level, MethodWelch)
}

// MeanRatio is the relative change of the mean from control to treated, with
// Fieller's interval (E. C. Fieller, JRSS B 16, 1954) at the t quantile of
// [MeanDifference]. It excludes zero exactly where that does, and [MeanP]
// belongs to both. Without a positive control mean it is [ZeroControl] or
// [NegativeControl]; where that mean cannot be told from zero, [Unbounded].
func MeanRatio(treated, control Moments, level float64) Result {
	c, critical, reason := welch(treated, control, level)
	if reason != "" {
		return Undefined(reason)
	}
	return c.ratioAt(critical, level, MethodFieller)
}

// MeanP is the two-sided p-value in [0, 1] that inverts [MeanDifference] and
// [MeanRatio]: Welch's test. Below 1e-300 it is 0.
func MeanP(treated, control Moments) (float64, Degenerate) {
	c, reason := compareMeans(treated, control)
	if reason != "" {
		return 0, reason
	}
	return invert(func(alpha float64) bool {
		return c.excludesZero(studentCritical(alpha, c.df))
	}), ""
}

// welch is the contrast of two means with its t quantile.
func welch(treated, control Moments, level float64) (c meanContrast, critical float64, reason Degenerate) {
	alpha, badLevel := significance(level)
	c, reason = compareMeans(treated, control)
	if reason := worstReason(reason, badLevel); reason != "" {
		return meanContrast{}, 0, reason
	}
	return c, studentCritical(alpha, c.df), ""
}
