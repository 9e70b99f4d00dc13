package chart

import (
	"math"
	"slices"
)

// frame is how a [TimeSeries] divides its rectangle.
type frame struct {
	legend, axis   bool    // whether they are drawn
	marks          int     // lines for the labels of marks
	left           int     // cells before the plot: labels and the axis
	columns, rows  int     // of the plot
	x, y           scale   // y has a dot, not a row, as its finest step
	base           float64 // the lowest tick of the value axis
	yTicks, xTicks []tick
}

// tick is a labelled value of an axis, at a row or column of the plot.
type tick struct {
	cell  int
	label string
}

// frame shares out width and height, with up to markLines lines for marks.
func (c TimeSeries) frame(width, height int, days, values Interval, markLines int) frame {
	f := frame{rows: height}
	if height >= 4 {
		f.axis = true
		f.rows -= 2
	}
	labelled := slices.ContainsFunc(c.Lines, func(l Line) bool { return l.Label != "" })
	if f.rows >= 4 && labelled {
		f.legend = true
		f.rows--
	}
	if f.rows >= 5 && len(c.Marks) > 0 {
		f.marks = markLines
		f.rows -= markLines
	}
	f.valueAxis(values, c.FormatY)
	// A cut number reads as another number, so labels are whole or not at all.
	const leastPlot = 8
	widest := 0
	for _, t := range f.yTicks {
		widest = max(widest, cells(t.label))
	}
	if f.left = widest + 2; widest == 0 || f.left+leastPlot > width {
		f.left = min(1, width)
		f.yTicks = nil
	}
	f.columns = max(width-f.left, 0)
	f.x = newScale(days.Low, days.High, f.columns)
	c.timeAxis(&f, width)
	return f
}

// fewTicks are not too many for a plot of few rows, which cannot spare height.
const fewTicks = 5

// valueAxis sets the value axis: round numbers around the values, a whole
// number of rows apart, each amid its row where the tick is drawn; two rows apart or
// more, of dots, as one row more or less is not seen. What is left over goes on top,
// so of the possible steps that one is taken which gives the values most of the
// height, a finer one for as much.
func (f *frame) valueAxis(values Interval, formatY func(float64) string) {
	around := newScale(values.Low, values.High, f.rows)
	f.y, f.base = around, around.low
	best := math.Inf(1)
	for n := max(f.rows*2/5, min(f.rows-1, fewTicks)); n > 0 && f.rows >= 3; n-- {
		step := niceStep(around.high-around.low, n)
		first := math.Floor(around.low/step + 1e-9)
		steps := math.Ceil(around.high/step-1e-9) - first
		if !(steps >= 1 && steps <= float64(f.rows-1)) {
			continue
		}
		apart := (f.rows - 1) / int(steps) * 4
		if apart >= 8 {
			apart = (f.rows - 1) * 4 / int(steps)
		}
		dot := step / float64(apart)
		if dot > best*0.95 {
			continue
		}
		var labels []string
		for i := range int(steps) + 1 {
			labels = append(labels, format(formatY, (first+float64(i))*step))
		}
		if n > 1 && repeats(labels) {
			continue
		}
		best = dot
		f.base = first * step
		f.y = newScale(f.base-1.5*dot, f.base+(float64((f.rows-1)*4)+1.5)*dot, f.rows)
		f.yTicks = nil
		for i, label := range labels {
			f.yTicks = append(f.yTicks, tick{f.row((first + float64(i)) * step), label})
		}
	}
}

// repeats reports whether labels are too coarse to tell ticks apart.
func repeats(labels []string) bool {
	for i := 1; i < len(labels); i++ {
		if labels[i] != "" && labels[i] == labels[i-1] {
			return true
		}
	}
	return false
}

// timeAxis sets the labelled days: as many of the candidates as have room, at
// even steps.
func (c TimeSeries) timeAxis(f *frame, width int) {
	days := c.XTicks
	if days == nil {
		w := max(cells(format(c.FormatX, f.x.low)), cells(format(c.FormatX, f.x.high)))
		n := max(f.columns/(w+4), 1)
		for i := range n + 1 {
			days = append(days, math.Round(f.x.low+(f.x.high-f.x.low)*float64(i)/float64(n)))
		}
	}
	days = slices.DeleteFunc(slices.Clone(days), func(d float64) bool {
		return !(d >= f.x.low && d <= f.x.high)
	})
	// Steps that divide a year, as candidates are often the starts of months.
	for _, step := range [...]int{1, 2, 3, 4, 6, 12, 24, 60, 120, max(len(days), 1)} {
		f.xTicks = nil
		end, fits := -gap, true
		for i := 0; i < len(days) && fits; i += step {
			t := tick{f.x.cell(days[i]), format(c.FormatX, days[i])}
			from, to := f.labelAt(t, width)
			fits = from >= end+gap
			end = to
			f.xTicks = append(f.xTicks, t)
		}
		if fits {
			return
		}
	}
}

// labelAt returns the cells of a time label: centred under its column, moved
// where it would leave the drawing.
func (f frame) labelAt(t tick, width int) (from, to int) {
	w := cells(t.label)
	from = max(min(f.left+t.cell-w/2, width-w), 0)
	return from, from + w
}

// dot returns the position of a value among n dots; values off the scale lie
// outside 0..n-1 but within reach of whole numbers.
func (s scale) dot(v float64, n int) float64 {
	part := (bounded(v) - s.low) / (s.high - s.low)
	return max(-1e6, min(part*float64(n-1), 1e6))
}

// row returns the row of the plot on which a value lies.
func (f frame) row(v float64) int {
	return int(math.Round(float64(f.rows*4-1)-f.y.dot(v, f.rows*4))) / 4
}

// yAxis writes the label and the axis at a row of the plot.
func (f frame) yAxis(br *brush, row int, t Theme) {
	for _, tick := range f.yTicks {
		if tick.cell == row {
			br.fit(Muted, tick.label, f.left-2, Right)
			br.space(1)
			br.glyph(Border, t.glyph("┤", "+"), 1)
			return
		}
	}
	br.to(f.left - 1)
	br.glyph(Border, t.glyph("│", "|"), 1)
}

// xRule writes the time axis.
func (f frame) xRule(br *brush, rug []float64, t Theme) {
	br.to(f.left - 1)
	if f.base <= 0 && f.y.high >= 0 {
		br.glyph(Border, t.glyph("└", "+"), 1)
	} else {
		br.glyph(Border, t.glyph("≈", "~"), 1)
	}
	tr := make(track, f.columns)
	tr.span(0, f.columns-1, Border, t.glyph("─", "-"))
	for _, tick := range f.xTicks {
		tr.set(tick.cell, Border, t.glyph("┬", "+"))
	}
	for _, day := range rug {
		if day >= f.x.low && day <= f.x.high {
			tr.set(f.x.cell(day), Accent, t.glyph("▴", "^"))
		}
	}
	br.track(tr)
}

// xLabels writes the days under the axis.
func (f frame) xLabels(width int) track {
	tr := make(track, width)
	for _, tick := range f.xTicks {
		from, _ := f.labelAt(tick, width)
		tr.text(from, tick.label)
	}
	return tr
}
