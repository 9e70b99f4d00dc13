package panel

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// A forestLook is what a forest plot shows beside its marks for a width of the
// pane, so that the plot itself keeps about a quarter of it.
type forestLook struct {
	arm, interval, more, inWords bool // columns; inWords spells the verdict out
	mark                         bool // of the verdict only the mark
	label                        int  // cells of a campaign's name at most
}

func forestLookFor(width int) forestLook {
	switch {
	case width < 60:
		return forestLook{mark: true, label: width - 37}
	case width < 76:
		return forestLook{label: width - 43}
	case width < 100:
		return forestLook{arm: true, label: width - 58}
	case width < 170:
		return forestLook{arm: true, interval: true, label: width*3/4 - 60}
	}
	return forestLook{arm: true, interval: true, more: true, inWords: true, label: width*3/4 - 104}
}

// Comparisons is a plot of comparisons on one scale. Where shares and money are
// mixed the scale is that of the shares, and money is told in figures only.
func Comparisons(p *words.Printer, t chart.Theme, width int, comparisons []queries.Comparison) chart.Forest {
	shown, l := forestLookFor(width), plotter{p, t}
	f := chart.Forest{Title: p.Say("Campaign"), Format: p.AxisNumber, Range: forestRange(comparisons)}
	columns := func(titles ...string) {
		for _, title := range titles {
			f.Columns = append(f.Columns, chart.Column{Title: title, Align: chart.Right})
		}
	}
	if shown.arm {
		f.Columns = append(f.Columns, chart.Column{Title: p.Say("Arm")})
	}
	if shown.interval {
		columns(p.Say("Difference"), p.Say("Interval"))
	} else {
		columns(p.Say("Effect"))
	}
	if shown.more {
		columns(p.Say("Relative"), p.Say("Adjusted p"))
	}
	money := true
	for _, c := range comparisons {
		money = money && c.Metric.Money()
	}
	if !money {
		f.Format = p.AxisPoints
	}
	arms, metrics := map[string]int{}, map[[2]string]int{} // rows of each campaign, and of each of its arms
	for _, c := range comparisons {
		arms[c.Name]++
		metrics[[2]string{c.Name, c.Arm}]++
	}
	for _, c := range comparisons {
		arm := p.Name(c.Arm)
		if metrics[[2]string{c.Name, c.Arm}] > 1 && c.Metric != "" {
			arm += ", " + p.MetricShort(c.Metric)
		}
		row := l.effect(c, arm, shown, money)
		if !shown.arm && arms[c.Name] > 1 {
			row.Label = chart.Clean(arm + ", " + c.Name)
		}
		f.Rows = append(f.Rows, row)
	}
	l.shorten(f.Rows, max(shown.label, 14))
	return f
}

// A plotter draws comparisons in a language and a theme.
type plotter struct {
	words *words.Printer
	theme chart.Theme
}

func (l plotter) glyph(unicode, ascii string) string {
	if l.theme.ASCII {
		return ascii
	}
	return unicode
}

// shorten cuts the labels that are too long for a width after a whole word, but
// for those that would then read alike: these the plot cuts where the width ends.
func (l plotter) shorten(rows []chart.Effect, width int) {
	of := map[string]string{} // the label that a short one stands for, "" for several
	for _, row := range rows {
		short := l.whole(row.Label, width)
		if long, ok := of[short]; ok && long != row.Label {
			of[short] = ""
			continue
		}
		of[short] = row.Label
	}
	for i := range rows {
		if short := l.whole(rows[i].Label, width); of[short] != "" {
			rows[i].Label = short
		}
	}
}

// whole cuts a text that is too long for a width after a whole word.
func (l plotter) whole(s string, width int) string {
	more := l.glyph("…", "...")
	for cut := s; ; {
		switch at := strings.LastIndex(cut, " "); {
		case cut == s && ansi.StringWidth(s) <= width:
			return s
		case cut != s && ansi.StringWidth(cut)+1+ansi.StringWidth(more) <= width:
			return cut + " " + more
		case at < 0:
			return s // one word: the plot cuts it
		default:
			cut = strings.TrimRight(cut[:at], " /,;:(-")
		}
	}
}

