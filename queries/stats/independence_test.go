package stats

import (
	"math"
	"testing"
)

func TestIndependence(t *testing.T) {
	for _, test := range []struct {
		name      string
		counts    [][]int64
		statistic float64
		df        int
		p         float64
		why       Degenerate
	}{
		// Two by two by hand: n(ad-bc)²/(row and column sums) = 100(10·30-20·40)²/(30·70·50·50).
		{"by hand", [][]int64{{10, 20}, {40, 30}}, 100 * 500 * 500 / (30.0 * 70 * 50 * 50), 1, 0.029096, ""},
		{"alike", [][]int64{{10, 20}, {20, 40}}, 0, 1, 1, ""},
		{"a row of nobody", [][]int64{{10, 20}, {0, 0}, {40, 30}}, 4.761905, 1, 0.029096, ""},
		{"three by two", [][]int64{{10, 10}, {10, 20}, {10, 30}}, 3.75, 2, 0.153355, ""},
		{"one row", [][]int64{{10, 20}}, 0, 0, 0, TooFew},
		{"nobody", [][]int64{{0, 0}, {0, 0}}, 0, 0, 0, EmptyArm},
		{"ragged", [][]int64{{1, 2}, {3}}, 0, 0, 0, Invalid},
		{"negative", [][]int64{{1, 2}, {3, -1}}, 0, 0, 0, Invalid},
	} {
		got, why := Independence(test.counts)
		if why != test.why || got.DF != test.df || math.Abs(got.Statistic-test.statistic) > 1e-6 || math.Abs(got.P-test.p) > 1e-5 {
			t.Errorf("%s: %+v %q, want %v on %d, p %v %q", test.name, got, why, test.statistic, test.df, test.p, test.why)
		}
	}
}
