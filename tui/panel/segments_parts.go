package panel

import (
	"image"
	"math"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// grid2 is the panel of two dimensions.
func grid2(p *words.Printer, a queries.Segments) Panel {
	out := Panel{Name: "grid", Title: p.Say("Two dimensions"), Main: 3, Finding: p.GridHeadline(a), Short: p.GridHeadline(a)}
	if a.Missing != "" || a.Grid.Missing != "" {
		return out
	}
	out.Title = p.Say("%[1]s by %[2]s and %[3]s", p.Measure(a.Choice.Measure), p.Name(a.Choice.By), p.Name(a.Choice.Across))
	out.Period = segmentPeriod(p, a)
	low, high := math.Inf(1), math.Inf(-1)
	for _, line := range a.Grid.Cells {
		for _, c := range line {
			if e, there := c.Figure.Value(); there {
				low, high = min(low, e.Value), max(high, e.Value)
			}
		}
	}
	h := chart.Heat{}
	for _, c := range a.Grid.Columns {
		h.Columns = append(h.Columns, p.PooledGroups(c, a.Grid.Pooled))
	}
	out.Table.Columns = []chart.Column{{Title: p.Name(a.Choice.By)}, {Title: p.Name(a.Choice.Across)}, {Title: p.UnitOf(a.Unit), Align: chart.Right}, {Title: p.FigureName(a), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right}}
	for r, line := range a.Grid.Cells {
		row := chart.HeatRow{Label: p.PooledGroups(a.Rows[r].Value, a.Pooled)}
		for c, cell := range line {
			figure := p.SegmentFigure(a.Choice.Measure, cell.Figure)
			x := chart.HeatCell{Value: math.NaN()}
			if e, there := cell.Figure.Value(); there {
				x.Text = p.SegmentBrief(a.Choice.Measure, e)
				x.Value = 1
				if high > low {
					x.Value = 0.25 + 0.75*(e.Value-low)/(high-low)
				}
			} else if cell.Figure.Why().Suppressed() {
				x.Text = sign(p, "–", "-")
			}
			row.Cells = append(row.Cells, x)
			out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: row.Label}, {Text: h.Columns[c]}, {Text: p.Count(cell.N)}, {Text: figure.Value}, {Text: figure.Interval}})
			out.Terms = append(out.Terms, termOf(a.Choice.By, a.Rows[r].Value))
			out.Cells = append(out.Cells, image.Pt(c, r))
		}
		h.Rows = append(h.Rows, row)
	}
	out.Picture = Heat(h, out.Cells)
	if note := p.GridUnits(a); note != "" {
		out.Notes = append(out.Notes, note)
	}
	out.Notes = append(out.Notes, p.Say("The denser, the more. Cells are not tested, and the ends of so many are partly chance: read rows and columns."), p.WithheldNote())
	return out
}

// givenReasons is the panel of why the sceptical are.
func givenReasons(p *words.Printer, a queries.Reasons) Panel {
	out := Panel{Name: "reasons", Title: p.Say("Why people are sceptical: reasons given"), Main: 2, Finding: p.ReasonsHeadline(a), Short: p.ReasonsShort(a)}
	if a.Missing != "" {
		return out
	}
	var b chart.Bars
	out.Table.Columns = []chart.Column{{Title: p.Say("Reason")}, {Title: p.Say("People"), Align: chart.Right}, {Title: p.Say("Share"), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right}}
	for _, r := range a.Rows {
		share := p.ShareFigure(r.Rate.Estimate)
		bar := chart.Bar{Label: p.GivenReason(r.Reason), Text: share.Value}
		if e, there := r.Rate.Estimate.Value(); there {
			bar.Value, bar.Interval = e.Value, &chart.Interval{Low: e.Low, High: e.High}
		} else {
			bar.Withheld, bar.Text = p.Reason(r.Rate.Estimate.Why()), ""
		}
		b.Rows = append(b.Rows, bar)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: bar.Label}, {Text: p.Count(r.Rate.Numerator)}, {Text: share.Value}, {Text: share.Interval}})
	}
	out.Picture = Bars(b)
	out.Notes = []string{p.ReasonsNote(a)}
	return out
}
