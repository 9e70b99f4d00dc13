package panel

import (
	"cmp"
	"math"
	"slices"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Consent lays out how permission moves.
func Consent(p *words.Printer, a queries.Consent) []Panel {
	panels := []Panel{over(p, a), moves(p, a), around(p, a), funnel(p, a), lasting(p, a), expiring(p, a), mix(p, a)}
	return compared(p, a.Changes, panels, func(c queries.Change) string { return p.Say("Opted in: %s", p.Name(c.What)) })
}

// linesTogether is how many lines can be told apart in one drawing.
const linesTogether = 6

func over(p *words.Printer, a queries.Consent) Panel {
	out := Panel{Name: "over", Title: p.OverTitle(a), Period: p.Period(a.Since, a.Until), Main: 1, Finding: p.OverHeadline(a), Short: p.OverShort(a)}
	out.Table.Columns = []chart.Column{
		{Title: p.CutName(a.Choice.By)}, {Title: p.Say("Opted in"), Align: chart.Right}, {Title: p.Say("95 %% interval"), Drop: 3},
		{Title: p.Say("Customers"), Align: chart.Right, Drop: 2}, {Title: p.Say("Known"), Align: chart.Right, Drop: 2},
		{Title: p.Say("Contactable"), Align: chart.Right}, {Title: p.Say("Change"), Align: chart.Right}, {Title: p.Say("95 %% interval"), Drop: 1}, {Title: p.Say("Since"), Drop: 5}, {Title: p.Say("At"), Drop: 4},
	}
	var series chart.TimeSeries
	left := 0
	for _, g := range a.Over {
		name := p.GroupName(a.Choice.By, g.Name, g.Others)
		var term queries.Term
		purpose := ""
		if a.Choice.By == queries.ByPurpose {
			purpose = g.Name
		}
		if by := queries.DimensionOf(a.Choice.By); g.Name != "" && by != "" {
			term = queries.Term{Dimension: by, Values: []string{g.Name}}
		}
		out.Terms, out.Purposes = append(out.Terms, term), append(out.Purposes, purpose)
		if len(g.Points) == 0 {
			out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: name}, {Text: p.ReasonShort(g.Why), Tone: chart.Muted}})
			continue
		}
		last := g.Points[len(g.Points)-1]
		share, change, since := p.ShareFigure(last.Rate.Estimate), p.ChangeFigure(g.Change, g.Interval), ""
		if g.Before != "" {
			since = p.Date(g.Before)
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: name}, {Text: share.Value}, {Text: share.Interval, Tone: chart.Muted}, {Text: p.Count(last.Rate.Numerator)}, {Text: p.Count(last.Rate.Denominator)},
			{Text: p.Count(last.Contactable.Numerator)}, {Text: change.Value}, {Text: change.Interval, Tone: chart.Muted}, {Text: since, Tone: chart.Muted}, {Text: p.Date(last.At), Tone: chart.Muted},
		})
		if len(series.Lines) == linesTogether {
			left++
			continue
		}
		line := chart.Line{Label: name}
		for _, point := range g.Points {
			if e, ok := point.Rate.Estimate.Value(); ok {
				line.Points = append(line.Points, chart.Point{X: dayNumber(point.At), Y: e.Value})
			}
		}
		series.Lines = append(series.Lines, line)
	}
	if len(a.Over) == 1 {
		line := chart.Line{Label: p.Say("contactable")}
		for _, point := range a.Over[0].Points {
			if e, ok := point.Contactable.Estimate.Value(); ok {
				line.Points = append(line.Points, chart.Point{X: dayNumber(point.At), Y: e.Value})
			}
		}
		series.Lines = append(series.Lines, line)
	}
	if first, last := drawn(a.Over); first != "" {
		out.Period = p.Period(first, last)
	}
	if len(series.Lines) > 0 {
		series.FormatY, series.FromZero = p.AxisShare, true
		if len(a.Over) > 1 && queries.DimensionOf(a.Choice.By) != "" {
			series.FromZero = false // groups of customers lie close together
		}
		overTime(p, &series, marksOf(p, a.Course.Marks))
		out.Picture = Series(series, nil)
	}
	out.Notes = p.OverNotes(a, left)
	return out
}

