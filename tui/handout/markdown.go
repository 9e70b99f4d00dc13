package handout

import (
	"io"
	"slices"
	"strings"

	"accord/tui/chart"
	"accord/tui/panel"
)

// drawingWidth is that of drawings in Markdown, in cells.
const drawingWidth = 80

// Markdown writes the document as GitHub Flavored Markdown: of each panel the
// finding, the picture drawn in text, the figures, and the notes. A table that
// is too long for a page is cut to what is notable in it.
func (d Document) Markdown(w io.Writer) error {
	var b strings.Builder
	paragraph := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n\n") }
	theme := chart.Theme{ASCII: d.Words.ASCII}
	if d.From.Title != "" {
		paragraph("# ", markdownText(d.From.Title))
	}
	paragraph(markdownText(d.Words.Provenance(d.From)+". "+d.Words.Filter(d.Filter)), ".")
	for _, s := range d.Screens {
		paragraph("## ", markdownText(s.Title))
		for _, x := range panel.Once(d.Words, s.Panels) {
			paragraph("### ", markdownText(Heading(x)))
			if x.Finding != "" {
				paragraph("**", markdownText(x.Finding), "**")
			}
			if x.Picture != nil && !x.Tabular {
				paragraph(fenced(x.Picture.Draw(drawingWidth, 0, panel.Static, theme).Text))
			}
			if t := Figures(x); len(t.Rows) > 0 {
				paragraph(strings.TrimSuffix(markdownTable(t), "\n"))
			}
			for _, note := range x.Notes {
				paragraph(markdownText(note))
			}
		}
	}
	paragraph("---")
	for _, text := range d.Sources() {
		b.WriteString("- " + markdownText(text) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Heading is the title of a panel with when its figures are of.
func Heading(x panel.Panel) string {
	if x.Period == "" {
		return x.Title
	}
	return x.Title + " (" + x.Period + ")"
}

// Figures is the table of a panel as a page shows it.
func Figures(x panel.Panel) chart.Table {
	if len(x.Digest.Rows) > 0 {
		return x.Digest
	}
	return x.Table
}

// markdownTable is a table, or a list where it is one of sentences.
func markdownTable(t chart.Table) string {
	var b strings.Builder
	if List(t) {
		for _, row := range t.Rows {
			b.WriteString("- " + markdownText(row[0].Text) + "\n")
		}
		return b.String()
	}
	line := func(cell func(int) string) {
		for i := range t.Columns {
			b.WriteString("| " + cell(i) + " ")
		}
		b.WriteString("|\n")
	}
	line(func(i int) string { return markdownText(t.Columns[i].Title) })
	line(func(i int) string {
		if t.Columns[i].Align == chart.Right {
			return "---:"
		}
		return "---"
	})
	for _, row := range t.Rows {
		line(func(i int) string {
			if i >= len(row) {
				return ""
			}
			return markdownText(row[i].Text)
		})
	}
	return b.String()
}

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "#", `\#`, "~", `\~`, "!", `\!`, "$", `\$`, "://", ":&#47;&#47;", "@", "&#64;", "www.", "www&#46;",
)

// markdownText is a text that no reader of Markdown takes for markup, nor for an
// address to link to.
func markdownText(s string) string {
	s = markdownEscapes.Replace(chart.Clean(s))
	for _, mark := range []string{"- ", "+ ", "= "} { // of lists and titles, at the start
		if strings.HasPrefix(s, mark) {
			return `\` + s
		}
	}
	return s
}

// fenced is a drawing in a block that nothing inside it can end.
func fenced(drawing string) string {
	lines := strings.Split(drawing, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	lines = slices.DeleteFunc(lines, func(s string) bool { return s == "" })
	fence := "```"
	for strings.Contains(drawing, fence) {
		fence += "`"
	}
	return fence + "text\n" + strings.Join(lines, "\n") + "\n" + fence
}
