package stats

// Shrunk draws ratios of what was observed to what was expected towards their
// common mean, the more the less was expected of one: thin cells stop looking
// like the best and the worst. It is the empirical Bayes estimate m + w(r - m),
// w = A/(A + m/E), with m = ΣO/ΣE and A the variance of the ratios beyond that of
// Poisson counts, at least 0 (R. J. Marshall, Applied Statistics 40, 1991). The
// ratios are in the order given; where nothing is expected, the mean. observed
// are counts, expected 0 or more and not all 0, else [TooFew].
func Shrunk(observed []int64, expected []float64) ([]float64, Degenerate) {
	var o, e float64
	if len(observed) != len(expected) {
		return nil, Invalid
	}
	for i := range observed {
		if observed[i] < 0 || expected[i] < 0 || !finite(expected[i]) || (expected[i] == 0 && observed[i] > 0) {
			return nil, Invalid
		}
		o, e = o+float64(observed[i]), e+expected[i]
	}
	if e == 0 {
		return nil, TooFew
	}
	mean := o / e
	var squares float64
	cells := 0.0
	for i := range observed {
		if expected[i] > 0 {
			miss := float64(observed[i])/expected[i] - mean
			squares += expected[i] * miss * miss
			cells++
		}
	}
	between := max(squares/e-mean/(e/cells), 0)
	out := make([]float64, len(observed))
	for i := range observed {
		out[i] = mean
		if expected[i] > 0 && between > 0 {
			weight := between / (between + mean/expected[i])
			out[i] += weight * (float64(observed[i])/expected[i] - mean)
		}
	}
	return out, ""
}
