package panel

import (
	"math"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// engagementAround lays clicks, entries into consent and what has values over
// each other, on one axis of time, with what happened marked above.
func engagementAround(p *words.Printer, a queries.Engagement) Panel {
	x := a.Around
	out := Panel{Name: "around", Title: p.Say("What happened around"), Main: 5, Finding: p.EngagementAroundHeadline(x), Short: p.EngagementAroundShort(x)}
	if x.Missing != "" {
		return out
	}
	out.Period = p.Period(x.Since, x.Until)
	out.Table.Columns = []chart.Column{
		{Title: p.Say("From")}, {Title: p.Say("What")}, {Title: p.Say("Did")}, {Title: p.Say("Before"), Align: chart.Right}, {Title: p.Say("After"), Align: chart.Right},
		{Title: p.Say("Change"), Align: chart.Right}, {Title: p.Say("Interval"), Align: chart.Right, Drop: 1}, {Title: p.Say("Adjusted p"), Align: chart.Right, Drop: 2},
		{Title: p.Say("Messages before"), Align: chart.Right, Drop: 4}, {Title: p.Say("Messages after"), Align: chart.Right, Drop: 3},
	}
	for _, t := range x.Turns {
		change := p.DifferenceFigure(t.Metric, t.Change)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: p.Date(t.Day)}, {Text: p.TurnName(t)}, {Text: p.EngagementMetric(t.Metric)}, {Text: p.ShareFigure(t.Before.Estimate).Value}, {Text: p.ShareFigure(t.After.Estimate).Value},
			{Text: change.Value}, {Text: change.Interval, Tone: chart.Muted}, {Text: p.PFigure(t.P)}, {Text: p.Count(t.Before.Denominator)}, {Text: p.Count(t.After.Denominator)},
		})
	}
	if plots := overlaid(p, x); len(plots) > 0 {
		out.Picture = stacked(plots, beside(p, plots))
	}
	out.Notes = p.EngagementAroundNotes(x)
	return out
}

