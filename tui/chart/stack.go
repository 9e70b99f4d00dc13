package chart

import "math"

// StackRow is one row of a [Stack].
type StackRow struct {
	Label string
	Cells []Cell // by Stack.Columns; may be shorter

	Shares   []float64 // by Stack.Parts, of 1; what is not finite is withheld
	Interval *Interval // around the end of the first part
	Trend    []float64 // in order, for a sparkline; what is not finite leaves a gap
	Withheld string    // why there is nothing to draw; takes the place of the bar
	Whole    bool      // what the others are parts of; set apart by its tone
}

// Stack compares the make-up of groups: a bar of all its parts a row, each as
// long as the others. From top to bottom: the legend, which says the whole's
// shares, the reference mark, a header, the rows, and the axis. What is
// withheld of a row is the end of its bar, dotted.
//
// The reference stands on every bar, and the interval's ends lie over the parts
// that they may move between.
type Stack struct {
	Title   string    // above the labels
	Parts   []Segment // their Share is not drawn
	Columns []Column  // text between the labels and the bars
	Rows    []StackRow

	Reference *Mark // on the scale 0..1
	TrendName string
	Format    func(float64) string // a share on the axis as text

	Interactive bool // keeps room for the mark of the selected row
	Selected    int  // row under the cursor when Interactive; -1 for none
	MaxHeight   int  // lines at most, scrolled to keep Selected in view; 0 shows all
}

// The least width of the bars before columns give way to them, and the most of a
// trend, which is there only where it leaves the bars as much.
const (
	stackBar   = 16
	trendWidth = 10
)

// Height is the number of lines Render returns at a width; the legend wraps.
func (s Stack) Height(width int) int { return s.body(width).height() }

// RowAt returns the index of the row drawn on a line of Render at a width, or -1.
func (s Stack) RowAt(width, line int) int { return s.body(width).rowAt(line) }

func (s Stack) body(width int) body {
	head, foot := s.head(width), 1
	if s.MaxHeight <= 0 {
		return newBody(len(s.Rows), head, foot, 0, s.Selected)
	}
	if head+len(s.Rows)+foot > s.MaxHeight {
		foot = 0 // shares read without an axis, not without a legend
	}
	return fitBody(len(s.Rows), min(head, s.MaxHeight/2), foot, s.MaxHeight, s.Selected)
}

// head is the number of lines above the rows: the legend, the reference and the
// header. Where there is no room for all, the first give way.
func (s Stack) head(width int) int {
	n := 1 + len(s.legend(width))
	if s.referenced() {
		n++
	}
	return n
}

func (s Stack) referenced() bool { return s.Reference != nil && finite(s.Reference.At) }

// legend is the parts on each line of the legend, which stands over the labels.
func (s Stack) legend(width int) [][]int {
	return s.key().legend(max(width-gutterWidth(s.Interactive), 0))
}

// key is the legend as a bar's.
func (s Stack) key() ShareBar { return ShareBar{Segments: s.Parts} }

// Render draws Height(width) lines of width cells.
func (s Stack) Render(width int, t Theme) string {
	width = max(width, 0)
	body := s.body(width)
	gutter := gutterWidth(s.Interactive)
	slots, trend := s.slots(width - gutter - body.bar())
	left := gutter + used(slots) + gap
	plot := max(width-left-trend-body.bar(), 0)

	br := newBrush(t, width)
	skip := s.head(width) - body.head
	for _, line := range s.legend(width) {
		if skip--; skip < 0 {
			br.begin(false)
			br.space(gutter)
			s.key().drawLegend(br, line)
		}
	}
	if s.referenced() {
		if skip--; skip < 0 {
			br.begin(false)
			br.track(s.reference(left, plot, width, t))
		}
	}
	if body.head > 0 {
		br.begin(false)
		br.space(gutter)
		br.slot(slots, 0, Muted, s.Title, Left)
		for i, c := range s.Columns {
			br.slot(slots, i+1, Muted, c.Title, c.Align)
		}
		if trend > 0 {
			room := trend + plot - gap // nothing else stands above the bars
			br.to(left + gap)
			br.fit(Muted, s.TrendName, room, Right)
		}
	}
	for r := body.first; r < body.end; r++ {
		row := s.Rows[r]
		br.begin(s.Interactive && r == s.Selected)
		br.gutter(gutter)
		tone := Text
		if row.Whole {
			tone = Title
		}
		br.slot(slots, 0, tone, row.Label, Left)
		for i, c := range s.Columns {
			cell := at(row.Cells, i)
			br.slot(slots, i+1, or(cell.Tone, tone), cell.Text, c.Align)
		}
		br.to(left)
		if row.Withheld != "" {
			br.fit(Muted, row.Withheld, plot, Left)
		} else {
			br.track(s.bar(row, plot, t))
		}
		if trend > 0 {
			br.to(left + plot + gap)
			Sparkline{Values: row.Trend}.draw(br, trend-gap)
		}
		body.drawBar(br, r)
	}
	if body.foot > 0 {
		br.begin(false)
		br.to(left)
		br.track(s.axis(plot))
	}
	return br.String()
}

