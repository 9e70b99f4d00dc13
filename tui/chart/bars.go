package chart

import "math"

// Bar is one row of [Bars].
type Bar struct {
	Label    string
	Value    float64 // 0 or more, on the scale of Bars.Max
	Text     string  // the value as a person reads it
	Tone     Tone    // Auto is Series1
	Interval *Interval
	Withheld string // why there is no value; takes the place of the bar
}

// Bars compares values by length, all from zero: label, text and bar, one row
// a line. With an interval the bar is solid up to its low end, shaded from
// there to the value, and a whisker goes on to the high end.
type Bars struct {
	Rows []Bar
	Max  float64 // the end of the scale; 0 fits the largest value or interval

	Interactive bool // keeps room for the mark of the selected row
	Selected    int  // row under the cursor when Interactive; -1 for none
	MaxHeight   int  // lines at most, scrolled to keep Selected in view; 0 shows all
}

// Height is the number of lines Render returns: the rows, or MaxHeight if that
// is less.
func (b Bars) Height() int { return b.body().height() }

// RowAt returns the index of the row drawn on a line of Render, or -1.
func (b Bars) RowAt(line int) int { return b.body().rowAt(line) }

func (b Bars) body() body { return newBody(len(b.Rows), 0, 0, b.MaxHeight, b.Selected) }

// Render draws Height() lines of width cells.
func (b Bars) Render(width int, t Theme) string {
	width = max(width, 0)
	body := b.body()
	gutter := gutterWidth(b.Interactive)
	label, text := 0, 0
	for _, r := range b.Rows {
		label, text = max(label, cells(r.Label)), max(text, cells(r.Text))
	}
	const leastBar = 10
	slots := []slot{newSlot(label, Left, 0), newSlot(text, Right, 0)}
	room := width - gutter - body.bar()
	share(slots, max(room-gap-leastBar, min(room, 14)))
	left := gutter + used(slots) + gap
	s := scale{0, b.end(), max(width-left-body.bar(), 0)}

	br := newBrush(t, width)
	for r := body.first; r < body.end; r++ {
		row := b.Rows[r]
		br.begin(b.Interactive && r == b.Selected)
		br.gutter(gutter)
		br.slot(slots, 0, Text, row.Label, Left)
		br.slot(slots, 1, Text, row.Text, Right)
		br.to(left)
		if row.Withheld != "" {
			br.fit(Muted, row.Withheld, s.cells, Left)
		} else {
			br.track(row.marks(s, t))
		}
		body.drawBar(br, r)
	}
	return br.String()
}

// Extent is the scale: from zero to Max, or to the largest value or interval.
func (b Bars) Extent() Interval { return Interval{0, b.end()} }

// end returns the end of the scale.
func (b Bars) end() float64 {
	if b.Max > 0 {
		return bounded(b.Max)
	}
	end := 0.0
	for _, r := range b.Rows {
		if r.Withheld != "" {
			continue
		}
		if finite(r.Value) {
			end = max(end, r.Value)
		}
		if r.Interval != nil && finite(r.Interval.High) {
			end = max(end, r.Interval.High)
		}
	}
	if end == 0 {
		return 1
	}
	return bounded(end)
}

// marks draws the bar. What is not a number is nothing, what is below zero is
// an arrow at the start, and what is beyond the scale ends in one.
func (row Bar) marks(s scale, t Theme) track {
	tr := make(track, s.cells)
	tone := or(row.Tone, Series1)
	switch iv := row.Interval; {
	case math.IsNaN(row.Value):
		return tr
	case row.Value < 0:
		tr.set(0, tone, t.glyph("◀", "<"))
		return tr
	case iv == nil || math.IsNaN(iv.Low) || math.IsNaN(iv.High):
		tr.solid(row.Value, s, tone, t)
	default:
		tr.shaded(row.Value, *iv, s, tone, t)
	}
	if row.Value > s.high || row.Interval != nil && row.Interval.High > s.high {
		tr.set(s.cells-1, tone, t.glyph("▶", ">"))
	}
	return tr
}

// length returns the cells from zero to a value.
func (s scale) length(v float64) float64 {
	return max(0, min(v/s.high, 1)) * float64(s.cells)
}

// solid draws a bar to the eighth of a cell; what is not zero shows.
func (tr track) solid(value float64, s scale, tone Tone, t Theme) {
	length := s.length(value)
	whole := int(length)
	tr.span(0, whole-1, tone, t.glyph("█", "#"))
	if part := t.eighth(length - float64(whole)); part != "" {
		tr.set(whole, tone, part)
	} else if whole == 0 && value > 0 {
		tr.set(0, tone, t.glyph("▏", "|"))
	}
}

// shaded draws a bar that is certain only up to the low end of an interval,
// with a whisker from the value to the high end.
func (tr track) shaded(value float64, iv Interval, s scale, tone Tone, t Theme) {
	end := int(math.Round(s.length(value)))
	low, high := int(math.Round(s.length(iv.Low))), int(math.Round(s.length(iv.High)))
	tr.span(0, end-1, tone, t.glyph("█", "#"))
	tr.span(low, end-1, tone, t.glyph("▒", "="))
	tr.span(end, high-2, tone, t.glyph("─", "-"))
	if high > end {
		tr.set(high-1, tone, t.glyph("┤", "|"))
	}
}

// eighth returns the block that fills a part of a cell from the left, 0 <= part
// < 1; "" when it rounds to nothing.
func (t Theme) eighth(part float64) string {
	if t.ASCII {
		return [...]string{"", "#"}[int(math.Round(part))]
	}
	return [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}[int(math.Round(part*8))]
}
