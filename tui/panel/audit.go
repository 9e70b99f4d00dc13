package panel

import (
	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Audit lays out what records show of how permission was kept.
func Audit(p *words.Printer, a queries.Audit) []Panel {
	panels := []Panel{sentCampaigns(p, a.Sent), sentReasons(p, a.Sent), proof(p, a.Proof), effort(p, a.Effort), retention(p, a.Retention)}
	panels = compared(p, a.Changes, panels, func(c queries.Change) string { return p.AuditFigure(c.What) })
	if a.Changes.Versus != queries.VersusNothing && a.Changes.Missing == "" {
		panels[0].Notes = append(panels[0].Notes, p.Say("Messages count as if each were of another person, which they are not all: these intervals are rather too narrow."))
	}
	return panels
}

func sentCampaigns(p *words.Printer, a queries.Sent) Panel {
	out := Panel{Name: "sent", Title: p.Say("Messages without a valid consent on record"), Main: 3, Finding: p.SentHeadline(a), Short: p.SentShort(a)}
	if a.Missing != "" {
		return out
	}
	out.Period = p.Period(a.Since, a.Until)
	out.Table.Columns = []chart.Column{{Title: p.Say("Campaign")}, {Title: p.Say("Started"), Drop: 2}, {Title: p.Say("Messages"), Align: chart.Right},
		{Title: p.Say("Without consent"), Align: chart.Right}, {Title: p.Say("Share"), Align: chart.Right, Drop: 1}, {Title: p.Say("In the grace"), Align: chart.Right}, {Title: p.Say("Most often"), Drop: 3}}
	var bars chart.Bars
	for _, c := range a.Campaigns {
		most := ""
		if len(c.Reasons) > 0 {
			most = p.SentReason(c.Reasons[0].Reason)
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: c.Name}, {Text: p.Date(c.Started), Tone: chart.Muted}, {Text: p.Int(c.Messages)},
			{Text: p.Int(c.Without)}, {Text: p.Share(c.Share())}, {Text: p.Int(c.Grace)}, {Text: most, Tone: chart.Muted}})
		bars.Rows = append(bars.Rows, chart.Bar{Label: c.Name, Value: float64(c.Without), Text: p.Say("%s of %s", p.Int(c.Without), p.Int(c.Messages)), Tone: chart.Warning})
	}
	out.Picture = Bars(bars)
	out.Notes = p.SentNotes(a)
	return out
}

func sentReasons(p *words.Printer, a queries.Sent) Panel {
	out := Panel{Name: "reasons", Title: p.Say("Why there was none, and since when"), Main: 1, Finding: p.ReasonsAuditHeadline(a), Short: p.ReasonsAuditShort(a)}
	if a.Missing != "" || len(a.Reasons) == 0 {
		return out
	}
	out.Period = p.Period(a.Since, a.Until)
	out.Table.Columns = []chart.Column{{Title: p.Say("Reason")}, {Title: p.Say("Messages"), Align: chart.Right}}
	var h chart.Heat
	most := int64(1)
	for _, r := range a.Reasons {
		for _, n := range r.Ages {
			most = max(most, n)
		}
	}
	for i := range queries.AuditAges {
		h.Columns = append(h.Columns, p.AuditAge(i))
		out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.AuditAge(i), Align: chart.Right})
	}
	for _, r := range a.Reasons {
		row := chart.HeatRow{Label: p.SentReason(r.Reason)}
		cells := []chart.Cell{{Text: row.Label}, {Text: p.Int(r.Messages)}}
		for _, n := range r.Ages {
			cells = append(cells, chart.Cell{Text: p.Int(n)})
			row.Cells = append(row.Cells, heatCell(p.Int(n), float64(n), float64(most)))
		}
		h.Rows = append(h.Rows, row)
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	out.Picture = Heat(h, nil)
	out.Notes = p.ReasonsAuditNotes(a)
	return out
}

// heatCell is a cell as dark as a figure is of the most.
func heatCell(text string, x, most float64) chart.HeatCell {
	cell := chart.HeatCell{Text: text, Tone: chart.Warning}
	if x > 0 {
		cell.Value = 0.25 + 0.75*x/most
	}
	return cell
}

