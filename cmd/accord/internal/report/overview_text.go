package report

import (
	"strings"
	"time"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/panel"
	"accord/tui/words"
)

// overview is the manager's page.
type overview queries.Overview

// text implements answer.
func (o overview) text(p *page) {
	a := queries.Overview(o)
	p.title(p.Say("Overview"))
	p.heading(p.Say("What people say"))
	p.say(p.StanceHeadline(o.Stance))
	p.stance(o.Stance)
	p.heading(p.Say("What people do"))
	p.say(p.OptInHeadline(a, o.Trend.Purpose))
	p.say(p.Paradox(o.Paradox))
	p.optIn(o.OptIn)
	p.heading(p.Say("How it moves"))
	p.say(p.TrendHeadline(o.Trend))
	p.trend(o.Trend)
	p.heading(p.Say("What campaigns add"))
	p.say(p.LiftHeadline(a))
	p.strongest(o.Lifts, o.LiftRule)
	if o.LiftRule.Compared > 1 {
		p.say(p.LiftRule(o.LiftRule))
	}
	p.heading(p.Say("What to know before trusting this"))
	if len(o.Attention) == 0 {
		p.say(p.NoAttention())
	}
	for _, x := range o.Attention {
		p.item(p.Attention(x))
	}
}

func (p *page) stance(s queries.Stance) {
	willing, ok := s.Willing.Estimate.Value()
	if s.Missing != "" || !ok {
		return
	}
	p.gap()
	p.draw(chart.ShareBar{
		Segments: []chart.Segment{
			{Label: p.Say("willing"), Text: p.ShareFigure(s.Willing.Estimate).Value, Share: willing.Value, Tone: chart.Series1},
			{Label: p.Say("not willing"), Text: p.ShareFigure(s.NotWilling.Estimate).Value, Share: 1 - willing.Value, Tone: chart.Series4},
		},
		Interval:  &chart.Interval{Low: willing.Low, High: willing.High},
		Reference: &chart.Mark{At: words.PublishedWilling, Label: p.Say("CROP 2018: %s", p.Level(words.PublishedWilling))},
	}.Render(p.width, p.theme))
	t := chart.Table{Columns: append([]chart.Column{{Title: p.Say("Stance")}}, p.rateColumns(p.Say("Share"))...)}
	for _, row := range []struct {
		name string
		rate queries.Rate
	}{
		{p.Say("willing"), s.Willing},
		{p.Say("not willing"), s.NotWilling},
		{p.Say("of these sceptical"), s.Sceptical},
		{p.Say("of these undecided"), s.Undecided},
	} {
		t.Rows = append(t.Rows, append([]chart.Cell{{Text: row.name}}, p.rateCells(row.rate)...))
	}
	p.gap()
	p.draw(t.Render(p.width, p.theme))
	if s.Since != "" {
		p.say(p.Say("Answers: %s.", p.Period(s.Since, s.Until)))
	}
	p.say(p.WeightedNote(s))
	p.say(p.PublishedNote())
}

func (p *page) optIn(rates []queries.PurposeRate) {
	if len(rates) == 0 {
		return
	}
	bars := chart.Bars{Max: 1}
	opted := chart.Table{Columns: append([]chart.Column{{Title: p.Say("Purpose")}}, p.rateColumns(p.Say("Opted in"))...)}
	if p.width >= wide {
		opted.Columns = append(opted.Columns, chart.Column{Title: p.Say("Change"), Align: chart.Right})
	}
	contactable := chart.Table{Columns: append([]chart.Column{{Title: p.Say("Purpose")}}, p.rateColumns(p.Say("Contactable"))...)}
	for _, r := range rates {
		name := p.Name(r.Purpose)
		bar := chart.Bar{Label: name, Withheld: p.ReasonShort(r.Rate.Estimate.Why())}
		if e, ok := r.Rate.Estimate.Value(); ok {
			bar = chart.Bar{Label: name, Value: e.Value, Text: p.ShareFigure(r.Rate.Estimate).Value}
		}
		bars.Rows = append(bars.Rows, bar)
		row := append([]chart.Cell{{Text: name}}, p.rateCells(r.Rate)...)
		opted.Rows = append(opted.Rows, append(row, chart.Cell{Text: p.PointsFigure(r.Change)}))
		contactable.Rows = append(contactable.Rows, append([]chart.Cell{{Text: name}}, p.rateCells(r.Contactable)...))
	}
	p.gap()
	p.draw(bars.Render(p.width, p.theme))
	p.gap()
	p.draw(opted.Render(p.width, p.theme))
	note := p.Say("Of customers known on %s.", p.Date(rates[0].At))
	if p.width >= wide {
		note += " " + p.Say("Change since %s.", p.Date(rates[0].Before))
	}
	p.say(note)
	for _, r := range rates[1:] {
		if r.At != rates[0].At || r.Before != rates[0].Before {
			p.item(p.Say("%[1]s: on %[2]s, change since %[3]s.", p.Name(r.Purpose), p.Date(r.At), p.Date(r.Before)))
		}
	}
	p.gap()
	p.say(p.Say("Contactable on another basis, not opted in"))
	p.draw(contactable.Render(p.width, p.theme))
}

