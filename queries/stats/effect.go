package stats

import "math"

// Effect is a difference, absolute or relative, with its standard error: what
// pooling and sequential looks need to know of a comparison.
type Effect struct {
	Value         float64 `json:"value"`
	StandardError float64 `json:"standard_error"`
}

func (e Effect) check() Degenerate {
	switch {
	case !finite(e.Value, e.StandardError) || e.StandardError < 0:
		return Invalid
	case e.StandardError == 0:
		return ZeroVariance
	}
	return ""
}

// ShareEffect is the difference of two shares, a fraction of one, with the
// unpooled standard error √(p1(1-p1)/n1 + p0(1-p0)/n0). It is [ZeroVariance]
// where each arm is all successes or all failures.
func ShareEffect(treated, control Proportion) (Effect, Degenerate) {
	if reason := worstReason(treated.check(), control.check()); reason != "" {
		return Effect{}, reason
	}
	a, b := treated.sample(), control.sample()
	return effect(a.minus(b), a.share*a.rest/a.n+b.share*b.rest/b.n)
}

// MeanEffect is the difference of two means in the unit of the measure, with
// Welch's standard error √(v1/n1 + v0/n0).
func MeanEffect(treated, control Moments) (Effect, Degenerate) {
	c, reason := compareMeans(treated, control)
	if reason != "" {
		return Effect{}, reason
	}
	return effect(c.difference, c.v1+c.v0)
}

// RelativeEffect is the relative change of the mean with the standard error of
// the delta method, √(v1/(n1·m0²) + v0·m1²/(n0·m0⁴)).
func RelativeEffect(treated, control Moments) (Effect, Degenerate) {
	c, reason := compareMeans(treated, control)
	if reason != "" {
		return Effect{}, reason
	}
	return c.relative()
}

func (c meanContrast) relative() (Effect, Degenerate) {
	switch {
	case c.m0 == 0:
		return Effect{}, ZeroControl
	case c.m0 < 0:
		return Effect{}, NegativeControl
	}
	ratio := c.m1 / c.m0
	return effect(c.difference/c.m0, (c.v1/c.m0+c.v0*ratio*ratio/c.m0)/c.m0)
}

func effect(value, variance float64) (Effect, Degenerate) {
	e := Effect{Value: value, StandardError: math.Sqrt(variance)}
	if !finite(value, variance) {
		return Effect{}, Overflow
	}
	if reason := e.check(); reason != "" {
		return Effect{}, reason
	}
	return e, ""
}

// DeltaRatio is the relative change of the mean with the delta method's
// interval, at the t quantile of [MeanDifference]. It is for comparison with
// tools that use it: unlike [MeanRatio] it can disagree with the difference on
// zero.
func DeltaRatio(treated, control Moments, level float64) Result {
	c, critical, reason := welch(treated, control, level)
	if reason != "" {
		return Undefined(reason)
	}
	e, reason := c.relative()
	if reason != "" {
		return Undefined(reason)
	}
	return e.intervalAt(critical, level, MethodDelta)
}

// DeltaP is the two-sided p-value in [0, 1] that inverts [DeltaRatio].
func DeltaP(treated, control Moments) (float64, Degenerate) {
	c, reason := compareMeans(treated, control)
	if reason != "" {
		return 0, reason
	}
	e, reason := c.relative()
	if reason != "" {
		return 0, reason
	}
	return invert(func(alpha float64) bool {
		return e.excludesZero(studentCritical(alpha, c.df))
	}), ""
}

func (e Effect) intervalAt(critical, level float64, method string) Result {
	half := critical * e.StandardError
	return interval(e.Value, e.Value-half, e.Value+half, level, method)
}

func (e Effect) excludesZero(critical float64) bool {
	half := critical * e.StandardError
	return e.Value-half > 0 || e.Value+half < 0
}
