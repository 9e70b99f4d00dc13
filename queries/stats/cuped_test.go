package stats

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func crossSums(y, x []int64) CrossSums {
	s := CrossSums{N: int64(len(y)), SumXY: new(big.Int)}
	s.SumY, s.SumYY = cents(y)
	s.SumX, s.SumXX = cents(x)
	for i := range y {
		s.SumXY.Add(s.SumXY, new(big.Int).Mul(big.NewInt(y[i]), big.NewInt(x[i])))
	}
	return s
}

// Against the definition, customer by customer.
func TestCUPEDAdjustsEachCustomer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const scaleY, scaleX = 100, 10
		values := func(what string, n int) []int64 {
			return rapid.SliceOfN(rapid.Int64Range(-10_000, 10_000), n, n).Draw(t, what)
		}
		var y, x [3][]int64
		var sums []CrossSums
		var meanX, everyone float64
		for arm := range y {
			n := rapid.IntRange(2, 20).Draw(t, "n")
			y[arm], x[arm] = values("y", n), values("x", n)
			sums = append(sums, crossSums(y[arm], x[arm]))
			everyone += float64(n)
			for _, v := range x[arm] {
				meanX += float64(v) / scaleX
			}
		}
		meanX /= everyone
		got, reason := CUPED(sums, scaleY, scaleX)
		if reason == ZeroVariance {
			return
		}
		got = must[Adjustment](t)(got, reason)

		inUnits := func(cents []int64, scale float64) (values []float64) {
			for _, v := range cents {
				values = append(values, float64(v)/scale)
			}
			return values
		}
		var xy, xx, yy, left float64
		for arm := range y {
			ys, xs := inUnits(y[arm], scaleY), inUnits(x[arm], scaleX)
			my, mx := momentsOfValues(ys).Mean, momentsOfValues(xs).Mean
			for i := range ys {
				xy += (xs[i] - mx) * (ys[i] - my)
				xx += (xs[i] - mx) * (xs[i] - mx)
				yy += (ys[i] - my) * (ys[i] - my)
			}
		}
		theta := xy / xx
		for arm := range y {
			ys, xs := inUnits(y[arm], scaleY), inUnits(x[arm], scaleX)
			for i := range ys {
				ys[i] -= theta * (xs[i] - meanX)
			}
			want, m := momentsOfValues(ys), got.Arms[arm]
			if m.N != want.N || math.Abs(m.Mean-want.Mean) > 1e-8 || math.Abs(m.Variance-want.Variance) > 1e-8*(1+want.Variance) {
				t.Fatalf("arm %d: %v, want %v", arm, m, want)
			}
			left += m.Variance * float64(m.N-1)
		}
		for _, c := range []struct {
			what      string
			got, want float64
		}{
			{"theta", got.Theta, theta},
			{"correlation", got.Correlation, xy / math.Sqrt(xx*yy)},
			{"variance reduction", got.VarianceReduction, 1 - left/yy},
		} {
			if math.Abs(c.got-c.want) > 1e-9*(1+math.Abs(c.want)) {
				t.Fatalf("%s is %g, want %g", c.what, c.got, c.want)
			}
		}
	})
}

func TestCUPEDComparesAdjustedArms(t *testing.T) {
	control := crossSums([]int64{1, 2, 3, 5, 4}, []int64{2, 3, 5, 9, 9})
	treated := crossSums([]int64{4, 6, 7, 7, 9}, []int64{1, 4, 5, 6, 9})
	a := must[Adjustment](t)(CUPED([]CrossSums{control, treated}, 1, 1))
	d, r := estimateOf(t, a.Difference(1, 0, 0.95)), estimateOf(t, a.Ratio(1, 0, 0.95))
	plain := estimateOf(t, MeanDifference(a.Arms[1], a.Arms[0], 0.95))
	if d.Low != plain.Low || d.High != plain.High || d.Method != MethodCUPEDWelch || r.Method != MethodCUPEDFieller {
		t.Errorf("%v, %v; plain %v", d, r, plain)
	}
	if d.ExcludesZero() != r.ExcludesZero() || (must[float64](t)(a.P(1, 0)) < 1-0.95) != d.ExcludesZero() {
		t.Errorf("%v, %v", d, r)
	}
	raw := estimateOf(t, MeanDifference(
		momentsOfValues([]float64{4, 6, 7, 7, 9}), momentsOfValues([]float64{1, 2, 3, 5, 4}), 0.95))
	if d.High-d.Low >= raw.High-raw.Low {
		t.Errorf("adjusted %v, raw %v", d, raw)
	}
}

func TestCUPEDDegenerates(t *testing.T) {
	good := crossSums([]int64{1, 2, 3}, []int64{2, 3, 5})
	broken := good
	broken.SumXY = big.NewInt(1000)
	missing := good
	missing.SumYY = nil
	for name, c := range map[string]struct {
		arms   []CrossSums
		scaleY float64
		want   Degenerate
	}{
		"good":            {[]CrossSums{good, good}, 1, ""},
		"none":            {nil, 1, TooFew},
		"empty":           {[]CrossSums{good, crossSums(nil, nil)}, 1, EmptyArm},
		"one":             {[]CrossSums{good, crossSums([]int64{1}, []int64{1})}, 1, TooFew},
		"x does not vary": {[]CrossSums{crossSums([]int64{1, 2}, []int64{3, 3})}, 1, ZeroVariance},
		"y does not vary": {[]CrossSums{crossSums([]int64{3, 3}, []int64{1, 2})}, 1, ZeroVariance},
		"impossible":      {[]CrossSums{good, broken}, 1, Invalid},
		"missing":         {[]CrossSums{crossSums(nil, nil), missing}, 1, Invalid},
		"negative":        {[]CrossSums{{-1, good.SumY, good.SumYY, good.SumX, good.SumXX, good.SumXY}}, 1, Invalid},
		"no scale":        {[]CrossSums{good}, 0, Invalid},
		"scale NaN":       {[]CrossSums{good}, math.NaN(), Invalid},
		"beyond":          {[]CrossSums{good}, 1e-300, Overflow},
	} {
		if _, got := CUPED(c.arms, c.scaleY, 1); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	a := must[Adjustment](t)(CUPED([]CrossSums{good, good}, 1, 1))
	for _, got := range []Degenerate{a.Difference(2, 0, 0.95).Reason(), a.Ratio(0, -1, 0.95).Reason()} {
		if got != Invalid {
			t.Error(got)
		}
	}
	if _, got := a.P(0, 2); got != Invalid {
		t.Error(got)
	}
	if got := a.Difference(0, 1, 1).Reason(); got != InvalidLevel {
		t.Error(got)
	}
}

// y = 2x + 1 leaves nothing over, exactly.
func TestCUPEDOfAPerfectMeasure(t *testing.T) {
	a := must[Adjustment](t)(CUPED([]CrossSums{crossSums([]int64{3, 5, 9}, []int64{1, 2, 4}), crossSums([]int64{5, 7}, []int64{2, 3})}, 1, 1))
	if a.Theta != 2 || a.Correlation != 1 || a.VarianceReduction != 1 || a.Arms[0].Variance != 0 || a.Arms[1].Variance != 0 {
		t.Errorf("%+v", a)
	}
}
