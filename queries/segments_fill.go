package queries

import (
	"accord/queries/stats"
)

// fill makes the answer of a grouping: it suppresses once, for rows, parts and cells
// together, and then compares each row with all the others.
func (p policy) fill(s *Segments, u grouping, g groups) {
	s.Missing, s.Input, s.Purpose, s.At, s.Since, s.Until = u.missing, u.input, u.purpose, u.at, u.since, u.until
	s.Unit, s.Metric, s.Stacked = u.unit, u.metric, u.stacked
	if u.missing != "" {
		return
	}
	s.Parts, s.Pooled = u.parts, g.pooledRows
	rows, whole := rowsOf(u.cells, g.width()), total(u.cells)
	if u.whole != nil {
		whole = *u.whole
	}
	shown := p.shield(rows, whole, u.unsafe)
	s.Whole = p.row(whole, u, shown.whole)
	s.Whole.Verdict = CannotCompute
	for r, t := range rows {
		row := p.row(t, u, shown.rows[r])
		row.Value = g.rows[r]
		row.Trend = p.trendOf(u, r, shown.rows[r])
		if u.contrast == nil {
			row.FromWhole = lessFigure(row.Figure, s.Whole.Figure)
		}
		s.Rows = append(s.Rows, row)
	}
	s.Whole.Trend = p.trendOfAll(u, shown)
	s.test(rows, whole, u)
	s.Grid = p.grid(u, g, rows, shown)
}

// row makes the figures of a tally that may be shown as the veil says.
func (p policy) row(t groupTally, u grouping, v veil) SegmentRow {
	row := SegmentRow{
		N: Known(t.n), Parts: []Rate{}, Trend: []TrendValue{}, Verdict: CannotCompute,
		Difference: Missing[Estimate](NobodyThere), P: Missing[float64](NobodyThere),
	}
	if t.beside {
		row.Of = Known(t.known)
	}
	if v.all != "" {
		row.N, row.Figure, row.Verdict = Missing[int64](p.cellReason(t.n)), Missing[Estimate](v.all), Withheld
		for range u.parts {
			row.Parts = append(row.Parts, noRate(v.all))
		}
		if t.beside {
			row.Of = Missing[int64](p.cellReason(t.known))
		}
		return row
	}
	for i := range u.parts {
		row.Parts = append(row.Parts, p.partOf(t, i, v))
	}
	row.Figure = figureOf(u.figure(t, confidence))
	for i, why := range v.parts {
		if why != "" && (i == 0 || t.beside) {
			row.Figure, row.Verdict = Missing[Estimate](why), Withheld
		}
	}
	return row
}

// partOf is the share of a part of a tally; the second of a gap is of customers.
func (p policy) partOf(t groupTally, i int, v veil) Rate {
	n, of := t.parts[i], t.n
	if t.beside && i == 1 {
		n, of = t.opted, t.known
	}
	switch {
	case v.parts[i] != "":
		return Rate{Missing[int64](v.parts[i]), Known(of), Missing[Estimate](v.parts[i])}
	case of == 0:
		return Rate{Known(n), Known(of), Missing[Estimate](NobodyThere)}
	case t.beside && i == 1:
		return Rate{Known(n), Known(of), figureOf(stats.Share(stats.Proportion{Successes: n, N: of}, confidence))}
	}
	share := max(0, min(t.weights[i]/t.weight, 1))
	return Rate{Known(t.parts[i]), Known(t.n), figureOf(stats.WeightedShare(share, t.weight, t.squares, confidence))}
}

// test compares each row with all the others, and adjusts for their number by
// Holm's rule. Intervals have the level at which exactly the rows that it
// rejects exclude zero. What was pooled is not one group and is not tested; of
// two rows, each is the other's others: that is one comparison.
func (s *Segments) test(rows []groupTally, whole groupTally, u grouping) {
	if _, there := s.Whole.Figure.Value(); !there {
		return
	}
	contrast := u.contrast
	if contrast == nil {
		contrast = func(r int) func(level float64) result {
			rest := whole.less(rows[r])
			return func(level float64) result { return stats.Difference(u.figure(rows[r], level), u.figure(rest, level)) }
		}
	}
	var tested []int
	var ps []float64
	for r := range rows {
		row := &s.Rows[r]
		if why := row.Figure.Why(); why != "" {
			row.Difference, row.P = Missing[Estimate](why), Missing[float64](why)
			continue
		}
		if s.Pooled > 0 && r == len(rows)-1 {
			continue
		}
		x, why := stats.P(contrast(r))
		if why != "" {
			row.Difference, row.P = Missing[Estimate](Reason(why)), Missing[float64](Reason(why))
			continue
		}
		tested, ps = append(tested, r), append(ps, x)
	}
	s.Tested = len(tested)
	if s.Tested == 0 {
		return
	}
	if s.Tested == 2 && len(rows) == 2 {
		s.Tested, ps = 1, ps[:1]
	}
	adjusted, _ := stats.Holm(ps)
	found := 0
	for _, x := range adjusted {
		if x < 1-confidence {
			found++
		}
	}
	level := 1 - (1-confidence)/float64(s.Tested)
	if found > 0 {
		level, _ = stats.HolmLevel(confidence, found, s.Tested)
	}
	for i, r := range tested {
		x := adjusted[min(i, len(adjusted)-1)]
		row := &s.Rows[r]
		row.P, row.Difference = Known(x), figureOf(contrast(r)(level))
		e, there := row.Difference.Value()
		switch {
		case !there:
			row.Verdict = CannotCompute
		case x >= 1-confidence:
			row.Verdict = TooSmall
		case e.Value > 0:
			row.Verdict = Higher
		default:
			row.Verdict = Lower
		}
	}
	s.Found = 0
	for _, row := range s.Rows {
		if row.Verdict == Higher || row.Verdict == Lower {
			s.Found++
		}
	}
}

