package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Worked by hand: m = 30/30 = 1, Σ E(r-m)² = 10·0.25 + 10·0.25 + 0 = 5 over
// ΣE = 30 is 1/6, less m over the mean E of 10 is 1/15 = A; w = A/(A + 1/10) = 0.4.
func TestShrunkByHand(t *testing.T) {
	got, why := Shrunk([]int64{15, 5, 10}, []float64{10, 10, 10})
	if why != "" {
		t.Fatal(why)
	}
	for i, want := range []float64{1.2, 0.8, 1} {
		if math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("%d: %v, want %v", i, got[i], want)
		}
	}
	// Ratios that vary by less than chance are all the mean.
	if got, _ := Shrunk([]int64{10, 11, 9}, []float64{10, 10, 10}); got[0] != 1 || got[1] != 1 || got[2] != 1 {
		t.Errorf("%v, want the mean", got)
	}
	for _, bad := range [][2]any{{[]int64{1}, []float64{}}, {[]int64{-1}, []float64{1}}, {[]int64{1}, []float64{0}}, {[]int64{1}, []float64{math.NaN()}}} {
		if _, why := Shrunk(bad[0].([]int64), bad[1].([]float64)); why != Invalid {
			t.Errorf("%v: %q, want invalid", bad, why)
		}
	}
	if _, why := Shrunk([]int64{0}, []float64{0}); why != TooFew {
		t.Errorf("%q, want too few", why)
	}
}

// A shrunk ratio lies between the mean and the crude ratio, and nearer to the
// mean the less is expected of it.
func TestShrunkLiesBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		observed := rapid.SliceOfN(rapid.Int64Range(0, 200), 2, 12).Draw(t, "observed")
		expected := make([]float64, len(observed))
		var o, e float64
		for i := range expected {
			expected[i] = rapid.Float64Range(0.5, 200).Draw(t, "expected")
			o, e = o+float64(observed[i]), e+expected[i]
		}
		got, why := Shrunk(observed, expected)
		if why != "" {
			t.Fatal(why)
		}
		mean := o / e
		share := func(i int) float64 {
			crude := float64(observed[i]) / expected[i]
			if math.Abs(crude-mean) < 1e-9 {
				return math.NaN()
			}
			return (got[i] - mean) / (crude - mean)
		}
		for i := range got {
			if w := share(i); w < -1e-9 || w > 1+1e-9 {
				t.Fatalf("%d of %v: weight %v", i, observed, w)
			}
			for j := range got {
				if expected[i] < expected[j] && share(i) > share(j)+1e-9 {
					t.Fatalf("less is expected of %d than of %d, and it weighs more", i, j)
				}
			}
		}
	})
}