// trendHeight is the lines of the picture of a trend.
const trendHeight = 12

func (p *page) trend(t queries.Trend) {
	s, ok := words.SummariseTrend(t)
	if t.Missing != "" || !ok {
		return
	}
	series := chart.TimeSeries{
		Lines:   []chart.Line{{}},
		FormatX: func(x float64) string { return p.Date(date(x)) },
		FormatY: p.AxisShare,
	}
	for _, point := range t.Points {
		if e, ok := point.Rate.Estimate.Value(); ok {
			series.Lines[0].Points = append(series.Lines[0].Points, chart.Point{X: day(point.At), Y: e.Value})
		}
	}
	if len(series.Lines[0].Points) > 1 {
		p.gap()
		p.draw(series.Render(p.width, trendHeight, p.theme))
	}
	p.gap()
	p.draw(p.notable(t, s).Render(p.width, p.theme))
	p.say(p.TrendNote(t))
}

// notable is the table of the points that the headline speaks of, by date.
func (p *page) notable(t queries.Trend, s words.TrendSummary) chart.Table {
	table := chart.Table{Columns: append([]chart.Column{{Title: p.Say("Point")}, {Title: p.Say("On"), Align: chart.Right}}, p.rateColumns(p.Say("Opted in"))...)}
	flows := p.width >= wide
	if flows {
		table.Columns = append(table.Columns, chart.Column{Title: p.Say("Entries"), Align: chart.Right}, chart.Column{Title: p.Say("Exits"), Align: chart.Right})
	}
	for _, point := range t.Points {
		var names []string
		for _, n := range []struct {
			at   words.TrendAt
			name string
		}{
			{s.From, p.Say("first")}, {s.To, p.Say("last")}, {s.Lowest, p.Say("lowest")}, {s.Highest, p.Say("highest")},
			{s.StepFrom, p.Say("before")}, {s.StepTo, p.Say("after")},
		} {
			if n.at.At == point.At {
				names = append(names, n.name)
			}
		}
		if len(names) == 0 {
			continue
		}
		row := append([]chart.Cell{{Text: strings.Join(names, ", ")}, {Text: p.Date(point.At)}}, p.rateCells(point.Rate)...)
		if flows {
			row = append(row, chart.Cell{Text: p.Count(point.Entries)}, chart.Cell{Text: p.Count(point.Exits)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// strongest plots the overview's comparisons and lists their figures.
func (p *page) strongest(lifts []queries.Comparison, rule queries.Rule) {
	var shares []queries.Comparison
	for _, c := range lifts {
		if !c.Metric.Money() {
			shares = append(shares, c)
		}
	}
	p.forest(p.Say("Campaign"), shares, func(c queries.Comparison) (string, string) {
		return c.Name, p.Name(c.Arm) + ", " + p.Metric(c.Metric)
	})
	if len(lifts) == 0 {
		return
	}
	t := chart.Table{Columns: append([]chart.Column{{Title: p.Say("Campaign")}, {Title: p.Say("Arm")}, {Title: p.Say("Metric")}}, panel.ComparisonColumns(p.Printer, rule.Level)...)}
	for _, c := range lifts {
		t.Rows = append(t.Rows, append([]chart.Cell{{Text: c.Name}, {Text: p.Name(c.Arm)}, {Text: p.MetricShort(c.Metric)}}, panel.ComparisonCells(p.Printer, c)...))
	}
	p.gap()
	p.draw(t.Render(p.width, p.theme))
}

// day is a date on the time axis, in days.
func day(d queries.Date) float64 { return float64(d.Time().Unix() / 86400) }

// date is the inverse of day.
func date(x float64) queries.Date { return queries.DateOf(time.Unix(int64(x)*86400, 0).UTC()) }
