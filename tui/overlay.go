package tui

import (
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"

	"accord/tui/chart"
)

// An overlay is open over a screen, at the end of the body or on all of it, and
// takes every key until it is closed.
type overlay interface {
	// Height is how many lines it takes of so many.
	Height(of int) int
	View(width, height int) []string
	// line is the text that is written in it, drawn on its second line; nil
	// where nothing is written.
	line() *inputLine
	// hints are its keys, for the footer.
	hints(a *app) []hint
	// handleKey does what a key asks for.
	handleKey(*app, tea.KeyPressMsg) tea.Cmd
	// handleEdit follows a change of the text that is written.
	handleEdit()
}

// overlayArea is where in the body the open overlay goes.
func (a *app) overlayArea() image.Rectangle {
	at := a.frame.body
	at.Min.Y = at.Max.Y - min(a.over.Height(at.Dy()), at.Dy())
	return at
}

// overlayHead is the first line of an overlay at the end of the body.
func (l *look) overlayHead(title string, width int) string {
	return exactly(l.paint(chart.Accent, l.glyph("▸", ">")+" "+title+" "+strings.Repeat(l.glyph("━", "="), max(width, 0))), width)
}

// close closes the open overlay.
func (a *app) close() { a.over = nil }

// paste lets the text that is written have a paste.
func (a *app) paste(m tea.PasteMsg) {
	if a.over == nil || a.over.line() == nil {
		return
	}
	if a.over.line().edit(m) {
		a.over.handleEdit()
	}
}