// drawn are the first and the last day of which there is a rate.
func drawn(groups []queries.ConsentGroup) (first, last queries.Date) {
	for _, g := range groups {
		if n := len(g.Points); n > 0 {
			if first == "" || g.Points[0].At < first {
				first = g.Points[0].At
			}
			last = max(last, g.Points[n-1].At)
		}
	}
	return first, last
}

func moves(p *words.Printer, a queries.Consent) Panel {
	c := a.Course
	out := Panel{Name: "moves", Title: titled(p.Say("Entries and exits: %s", p.Name(a.Purpose))), Period: p.Period(a.Since, a.Until), Main: 3, Finding: p.CourseHeadline(a), Short: p.CourseShort(a)}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Until")}, {Title: p.Say("Days"), Align: chart.Right, Drop: 2},
		{Title: p.Say("Entries"), Align: chart.Right}, {Title: p.Say("Exits"), Align: chart.Right}, {Title: p.Say("Net"), Align: chart.Right},
		{Title: p.Say("Opted in"), Align: chart.Right}, {Title: p.Say("Customers"), Align: chart.Right, Drop: 3}, {Title: p.Say("Known"), Align: chart.Right, Drop: 3},
	}
	var at []float64
	for _, s := range c.Steps {
		at = append(at, dayNumber(s.At))
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: p.Date(s.At)}, {Text: p.Int(int64(math.Round(s.Weeks() * 7))), Tone: chart.Muted}, {Text: p.Int(s.Entries)}, {Text: p.Int(s.Exits)}, {Text: p.SignedInt(s.Entries - s.Exits)},
			{Text: p.ShareFigure(s.Rate.Estimate).Value}, {Text: p.Count(s.Rate.Numerator)}, {Text: p.Count(s.Rate.Denominator)},
		})
	}
	if len(c.Steps) == 0 {
		return out
	}
	// The days that the steps hold: a period may begin and end within one.
	out.Period = p.Period(c.Steps[0].From.AddDays(1), c.Steps[len(c.Steps)-1].At)
	out.Picture = Fitted(func(width int, _ chart.Theme) any {
		steps := c.Steps
		for _, longer := range []func(queries.Date) queries.Date{sunday, monthOf} { // while there are more steps than columns
			if len(steps) > width-8 {
				steps = joined(steps, longer)
			}
		}
		entries, exits := chart.Line{Label: p.Say("entries a week")}, chart.Line{Label: p.Say("exits a week")}
		for _, s := range steps {
			middle := (dayNumber(s.From) + 1 + dayNumber(s.At)) / 2
			entries.Points = append(entries.Points, chart.Point{X: middle, Y: float64(s.Entries) / s.Weeks()})
			exits.Points = append(exits.Points, chart.Point{X: middle, Y: float64(s.Exits) / s.Weeks()})
		}
		series := chart.TimeSeries{Lines: []chart.Line{entries, exits}, FormatY: p.AxisNumber, FromZero: true}
		overTime(p, &series, marksOf(p, c.Marks))
		return series
	}, at)
	out.Notes = p.CourseNotes(a)
	return out
}

// sunday is the last day of d's week.
func sunday(d queries.Date) queries.Date { return d.AddDays((7 - int(d.Time().Weekday())) % 7) }

// joined adds up the steps that end in the same week or month.
func joined(steps []queries.CourseStep, of func(queries.Date) queries.Date) []queries.CourseStep {
	var out []queries.CourseStep
	for _, s := range steps {
		if n := len(out); n > 0 && of(out[n-1].At) == of(s.At) {
			out[n-1].At, out[n-1].Rate = s.At, s.Rate
			out[n-1].Entries, out[n-1].Exits = out[n-1].Entries+s.Entries, out[n-1].Exits+s.Exits
			continue
		}
		out = append(out, s)
	}
	return out
}

