package stats

import "math"

// shareContrast is two shares at one critical value. The difference and the
// ratio come from the same Wilson reaches and, where they must agree on zero,
// from the same computed number.
type shareContrast struct {
	p1, p0         float64
	below1, above1 float64
	below0, above0 float64
	difference     float64
	down, up       float64 // from the difference to its limits
}

func contrastShares(treated, control sample, z float64) shareContrast {
	c := shareContrast{p1: treated.share, p0: control.share, difference: treated.minus(control)}
	c.below1, c.above1 = treated.reach(z)
	c.below0, c.above0 = control.reach(z)
	c.down = math.Hypot(c.below1, c.above0)
	c.up = math.Hypot(c.above1, c.below0)
	return c
}

func (c shareContrast) low() float64  { return c.difference - c.down }
func (c shareContrast) high() float64 { return c.difference + c.up }

func (c shareContrast) excludesZero() bool { return c.low() > 0 || c.high() < 0 }

// relativeLow is MOVER-R's lower limit minus 1. With the Wilson limits l1 and
// u0 and writing L = l1(2p1-l1), U = u0(2p0-u0), the limit is
// L / (p1p0 + √((p1p0)² - LU)). The root is a sum of squares, so that nothing
// cancels in it. Where the limit may come near 1, the limit minus 1 is the
// lower limit of the difference times positive factors: it has its sign to the
// last digit.
func (c shareContrast) relativeLow() float64 {
	if c.p1 == 0 {
		return -1
	}
	cross := c.p1 * c.p0
	l := (c.p1 - c.below1) * (c.p1 + c.below1)
	root := math.Hypot(math.Sqrt(l)*c.above0, c.p0*c.below1)
	if c.low() > 0 || l > cross {
		return c.low() * (c.difference + c.down) * l / (max(l-cross, 0) + root) / (cross + root)
	}
	return (l - cross - root) / (cross + root)
}

// relativeHigh is MOVER-R's upper limit minus 1, built like relativeLow: with
// U = u1(2p1-u1) and L = l0(2p0-l0), the limit is
// (p1p0 + √((p1p0)² - UL)) / L. L is above 0 where the control has successes.
func (c shareContrast) relativeHigh() float64 {
	cross := c.p1 * c.p0
	l := (c.p0 - c.below0) * (c.p0 + c.below0)
	root := math.Hypot(math.Sqrt(l)*c.above1, c.p1*c.below0)
	if c.high() < 0 || l > cross {
		return c.high() * (c.up - c.difference) / (max(l-cross, 0) + root)
	}
	return (cross - l + root) / l
}

// ShareDifference is treated minus control, in [-1, 1], with Newcombe's hybrid
// interval (R. G. Newcombe, Statistics in Medicine 17, 1998, method 10).
func ShareDifference(treated, control Proportion, level float64) Result {
	c, reason := compareShares(treated, control, level)
	if reason != "" {
		return Undefined(reason)
	}
	return interval(c.difference, max(c.low(), -1), min(c.high(), 1), level, MethodNewcombe)
}

// ShareRatio is the relative change of the share from control to treated, at
// least -1, with the interval MOVER-R makes of the arms' Wilson limits (A.
// Donner and G. Y. Zou, Statistical Methods in Medical Research 21, 2012). It
// excludes zero exactly where [ShareDifference] does, and [ShareP] belongs to
// both. A control without successes is [ZeroControl].
func ShareRatio(treated, control Proportion, level float64) Result {
	c, reason := compareShares(treated, control, level)
	if reason != "" {
		return Undefined(reason)
	}
	if c.p0 == 0 {
		return Undefined(ZeroControl)
	}
	return interval(c.difference/c.p0, max(c.relativeLow(), -1), c.relativeHigh(), level, MethodMOVERRatio)
}

// ShareP is the two-sided p-value in [0, 1] that inverts [ShareDifference] and
// [ShareRatio]: the largest alpha whose interval holds zero. Below 1e-300 it
// is 0.
func ShareP(treated, control Proportion) (float64, Degenerate) {
	if reason := worstReason(treated.check(), control.check()); reason != "" {
		return 0, reason
	}
	a, b := treated.sample(), control.sample()
	return invert(func(alpha float64) bool {
		return contrastShares(a, b, normalCritical(alpha)).excludesZero()
	}), ""
}

func compareShares(treated, control Proportion, level float64) (shareContrast, Degenerate) {
	alpha, reason := significance(level)
	if reason := worstReason(treated.check(), control.check(), reason); reason != "" {
		return shareContrast{}, reason
	}
	return contrastShares(treated.sample(), control.sample(), normalCritical(alpha)), ""
}
