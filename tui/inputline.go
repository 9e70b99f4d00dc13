package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
)

// An inputLine is where a text is written. The bubble edits; the drawing is the
// line's own, so that the cursor and the mark of a mistake stand in the right
// cell whatever the text holds.
type inputLine struct {
	textinput.Model
	sign   string // before the text
	hidden bool   // the text is not shown
}

// newInputLine begins with a text, ready to write on.
func newInputLine(sign, text string) *inputLine {
	l := &inputLine{Model: textinput.New(), sign: sign}
	l.SetVirtualCursor(false) // a virtual one would tick to blink
	l.KeyMap = textinput.KeyMap{
		CharacterForward:        key.NewBinding(key.WithKeys("right")),
		CharacterBackward:       key.NewBinding(key.WithKeys("left")),
		DeleteCharacterBackward: key.NewBinding(key.WithKeys("backspace")),
		DeleteCharacterForward:  key.NewBinding(key.WithKeys("delete")),
		LineStart:               key.NewBinding(key.WithKeys("home")),
		LineEnd:                 key.NewBinding(key.WithKeys("end")),
	}
	l.Focus()
	l.SetValue(text)
	l.CursorEnd()
	return l
}

// edit lets the line have a key or a paste and reports whether the text is
// another now.
func (l *inputLine) edit(m tea.Msg) bool {
	before := l.Value()
	l.Model, _ = l.Update(m)
	return l.Value() != before
}

// replace writes a text in place of the runes from start to end, and leaves the
// cursor after it.
func (l *inputLine) replace(start, end int, text string) {
	runes := []rune(l.Value())
	l.SetValue(string(runes[:start]) + text + string(runes[end:]))
	l.SetCursor(start + len([]rune(text)))
}

// head is the text before a position, as drawn.
func (l *inputLine) head(position int) string {
	runes := []rune(l.Value())
	return l.shown(string(runes[:max(min(position, len(runes)), 0)]))
}

// shown is a text as it is drawn.
func (l *inputLine) shown(text string) string {
	if l.hidden {
		return strings.Repeat("*", len([]rune(text)))
	}
	return chart.Clean(text)
}

// window is the room for the text and the cells of it that are out of sight on
// the left, so that the cursor is in sight.
func (l *inputLine) window(width int) (room, hidden int) {
	room = max(width-margin-len(l.sign), 1)
	return room, max(ansi.StringWidth(l.head(l.Position()))-room+1, 0)
}

// cell is the column in which the drawing has a position of the text.
func (l *inputLine) cell(position, width int) int {
	_, hidden := l.window(width)
	return margin + len(l.sign) + ansi.StringWidth(l.head(position)) - hidden
}

// draw draws the line.
func (l *inputLine) draw(k *look, width int) string {
	room, hidden := l.window(width)
	text := ansi.Cut(l.shown(l.Value()), hidden, hidden+room)
	return strings.Repeat(" ", margin) + k.paint(chart.Accent, l.sign) + k.paint(chart.Text, text)
}
