package panel

import (
	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Data lays out what the store holds.
func Data(p *words.Printer, from queries.Provenance, a queries.Data) []Panel {
	return []Panel{sources(p, a), rejected(p, a), holdings(p, a), origin(p, from, a)}
}

func sources(p *words.Printer, a queries.Data) Panel {
	out := Panel{Name: "sources", Title: p.Say("Sources: what was read"), Main: 4, Finding: p.SourcesHeadline(a), Short: p.SourcesHeadline(a)}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Input")}, {Title: p.Say("From"), Drop: 1},
		{Title: p.Say("Read"), Align: chart.Right}, {Title: p.Say("Loaded"), Align: chart.Right}, {Title: p.Say("Rejected"), Align: chart.Right},
	}
	for _, s := range a.Sources {
		tone := chart.Text
		if s.Rejected > 0 {
			tone = chart.Warning
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: s.Input}, {Text: s.Name, Tone: chart.Muted}, {Text: p.Count(s.Read)}, {Text: p.Count(s.Loaded)}, {Text: p.Int(s.Rejected), Tone: tone},
		})
	}
	out.tabular()
	out.Notes = []string{p.Say("Rows read are rows loaded and rows rejected, always.")}
	return out
}

func rejected(p *words.Printer, a queries.Data) Panel {
	out := Panel{Name: "rejected", Title: p.Say("Rejected rows, by rule"), Main: 2, Finding: p.RejectedHeadline(a), Short: p.RejectedHeadline(a)}
	out.Table.Columns = []chart.Column{{Title: p.Say("Input")}, {Title: p.Say("Rule")}, {Title: p.Say("Rows"), Align: chart.Right}}
	held := a.Held()
	if held > 0 {
		out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Say("Held back"), Align: chart.Right})
		out.Notes = []string{p.HeldBack(held)}
	}
	for _, s := range a.Sources {
		for _, r := range s.Rules {
			row := []chart.Cell{{Text: s.Input}, {Text: p.Rule(r.Rule, r.Column)}, {Text: p.Int(r.Rows)}}
			if held > 0 {
				row = append(row, chart.Cell{Text: p.Int(r.Held)})
			}
			out.Table.Rows = append(out.Table.Rows, row)
		}
	}
	if len(out.Table.Rows) > 0 {
		out.tabular()
	}
	return out
}

func holdings(p *words.Printer, a queries.Data) Panel {
	out := Panel{Name: "tables", Title: p.Say("Tables: what the store holds"), Main: 2, Finding: p.HoldingsHeadline(a), Short: p.HoldingsHeadline(a)}
	out.Table.Columns = []chart.Column{{Title: p.Say("Table")}, {Title: p.Say("Kind")}, {Title: p.Say("Rows"), Align: chart.Right}}
	for _, t := range a.Tables {
		kind := p.Say("facts")
		if t.RollUp {
			kind = p.Say("roll-up")
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: t.Name}, {Text: kind, Tone: chart.Muted}, {Text: p.Count(t.Rows)}})
	}
	out.tabular()
	out.Notes = []string{p.Say("Facts are single events; roll-ups are their sums by segment, which most screens add up.")}
	return out
}

func origin(p *words.Printer, from queries.Provenance, a queries.Data) Panel {
	out := Panel{Name: "store", Title: p.Say("Store: how to read it"), Main: 1, Finding: p.Provenance(from), Short: p.ProvenanceShort(from)}
	out.Table.Columns = []chart.Column{{Title: p.Say("What")}, {Title: p.Say("Value")}}
	asOf := p.Say("undated")
	if from.AsOf != "" {
		asOf = p.Date(from.AsOf)
	}
	rows := [][2]string{
		{p.Say("As of"), asOf},
		{p.Say("Time zone"), from.Zone},
		{p.Say("Outcome window"), p.Days(a.WindowDays)},
		{p.Say("Segments"), p.Int(a.Segments)},
		{p.Say("Suppressed below"), p.Int(int64(from.MinCell))},
		{p.Say("Built by accord"), from.Version},
		{p.Say("Store version"), p.Int(int64(a.StoreVersion))},
		{p.Say("DuckDB"), a.DuckDB},
	}
	for _, d := range a.Dimensions {
		rows = append(rows, [2]string{p.Say("Dimension %s", p.Name(d.Name)), p.Plural(int64(d.Values), "%s value", "%s values", p.Int(int64(d.Values)))})
	}
	for _, row := range rows {
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: row[0]}, {Text: row[1]}})
	}
	out.tabular()
	return out
}
