package report

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// A page is a text under way: paragraphs and drawings from top to bottom, none
// wider than its width. Everything on it is cleaned by package chart.
type page struct {
	*words.Printer
	theme chart.Theme
	width int
	from  queries.Provenance
	b     strings.Builder
}

func writeText(w io.Writer, d document) error {
	o := d.options
	p := page{theme: chart.Plain(), width: usualWidth, from: d.provenance, Printer: words.New(words.English)}
	if o.Width > 0 {
		p.width = max(o.Width, leastWidth)
	}
	if o.Printer != nil {
		mine := *o.Printer
		p.Printer = &mine
	}
	p.theme.ASCII, p.ASCII, p.MinCell = o.ASCII, o.ASCII, d.provenance.MinCell
	p.say(p.Provenance(d.provenance))
	p.say(p.Filter(o.Filter))
	for _, a := range d.answers {
		a.text(&p)
	}
	p.footer(d)
	_, err := io.WriteString(w, p.b.String())
	return err
}

// footer repeats what must not be lost when a page is cut, and explains marks.
func (p *page) footer(d document) {
	p.gap()
	p.rule("─", "-")
	p.say(p.IntervalNote())
	if d.provenance.MinCell > 1 {
		p.say(p.WithheldNote())
	}
	p.say(p.Provenance(d.provenance) + ". " + p.Filter(d.options.Filter) + ".")
}

// say writes a paragraph.
func (p *page) say(text string) { p.paragraph("", text) }

// item writes a paragraph of a list.
func (p *page) item(text string) { p.paragraph("- ", text) }

// draw writes a drawing of package chart.
func (p *page) draw(drawing string) {
	if drawing == "" {
		return
	}
	for line := range strings.SplitSeq(drawing, "\n") {
		p.line(line)
	}
}

func (p *page) line(text string) {
	p.b.WriteString(strings.TrimRight(text, " "))
	p.b.WriteByte('\n')
}

func (p *page) gap() { p.b.WriteByte('\n') }

// title begins a screen.
func (p *page) title(text string) {
	p.gap()
	p.rule("═", "=")
	p.say(text)
	p.rule("═", "=")
}

// heading begins a part of a screen.
func (p *page) heading(text string) {
	p.gap()
	p.say(text)
	under := min(ansi.StringWidth(chart.Clean(text)), p.width)
	p.line(strings.Repeat(p.glyph("─", "-"), under))
}

func (p *page) rule(unicode, ascii string) { p.line(strings.Repeat(p.glyph(unicode, ascii), p.width)) }

func (p *page) glyph(unicode, ascii string) string {
	if p.theme.ASCII {
		return ascii
	}
	return unicode
}

// rateCells are a rate's share, interval, numerator and denominator, for
// rateColumns.
func (p *page) rateCells(r queries.Rate) []chart.Cell {
	span := p.ShareFigure(r.Estimate)
	return []chart.Cell{{Text: span.Value}, {Text: span.Interval}, {Text: p.Count(r.Numerator)}, {Text: p.Count(r.Denominator)}}
}

func (p *page) rateColumns(share string) []chart.Column {
	return []chart.Column{
		{Title: share, Align: chart.Right},
		{Title: p.Say("95 %% interval"), Align: chart.Right},
		{Title: p.Say("People"), Align: chart.Right},
		{Title: p.Say("Of"), Align: chart.Right},
	}
}

// mark is a verdict at a glance.
func (p *page) mark(c queries.Comparison) string {
	switch c.Verdict {
	case queries.Higher:
		return p.glyph("▲", "^")
	case queries.Lower:
		return p.glyph("▼", "v")
	}
	return "?"
}

// forest plots comparisons that have a difference, all in shares or all in
// money; label names them.
func (p *page) forest(title string, comparisons []queries.Comparison, label func(queries.Comparison) (string, string)) {
	plot := chart.Forest{
		Title:   title,
		Format:  p.AxisPoints,
		Caption: [2]string{p.Say("lower"), p.Say("higher")},
	}
	for _, c := range comparisons {
		e, ok := c.Difference.Value()
		if !ok {
			continue
		}
		if c.Metric.Money() {
			plot.Format = p.AxisNumber
		}
		row := chart.Effect{Estimate: e.Value, Low: e.Low, High: e.High, Verdict: chart.Cell{Text: p.mark(c) + " " + p.VerdictShort(c)}}
		row.Label, row.Sub = label(c)
		if row.Sub != "" && p.width < wide {
			row.Verdict.Text = p.mark(c) // the name needs the room
		}
		plot.Rows = append(plot.Rows, row)
	}
	if len(plot.Rows) > 0 {
		p.gap()
		p.draw(plot.Render(p.width, p.theme))
	}
}
