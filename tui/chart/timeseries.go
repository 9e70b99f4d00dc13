package chart

import "math"

// Point is a value at a time.
type Point struct {
	X float64 // days since any fixed day
	Y float64 // what is not finite breaks the line
}

// Line is one series of a [TimeSeries].
type Line struct {
	Label  string  // in the legend; "" leaves the line out of it
	Points []Point // by ascending X
	Tone   Tone    // Auto takes the series tones in order
}

// TimeSeries draws lines over time, told apart by tone and by dashes. From top
// to bottom: the legend if a line has a label, the labels of marks if there are
// any, the plot, and the time axis in two lines. Where height is short the
// parts around the plot go: first the labels of marks, then the legend, then
// the axis.
//
// The value axis runs over round numbers around the data. Where it does not
// start at zero, its foot is drawn broken.
type TimeSeries struct {
	Lines    []Line
	Marks    []Mark               // vertical marks at days, drawn if within the data
	Rug      []float64            // days marked on the time axis
	FormatX  func(float64) string // a day as a date
	FormatY  func(float64) string // a value as text
	XTicks   []float64            // days fit for labels, ascending, such as month starts; nil spreads them evenly
	FromZero bool                 // the value axis includes zero whatever the data
	YRange   *Interval            // what the value axis shows at least, whatever the data
	XRange   *Interval            // what the time axis shows at least, whatever the data
	Empty    string               // what to say when there is no value to draw
}

// Render draws exactly height lines of width cells.
func (c TimeSeries) Render(width, height int, t Theme) string {
	width, height = max(width, 0), max(height, 0)
	br := newBrush(t, width)
	days, values, ok := c.Extent()
	if !ok {
		for row := range height {
			br.begin(false)
			if row == height/2 {
				br.fit(Muted, c.Empty, width, Center)
			}
		}
		return br.String()
	}
	f := c.frame(width, height, days, values, 1)
	above, whole := c.markRows(f, t)
	if !whole && f.rows >= 10 {
		f = c.frame(width, height, days, values, 2)
		above, _ = c.markRows(f, t)
	}
	if f.legend {
		br.begin(false)
		c.drawLegend(br, f, t)
	}
	for _, tr := range above {
		br.begin(false)
		br.to(f.left)
		br.track(tr)
	}
	surface := c.surface(f, t)
	for row := range f.rows {
		br.begin(false)
		f.yAxis(br, row, t)
		tr := make(track, f.columns)
		c.backdrop(tr, f, row, t)
		surface.draw(tr, row, c.tone)
		br.track(tr)
	}
	if f.axis {
		br.begin(false)
		f.xRule(br, c.Rug, t)
		br.begin(false)
		br.track(f.xLabels(width))
	}
	return br.String()
}

func (c TimeSeries) tone(line int) Tone { return or(c.Lines[line].Tone, Series(line)) }

// Extent returns the ranges of the finite points, with what FromZero and YRange
// add; ok is false without any.
func (c TimeSeries) Extent() (days, values Interval, ok bool) {
	days = Interval{math.Inf(1), math.Inf(-1)}
	values = days
	for _, l := range c.Lines {
		for _, p := range l.Points {
			if finite(p.X) && finite(p.Y) {
				ok = true
				days = Interval{min(days.Low, p.X), max(days.High, p.X)}
				values = Interval{min(values.Low, p.Y), max(values.High, p.Y)}
			}
		}
	}
	if c.FromZero {
		values = Interval{min(values.Low, 0), max(values.High, 0)}
	}
	if r := c.XRange; r != nil && finite(r.Low) && finite(r.High) {
		days = Interval{min(days.Low, r.Low), max(days.High, r.High)}
	}
	if r := c.YRange; r != nil && finite(r.Low) && finite(r.High) {
		values = Interval{min(values.Low, r.Low), max(values.High, r.High)}
	}
	return days, values, ok
}

// surface draws the lines, the first on top.
func (c TimeSeries) surface(f frame, t Theme) *dots {
	d := newDots(f.columns, f.rows, t.ASCII)
	for i := len(c.Lines) - 1; i >= 0; i-- {
		points := make([]Point, 0, len(c.Lines[i].Points))
		for _, p := range c.Lines[i].Points {
			if !finite(p.X) {
				continue
			}
			if !finite(p.Y) {
				points = append(points, Point{0, math.NaN()})
				continue
			}
			points = append(points, Point{f.x.dot(p.X, f.columns*2), float64(f.rows*4-1) - f.y.dot(p.Y, f.rows*4)})
		}
		d.path(points, i)
	}
	return d
}

// backdrop draws what lies behind the lines: zero where it is amid the values,
// and the marks.
func (c TimeSeries) backdrop(tr track, f frame, row int, t Theme) {
	if f.base < 0 && f.y.high > 0 && f.row(0) == row {
		tr.span(0, len(tr)-1, Border, t.glyph("┈", "-"))
	}
	for _, m := range c.visibleMarks(f) {
		tr.set(m.column, Border, t.glyph("┊", ":"))
	}
}

// drawLegend names the lines beside a piece of each.
func (c TimeSeries) drawLegend(br *brush, f frame, t Theme) {
	const sample = 4
	br.to(f.left)
	for i, l := range c.Lines {
		if l.Label == "" {
			continue
		}
		if br.column > f.left {
			br.space(legendGap)
		}
		d := newDots(sample, 1, t.ASCII)
		d.path([]Point{{0, 2}, {sample*2 - 1, 2}}, i)
		tr := make(track, min(sample, br.width-br.column))
		d.draw(tr, 0, c.tone)
		br.track(tr)
		br.space(1)
		br.text(Text, l.Label)
	}
}
