package stats

import "math"

// DifferenceWithin is a - b for the shares of two parts of one whole, which
// cannot both hold of a person: one grows where the other shrinks. The limits are
// those of MOVER with the correlation of a multinomial, -√(ab/((1-a)(1-b))) (G. Y.
// Zou, American Journal of Epidemiology 168, 2008). Both must have the same
// level; shares beyond one together are [Invalid].
func DifferenceWithin(a, b Result) Result {
	x, reasonA := a.Estimate()
	y, reasonB := b.Estimate()
	if reason := worstReason(reasonA, reasonB); reason != "" {
		return Undefined(reason)
	}
	if x.Level != y.Level || x.Value < 0 || y.Value < 0 || x.Value+y.Value > 1+1e-9 {
		return Undefined(Invalid)
	}
	r := 0.0
	if rest := (1 - x.Value) * (1 - y.Value); rest > 0 {
		r = -min(1, math.Sqrt(x.Value*y.Value/rest))
	}
	reach := func(p, q float64) float64 { return math.Sqrt(p*p - 2*r*p*q + q*q) }
	d := x.Value - y.Value
	return interval(d,
		max(d-reach(x.Value-x.Low, y.High-y.Value), -1),
		min(d+reach(x.High-x.Value, y.Value-y.Low), 1),
		x.Level, MethodMOVER)
}

// A RateChange is a rate now and before. Bad says that more of it is worse.
type RateChange struct {
	Now, Before EventRate
	Bad         bool
}

// RateIndex is the geometric mean of the ratios of the rates now to those before,
// turned over where more is worse: 1 is as before, above it better. The interval
// is the delta method's on the logarithm, with half an event added to each count
// (F. J. Anscombe, Biometrika 43, 1956), so that none is needed; events are taken
// as independent.
func RateIndex(changes []RateChange, level float64) Result {
	alpha, reason := significance(level)
	if reason != "" {
		return Undefined(reason)
	}
	if len(changes) == 0 {
		return Undefined(TooFew)
	}
	var sum, variance float64
	for _, c := range changes {
		if reason := worstReason(c.Now.check(), c.Before.check()); reason != "" {
			return Undefined(reason)
		}
		now, before := float64(c.Now.Events)+0.5, float64(c.Before.Events)+0.5
		ratio := math.Log(now/c.Now.Exposure) - math.Log(before/c.Before.Exposure)
		if c.Bad {
			ratio = -ratio
		}
		sum += ratio
		variance += 1/now + 1/before
	}
	n := float64(len(changes))
	half := normalCritical(alpha) * math.Sqrt(variance) / n
	return interval(math.Exp(sum/n), math.Exp(sum/n-half), math.Exp(sum/n+half), level, MethodRateIndex)
}
