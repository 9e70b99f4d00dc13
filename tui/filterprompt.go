package tui

import (
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
)

// promptHeight is the lines that the filter prompt takes: title, input, the
// mark under it, two for what is wrong or can be written.
const promptHeight = 5

// promptSign stands before the input.
const promptSign = "/ "

// A filterPrompt is where a filter is written. The bubble edits; the drawing
// is the prompt's own, so that the cursor and the mark of a mistake stand in
// the right cell whatever the text holds.
type filterPrompt struct {
	*look
	input      textinput.Model
	dimensions []queries.Dimension
	mistake    *queries.FilterError // of the text as it is; nil after an edit
}

// newFilterPrompt opens the prompt on the filter in force. The mistake that
// failed its query, if that is why, is marked at once.
func newFilterPrompt(l *look, dimensions []queries.Dimension, f queries.Filter, failed error) *filterPrompt {
	p := &filterPrompt{look: l, input: textinput.New(), dimensions: dimensions}
	p.input.SetVirtualCursor(false) // a virtual one would tick to blink
	p.input.KeyMap = textinput.KeyMap{
		CharacterForward:        key.NewBinding(key.WithKeys("right")),
		CharacterBackward:       key.NewBinding(key.WithKeys("left")),
		DeleteCharacterBackward: key.NewBinding(key.WithKeys("backspace")),
		DeleteCharacterForward:  key.NewBinding(key.WithKeys("delete")),
		LineStart:               key.NewBinding(key.WithKeys("home")),
		LineEnd:                 key.NewBinding(key.WithKeys("end")),
	}
	p.input.Focus()
	text := f.String()
	if text != "" {
		text += " " // ready for the next term
	}
	p.input.SetValue(text)
	p.input.CursorEnd()
	var mistake *queries.FilterError
	if errors.As(failed, &mistake) && mistake.Text == f.String() {
		p.mistake = mistake
	}
	return p
}

// edit lets the input have a key or a paste.
func (p *filterPrompt) edit(m tea.Msg) {
	if k, ok := m.(tea.KeyPressMsg); ok && k.String() == "tab" {
		p.complete()
		return
	}
	before := p.input.Value()
	p.input, _ = p.input.Update(m)
	if p.input.Value() != before {
		p.mistake = nil
	}
}

// parse reads the text, or marks what is wrong with it.
func (p *filterPrompt) parse() (queries.Filter, bool) {
	f, err := queries.ParseFilter(p.input.Value())
	if err == nil {
		return f, true
	}
	if !errors.As(err, &p.mistake) {
		p.mistake = &queries.FilterError{Text: p.input.Value(), Column: 1, Problem: err.Error()}
	}
	p.input.SetCursor(p.mistake.Column - 1)
	return queries.Filter{}, false
}

// head is the text before a position, as drawn.
func (p *filterPrompt) head(position int) string {
	runes := []rune(p.input.Value())
	return chart.Clean(string(runes[:max(min(position, len(runes)), 0)]))
}

// window is the room for the text and the cells of it that are out of sight on
// the left, so that the cursor is in sight.
func (p *filterPrompt) window(width int) (room, hidden int) {
	room = max(width-margin-len(promptSign), 1)
	return room, max(ansi.StringWidth(p.head(p.input.Position()))-room+1, 0)
}

// cursor is the cell of the cursor in the drawing.
func (p *filterPrompt) cursor(width int) (x, y int) {
	_, hidden := p.window(width)
	return margin + len(promptSign) + ansi.StringWidth(p.head(p.input.Position())) - hidden, 1
}

// View draws promptHeight lines.
func (p *filterPrompt) View(width int) []string {
	room, hidden := p.window(width)
	text := ansi.Cut(chart.Clean(p.input.Value()), hidden, hidden+room)
	lines := []string{
		p.paint(chart.Accent, p.glyph("▸", ">")+" "+p.words.Say("Filter")+" "+strings.Repeat(p.glyph("━", "="), max(width, 0))),
		strings.Repeat(" ", margin) + p.paint(chart.Accent, promptSign) + p.paint(chart.Text, text),
	}
	if p.mistake == nil {
		lines = append(lines, "")
		return append(lines, indent(p.hints(width-margin))...)
	}
	at := margin + len(promptSign) + ansi.StringWidth(p.head(p.mistake.Column-1)) - hidden
	lines = append(lines, strings.Repeat(" ", max(at, 0))+p.paint(chart.Warning, "^"))
	return append(lines, indent(p.gloss(chart.Warning, p.mistake.Problem, width-margin, 2))...)
}

// hints are what can be written where the cursor is.
func (p *filterPrompt) hints(width int) []string {
	if p.input.Value() == "" {
		return p.gloss(chart.Muted, p.words.Say("Empty shows everyone. %s", strings.Join(p.candidates(), "  ")), width, 2)
	}
	return p.gloss(chart.Muted, strings.Join(p.candidates(), "  "), width, 2)
}
