package stats

import "math"

// Correlation is the correlation of two series over time, in [-1, 1], by R. A.
// Fisher's z for the effective number of independent pairs: neighbouring values
// that are alike, in both series, say less than their number. 1/N* = 1/N + 2/N ·
// Σ (N-j)/N · rx(j) · ry(j) over lags j up to N/5 (B. J. Pyper and R. M.
// Peterman, Canadian Journal of Fisheries and Aquatic Sciences 55, 1998). N* is
// never above N. x and y are in the order of time and equally long; a series that
// does not vary is [ZeroVariance], an N* of 4 or less [TooFew].
func Correlation(x, y []float64, level float64) Result {
	alpha, reason := significance(level)
	r, effective, why := correlate(x, y)
	if reason := worstReason(reason, why); reason != "" {
		return Undefined(reason)
	}
	half := normalCritical(alpha) / math.Sqrt(effective-3)
	z := math.Atanh(r)
	return interval(r, math.Tanh(z-half), math.Tanh(z+half), level, MethodFisher)
}

// CorrelationP is the two-sided p-value in [0, 1] that inverts [Correlation].
func CorrelationP(x, y []float64) (float64, Degenerate) {
	r, effective, why := correlate(x, y)
	if why != "" {
		return 0, why
	}
	return math.Erfc(math.Abs(math.Atanh(r)) * math.Sqrt(effective-3) / math.Sqrt2), ""
}

// correlate is the correlation and the effective number of pairs.
func correlate(x, y []float64) (r, effective float64, why Degenerate) {
	if len(x) != len(y) || !finite(x...) || !finite(y...) {
		return 0, 0, Invalid
	}
	n := float64(len(x))
	if n < 5 {
		return 0, 0, TooFew
	}
	x, xx := centred(x)
	y, yy := centred(y)
	if xx == 0 || yy == 0 {
		return 0, 0, ZeroVariance
	}
	var xy float64
	for i := range x {
		xy += x[i] * y[i]
	}
	r = max(-1, min(xy/math.Sqrt(xx*yy), 1))
	inverse := 1 / n
	for j := 1; j <= len(x)/5; j++ {
		lag := n - float64(j)
		inverse += 2 / n * (lag / n) * autocorrelation(x, xx, j) * autocorrelation(y, yy, j)
	}
	effective = n
	if inverse > 1/n {
		effective = 1 / inverse
	}
	switch {
	case effective <= 4:
		return 0, 0, TooFew
	case math.Abs(r) == 1:
		return 0, 0, ZeroVariance
	}
	return r, effective, ""
}

// centred is a series less its mean, and its sum of squares: 0 where it varies
// by no more than rounding.
func centred(x []float64) (out []float64, squares float64) {
	var mean, size float64
	for _, v := range x {
		mean += v / float64(len(x))
		size = max(size, math.Abs(v))
	}
	out = make([]float64, len(x))
	for i, v := range x {
		out[i] = v - mean
		squares += out[i] * out[i]
	}
	if squares <= size*size*1e-24*float64(len(x)) {
		squares = 0
	}
	return out, squares
}

// autocorrelation of a centred series with itself j steps later, corrected for
// the pairs that there are.
func autocorrelation(x []float64, squares float64, j int) float64 {
	var sum float64
	for i := range len(x) - j {
		sum += x[i] * x[i+j]
	}
	n := float64(len(x))
	return sum / squares * (n / (n - float64(j)))
}
