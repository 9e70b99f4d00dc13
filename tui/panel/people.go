package panel

import (
	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// People lays out single customers: their list and, of the one chosen, the
// consents over time and what happened.
func People(p *words.Printer, dimensions []queries.Dimension, a queries.People) []Panel {
	out := []Panel{customers(p, dimensions, a)}
	if a.Life == nil {
		return out
	}
	return append(out, consentsOf(p, a), eventsOf(p, a))
}

// short is a pseudonym that can be told apart by eye; the whole one is in the
// table of the life.
func short(pseudonym string) string { return pseudonym[:min(8, len(pseudonym))] }

func customers(p *words.Printer, dimensions []queries.Dimension, a queries.People) Panel {
	out := Panel{Name: "customers", Title: p.Say("Customers, by pseudonym"), At: -1, Finding: p.PeopleHeadline(a), Short: p.PeopleHeadline(a)}
	if a.Choice.Campaign != "" {
		out.Period = a.Choice.Campaign
		if a.Choice.Arm != "" {
			out.Period += ", " + p.Name(a.Choice.Arm)
		}
	}
	out.Notes = []string{p.Say("Single customers, nothing withheld: read them as an analyst does. The filter picks who is listed.")}
	out.Table.Columns = []chart.Column{{Title: p.Say("Customer")}}
	for _, d := range dimensions {
		out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Name(d.Name), Drop: 2})
	}
	out.Table.Columns = append(out.Table.Columns,
		chart.Column{Title: p.Say("Known since"), Drop: 3}, chart.Column{Title: p.Say("Messages"), Align: chart.Right}, chart.Column{Title: p.Say("Purchases"), Align: chart.Right},
		chart.Column{Title: p.Say("Opted in to"), Drop: 1})
	for i, x := range a.Rows {
		row := []chart.Cell{{Text: short(x.Pseudonym)}}
		for j := range dimensions {
			text := ""
			if j < len(x.Segment) {
				text = p.Value(dimensions[j].Name, x.Segment[j])
			}
			row = append(row, chart.Cell{Text: text})
		}
		out.Table.Rows = append(out.Table.Rows, append(row,
			chart.Cell{Text: p.Known(x), Tone: chart.Muted}, chart.Cell{Text: p.Count(x.Messages)}, chart.Cell{Text: p.Count(x.Purchases)}, chart.Cell{Text: p.Names(x.OptedIn)}))
		out.Opens = append(out.Opens, queries.Choice{Customer: x.Pseudonym})
		if x.Pseudonym == a.Choice.Customer {
			out.At = i
		}
	}
	out.tabular()
	return out
}

// consentsOf is by purpose when a consent was valid.
func consentsOf(p *words.Printer, a queries.People) Panel {
	l := a.Life
	out := Panel{Name: "consents", Title: p.Say("Consents of %s over time", short(l.Pseudonym)), Finding: p.LifeHeadline(a), Short: p.LifeHeadline(a)}
	if !l.First.IsZero() {
		out.Period = p.Period(queries.DateOf(l.First), queries.DateOf(l.Last))
	}
	out.Notes = []string{p.StripNote()}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Purpose")}, {Title: p.Say("Over time"), Align: chart.Right}, {Title: p.Say("Last began"), Drop: 1}, {Title: p.Say("Ended"), Drop: 2}, {Title: p.Say("By"), Drop: 3},
	}
	for i := 0; i < len(l.Spells); {
		j := i
		for j < len(l.Spells) && l.Spells[j].Purpose == l.Spells[i].Purpose {
			j++
		}
		spells := l.Spells[i:j]
		last := spells[0]
		for _, s := range spells {
			if !s.From.Before(last.From) {
				last = s
			}
		}
		ended := p.Say("still valid")
		if !last.Until.IsZero() {
			ended = string(queries.DateOf(last.Until))
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: p.Name(last.Purpose)}, {Text: p.Strip(spells, l.First, l.Last)}, {Text: string(queries.DateOf(last.From))}, {Text: ended}, {Text: p.Name(last.EndedBy), Tone: chart.Muted},
		})
		i = j
	}
	out.tabular()
	return out
}

// eventsOf is what happened, and what was allowed then.
func eventsOf(p *words.Printer, a queries.People) Panel {
	l := a.Life
	out := Panel{Name: "timeline", Title: p.Say("Timeline of %s", short(l.Pseudonym)), Main: 1, Finding: p.TimelineHeadline(a), Short: p.TimelineHeadline(a)}
	out.Notes = []string{p.Say("Allowed then: purposes opted in to at that moment; in brackets those valid on another basis alone.")}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("When"), Align: chart.Right}, {Title: p.Say("What")}, {Title: p.Say("How"), Drop: 2}, {Title: p.Say("Amount"), Align: chart.Right, Drop: 3}, {Title: p.Say("Allowed then"), Drop: 1},
	}
	for _, e := range l.Events {
		tone := chart.Text
		switch e.Kind {
		case "given", "renewed":
			tone = chart.Good
		case "withdrawn", "refused":
			tone = chart.Bad
		}
		amount := ""
		if n, ok := e.Amount.Value(); ok {
			amount = p.Money(float64(n) / 100)
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: p.Moment(e.At), Tone: chart.Muted}, {Text: p.Event(e), Tone: tone}, {Text: p.EventDetail(e)}, {Text: amount}, {Text: p.Allowed(e)},
		})
	}
	out.tabular()
	return out
}
