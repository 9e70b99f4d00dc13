package stats

import (
	"math"
	"math/big"
)

// Moments are what the comparison of means needs to know of one arm. Mean is
// in the unit of the measure and Variance, the sample variance with n - 1, in
// its square.
type Moments struct {
	N        int64   `json:"n"`
	Mean     float64 `json:"mean"`
	Variance float64 `json:"variance"`
}

func (m Moments) check() Degenerate {
	switch {
	case m.N < 0 || m.Variance < 0 || !finite(m.Mean, m.Variance):
		return Invalid
	case m.N == 0:
		return EmptyArm
	case m.N == 1:
		return TooFew
	}
	return ""
}

// meanVariance is the squared standard error of the mean.
func (m Moments) meanVariance() float64 { return m.Variance / float64(m.N) }

// MomentsFromSums makes moments of n values from Σx and Σx², in the unit of
// the measure and its square. The sums are taken as they are and combined
// exactly: what they lost while being added up is lost. Sums that differ from
// equal values by no more than such a loss (1e-9 of Σx²) have variance 0.
func MomentsFromSums(n int64, sum, sumSq float64) (Moments, Degenerate) {
	if !finite(sum, sumSq) {
		return Moments{}, Invalid
	}
	s, q := new(big.Rat).SetFloat64(sum), new(big.Rat).SetFloat64(sumSq)
	return momentsOf(n, s, q, 1e-9)
}

// MomentsFromIntegers makes moments of n values from exact sums of integers,
// such as cents and squared cents. scale is the number of integer units in one
// unit of the measure: 100 for cents, where the moments are to be in dollars.
func MomentsFromIntegers(n int64, sum, sumSq *big.Int, scale float64) (Moments, Degenerate) {
	if sum == nil || sumSq == nil || !finite(scale) || scale <= 0 {
		return Moments{}, Invalid
	}
	unit := new(big.Rat).SetFloat64(scale)
	s := new(big.Rat).SetInt(sum)
	q := new(big.Rat).SetInt(sumSq)
	s.Quo(s, unit)
	q.Quo(q.Quo(q, unit), unit)
	return momentsOf(n, s, q, 0)
}

// momentsOf is exact until the last step. slack is the relative error of Σx²
// that is forgiven.
func momentsOf(n int64, sum, sumSq *big.Rat, slack float64) (Moments, Degenerate) {
	switch {
	case n < 0 || sumSq.Sign() < 0:
		return Moments{}, Invalid
	case n == 0:
		return Moments{}, EmptyArm
	}
	mean := new(big.Rat).Quo(sum, new(big.Rat).SetInt64(n))
	squares := new(big.Rat).Mul(sum, mean)
	squares.Sub(sumSq, squares)
	if squares.Sign() < 0 {
		forgiven := new(big.Rat).SetFloat64(-slack)
		if squares.Cmp(forgiven.Mul(forgiven, sumSq)) < 0 {
			return Moments{}, Invalid
		}
		squares.SetInt64(0)
	}
	if n == 1 {
		return Moments{}, TooFew
	}
	m := Moments{N: n}
	m.Mean, _ = mean.Float64()
	m.Variance, _ = squares.Quo(squares, new(big.Rat).SetInt64(n-1)).Float64()
	if !finite(m.Mean, m.Variance) {
		return Moments{}, Overflow
	}
	return m, ""
}

// MeanInterval is the mean of one arm, in the unit of the measure, with
// Student's interval.
func MeanInterval(m Moments, level float64) Result {
	alpha, reason := significance(level)
	if reason := worstReason(m.check(), reason); reason != "" {
		return Undefined(reason)
	}
	if m.Variance == 0 {
		return Undefined(ZeroVariance)
	}
	half := studentCritical(alpha, float64(m.N-1)) * math.Sqrt(m.meanVariance())
	return interval(m.Mean, m.Mean-half, m.Mean+half, level, MethodStudent)
}
