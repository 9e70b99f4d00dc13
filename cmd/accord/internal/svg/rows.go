package svg

import (
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"accord/tui/chart"
)

// height is that of a plot of n rows.
func height(n int) vg.Length { return vg.Length(n)*rowHeight + axisRoom }

// beside writes why a row has no marks.
func beside(c draw.Canvas, x, y vg.Length, why string) {
	sty := style(chart.Muted, smallSize, text.XLeft, text.YCenter)
	if why = cut(why, 2*longest); why != "" {
		c.FillText(sty, vg.Point{X: x + 4, Y: y + smallSize*0.15}, why)
	}
}

// bars draws values from zero with their intervals and what they are in words.
func bars(b chart.Bars, label string) string {
	scale := b.Extent()
	labels := make([]string, len(b.Rows))
	for i, r := range b.Rows {
		labels[i] = r.Label
	}
	p := rows(chart.Interval{High: scale.High * 1.16}, labels)
	p.HideX()
	p.Add(marks(func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, r := range b.Rows {
			middle := at(y, len(b.Rows), i)
			if r.Withheld != "" {
				beside(c, x(0), middle, r.Withheld)
				continue
			}
			if !finite(r.Value) {
				continue
			}
			tone, end := toned(r.Tone, chart.Series1), max(0, min(r.Value, scale.High))
			box(c, tone, x(0), middle-6, x(end), middle+6)
			if r.Interval != nil {
				if iv, ok := within(r.Interval.Low, r.Interval.High, scale); ok {
					end = max(end, iv.High)
					whisker(c, of(chart.Title), x(iv.Low), x(iv.High), middle, 3)
				}
			}
			write(c, style(chart.Text, textSize, text.XLeft, text.YCenter), x(end)+6, middle, r.Text)
		}
		c.StrokeLine2(line(of(chart.Border), 0.75), x(0), c.Min.Y, x(0), c.Max.Y)
	}))
	return on(vg.Length(len(b.Rows))*rowHeight+8, label, func(c draw.Canvas) { p.Draw(c) })
}

// forest draws estimates with their intervals on one scale. What a row's first
// column of figures and its verdict say stands at the right.
func forest(f chart.Forest, label string) string {
	labels, said := make([]string, len(f.Rows)), make([]string, len(f.Rows))
	var room vg.Length
	aside := style(chart.Text, smallSize, text.XLeft, text.YCenter)
	for i, r := range f.Rows {
		var more []string
		figure := ""
		for n, cell := range r.Cells {
			switch {
			case n >= len(f.Columns) || cell.Text == "" || r.Heading:
			case f.Columns[n].Align == chart.Left:
				more = append(more, cell.Text)
			case figure == "" && f.Columns[n].Title != "n":
				figure = cell.Text
			}
		}
		labels[i] = r.Label
		if aside := strings.Join(more, ", "); aside != "" { // what tells rows of a name apart is kept whole
			labels[i] = cut(r.Label, longest-len([]rune(aside))-2) + ", " + aside
		}
		if r.Sub != "" {
			labels[i] += ", " + r.Sub
		}
		if strings.ContainsAny(r.Verdict.Text, "0123456789") { // it says the figure itself
			figure = ""
		}
		said[i] = shown(strings.TrimSpace(figure + "  " + r.Verdict.Text))
		room = max(room, aside.Width(said[i])+10)
	}
	scale := spread(f.Extent())
	p := rows(scale, labels)
	p.X.Tick.Marker = rounded(scale, f.Format)
	grid(p, true, false)
	p.Add(marks(func(c draw.Canvas, x, y func(float64) vg.Length) {
		if scale.Low <= f.Zero && f.Zero <= scale.High {
			c.StrokeLine2(line(of(chart.Border), 1, 3, 2), x(f.Zero), c.Min.Y, x(f.Zero), c.Max.Y)
		}
		for i, r := range f.Rows {
			middle := at(y, len(f.Rows), i)
			switch {
			case r.Heading:
			case r.Withheld != "":
				beside(c, x(scale.Low), middle, r.Withheld)
			case finite(r.Estimate):
				effect(c, r, scale, x, middle)
			}
			write(c, aside, c.Max.X+10, middle, said[i])
		}
	}))
	captioned := f.Caption != [2]string{} && scale.Low <= f.Zero && f.Zero <= scale.High
	top := vg.Length(0)
	if captioned {
		top = topRoom
		p.Add(marks(func(c draw.Canvas, x, _ func(float64) vg.Length) {
			write(c, style(chart.Muted, smallSize, text.XRight, text.YBottom), x(f.Zero)-6, c.Max.Y+4, before("◂ ", f.Caption[0]))
			write(c, style(chart.Muted, smallSize, text.XLeft, text.YBottom), x(f.Zero)+6, c.Max.Y+4, after(f.Caption[1], " ▸"))
		}))
	}
	return on(height(len(f.Rows))+top, label, func(c draw.Canvas) { p.Draw(draw.Crop(c, 0, -room, 0, -top)) })
}

