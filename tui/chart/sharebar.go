package chart

import "math"

// Segment is one part of a [ShareBar].
type Segment struct {
	Label string
	Text  string  // the share as a person reads it, such as "41 %"
	Share float64 // 0 or more; parts are drawn in proportion to their sum
	Tone  Tone    // Auto takes the series tones in order
}

// ShareBar is one bar of parts that make up a whole. From top to bottom: the
// reference mark if there is one, the bar, the interval if there is one, and
// the legend. A part that is not nothing gets a cell at least, where the bar is
// long enough to spare it.
type ShareBar struct {
	Segments  []Segment
	Interval  *Interval // around the end of the first segment, as shares 0..1
	Reference *Mark     // such as a published share to compare with, 0..1
	Withheld  string    // why there is nothing to draw; takes the place of all but the legend
}

// Height is the number of lines Render returns at a width; the legend wraps.
func (b ShareBar) Height(width int) int {
	height := 1 + len(b.legend(max(width, 0)))
	if b.reference() {
		height++
	}
	if b.interval() {
		height++
	}
	return height
}

func (b ShareBar) reference() bool {
	return b.Withheld == "" && b.Reference != nil && finite(b.Reference.At)
}

func (b ShareBar) interval() bool {
	return b.Withheld == "" && b.Interval != nil && !math.IsNaN(b.Interval.Low) && !math.IsNaN(b.Interval.High)
}

// Render draws the bar in Height(width) lines of width cells.
func (b ShareBar) Render(width int, t Theme) string {
	width = max(width, 0)
	br := newBrush(t, width)
	if b.reference() {
		br.begin(false)
		br.track(b.referenceMark(width, t))
	}
	br.begin(false)
	if b.Withheld != "" {
		br.fit(Muted, b.Withheld, width, Left)
	} else {
		for i, n := range b.parts(width) {
			br.glyph(b.tone(i), t.Fill(b.tone(i)), n)
		}
	}
	if b.interval() {
		br.begin(false)
		br.track(b.intervalMark(width, t))
	}
	for _, line := range b.legend(width) {
		br.begin(false)
		b.drawLegend(br, line)
	}
	return br.String()
}

// drawLegend writes a line of the legend.
func (b ShareBar) drawLegend(br *brush, line []int) {
	for n, i := range line {
		if n > 0 {
			br.space(legendGap)
		}
		br.glyph(b.tone(i), br.theme.Fill(b.tone(i)), legendKey-1)
		br.space(1)
		br.text(Text, b.Segments[i].Label)
		br.space(1)
		br.text(Title, b.Segments[i].Text)
	}
}

func (b ShareBar) tone(i int) Tone { return or(b.Segments[i].Tone, Series(i)) }

// parts returns the cells of each segment. Cells go to where the running sum
// rounds to, so that each boundary is where its own share says; a segment that
// would vanish takes a cell from the widest.
func (b ShareBar) parts(width int) []int {
	sum := 0.0
	for _, s := range b.Segments {
		sum += positive(s.Share) / float64(len(b.Segments))
	}
	parts := make([]int, len(b.Segments))
	if sum == 0 {
		return parts
	}
	running, from, widest := 0.0, 0, 0
	for i, s := range b.Segments {
		running += positive(s.Share) / float64(len(b.Segments)) / sum
		to := int(math.Round(running * float64(width)))
		parts[i], from = to-from, to
		if parts[i] > parts[widest] {
			widest = i
		}
	}
	for i, s := range b.Segments {
		if positive(s.Share) > 0 && parts[i] == 0 && parts[widest] > len(parts) {
			parts[i]++
			parts[widest]--
		}
	}
	return parts
}

// positive returns v, or 0 for what cannot be a share.
func positive(v float64) float64 {
	if !finite(v) || v < 0 {
		return 0
	}
	return v
}

func (b ShareBar) referenceMark(width int, t Theme) track {
	tr := make(track, width)
	x := boundary(b.Reference.At, width)
	tr.set(x, Accent, t.glyph("▾", "v"))
	label := b.Reference.Label
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

func (b ShareBar) intervalMark(width int, t Theme) track {
	tr := make(track, width)
	low, high := boundary(b.Interval.Low, width), boundary(b.Interval.High, width)
	tr.span(low, high, Muted, t.glyph("─", "-"))
	if low == high {
		tr.set(low, Muted, t.glyph("│", "|"))
	} else {
		tr.set(low, Muted, t.glyph("├", "|"))
		tr.set(high, Muted, t.glyph("┤", "|"))
	}
	return tr
}

// boundary returns the cell that stands for a share of a width.
func boundary(share float64, width int) int {
	share = max(0, min(share, 1))
	return max(0, min(int(math.Round(share*float64(width))), width-1))
}

const (
	legendKey = 3 // a pattern of two cells and a blank
	legendGap = 3
)

// legend returns the indices of the segments on each line.
func (b ShareBar) legend(width int) [][]int {
	var lines [][]int
	room := 0
	for i, s := range b.Segments {
		w := legendKey + cells(s.Label) + 1 + cells(s.Text)
		if n := len(lines); n > 0 && legendGap+w <= room {
			lines[n-1] = append(lines[n-1], i)
			room -= legendGap + w
		} else {
			lines = append(lines, []int{i})
			room = width - w
		}
	}
	return lines
}
