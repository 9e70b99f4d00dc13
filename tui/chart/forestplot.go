package chart

import (
	"math"
	"slices"
)

// scale fits the rows and Zero. Ends of intervals three times as far from Zero as
// the median are left out, so that one wide interval does not flatten the others.
func (f Forest) scale(plot int) scale {
	if f.Range != nil {
		return newScale(f.Range.Low, f.Range.High, plot)
	}
	var ends []float64
	for _, r := range f.drawn() {
		for _, v := range [...]float64{r.Low, r.High} {
			if finite(v) {
				ends = append(ends, math.Abs(bounded(v-f.Zero)))
			}
		}
	}
	limit := 3 * median(ends)
	low, high := f.Zero, f.Zero
	for _, r := range f.drawn() {
		for _, v := range [...]float64{r.Low, r.High} {
			if finite(v) && math.Abs(v-f.Zero) <= limit {
				low, high = min(low, v), max(high, v)
			}
		}
		if finite(r.Estimate) {
			low, high = min(low, r.Estimate), max(high, r.Estimate)
		}
	}
	margin := (bounded(high) - bounded(low)) * 0.04
	if low < f.Zero {
		low -= margin
	}
	if high > f.Zero {
		high += margin
	}
	return newScale(low, high, plot)
}

// Extent is the scale: Range, or what fits the rows and Zero.
func (f Forest) Extent() Interval {
	s := f.scale(0)
	return Interval{s.low, s.high}
}

// drawn returns the rows that have marks.
func (f Forest) drawn() []Effect {
	var rows []Effect
	for _, r := range f.Rows {
		if !r.Heading && r.Withheld == "" {
			rows = append(rows, r)
		}
	}
	return rows
}

// marks draws the line of Zero, the interval over it and the estimate on top.
func (f Forest) marks(row Effect, s scale, t Theme) track {
	tr := make(track, s.cells)
	zero := s.cell(f.Zero)
	tr.set(zero, Border, t.glyph("│", "|"))
	if row.Heading || math.IsNaN(row.Estimate) || math.IsNaN(row.Low) || math.IsNaN(row.High) {
		return tr
	}
	tone := or(row.Verdict.Tone, Neutral)
	low, high, est := s.cell(row.Low), s.cell(row.High), s.cell(row.Estimate)
	switch {
	case row.Low > f.Zero && low == zero:
		low++
		high, est = max(high, low), max(est, low)
	case row.High < f.Zero && high == zero:
		high--
		low, est = min(low, high), min(est, high)
	}
	tr.span(low, high, tone, t.glyph("─", "-"))
	if low <= zero && zero <= high {
		tr.set(zero, tone, t.glyph("┼", "+"))
	}
	tr.set(low, tone, t.glyph("├", "|"))
	tr.set(high, tone, t.glyph("┤", "|"))
	if row.Summary {
		tr.set(est, tone, t.glyph("◆", "O"))
	} else {
		tr.set(est, tone, t.glyph("●", "o"))
	}
	if low < 0 {
		tr.set(0, tone, t.glyph("◀", "<"))
	}
	if high >= s.cells {
		tr.set(s.cells-1, tone, t.glyph("▶", ">"))
	}
	return tr
}

// captions says what lies left and right of Zero.
func (f Forest) captions(s scale, t Theme) track {
	tr := make(track, s.cells)
	zero := s.cell(f.Zero)
	if zero < 0 || zero >= s.cells {
		return tr
	}
	if w := min(zero-3, cells(f.Caption[0])); w >= 4 {
		tr.text(zero-w-3, t.glyph("◂ ", "< ")+t.Fit(f.Caption[0], w, Right))
	}
	if w := min(s.cells-zero-4, cells(f.Caption[1])); w >= 4 {
		tr.text(zero+2, t.Fit(f.Caption[1], w, Left)+t.glyph(" ▸", " >"))
	}
	tr.set(zero, Border, t.glyph("│", "|"))
	return tr
}

// axis draws the axis with its ticks, and their labels, which may reach beyond the
// plot, on a line as wide as the drawing.
func (f Forest) axis(s scale, left, width int, t Theme) (rule, labels track) {
	rule, labels = make(track, s.cells), make(track, width)
	zero := s.cell(f.Zero)
	rule.span(0, s.cells-1, Border, t.glyph("─", "-"))
	rule.set(zero, Border, t.glyph("┴", "+"))
	marks := f.labelled(labels, s, left)
	for _, m := range marks {
		rule.set(m.cell, Border, t.glyph("┬", "+"))
	}
	if slices.ContainsFunc(marks, func(m tick) bool { return m.cell == zero }) {
		rule.set(zero, Border, t.glyph("┼", "+"))
	}
	return rule, labels
}

// labelled chooses as many ticks as their labels have room for, and writes those: two
// at least where that can be, if need be of a finer step, as one tells no scale.
func (f Forest) labelled(labels track, s scale, left int) (marks []tick) {
	most := max(min(s.cells/7, 8), 1)
	var steps []int
	for n := most; n > 0; n-- {
		steps = append(steps, n)
	}
	for n := most + 1; n <= 2*most+2; n++ {
		steps = append(steps, n)
	}
	for _, least := range [...]int{2, 1} {
		for _, n := range steps {
			marks = nil
			var texts []string
			for _, v := range ticks(s.low, s.high, n) {
				marks = append(marks, tick{s.cell(v), format(f.Format, v)})
				texts = append(texts, marks[len(marks)-1].label)
			}
			if len(marks) >= least && !repeats(texts) && place(labels, marks, left) {
				return marks
			}
			clear(labels)
		}
	}
	return nil
}

// empty reports whether no row has an estimate.
func (f Forest) empty() bool {
	return !slices.ContainsFunc(f.drawn(), func(r Effect) bool { return finite(r.Estimate) })
}

// place writes labels under their ticks, two cells apart, until one has no room.
func place(tr track, marks []tick, left int) bool {
	for _, m := range marks {
		w := cells(m.label)
		x := min(left+m.cell-w/2, len(tr)-w)
		if w > 0 && !(tr.free(max(x-gap, 0), min(x+w+gap, len(tr))) && tr.text(x, m.label)) {
			return false
		}
	}
	return true
}

// median returns the middle of values, which it sorts.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}
