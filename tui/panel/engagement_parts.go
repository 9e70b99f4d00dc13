package panel

import (
	"image"
	"math"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// moments is the hours of the week as a heat map: a row a weekday.
func moments(p *words.Printer, f queries.Filter, a queries.Engagement) Panel {
	m := a.Moments
	out := Panel{Name: "moments", Title: p.Say("When: hours of the week"), Main: 4, Finding: p.MomentsHeadline(m), Short: p.MomentsShort(m)}
	if m.Missing != "" {
		return out
	}
	out.Title = p.Say("When: %s by hour of the week", p.EngagementMetric(m.Metric))
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Day")}, {Title: p.Say("Hours")}, {Title: p.Say("Number"), Align: chart.Right, Drop: 2}, {Title: p.Say("Of"), Align: chart.Right, Drop: 2},
		{Title: p.Say("Drawn to the mean"), Align: chart.Right}, {Title: p.Say("As it is"), Align: chart.Right, Drop: 1},
	}
	first, last := 24, 0
	for _, c := range m.Cells {
		first, last = min(first, c.Hour), max(last, c.Hour)
	}
	n, _ := m.N.Value()
	people, _ := m.People.Value()
	mean := float64(people) / float64(max(n, 1))
	heat := chart.Heat{}
	for hour := first; hour <= last; hour += m.Hours {
		heat.Columns = append(heat.Columns, p.Int(int64(hour)))
	}
	for day := 1; day <= 7; day++ {
		row := chart.HeatRow{Label: p.Weekday(day)}
		for range heat.Columns {
			row.Cells = append(row.Cells, chart.HeatCell{Value: math.NaN()})
		}
		heat.Rows = append(heat.Rows, row)
	}
	for i, c := range m.Cells {
		at := image.Pt((c.Hour-first)/m.Hours, c.Weekday-1)
		out.Cells = append(out.Cells, at)
		cell := &heat.Rows[at.Y].Cells[at.X]
		shrunk, there := c.Shrunk.Value()
		if there {
			cell.Value = shadeOf(shrunk / mean)
		}
		switch { // hours on their own are too narrow for texts
		case m.Hours == 1:
		case there:
			cell.Text = p.Share(shrunk)
		case c.Why.Suppressed():
			cell.Text = sign(p, "–", "-")
		}
		if i == m.Best {
			cell.Tone = chart.Accent
		}
		share, rate := p.ReasonShort(c.Why), ""
		if there {
			raw, _ := c.Rate.Value()
			share, rate = p.Share(shrunk), p.Share(raw)
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: p.Weekday(c.Weekday)}, {Text: p.Hours(c.Hour, m.Hours)}, {Text: p.Count(c.People)}, {Text: p.Count(c.N)}, {Text: share}, {Text: rate}})
	}
	out.Picture, out.Least = Heat(heat, out.Cells), heat.Height()
	out.Notes = p.MomentsNotes(m, f.Since != "" || f.Until != "")
	return out
}

// shadeOf is the shade of a rate by its ratio to the mean: the same for every
// answer, so that hours that hardly differ look alike. The mean is half way, two
// fifths more the darkest.
func shadeOf(ratio float64) float64 { return max(0.15, min(0.5+1.25*(ratio-1), 1)) }

