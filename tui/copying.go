package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"accord/tui/export"
)

// copy hands a text to the terminal for its clipboard. Whether the terminal
// takes it cannot be known, so the message says no more than what was done.
func (a *app) copy(text string) tea.Cmd {
	if text == "" {
		a.status = a.words.Say("There is nothing to copy here.")
		return nil
	}
	a.status = a.words.Say("Sent to the terminal's clipboard: %s", preview(text))
	return tea.SetClipboard(text)
}

// copyTable copies the panel under the cursor as tab-separated values.
func (a *app) copyTable() tea.Cmd {
	d, focus := a.document()
	if len(d.Sheets) == 0 {
		return a.copy("")
	}
	var b strings.Builder
	_ = export.TSV(&b, only(d, focus)) // a builder takes everything
	return a.copy(b.String())
}

// preview is the beginning of a text that was copied.
func preview(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.ReplaceAll(line, "\t", " ")
	short := ansi.Truncate(line, 40, "")
	if short != line || rest != "" {
		short = strings.TrimRight(short, " ") + "..."
	}
	return short
}
