// Package panel lays answers out as people read them: panel by panel a finding
// in words, a picture and the figures. The dashboard and the report draw the
// same panels, so that they cannot disagree.
//
// It is pure: an answer and a language make panels. It must not know of
// terminals, keys, files or how an answer was found.
package panel

import (
	"image"
	"slices"
	"strings"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// A Panel is one part of a screen. Its texts are in the reader's language.
type Panel struct {
	Name    string // of the panel among those of its screen, in no language: "sources"
	Title   string
	Period  string // when the figures are of; quiet, at the end of the title
	Finding string // what was found, in a sentence or a few: the figure first
	Short   string // the same for one line
	// Picture shows the finding; nil where there is nothing to draw.
	Picture Picture
	Least   int           // lines without which the Picture is cut; the blank line before it gives way; 0 = any
	Cells   []image.Point // by row of the Table the column and row of its cell in the Picture; nil where that has no cells
	Tabular bool          // the Picture is the Table itself
	Table   chart.Table   // the figures behind it: numerators, denominators, intervals
	// Digest is what a page shows of a Table that is too long for it; without
	// rows where the Table is shown whole.
	Digest chart.Table
	Main   int // the column of the Table that holds the figure of its row
	// Terms are by row of the Table what narrows the filter to it; nil, or an
	// empty Term, where nothing does.
	Terms []queries.Term
	// Purposes are by row of the Table what narrows the filter to a purpose; nil,
	// or "", where nothing does.
	Purposes []string
	// Opens are by row of the Table what a board chooses to show it in full: the
	// parts that are set. nil, or a zero Choice, where nothing does.
	Opens []queries.Choice
	At    int // the row that the answer is about, where it is about one and Opens is set
	// Orders names the orders that the rows can have, the first as they are, and
	// Reorder is the panel in another; nil where they have one.
	Orders  []string
	Reorder func(order int) Panel
	// Notes say what the figures are of and how they were adjusted, the most
	// needed first.
	Notes []string
}

// Narrows is what narrows a filter to a row of the Table, nil where nothing
// does.
func (x Panel) Narrows(row int) *queries.Filter {
	var f queries.Filter
	if row < len(x.Terms) && x.Terms[row].Dimension != "" {
		f.Terms = []queries.Term{x.Terms[row]}
	}
	if row < len(x.Purposes) {
		f.Purpose = x.Purposes[row]
	}
	if f.String() == "" {
		return nil
	}
	return &f
}

// Static is the row under the cursor where there is no cursor at all, as on
// paper; -1 is a cursor that is elsewhere.
const Static = -2

// A Picture shows a finding as a chart, which is a value: a terminal draws it in
// cells, and a page in its own way.
type Picture interface {
	// Chart is what is drawn in so many cells: one of the types of package chart,
	// or several time series, one below the other.
	Chart(width int, t chart.Theme) any
	// Draw draws for a width, a height (0 = as high as it needs) and the row of
	// the Table under the cursor (-1 or [Static] for none).
	Draw(width, height, selected int, t chart.Theme) Drawing
}

// A Drawing is lines joined by "\n", and which row of the Table each is about.
type Drawing struct {
	Text  string
	RowAt func(line int) int // -1 for none; nil where lines belong to no row
}

// seriesHeight is that of a time series with all the room it wants.
const seriesHeight = 14

// A fitted picture makes its chart for the room there is.
type fitted struct {
	chart func(width int, t chart.Theme) any
	at    []float64     // of lines over time: the day of each row of the Table
	cells []image.Point // as of [Heat]
}

// Chart implements Picture.
func (p fitted) Chart(width int, t chart.Theme) any { return p.chart(width, t) }

// Draw implements Picture.
func (p fitted) Draw(width, height, selected int, t chart.Theme) Drawing {
	interactive := selected > Static
	switch c := p.chart(width, t).(type) {
	case chart.Bars:
		c.Interactive, c.Selected, c.MaxHeight = interactive, selected, height
		return Drawing{c.Render(width, t), c.RowAt}
	case chart.Forest:
		c.Interactive, c.Selected, c.MaxHeight = interactive, selected, height
		return Drawing{c.Render(width, t), c.RowAt}
	case chart.Stack:
		c.Interactive, c.Selected, c.MaxHeight = interactive, selected, height
		return Drawing{c.Render(width, t), func(line int) int { return c.RowAt(width, line) }}
	case chart.Table:
		c.Interactive, c.Selected, c.MaxHeight = interactive, selected, height
		return Drawing{c.Render(width, t), c.RowAt}
	case chart.TimeSeries:
		if selected >= 0 && selected < len(p.at) {
			c.Marks = append(slices.Clone(c.Marks), chart.Mark{At: p.at[selected]})
		}
		if height <= 0 {
			height = seriesHeight
		}
		return Drawing{Text: c.Render(width, height, t)}
	case chart.Heat:
		c.Interactive, c.Selected, c.Column, c.MaxHeight = interactive, selected, -1, height
		if p.cells == nil {
			return Drawing{c.Render(width, t), c.RowAt}
		}
		if selected >= 0 && selected < len(p.cells) {
			c.Selected, c.Column = p.cells[selected].Y, p.cells[selected].X
		}
		return Drawing{c.Render(width, t), func(line int) int {
			row := c.RowAt(line)
			return slices.IndexFunc(p.cells, func(at image.Point) bool { return row >= 0 && at.Y == row })
		}}
	case chart.ShareBar:
		return Drawing{Text: c.Render(width, t)}
	}
	return Drawing{}
}

// Fitted is a picture whose chart depends on the room for it. at is as of
// [Series], nil for other charts.
func Fitted(c func(width int, t chart.Theme) any, at []float64) Picture {
	return fitted{chart: c, at: at}
}

// still is a picture of the same chart whatever the room.
func still(c any, at []float64) Picture {
	return Fitted(func(int, chart.Theme) any { return c }, at)
}

// Bars draws bars, one a row of the Table.
func Bars(b chart.Bars) Picture { return still(b, nil) }

// Forest draws a forest plot, one effect a row of the Table; headings count as
// rows.
func Forest(f chart.Forest) Picture { return still(f, nil) }

// Series draws lines over time. The rows of the Table are its days: at gives
// the day of each, where the cursor's is marked.
func Series(s chart.TimeSeries, at []float64) Picture { return still(s, at) }

// Heat draws a heat map. The rows of the Table are its rows, or its cells: then
// cells gives the column and the row of each.
func Heat(h chart.Heat, cells []image.Point) Picture {
	return fitted{chart: func(int, chart.Theme) any { return h }, cells: cells}
}

// share draws one bar of parts.
func share(b chart.ShareBar) Picture { return still(b, nil) }

// stack draws rows of stacked bars, one a row of the Table.
func stack(s chart.Stack) Picture { return still(s, nil) }

// grid draws a table.
func grid(b chart.Table) Picture { return still(b, nil) }

// tabular makes the table the picture of x: where figures are best read.
func (x *Panel) tabular() {
	x.Picture, x.Tabular = grid(x.Table), len(x.Table.Rows) > 0
	if !x.Tabular {
		x.Picture = nil
	}
}

// Once says what panels lack once, for panels that are read after each other:
// those with nothing but the sentence of one before say what they take of their
// own, or refer to it.
func Once(p *words.Printer, panels []Panel) []Panel {
	out := slices.Clone(panels)
	noFile := []string{p.NoInput("consents"), p.NoEngagement(queries.NoInput), p.NothingToAudit()}
	for i, x := range panels {
		if feeds := p.Feeds(x.Name); i > 0 && feeds != "" && x.Picture == nil && slices.Contains(noFile, x.Finding) {
			out[i].Finding, out[i].Short = feeds, feeds
			continue
		}
		before := func(said func(Panel) string) bool {
			return x.Picture == nil && slices.ContainsFunc(panels[:i], func(y Panel) bool { return y.Picture == nil && said(y) == said(x) })
		}
		if before(func(y Panel) string { return y.Finding }) {
			out[i].Finding = p.Say("Likewise.")
		}
		if before(func(y Panel) string { return y.Short }) {
			out[i].Short = p.Say("likewise.")
		}
	}
	return out
}

// titled is a title without its end where what it is about is not there.
func titled(title string) string { return strings.TrimRight(title, " :\u00a0") }