// trendOf is a row's figure month by month. A month in which few people stand
// behind the figure is left out, and another where it would follow from the rest.
func (p policy) trendOf(u grouping, r int, v veil) []TrendValue {
	out := []TrendValue{}
	if v.hidesFigure() || u.figure == nil {
		return out
	}
	hidden := p.hiddenMonths(u, func(s step) groupTally { return s.rows[r] })
	for i, s := range u.steps {
		if t := s.rows[r]; t.n > 0 {
			x := p.trendValue(u, s.at, t)
			if _, shown := x.Value.Value(); shown && hidden[i] {
				x.Value = Missing[float64](Complement)
			}
			out = append(out, x)
		}
	}
	return out
}

// hiddenMonths is by step whether a trend leaves it out: few people stand behind its
// figure, or would follow from the row's figure and its other months.
func (p policy) hiddenMonths(u grouping, of func(step) groupTally) []bool {
	least, hidden := make([]int64, len(u.steps)), make([]bool, len(u.steps))
	for i, s := range u.steps {
		least[i] = leastOf(of(s))
		hidden[i] = p.small(least[i])
	}
	return p.line(least, hidden)
}

// trendOfAll is the figure of all rows together. It is left out where that of a row
// which is withheld, or left out of that month, would follow from it.
func (p policy) trendOfAll(u grouping, v veils) []TrendValue {
	out := []TrendValue{}
	if v.whole.hidesFigure() || u.figure == nil {
		return out
	}
	all := func(s step) groupTally {
		t := total(s.rows)
		if u.whole != nil {
			t.people = 0 // who is in one row may be in another
			for _, r := range s.rows {
				t.people = max(t.people, r.people)
			}
		}
		return t
	}
	months := p.hiddenMonths(u, all)
	byRow := make([][]bool, len(v.rows))
	for r := range byRow {
		byRow[r] = p.hiddenMonths(u, func(s step) groupTally { return s.rows[r] })
	}
	for i, s := range u.steps {
		if s.partial {
			continue
		}
		least, hidden := make([]int64, len(s.rows)), make([]bool, len(s.rows))
		for r, t := range s.rows {
			least[r] = leastOf(t)
			_, shown := p.trendValue(u, s.at, t).Value.Value()
			hidden[r] = t.n > 0 && (!shown || byRow[r][i] || v.rows[r].hidesFigure())
		}
		x := p.trendValue(u, s.at, all(s))
		if _, shown := x.Value.Value(); shown && (months[i] || hiddenOf(p.line(least, hidden)) > hiddenOf(hidden)) {
			x.Value = Missing[float64](Complement)
		}
		out = append(out, x)
	}
	return out
}

// hidesFigure reports whether the figure of a row that v lies on is withheld.
func (v veil) hidesFigure() bool { return v.all != "" || (len(v.parts) > 0 && v.parts[0] != "") }

// trendValue is the figure of a month.
func (p policy) trendValue(u grouping, at Date, t groupTally) TrendValue {
	e, why := u.figure(t, confidence).Estimate()
	switch {
	case p.small(leastOf(t)):
		return TrendValue{at, Missing[float64](SmallCell)}
	case why != "":
		return TrendValue{at, Missing[float64](Reason(why))}
	}
	return TrendValue{at, Known(e.Value)}
}

// leastOf is the smallest count of people behind a figure, but for those that are
// zero; zero where all are.
func leastOf(t groupTally) (least int64) {
	counts := []int64{t.n, t.people, t.known, t.opted, t.known - t.opted}
	if len(t.parts) > 0 {
		counts = append(counts, t.parts[0], t.n-t.parts[0])
	}
	for _, n := range counts {
		if n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// lessFigure is one figure less another: why it is not there is that of the first.
func lessFigure(a, b Figure[Estimate]) Figure[float64] {
	x, there := a.Value()
	y, also := b.Value()
	switch {
	case !there:
		return Missing[float64](a.Why())
	case !also:
		return Missing[float64](b.Why())
	}
	return Known(x.Value - y.Value)
}

// grid makes the figures by row and column.
func (p policy) grid(u grouping, g groups, rows []groupTally, v veils) Grid {
	out := Grid{Columns: []string{}, Cells: [][]GridCell{}}
	if len(g.columns) == 0 {
		out.Missing = NoSuchColumn
		return out
	}
	out.Columns, out.Pooled = g.columns, g.pooledColumns
	width := g.width()
	hidden := p.shieldGrid(u.cells, width, v)
	for r := range rows {
		line := make([]GridCell, width)
		for c := range width {
			t := u.cells[r*width+c]
			line[c] = GridCell{Known(t.n), figureOf(u.figure(t, confidence))}
			if t.n == 0 {
				line[c].Figure = Missing[Estimate](NobodyThere)
			}
			if why := hidden[r][c]; why != "" {
				line[c] = GridCell{Missing[int64](why), Missing[Estimate](why)}
			}
		}
		out.Cells = append(out.Cells, line)
	}
	return out
}

// cellReason is why a cell is withheld: because it is small, or because another
// would follow.
func (p policy) cellReason(counts ...int64) Reason {
	for _, n := range counts {
		if p.small(n) {
			return SmallCell
		}
	}
	return Complement
}
