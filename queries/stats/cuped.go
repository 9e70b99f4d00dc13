package stats

import (
	"math"
	"math/big"
)

// CrossSums are the sums of one arm over its N customers of an outcome y and
// of a measure x from before the assignment, both in whole units such as cents.
type CrossSums struct {
	N     int64
	SumY  *big.Int
	SumYY *big.Int // Σy²
	SumX  *big.Int
	SumXX *big.Int // Σx²
	SumXY *big.Int
}

// Adjustment is what CUPED made of the arms.
type Adjustment struct {
	Theta             float64   `json:"theta"`              // units of y per unit of x
	Correlation       float64   `json:"correlation"`        // of x and y within arms, in [-1, 1]
	VarianceReduction float64   `json:"variance_reduction"` // the share of y's variance within arms that is gone, in [0, 1]
	Arms              []Moments `json:"arms"`               // of y - θ(x - mean x), in the order given
}

// CUPED removes from an outcome what a measure from before the assignment
// explains: each y becomes y - θ(x - X), with X the mean of x over all arms and
// θ = Cov(x, y)/Var(x) pooled within the arms, so that an effect does not leak
// into θ (A. Deng, Y. Xu, R. Kohavi and T. Walker, WSDM 2013). scaleY and
// scaleX are whole units in one unit of the measure: 100 for cents. The
// adjusted moments are exact to the last rounding.
//
// A measure x or an outcome y without variance is [ZeroVariance]: the moments
// of y alone are then the ones to use.
func CUPED(arms []CrossSums, scaleY, scaleX float64) (Adjustment, Degenerate) {
	if !finite(scaleY, scaleX) || scaleY <= 0 || scaleX <= 0 {
		return Adjustment{}, Invalid
	}
	if len(arms) == 0 {
		return Adjustment{}, TooFew
	}
	centred := make([]centredSums, len(arms))
	var reasons []Degenerate
	for i, a := range arms {
		var reason Degenerate
		centred[i], reason = a.centre()
		reasons = append(reasons, reason)
	}
	if reason := worstReason(reasons...); reason != "" {
		return Adjustment{}, reason
	}
	var within centredSums
	everyone, sumX := new(big.Rat), new(big.Rat)
	for i, c := range centred {
		within.yy.Add(&within.yy, &c.yy)
		within.xx.Add(&within.xx, &c.xx)
		within.xy.Add(&within.xy, &c.xy)
		n := new(big.Rat).SetInt64(arms[i].N)
		everyone.Add(everyone, n)
		sumX.Add(sumX, n.Mul(n, &c.meanX))
	}
	if within.xx.Sign() == 0 || within.yy.Sign() == 0 {
		return Adjustment{}, ZeroVariance
	}
	theta := new(big.Rat).Quo(&within.xy, &within.xx)
	meanX := sumX.Quo(sumX, everyone)
	unitY := new(big.Rat).SetFloat64(scaleY)

	explained := new(big.Rat).Mul(theta, &within.xy)
	reduction, _ := explained.Quo(explained, &within.yy).Float64()
	result := Adjustment{
		VarianceReduction: reduction,
		Correlation:       math.Copysign(math.Sqrt(reduction), float64(theta.Sign())),
	}
	inUnits := new(big.Rat).Quo(theta, unitY)
	result.Theta, _ = inUnits.Mul(inUnits, new(big.Rat).SetFloat64(scaleX)).Float64()
	for i, c := range centred {
		m := c.adjusted(arms[i].N, theta, meanX, unitY)
		if !finite(m.Mean, m.Variance, result.Theta) {
			return Adjustment{}, Overflow
		}
		result.Arms = append(result.Arms, m)
	}
	return result, ""
}

// centredSums are sums of squares and products about the arm's means.
type centredSums struct {
	meanY, meanX big.Rat
	yy, xx, xy   big.Rat
}

func (a CrossSums) centre() (c centredSums, reason Degenerate) {
	for _, sum := range []*big.Int{a.SumY, a.SumYY, a.SumX, a.SumXX, a.SumXY} {
		if sum == nil {
			return c, Invalid
		}
	}
	switch {
	case a.N < 0:
		return c, Invalid
	case a.N == 0:
		return c, EmptyArm
	case a.N == 1:
		return c, TooFew
	}
	n := big.NewInt(a.N)
	about := func(dst *big.Rat, products, sum1, sum2 *big.Int) {
		centred := new(big.Int).Mul(n, products)
		centred.Sub(centred, new(big.Int).Mul(sum1, sum2))
		dst.SetFrac(centred, n)
	}
	c.meanY.SetFrac(a.SumY, n)
	c.meanX.SetFrac(a.SumX, n)
	about(&c.yy, a.SumYY, a.SumY, a.SumY)
	about(&c.xx, a.SumXX, a.SumX, a.SumX)
	about(&c.xy, a.SumXY, a.SumX, a.SumY)
	// No data can break the inequality of Cauchy and Schwarz.
	limit := new(big.Rat).Mul(&c.xx, &c.yy)
	if c.yy.Sign() < 0 || c.xx.Sign() < 0 || limit.Cmp(new(big.Rat).Mul(&c.xy, &c.xy)) < 0 {
		return c, Invalid
	}
	return c, ""
}

// adjusted are the moments of (y - theta(x - meanX)) / unitY.
func (c *centredSums) adjusted(n int64, theta, meanX, unitY *big.Rat) Moments {
	mean := new(big.Rat).Sub(&c.meanX, meanX)
	mean.Sub(&c.meanY, mean.Mul(mean, theta))
	mean.Quo(mean, unitY)

	// yy - 2θ·xy + θ²·xx
	squares := new(big.Rat).Mul(theta, &c.xx)
	squares.Sub(squares, &c.xy).Sub(squares, &c.xy)
	squares.Mul(squares, theta).Add(squares, &c.yy)
	squares.Quo(squares.Quo(squares, unitY), unitY)
	squares.Quo(squares, new(big.Rat).SetInt64(n-1))

	m := Moments{N: n}
	m.Mean, _ = mean.Float64()
	m.Variance, _ = squares.Float64()
	return m
}

// Difference is [MeanDifference] of two adjusted arms, given by their places.
func (a Adjustment) Difference(treated, control int, level float64) Result {
	m1, m0, reason := a.pair(treated, control)
	c, critical, bad := welch(m1, m0, level)
	if reason := worstReason(reason, bad); reason != "" {
		return Undefined(reason)
	}
	return c.differenceAt(critical, level, MethodCUPEDWelch)
}

// Ratio is [MeanRatio] of two adjusted arms, given by their places.
func (a Adjustment) Ratio(treated, control int, level float64) Result {
	m1, m0, reason := a.pair(treated, control)
	c, critical, bad := welch(m1, m0, level)
	if reason := worstReason(reason, bad); reason != "" {
		return Undefined(reason)
	}
	return c.ratioAt(critical, level, MethodCUPEDFieller)
}

// P is [MeanP] of two adjusted arms, given by their places.
func (a Adjustment) P(treated, control int) (float64, Degenerate) {
	m1, m0, reason := a.pair(treated, control)
	if reason != "" {
		return 0, reason
	}
	return MeanP(m1, m0)
}

func (a Adjustment) pair(treated, control int) (m1, m0 Moments, reason Degenerate) {
	if treated < 0 || control < 0 || treated >= len(a.Arms) || control >= len(a.Arms) {
		return m1, m0, Invalid
	}
	return a.Arms[treated], a.Arms[control], ""
}
