package chart

import "math"

// Sparkline is the shape of a series in one line, without a scale.
type Sparkline struct {
	Values []float64 // in order; what is not finite leaves a gap
	Range  *Interval // the scale; nil fits the values
	Tone   Tone      // Auto is Series1
}

// Render draws one line of width cells. Values beyond width are averaged
// cell by cell; fewer leave the right side empty.
func (s Sparkline) Render(width int, t Theme) string {
	br := newBrush(t, max(width, 0))
	br.begin(false)
	s.draw(br, max(width, 0))
	return br.String()
}

// draw writes the line in exactly width cells.
func (s Sparkline) draw(br *brush, width int) {
	t, end := br.theme, br.column+width
	means := s.means(width)
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range means {
		if finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if s.Range != nil {
		low, high = s.Range.Low, s.Range.High
	}
	levels := [8]string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}
	if t.ASCII {
		levels = [8]string{".", ":", "-", "=", "+", "*", "#", "@"}
	}
	sc := newScale(low, high, len(levels))
	for _, v := range means {
		if !finite(v) {
			br.space(1)
			continue
		}
		level := max(0, min(sc.cell(v), len(levels)-1))
		br.glyph(or(s.Tone, Series1), levels[level], 1)
	}
	br.to(end)
}

// means returns at most width values, each the mean of its share of Values.
func (s Sparkline) means(width int) []float64 {
	n := min(len(s.Values), width)
	out := make([]float64, n)
	for i := range out {
		from, to := i*len(s.Values)/n, (i+1)*len(s.Values)/n
		sum, count := 0.0, 0
		for _, v := range s.Values[from:to] {
			if finite(v) {
				sum += v / float64(to-from)
				count++
			}
		}
		out[i] = math.NaN()
		if count > 0 {
			out[i] = sum * float64(to-from) / float64(count)
		}
	}
	return out
}
