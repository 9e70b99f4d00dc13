package tui

import (
	"image"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
)

// margin is what texts in a panel keep free on the left, where charts mark the
// row under the cursor.
const margin = 2

// A panelFrame is a titled part of a screen, as it is drawn.
type panelFrame struct {
	title   string
	note    string // quiet, at the right end of the title
	focused bool
	content content
}

// A content is what a panel holds, drawn for a width and height, and which of
// its lines belong to which row.
type content struct {
	lines []string
	rowAt func(line int) int // -1 for none; nil where there are no rows
	more  int                // things that there was no room for
}

// add appends lines that belong to no row.
func (c *content) add(lines ...string) { c.lines = append(c.lines, lines...) }

// addRows appends lines of which rowAt tells the rows.
func (c *content) addRows(lines []string, rowAt func(line int) int) {
	from, to := len(c.lines), len(c.lines)+len(lines)
	c.lines = append(c.lines, lines...)
	c.rowAt = func(line int) int {
		if line < from || line >= to {
			return -1
		}
		return rowAt(line - from)
	}
}

// rendered is a chart as content.
func rendered(drawing string, rowAt func(line int) int) content {
	if drawing == "" {
		return content{}
	}
	return content{lines: strings.Split(drawing, "\n"), rowAt: rowAt}
}

// row is the row drawn on a line, or -1.
func (c content) row(line int) int {
	if c.rowAt == nil || line < 0 || line >= len(c.lines) {
		return -1
	}
	return c.rowAt(line)
}

// panelBody is the room inside a panel of a size.
func panelBody(at image.Rectangle) (width, height int) {
	return max(at.Dx(), 0), max(at.Dy()-1, 0)
}

// panel draws a panel: a line with its title, and its content. The title of
// the one in focus has a mark and a heavy rule, so that it is told apart
// without colour.
func (l *look) panel(p panelFrame, at image.Rectangle) block {
	width := at.Dx()
	mark, rule, tone, line := "  ", l.glyph("─", "-"), chart.Title, chart.Border
	if p.focused {
		mark, rule, tone, line = l.glyph("▸", ">")+" ", l.glyph("━", "="), chart.Accent, chart.Accent
	}
	title := chart.Clean(p.title)
	if room := max(width-margin, 0); ansi.StringWidth(title) > room {
		title = l.theme.Fit(title, room, chart.Left)
	}
	note := chart.Clean(p.note)
	room := width - margin - ansi.StringWidth(title) - 1
	if note != "" && ansi.StringWidth(note)+4 > room {
		note = ""
	}
	if note != "" {
		note = " " + note
		room -= ansi.StringWidth(note)
	}
	head := l.paint(tone, mark+title) + " " + l.paint(line, strings.Repeat(rule, max(room, 0))) + l.paint(chart.Muted, note)
	return block{at, append([]string{head}, p.content.lines...)}
}
