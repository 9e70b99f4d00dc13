package panel

import (
	"cmp"
	"math"
	"slices"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Segments lays out how the groups of a dimension compare.
func Segments(p *words.Printer, a queries.Segments) []Panel {
	panels := []Panel{groups(p, a, 0), grid2(p, a), givenReasons(p, a.Reasons)}
	return compared(p, a.Changes, panels, func(c queries.Change) string {
		if c.What == "" {
			return p.Say("All")
		}
		return p.Value(a.Choice.By, c.What)
	})
}

// groupOrders are the orders of the rows; the first is that of reports.
var groupOrders = []string{
	words.Key("by the figure"),
	words.Key("by size"),
	words.Key("by certainty"),
	words.Key("by name"),
}

// groups is the panel of the rows in one of their orders.
func groups(p *words.Printer, a queries.Segments, order int) Panel {
	by := p.Name(a.Choice.By)
	out := Panel{
		Name: "groups", Title: p.Say("%[1]s by %[2]s", p.Measure(a.Choice.Measure), by), Main: 2,
		Finding: p.SegmentsHeadline(a), Short: p.SegmentsShort(a),
	}
	if a.Missing != "" {
		if a.Choice.By == "" {
			out.Title = p.Measure(a.Choice.Measure)
		}
		return out
	}
	out.Period = segmentPeriod(p, a)
	rows := ordered(a.Rows, order, a.Pooled > 0)
	out.Table = groupTable(p, a, rows)
	out.Terms = []queries.Term{{}}
	for _, r := range rows {
		out.Terms = append(out.Terms, termOf(a.Choice.By, r.Value))
	}
	if a.Stacked && a.Choice.Measure != queries.MeasureEngagement { // so few click that bars would look alike
		out.Picture = stack(groupStack(p, a, rows))
	} else {
		out.Picture = Forest(groupForest(p, a, rows))
	}
	for _, note := range []string{p.TestedNote(a), p.SegmentNote(a)} {
		if note != "" {
			out.Notes = append(out.Notes, note)
		}
	}
	grouped(&out, p, a, func(i int) Panel { return groups(p, a, i) })
	return out
}

// grouped adds to the panel of groups what is said of them whatever they are of,
// and their orders.
func grouped(x *Panel, p *words.Printer, a queries.Segments, reorder func(int) Panel) {
	if a.Pooled > 0 {
		x.Notes = append(x.Notes, p.Say("%s values of the fewest people are pooled in the last row, which is not tested.", p.Int(int64(a.Pooled))))
	}
	if withheld(a) {
		x.Notes = append(x.Notes, p.WithheldNote())
	}
	for _, name := range groupOrders {
		x.Orders = append(x.Orders, p.Translate(name))
	}
	x.Reorder = reorder
}

// withheld reports whether anything of the rows is suppressed.
func withheld(a queries.Segments) bool {
	return slices.ContainsFunc(a.Rows, func(r queries.SegmentRow) bool {
		return r.N.Why().Suppressed() || r.Figure.Why().Suppressed() ||
			slices.ContainsFunc(r.Parts, func(x queries.Rate) bool { return x.Numerator.Why().Suppressed() })
	})
}

// segmentPeriod is when the figures are of.
func segmentPeriod(p *words.Printer, a queries.Segments) string {
	if a.Choice.Measure == queries.MeasureStates {
		return p.Say("end of %s", p.Date(a.At))
	}
	return p.Period(a.Since, a.Until)
}

// termOf narrows a filter to a row; what was pooled narrows nothing.
func termOf(dimension, value string) queries.Term {
	if value == "" {
		return queries.Term{}
	}
	return queries.Term{Dimension: dimension, Values: []string{value}}
}

// ordered sorts rows: what is withheld comes behind what is not, what was pooled
// comes last.
func ordered(rows []queries.SegmentRow, order int, pooled bool) []queries.SegmentRow {
	out := slices.Clone(rows)
	last := len(out)
	if pooled {
		last--
	}
	of := func(f queries.Figure[queries.Estimate]) float64 {
		if e, there := f.Value(); there {
			return e.Value
		}
		return math.Inf(-1)
	}
	certainty := func(r queries.SegmentRow) float64 {
		if x, there := r.P.Value(); there {
			return -x
		}
		return math.Inf(-1)
	}
	slices.SortStableFunc(out[:last], func(x, y queries.SegmentRow) int {
		switch order {
		case 1:
			n, _ := x.N.Value()
			m, _ := y.N.Value()
			return cmp.Compare(m, n)
		case 2:
			return cmp.Compare(certainty(y), certainty(x))
		case 3:
			return cmp.Compare(x.Value, y.Value)
		}
		return cmp.Compare(of(y.Figure), of(x.Figure))
	})
	return out
}

// mark says in a sign whether a row differs by more than chance, and how far.
func mark(p *words.Printer, a queries.Segments, r queries.SegmentRow) chart.Cell {
	text := p.SegmentAgainst(a, r)
	switch r.Verdict {
	case queries.Higher:
		return chart.Cell{Text: sign(p, "▲ ", "^ ") + text, Tone: chart.Accent}
	case queries.Lower:
		return chart.Cell{Text: sign(p, "▼ ", "v ") + text, Tone: chart.Accent}
	case queries.TooSmall:
		return chart.Cell{Text: text, Tone: chart.Muted}
	}
	return chart.Cell{}
}

func sign(p *words.Printer, unicode, ascii string) string {
	if p.ASCII {
		return ascii
	}
	return unicode
}

// groupTable is the figures behind the bars: the whole, then the rows.
func groupTable(p *words.Printer, a queries.Segments, rows []queries.SegmentRow) chart.Table {
	var t chart.Table
	t.Columns = []chart.Column{{Title: p.Name(a.Choice.By)}, {Title: p.UnitOf(a.Unit), Align: chart.Right}, {Title: p.FigureName(a), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right, Drop: 1}}
	if a.Choice.Measure == queries.MeasureGap {
		t.Columns = append(t.Columns, chart.Column{Title: p.UnitOf(queries.Customers), Align: chart.Right, Drop: 6})
	}
	t.Columns = append(t.Columns, chart.Column{Title: p.Say("From all"), Align: chart.Right, Drop: 5},
		chart.Column{Title: p.Say("From the others"), Align: chart.Right}, chart.Column{Title: p.Say("Interval"), Align: chart.Right, Drop: 2},
		chart.Column{Title: p.Say("Adjusted p"), Align: chart.Right, Drop: 3}, chart.Column{Title: p.Say("More than chance"), Drop: 4})
	first := 0
	if a.Choice.Measure != queries.MeasureGap {
		first = 1
	}
	if len(a.Parts) > 0 && a.Stacked {
		t.Columns = append(t.Columns, chart.Column{Title: p.Say("Count: %s", p.Part(a.Parts[0])), Align: chart.Right, Drop: 5})
	}
	for i := first; i < len(a.Parts); i++ {
		t.Columns = append(t.Columns, chart.Column{Title: p.Part(a.Parts[i]), Align: chart.Right, Drop: 6 + i})
	}
	all := a.Whole
	line := func(r queries.SegmentRow, name string, whole bool) []chart.Cell {
		figure, difference := p.SegmentFigure(a.Choice.Measure, r.Figure), p.SegmentDifference(a.Choice.Measure, r.Difference)
		cells := []chart.Cell{{Text: name}, {Text: p.Count(r.N)}, {Text: figure.Value}, {Text: figure.Interval}}
		if a.Choice.Measure == queries.MeasureGap {
			cells = append(cells, chart.Cell{Text: p.Count(r.Of)})
		}
		if whole || r.Difference.Why() != "" {
			cells = append(cells, chart.Cell{}, chart.Cell{}, chart.Cell{}, chart.Cell{}, chart.Cell{})
		} else {
			cells = append(cells, chart.Cell{Text: p.SegmentFromWhole(a.Choice.Measure, r)}, chart.Cell{Text: difference.Value}, chart.Cell{Text: difference.Interval}, chart.Cell{Text: p.PFigure(r.P)}, chart.Cell{Text: told(p, r.Verdict)})
		}
		if len(r.Parts) > 0 && a.Stacked {
			cells = append(cells, chart.Cell{Text: p.Count(r.Parts[0].Numerator)})
		}
		for i := first; i < len(r.Parts); i++ {
			cells = append(cells, chart.Cell{Text: p.ShareFigure(r.Parts[i].Estimate).Value})
		}
		return cells
	}
	t.Rows = append(t.Rows, line(all, p.Say("All"), true))
	for _, r := range rows {
		t.Rows = append(t.Rows, line(r, p.PooledGroups(r.Value, a.Pooled), false))
	}
	return t
}

// told says whether a row differs from the others.
func told(p *words.Printer, v queries.Verdict) string {
	switch v {
	case queries.Higher:
		return p.Say("yes, higher")
	case queries.Lower:
		return p.Say("yes, lower")
	case queries.TooSmall:
		return p.Say("no")
	}
	return ""
}
