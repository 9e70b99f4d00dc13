package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// Fisher's interval where neighbours are not alike: r = 0.5 of 28 pairs is
// tanh(0.5493 ± 1.95996/5).
func TestCorrelationIsFishers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		x, y := make([]float64, 28), make([]float64, 28)
		for i := range x {
			x[i], y[i] = r.NormFloat64(), r.NormFloat64()
		}
		e, why := Correlation(x, y, 0.95).Estimate()
		if why != "" {
			t.Fatal(why)
		}
		half := math.Atanh(e.High) - math.Atanh(e.Value)
		if least := 1.959964 / 5; half < least-1e-6 { // N* is never above N
			t.Errorf("half-width %v on the scale of z, at least %v", half, least)
		}
	}
	// An alternating series against another: N* would be above N and is not.
	x, y := make([]float64, 28), make([]float64, 28)
	for i := range x {
		x[i], y[i] = float64(i%2)+r.NormFloat64()/5, float64(i/2%2)+r.NormFloat64()/5
	}
	e, _ := Correlation(x, y, 0.95).Estimate()
	if half := math.Atanh(e.High) - math.Atanh(e.Value); math.Abs(half-1.959964/5) > 1e-6 {
		t.Errorf("half-width %v", half)
	}
}

// Of unrelated series whose neighbours are alike, five in a hundred at most are
// taken for related; by the number of pairs alone it would be far more.
func TestCorrelationOfSlowSeries(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	series := func() []float64 {
		x, last := make([]float64, 104), 0.0
		for i := range x {
			last = 0.8*last + r.NormFloat64()
			x[i] = last
		}
		return x
	}
	found, naive := 0, 0
	const times = 1000
	for range times {
		x, y := series(), series()
		e, why := Correlation(x, y, 0.95).Estimate()
		if why == "" && e.ExcludesZero() {
			found++
		}
		if math.Abs(math.Atanh(e.Value)) > 1.96/math.Sqrt(101) {
			naive++
		}
	}
	if found > 80 || naive < 200 {
		t.Errorf("%d of %d found, %d by the number of pairs", found, times, naive)
	}
}

func TestCorrelationProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(-1000, 1000)
		x := rapid.SliceOfN(value, 5, 60).Draw(t, "x")
		y := rapid.SliceOfN(value, len(x), len(x)).Draw(t, "y")
		e, why := Correlation(x, y, 0.95).Estimate()
		swapped, _ := Correlation(y, x, 0.95).Estimate()
		against := make([]float64, len(x))
		for i, v := range x {
			against[i] = -v
		}
		turned, also := Correlation(against, y, 0.95).Estimate()
		if why != also {
			t.Fatalf("%q and %q", why, also)
		}
		if why != "" {
			return
		}
		p, _ := CorrelationP(x, y)
		if (p < 0.05) != e.ExcludesZero() && math.Abs(p-0.05) > 1e-6 {
			t.Fatalf("p %v and %+v do not agree", p, e)
		}
		if e.Low < -1 || e.High > 1 || math.Abs(e.Value-swapped.Value) > 1e-9 || math.Abs(e.Value+turned.Value) > 1e-9 || math.Abs(e.Low+turned.High) > 1e-9 {
			t.Fatalf("%+v, swapped %+v, turned %+v", e, swapped, turned)
		}
	})
	for name, r := range map[string]Result{
		"constant":     Correlation([]float64{2, 2, 2, 2, 2, 2}, []float64{1, 2, 3, 4, 5, 7}, 0.95),
		"perfect":      Correlation([]float64{1, -2, 3, -3, 5, -1, 2, 9}, []float64{1, -2, 3, -3, 5, -1, 2, 9}, 0.95),
		"short":        Correlation([]float64{1, 2}, []float64{1, 2}, 0.95),
		"different":    Correlation([]float64{1, 2}, []float64{1}, 0.95),
		"not a number": Correlation([]float64{1, 2, 3, 4, math.NaN()}, []float64{1, 2, 3, 4, 5}, 0.95),
	} {
		if _, why := r.Estimate(); why == "" {
			t.Errorf("%s has an estimate", name)
		}
	}
}
