package stats

import "gonum.org/v1/gonum/stat/distuv"

// ChiSquared is a chi-squared test: its statistic, at least 0, its degrees of
// freedom, and the probability P in [0, 1] of a statistic at least as large
// where nothing is the matter.
type ChiSquared struct {
	Statistic float64 `json:"statistic"`
	DF        int     `json:"df"`
	P         float64 `json:"p"`
}

func chiSquared(statistic float64, df int) (ChiSquared, Degenerate) {
	if !finite(statistic) {
		return ChiSquared{}, Overflow
	}
	p := distuv.ChiSquared{K: float64(df)}.Survival(statistic)
	return ChiSquared{Statistic: statistic, DF: df, P: p}, ""
}

// SampleRatio is Pearson's test of the customers observed in each arm against
// the planned shares, Σ(o-e)²/e on one degree of freedom fewer than there are
// planned arms. The shares need not sum to 1. A small P says that the split is
// not as planned, whatever the arms show; it is an approximation that wants
// five or more expected in each arm.
//
// An arm planned at 0 that is empty does not count; one that is not empty is
// [UnplannedArm].
func SampleRatio(observed []int64, planned []float64) (ChiSquared, Degenerate) {
	if len(observed) != len(planned) {
		return ChiSquared{}, Invalid
	}
	var total, shares float64
	arms, unplanned := 0, false
	for i, o := range observed {
		if o < 0 || !finite(planned[i]) || planned[i] < 0 {
			return ChiSquared{}, Invalid
		}
		total += float64(o)
		shares += planned[i]
		if planned[i] > 0 {
			arms++
		} else if o > 0 {
			unplanned = true
		}
	}
	switch {
	case unplanned:
		return ChiSquared{}, UnplannedArm
	case arms < 2:
		return ChiSquared{}, TooFew
	case total == 0:
		return ChiSquared{}, EmptyArm
	}
	var statistic float64
	for i, o := range observed {
		if planned[i] == 0 {
			continue
		}
		expected := total * (planned[i] / shares)
		miss := float64(o) - expected
		statistic += miss * miss / expected
	}
	return chiSquared(statistic, arms-1)
}

// Independence is Pearson's test of whether the columns of a table of counts
// are spread alike over its rows, Σ(o-e)²/e with e from the margins, on (rows-1)
// × (columns-1) degrees of freedom; rows and columns of nobody do not count. Of
// arms by the values of a dimension fixed before the assignment, a small P says
// that the arms were not allotted alike, so that their totals cannot be
// compared. It is an approximation that wants five or more expected in most cells.
func Independence(counts [][]int64) (ChiSquared, Degenerate) {
	var rows, columns []float64
	var total float64
	for i, row := range counts {
		if i == 0 {
			columns = make([]float64, len(row))
		}
		if len(row) != len(columns) {
			return ChiSquared{}, Invalid
		}
		var sum float64
		for j, o := range row {
			if o < 0 {
				return ChiSquared{}, Invalid
			}
			sum += float64(o)
			columns[j] += float64(o)
		}
		rows = append(rows, sum)
		total += sum
	}
	df := (filled(rows) - 1) * (filled(columns) - 1)
	if total == 0 {
		return ChiSquared{}, EmptyArm
	}
	if df < 1 {
		return ChiSquared{}, TooFew
	}
	var statistic float64
	for i, row := range counts {
		for j, o := range row {
			if expected := rows[i] * columns[j] / total; expected > 0 {
				miss := float64(o) - expected
				statistic += miss * miss / expected
			}
		}
	}
	return chiSquared(statistic, df)
}

// filled counts the sums above zero.
func filled(sums []float64) int {
	n := 0
	for _, s := range sums {
		if s > 0 {
			n++
		}
	}
	return n
}
