package report

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
	"accord/tui/handout"
	"accord/tui/panel"
	"accord/tui/words"
)

// A page is a text under way: paragraphs and drawings from top to bottom, none
// wider than its width. Everything on it is cleaned by package chart.
type page struct {
	*words.Printer
	theme chart.Theme
	width int
	b     strings.Builder
}

func writeText(d handout.Document, w io.Writer, o Options) error {
	p := page{theme: chart.Theme{ASCII: o.ASCII}, width: usualWidth, Printer: d.Words}
	if o.Width > 0 {
		p.width = max(o.Width, leastWidth)
	}
	p.say(p.Provenance(d.From))
	p.say(p.Filter(d.Filter))
	for _, s := range d.Screens {
		p.title(s.Title)
		for _, x := range panel.Once(d.Words, s.Panels) {
			p.panel(x)
		}
	}
	p.gap()
	p.rule("─", "-")
	for _, text := range d.Sources() {
		p.say(text)
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// panel writes one panel: its finding, its picture, its figures unless the
// picture is that table, and its notes.
func (p *page) panel(x panel.Panel) {
	p.heading(handout.Heading(x))
	p.say(x.Finding)
	if x.Picture != nil && !x.Tabular {
		p.gap()
		p.draw(x.Picture.Draw(p.width, 0, panel.Static, p.theme).Text)
	}
	if t := handout.Figures(x); handout.List(t) {
		for _, row := range t.Rows {
			p.item(row[0].Text)
		}
	} else if len(t.Rows) > 0 {
		p.gap()
		p.draw(chart.Table{Columns: t.Columns, Rows: t.Rows}.Render(p.width, p.theme))
	}
	for _, note := range x.Notes {
		p.say(note)
	}
}

// say writes a paragraph.
func (p *page) say(text string) { p.paragraph("", text) }

// item writes a paragraph of a list.
func (p *page) item(text string) { p.paragraph("- ", text) }

// draw writes a drawing of package chart.
func (p *page) draw(drawing string) {
	if drawing == "" {
		return
	}
	for line := range strings.SplitSeq(drawing, "\n") {
		p.line(line)
	}
}

func (p *page) line(text string) {
	p.b.WriteString(strings.TrimRight(text, " "))
	p.b.WriteByte('\n')
}

func (p *page) gap() { p.b.WriteByte('\n') }

// title begins a screen.
func (p *page) title(text string) {
	p.gap()
	p.rule("═", "=")
	p.say(text)
	p.rule("═", "=")
}

// heading begins a part of a screen.
func (p *page) heading(text string) {
	p.gap()
	p.say(text)
	under := min(ansi.StringWidth(chart.Clean(text)), p.width)
	p.line(strings.Repeat(p.glyph("─", "-"), under))
}

func (p *page) rule(unicode, ascii string) { p.line(strings.Repeat(p.glyph(unicode, ascii), p.width)) }

func (p *page) glyph(unicode, ascii string) string {
	if p.theme.ASCII {
		return ascii
	}
	return unicode
}
