package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
	"accord/tui/handout"
)

// tsv writes a table as tab-separated values, as it is read on screen, with
// lines below it that say what the figures are about and where they come from.
func tsv(t chart.Table, notes ...string) string {
	var b strings.Builder
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(handout.Defuse(c.Title))
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(handout.Defuse(c.Text))
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	for _, note := range notes {
		b.WriteString(handout.Defuse(note) + "\n")
	}
	return b.String()
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
