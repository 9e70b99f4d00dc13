package panel

import (
	"math"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

func lasting(p *words.Printer, a queries.Consent) Panel {
	out := Panel{Name: "lasting", Title: p.Say("How long a first consent lasts"), Period: p.Say("as of %s", p.Date(a.Expiring.At)), Main: 3, Finding: p.LastingHeadline(a), Short: p.LastingShort(a)}
	if a.Expiring.At == "" {
		out.Period = ""
	}
	out.Table.Columns = []chart.Column{
		{Title: p.CutName(a.Choice.By)}, {Title: p.Say("Customers"), Align: chart.Right, Drop: 1}, {Title: p.Say("Ended"), Align: chart.Right, Drop: 1},
		{Title: p.Say("After a year"), Align: chart.Right}, {Title: p.Say("95 %% interval"), Drop: 2},
		{Title: p.Say("Half have ended after"), Align: chart.Right}, {Title: p.Say("days, 95 %%"), Drop: 3},
	}
	if a.Choice.By == queries.ByChannel {
		out.Table.Columns[0].Title = p.CutName(queries.ByPurpose)
	}
	var series chart.TimeSeries
	longest := 0
	for _, g := range a.Lasting.Groups {
		name := p.GroupName(a.Choice.By, g.Name, g.Others)
		year, median := p.ShareFigure(g.Year), p.MedianFigure(g)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: name}, {Text: p.Count(g.People)}, {Text: p.Count(g.Ended)}, {Text: year.Value}, {Text: year.Interval, Tone: chart.Muted}, {Text: median.Value}, {Text: median.Interval, Tone: chart.Muted},
		})
		var term queries.Term
		if by := queries.DimensionOf(a.Choice.By); g.Name != "" && by != "" {
			term = queries.Term{Dimension: by, Values: []string{g.Name}}
		}
		out.Terms = append(out.Terms, term)
		if len(g.Points) == 0 || len(series.Lines) == linesTogether {
			continue
		}
		longest = max(longest, g.Points[len(g.Points)-1].Days)
		series.Lines = append(series.Lines, curve(name, g, func(x queries.LastingPoint) (float64, bool) { return x.Share, true }))
		if len(a.Lasting.Groups) == 1 {
			low := curve("", g, func(x queries.LastingPoint) (float64, bool) { e, ok := x.Band.Value(); return e.Low, ok })
			high := curve("", g, func(x queries.LastingPoint) (float64, bool) { e, ok := x.Band.Value(); return e.High, ok })
			low.Tone, high.Tone = chart.Muted, chart.Muted
			series.Lines = append(series.Lines, low, high)
		}
	}
	if len(series.Lines) == 0 {
		return out
	}
	series.FormatX, series.FormatY, series.FromZero = p.Age, p.AxisShare, true
	for days := 0; days <= longest; days += 365 {
		series.XTicks = append(series.XTicks, float64(days))
	}
	if len(series.XTicks) < 2 {
		series.XTicks = nil
	}
	out.Picture = Series(series, nil)
	out.Notes = p.LastingNotes(a)
	return out
}

// curve draws a line of steps: a share holds until the next end.
func curve(name string, g queries.LastingGroup, of func(queries.LastingPoint) (float64, bool)) chart.Line {
	line := chart.Line{Label: name, Points: []chart.Point{{X: 0, Y: 1}}}
	last := 1.0
	for _, x := range g.Points {
		if y, ok := of(x); ok {
			line.Points = append(line.Points, chart.Point{X: float64(x.Days), Y: last}, chart.Point{X: float64(x.Days), Y: y})
			last = y
		}
	}
	return line
}

func expiring(p *words.Printer, a queries.Consent) Panel {
	out := Panel{Name: "expiring", Title: p.Say("What expires"), Main: 4, Finding: p.ExpiringHeadline(a), Short: p.ExpiringShort(a)}
	if a.Expiring.At != "" {
		out.Period = p.Say("from %s on", p.Date(a.Expiring.At.AddDays(1)))
	}
	out.Table.Columns = []chart.Column{{Title: p.CutName(queries.ByPurpose)}, {Title: p.Say("Basis")}, {Title: p.Say("Valid now"), Align: chart.Right, Drop: 1}}
	for _, days := range queries.ExpiringDays {
		out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Days(days), Align: chart.Right})
	}
	for _, r := range a.Expiring.Rows {
		row := []chart.Cell{{Text: p.Name(r.Purpose)}, {Text: p.BasisName(r.Basis)}, {Text: p.Count(r.Valid)}}
		for _, n := range r.Within {
			row = append(row, chart.Cell{Text: p.Count(n)})
		}
		out.Table.Rows = append(out.Table.Rows, row)
	}
	out.tabular()
	if out.Tabular {
		out.Notes = p.ExpiringNotes(a)
	}
	return out
}

