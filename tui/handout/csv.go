package handout

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"accord/tui/chart"
	"accord/tui/words"
)

// CSV writes the figures of all panels as comma-separated values. Every line
// begins with its screen, its panel and what it is: "columns" names those of the
// rows below it, "row" holds figures, "finding" and "note" a sentence; lines of
// "source", at the end, belong to all. Lines are filled up, so that all have the
// same number of cells.
//
// Numbers are as they are shown, in the form 1234.5 in any language: the unit
// that a column's numbers share is in its title, and intervals are two columns.
// A cell that a spreadsheet would run is defused, see [Defuse].
func (d Document) CSV(w io.Writer) error {
	lines := [][]string{{"screen", "panel", "line"}}
	for _, s := range d.Screens {
		for _, x := range s.Panels {
			add := func(line string, cells ...string) {
				for i := range cells {
					cells[i] = Defuse(cells[i])
				}
				lines = append(lines, append([]string{s.Name, x.Name, line}, cells...))
			}
			add("finding", x.Title, x.Period, x.Finding)
			if len(x.Table.Rows) > 0 {
				columns, rows := numbered(d.Words, x.Table)
				add("columns", columns...)
				for _, row := range rows {
					add("row", row...)
				}
			}
			for _, note := range x.Notes {
				add("note", note)
			}
		}
	}
	for _, text := range d.Sources() {
		lines = append(lines, []string{"", "", "source", Defuse(text)})
	}
	widest := 0
	for _, line := range lines {
		widest = max(widest, len(line))
	}
	out := csv.NewWriter(w)
	for _, line := range lines {
		if err := out.Write(append(line, make([]string, widest-len(line))...)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// numbered is a table with its numbers in the form of programs.
func numbered(p *words.Printer, t chart.Table) (columns []string, rows [][]string) {
	rows = make([][]string, len(t.Rows))
	for c, column := range t.Columns {
		texts := make([]string, len(t.Rows))
		for r, row := range t.Rows {
			if c < len(row) {
				texts[r] = row[c].Text
			}
		}
		if lows, highs, ok := intervals(p, texts); ok {
			columns = append(columns, p.Say("%s, low", column.Title), p.Say("%s, high", column.Title))
			for r := range rows {
				rows[r] = append(rows[r], lows[r], highs[r])
			}
			continue
		}
		numbers, unit := unitOf(p, texts)
		title := column.Title
		if unit != "" {
			title = p.Say("%[1]s (%[2]s)", title, unit)
		}
		columns = append(columns, title)
		for r := range rows {
			rows[r] = append(rows[r], numbers[r])
		}
	}
	return columns, rows
}

// unitOf writes the numbers among texts without the unit that all of them have;
// where they have several, texts with a unit stay as they are.
func unitOf(p *words.Printer, texts []string) (numbers []string, unit string) {
	numbers = slices.Clone(texts)
	for pass := range 2 {
		first := true
		for i, text := range texts {
			n, u, ok := p.ReadNumber(text)
			switch {
			case !ok:
			case pass == 0 && !first && u != unit:
				return bare(p, texts), ""
			case pass == 0:
				unit, first = u, false
			default:
				numbers[i] = n
			}
		}
	}
	return numbers, unit
}

// bare is unitOf for texts of several units: only numbers without one change.
func bare(p *words.Printer, texts []string) []string {
	out := slices.Clone(texts)
	for i, text := range texts {
		if n, u, ok := p.ReadNumber(text); ok && u == "" {
			out[i] = n
		}
	}
	return out
}

// intervals are the ends of a column that holds intervals and nothing else but
// blanks; false for another.
func intervals(p *words.Printer, texts []string) (lows, highs []string, ok bool) {
	lows, highs = make([]string, len(texts)), make([]string, len(texts))
	for i, text := range texts {
		if text == "" {
			continue
		}
		var there bool
		if lows[i], highs[i], there = p.ReadInterval(text); !there {
			return nil, nil, false
		}
		ok = true
	}
	return lows, highs, ok
}

// Defuse cleans a text for a cell of a spreadsheet, which would run one that
// begins with = + - @ (wide ones too), a tab or a return as a formula: an
// apostrophe before it keeps it text. Numbers stay numbers, negative ones too.
func Defuse(s string) string {
	risky := strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r")
	s = chart.Clean(s)
	if !risky && !strings.ContainsAny(firstOf(s), "=+-@＝＋－＠") || words.IsNumber(s) {
		return s
	}
	return "'" + s
}

// firstOf is the first character of what a spreadsheet reads, which may skip
// blanks.
func firstOf(s string) string {
	for _, r := range strings.TrimLeft(s, " \u00a0") {
		return string(r)
	}
	return ""
}
