package stats

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// proportions draws counts that favour the edges: empty, full, one off, tiny
// and very large.
func proportions() *rapid.Generator[Proportion] {
	return rapid.Custom(func(t *rapid.T) Proportion {
		n := rapid.OneOf(
			rapid.Int64Range(1, 5), rapid.Int64Range(1, 1000), rapid.Int64Range(1, 1_000_000_000),
			rapid.Just(int64(1_000_000_000)), rapid.Just(int64(math.MaxInt64)),
		).Draw(t, "n")
		return Proportion{rapid.OneOf(
			rapid.Just(int64(0)), rapid.Just(n), rapid.Int64Range(0, min(n, 3)),
			rapid.Int64Range(n-min(n, 3), n), rapid.Int64Range(0, n),
		).Draw(t, "successes"), n}
	})
}

func levels() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.Just(0.95), rapid.Just(0.999), rapid.Just(0.5), rapid.Float64Range(0.01, 1-1e-12))
}

// wilsonWith200Bits is the textbook formula, (p + z²/2n ± z√(pq/n + z²/4n²)) /
// (1 + z²/n).
func wilsonWith200Bits(p Proportion, z float64) (low, high *big.Float) {
	number := func(v float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(v) }
	n := new(big.Float).SetPrec(200).SetInt64(p.N)
	op := func(f func(z, a, b *big.Float) *big.Float, a, b *big.Float) *big.Float {
		return f(new(big.Float).SetPrec(200), a, b)
	}
	add, sub, mul, quo := (*big.Float).Add, (*big.Float).Sub, (*big.Float).Mul, (*big.Float).Quo
	share := op(quo, new(big.Float).SetPrec(200).SetInt64(p.Successes), n)
	k := op(quo, op(mul, number(z), number(z)), n)
	spread := op(mul, k, op(mul, share, op(sub, number(1), share)))
	root := new(big.Float).SetPrec(200).Sqrt(op(add, spread, op(quo, op(mul, k, k), number(4))))
	centre := op(add, share, op(quo, k, number(2)))
	scale := op(add, number(1), k)
	return op(quo, op(sub, centre, root), scale), op(quo, op(add, centre, root), scale)
}

func TestReachAgainstTheTextbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := proportions().Draw(t, "p")
		z := rapid.Float64Range(0.01, 8).Draw(t, "z")
		below, above := p.sample().reach(z)
		low, high := wilsonWith200Bits(p, z)
		share := new(big.Float).SetPrec(200).Quo(
			new(big.Float).SetPrec(200).SetInt64(p.Successes), new(big.Float).SetPrec(200).SetInt64(p.N))
		wantBelow, _ := low.Sub(share, low).Float64()
		wantAbove, _ := high.Sub(high, share).Float64()
		near(t, "below", below+1e-40, wantBelow+1e-40, 1e-13)
		near(t, "above", above+1e-40, wantAbove+1e-40, 1e-13)
	})
}

func TestShareStaysInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, level := proportions().Draw(t, "p"), levels().Draw(t, "level")
		e := estimateOf(t, Share(p, level))
		if e.Low < 0 || e.High > 1 || (p.Successes == 0 && e.Low != 0) || (p.Successes == p.N && e.High != 1) {
			t.Fatal(e)
		}
		mirrored := estimateOf(t, Share(Proportion{p.N - p.Successes, p.N}, level))
		if math.Abs(1-mirrored.Low-e.High) > 1e-15 || math.Abs(1-mirrored.High-e.Low) > 1e-15 {
			t.Fatalf("%v, of the others %v", e, mirrored)
		}
	})
}

func TestWeightedShare(t *testing.T) {
	// Equal weights of any size are no weights.
	plain := estimateOf(t, Share(Proportion{100, 200}, 0.95))
	weighted := estimateOf(t, WeightedShare(0.5, 200*0.37, 200*0.37*0.37, 0.95))
	near(t, "low", weighted.Low, plain.Low, 1e-14)
	near(t, "high", weighted.High, plain.High, 1e-14)
	// Weights 1 and 3 for 50 respondents each have an effective size of
	// 200²/500 = 80.
	near(t, "low at 80",
		estimateOf(t, WeightedShare(0.5, 200, 500, 0.95)).Low,
		estimateOf(t, Share(Proportion{40, 80}, 0.95)).Low, 1e-14)
}

