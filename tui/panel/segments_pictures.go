package panel

import (
	"math"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// stanceTones are those of what people say, the same on every screen.
var stanceTones = map[string]chart.Tone{"willing": chart.Series1, "sceptical": chart.Series2, "undecided": chart.Series6}

// groupStack draws rows of shares.
func groupStack(p *words.Printer, a queries.Segments, rows []queries.SegmentRow) chart.Stack {
	s := chart.Stack{Title: p.Name(a.Choice.By), Format: p.AxisShare, TrendName: p.Say("by month")}
	for i, name := range a.Parts {
		s.Parts = append(s.Parts, chart.Segment{Label: p.Part(name), Text: p.WholeShare(a.Whole.Parts[i].Estimate), Tone: stanceTones[name]})
	}
	s.Columns = []chart.Column{{Title: "n", Align: chart.Right, Drop: 2}, {Title: p.FigureName(a), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right, Drop: 3}, {Title: p.AgainstName(a), Align: chart.Right, Drop: 1}}
	if a.Choice.Measure == queries.MeasureStance {
		s.Reference = &chart.Mark{At: words.PublishedWilling, Label: p.PublishedMark()}
	}
	add := func(r queries.SegmentRow, name string, whole bool) {
		figure := p.SegmentFigure(a.Choice.Measure, r.Figure)
		row := chart.StackRow{Label: name, Whole: whole, Trend: monthly(r.Trend), Cells: []chart.Cell{{Text: p.Count(r.N)}, {Text: figure.Value}, {Text: figure.Interval}, mark(p, a, r)}}
		if why := r.Figure.Why(); why != "" {
			row.Withheld = p.ReasonShort(why) // the whole reason is in the note
			row.Cells = row.Cells[:1]
		}
		if e, there := r.Figure.Value(); there {
			row.Interval = &chart.Interval{Low: e.Low, High: e.High}
		}
		for _, part := range r.Parts {
			share := math.NaN()
			if e, there := part.Estimate.Value(); there {
				share = e.Value
			}
			row.Shares = append(row.Shares, share)
		}
		s.Rows = append(s.Rows, row)
	}
	add(a.Whole, p.Say("All"), true)
	for _, r := range rows {
		add(r, p.PooledGroups(r.Value, a.Pooled), false)
	}
	return s
}

// monthly is a row's trend for a sparkline, with gaps where it may not be told; nil
// where fewer than two months may, which have no shape.
func monthly(trend []queries.TrendValue) []float64 {
	out, told := make([]float64, len(trend)), 0
	for i, v := range trend {
		x, there := v.Value.Value()
		if there {
			told++
		} else {
			x = math.NaN()
		}
		out[i] = x
	}
	if told < 2 {
		return nil
	}
	return out
}

// groupForest draws rows of gaps, or of money, each with its interval.
func groupForest(p *words.Printer, a queries.Segments, rows []queries.SegmentRow) chart.Forest {
	f := chart.Forest{Title: p.Name(a.Choice.By), Format: p.AxisNumber, TrendName: p.Say("by month"), Plot: 12}
	f.Columns = []chart.Column{{Title: "n", Align: chart.Right, Drop: 2}, {Title: p.FigureName(a), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right, Drop: 3}, {Title: p.AgainstName(a), Align: chart.Right, Drop: 1}}
	if a.Choice.Measure == queries.MeasureGap {
		f.Format, f.Caption = p.AxisPoints, [2]string{p.Say("do more"), p.Say("say more")}
	} else if e, there := a.Whole.Figure.Value(); there {
		f.Zero, f.Caption = e.Value, [2]string{p.Say("less than all"), p.Say("more than all")}
	}
	if a.Choice.Measure == queries.MeasureEngagement {
		f.Format = p.AxisShare
	}
	// What is tested is drawn, or the picture would not agree with the marks.
	within := words.WithinCampaigns(a)
	if within {
		f.Zero, f.Format, f.Caption = 0, p.AxisPoints, [2]string{p.Say("less than others"), p.Say("more than others")}
		if queries.Metric(a.Choice.Measure).Money() {
			f.Format = p.AxisNumber
		}
	}
	add := func(r queries.SegmentRow, name string, whole bool) {
		figure := p.SegmentFigure(a.Choice.Measure, r.Figure)
		row := chart.Effect{Label: name, Summary: whole, Trend: monthly(r.Trend), Cells: []chart.Cell{{Text: p.Count(r.N)}, {Text: figure.Value}, {Text: figure.Interval}, mark(p, a, r)}}
		row.Verdict.Tone = chart.Neutral
		if r.Verdict == queries.Higher || r.Verdict == queries.Lower {
			row.Verdict.Tone = chart.Accent
		}
		drawn := r.Figure
		if within {
			drawn = r.Difference
		}
		e, there := drawn.Value()
		if !there {
			e = queries.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
		}
		row.Estimate, row.Low, row.High = e.Value, e.Low, e.High
		if why := r.Figure.Why(); why != "" {
			row.Withheld, row.Cells = p.Reason(why), row.Cells[:1]
		}
		f.Rows = append(f.Rows, row)
	}
	add(a.Whole, p.Say("All"), true)
	for _, r := range rows {
		add(r, p.PooledGroups(r.Value, a.Pooled), false)
	}
	return f
}
