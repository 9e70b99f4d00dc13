package tui

import (
	"strings"

	"accord/tui/chart"
)

// attentionContent lists what needs attention. In focus it scrolls with the
// cursor and says all; otherwise it says as much as fits.
func (o *overview) attentionContent(width, height, selected int) content {
	if len(o.answer.Attention) == 0 {
		return o.text(chart.Text, o.words.NoAttention(), width)
	}
	var c content
	var rows []int
	from, to := 0, 0 // the lines of the selected row
	for i := range o.answer.Attention {
		most := height
		if selected < 0 {
			if most = height - len(c.lines); most <= 0 {
				c.more++
				continue
			}
		}
		if i == selected {
			from = len(c.lines)
		}
		for _, line := range o.warning(i, width, most, i == selected) {
			c.lines = append(c.lines, line)
			rows = append(rows, i)
		}
		if i == selected {
			to = len(c.lines)
		}
	}
	top := min(max(to-height, 0), from)
	c.lines = c.lines[top:]
	c.rowAt = func(line int) int {
		if line+top >= len(rows) {
			return -1
		}
		return rows[line+top]
	}
	return c
}

// warning draws one thing that needs attention in so many lines at most.
func (o *overview) warning(i, width, most int, selected bool) []string {
	tone, mark := chart.Text, "  "
	if selected {
		tone, mark = chart.Accent, o.glyph("▸ ", "> ")
	}
	lines := o.gloss(tone, o.words.Attention(o.answer.Attention[i]), width-2*margin, most)
	for n := range lines {
		if n == 0 {
			lines[n] = o.paint(chart.Accent, mark) + o.paint(chart.Warning, o.glyph("▲ ", "! ")) + lines[n]
		} else {
			lines[n] = strings.Repeat(" ", 2*margin) + lines[n]
		}
	}
	return lines
}
