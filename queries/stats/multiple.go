package stats

import (
	"cmp"
	"slices"
)

// BenjaminiHochberg adjusts p-values for the false discovery rate (Y.
// Benjamini and Y. Hochberg, JRSS B 57, 1995). The adjusted values are in
// [0, 1] and in the order given; those below alpha are selected. Comparisons
// that have no p-value are to be left out, and none at all is [TooFew].
func BenjaminiHochberg(p []float64) ([]float64, Degenerate) {
	order, reason := ascending(p)
	if reason != "" {
		return nil, reason
	}
	adjusted := make([]float64, len(p))
	m := float64(len(p))
	least := 1.0
	for i := len(order) - 1; i >= 0; i-- {
		least = min(least, p[order[i]]*(m/float64(i+1)))
		adjusted[order[i]] = least
	}
	return adjusted, ""
}

// Holm adjusts p-values for the chance of even one false claim (S. Holm,
// Scandinavian Journal of Statistics 6, 1979). The adjusted values are in
// [0, 1] and in the order given; those below alpha are rejected. Comparisons
// that have no p-value are to be left out, and none at all is [TooFew].
func Holm(p []float64) ([]float64, Degenerate) {
	order, reason := ascending(p)
	if reason != "" {
		return nil, reason
	}
	adjusted := make([]float64, len(p))
	most := 0.0
	for i, at := range order {
		most = min(max(most, p[at]*float64(len(p)-i)), 1)
		adjusted[at] = most
	}
	return adjusted, ""
}

// FalseCoverage is the level, 1 - selected·alpha/m, at which the intervals of
// the comparisons that [BenjaminiHochberg] selected keep their false coverage
// rate at alpha = 1 - level (Y. Benjamini and D. Yekutieli, JASA 100, 2005).
// At that level exactly the selected intervals exclude zero.
func FalseCoverage(level float64, selected, m int) (float64, Degenerate) {
	if selected < 1 || selected > m {
		return 0, Invalid
	}
	alpha, reason := significance(level)
	if reason != "" {
		return 0, reason
	}
	return 1 - alpha*(float64(selected)/float64(m)), ""
}

// HolmLevel is the level, 1 - alpha/(m-rejected+1), at which exactly the
// intervals of the comparisons that [Holm] rejected exclude zero, so that
// intervals and verdicts agree. It is the level of the last test passed, not a
// claim that all the intervals cover together.
func HolmLevel(level float64, rejected, m int) (float64, Degenerate) {
	if rejected < 1 || rejected > m {
		return 0, Invalid
	}
	alpha, reason := significance(level)
	if reason != "" {
		return 0, reason
	}
	return 1 - alpha/float64(m-rejected+1), ""
}

// ascending is the order of the p-values from the smallest.
func ascending(p []float64) ([]int, Degenerate) {
	if len(p) == 0 {
		return nil, TooFew
	}
	order := make([]int, len(p))
	for i, v := range p {
		if !(v >= 0 && v <= 1) {
			return nil, Invalid
		}
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	return order, ""
}