func TestDifferenceOfEstimates(t *testing.T) {
	// Newcombe's interval is this one, of two Wilson intervals.
	a, b := Proportion{7, 34}, Proportion{1, 34}
	e := estimateOf(t, Difference(Share(a, 0.95), Share(b, 0.95)))
	newcombe := estimateOf(t, ShareDifference(a, b, 0.95))
	near(t, "value", e.Value, newcombe.Value, 1e-12)
	near(t, "low", e.Low, newcombe.Low, 1e-12)
	near(t, "high", e.High, newcombe.High, 1e-12)
	for want, r := range map[Degenerate]Result{
		Invalid:  Difference(Share(a, 0.95), Share(b, 0.9)),
		EmptyArm: Difference(Share(a, 0.95), Share(Proportion{}, 0.95)),
	} {
		if r.Reason() != want {
			t.Errorf("%q, want %q", r.Reason(), want)
		}
	}
}

func TestShareDegenerates(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		got  Result
		want Degenerate
	}{
		"nobody":                {Share(Proportion{0, 0}, 0.95), EmptyArm},
		"more than all":         {Share(Proportion{3, 2}, 0.95), Invalid},
		"some of nobody":        {Share(Proportion{1, 0}, 0.95), Invalid},
		"negative successes":    {Share(Proportion{-1, 2}, 0.95), Invalid},
		"negative n":            {Share(Proportion{-2, -1}, 0.95), Invalid},
		"level 0":               {Share(Proportion{1, 2}, 0), InvalidLevel},
		"level 1":               {Share(Proportion{1, 2}, 1), InvalidLevel},
		"level as per cent":     {Share(Proportion{1, 2}, 95), InvalidLevel},
		"level NaN":             {Share(Proportion{1, 2}, nan), InvalidLevel},
		"no weights":            {WeightedShare(0.5, 0, 0, 0.95), EmptyArm},
		"share above one":       {WeightedShare(1.5, 2, 2, 0.95), Invalid},
		"share NaN":             {WeightedShare(nan, 2, 2, 0.95), Invalid},
		"negative weights":      {WeightedShare(0.5, -2, 2, 0.95), Invalid},
		"infinite weights":      {WeightedShare(0.5, inf, 2, 0.95), Invalid},
		"weights without size":  {WeightedShare(0.5, 2, 0, 0.95), Invalid},
		"less than one person":  {WeightedShare(0.5, 2, 8, 0.95), Invalid},
		"weighted, level":       {WeightedShare(0.5, 2, 2, 1), InvalidLevel},
		"difference, empty":     {ShareDifference(Proportion{1, 2}, Proportion{}, 0.95), EmptyArm},
		"difference, defect":    {ShareDifference(Proportion{}, Proportion{3, 2}, 0.95), Invalid},
		"difference, level":     {ShareDifference(Proportion{1, 2}, Proportion{1, 2}, -1), InvalidLevel},
		"ratio to zero":         {ShareRatio(Proportion{1, 2}, Proportion{0, 2}, 0.95), ZeroControl},
		"ratio of zero to zero": {ShareRatio(Proportion{0, 2}, Proportion{0, 2}, 0.95), ZeroControl},
		"ratio, empty":          {ShareRatio(Proportion{}, Proportion{1, 2}, 0.95), EmptyArm},
		"ratio, level":          {ShareRatio(Proportion{1, 2}, Proportion{1, 2}, 1), InvalidLevel},
	} {
		if c.got.Reason() != c.want {
			t.Errorf("%s: %q, want %q", name, c.got.Reason(), c.want)
		}
	}
	if _, reason := ShareP(Proportion{1, 2}, Proportion{}); reason != EmptyArm {
		t.Error(reason)
	}
	if _, reason := (Proportion{3, 2}).Moments(); reason != Invalid {
		t.Error(reason)
	}
	m := must[Moments](t)(Proportion{1, 4}.Moments())
	if m != (Moments{4, 0.25, 0.1875}) {
		t.Error(m)
	}
}
