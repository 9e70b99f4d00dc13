package chart

import "math"

// Interval is a closed range on a chart's scale, Low <= High, in the unit of
// the values beside it. An infinite end is open.
type Interval struct{ Low, High float64 }

// Mark is a labelled position on a chart's scale.
type Mark struct {
	At    float64 // in the unit of the scale
	Label string
}

// huge bounds what is drawn, so that differences of values stay finite.
const huge = math.MaxFloat64 / 8

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// bounded returns v within ±huge, infinities included; NaN stays.
func bounded(v float64) float64 { return max(-huge, min(v, huge)) }

// scale maps values onto cells.
type scale struct {
	low, high float64
	cells     int
}

// newScale returns a scale of at least some extent around what it is given.
func newScale(low, high float64, cells int) scale {
	if !finite(low) || !finite(high) {
		low, high = 0, 1
	}
	low, high = bounded(low), bounded(high)
	if low > high {
		low, high = high, low
	}
	if low == high {
		pad := math.Abs(low) / 2
		if pad == 0 {
			pad = 1
		}
		low, high = low-pad, high+pad
	}
	return scale{low, high, cells}
}

// cell returns the cell of a value: -1 left of the scale, cells right of it.
// The value is not NaN.
func (s scale) cell(v float64) int {
	switch {
	case v < s.low || s.cells <= 0:
		return -1
	case v > s.high:
		return s.cells
	}
	return int(math.Round((v - s.low) / (s.high - s.low) * float64(s.cells-1)))
}

// niceStep returns the 1, 2 or 5 times a power of ten of which about n steps,
// at most half as many again, cover an extent.
func niceStep(extent float64, n int) float64 {
	raw := extent / float64(max(n, 1))
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	if power == 0 || !finite(power) {
		return raw
	}
	for _, m := range [...]float64{1, 2, 5} {
		if m*power >= raw*0.7 {
			return m * power
		}
	}
	return 10 * power
}

// ticks returns the multiples of a nice step within a range, about n of them.
func ticks(low, high float64, n int) []float64 {
	step := niceStep(high-low, n)
	first := math.Ceil(low/step - 1e-9)
	var out []float64
	for i := range 2*n + 4 {
		v := (first + float64(i)) * step
		if v > high+step*1e-9 {
			break
		}
		if v == 0 {
			v = 0 // a negative zero would be written with its sign
		}
		if len(out) == 0 || v > out[len(out)-1] {
			out = append(out, v)
		}
	}
	return out
}

// format calls f, which may be missing.
func format(f func(float64) string, v float64) string {
	if f == nil {
		return ""
	}
	return Clean(f(v))
}
