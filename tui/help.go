package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
)

// A helpPage lists all keys, drawn from their table.
type helpPage struct {
	*look
	top int // first line shown
}

// Height implements overlay.
func (h *helpPage) Height(of int) int { return of }

func (h *helpPage) line() *inputLine { return nil }

func (h *helpPage) handleEdit() {}

func (h *helpPage) hints(a *app) []hint {
	keys := []hint{{back, closeHint}, {quit, quitHint}, {down, moreHint}}
	if at := a.frame.body; len(h.lines(at.Dx())) <= at.Dy() {
		return keys[:2]
	}
	return keys
}

func (h *helpPage) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	switch x := h.keys.action(m.String()); x {
	case quit:
		return tea.Quit
	case showHelp, back:
		a.close()
	case up, down, pageUp, pageDown, home, end:
		if !h.move(x, a.frame.body.Dx(), a.frame.body.Dy()) {
			a.status = a.words.Say("There is no more in that direction.")
		}
	default:
		a.status = a.words.Say("esc closes the help first.")
	}
	return nil
}

// View draws the part of the list that fits.
func (h *helpPage) View(width, height int) []string {
	lines := h.lines(width)
	h.top = max(min(h.top, len(lines)-height), 0)
	lines = lines[h.top:]
	return lines[:min(height, len(lines))]
}

// lines are the groups of keys, side by side as far as they fit.
func (h *helpPage) lines(width int) []string {
	groups := make([][]string, groupCount)
	widest := 0
	for g := range groups {
		groups[g] = h.group(group(g))
		for _, line := range groups[g] {
			widest = max(widest, ansi.StringWidth(line))
		}
	}
	columns := min(max((width+gutter)/(widest+gutter), 1), 3)
	stacks := stack(groups, columns)
	var lines []string
	for y := 0; ; y++ {
		row, more := "", false
		for i, s := range stacks {
			cell := ""
			if y < len(s) {
				cell, more = s[y], true
			}
			if i > 0 {
				row += strings.Repeat(" ", gutter)
			}
			row += exactly(cell, widest)
		}
		if !more {
			return lines
		}
		lines = append(lines, row)
	}
}

// group draws one group: its name, then key by key.
func (h *helpPage) group(g group) []string {
	var keys []key.Binding
	for _, b := range h.keys.bindings() {
		if b.group == g {
			keys = append(keys, h.keyBinding(b.action, b.does))
		}
	}
	title := h.paint(chart.Title, h.words.Translate(groupNames[g]))
	return append([]string{title}, strings.Split(h.helpWidget().FullHelpView([][]key.Binding{keys}), "\n")...)
}

// stack deals groups out to columns in their order, so that the longest column
// is as short as may be, with a blank line between groups.
func stack(groups [][]string, columns int) [][]string {
	for height := 1; ; height++ {
		stacks := [][]string{nil}
		for _, g := range groups {
			last := len(stacks) - 1
			if n := len(stacks[last]); n > 0 && n+1+len(g) > height {
				stacks = append(stacks, nil)
				last++
			}
			if len(stacks[last]) > 0 {
				stacks[last] = append(stacks[last], "")
			}
			stacks[last] = append(stacks[last], g...)
		}
		tallest := 0
		for _, s := range stacks {
			tallest = max(tallest, len(s))
		}
		if len(stacks) <= columns && tallest <= height {
			return stacks
		}
	}
}

// move scrolls and reports whether that showed anything new.
func (h *helpPage) move(x action, width, height int) bool {
	before := h.top
	last := max(len(h.lines(width))-height, 0)
	switch x {
	case up:
		h.top--
	case down:
		h.top++
	case pageUp:
		h.top -= height
	case pageDown:
		h.top += height
	case home:
		h.top = 0
	case end:
		h.top = last
	}
	h.top = max(min(h.top, last), 0)
	return h.top != before
}
