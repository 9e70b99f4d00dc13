package panel

import (
	"strings"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Overview lays out the manager's page: what people say, what they do, how that
// moves, what campaigns add, and what to know before trusting it.
func Overview(p *words.Printer, a queries.Overview) []Panel {
	return []Panel{stance(p, a.Stance), optIn(p, a), trend(p, a.Trend), strongest(p, a), attention(p, a)}
}

func stance(p *words.Printer, s queries.Stance) Panel {
	out := Panel{Name: "stance", Title: p.Say("What people say"), Main: 1, Finding: p.StanceHeadline(s), Short: p.StanceShort(s)}
	out.Table.Columns = append([]chart.Column{{Title: p.Say("Stance")}}, rateColumns(p, p.Say("Share"), 1)...)
	if s.Missing != "" {
		return out
	}
	if s.Since != "" {
		out.Period = p.Period(s.Since, s.Until)
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
		out.Table.Rows = append(out.Table.Rows, append([]chart.Cell{{Text: row.name}}, rateCells(p, row.rate)...))
	}
	willing, ok := s.Willing.Estimate.Value()
	if !ok {
		return out
	}
	part := func(stance string, r queries.Rate, share float64, tone chart.Tone) chart.Segment {
		return chart.Segment{Label: p.Name(stance), Text: p.ShareFigure(r.Estimate).Value, Share: share, Tone: tone}
	}
	bar := chart.ShareBar{
		Segments:  []chart.Segment{part("willing", s.Willing, willing.Value, stanceTones["willing"])},
		Interval:  &chart.Interval{Low: willing.Low, High: willing.High},
		Reference: &chart.Mark{At: words.PublishedWilling, Label: p.Say("CROP 2018: %s", p.Level(words.PublishedWilling))},
	}
	sceptical, known := s.Sceptical.Estimate.Value()
	if undecided, ok := s.Undecided.Estimate.Value(); ok && known {
		bar.Segments = append(bar.Segments, part("sceptical", s.Sceptical, sceptical.Value, stanceTones["sceptical"]), part("undecided", s.Undecided, undecided.Value, stanceTones["undecided"]))
	} else {
		bar.Segments = append(bar.Segments, part("not willing", s.NotWilling, 1-willing.Value, chart.Series6))
	}
	out.Picture = share(bar)
	for _, note := range []string{p.WeightedNote(s), p.PublishedNote()} {
		if note != "" {
			out.Notes = append(out.Notes, note)
		}
	}
	return out
}

func optIn(p *words.Printer, a queries.Overview) Panel {
	out := Panel{Name: "opt_in", Title: p.Say("What people do"), Main: 1, Finding: p.OptInHeadline(a, a.Trend.Purpose), Short: p.OptInShort(a, a.Trend.Purpose)}
	if text := p.Paradox(a.Paradox); text != "" {
		out.Finding += " " + text
	}
	out.Table.Columns = append(append([]chart.Column{{Title: p.Say("Purpose")}}, rateColumns(p, p.Say("Opted in"), 1)...),
		chart.Column{Title: p.Say("On"), Align: chart.Right, Drop: 2},
		chart.Column{Title: p.Say("Change"), Align: chart.Right},
		chart.Column{Title: p.Say("95 %% interval"), Align: chart.Right, Drop: 1},
		chart.Column{Title: p.Say("Since"), Align: chart.Right, Drop: 4},
		chart.Column{Title: p.Say("Contactable, not opted in"), Align: chart.Right, Drop: 5})
	bars := chart.Bars{Max: 1}
	for _, r := range a.OptIn {
		name, share := p.Name(r.Purpose), p.ShareFigure(r.Rate.Estimate)
		change, since := p.ChangeFigure(r.Change, r.Interval), p.Date(r.Before)
		if r.Rest {
			since = p.Say("the rest")
		}
		out.Table.Rows = append(out.Table.Rows, append(append([]chart.Cell{{Text: name}}, rateCells(p, r.Rate)...),
			chart.Cell{Text: p.Date(r.At), Tone: chart.Muted},
			chart.Cell{Text: change.Value},
			chart.Cell{Text: change.Interval, Tone: chart.Muted},
			chart.Cell{Text: since, Tone: chart.Muted},
			chart.Cell{Text: p.ShareFigure(r.Contactable.Estimate).Value}))
		bar := chart.Bar{Label: name, Withheld: p.ReasonShort(r.Rate.Estimate.Why())}
		if e, ok := r.Rate.Estimate.Value(); ok {
			bar = chart.Bar{Label: name, Value: e.Value, Text: share.Value, Interval: &chart.Interval{Low: e.Low, High: e.High}}
		}
		bars.Rows = append(bars.Rows, bar)
	}
	if len(bars.Rows) == 0 {
		return out
	}
	out.Picture = Bars(bars)
	first := a.OptIn[0]
	out.Notes = []string{p.Say("Of customers known on %s.", p.Date(first.At))}
	switch {
	case first.Rest:
		out.Notes[0] += " " + p.Say("Change: against the rest, on the same day.")
	case first.Before != "":
		out.Notes[0] += " " + p.Say("Change since %s.", p.Date(first.Before)) + " " + p.Say("Its interval takes the two days as groups apart: for the same customers it is too wide rather than too narrow.")
	}
	for _, r := range a.OptIn[1:] {
		if r.Before != "" && (r.At != first.At || r.Before != first.Before) {
			out.Notes = append(out.Notes, p.Say("%[1]s: on %[2]s, change since %[3]s.", p.Name(r.Purpose), p.Date(r.At), p.Date(r.Before)))
		}
	}
	if list := contactable(p, a.OptIn); len(list) > 0 {
		out.Notes = append(out.Notes, p.Say("Contactable on another basis, not opted in: %s.", strings.Join(list, "; ")))
	}
	return out
}

// contactable are the purposes for which somebody may be contacted without having
// opted in, with how many.
func contactable(p *words.Printer, rates []queries.PurposeRate) []string {
	var list []string
	for _, r := range rates {
		if n, ok := r.Contactable.Numerator.Value(); !ok || n > 0 {
			list = append(list, p.Name(r.Purpose)+" "+p.Rate(r.Contactable))
		}
	}
	return list
}

func trend(p *words.Printer, t queries.Trend) Panel {
	out := Panel{Name: "trend", Title: p.Say("How it moves"), Main: 1, Finding: p.TrendHeadline(t), Short: p.TrendShort(t)}
	out.Table.Columns = append([]chart.Column{{Title: p.Say("On")}}, rateColumns(p, p.Say("Opted in"), 1)...)
	out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Say("Entries"), Align: chart.Right}, chart.Column{Title: p.Say("Exits"), Align: chart.Right})
	if note := p.TrendNote(t); note != "" {
		out.Notes = []string{note}
	}
	s, ok := words.SummariseTrend(t)
	if len(t.Points) > 0 {
		out.Period = p.Period(t.Points[0].At, t.Points[len(t.Points)-1].At)
	}
	out.Digest.Columns = append([]chart.Column{{Title: p.Say("Point")}}, out.Table.Columns...)
	var line chart.Line
	var at []float64
	for _, point := range t.Points {
		row := append(append([]chart.Cell{{Text: p.Date(point.At)}}, rateCells(p, point.Rate)...), chart.Cell{Text: p.Count(point.Entries)}, chart.Cell{Text: p.Count(point.Exits)})
		out.Table.Rows = append(out.Table.Rows, row)
		at = append(at, dayNumber(point.At))
		if names := notable(p, s, point.At); ok && len(names) > 0 {
			out.Digest.Rows = append(out.Digest.Rows, append([]chart.Cell{{Text: strings.Join(names, ", ")}}, row...))
		}
		if e, there := point.Rate.Estimate.Value(); there {
			line.Points = append(line.Points, chart.Point{X: dayNumber(point.At), Y: e.Value})
		}
	}
	if !ok || len(line.Points) < 2 {
		return out
	}
	series := chart.TimeSeries{Lines: []chart.Line{line}, FormatY: p.AxisShare}
	overTime(p, &series, []chart.Mark{{At: dayNumber(s.StepTo.At), Label: p.LargestStep(s)}})
	out.Picture = Series(series, at)
	return out
}

