package tui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
)

// tsv writes a table as tab-separated values, as it is read on screen, with
// lines below it that say what the figures are about and where they come from.
func tsv(t chart.Table, notes ...string) string {
	var b strings.Builder
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(tsvCell(c.Title))
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(tsvCell(c.Text))
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	for _, note := range notes {
		b.WriteString(tsvCell(note) + "\n")
	}
	return b.String()
}

// tsvCell cleans a text for one cell. A spreadsheet runs what begins with one
// of =+-@ as a formula, unless it is a number; an apostrophe keeps it text.
func tsvCell(s string) string {
	s = chart.Clean(s)
	if s == "" || !strings.ContainsRune("=+-@", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

// preview is the beginning of a text that was copied.
func preview(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.ReplaceAll(line, "\t", " ")
	short := ansi.Truncate(line, 40, "")
	if short != line || rest != "" {
		short = strings.TrimRight(short, " ") + "..."
	}
	return short
}