func around(p *words.Printer, a queries.Consent) Panel {
	out := Panel{Name: "around", Title: titled(p.Say("Before and after: %s", p.Name(a.Purpose))), Period: p.Period(a.Since, a.Until), Main: 5, Finding: p.AroundHeadline(a), Short: p.AroundShort(a)}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("From")}, {Title: p.Say("What")}, {Title: p.Say("Flow")},
		{Title: p.Say("Before"), Align: chart.Right, Drop: 1}, {Title: p.Say("After"), Align: chart.Right, Drop: 1},
		{Title: p.Say("Change"), Align: chart.Right}, {Title: p.Say("Interval"), Drop: 2}, {Title: "p", Align: chart.Right, Drop: 3},
	}
	forest := chart.Forest{
		Title: p.Say("From"), Zero: 0, Format: func(x float64) string { return p.Relative(x) },
		Columns: []chart.Column{{Title: p.Say("Before"), Align: chart.Right, Drop: 1}, {Title: p.Say("After"), Align: chart.Right, Drop: 1}},
		Caption: [2]string{p.Say("fewer"), p.Say("more")},
	}
	for _, r := range words.Strongest(a) {
		x := r.Flow()
		change := p.RelativeFigure(x.Change)
		before, after := p.PerThousand(x.RateBefore), p.PerThousand(x.RateAfter)
		flow := p.Say("entries")
		if r.Exits {
			flow = p.Say("exits")
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: p.Date(r.Around.Day)}, {Text: p.MarkNames(r.Around)}, {Text: flow}, {Text: before}, {Text: after},
			{Text: change.Value}, {Text: change.Interval, Tone: chart.Muted}, {Text: p.PFigure(x.P)},
		})
		effect := chart.Effect{Label: p.Date(r.Around.Day) + " " + flow, Sub: p.MarkNames(r.Around), Cells: []chart.Cell{{Text: before}, {Text: after}}}
		if e, ok := x.Change.Value(); ok {
			effect.Estimate, effect.Low, effect.High = e.Value, e.Low, e.High
			effect.Verdict = chart.Cell{Text: change.Value, Tone: chart.Neutral}
			if e.ExcludesZero() {
				effect.Verdict.Tone = chart.Accent
			}
		} else {
			effect.Withheld = p.ReasonShort(x.Change.Why())
		}
		forest.Rows = append(forest.Rows, effect)
	}
	if len(forest.Rows) > 0 {
		out.Picture = Forest(forest)
		out.Notes = p.AroundNotes(a)
	}
	return out
}

func funnel(p *words.Printer, a queries.Consent) Panel {
	f := a.Funnel
	out := Panel{Name: "funnel", Title: titled(p.Say("Asked, answered, opted in: %s", p.Name(a.Purpose))), Period: p.Period(f.Since, f.Until), Main: 5, Finding: p.FunnelHeadline(a), Short: p.FunnelShort(a)}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Asked by")}, {Title: p.Say("Notice")}, {Title: p.Say("Mechanism"), Drop: 3},
		{Title: p.Say("Asked"), Align: chart.Right}, {Title: p.Say("Answered"), Align: chart.Right},
		{Title: p.Say("Opted in"), Align: chart.Right}, {Title: p.Say("95 %% interval"), Drop: 2}, {Title: p.Say("Number"), Align: chart.Right, Drop: 4},
	}
	if f.Missing != "" {
		out.Period = ""
	}
	var bars chart.Bars
	for i, r := range f.Rows {
		way := p.WayName(r.Method, r.Others, r.All)
		share := p.ShareFigure(r.OptedIn.Estimate)
		notice := cmp.Or(r.Notice, p.Say("not recorded"))
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: way}, {Text: notice}, {Text: p.Name(r.Mechanism), Tone: chart.Muted}, {Text: p.Count(r.Requests)}, {Text: p.ShareFigure(r.Answered.Estimate).Value},
			{Text: share.Value}, {Text: share.Interval, Tone: chart.Muted}, {Text: p.Count(r.OptedIn.Numerator)},
		})
		bar := chart.Bar{Label: way + " " + notice, Text: share.Value + " " + p.Say("of %s", p.Count(r.Requests)), Tone: chart.Series1}
		if slices.IndexFunc(f.Rows[:i], func(b queries.FunnelRow) bool { return b.Method == r.Method && b.Others == r.Others && b.All == r.All }) >= 0 {
			bar.Tone = chart.Series2
		}
		if e, ok := r.OptedIn.Estimate.Value(); ok {
			bar.Value, bar.Interval = e.Value, &chart.Interval{Low: e.Low, High: e.High}
		} else {
			bar.Text, bar.Withheld = "", p.ReasonShort(r.OptedIn.Estimate.Why())
		}
		bars.Rows = append(bars.Rows, bar)
	}
	if len(bars.Rows) > 0 {
		out.Picture = Bars(bars)
		out.Notes = p.FunnelNotes(a)
	}
	return out
}