// machines is opens by people, by machines alone and none, campaign by campaign.
func machines(p *words.Printer, a queries.Engagement) Panel {
	m := a.Machine
	out := Panel{Name: "machines", Title: p.Say("People's and machines' opens"), Main: 2, Finding: p.MachinesHeadline(m), Short: p.MachinesShort(m)}
	if m.Metric == queries.HumanClick {
		out.Title = p.Say("People's and machines' clicks")
	}
	if m.Missing != "" {
		return out
	}
	out.Period = p.Period(a.Since, a.Until)
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Campaign")}, {Title: p.Say("Messages"), Align: chart.Right, Drop: 3}, {Title: p.Say("By people"), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right, Drop: 4},
		{Title: p.Say("With machines"), Align: chart.Right}, {Title: p.Say("Machines alone"), Align: chart.Right, Drop: 2}, {Title: p.Say("Their share"), Align: chart.Right, Drop: 1},
	}
	s := chart.Stack{
		Title: p.Say("Campaign"), Format: p.AxisShare,
		Parts:   []chart.Segment{{Label: p.Say("by people")}, {Label: p.Say("by machines alone")}, {Label: p.Say("by nobody"), Tone: chart.Series4}},
		Columns: []chart.Column{{Title: p.Say("By people"), Align: chart.Right}, {Title: p.Say("With machines"), Align: chart.Right, Drop: 1}},
	}
	for _, r := range m.Rows {
		human, alone := p.ShareFigure(r.Human.Estimate), p.ShareFigure(r.Machine.Estimate)
		name := p.SegmentName(r.Campaign)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: name}, {Text: p.Count(r.N)}, {Text: human.Value}, {Text: human.Interval, Tone: chart.Muted}, {Text: p.RawShare(r.Raw)}, {Text: alone.Value}, {Text: p.RawShare(r.Share)}})
		row := chart.StackRow{Label: name, Cells: []chart.Cell{{Text: human.Value}, {Text: p.RawShare(r.Raw)}}}
		people, there := r.Human.Estimate.Value()
		machine, also := r.Machine.Estimate.Value()
		if there && also {
			row.Shares = []float64{people.Value, machine.Value, max(0, 1-people.Value-machine.Value)}
		} else {
			row.Withheld, row.Cells = p.ReasonShort(r.Human.Estimate.Why()), nil
		}
		s.Rows = append(s.Rows, row)
	}
	out.Picture = stack(s)
	out.Notes = p.MachinesNotes()
	return out
}

// fatigue is response by the number of messages in the month.
func fatigue(p *words.Printer, a queries.Engagement) Panel {
	x := a.Fatigue
	out := Panel{Name: "fatigue", Title: p.Say("Many messages: an association"), Main: 3, Finding: p.FatigueHeadline(x), Short: p.FatigueShort(x)}
	if x.Missing != "" {
		return out
	}
	out.Period = p.Period(x.Since, x.Until)
	out.Table.Columns = []chart.Column{
		{Title: p.Say("In a month")}, {Title: p.Say("Customer-months"), Align: chart.Right, Drop: 2}, {Title: p.Say("Messages"), Align: chart.Right, Drop: 2}, {Title: p.Say("Human clicks"), Align: chart.Right},
		{Title: p.Level(0.95), Align: chart.Right, Drop: 3}, {Title: p.Say("Against one"), Align: chart.Right}, {Title: p.Say("Interval"), Align: chart.Right, Drop: 1}, {Title: p.Say("Unsubscribes"), Align: chart.Right, Drop: 1},
	}
	var bars chart.Bars
	for i, r := range x.Rows {
		clicks, change := p.ShareFigure(r.Clicks.Estimate), p.RelativeFigure(r.Change)
		if i == 0 {
			change = words.Span{}
		}
		name := p.InAMonth(r)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: name}, {Text: p.Count(r.Customers)}, {Text: p.Count(r.Clicks.Denominator)}, {Text: clicks.Value}, {Text: clicks.Interval, Tone: chart.Muted}, {Text: change.Value}, {Text: change.Interval, Tone: chart.Muted}, {Text: p.ShareFigure(r.Unsubscribe.Estimate).Value}})
		bar := chart.Bar{Label: name, Text: clicks.Value}
		if change.Value != "" {
			bar.Text += "  " + change.String()
		}
		if e, there := r.Clicks.Estimate.Value(); there {
			bar.Value, bar.Interval = e.Value, &chart.Interval{Low: e.Low, High: e.High}
		} else {
			bar.Withheld, bar.Text = p.ReasonShort(r.Clicks.Estimate.Why()), ""
		}
		bars.Rows = append(bars.Rows, bar)
	}
	out.Picture = Bars(bars)
	if reached := p.Reached(a.Reach); reached != "" {
		out.Notes = []string{reached}
	}
	out.Notes = append(out.Notes, p.FatigueNotes(x)...)
	return out
}
