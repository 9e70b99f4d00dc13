package svg

import (
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"accord/tui/chart"
)

// Columns is the width in cells that a chart is made for which is drawn here,
// where it depends on one.
const Columns = 99

// The sizes of a drawing, in points; the page scales it.
const (
	width     = vg.Length(640)
	rowHeight = vg.Length(23)
	axisRoom  = vg.Length(30)
	topRoom   = vg.Length(18) // of a line of text above the plot
)

// Draw draws a chart of package chart as an SVG element that is called label;
// false for a kind that has no drawing, such as a table.
func Draw(c any, label string) (string, bool) {
	switch c := c.(type) {
	case chart.Bars:
		return bars(c, label), len(c.Rows) > 0
	case chart.Forest:
		return forest(c, label), len(c.Rows) > 0
	case chart.Stack:
		return stack(c, label), len(c.Rows) > 0
	case chart.ShareBar:
		return share(c, label), len(c.Segments) > 0
	case chart.Heat:
		return heat(c, label), len(c.Rows) > 0
	case chart.TimeSeries:
		return series(c, label)
	case []chart.TimeSeries: // one below the other
		var all []string
		for _, s := range c {
			if drawing, ok := series(s, label); ok {
				all = append(all, drawing)
			}
		}
		return strings.Join(all, "\n"), len(all) > 0
	}
	return "", false
}

// on draws on a canvas of a height.
func on(height vg.Length, label string, paint func(draw.Canvas)) string {
	c := vgsvg.New(width, height)
	paint(draw.New(c))
	var b strings.Builder
	if _, err := c.WriteTo(&b); err != nil { // a strings.Builder does not fail
		return ""
	}
	return finish(b.String(), label)
}

// A marks plotter draws marks over a plot whose axes are set.
type marks func(c draw.Canvas, x, y func(float64) vg.Length)

// Plot implements plot.Plotter.
func (m marks) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	m(c, x, y)
}

// spread is an interval of some extent, for an axis.
func spread(iv chart.Interval) chart.Interval {
	if most := max(math.Abs(iv.Low), math.Abs(iv.High)); iv.High-iv.Low <= most*1e-6 {
		pad := max(most*0.05, 1e-9)
		return chart.Interval{Low: iv.Low - pad, High: iv.High + pad}
	}
	return iv
}

// within is the part of an interval that a scale shows; false for what is no
// interval.
func within(low, high float64, scale chart.Interval) (chart.Interval, bool) {
	if math.IsNaN(low) || math.IsNaN(high) {
		return chart.Interval{}, false
	}
	clamp := func(v float64) float64 { return max(scale.Low, min(v, scale.High)) }
	return chart.Interval{Low: clamp(low), High: clamp(high)}, true
}

// frame is a plot with the axes that all drawings have.
func frame(x, y chart.Interval) *plot.Plot {
	x, y = spread(x), spread(y)
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = x.Low, x.High, y.Low, y.High
	p.X.Padding, p.Y.Padding = 0, 0
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.LineStyle = line(of(chart.Border), 0.75)
		a.Tick.LineStyle = a.LineStyle
		a.Tick.Length = 3
	}
	p.X.Tick.Label = style(chart.Muted, smallSize, text.XCenter, text.YTop)
	p.Y.Tick.Label = style(chart.Text, textSize, text.XRight, text.YCenter)
	return p
}

// grid draws faint lines behind the marks.
func grid(p *plot.Plot, upright, level bool) {
	g := plotter.NewGrid()
	g.Vertical, g.Horizontal = line(ink{chart.Border, 0.3}, 0.5), line(ink{chart.Border, 0.3}, 0.5)
	if !upright {
		g.Vertical.Color = nil
	}
	if !level {
		g.Horizontal.Color = nil
	}
	p.Add(g)
}

// rounded are ticks at round numbers within bounds, in the words of format.
func rounded(bounds chart.Interval, format func(float64) string) plot.Ticker {
	return plot.TickerFunc(func(low, high float64) []plot.Tick {
		var out []plot.Tick
		for _, t := range (plot.DefaultTicks{}).Ticks(low, high) {
			if t.Label == "" || t.Value < bounds.Low-1e-9 || t.Value > bounds.High+1e-9 {
				continue
			}
			if math.Abs(t.Value) < 1e-12 {
				t.Value = 0
			}
			t.Label = ""
			if format != nil {
				t.Label = chart.Clean(format(t.Value))
			}
			out = append(out, t)
		}
		return out
	})
}

// rows is a plot of rows from top to bottom, each named beside the axis.
func rows(x chart.Interval, labels []string) *plot.Plot {
	n := len(labels)
	p := frame(x, chart.Interval{Low: -0.5, High: float64(n) - 0.5})
	p.Y.LineStyle.Width, p.Y.Tick.Length = 0, 0
	p.Y.Tick.Marker = plot.TickerFunc(func(float64, float64) []plot.Tick {
		ticks := make([]plot.Tick, n)
		for i, l := range labels {
			ticks[i] = plot.Tick{Value: float64(n - 1 - i), Label: orBlank(shown(l))}
		}
		return ticks
	})
	return p
}

// orBlank keeps a tick without a name a tick with one, which the library draws
// as a large one.
func orBlank(s string) string {
	if s == "" {
		return " "
	}
	return s
}

// at is the height of a row's middle.
func at(y func(float64) vg.Length, n, row int) vg.Length { return y(float64(n - 1 - row)) }

// whisker draws an interval from x0 to x1 with its ends.
func whisker(c draw.Canvas, i ink, x0, x1, y, end vg.Length) {
	sty := line(i, 1.5)
	c.StrokeLine2(sty, x0, y, x1, y)
	for _, x := range []vg.Length{x0, x1} {
		c.StrokeLine2(sty, x, y-end, x, y+end)
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// key draws a legend of areas from the left, on as many lines as it takes, and
// returns how high it is; with c nil it only measures.
func key(c *draw.Canvas, parts []chart.Segment, top vg.Length) vg.Length {
	const sample, gap = 14, 16
	x, y := vg.Length(0), top-topRoom/2
	sty := style(chart.Text, textSize, text.XLeft, text.YCenter)
	for i, part := range parts {
		words := shown(strings.TrimSpace(part.Label + " " + part.Text))
		room := sample + 4 + sty.Width(words)
		if x > 0 && x+room > width {
			x, y = 0, y-topRoom
		}
		if c != nil {
			box(*c, toned(part.Tone, chart.Series(i)), x, y-5, x+sample, y+5)
			write(*c, sty, x+sample+4, y, words)
		}
		x += room + gap
	}
	return top - y + topRoom/2
}
