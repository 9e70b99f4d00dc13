package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"accord/tui/chart"
)

// viewsHeight is the lines that the prompt of views takes.
const viewsHeight = 10

// A viewsPrompt opens a saved view, or saves what is on screen under a name.
type viewsPrompt struct {
	*look
	input  *inputLine
	names  []string // of the saved views; nil until they are listed
	listed bool
	rows   []viewRow
	chosen int
	view   View // to save
}

// A viewRow is something that can be done in the prompt.
type viewRow struct {
	name string
	save bool // and not open
}

// The messages of what was done with the files of views.
type (
	viewsListedMsg struct {
		prompt *viewsPrompt
		names  []string
	}
	viewReadMsg struct {
		name string
		view View
		err  error
	}
	viewSavedMsg struct {
		name string
		err  error
	}
)

// newViewsPrompt opens the prompt; the command lists the views.
func newViewsPrompt(a *app) (*viewsPrompt, tea.Cmd) {
	p := &viewsPrompt{look: a.look, input: newInputLine("> ", ""), view: a.view()}
	folder := a.config.Views
	return p, a.work.do(func() tea.Msg { return viewsListedMsg{p, Views(folder)} })
}

// handleListed takes the names of the views that are there.
func (p *viewsPrompt) handleListed(names []string) {
	p.names, p.listed = names, true
	p.handleEdit()
}

// Height implements overlay.
func (p *viewsPrompt) Height(int) int { return viewsHeight }

func (p *viewsPrompt) line() *inputLine { return p.input }

func (p *viewsPrompt) hints(*app) []hint {
	does := openHint
	if p.chosen < len(p.rows) && p.rows[p.chosen].save {
		does = saveHint
	}
	return []hint{{drill, does}, {back, closeHint}, {down, nextHint}}
}

// handleEdit lists what can be done with the name as it is written.
func (p *viewsPrompt) handleEdit() {
	p.rows, p.chosen = nil, 0
	text := strings.TrimSpace(p.input.Value())
	for _, name := range p.names {
		if strings.Contains(strings.ToLower(name), strings.ToLower(text)) {
			p.rows = append(p.rows, viewRow{name: name})
		}
	}
	if viewName.MatchString(text) {
		p.rows = append(p.rows, viewRow{text, true})
	}
}

func (p *viewsPrompt) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "esc":
		a.close()
	case "up", "down", "pgup", "pgdown":
		p.chosen = scrolled(m.String(), p.chosen, len(p.rows), viewsHeight-3)
	case "enter":
		if p.chosen >= len(p.rows) {
			return nil
		}
		row, folder, v := p.rows[p.chosen], a.config.Views, p.view
		a.close()
		if row.save {
			return a.work.do(func() tea.Msg { return viewSavedMsg{row.name, writeView(folder, row.name, v)} })
		}
		return a.work.do(func() tea.Msg {
			v, err := ReadView(folder, row.name)
			return viewReadMsg{row.name, v, err}
		})
	default:
		if p.input.edit(m) {
			p.handleEdit()
		}
	}
	return nil
}

// handleViewMsg follows what was done with the files of views.
func (a *app) handleViewMsg(m tea.Msg) tea.Cmd {
	switch m := m.(type) {
	case viewsListedMsg:
		m.prompt.handleListed(m.names)
	case viewReadMsg:
		if m.err != nil {
			a.status = a.words.Problem(m.err)
			return nil
		}
		cmd := a.bring(m.view)
		if a.status == "" {
			a.status = a.words.Say("View: %s", m.name)
		}
		return cmd
	case viewSavedMsg:
		a.status = a.words.Say("Saved as %[1]s: accord --view %[2]s shows it again.", m.name, shellWord(m.name))
		if m.err != nil {
			a.status = a.words.Say("Nothing was written: %s", a.words.Problem(m.err))
		}
	}
	return nil
}

// shellWord is a name as a shell takes it for one word.
func shellWord(name string) string {
	if strings.Contains(name, " ") {
		return "'" + name + "'"
	}
	return name
}

// View implements overlay.
func (p *viewsPrompt) View(width, height int) []string {
	lines := []string{p.overlayHead(p.words.Say("Views: open one, or write a name to save this one"), width), p.input.draw(p.look, width)}
	switch text := strings.TrimSpace(p.input.Value()); {
	case !p.listed:
		return lines
	case len(p.rows) == 0 && text == "":
		return append(lines, indent(p.wrap(chart.Muted, p.words.Say("No view is saved yet."), width-margin))...)
	case len(p.rows) == 0:
		return append(lines, indent(p.gloss(chart.Warning, p.words.Say("A name is of letters, digits, spaces, - and _, 40 at most."), width-margin, 2))...)
	}
	room := height - len(lines)
	for i := max(p.chosen-room+1, 0); i < len(p.rows) && len(lines) < height; i++ {
		row := p.rows[i]
		text := row.name
		if row.save {
			text = p.words.Say("save as %s", row.name)
			for _, name := range p.names {
				if name == row.name {
					text = p.words.Say("replace %s", row.name)
				}
			}
		}
		mark, tone := "  ", chart.Text
		if i == p.chosen {
			mark, tone = p.glyph("▸", ">")+" ", chart.Accent
		}
		lines = append(lines, p.paint(tone, mark+p.theme.Fit(text, width-margin, chart.Left)))
	}
	return lines
}