// notable says what a trend's summary says of a day.
func notable(p *words.Printer, s words.TrendSummary, day queries.Date) []string {
	var names []string
	for _, n := range []struct {
		at   words.TrendAt
		name string
	}{
		{s.From, p.Say("first")}, {s.To, p.Say("last")}, {s.Lowest, p.Say("lowest")}, {s.Highest, p.Say("highest")},
		{s.StepFrom, p.Say("before")}, {s.StepTo, p.Say("after")},
	} {
		if n.at.At == day {
			names = append(names, n.name)
		}
	}
	return names
}

func strongest(p *words.Printer, a queries.Overview) Panel {
	out := Panel{Name: "lifts", Title: p.Say("What campaigns add"), Main: 3, Finding: p.LiftHeadline(a), Short: p.LiftShort(a)}
	out.Table.Columns = append([]chart.Column{{Title: p.Say("Campaign")}, {Title: p.Say("Arm")}, {Title: p.Say("Metric")}}, ComparisonColumns(p, a.LiftRule.Level)...)
	for _, c := range a.Lifts {
		out.Table.Rows = append(out.Table.Rows, append([]chart.Cell{{Text: c.Name}, {Text: p.Name(c.Arm)}, {Text: p.Metric(c.Metric)}}, ComparisonCells(p, c)...))
	}
	if len(a.Lifts) > 0 {
		out.Picture = Fitted(func(width int, t chart.Theme) any { return Comparisons(p, t, width, a.Lifts) }, nil)
	}
	if a.LiftRule.Compared > 1 {
		out.Notes = []string{p.LiftRule(a.LiftRule)}
	}
	return out
}

func attention(p *words.Printer, a queries.Overview) Panel {
	out := Panel{Name: "attention", Title: p.Say("What to know before trusting this")}
	out.Table.Columns = []chart.Column{{Title: p.Say("Needs attention")}}
	for _, x := range a.Attention {
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: p.Attention(x)}})
	}
	if len(a.Attention) == 0 {
		out.Finding = p.NoAttention()
	} else {
		n := int64(len(a.Attention))
		out.Finding = p.Plural(n, "%s thing to know.", "%s things to know.", p.Int(n))
	}
	out.Short = out.Finding
	return out
}

// rateColumns are the columns of rateCells; the interval is dropped in its turn.
func rateColumns(p *words.Printer, share string, drop int) []chart.Column {
	return []chart.Column{
		{Title: share, Align: chart.Right},
		{Title: p.Say("95 %% interval"), Align: chart.Right, Drop: drop},
		{Title: p.Say("People"), Align: chart.Right},
		{Title: p.Say("Of"), Align: chart.Right},
	}
}

// rateCells are a rate's share, interval, numerator and denominator.
func rateCells(p *words.Printer, r queries.Rate) []chart.Cell {
	span := p.ShareFigure(r.Estimate)
	return []chart.Cell{
		{Text: span.Value, Tone: chart.Title},
		{Text: span.Interval, Tone: chart.Muted},
		{Text: p.Count(r.Numerator)},
		{Text: p.Count(r.Denominator)},
	}
}