func mix(p *words.Printer, a queries.Consent) Panel {
	m := a.Mix
	out := Panel{Name: "mix", Title: titled(p.Say("Same customers, or others? %s", p.Name(a.Purpose))), Period: p.Period(a.Since, a.Until), Main: 2, Finding: p.MixHeadline(a), Short: p.MixShort(a)}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("At")}, {Title: p.Say("Opted in"), Align: chart.Right}, {Title: p.Say("Same mix"), Align: chart.Right}, {Title: p.Say("Difference"), Align: chart.Right},
	}
	crude, adjusted := chart.Line{Label: p.Say("as it was")}, chart.Line{Label: p.Say("with the mix of the first day")}
	var at []float64
	for _, x := range m.Points {
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: p.Date(x.At)}, {Text: p.Share(x.Crude)}, {Text: p.Share(x.Adjusted)}, {Text: p.Points(math.Round((x.Adjusted-x.Crude)*1e4) / 1e4)}})
		crude.Points = append(crude.Points, chart.Point{X: dayNumber(x.At), Y: x.Crude})
		adjusted.Points = append(adjusted.Points, chart.Point{X: dayNumber(x.At), Y: x.Adjusted})
		at = append(at, dayNumber(x.At))
	}
	if len(at) > 1 {
		series := chart.TimeSeries{Lines: []chart.Line{crude, adjusted}, FormatY: p.AxisShare}
		overTime(p, &series, nil)
		out.Picture = Series(series, at)
		out.Notes = p.MixNotes(a)
	}
	return out
}

// dayNumber is a day on the time axis.
func dayNumber(d queries.Date) float64 { return float64(d.Time().Unix() / 86400) }

// monthOf is the first day of d's month.
func monthOf(d queries.Date) queries.Date { return d[:len("2018-03")] + "-01" }

// dayOf is the inverse of dayNumber.
func dayOf(x float64) queries.Date { return queries.Date("1970-01-01").AddDays(int(x)) }

// overTime gives a series its time axis, with months where it has some, and the
// marks that lie in it.
func overTime(p *words.Printer, s *chart.TimeSeries, marks []chart.Mark) {
	var first, last float64
	some := false
	low, high := 1.0, 0.0
	for _, l := range s.Lines {
		for _, x := range l.Points {
			if !some || x.X < first {
				first = x.X
			}
			if !some || x.X > last {
				last = x.X
			}
			low, high = min(low, x.Y), max(high, x.Y)
			some = true
		}
	}
	s.Marks = marks
	s.FormatX = func(x float64) string { return p.MonthOrDay(dayOf(x)) }
	for month := monthOf(dayOf(first)); some && dayNumber(month) <= last; month = monthOf(month.AddDays(31)) {
		if x := dayNumber(month); x >= first {
			s.XTicks = append(s.XTicks, x)
		}
	}
	if len(s.XTicks) < 2 {
		s.XTicks = nil
	}
	if some && first == last { // an axis around one moment would run over years
		s.XTicks = []float64{first}
	}
	const least = 0.05 // on a finer axis of shares a change of no weight looks like a collapse
	if high <= 1 && high-low < least && !s.FromZero {
		low = max(0, min((low+high-least)/2, 1-least))
		s.YRange = &chart.Interval{Low: low, High: low + least}
	}
}

// marksOf are the marks that fit above a plot: notices, news and events.
func marksOf(p *words.Printer, marks []queries.Mark) []chart.Mark {
	var out []chart.Mark
	for _, m := range marks {
		if m.Kind == queries.CampaignMark {
			continue
		}
		if n := len(out); n > 0 && out[n-1].At == dayNumber(m.Day) {
			continue
		}
		out = append(out, chart.Mark{At: dayNumber(m.Day), Label: p.MarkName(m)})
	}
	return out
}
