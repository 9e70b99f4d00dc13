package tui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
)

// promptHeight is the lines that the filter prompt takes: title, input, the
// mark under it, two for what is wrong or can be written.
const promptHeight = 5

// A filterPrompt is where a filter is written.
type filterPrompt struct {
	*look
	input      *inputLine
	vocabulary queries.Vocabulary
	asOf       queries.Date
	chosen     int                  // of the candidates
	mistake    *queries.FilterError // marked while the text is its
	refused    string               // why the filter as it was first was refused
}

// newFilterPrompt opens the prompt on the filter in force. What failed its
// query, if that is why, is marked at once.
func newFilterPrompt(l *look, v queries.Vocabulary, asOf queries.Date, f queries.Filter, failed error) *filterPrompt {
	text := f.String()
	if text != "" {
		text += " " // ready for the next term
	}
	p := &filterPrompt{look: l, input: newInputLine("/ ", text), vocabulary: v, asOf: asOf}
	var mistake *queries.FilterError
	var refused *queries.RefusedError
	switch {
	case errors.As(failed, &mistake) && mistake.Text == f.String():
		p.mistake = mistake
	case errors.As(failed, &refused) && refused.Filter.String() == f.String():
		p.mistake, p.refused = refused.Mark(), l.words.Refused(refused)
	}
	if p.mistake != nil {
		p.mistake.Text = p.input.Value()
	}
	return p
}

// Height implements overlay.
func (p *filterPrompt) Height(int) int { return promptHeight }

func (p *filterPrompt) line() *inputLine { return p.input }

func (p *filterPrompt) hints(*app) []hint {
	if p.wrong() != nil && p.mistake.Nearest != "" {
		return []hint{{drill, applyHint}, {back, leaveHint}, {nextPane, correctHint}}
	}
	return []hint{{drill, applyHint}, {back, leaveHint}, {nextPane, completeHint}, {down, nextHint}}
}

func (p *filterPrompt) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "esc":
		a.close()
	case "enter":
		if f, ok := p.parse(); ok {
			a.close()
			return a.setFilter(f)
		}
	case "tab":
		p.complete()
	case "up":
		p.chosen = max(p.chosen-1, 0)
	case "down":
		p.chosen = max(min(p.chosen+1, len(p.candidates())-1), 0)
	default:
		if p.input.edit(m) {
			p.handleEdit()
		}
	}
	return nil
}

// handleEdit marks what is wrong in what is written already: the word at the
// cursor is still being written, and what the text lacks at its end may follow.
func (p *filterPrompt) handleEdit() {
	p.chosen = 0
	_, err := p.vocabulary.Parse(p.input.Value())
	if !errors.As(err, &p.mistake) {
		p.mistake = nil
		return
	}
	writing := p.input.Position() + 1 // the column of the cursor
	if e := p.mistake; e.Width == 0 || e.Column <= writing && writing <= e.Column+e.Width {
		p.mistake = nil
	}
}

// wrong is the mistake in the text as it is, nil if none is known.
func (p *filterPrompt) wrong() *queries.FilterError {
	if p.mistake == nil || p.mistake.Text != p.input.Value() {
		return nil
	}
	return p.mistake
}

// parse reads the text, or marks what is wrong with it.
func (p *filterPrompt) parse() (queries.Filter, bool) {
	f, err := p.vocabulary.Parse(p.input.Value())
	if err == nil {
		return f, true
	}
	if errors.As(err, &p.mistake) {
		p.input.SetCursor(p.mistake.Column - 1 + p.mistake.Width)
	}
	return queries.Filter{}, false
}

// complete writes the candidate chosen in place of what was typed of it, or
// what may have been meant in place of what is marked as wrong.
func (p *filterPrompt) complete() {
	if e := p.wrong(); e != nil && e.Nearest != "" {
		p.input.replace(e.Column-1, e.Column-1+e.Width, e.Nearest)
		p.handleEdit()
		return
	}
	found := p.candidates()
	at, ok := p.spot()
	if !ok || len(found) == 0 {
		return
	}
	end := p.input.Position()
	p.input.replace(end-len([]rune(at.typed)), end, found[min(p.chosen, len(found)-1)].completion())
	p.handleEdit()
}

// View implements overlay.
func (p *filterPrompt) View(width, _ int) []string {
	lines := []string{p.overlayHead(p.words.Say("Filter"), width), p.input.draw(p.look, width)}
	e := p.wrong()
	if e == nil {
		return append(append(lines, ""), indent(p.choices(width-margin))...)
	}
	why := p.refused
	if why == "" {
		why = p.words.FilterMistake(e)
	}
	mark := strings.Repeat("^", max(e.Width, 1))
	at := p.input.cell(e.Column-1, width)
	lines = append(lines, strings.Repeat(" ", max(at, 0))+p.paint(chart.Warning, mark))
	return append(lines, indent(p.gloss(chart.Warning, why, width-margin, 2))...)
}

// choices are what can be written where the cursor is, as many as fit, the one
// that tab writes made out.
func (p *filterPrompt) choices(width int) []string {
	found := p.candidates()
	first := ""
	if p.input.Value() == "" {
		first = p.words.Say("Empty shows everyone.")
	}
	return p.listed(first, found, p.chosen, width, 2)
}

// listed draws candidates one after another on so many lines, from the line of
// the chosen one on.
func (l *look) listed(first string, found []candidate, chosen, width, height int) []string {
	lines, used, from := []string{l.paint(chart.Muted, first)}, ansi.StringWidth(first), 0
	for i, c := range found {
		mark := " "
		if i == chosen {
			mark = l.glyph("▸", ">")
		}
		text := mark + chart.Clean(c.text)
		w := ansi.StringWidth(text) + ansi.StringWidth(c.note)
		if c.note != "" {
			w++
		}
		if used > 0 {
			w++
		}
		if used+w > width && used > 0 {
			lines, used = append(lines, ""), 0
			w--
		}
		if i == chosen {
			from = len(lines) - 1
			text = l.paint(chart.Accent, text)
		} else {
			text = l.paint(chart.Text, text)
		}
		if c.note != "" {
			text += " " + l.paint(chart.Muted, c.note)
		}
		if used > 0 {
			text = " " + text
		}
		lines[len(lines)-1] += text
		used += w
	}
	from = max(min(from, len(lines)-height), 0)
	lines = lines[from:]
	return lines[:min(height, len(lines))]
}
