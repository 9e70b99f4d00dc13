package stats

import "math"

// Proportion is a count of successes among N customers, 0 <= Successes <= N.
type Proportion struct {
	Successes int64 `json:"successes"`
	N         int64 `json:"n"`
}

func (p Proportion) check() Degenerate {
	switch {
	case p.Successes < 0 || p.Successes > p.N:
		return Invalid
	case p.N == 0:
		return EmptyArm
	}
	return ""
}

// Moments are the moments of the zeros and ones that p counts, with the
// variance m(1-m) that other tools use for proportions.
func (p Proportion) Moments() (Moments, Degenerate) {
	if reason := p.check(); reason != "" {
		return Moments{}, reason
	}
	s := p.sample()
	return Moments{N: p.N, Mean: s.share, Variance: s.share * s.rest}, ""
}

// sample is a share with its complement, kept apart because 1 - share has lost
// its digits where nearly all succeed, and its possibly fractional size.
type sample struct{ share, rest, n float64 }

func (p Proportion) sample() sample {
	n := float64(p.N)
	return sample{float64(p.Successes) / n, float64(p.N-p.Successes) / n, n}
}

// minus is the difference of two shares, taken where they have more digits.
func (s sample) minus(o sample) float64 {
	if s.share+o.share > 1 {
		return o.rest - s.rest
	}
	return s.share - o.share
}

// reach is how far the Wilson limits lie below and above the share. It is
// computed as such, without cancellation: below is exactly 0 for a share of 0,
// and above for a share of 1.
func (s sample) reach(z float64) (below, above float64) {
	k := z * z / s.n
	spread := s.share * s.rest
	half := math.Sqrt(k*spread + k*k/4)
	shift := k / 2 * (s.rest - s.share)
	far := (half + math.Abs(shift)) / (1 + k)
	if far == 0 {
		return 0, 0
	}
	// The two distances multiply to k·spread/(1+k).
	near := k * spread / (1 + k) / far
	if shift >= 0 {
		return near, far
	}
	return far, near
}

func (s sample) wilson(level float64) Result {
	alpha, reason := significance(level)
	if reason != "" {
		return Undefined(reason)
	}
	below, above := s.reach(normalCritical(alpha))
	return interval(s.share, max(s.share-below, 0), min(s.share+above, 1), level, MethodWilson)
}

// Share is the share of successes, in [0, 1], with Wilson's interval (E. B.
// Wilson, JASA 22, 1927).
func Share(p Proportion, level float64) Result {
	if reason := p.check(); reason != "" {
		return Undefined(reason)
	}
	return p.sample().wilson(level)
}

// WeightedShare is Wilson's interval about a share in [0, 1] that was computed
// with survey weights, for Kish's effective sample size (Σw)²/Σw² (L. Kish,
// Survey Sampling, 1965). sumW is Σw, sumW2 is Σw².
func WeightedShare(share, sumW, sumW2, level float64) Result {
	switch {
	case !finite(share, sumW, sumW2) || share < 0 || share > 1 || sumW < 0 || sumW2 < 0:
		return Undefined(Invalid)
	case sumW == 0:
		return Undefined(EmptyArm)
	}
	// Weights that are not negative make an effective size of one or more.
	effective := sumW / sumW2 * sumW
	if !finite(effective) || effective < 1-1e-9 {
		return Undefined(Invalid)
	}
	return sample{share, 1 - share, effective}.wilson(level)
}

// Difference is a - b for two estimates from different people, from the limits
// of each: the square root of the summed squares of their reaches (MOVER, G. Y.
// Zou and A. Donner, Statistics in Medicine 27, 2008). It serves what Newcombe's
// method does not, such as a weighted survey share minus an opt-in rate. Both
// must have the same level.
func Difference(a, b Result) Result {
	x, reasonA := a.Estimate()
	y, reasonB := b.Estimate()
	if reason := worstReason(reasonA, reasonB); reason != "" {
		return Undefined(reason)
	}
	if x.Level != y.Level {
		return Undefined(Invalid)
	}
	d := x.Value - y.Value
	return interval(d,
		d-math.Hypot(x.Value-x.Low, y.High-y.Value),
		d+math.Hypot(x.High-x.Value, y.Value-y.Low),
		x.Level, MethodMOVER)
}
