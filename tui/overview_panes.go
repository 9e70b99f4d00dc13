package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// title is a pane's title and the note at its end.
func (o *overview) title(pane int) (title, note string) {
	p := o.words
	switch pane {
	case stancePane:
		if s := o.answer.Stance; s.Since != "" || s.Until != "" {
			note = p.Period(s.Since, s.Until)
		}
		return p.Say("Stance: what people say"), note
	case optInPane:
		if len(o.answer.OptIn) > 0 {
			note = p.Date(o.answer.OptIn[0].At)
		}
		return p.Say("Opt-in: what people do"), note
	case trendPane:
		if points := o.answer.Trend.Points; len(points) > 1 {
			note = p.Period(points[0].At, points[len(points)-1].At)
		}
		if purpose := o.answer.Trend.Purpose; purpose != "" {
			return p.Say("Trend: opt-in to %s", p.Name(purpose)), note
		}
		return p.Say("Trend: opt-in over time"), note
	case liftsPane:
		return p.Say("Lift: what campaigns add"), ""
	}
	return p.Say("Needs attention"), ""
}

// foldedTitles are the panes' titles in one word.
var foldedTitles = [overviewPaneCount]string{
	stancePane:    words.Key("Stance"),
	optInPane:     words.Key("Opt-in"),
	trendPane:     words.Key("Trend"),
	liftsPane:     words.Key("Lift"),
	attentionPane: words.Key("Attention"),
}

// folded draws a pane that is not open: its name and its finding.
func (o *overview) folded(pane, width, height int) []string {
	widest := 0
	for _, title := range foldedTitles {
		widest = max(widest, ansi.StringWidth(o.words.Translate(title)))
	}
	name := o.theme.Fit(o.words.Translate(foldedTitles[pane]), widest+2, chart.Left)
	lines := []string{""}
	if o.answered {
		lines = o.gloss(chart.Text, o.finding(pane), width-margin-widest-2, height)
	}
	for i := range lines {
		if i > 0 {
			name = strings.Repeat(" ", widest+2)
		}
		lines[i] = strings.Repeat(" ", margin) + o.paint(chart.Title, name) + lines[i]
	}
	return lines
}

// finding is a pane's finding in few words.
func (o *overview) finding(pane int) string {
	p, a := o.words, o.answer
	switch pane {
	case stancePane:
		return p.StanceShort(a.Stance)
	case optInPane:
		return p.OptInShort(a, a.Trend.Purpose)
	case trendPane:
		return p.TrendShort(a.Trend)
	case liftsPane:
		if len(a.Lifts) == 0 || a.Lifts[0].Difference.Why() != "" {
			return p.LiftShort(a)
		}
		c := a.Lifts[0] // the figure first, as the end may be cut
		return p.Say("%[1]s %[2]s: %[3]s", p.DifferenceFigure(c.Metric, c.Difference).String(), p.Metric(c.Metric), c.Name)
	}
	if len(a.Attention) == 0 {
		return p.NoAttention()
	}
	n := int64(len(a.Attention))
	return p.Plural(n, "%[2]s", "%[1]s warnings. %[2]s", p.Int(n), p.Attention(a.Attention[0]))
}

// content draws a pane's inside.
func (o *overview) content(pane, width, height int, focused bool) content {
	if c := o.cursors[pane]; c.table {
		if t := o.tables[pane]; len(t.Rows) > 0 {
			return o.tableContent(t, c, focused, width, height)
		}
	}
	selected := -1
	if focused {
		selected = o.cursors[pane].row
	}
	switch pane {
	case stancePane:
		return o.stanceContent(width, height)
	case optInPane:
		return o.optInContent(width, height, selected)
	case trendPane:
		return o.trendContent(width, height, selected)
	case liftsPane:
		return o.liftsContent(width, height, selected)
	}
	return o.attentionContent(width, height, selected)
}

func (o *overview) stanceContent(width, height int) content {
	p, s := o.words, o.answer.Stance
	headline := o.headline(p.StanceHeadline(s), p.StanceShort(s), width, height-5)
	willing, ok := s.Willing.Estimate.Value()
	if s.Missing != "" || !ok {
		return arrange(height, headline)
	}
	bar := chart.ShareBar{
		Segments:  []chart.Segment{o.segment("willing", s.Willing, willing.Value, chart.Series1)},
		Interval:  &chart.Interval{Low: willing.Low, High: willing.High},
		Reference: &chart.Mark{At: words.PublishedWilling, Label: p.Say("CROP 2018: %s", p.Share(words.PublishedWilling))},
	}
	sceptical, known := s.Sceptical.Estimate.Value()
	if undecided, ok := s.Undecided.Estimate.Value(); ok && known {
		bar.Segments = append(bar.Segments,
			o.segment("sceptical", s.Sceptical, sceptical.Value, chart.Series2),
			o.segment("undecided", s.Undecided, undecided.Value, chart.Series6))
	} else {
		bar.Segments = append(bar.Segments, o.segment("not willing", s.NotWilling, 1-willing.Value, chart.Series6))
	}
	return arrange(height, headline,
		content{lines: indent(strings.Split(bar.Render(width-margin, o.theme), "\n"))},
		o.text(chart.Muted, p.PublishedNote(), width),
	)
}

