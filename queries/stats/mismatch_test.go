package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestSampleRatioByHand(t *testing.T) {
	// 30 and 70 where 50 and 50 were planned: 400/50 twice.
	test := must[ChiSquared](t)(SampleRatio([]int64{30, 70}, []float64{1, 1}))
	near(t, "statistic", test.Statistic, 16, 1e-14)
	// One to three: (30-25)²/25 + (70-75)²/75.
	test = must[ChiSquared](t)(SampleRatio([]int64{30, 70, 0}, []float64{0.25, 0.75, 0}))
	near(t, "statistic", test.Statistic, 4.0/3, 1e-14)
	if test.DF != 1 {
		t.Errorf("df is %d", test.DF)
	}
}

// The tails were computed with 30 digits.
func TestChiSquaredTail(t *testing.T) {
	for _, v := range []struct {
		statistic float64
		df        int
		p         float64
	}{
		{0, 1, 1},
		{3.84, 1, 0.0500435212487},
		{50, 1, 1.53745979443e-12},
		{100, 3, 1.55415943139e-21},
		{400, 20, 2.04409559358e-72},
		{700, 1, 2.99022697512e-154},
	} {
		near(t, "p", must[ChiSquared](t)(chiSquared(v.statistic, v.df)).P, v.p, 1e-11)
	}
}

func TestSampleRatioIgnoresOrderAndScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(0, 1e15).Draw(t, "a"), rapid.Int64Range(1, 1e15).Draw(t, "b")
		x, y := rapid.Float64Range(0.01, 10).Draw(t, "x"), rapid.Float64Range(0.01, 10).Draw(t, "y")
		test := must[ChiSquared](t)(SampleRatio([]int64{a, b}, []float64{x, y}))
		turned := must[ChiSquared](t)(SampleRatio([]int64{b, a}, []float64{y * 7, x * 7}))
		if math.Abs(test.Statistic-turned.Statistic) > 1e-9*(1+test.Statistic) || !(test.P >= 0 && test.P <= 1) {
			t.Fatalf("%v, turned %v", test, turned)
		}
	})
}

func TestSampleRatioDegenerates(t *testing.T) {
	for name, c := range map[string]struct {
		observed []int64
		planned  []float64
		want     Degenerate
	}{
		"none":              {nil, nil, TooFew},
		"one":               {[]int64{5}, []float64{1}, TooFew},
		"one planned":       {[]int64{5, 0}, []float64{1, 0}, TooFew},
		"nobody":            {[]int64{0, 0}, []float64{1, 1}, EmptyArm},
		"unplanned":         {[]int64{5, 5, 1}, []float64{1, 1, 0}, UnplannedArm},
		"unequal lengths":   {[]int64{5, 5}, []float64{1}, Invalid},
		"negative count":    {[]int64{-5, 5}, []float64{1, 1}, Invalid},
		"negative share":    {[]int64{5, 5}, []float64{-1, 1}, Invalid},
		"share NaN":         {[]int64{5, 5}, []float64{math.NaN(), 1}, Invalid},
		"beyond all counts": {[]int64{math.MaxInt64, math.MaxInt64}, []float64{1, 1}, ""},
		"beyond all shares": {[]int64{5, 5}, []float64{1e308, 1e308}, Overflow},
	} {
		if _, got := SampleRatio(c.observed, c.planned); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
