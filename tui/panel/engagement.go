package panel

import (
	"slices"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Engagement lays out what people did with messages.
func Engagement(p *words.Printer, f queries.Filter, a queries.Engagement) []Panel {
	panels := []Panel{
		engagementFigures(p, a), engagementGroups(p, a, 0), engagementCourse(p, a), moments(p, f, a),
		machines(p, a), fatigue(p, a), engagementAround(p, a), associations(p, a),
	}
	return compared(p, a.Changes, panels, func(c queries.Change) string { return p.EngagementMetric(queries.Metric(c.What)) })
}

// engagementFigures is every metric of all the messages.
func engagementFigures(p *words.Printer, a queries.Engagement) Panel {
	out := Panel{Name: "figures", Title: p.Say("What people did with messages"), Main: 3, Finding: p.EngagementHeadline(a), Short: p.EngagementShort(a)}
	if a.Missing != "" {
		return out
	}
	out.Period = p.Period(a.Since, a.Until)
	out.Table.Columns = []chart.Column{
		{Title: p.Say("What")}, {Title: p.Say("Number"), Align: chart.Right}, {Title: p.Say("Of"), Align: chart.Right},
		{Title: p.Say("Rate"), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right, Drop: 2}, {Title: p.Say("With machines"), Align: chart.Right, Drop: 1},
	}
	for _, x := range a.Figures {
		figure := p.EngagementFigure(x.Metric, x.Figure)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: p.EngagementMetric(x.Metric)}, {Text: p.Count(x.People)}, {Text: p.Count(x.N)}, {Text: figure.Value}, {Text: figure.Interval, Tone: chart.Muted}, {Text: p.RawShare(x.Raw)},
		})
	}
	dropBlankLast(&out.Table)
	out.tabular()
	out.Notes = p.EngagementNotes(a)
	return out
}

// dropBlankLast drops the last column where no row has anything in it, such as what
// machines did where nothing tells them apart.
func dropBlankLast(t *chart.Table) {
	last := len(t.Columns) - 1
	if slices.ContainsFunc(t.Rows, func(row []chart.Cell) bool { return row[last].Text != "" }) {
		return
	}
	t.Columns = t.Columns[:last]
	for i := range t.Rows {
		t.Rows[i] = t.Rows[i][:last]
	}
}

// engagementGroups compares groups of messages, in one of their orders.
func engagementGroups(p *words.Printer, a queries.Engagement, order int) Panel {
	metric := queries.Metric(a.Choice.Measure)
	named := a.Groups
	named.Rows = nil
	var values []string
	for _, r := range ordered(a.Groups.Rows, order, a.Groups.Pooled > 0) {
		values = append(values, r.Value)
		if r.Value != "" || a.Groups.Pooled == 0 {
			r.Value = p.EngagementGroup(a.Choice.By, r.Value)
		}
		named.Rows = append(named.Rows, r)
	}
	out := Panel{Name: "groups", Main: 2, Finding: p.EngagementGroupsHeadline(a, named), Short: p.EngagementGroupsShort(a, named)}
	out.Title = p.Say("Messages by group")
	if metric != "" {
		out.Title = p.Say("%[1]s by %[2]s", p.EngagementMetric(metric), p.EngagementCut(a.Choice.By))
	}
	if a.Groups.Missing != "" {
		return out
	}
	named.Choice.By = p.EngagementCut(a.Choice.By)
	out.Period = p.Period(a.Since, a.Until)
	out.Table = groupTable(p, named, named.Rows)
	out.Terms = []queries.Term{{}}
	for _, v := range values {
		var term queries.Term
		if by := queries.DimensionOf(a.Choice.By); by != "" {
			term = termOf(by, v)
		}
		out.Terms = append(out.Terms, term)
	}
	forest := groupForest(p, named, named.Rows)
	if !metric.Money() && !words.WithinCampaigns(named) {
		forest.Format = p.AxisShare
	}
	out.Picture = Forest(forest)
	out.Notes = p.EngagementGroupNotes(a)
	if note := p.TestedNote(named); note != "" {
		out.Notes = append(out.Notes, note)
	}
	grouped(&out, p, named, func(i int) Panel { return engagementGroups(p, a, i) })
	return out
}

// engagementCourse is the metric over time, machines' beside people's.
func engagementCourse(p *words.Printer, a queries.Engagement) Panel {
	c := a.Course
	metric := queries.Metric(a.Choice.Measure)
	out := Panel{Name: "course", Title: p.Say("Response over time"), Main: 3, Finding: p.EngagementCourseHeadline(c), Short: p.EngagementCourseShort(c)}
	if metric != "" {
		out.Title = p.Say("%s over time", p.EngagementMetric(metric))
	}
	if c.Missing != "" {
		return out
	}
	out.Period = p.Period(c.Steps[0].From.AddDays(1), c.Steps[len(c.Steps)-1].At)
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Until")}, {Title: p.Say("Number"), Align: chart.Right}, {Title: p.Say("Of"), Align: chart.Right},
		{Title: p.Say("Rate"), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right, Drop: 2}, {Title: p.Say("With machines"), Align: chart.Right, Drop: 1},
	}
	people, raw := chart.Line{Label: p.Say("by people")}, chart.Line{Label: p.Say("with machines"), Tone: chart.Series4}
	var at []float64
	for _, s := range c.Steps {
		figure := p.EngagementFigure(metric, s.Figure)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: p.Date(s.At)}, {Text: p.Count(s.People)}, {Text: p.Count(s.N)}, {Text: figure.Value}, {Text: figure.Interval, Tone: chart.Muted}, {Text: p.RawShare(s.Raw)}})
		day := dayNumber(s.At)
		at = append(at, day)
		if e, there := s.Figure.Value(); there {
			people.Points = append(people.Points, chart.Point{X: day, Y: e.Value})
		}
		if x, there := s.Raw.Value(); there {
			raw.Points = append(raw.Points, chart.Point{X: day, Y: x})
		}
	}
	dropBlankLast(&out.Table)
	series := chart.TimeSeries{Lines: []chart.Line{people}, FormatY: p.AxisShare}
	if metric.Money() {
		series.FormatY = p.AxisNumber
	}
	if len(raw.Points) > 0 {
		series.Lines = append(series.Lines, raw)
	}
	overTime(p, &series, marksOf(p, c.Marks))
	out.Picture = Series(series, at)
	out.Notes = p.EngagementCourseNotes()
	return out
}