// segment is a stance as a part of the bar.
func (o *overview) segment(stance string, r queries.Rate, share float64, tone chart.Tone) chart.Segment {
	return chart.Segment{Label: o.words.Name(stance), Text: o.words.ShareFigure(r.Estimate).Value, Share: share, Tone: tone}
}

// bar is a share as a bar, or why there is none.
func (l *look) bar(label string, f queries.Figure[queries.Estimate], text string, tone chart.Tone) chart.Bar {
	e, ok := f.Value()
	if !ok {
		return chart.Bar{Label: label, Withheld: l.words.Reason(f.Why())}
	}
	return chart.Bar{Label: label, Value: e.Value, Text: text, Tone: tone, Interval: &chart.Interval{Low: e.Low, High: e.High}}
}

func (o *overview) optInContent(width, height, selected int) content {
	p, a := o.words, o.answer
	headline := o.headline(p.OptInHeadline(a, a.Trend.Purpose), p.OptInShort(a, a.Trend.Purpose), width, height-min(len(a.OptIn), 5))
	if len(a.OptIn) == 0 {
		return arrange(height, headline)
	}
	bars := chart.Bars{Interactive: true, Selected: selected, Max: 1}
	texts := o.optInTexts(width)
	for i, r := range a.OptIn {
		bars.Rows = append(bars.Rows, o.bar(p.Name(r.Purpose), r.Rate.Estimate, texts[i], chart.Series1))
	}
	bars.MaxHeight = max(height-len(headline.lines), min(len(bars.Rows), 4))
	r := a.OptIn[max(selected, 0)]
	return arrange(height, headline,
		rendered(bars.Render(width, o.theme), bars.RowAt),
		o.text(chart.Text, p.Paradox(a.Paradox), width),
		o.contactableContent(width),
		o.text(chart.Muted, o.purposeNote(r), width),
	)
}

// purposeNote says what a purpose's figures are shares of and differences from.
func (o *overview) purposeNote(r queries.PurposeRate) string {
	if r.Rate.Estimate.Why() != "" {
		return ""
	}
	p := o.words
	note := p.Say("%[1]s: %[2]s known on %[3]s.", p.Name(r.Purpose), p.Fraction(r.Rate), p.Date(r.At))
	change := strings.TrimSpace(p.ChangeFigure(r.Change, r.Interval).String())
	switch {
	case r.Change.Why() != "":
	case r.Rest:
		note += " " + p.Say("Against the rest, on the same day: %s.", change)
	case r.Before != "":
		note += " " + p.Say("Change since %[1]s: %[2]s.", p.Date(r.Before), change)
	}
	return note
}

// optInTexts are the figures beside the bars, in columns: the share, of how many,
// and the change with its interval, as far as bars keep room.
func (o *overview) optInTexts(width int) []string {
	var shares, counts, changes, intervals, names []string
	for _, r := range o.answer.OptIn {
		change := o.words.ChangeFigure(r.Change, r.Interval)
		shares, counts = append(shares, o.words.ShareFigure(r.Rate.Estimate).Value), append(counts, o.words.Fraction(r.Rate))
		changes, intervals = append(changes, o.words.PointsFigure(r.Change)), append(intervals, strings.TrimSpace(change.String()))
		names = append(names, o.words.Name(r.Purpose))
	}
	const leastBar = 14
	room := width - margin - widest(names) - leastBar
	texts := beside(shares, counts, intervals)
	if widest(texts) > room {
		texts = beside(shares, intervals)
	}
	if widest(texts) > room {
		texts = beside(shares, changes)
	}
	return texts
}

// beside sets columns of texts beside each other, each at its right.
func beside(columns ...[]string) []string {
	texts := make([]string, len(columns[0]))
	for n, column := range columns {
		for i, s := range column {
			if n > 0 {
				texts[i] += "  "
			}
			texts[i] += chart.Fit(s, widest(column), chart.Right)
		}
	}
	return texts
}

func widest(texts []string) int {
	width := 0
	for _, s := range texts {
		width = max(width, ansi.StringWidth(s))
	}
	return width
}

// contactableContent shows, apart from opt-in, who can be reached on another
// basis.
func (o *overview) contactableContent(width int) content {
	bars := chart.Bars{Max: 1}
	for _, r := range o.answer.OptIn {
		if n, ok := r.Contactable.Numerator.Value(); ok && n == 0 {
			continue
		}
		bars.Rows = append(bars.Rows, o.bar(o.words.Name(r.Purpose), r.Contactable.Estimate, o.words.ShareFigure(r.Contactable.Estimate).Value, chart.Series6))
	}
	if len(bars.Rows) == 0 {
		return content{}
	}
	lines := append([]string{o.paint(chart.Muted, o.words.Say("Contactable on another basis, not opted in"))},
		strings.Split(bars.Render(width-margin, o.theme), "\n")...)
	return content{lines: indent(lines)}
}