// overlaid are the drawings of one axis of time, the most needed first.
func overlaid(p *words.Printer, x queries.EngagementAround) []chart.TimeSeries {
	var plots []chart.TimeSeries
	clicks := chart.Line{Label: p.Say("clicks of messages")}
	for _, s := range x.Clicks {
		if e, there := s.Figure.Value(); there {
			clicks.Points = append(clicks.Points, chart.Point{X: dayNumber(s.At), Y: e.Value})
		}
	}
	if len(clicks.Points) > 0 {
		plots = append(plots, chart.TimeSeries{Lines: []chart.Line{clicks}, FormatY: p.AxisShare})
	}
	entries := chart.Line{Label: p.Say("entries a week: %s", p.Name(x.Purpose)), Tone: chart.Series2}
	for _, s := range x.Entries {
		entries.Points = append(entries.Points, chart.Point{X: (dayNumber(s.From) + 1 + dayNumber(s.At)) / 2, Y: float64(s.Entries) / s.Weeks()})
	}
	if len(entries.Points) > 0 {
		plots = append(plots, chart.TimeSeries{Lines: []chart.Line{entries}, FormatY: p.AxisNumber, FromZero: true})
	}
	for _, v := range x.Values {
		line := chart.Line{Label: p.FactorName(v.Kind, v.Label), Tone: chart.Series3}
		for _, w := range v.Points {
			line.Points = append(line.Points, chart.Point{X: dayNumber(w.At), Y: w.Value})
		}
		plots = append(plots, chart.TimeSeries{Lines: []chart.Line{line}, FormatY: p.AxisNumber})
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range plots {
		for _, point := range s.Lines[0].Points {
			low, high = min(low, point.X), max(high, point.X)
		}
	}
	for i := range plots {
		overTime(p, &plots[i], nil)
		plots[i].XRange = &chart.Interval{Low: low, High: high}
		plots[i].XTicks = nil
		for month := monthOf(dayOf(low)); dayNumber(month) <= high; month = monthOf(month.AddDays(31)) {
			if at := dayNumber(month); at >= low {
				plots[i].XTicks = append(plots[i].XTicks, at)
			}
		}
		plots[i].FormatY = padded(plots[i].FormatY)
	}
	if len(plots) > 0 {
		plots[0].Marks = marksOf(p, x.Marks)
	}
	for i := range plots { // the last that is drawn has the axis
		for _, f := range x.Weeks {
			for _, w := range f.Points {
				plots[i].Rug = append(plots[i].Rug, dayNumber(w.At))
			}
		}
	}
	return plots
}

// axisLabel is the width of the labels of drawings that share an axis of time.
const axisLabel = 6

// padded makes labels equally wide, so that the drawings below each other begin
// at the same column.
func padded(format func(float64) string) func(float64) string {
	return func(v float64) string {
		text := format(v)
		return strings.Repeat(" ", max(axisLabel-ansi.StringWidth(text), 0)) + text
	}
}

// beside draws the first two on one scale, each as times its own mean: for where
// there is no room for one below the other.
func beside(p *words.Printer, plots []chart.TimeSeries) chart.TimeSeries {
	out := plots[0]
	if len(plots) < 2 {
		return out
	}
	out.Lines, out.YRange = nil, nil
	out.FormatY = func(v float64) string { return p.Say("%s ×", p.AxisNumber(v)) }
	for _, s := range plots[:2] {
		l := chart.Line{Label: p.Say("%s, times its mean", s.Lines[0].Label), Tone: s.Lines[0].Tone}
		mean := 0.0
		for _, x := range s.Lines[0].Points {
			mean += x.Y / float64(len(s.Lines[0].Points))
		}
		for _, x := range s.Lines[0].Points {
			if mean > 0 {
				l.Points = append(l.Points, chart.Point{X: x.X, Y: x.Y / mean})
			}
		}
		out.Lines = append(out.Lines, l)
	}
	return out
}

// A stackedPicture draws as many plots below each other as there is room for, or
// else one of all; the last has the axis of time.
type stackedPicture struct {
	plots []chart.TimeSeries
	one   chart.TimeSeries
}

// stacked draws plots below each other, or one in their place.
func stacked(plots []chart.TimeSeries, one chart.TimeSeries) Picture {
	return stackedPicture{plots, one}
}

// Chart implements Picture.
func (p stackedPicture) Chart(int, chart.Theme) any { return p.plots }

// Draw implements Picture.
func (p stackedPicture) Draw(width, height, _ int, t chart.Theme) Drawing {
	const least, usual, axis = 4, 8, 2
	n := len(p.plots)
	if height <= 0 {
		height = n*usual + axis
	}
	n = min(n, (height-axis-1)/least) // and a line to name the marks
	if n < 2 {
		return Drawing{Text: p.one.Render(width, height, t)}
	}
	room := height - axis
	extra := min(room-n*least, 3)
	var lines []string
	for i := range n {
		rows := (room-extra)*(i+1)/n - (room-extra)*i/n
		if i == 0 {
			rows += extra
		}
		part := strings.Split(p.plots[i].Render(width, rows+axis, t), "\n")
		if i < n-1 {
			part = part[:rows]
		}
		lines = append(lines, part...)
	}
	return Drawing{Text: strings.Join(lines, "\n")}
}

// associations is how factors go with what followed: the surest delay of each
// pair as a forest.
func associations(p *words.Printer, a queries.Engagement) Panel {
	x := a.Factors
	out := Panel{Name: "factors", Title: p.Say("What goes together, weeks later"), Main: 3, Finding: p.AssociationsHeadline(x), Short: p.AssociationsShort(x)}
	if x.Missing != "" {
		return out
	}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Factor")}, {Title: p.Say("Goes with")}, {Title: p.Say("When")}, {Title: "r", Align: chart.Right}, {Title: p.Say("Interval"), Align: chart.Right, Drop: 1},
		{Title: p.Say("Adjusted p"), Align: chart.Right, Drop: 2}, {Title: p.Say("Weeks"), Align: chart.Right, Drop: 3},
	}
	f := chart.Forest{Title: p.Say("Factor"), Format: func(v float64) string { return p.Number(v, 1) }, Caption: [2]string{p.Say("less"), p.Say("more")}}
	seen := map[[3]string]bool{}
	for _, r := range x.Rows {
		name, outcome := p.FactorName(r.Factor, r.Label), p.OutcomeName(r.Outcome)
		figure := p.CorrelationFigure(r.Correlation)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: name}, {Text: outcome}, {Text: p.Weeks(r.Lag)}, {Text: figure.Value}, {Text: figure.Interval, Tone: chart.Muted}, {Text: p.PFigure(r.P)}, {Text: p.Int(int64(r.Weeks))}})
		pair := [3]string{r.Factor, r.Label, r.Outcome}
		e, there := r.Correlation.Value()
		if seen[pair] || !there {
			continue
		}
		seen[pair] = true
		effect := chart.Effect{Label: name, Sub: outcome, Estimate: e.Value, Low: e.Low, High: e.High, Cells: []chart.Cell{{Text: p.Weeks(r.Lag), Tone: chart.Muted}}}
		effect.Verdict = chart.Cell{Text: figure.Value, Tone: chart.Neutral}
		if e.ExcludesZero() {
			effect.Verdict.Tone = chart.Accent
		}
		f.Rows = append(f.Rows, effect)
	}
	f.Columns = []chart.Column{{Title: p.Say("When"), Drop: 1}}
	out.Picture = looks(f)
	out.Notes = p.AssociationsNotes(x)
	return out
}

// A stillPicture has marks that are not the rows of the table: it has no cursor.
type stillPicture struct{ Picture }

// looks draws a forest that has fewer rows than the table.
func looks(f chart.Forest) Picture { return stillPicture{Forest(f)} }

// Draw implements Picture.
func (p stillPicture) Draw(width, height, _ int, t chart.Theme) Drawing {
	return Drawing{Text: p.Picture.Draw(width, height, Static, t).Text}
}
