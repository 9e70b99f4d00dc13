package tui

import (
	"accord/queries"
	"accord/tui/chart"
	"accord/tui/panel"
)

// mainColumn is the column of each pane's table that holds its figure.
var mainColumn = [overviewPaneCount]int{
	stancePane: 1, optInPane: 1, trendPane: 1, liftsPane: 3, attentionPane: 0,
}

func (o *overview) stanceTable() chart.Table {
	p, s := o.words, o.answer.Stance
	t := chart.Table{Columns: []chart.Column{
		{Title: p.Say("Stance")},
		{Title: p.Say("Share"), Align: chart.Right},
		{Title: p.Say("95 %% interval"), Align: chart.Right, Drop: 1},
		{Title: p.Say("People"), Align: chart.Right},
		{Title: p.Say("Of"), Align: chart.Right},
	}}
	if s.Missing != "" {
		return t
	}
	for _, row := range []struct {
		name string
		rate queries.Rate
	}{
		{p.Say("willing"), s.Willing},
		{p.Say("not willing"), s.NotWilling},
		{p.Say("of these sceptical"), s.Sceptical},
		{p.Say("of these undecided"), s.Undecided},
	} {
		t.Rows = append(t.Rows, append([]chart.Cell{{Text: row.name}}, o.rateCells(row.rate)...))
	}
	return t
}

// rateCells are a rate's share, interval, numerator and denominator.
func (l *look) rateCells(r queries.Rate) []chart.Cell {
	span := l.words.ShareFigure(r.Estimate)
	return []chart.Cell{
		{Text: span.Value, Tone: chart.Title},
		{Text: span.Interval, Tone: chart.Muted},
		{Text: l.words.Count(r.Numerator)},
		{Text: l.words.Count(r.Denominator)},
	}
}

func (o *overview) optInTable() chart.Table {
	p := o.words
	t := chart.Table{Columns: []chart.Column{
		{Title: p.Say("Purpose")},
		{Title: p.Say("Opted in"), Align: chart.Right},
		{Title: p.Say("95 %% interval"), Align: chart.Right, Drop: 3},
		{Title: p.Say("People"), Align: chart.Right},
		{Title: p.Say("Of"), Align: chart.Right},
		{Title: p.Say("On"), Align: chart.Right, Drop: 2},
		{Title: p.Say("Change"), Align: chart.Right},
		{Title: p.Say("Since"), Align: chart.Right, Drop: 4},
		{Title: p.Say("Contactable, not opted in"), Align: chart.Right, Drop: 1},
	}}
	for _, r := range o.answer.OptIn {
		row := append([]chart.Cell{{Text: p.Name(r.Purpose)}}, o.rateCells(r.Rate)...)
		t.Rows = append(t.Rows, append(row,
			chart.Cell{Text: p.Date(r.At), Tone: chart.Muted},
			chart.Cell{Text: p.PointsFigure(r.Change)},
			chart.Cell{Text: p.Date(r.Before), Tone: chart.Muted},
			chart.Cell{Text: p.ShareFigure(r.Contactable.Estimate).Value},
		))
	}
	return t
}

func (o *overview) trendTable() chart.Table {
	p := o.words
	t := chart.Table{Columns: []chart.Column{
		{Title: p.Say("On")},
		{Title: p.Say("Opted in"), Align: chart.Right},
		{Title: p.Say("95 %% interval"), Align: chart.Right, Drop: 1},
		{Title: p.Say("People"), Align: chart.Right},
		{Title: p.Say("Of"), Align: chart.Right},
		{Title: p.Say("Entries"), Align: chart.Right},
		{Title: p.Say("Exits"), Align: chart.Right},
	}}
	for _, point := range o.answer.Trend.Points {
		row := append([]chart.Cell{{Text: p.Date(point.At)}}, o.rateCells(point.Rate)...)
		t.Rows = append(t.Rows, append(row, chart.Cell{Text: p.Count(point.Entries)}, chart.Cell{Text: p.Count(point.Exits)}))
	}
	return t
}

func (o *overview) liftsTable() chart.Table {
	t := chart.Table{Columns: append([]chart.Column{
		{Title: o.words.Say("Campaign")},
		{Title: o.words.Say("Arm")},
		{Title: o.words.Say("Metric")},
	}, panel.ComparisonColumns(o.words, o.answer.LiftRule.Level)...)}
	for _, c := range o.answer.Lifts {
		t.Rows = append(t.Rows, append([]chart.Cell{
			{Text: c.Name}, {Text: o.words.Name(c.Arm)}, {Text: o.words.Metric(c.Metric)},
		}, panel.ComparisonCells(o.words, c)...))
	}
	return t
}

func (o *overview) attentionTable() chart.Table {
	t := chart.Table{Columns: []chart.Column{{Title: o.words.Say("Needs attention")}}}
	for _, a := range o.answer.Attention {
		t.Rows = append(t.Rows, []chart.Cell{{Text: o.words.Attention(a)}})
	}
	return t
}
