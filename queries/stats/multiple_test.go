package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAdjustmentsKeepOrderAndRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(0, 1), rapid.SampledFrom([]float64{0, 0.01, 1})), 1, 30).Draw(t, "p")
		hochberg := must[[]float64](t)(BenjaminiHochberg(p))
		holm := must[[]float64](t)(Holm(p))
		for i := range p {
			if !(p[i] <= hochberg[i] && hochberg[i] <= holm[i] && holm[i] <= 1) {
				t.Fatalf("%g becomes %g and %g", p[i], hochberg[i], holm[i])
			}
			for j := range p {
				if p[i] <= p[j] && (hochberg[i] > hochberg[j] || holm[i] > holm[j]) {
					t.Fatalf("%v becomes %v and %v", p, hochberg, holm)
				}
			}
		}
	})
}

// At the adjusted level, the intervals that exclude zero, which is to say the
// p-values below its alpha, are those that the procedure selected.
func TestAdjustedLevelsSelectTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(0, 1), rapid.Float64Range(0, 0.1)), 1, 30).Draw(t, "p")
		level := rapid.Float64Range(0.5, 0.999).Draw(t, "level")
		for _, procedure := range []struct {
			adjust func([]float64) ([]float64, Degenerate)
			level  func(float64, int, int) (float64, Degenerate)
		}{{BenjaminiHochberg, FalseCoverage}, {Holm, HolmLevel}} {
			adjusted := must[[]float64](t)(procedure.adjust(p))
			selected := 0
			for _, a := range adjusted {
				if math.Abs(a-(1-level)) < 1e-9 {
					return // a tie that rounding decides
				}
				if a < 1-level {
					selected++
				}
			}
			if selected == 0 {
				continue
			}
			at := must[float64](t)(procedure.level(level, selected, len(p)))
			if at < level-1e-15 {
				t.Fatalf("level %g was lowered to %g", level, at)
			}
			for i := range p {
				if math.Abs(p[i]-(1-at)) > 1e-12 && (p[i] < 1-at) != (adjusted[i] < 1-level) {
					t.Fatalf("p %g, adjusted %g: not at level %g", p[i], adjusted[i], at)
				}
			}
		}
	})
}

func TestAdjustedLevels(t *testing.T) {
	near(t, "false coverage", must[float64](t)(FalseCoverage(0.95, 2, 8)), 1-0.05/4, 1e-14)
	near(t, "all selected", must[float64](t)(FalseCoverage(0.95, 8, 8)), 0.95, 1e-14)
	near(t, "Holm", must[float64](t)(HolmLevel(0.95, 2, 6)), 0.99, 1e-14)
}

func TestMultipleDegenerates(t *testing.T) {
	for _, adjust := range []func([]float64) ([]float64, Degenerate){BenjaminiHochberg, Holm} {
		for _, c := range []struct {
			p    []float64
			want Degenerate
		}{
			{nil, TooFew}, {[]float64{0.5, math.NaN()}, Invalid}, {[]float64{-0.1}, Invalid}, {[]float64{1.1}, Invalid}, {[]float64{0, 1}, ""},
		} {
			before := slices.Clone(c.p)
			if _, got := adjust(c.p); got != c.want {
				t.Errorf("%v: %q, want %q", c.p, got, c.want)
			}
			if !slices.Equal(before, c.p) && c.want == "" {
				t.Errorf("%v was changed to %v", before, c.p)
			}
		}
	}
	for _, level := range []func(float64, int, int) (float64, Degenerate){FalseCoverage, HolmLevel} {
		for _, c := range []struct {
			level       float64
			selected, m int
			want        Degenerate
		}{{0.95, 0, 5, Invalid}, {0.95, 6, 5, Invalid}, {1, 1, 5, InvalidLevel}} {
			if _, got := level(c.level, c.selected, c.m); got != c.want {
				t.Errorf("%v: %q", c, got)
			}
		}
	}
}
