package report

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
)

// paragraph writes a text after a mark, broken at spaces, with the lines after
// the first as far in as the text of the first. A number stays on the line of
// its unit, and a date is never broken, so that both can be searched for.
func (p *page) paragraph(mark, text string) {
	if text == "" {
		return
	}
	indent := strings.Repeat(" ", len(mark))
	room := p.width - len(mark)
	line, used := "", 0
	flush := func() {
		p.line(mark + line)
		mark, line, used = indent, "", 0
	}
	for _, piece := range pieces(chart.Clean(text)) {
		width := ansi.StringWidth(piece)
		if used > 0 && used+1+width > room {
			flush()
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		// A word wider than a line can only be a name from data.
		for width > room {
			part := ansi.Truncate(piece, room, "")
			if part == "" {
				break
			}
			line = part
			flush()
			piece = piece[len(part):]
			width = ansi.StringWidth(piece)
		}
		line, used = line+piece, used+width
	}
	flush()
}

// pieces splits a text where a line may end.
func pieces(text string) []string {
	var out []string
	for word := range strings.SplitSeq(text, " ") {
		if last := len(out) - 1; last >= 0 && stick(out[last], word) {
			out[last] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}

// stick reports whether the space between two words is inside an expression:
// a number and its unit, the parts of a test, a mark and what it marks.
func stick(before, after string) bool {
	if before == "" || after == "" {
		return false
	}
	last := before[len(before)-1]
	switch strings.TrimRight(after, ",.;:)") {
	case "%", "pp":
		return last >= '0' && last <= '9'
	case "<", "=", ">", "]":
		return true
	}
	return strings.IndexByte("<=>[", last) >= 0 || before == "[ ]"
}
