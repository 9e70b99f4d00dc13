package tui

import (
	"image"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
	"accord/tui/words"
)

// A look is how everything appears and what language it speaks. The program
// and its screens share one, so that a change of theme reaches all.
type look struct {
	theme chart.Theme
	words *words.Printer
	keys  Keymap
	alone bool // the pane in focus has the whole body
}

// glyph picks between the two forms of a mark.
func (l *look) glyph(unicode, ascii string) string {
	if l.theme.ASCII {
		return ascii
	}
	return unicode
}

// paint is shorthand for the theme's.
func (l *look) paint(tone chart.Tone, s string) string { return l.theme.Paint(tone, s) }

// unbroken binds what reads as one: dates, and numbers with their units. Bound
// undoes it once lines are broken.
var (
	unbroken = strings.NewReplacer("-", "\u2011", " %", "\u00a0%", " pp", "\u00a0pp", " < ", "\u00a0<\u00a0", " = ", "\u00a0=\u00a0")
	bound    = strings.NewReplacer("\u2011", "-", "\u00a0", " ")
)

// breakLines breaks a text into lines of width cells, between words only.
func breakLines(s string, width int) []string {
	lines := chart.Wrap(unbroken.Replace(s), width)
	for i, line := range lines {
		lines[i] = bound.Replace(line)
	}
	return lines
}

// wrap breaks a text into painted lines of width cells.
func (l *look) wrap(tone chart.Tone, s string, width int) []string {
	lines := breakLines(s, width)
	for i, line := range lines {
		lines[i] = l.paint(tone, line)
	}
	return lines
}

// gloss wraps a text into so many lines at most; what does not fit ends with
// an ellipsis after a whole word.
func (l *look) gloss(tone chart.Tone, s string, width, most int) []string {
	lines := breakLines(s, width)
	if len(lines) > most {
		lines = lines[:max(most, 0)]
		if most > 0 {
			more := l.glyph("…", "...")
			last := strings.TrimRight(lines[most-1], " ")
			for ansi.StringWidth(last)+1+ansi.StringWidth(more) > width && strings.Contains(last, " ") {
				last = strings.TrimRight(last[:strings.LastIndex(last, " ")], " ")
			}
			lines[most-1] = l.theme.Fit(strings.TrimRight(last, " /,;:(-")+" "+more, width, chart.Left)
		}
	}
	for i, line := range lines {
		lines[i] = l.paint(tone, line)
	}
	return lines
}

// dim repaints a drawing as one that no longer answers the question.
func (l *look) dim(lines []string) []string {
	dimmed := make([]string, len(lines))
	for i, line := range lines {
		dimmed[i] = l.paint(chart.Muted, ansi.Strip(line))
	}
	return dimmed
}

// A block is lines in a rectangle of a canvas.
type block struct {
	at    image.Rectangle
	lines []string
}

// compose puts blocks that do not overlap onto a blank canvas. Lines are made
// exactly as wide as their rectangle, missing ones are blank, extra ones are
// left out.
func compose(width, height int, blocks ...block) []string {
	slices.SortStableFunc(blocks, func(a, b block) int { return a.at.Min.X - b.at.Min.X })
	lines := make([]string, max(height, 0))
	var out strings.Builder
	for y := range lines {
		out.Reset()
		x := 0
		for _, b := range blocks {
			if y < b.at.Min.Y || y >= b.at.Max.Y || b.at.Min.X < x {
				continue
			}
			out.WriteString(strings.Repeat(" ", b.at.Min.X-x))
			line := ""
			if i := y - b.at.Min.Y; i < len(b.lines) {
				line = b.lines[i]
			}
			out.WriteString(exactly(line, b.at.Dx()))
			x = b.at.Max.X
		}
		out.WriteString(strings.Repeat(" ", max(width-x, 0)))
		lines[y] = out.String()
	}
	return lines
}

// exactly cuts or pads a styled line to a width.
func exactly(line string, width int) string {
	w := ansi.StringWidth(line)
	if w > width {
		line = ansi.Truncate(line, width, "")
		w = ansi.StringWidth(line)
	}
	return line + strings.Repeat(" ", max(width-w, 0))
}

// indent moves lines to the right by the margin.
func indent(lines []string) []string {
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", margin) + line
	}
	return lines
}
