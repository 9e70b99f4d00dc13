package chart

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Align says where text stands in a width larger than its own.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Right
	Center
)

// Fit returns s, cleaned, in exactly width cells: padded as align says, or cut
// and ended with an ellipsis. A width of 0 or less gives "".
func Fit(s string, width int, align Align) string {
	return Theme{}.Fit(s, width, align)
}

// Fit is the package's [Fit] with an ellipsis that keeps to the theme's glyphs.
func (t Theme) Fit(s string, width int, align Align) string {
	if width <= 0 {
		return ""
	}
	s = Clean(s)
	w := cleanWidth(s)
	if w > width {
		s = ansi.Truncate(s, width, t.glyph("…", "~"))
		w = ansi.StringWidth(s)
	}
	gap := width - w
	switch align {
	case Right:
		return blank(gap) + s
	case Center:
		return blank(gap/2) + s + blank(gap-gap/2)
	default:
		return s + blank(gap)
	}
}

// Wrap breaks s, cleaned, at spaces into lines of exactly width cells, padded
// on the right; a word longer than a line is broken. It returns at least one
// line when width is positive, and none otherwise.
func Wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	lines := strings.Split(ansi.Wrap(Clean(s), width, ""), "\n")
	for i, l := range lines {
		lines[i] = Fit(l, width, Left)
	}
	return lines
}

// cells returns the width of s once cleaned.
func cells(s string) int { return cleanWidth(Clean(s)) }

// cleanWidth returns the width of clean text. Most text is ASCII, of which
// each byte is a cell, and measuring is most of the time it takes to draw.
func cleanWidth(s string) int {
	if printableASCII(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

// blank returns n spaces, none when n is negative.
func blank(n int) string { return strings.Repeat(" ", max(n, 0)) }