// slots returns the room of the label and the columns, and that of the trend
// with its gap.
func (s Stack) slots(room int) (slots []slot, trend int) {
	label := cells(s.Title)
	for _, r := range s.Rows {
		label = max(label, cells(r.Label))
		if n := len(r.Trend); n > 1 {
			trend = max(trend, min(n, trendWidth)+gap)
		}
	}
	fit := func(trend int) []slot {
		slots := []slot{newSlot(label, Left, 0)}
		slots = append(slots, columnSlots(s.Columns, len(s.Rows), func(r int) []Cell { return s.Rows[r].Cells })...)
		share(slots, max(room-gap-stackBar-trend, min(room, 14)))
		return slots
	}
	slots = fit(trend)
	if trend == 0 || fitsTrend(slots[1:], s.Columns, room-used(slots)-gap-trend, stackBar) {
		return slots, trend
	}
	return fit(0), 0
}

// fitsTrend reports whether a trend leaves the plot its least width, and the columns
// that go last theirs: it is worth less than they are.
func fitsTrend(slots []slot, columns []Column, plot, least int) bool {
	for i, c := range columns {
		if c.Drop < 3 && slots[i].width == 0 {
			return false
		}
	}
	return plot >= least
}

// bar draws the parts of a row, its interval over them, and the reference.
func (s Stack) bar(row StackRow, plot int, t Theme) track {
	tr := make(track, plot)
	known := ShareBar{}
	sum, withheld := 0.0, false
	tones := []Tone{}
	for i := range s.Parts {
		v := math.NaN()
		if i < len(row.Shares) {
			v = row.Shares[i]
		}
		if !finite(v) {
			withheld = true
			continue
		}
		sum += positive(v)
		known.Segments = append(known.Segments, Segment{Share: v})
		tones = append(tones, or(s.Parts[i].Tone, Series(i)))
	}
	if withheld {
		known.Segments = append(known.Segments, Segment{Share: max(1-sum, 0)})
	}
	x := 0
	for i, n := range known.parts(plot) {
		if i < len(tones) {
			tr.span(x, x+n-1, tones[i], t.Fill(tones[i]))
		} else {
			tr.span(x, x+n-1, Muted, t.glyph("·", "."))
		}
		x += n
	}
	if iv := row.Interval; iv != nil && finite(iv.Low) && finite(iv.High) && plot > 0 {
		low, high := boundary(iv.Low, plot), boundary(iv.High, plot)
		if low > 0 && high > low+1 { // the ends lie outside of what they bound
			tr.span(low, high, Title, t.glyph("─", "-"))
			tr.set(low, Title, t.glyph("├", "["))
			tr.set(high, Title, t.glyph("┤", "]"))
		}
	}
	if s.referenced() && plot > 0 {
		tr.set(boundary(s.Reference.At, plot), Accent, t.glyph("│", "|"))
	}
	return tr
}

// reference draws the mark above the bars, with its label where there is room
// on the line: behind it, or before it.
func (s Stack) reference(left, plot, width int, t Theme) track {
	tr := make(track, width)
	if plot == 0 {
		return tr
	}
	x := left + boundary(s.Reference.At, plot)
	tr.set(x, Accent, t.glyph("▾", "v"))
	label := s.Reference.Label
	switch w := cells(label); {
	case x+2+w <= width:
		tr.text(x+2, label)
	case x-1-w >= 0:
		tr.text(x-1-w, label)
	case x > width/2:
		tr.text(0, t.Fit(label, x-1, Right))
	default:
		tr.text(x+2, t.Fit(label, width-x-2, Left))
	}
	return tr
}

// axis writes the ends and the middle of the scale.
func (s Stack) axis(plot int) track {
	tr := make(track, plot)
	if s.Format == nil {
		return tr
	}
	start, middle, end := s.Format(0), s.Format(0.5), s.Format(1)
	tr.text(0, start)
	tr.text(plot-cells(end), end)
	tr.text(plot/2-cells(middle)/2, middle)
	return tr
}
