package chart

import (
	"math"
	"slices"
	"strings"
)

// Effect is one row of a [Forest].
type Effect struct {
	Label string
	Sub   string // quieter text after the label; gives way first when room is short
	Cells []Cell // by Forest.Columns; may be shorter

	Estimate  float64
	Low, High float64   // of the interval; an infinite end is open
	Trend     []float64 // in order, for a sparkline; what is not finite leaves a gap
	Verdict   Cell      // a glyph and words after it, which go where room is short; its tone is that of the marks too
	Withheld  string    // why there is no estimate; takes the place of the marks
	Summary   bool      // pools the others; drawn as a diamond
	Heading   bool      // a group heading: only Label is drawn
}

// Forest compares estimates and their intervals on one scale: a header, the
// rows, and the axis in two lines, which are blank where no row has an estimate.
//
// An interval that excludes Zero is never drawn on the line of Zero, however
// near it ends. One that goes beyond the scale ends in an arrow.
type Forest struct {
	Title   string   // above the labels
	Columns []Column // text between the labels and the plot
	Rows    []Effect

	Plot int // the least width of the plot before columns give way to it; 0 is 16

	TrendName string // heads the trends

	Format  func(float64) string // a value on the axis as text
	Range   *Interval            // the scale; nil fits the rows but for ends of intervals far beyond most
	Zero    float64              // where no effect is
	Caption [2]string            // what the left and the right of Zero mean, in the header

	Interactive bool // keeps room for the mark of the selected row
	Selected    int  // row under the cursor when Interactive, headings counted; -1 for none
	MaxHeight   int  // lines at most, scrolled to keep Selected in view; 0 shows all
}

// forestPlot is the least width of the plot before columns give way to it.
const forestPlot = 16

// Height is the number of lines Render returns: the rows and three, or
// MaxHeight if that is less.
func (f Forest) Height() int { return f.body().height() }

// RowAt returns the index of the row drawn on a line of Render, or -1.
func (f Forest) RowAt(line int) int { return f.body().rowAt(line) }

func (f Forest) body() body { return newBody(len(f.Rows), 1, 2, f.MaxHeight, f.Selected) }

// Render draws Height() lines of width cells.
func (f Forest) Render(width int, t Theme) string {
	width = max(width, 0)
	body := f.body()
	gutter := gutterWidth(f.Interactive)
	slots, trend := f.share(width - gutter - body.bar())
	left := gutter + used(slots) + gap
	plot := max(width-left-trend-body.bar(), 0)
	s, empty := f.scale(plot), f.empty()

	br := newBrush(t, width)
	if body.head > 0 {
		br.begin(false)
		br.space(gutter)
		br.slot(slots, 0, Muted, f.Title, Left)
		br.slot(slots, 1, Muted, "", Left)
		for i, c := range f.Columns {
			br.slot(slots, i+2, Muted, c.Title, c.Align)
		}
		if !empty {
			br.to(left)
			br.track(f.captions(s, t))
		}
		if trend > 0 {
			br.to(left + plot + gap)
			br.fit(Muted, f.TrendName, trend-gap, Left)
		}
	}
	for r := body.first; r < body.end; r++ {
		row := f.Rows[r]
		br.begin(f.Interactive && r == f.Selected)
		br.gutter(gutter)
		if row.Heading {
			br.fit(Title, row.Label, used(slots), Left)
		} else {
			f.text(br, slots, row)
		}
		br.to(left)
		if row.Withheld != "" {
			br.fit(Muted, row.Withheld, plot, Left)
		} else if !empty {
			br.track(f.marks(row, s, t))
		}
		if trend > 0 {
			br.to(left + plot + gap)
			Sparkline{Values: row.Trend}.draw(br, trend-gap)
		}
		body.drawBar(br, r)
	}
	var rule, labels track
	if !empty {
		rule, labels = f.axis(s, left, width, t)
	}
	if body.foot > 0 {
		br.begin(false)
		br.to(left)
		br.track(rule)
	}
	if body.foot > 1 {
		br.begin(false)
		br.track(labels)
	}
	return br.String()
}

// share returns the slots of the label, the sub-label, the columns and the
// verdict, which leave the plot its least width if they can, and the room of the
// trend with its gap, which is there where no column that is needed gives way to it.
func (f Forest) share(room int) (all []slot, trend int) {
	label, sub, verdict, glyph := cells(f.Title), 0, 0, 0
	for _, r := range f.Rows {
		if r.Heading {
			continue
		}
		label = max(label, cells(r.Label))
		sub = max(sub, cells(r.Sub))
		verdict = max(verdict, cells(r.Verdict.Text))
		glyph = max(glyph, cells(firstWord(r.Verdict.Text)))
		if n := len(r.Trend); n > 1 {
			trend = max(trend, min(max(n, cells(f.TrendName)), trendWidth)+gap)
		}
	}
	slots := []slot{newSlot(label, Left, 0), newSlot(sub, Left, math.MaxInt)}
	slots = append(slots, columnSlots(f.Columns, len(f.Rows), func(r int) []Cell { return f.Rows[r].Cells })...)
	least := forestPlot
	if f.Plot > 0 {
		least = f.Plot
	}
	fit := func(trend int) (all []slot) {
		room := max(room-gap-least-trend, min(room, 12))
		for _, w := range [...]int{verdict, glyph} {
			all = append(slices.Clone(slots), newSlot(w, Right, 0))
			share(all, room)
			if all[0].width >= min(label, 12) && all[len(slots)].width == w {
				break
			}
		}
		return all
	}
	for _, trend := range [...]int{trend, min(trend, cells(f.TrendName)+gap)} {
		all = fit(trend)
		if trend == 0 || fitsTrend(all[2:], f.Columns, room-used(all)-gap-trend, least) {
			return all, trend
		}
	}
	return fit(0), 0
}

// firstWord returns s up to its first space.
func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// text writes what stands left of the plot.
func (f Forest) text(br *brush, slots []slot, row Effect) {
	br.slot(slots, 0, Text, row.Label, Left)
	br.slot(slots, 1, Muted, row.Sub, Left)
	for i, c := range f.Columns {
		cell := at(row.Cells, i)
		br.slot(slots, i+2, or(cell.Tone, Text), cell.Text, c.Align)
	}
	verdict := slots[len(slots)-1]
	words := row.Verdict.Text
	if cells(words) > verdict.width {
		words = firstWord(words)
	}
	br.slot(slots, len(slots)-1, or(row.Verdict.Tone, Neutral), words, Left)
}