func before(mark, s string) string {
	if s == "" {
		return ""
	}
	return mark + s
}

func after(s, mark string) string {
	if s == "" {
		return ""
	}
	return s + mark
}

// effect draws one row of a forest: ends beyond the scale are arrows, and what
// sums others up is a diamond.
func effect(c draw.Canvas, r chart.Effect, scale chart.Interval, x func(float64) vg.Length, y vg.Length) {
	tone := toned(r.Verdict.Tone, chart.Neutral)
	sty := line(tone, 1.5)
	end := func(beyond bool, x, inward vg.Length) {
		if beyond {
			c.StrokeLines(sty, []vg.Point{{X: x + inward, Y: y - 4}, {X: x, Y: y}, {X: x + inward, Y: y + 4}})
			return
		}
		c.StrokeLine2(sty, x, y-4, x, y+4)
	}
	if iv, ok := within(r.Low, r.High, scale); ok {
		c.StrokeLine2(sty, x(iv.Low), y, x(iv.High), y)
		end(r.Low < scale.Low, x(iv.Low), 5)
		end(r.High > scale.High, x(iv.High), -5)
	}
	at := x(max(scale.Low, min(r.Estimate, scale.High)))
	if r.Summary {
		c.FillPolygon(tone, []vg.Point{{X: at - 6, Y: y}, {X: at, Y: y + 5}, {X: at + 6, Y: y}, {X: at, Y: y - 5}})
		return
	}
	c.DrawGlyphNoClip(draw.GlyphStyle{Color: tone, Radius: 3.5, Shape: draw.CircleGlyph{}}, vg.Point{X: at, Y: y})
}

// parts draws the parts of a whole between x(0) and x(1), what is withheld of
// them as an outline, and an interval around the end of the first.
func parts(c draw.Canvas, segments []chart.Segment, iv *chart.Interval, x func(float64) vg.Length, y vg.Length) {
	const half = 7
	from, hidden := 0.0, false
	for i, s := range segments {
		if !finite(s.Share) {
			hidden = true
			continue
		}
		to := min(from+max(s.Share, 0), 1)
		box(c, toned(s.Tone, chart.Series(i)), x(from), y-half, x(to), y+half)
		from = to
	}
	if hidden && from < 1 {
		c.StrokeLines(line(of(chart.Muted), 0.75, 2, 2), []vg.Point{
			{X: x(from), Y: y - half}, {X: x(1), Y: y - half}, {X: x(1), Y: y + half}, {X: x(from), Y: y + half}, {X: x(from), Y: y - half},
		})
	}
	if iv == nil {
		return
	}
	if iv, ok := within(iv.Low, iv.High, chart.Interval{High: 1}); ok {
		c.StrokeLine2(line(of(paper), 4), x(iv.Low), y, x(iv.High), y)
		whisker(c, of(chart.Title), x(iv.Low), x(iv.High), y, 4)
	}
}

// reference draws a mark across the bars with its words above them.
func reference(c draw.Canvas, m *chart.Mark, x func(float64) vg.Length) {
	if m == nil || !(m.At >= 0 && m.At <= 1) {
		return
	}
	c.StrokeLine2(line(of(chart.Accent), 1.25, 4, 2), x(m.At), c.Min.Y, x(m.At), c.Max.Y+4)
	align, gap := text.XLeft, vg.Length(4)
	if m.At > 0.6 {
		align, gap = text.XRight, -4
	}
	sty := style(chart.Accent, smallSize, align, text.YBottom)
	c.FillText(sty, vg.Point{X: x(m.At) + gap, Y: c.Max.Y + 3}, chart.Clean(m.Label))
}

