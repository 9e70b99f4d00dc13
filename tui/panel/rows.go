package panel

import (
	"strconv"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Rows lays out what a person's own statement returned.
func Rows(p *words.Printer, a queries.Rows) []Panel {
	out := Panel{Name: "rows", Title: p.Say("SQL"), Finding: p.Say("No statement yet: enter writes one."), Short: p.Say("No statement yet: enter writes one.")}
	out.Notes = []string{p.Say("Figures about few people are not withheld here, and the filter does not apply: read them as an analyst does.")}
	if a.Statement == "" {
		return []Panel{out}
	}
	out.Finding = p.Plural(int64(len(a.Cells)), "%s row: %s", "%s rows: %s", p.Int(int64(len(a.Cells))), a.Statement)
	if a.More {
		out.Finding = p.Say("The first %[1]s rows: %[2]s", p.Int(int64(len(a.Cells))), a.Statement)
	}
	out.Short = out.Finding
	for i, title := range a.Columns {
		column := chart.Column{Title: title}
		if numeric(a.Cells, i) {
			column.Align = chart.Right
		}
		out.Table.Columns = append(out.Table.Columns, column)
	}
	for _, row := range a.Cells {
		cells := make([]chart.Cell, len(row))
		for i, text := range row {
			cells[i] = chart.Cell{Text: text}
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	out.tabular()
	return []Panel{out}
}

// numeric reports whether a column holds numbers and nothing else but NULL.
func numeric(rows [][]string, column int) bool {
	found := false
	for _, row := range rows {
		if row[column] == "NULL" {
			continue
		}
		if _, err := strconv.ParseFloat(row[column], 64); err != nil {
			return false
		}
		found = true
	}
	return found
}