// effect is one row of forest.
func (l plotter) effect(c queries.Comparison, arm string, shown forestLook, money bool) chart.Effect {
	p := l.words
	row := chart.Effect{
		Label:   chart.Clean(c.Name),
		Verdict: chart.Cell{Text: l.verdictWord(c, shown), Tone: VerdictTone(c)},
	}
	if shown.arm {
		row.Cells = append(row.Cells, chart.Cell{Text: arm})
	}
	e, ok := c.Difference.Value()
	switch {
	case !ok:
		row.Withheld = p.Reason(c.Difference.Why())
	case c.Verdict == queries.NoVerdictSRM: // an interval would read as a verdict
		row.Withheld = p.Reason(queries.SplitWentWrong)
	case c.Metric.Money() && !money:
		row.Withheld = p.Say("money: another scale")
	default:
		row.Estimate, row.Low, row.High = e.Value, e.Low, e.High
	}
	if row.Withheld != "" && !shown.inWords {
		row.Withheld = " " // the word of the verdict has to do
	}
	if !ok {
		return row // the reason is said once, not in every column
	}
	span := p.DifferenceFigure(c.Metric, c.Difference)
	row.Cells = append(row.Cells, chart.Cell{Text: span.Value, Tone: chart.Title})
	if shown.interval {
		row.Cells = append(row.Cells, chart.Cell{Text: span.Interval, Tone: chart.Muted})
	}
	if shown.more {
		row.Cells = append(row.Cells, chart.Cell{Text: p.RelativeFigure(c.Relative).Value}, chart.Cell{Text: bareP(p.PFigure(shownP(c))), Tone: chart.Muted})
	}
	return row
}

// forestRange is a scale that holds all estimates and the whole intervals of
// those that are clear of zero; a wide one around zero may run off it. It is
// nil, to fit all, where none is clear.
func forestRange(comparisons []queries.Comparison) *chart.Interval {
	var r chart.Interval
	judged, drawn := false, false
	for _, c := range comparisons {
		e, ok := c.Difference.Value()
		if !ok || c.Verdict == queries.NoVerdictSRM {
			continue
		}
		drawn = true
		r.Low, r.High = min(r.Low, e.Value), max(r.High, e.Value)
		if c.Verdict == queries.Higher || c.Verdict == queries.Lower {
			r.Low, r.High, judged = min(r.Low, e.Low), max(r.High, e.High), true
		}
	}
	switch {
	case !drawn:
		return &chart.Interval{Low: -0.01, High: 0.01}
	case !judged:
		return nil
	}
	pad := (r.High - r.Low) * 0.03
	return &chart.Interval{Low: r.Low - pad, High: r.High + pad}
}

// bareP is a p-value without the letter that its column says already.
func bareP(s string) string {
	bare, ok := strings.CutPrefix(s, "p")
	if !ok || !strings.ContainsAny(bare, "<=>") {
		return s // a reason
	}
	return strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(bare, " \u00a0"), "="), " \u00a0")
}

// shownP is the p-value that a comparison's verdict goes by.
func shownP(c queries.Comparison) queries.Figure[float64] {
	if c.Among > 0 {
		return c.Adjusted
	}
	return c.P
}

// verdictWord is a verdict with a mark that can be told apart at a glance; the
// mark alone where there is room for no word.
func (l plotter) verdictWord(c queries.Comparison, shown forestLook) string {
	mark := "?"
	switch c.Verdict {
	case queries.Higher:
		mark = l.glyph("▲", "^")
	case queries.Lower:
		mark = l.glyph("▼", "v")
	}
	switch {
	case shown.mark:
		return mark
	case shown.inWords:
		return mark + " " + l.words.VerdictShort(c)
	}
	return mark + " " + l.verdictInAWord(c)
}

// verdictInAWord is a verdict where there is little room.
func (l plotter) verdictInAWord(c queries.Comparison) string {
	p := l.words
	switch VerdictTone(c) {
	case chart.Good:
		return p.Say("better")
	case chart.Bad:
		return p.Say("worse")
	}
	switch c.Verdict {
	case queries.TooSmall:
		return p.Say("unclear")
	case queries.NoVerdictSRM:
		return p.Say("split")
	case queries.NoOutcome:
		return p.Say("missing")
	case queries.NotYet:
		return p.Say("not yet")
	case queries.Withheld:
		return p.Say("withheld")
	}
	return p.Say("none")
}

// VerdictTone is good or bad for the reader, whichever way the metric went.
func VerdictTone(c queries.Comparison) chart.Tone {
	switch {
	case c.Verdict != queries.Higher && c.Verdict != queries.Lower:
		return chart.Neutral
	case (c.Verdict == queries.Higher) == c.Metric.Guardrail():
		return chart.Bad
	}
	return chart.Good
}