// stack draws the make-up of groups, with the legend above.
func stack(s chart.Stack, label string) string {
	labels := make([]string, len(s.Rows))
	for i, r := range s.Rows {
		labels[i] = r.Label
	}
	p := rows(chart.Interval{High: 1}, labels)
	p.X.Tick.Marker = rounded(chart.Interval{High: 1}, s.Format)
	p.Add(marks(func(c draw.Canvas, x, y func(float64) vg.Length) {
		for i, r := range s.Rows {
			if r.Withheld != "" {
				beside(c, x(0), at(y, len(s.Rows), i), r.Withheld)
				continue
			}
			var segments []chart.Segment
			for n, part := range s.Parts {
				part.Share = 0
				if n < len(r.Shares) {
					part.Share = r.Shares[n]
				}
				part.Tone = toned(part.Tone, chart.Series(n)).tone
				segments = append(segments, part)
			}
			parts(c, segments, r.Interval, x, at(y, len(s.Rows), i))
		}
		reference(c, s.Reference, x)
	}))
	top := key(nil, s.Parts, 0)
	if s.Reference != nil {
		top += topRoom
	}
	full := height(len(s.Rows)) + top
	return on(full, label, func(c draw.Canvas) {
		key(&c, s.Parts, full)
		p.Draw(draw.Crop(c, 0, 0, 0, -top))
	})
}

// share draws one whole and its parts.
func share(b chart.ShareBar, label string) string {
	if b.Withheld != "" {
		return on(rowHeight, label, func(c draw.Canvas) { beside(c, 0, rowHeight/2, b.Withheld) })
	}
	sum := 0.0
	for _, s := range b.Segments {
		if finite(s.Share) {
			sum += max(s.Share, 0)
		}
	}
	whole := append([]chart.Segment(nil), b.Segments...)
	for i := range whole {
		if sum > 0 {
			whole[i].Share /= sum
		}
	}
	legend := key(nil, b.Segments, 0)
	full := rowHeight + topRoom + legend
	return on(full, label, func(c draw.Canvas) {
		bar := draw.Crop(c, 1, -1, legend, -topRoom)
		parts(bar, whole, b.Interval, bar.X, bar.Min.Y+rowHeight/2)
		reference(bar, b.Reference, bar.X)
		key(&c, b.Segments, legend)
	})
}

// heat draws a grid of values by shade, each with its words.
func heat(h chart.Heat, label string) string {
	labels := make([]string, len(h.Rows))
	for i, r := range h.Rows {
		labels[i] = r.Label
	}
	n, columns := len(h.Rows), max(len(h.Columns), 1)
	p := rows(chart.Interval{High: float64(columns)}, labels)
	p.HideX()
	p.Add(marks(func(c draw.Canvas, x, y func(float64) vg.Length) {
		each := x(1) - x(0)
		sty := style(chart.Text, smallSize, text.XCenter, text.YCenter)
		for i, title := range h.Columns {
			title = shown(title)
			for len(title) > 1 && sty.Width(title) > each-4 {
				runes := []rune(strings.TrimSuffix(title, "…"))
				title = string(runes[:len(runes)-1]) + "…"
			}
			write(c, style(chart.Muted, smallSize, text.XCenter, text.YBottom), x(float64(i)+0.5), c.Max.Y+4, title)
		}
		for r, row := range h.Rows {
			for i, cell := range row.Cells[:min(len(row.Cells), len(h.Columns))] {
				middle := at(y, n, r)
				if finite(cell.Value) {
					shade := toned(cell.Tone, chart.Series1)
					shade.opacity = 0.06 + 0.5*max(0, min(cell.Value, 1))
					x0, x1 := x(float64(i))+1, x(float64(i+1))-1
					c.FillPolygon(shade, []vg.Point{{X: x0, Y: middle - 10}, {X: x1, Y: middle - 10}, {X: x1, Y: middle + 10}, {X: x0, Y: middle + 10}})
				}
				if sty.Width(cell.Text) < each-2 {
					write(c, sty, x(float64(i)+0.5), middle, cell.Text)
				}
			}
		}
	}))
	return on(vg.Length(n)*rowHeight+topRoom+8, label, func(c draw.Canvas) { p.Draw(draw.Crop(c, 0, 0, 0, -topRoom)) })
}
