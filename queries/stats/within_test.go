package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// Parts of one whole vary against each other, so that their difference varies
// more than that of two groups of people.
func TestDifferenceWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 5000).Draw(t, "n")
		a := rapid.Int64Range(0, n).Draw(t, "a")
		b := rapid.Int64Range(0, n-a).Draw(t, "b")
		x, y := Share(Proportion{a, n}, 0.95), Share(Proportion{b, n}, 0.95)
		e, why := DifferenceWithin(x, y).Estimate()
		if why != "" || e.Low > e.Value || e.Value > e.High || e.Low < -1 || e.High > 1 {
			t.Fatalf("%d and %d of %d: %+v %s", a, b, n, e, why)
		}
		apart, _ := Difference(x, y).Estimate()
		if apart.Low >= -1 && apart.Low < e.Low-1e-12 || apart.High <= 1 && apart.High > e.High+1e-12 {
			t.Fatalf("%+v is narrower than of two groups %+v", e, apart)
		}
		turned, _ := DifferenceWithin(y, x).Estimate()
		if math.Abs(turned.Low+e.High) > 1e-12 || math.Abs(turned.Value+e.Value) > 1e-12 {
			t.Fatalf("%+v and turned %+v", e, turned)
		}
	})
	for name, r := range map[string]Result{
		"levels": DifferenceWithin(Share(Proportion{1, 9}, 0.9), Share(Proportion{1, 9}, 0.95)), "too much": DifferenceWithin(Share(Proportion{8, 9}, 0.95), Share(Proportion{8, 9}, 0.95)),
	} {
		if r.Reason() != Invalid {
			t.Errorf("%s: %v", name, r.Reason())
		}
	}
}

func TestDifferenceWithinCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	covered := 0
	const samples = 2000
	for range samples {
		var a, b int64
		for range 300 {
			switch x := r.Float64(); {
			case x < 0.3:
				a++
			case x < 0.42:
				b++
			}
		}
		if e, _ := DifferenceWithin(Share(Proportion{a, 300}, 0.95), Share(Proportion{b, 300}, 0.95)).Estimate(); e.Low <= 0.18 && 0.18 <= e.High {
			covered++
		}
	}
	if share := float64(covered) / samples; share < 0.93 || share > 0.97 {
		t.Errorf("covers %v", share)
	}
}

func TestRateIndex(t *testing.T) {
	now, before := EventRate{200, 1000, 0}, EventRate{100, 1000, 0}
	e, why := RateIndex([]RateChange{{Now: now, Before: before}}, 0.95).Estimate()
	if why != "" || math.Abs(e.Value-200.5/100.5) > 1e-12 {
		t.Fatalf("%+v %s", e, why)
	}
	// By hand: exp(ln(200.5/100.5) ± 1.959964 √(1/200.5 + 1/100.5)).
	if math.Abs(e.Low-1.570053) > 1e-5 || math.Abs(e.High-2.535026) > 1e-5 {
		t.Errorf("%+v", e)
	}
	bad, _ := RateIndex([]RateChange{{Now: now, Before: before, Bad: true}}, 0.95).Estimate()
	if math.Abs(bad.Value*e.Value-1) > 1e-12 || math.Abs(bad.Low*e.High-1) > 1e-12 {
		t.Errorf("turned over: %+v", bad)
	}
	both, _ := RateIndex([]RateChange{{Now: now, Before: before}, {Now: now, Before: before, Bad: true}}, 0.95).Estimate()
	if math.Abs(both.Value-1) > 1e-12 || both.Low >= 1 || both.High <= 1 {
		t.Errorf("a good and a bad change alike: %+v", both)
	}
	if none, _ := RateIndex([]RateChange{{Now: EventRate{0, 10, 0}, Before: EventRate{0, 10, 0}}}, 0.95).Estimate(); none.Value != 1 {
		t.Errorf("nothing happened: %+v", none)
	}
	for want, changes := range map[Degenerate][]RateChange{
		TooFew: nil, EmptyArm: {{Now: EventRate{0, 0, 0}, Before: before}}, Invalid: {{Now: EventRate{-1, 5, 0}, Before: before}},
	} {
		if got := RateIndex(changes, 0.95).Reason(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := RateIndex([]RateChange{{Now: now, Before: before}}, 1.5).Reason(); got != InvalidLevel {
		t.Errorf("%s", got)
	}
}
