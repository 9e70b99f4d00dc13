package report

import (
	"accord/tui/chart"
	"accord/tui/panel"
)

// panels is a screen that is laid out as panels.
type panels struct {
	title  string // a key of package words
	answer any    // as JSON has it
	lay    func(*page) []panel.Panel
}

// text implements answer.
func (s panels) text(p *page) {
	p.title(p.Translate(s.title))
	for _, x := range s.lay(p) {
		p.panel(x)
	}
}

// value implements answer.
func (s panels) value() any { return s.answer }

// panel writes one panel: its finding, its picture, its figures unless the
// picture is that table, and its notes.
func (p *page) panel(x panel.Panel) {
	title := x.Title
	if x.Period != "" {
		title += " (" + x.Period + ")"
	}
	p.heading(title)
	p.say(x.Finding)
	if x.Picture != nil && !x.Tabular {
		p.gap()
		p.draw(x.Picture.Draw(p.width, 0, panel.Static, p.theme).Text)
	}
	if len(x.Table.Rows) > 0 {
		p.gap()
		p.draw(chart.Table{Columns: x.Table.Columns, Rows: x.Table.Rows}.Render(p.width, p.theme))
	}
	for _, note := range x.Notes {
		p.say(note)
	}
}
