package stats

import "math"

// Stratum is one stratum of a comparison of shares.
type Stratum struct {
	Treated, Control Proportion
}

// MantelHaenszel is the difference of shares held common to all strata, in
// [-1, 1], weighting each by n1·n0/(n1+n0) (N. Mantel and W. Haenszel, JNCI 22,
// 1959). The variance is that of T. Sato, S. Greenland and J. M. Robins
// (Biometrics 45, 1989), which holds for a few large strata and for many small
// ones. Strata with an empty arm compare nothing and weigh nothing; where all
// are such, the result is [NoStrata].
func MantelHaenszel(strata []Stratum, level float64) Result {
	alpha, badLevel := significance(level)
	var weight, gain, linear, constant float64
	for _, s := range strata {
		t, c := s.Treated, s.Control
		switch worstReason(t.check(), c.check()) {
		case Invalid:
			return Undefined(Invalid)
		case EmptyArm:
			continue
		}
		n1, n0 := float64(t.N), float64(c.N)
		a, b := float64(t.Successes), float64(c.Successes)
		f1, f0 := n1/(n1+n0), n0/(n1+n0)
		weight += n1 * f0
		gain += a*f0 - b*f1
		linear += b*f1*f1 - a*f0*f0 + f1*f0*(n0-n1)/2
		constant += (a*(float64(c.N-c.Successes)/n0)*f0 + b*(float64(t.N-t.Successes)/n1)*f1) / 2
	}
	switch {
	case badLevel != "":
		return Undefined(badLevel)
	case weight == 0:
		return Undefined(NoStrata)
	}
	difference := gain / weight
	e, reason := effect(difference, max(difference*linear+constant, 0)/weight/weight)
	if reason != "" {
		return Undefined(reason)
	}
	half := normalCritical(alpha) * e.StandardError
	return interval(difference, max(difference-half, -1), min(difference+half, 1), level, MethodMantelHaenszel)
}

// InverseVariance is the effect held common to all strata, in the unit of the
// effects, each weighted by the inverse of its squared standard error. A
// stratum without variance, as happens to shares in small strata, would take
// all the weight: the result is then [ZeroVariance], and [MantelHaenszel] the
// one to use.
func InverseVariance(effects []Effect, level float64) Result {
	alpha, badLevel := significance(level)
	if reason := worstReason(checkEffects(effects), badLevel); reason != "" {
		return Undefined(reason)
	}
	if len(effects) == 0 {
		return Undefined(NoStrata)
	}
	pooled, _ := pool(effects, 0)
	return pooled.intervalAt(normalCritical(alpha), level, MethodInverseVariance)
}

// CochranQ tests whether the strata share one effect on the scale of the
// effects given: Σw(e - pooled)² with inverse-variance weights, on one degree
// of freedom fewer than there are strata (W. G. Cochran, Biometrics 10, 1954).
func CochranQ(effects []Effect) (ChiSquared, Degenerate) {
	if reason := checkEffects(effects); reason != "" {
		return ChiSquared{}, reason
	}
	if len(effects) < 2 {
		return ChiSquared{}, TooFew
	}
	_, q := pool(effects, 0)
	return chiSquared(q, len(effects)-1)
}

// pool weights each effect by 1/(SE² + between), and also returns the weighted
// sum of squares about the pooled effect.
func pool(effects []Effect, between float64) (pooled Effect, q float64) {
	var total, sum float64
	// About the first effect, so that a common size does not cost digits.
	origin := effects[0].Value
	for _, e := range effects {
		w := 1 / (e.StandardError*e.StandardError + between)
		total += w
		sum += w * (e.Value - origin)
	}
	shift := sum / total
	for _, e := range effects {
		d := e.Value - origin - shift
		q += d * d / (e.StandardError*e.StandardError + between)
	}
	return Effect{Value: origin + shift, StandardError: math.Sqrt(1 / total)}, q
}

func checkEffects(effects []Effect) Degenerate {
	reasons := make([]Degenerate, len(effects))
	for i, e := range effects {
		reasons[i] = e.check()
	}
	return worstReason(reasons...)
}

// Reversal says whether a crude comparison points the other way than the same
// comparison within strata.
type Reversal string

const (
	// NoReversal: both point the same way, or one points nowhere.
	NoReversal Reversal = ""
	// ReversalWithinError: they point apart, but at least one interval holds
	// zero, so that chance may do it.
	ReversalWithinError Reversal = "reversal_within_error"
	// ClearReversal: they point apart and both intervals exclude zero.
	ClearReversal Reversal = "reversal"
)

// Simpson compares a crude difference with the stratified one for the same
// customers (E. H. Simpson, JRSS B 13, 1951). Where they point apart, the
// crude one reflects who is in the arms.
func Simpson(crude, stratified Result) (Reversal, Degenerate) {
	a, reasonA := crude.Estimate()
	b, reasonB := stratified.Estimate()
	if reason := worstReason(reasonA, reasonB); reason != "" {
		return NoReversal, reason
	}
	switch {
	case a.Value*b.Value >= 0:
		return NoReversal, ""
	case a.ExcludesZero() && b.ExcludesZero():
		return ClearReversal, ""
	}
	return ReversalWithinError, ""
}
