package stats

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func cents(values []int64) (sum, sumSq *big.Int) {
	sum, sumSq = new(big.Int), new(big.Int)
	for _, v := range values {
		x := big.NewInt(v)
		sum.Add(sum, x)
		sumSq.Add(sumSq, new(big.Int).Mul(x, x))
	}
	return sum, sumSq
}

func TestMomentsFromIntegersAreThoseOfTheValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-1_000_000, 1_000_000), 2, 50).Draw(t, "cents")
		sum, sumSq := cents(values)
		got := must[Moments](t)(MomentsFromIntegers(int64(len(values)), sum, sumSq, 100))
		dollars := make([]float64, len(values))
		for i, v := range values {
			dollars[i] = float64(v) / 100
		}
		want := momentsOfValues(dollars)
		if got.N != want.N || math.Abs(got.Mean-want.Mean) > 1e-10 || math.Abs(got.Variance-want.Variance) > 1e-9*(1+want.Variance) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// Σx² - (Σx)²/n would have no digit left here.
func TestMomentsKeepTheirDigits(t *testing.T) {
	const far = 1_000_000_000_000_000
	sum, sumSq := cents([]int64{far, far + 100, far + 200})
	m := must[Moments](t)(MomentsFromIntegers(3, sum, sumSq, 100))
	if m != (Moments{3, far/100 + 1, 1}) {
		t.Errorf("%v", m)
	}
}

func TestMomentsFromSumsForgiveRounding(t *testing.T) {
	// 0.1 a thousand times, summed with its rounding.
	var sum, sumSq float64
	for range 1000 {
		sum += 0.1
		sumSq += 0.1 * 0.1
	}
	m := must[Moments](t)(MomentsFromSums(1000, sum, sumSq))
	if m.Variance > 1e-12 {
		t.Error(m)
	}
	m = must[Moments](t)(MomentsFromSums(1000, 100, 10*(1-1e-12)))
	if m.Variance != 0 {
		t.Error(m)
	}
}

func TestMomentsDegenerates(t *testing.T) {
	one, four := big.NewInt(1), big.NewInt(4)
	for name, c := range map[string]struct {
		got  func() (Moments, Degenerate)
		want Degenerate
	}{
		"nobody":           {func() (Moments, Degenerate) { return MomentsFromSums(0, 0, 0) }, EmptyArm},
		"one":              {func() (Moments, Degenerate) { return MomentsFromSums(1, 2, 4) }, TooFew},
		"negative n":       {func() (Moments, Degenerate) { return MomentsFromSums(-1, 2, 4) }, Invalid},
		"negative squares": {func() (Moments, Degenerate) { return MomentsFromSums(2, 0, -4) }, Invalid},
		"impossible":       {func() (Moments, Degenerate) { return MomentsFromSums(2, 4, 4) }, Invalid},
		"NaN":              {func() (Moments, Degenerate) { return MomentsFromSums(2, math.NaN(), 4) }, Invalid},
		"infinite":         {func() (Moments, Degenerate) { return MomentsFromSums(2, 1, math.Inf(1)) }, Invalid},
		"no sum":           {func() (Moments, Degenerate) { return MomentsFromIntegers(2, nil, four, 1) }, Invalid},
		"no squares":       {func() (Moments, Degenerate) { return MomentsFromIntegers(2, one, nil, 1) }, Invalid},
		"no scale":         {func() (Moments, Degenerate) { return MomentsFromIntegers(2, one, four, 0) }, Invalid},
		"scale NaN":        {func() (Moments, Degenerate) { return MomentsFromIntegers(2, one, four, math.NaN()) }, Invalid},
		"integers, one":    {func() (Moments, Degenerate) { return MomentsFromIntegers(1, one, one, 1) }, TooFew},
		"integers, a hair": {func() (Moments, Degenerate) {
			return MomentsFromIntegers(2, big.NewInt(2_000_000_001), big.NewInt(2_000_000_002_000_000_000), 1)
		}, Invalid},
		"integers, too big": {func() (Moments, Degenerate) { return MomentsFromIntegers(2, one, new(big.Int).Lsh(one, 2000), 1) }, Overflow},
	} {
		if m, reason := c.got(); reason != c.want || m != (Moments{}) {
			t.Errorf("%s: %v, %q; want %q", name, m, reason, c.want)
		}
	}
}

func TestMeanInterval(t *testing.T) {
	// Student's sleep data, first drug, as in R's t.test.
	m := momentsOfValues([]float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2})
	printedInterval(t, MeanInterval(m, 0.95), "0.75", "-0.5297804", "2.0297804")
	for want, r := range map[Degenerate]Result{
		EmptyArm:     MeanInterval(Moments{}, 0.95),
		TooFew:       MeanInterval(Moments{1, 2, 0}, 0.95),
		ZeroVariance: MeanInterval(Moments{2, 2, 0}, 0.95),
		InvalidLevel: MeanInterval(Moments{2, 2, 1}, 1.5),
		Invalid:      MeanInterval(Moments{2, 2, -1}, 0.95),
	} {
		if r.Reason() != want {
			t.Errorf("%q, want %q", r.Reason(), want)
		}
	}
}
