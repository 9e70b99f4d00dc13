package chart

import (
	"math"
	"slices"
)

// placedMark is a mark of a [TimeSeries] with its column of the plot.
type placedMark struct {
	Mark
	column int
}

// visibleMarks returns the marks within the plot, from left to right.
func (c TimeSeries) visibleMarks(f frame) []placedMark {
	var marks []placedMark
	for _, m := range c.Marks {
		if m.At >= f.x.low && m.At <= f.x.high && f.columns > 0 {
			marks = append(marks, placedMark{m, f.x.cell(m.At)})
		}
	}
	slices.SortStableFunc(marks, func(a, b placedMark) int { return a.column - b.column })
	return marks
}

// markRows names the marks on the lines above the plot. A mark on an upper
// line is drawn through those below it. whole is false if a label was cut.
func (c TimeSeries) markRows(f frame, t Theme) (rows []track, whole bool) {
	rows = make([]track, f.marks)
	for i := range rows {
		rows[i] = make(track, f.columns)
	}
	if f.marks == 0 {
		return rows, true
	}
	marks := c.visibleMarks(f)
	whole = true
	for i, m := range marks {
		next := math.MaxInt
		for _, other := range marks[i+1:] {
			if other.column > m.column {
				next = other.column
				break
			}
		}
		if !m.placeWhole(rows, next, t) {
			whole = false
			m.placeCut(rows, next, t)
		}
	}
	return rows, whole
}

// placeWhole puts the mark and its label on the first row where both have room,
// the label on either side.
func (m placedMark) placeWhole(rows []track, next int, t Theme) bool {
	w := cells(m.Label)
	for r, tr := range rows {
		if !m.clear(rows[r:]) {
			continue
		}
		right, left := m.column+2, m.column-1-w
		switch {
		case right+w <= m.end(rows[r:], next) && tr.free(m.column, right+w):
			tr.text(right, m.Label)
		case left >= 0 && tr.free(max(left-1, 0), m.column):
			tr.text(left, m.Label)
		default:
			continue
		}
		m.draw(rows[r:], t)
		return true
	}
	return false
}

// placeCut puts the mark on the row that shows most of its label.
func (m placedMark) placeCut(rows []track, next int, t Theme) {
	best, most := -1, -1
	for r, tr := range rows {
		if !m.clear(rows[r:]) {
			continue
		}
		room := 0
		for tr.free(m.column, m.column+2+room+1) && m.column+2+room < m.end(rows[r:], next) {
			room++
		}
		if room > most {
			best, most = r, room
		}
	}
	if best < 0 {
		return
	}
	if most >= 3 {
		rows[best].text(m.column+2, t.Fit(m.Label, min(cells(m.Label), most), Left))
	}
	m.draw(rows[best:], t)
}

// clear reports whether the column of the mark is free on all rows.
func (m placedMark) clear(rows []track) bool {
	for _, tr := range rows {
		if !tr.free(m.column, m.column+1) {
			return false
		}
	}
	return true
}

// end returns where a label on the first of rows must end. The last row leaves
// the column of the next mark free, which has nowhere else to go.
func (m placedMark) end(rows []track, next int) int {
	if len(rows) == 1 {
		return min(len(rows[0]), next-1)
	}
	return len(rows[0])
}

// draw puts the mark on the first of rows and draws it through the others.
func (m placedMark) draw(rows []track, t Theme) {
	rows[0].set(m.column, Muted, t.glyph("▾", "v"))
	for _, below := range rows[1:] {
		below.set(m.column, Border, t.glyph("┊", ":"))
	}
}
