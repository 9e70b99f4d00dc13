package svg

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"accord/tui/chart"
)

const (
	seriesHeight = vg.Length(210)
	mostDays     = 9 // labels on the axis of time
)

// series draws lines over time; false where there is nothing to draw.
func series(s chart.TimeSeries, label string) (string, bool) {
	days, values, ok := s.Extent()
	if !ok {
		return "", false
	}
	pad := (values.High - values.Low) * 0.06
	if pad == 0 {
		pad = max(values.High*0.1, 0.01)
	}
	high := values.High + pad
	low := values.Low - pad
	if values.Low >= 0 {
		low = max(low, 0)
	}
	days = spread(days)
	p := frame(days, chart.Interval{Low: low, High: high})
	p.Y.Tick.Label = style(chart.Muted, smallSize, text.XRight, text.YCenter)
	p.Y.Tick.Marker = rounded(chart.Interval{Low: low, High: high}, s.FormatY)
	p.X.Tick.Marker = plot.ConstantTicks(dayTicks(s, days))
	grid(p, false, true)
	marked, lines := layMarks(s.Marks, days)
	p.Add(marks(func(c draw.Canvas, x, y func(float64) vg.Length) {
		for _, m := range marked {
			c.StrokeLine2(line(of(chart.Border), 0.75, 2, 2), x(m.At), c.Min.Y, x(m.At), c.Max.Y+8+vg.Length(m.line)*topRoom)
		}
		for _, m := range marked { // over the lines of the others
			sty, at := style(chart.Muted, smallSize, m.align, text.YBottom), c.Max.Y+2+vg.Length(m.line)*topRoom
			left, wide := x(m.At)+m.gap, sty.Width(m.Label)
			if m.align == text.XRight {
				left -= wide
			}
			box(c, of(paper), left, at+1, left+wide, at+topRoom-4)
			write(c, sty, x(m.At)+m.gap, at, m.Label)
		}
		for _, day := range s.Rug {
			if day >= days.Low && day <= days.High {
				c.StrokeLine2(line(of(chart.Accent), 1.5), x(day), c.Min.Y, x(day), c.Min.Y+5)
			}
		}
		for i := len(s.Lines) - 1; i >= 0; i-- {
			sty := line(toned(s.Lines[i].Tone, chart.Series(i)), 1.75, dashes(i)...)
			for _, run := range runs(s.Lines[i].Points) {
				points := make([]vg.Point, len(run))
				for n, pt := range run {
					points[n] = vg.Point{X: x(pt.X), Y: y(pt.Y)}
				}
				c.StrokeLines(sty, points)
			}
		}
		if low > 0 { // the axis does not begin at zero, and says so
			write(c, style(chart.Border, textSize, text.XCenter, text.YCenter), c.Min.X, c.Min.Y+4, "≈")
		}
	}))
	top := vg.Length(lines)*topRoom + 4
	legend := lineKey(nil, s, 0)
	full := seriesHeight + top + legend
	return on(full, label, func(c draw.Canvas) {
		lineKey(&c, s, full)
		p.Draw(draw.Crop(c, 0, -6, 0, -top-legend))
	}), true
}

// runs are the parts of a line without gaps.
func runs(points []chart.Point) [][]chart.Point {
	var out [][]chart.Point
	broken := true
	for _, p := range points {
		switch {
		case !finite(p.X) || !finite(p.Y):
			broken = true
		case broken:
			out, broken = append(out, []chart.Point{p}), false
		default:
			out[len(out)-1] = append(out[len(out)-1], p)
		}
	}
	return out
}

// dayTicks are the days that are named: of those that are fit for it, every
// second, third or further one.
func dayTicks(s chart.TimeSeries, days chart.Interval) []plot.Tick {
	fit := slices.DeleteFunc(slices.Clone(s.XTicks), func(x float64) bool { return x < days.Low || x > days.High })
	if len(fit) < 2 {
		fit = nil
		for i := range 5 {
			fit = append(fit, days.Low+(days.High-days.Low)*float64(i)/4)
		}
	}
	every := (len(fit) + mostDays - 1) / mostDays
	for _, e := range []int{1, 2, 3, 6, 12} { // months read best in such steps
		if e >= every {
			every = e
			break
		}
	}
	var out []plot.Tick
	for i := 0; i < len(fit); i += every {
		name := ""
		if s.FormatX != nil {
			name = chart.Clean(s.FormatX(fit[i]))
		}
		out = append(out, plot.Tick{Value: fit[i], Label: orBlank(name)})
	}
	return out
}

// A placed mark has a line of its own above the plot where it would touch others.
type placed struct {
	chart.Mark
	line  int
	align text.XAlignment
	gap   vg.Length
}

// layMarks places the labels of marks on lines above the plot, and returns how
// many lines they take.
func layMarks(marks []chart.Mark, days chart.Interval) (out []placed, lines int) {
	const most = 4
	sty := style(chart.Muted, smallSize, text.XLeft, text.YBottom)
	// Where labels touch is told on a plot a little narrower than the drawing.
	x := func(day float64) vg.Length {
		return vg.Length((day-days.Low)/(days.High-days.Low)) * (width - 60)
	}
	var ends [most]vg.Length
	for i := range ends {
		ends[i] = -1
	}
	for _, m := range marks {
		if m.At < days.Low || m.At > days.High || !finite(m.At) {
			continue
		}
		m.Label = shown(m.Label)
		p := placed{Mark: m, align: text.XLeft, gap: 3}
		from, room := x(m.At), sty.Width(m.Label)+8
		if from+room > width-50 {
			p.align, p.gap, from = text.XRight, -3, from-room
		}
		for p.line = 0; p.line < most-1 && from < ends[p.line]; p.line++ {
		}
		if from < ends[p.line] {
			p.Label = "" // the mark stays
		} else if m.Label != "" {
			ends[p.line] = from + room
			lines = max(lines, p.line+1)
		}
		out = append(out, p)
	}
	return out, lines
}

// lineKey names the lines beside a piece of each, and returns how high that is;
// with c nil it only measures.
func lineKey(c *draw.Canvas, s chart.TimeSeries, top vg.Length) vg.Length {
	const sample, gap = 24, 16
	x, y := vg.Length(0), top-topRoom/2
	sty := style(chart.Text, textSize, text.XLeft, text.YCenter)
	any := false
	for i, l := range s.Lines {
		if l.Label == "" {
			continue
		}
		room := sample + 4 + sty.Width(shown(l.Label))
		if x > 0 && x+room > width {
			x, y = 0, y-topRoom
		}
		if c != nil {
			c.StrokeLine2(line(toned(l.Tone, chart.Series(i)), 1.75, dashes(i)...), x, y, x+sample, y)
			write(*c, sty, x+sample+4, y, l.Label)
		}
		x, any = x+room+gap, true
	}
	if !any {
		return 0
	}
	return top - y + topRoom/2
}
