package main

import (
	"fmt"
	"io"
	"strings"

	"accord/queries/load"
	"accord/tui/chart"
	"accord/tui/words"
)

// writeOutline says what a load would do: for every file what its columns would
// become, with sample values, and what is missing.
func writeOutline(w io.Writer, o load.Outline, p *words.Printer) error {
	var b strings.Builder
	for i, s := range o.Sources {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.Say("%s from %s", s.Input, chart.Clean(s.Name)))
		if details := strings.TrimSpace(s.Format + " " + s.Preset); details != "" {
			b.WriteString(" (" + strings.Join(strings.Fields(details), " ") + ")")
		}
		b.WriteByte('\n')
		table := chart.Table{Columns: []chart.Column{{Title: p.Say("Becomes")}, {Title: p.Say("Column")}, {Title: p.Say("Why")}, {Title: p.Say("Values")}}}
		for _, c := range s.Columns {
			values := strings.Join(c.Samples, ", ")
			if c.Masked {
				values += " " + p.Say("(masked)")
			}
			becomes := c.To
			switch {
			case becomes != "":
			case c.May:
				becomes = p.Say("dimension")
			default:
				becomes = "-"
			}
			table.Rows = append(table.Rows, []chart.Cell{{Text: becomes}, {Text: cut(c.From)}, {Text: p.Translate(string(c.Why))}, {Text: values}})
		}
		for line := range strings.SplitSeq(table.Render(120, chart.Plain()), "\n") {
			b.WriteString(strings.TrimRight("  "+line, " ") + "\n")
		}
		if len(s.Ignored) > 0 {
			b.WriteString(p.Say("  columns not read: %s", chart.Clean(strings.Join(s.Ignored, ", "))) + "\n")
		}
		var required, optional []string
		for _, c := range s.Missing {
			if c.Required {
				required = append(required, c.Name)
			} else {
				optional = append(optional, c.Name)
			}
		}
		if len(required) > 0 {
			b.WriteString(p.Say("  missing, and required: %s", strings.Join(required, ", ")) + "\n")
		}
		if len(optional) > 0 {
			b.WriteString(p.Say("  not given: %s", strings.Join(optional, ", ")) + "\n")
		}
	}
	b.WriteByte('\n')
	for _, name := range o.Unread {
		b.WriteString(p.Say("  not read: %s, whose name and columns tell of no input", chart.Clean(name)) + "\n")
	}
	if len(o.Absent) > 0 {
		b.WriteString(p.Say("No file gives: %s", strings.Join(o.Absent, ", ")) + "\n")
	}
	b.WriteString(p.Say("Nothing was loaded.") + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// cut shortens an expression to what a table has room for.
func cut(text string) string {
	const longest = 40
	if letters := []rune(strings.Join(strings.Fields(text), " ")); len(letters) > longest {
		return fmt.Sprintf("%s…", string(letters[:longest]))
	}
	return text
}