func proof(p *words.Printer, a queries.Proof) Panel {
	out := Panel{Name: "proof", Title: p.Say("Proof: which fields are missing"), Main: 3, Finding: p.ProofHeadline(a), Short: p.ProofShort(a)}
	if a.Missing != "" {
		return out
	}
	out.Table.Columns = []chart.Column{{Title: p.Say("Source")}, {Title: p.Say("Consents"), Align: chart.Right}, {Title: p.Say("With every field"), Align: chart.Right, Drop: 1}, {Title: p.Say("Share"), Align: chart.Right}}
	var h chart.Heat
	most := 0.0 // share of a source's records that lack a field
	for i, f := range a.Fields {
		if f.Missing == 0 {
			continue // fields that none lacks need no column
		}
		h.Columns = append(h.Columns, p.ProofFieldShort(f.Field))
		out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Say("No %s", p.ProofFieldShort(f.Field)), Align: chart.Right, Drop: 2 + i})
		for _, s := range a.Sources {
			most = max(most, float64(s.Missing[i])/float64(max(s.Grants, 1)))
		}
	}
	for _, s := range a.Sources {
		row := chart.HeatRow{Label: p.SourceName(s.Source)}
		cells := []chart.Cell{{Text: row.Label}, {Text: p.Int(s.Grants)}, {Text: p.Int(s.Complete)}, {Text: p.Share(s.Share())}}
		for i, n := range s.Missing {
			if a.Fields[i].Missing > 0 {
				cells = append(cells, chart.Cell{Text: p.Int(n)})
				share := float64(n) / float64(max(s.Grants, 1))
				row.Cells = append(row.Cells, heatCell(p.Share(share), share, most))
			}
		}
		h.Rows = append(h.Rows, row)
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	out.Picture = Heat(h, nil)
	if len(h.Columns) == 0 {
		out.tabular()
	}
	out.Notes = p.ProofNotes(a)
	return out
}

func effort(p *words.Printer, a queries.Effort) Panel {
	out := Panel{Name: "effort", Title: p.Say("What withdrawing takes, and giving"), Main: 2, Finding: p.EffortHeadline(a), Short: p.EffortShort(a)}
	if a.Missing != "" {
		return out
	}
	out.Table.Columns = []chart.Column{{Title: p.Say("Act")}, {Title: p.Say("Method")}, {Title: p.Say("Acts"), Align: chart.Right}, {Title: p.Say("Steps"), Align: chart.Right},
		{Title: p.Say("Mean days"), Align: chart.Right}, {Title: p.Say("Same day"), Align: chart.Right, Drop: 1}}
	for _, x := range []struct {
		name string
		act  queries.EffortAct
	}{{p.Say("withdraw"), a.Withdraw}, {p.Say("give"), a.Give}} {
		whole := queries.EffortMethod{Acts: x.act.Acts, Timed: x.act.Timed, SameDay: x.act.SameDay, Days: x.act.Days}
		out.Table.Rows = append(out.Table.Rows, effortRow(p, x.name, p.Say("all"), numberCell(p, x.act.Steps, 1), whole))
		for _, m := range x.act.Methods {
			steps := p.ReasonShort(m.Steps.Why())
			if n, ok := m.Steps.Value(); ok {
				steps = p.Int(n)
			}
			name := p.Say("not recorded")
			if m.Method != "" {
				name = p.Name(m.Method)
			}
			out.Table.Rows = append(out.Table.Rows, effortRow(p, "", name, steps, m))
		}
	}
	out.tabular()
	out.Notes = p.EffortNotes(a)
	return out
}

func effortRow(p *words.Printer, act, method, steps string, m queries.EffortMethod) []chart.Cell {
	same := ""
	if m.Timed > 0 {
		same = p.Share(float64(m.SameDay) / float64(m.Timed))
	}
	return []chart.Cell{{Text: act}, {Text: method}, {Text: p.Int(m.Acts)}, {Text: steps}, {Text: numberCell(p, m.Days, 2)}, {Text: same}}
}

func numberCell(p *words.Printer, f queries.Figure[float64], digits int) string {
	if x, ok := f.Value(); ok {
		return p.Number(x, digits)
	}
	return p.ReasonShort(f.Why())
}

func retention(p *words.Printer, a queries.Retention) Panel {
	out := Panel{Name: "retention", Title: p.Say("Retention: what is kept, and for how long"), Main: 2, Finding: p.RetentionHeadline(a), Short: p.RetentionHeadline(a)}
	if a.Missing != "" {
		return out
	}
	out.Period = p.Say("as of %s", p.Date(a.At))
	out.Table.Columns = []chart.Column{{Title: p.Say("Kept")}, {Title: p.Say("Records"), Align: chart.Right}, {Title: p.Say("Past"), Align: chart.Right}, {Title: p.Say("Period"), Align: chart.Right, Drop: 1}}
	bounds := []int{1, 3, 5}
	from := 0
	for i, bound := range bounds {
		out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Say("%[1]s–%[2]s y.", p.Int(int64(from)), p.Int(int64(bound))), Align: chart.Right, Drop: 2 + len(bounds) - i})
		from = bound
	}
	out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Say("%s y. +", p.Int(int64(from))), Align: chart.Right, Drop: 2})
	for _, k := range a.Kinds {
		period := p.Say("not configured")
		if k.Period > 0 {
			period = p.Days(k.Period)
		}
		cells := []chart.Cell{{Text: p.Kept(k.Kind)}, {Text: p.Int(k.Records)}, {Text: p.Count(k.Past)}, {Text: period, Tone: chart.Muted}}
		from := 0
		for _, bound := range append(bounds, queries.RetentionYears+1) {
			n := int64(0)
			for year := from; year < bound; year++ {
				n += k.Years[year]
			}
			cells = append(cells, chart.Cell{Text: p.Int(n)})
			from = bound
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	out.tabular()
	out.Notes = p.RetentionNotes(a)
	return out
}
