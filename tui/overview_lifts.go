package tui

import (
	"accord/tui/chart"
	"accord/tui/panel"
)

// liftsContent draws the strongest comparisons on one scale.
func (o *overview) liftsContent(width, height, selected int) content {
	p, a := o.words, o.answer
	headline := o.headline(p.LiftHeadline(a), o.finding(liftsPane), width, height-len(a.Lifts)-4)
	if len(a.Lifts) == 0 {
		return arrange(height, headline)
	}
	plot := panel.Comparisons(p, o.theme, width, a.Lifts)
	plot.Interactive, plot.Selected = true, selected
	plot.MaxHeight = max(height-len(headline.lines), 4)
	var verdict content
	if selected > 0 { // the headline is about the first
		verdict = o.text(chart.Text, p.Verdict(a.Lifts[selected]), width)
	}
	return arrange(height, headline, rendered(plot.Render(width, o.theme), plot.RowAt), verdict)
}
