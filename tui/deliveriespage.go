package tui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
)

// A deliveriesPage shows how fresh the data is, what waits to be taken in, and
// what was wrong with the last delivery.
type deliveriesPage struct {
	*look
	inbox *inbox
	asOf  queries.Date
}

// Height implements overlay.
func (p *deliveriesPage) Height(of int) int { return of }

func (p *deliveriesPage) line() *inputLine { return nil }

func (p *deliveriesPage) handleEdit() {}

func (p *deliveriesPage) hints(*app) []hint {
	if len(p.inbox.Waiting) == 0 || p.inbox.taking != nil {
		return []hint{{back, closeHint}, {quit, quitHint}}
	}
	return []hint{{drill, takeHint}, {back, closeHint}, {quit, quitHint}}
}

func (p *deliveriesPage) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	switch p.keys.action(m.String()) {
	case quit:
		return tea.Quit
	case back, showDeliveries:
		a.close()
	case drill:
		switch {
		case p.inbox.taking != nil:
			a.status = p.words.Say("A delivery is being taken in already.")
		case len(p.inbox.Waiting) == 0:
			a.status = p.words.Say("Nothing new has arrived.")
		default:
			a.close()
			return a.takeIn()
		}
	default:
		a.status = p.words.Say("esc closes this first.")
	}
	return nil
}

// View implements overlay.
func (p *deliveriesPage) View(width, height int) []string {
	in, room := p.inbox, width-margin
	asOf := p.words.Say("The data is undated.")
	if p.asOf != "" {
		asOf = p.words.Say("The last event is of %s.", p.words.Date(p.asOf))
	}
	if !in.Loaded.IsZero() {
		asOf += " " + p.words.Say("The store was last written %s.", p.words.Moment(in.Loaded))
	}
	lines := append(p.wrap(chart.Text, asOf, room), "")
	switch {
	case in.taking != nil:
		lines = append(lines, p.wrap(chart.Accent, p.words.Say("A delivery is being taken in already."), room)...)
	case in.why != nil:
		lines = append(lines, p.wrap(chart.Warning, p.glyph("▲ ", "! ")+p.words.Say("Not taken in: %s", p.arrivalNames(in.failed)), room)...)
		lines = append(lines, p.wrap(chart.Text, chart.Clean(in.why.Error()), room)...)
		if !errors.Is(in.why, ErrTakenIn) {
			lines = append(lines, p.wrap(chart.Muted, p.words.Say("The store is as it was. A file is offered again once it changes."), room)...)
		}
		lines = append(lines, "")
	}
	switch {
	case in.Problem != nil:
		lines = append(lines, p.wrap(chart.Warning, p.glyph("▲ ", "! ")+chart.Clean(in.Problem.Error()), room)...)
	case len(in.Waiting) == 0 && in.taking == nil:
		lines = append(lines, p.wrap(chart.Muted, p.words.Say("Nothing new has arrived."), room)...)
	case in.taking == nil:
		lines = append(lines, p.paint(chart.Title, p.words.Say("Arrived")))
		lines = append(lines, p.waiting(room, max(height-len(lines)-3, 1))...)
		lines = append(lines, "")
		lines = append(lines, p.wrap(chart.Muted, p.words.Say("%s adds this to the store. What the store holds is recognised, and the dashboard stays as it is.", p.keyOf(drill)), room)...)
	}
	title := p.words.Say("Deliveries in %s", chart.Clean(in.Folder))
	lines = append([]string{p.overlayHead(title, width), ""}, indent(lines)...)
	return lines[:min(height, len(lines))]
}

// waiting lists the files that wait, as far as there is room.
func (p *deliveriesPage) waiting(width, most int) []string {
	t := chart.Table{Columns: []chart.Column{{Title: p.words.Say("File")}, {Title: p.words.Say("Size"), Align: chart.Right}, {Title: p.words.Say("Changed")}}}
	for _, f := range p.inbox.Waiting {
		t.Rows = append(t.Rows, []chart.Cell{{Text: f.Name}, {Text: p.words.Size(f.Bytes)}, {Text: p.words.Moment(f.Modified), Tone: chart.Muted}})
	}
	more := 0
	if len(t.Rows) > most-2 {
		more = len(t.Rows) - max(most-3, 1)
		t.Rows = t.Rows[:len(t.Rows)-more]
	}
	lines := strings.Split(t.Render(width, p.theme), "\n")
	if more > 0 {
		lines = append(lines, p.paint(chart.Muted, ansi.Truncate(p.words.Say(" +%s more", p.words.Int(int64(more))), width, "")))
	}
	return lines
}
