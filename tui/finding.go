package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"accord/tui/chart"
)

// findHeight is the lines of the prompt that finds a customer.
const findHeight = 4

// A findPrompt finds a customer by the original identifier. It is shown as dots,
// and nothing but its pseudonym leaves the prompt.
type findPrompt struct {
	*look
	input *inputLine
}

func newFindPrompt(l *look) *findPrompt {
	p := &findPrompt{look: l, input: newInputLine("> ", "")}
	p.input.hidden = true
	return p
}

// Height implements overlay.
func (p *findPrompt) Height(int) int { return findHeight }

func (p *findPrompt) line() *inputLine { return p.input }

func (p *findPrompt) handleEdit() {}

func (p *findPrompt) hints(*app) []hint { return []hint{{drill, openHint}, {back, closeHint}} }

func (p *findPrompt) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "esc":
		a.close()
	case "enter":
		id := strings.TrimSpace(p.input.Value())
		if id == "" {
			return nil
		}
		made, check := a.config.Pseudonym, a.questions.KeyCheck()
		a.close()
		return a.work.do(func() tea.Msg {
			pseudonym, known, err := made(id, check)
			return pseudonymMadeMsg{pseudonym, known, err}
		})
	default:
		p.input.edit(m)
	}
	return nil
}

// View implements overlay.
func (p *findPrompt) View(width, _ int) []string {
	lines := []string{p.overlayHead(p.words.Say("Find a customer by your own identifier"), width), p.input.draw(p.look, width)}
	return append(lines, indent(p.gloss(chart.Muted, p.words.Say("It is hashed with your key, and neither shown nor stored."), width-margin, 2))...)
}
