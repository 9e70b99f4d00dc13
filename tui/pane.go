package tui

import (
	"image"

	"accord/tui/chart"
)

// A cursor is where a pane's cursor stands, and how the pane is shown.
type cursor struct {
	row, column int
	table       bool // as a table and not as a chart
}

// move follows a key of movement among rows and columns and reports whether
// that led anywhere. A page is page rows.
func (c *cursor) move(x action, rows, columns, page int) bool {
	before := *c
	switch x {
	case up:
		c.row--
	case down:
		c.row++
	case pageUp:
		c.row -= max(page, 1)
	case pageDown:
		c.row += max(page, 1)
	case home:
		c.row = 0
	case end:
		c.row = rows - 1
	case left:
		c.column--
	case right:
		c.column++
	}
	c.clamp(rows, columns)
	return *c != before
}

// moveTo goes to the next of the cells of a grid in a direction and reports whether
// there is one. Of those in the next row that has any, it is the one nearest to the
// column.
func (c *cursor) moveTo(x action, cells []image.Point) bool {
	from := cells[c.row]
	best, found := 0, -1
	for i, at := range cells {
		way := at.Sub(from)
		switch x {
		case up:
			way = image.Pt(way.X, -way.Y)
		case left:
			way = image.Pt(way.Y, -way.X)
		case right:
			way = image.Pt(way.Y, way.X)
		}
		// way.Y is how far it is in the direction, way.X how far aside.
		if way.Y <= 0 || (way.X != 0 && horizontal(x)) {
			continue
		}
		if far := way.Y<<16 + max(way.X, -way.X); found < 0 || far < best {
			best, found = far, i
		}
	}
	if found >= 0 {
		c.row = found
	}
	return found >= 0
}

// clamp keeps the cursor on rows and columns that exist.
func (c *cursor) clamp(rows, columns int) {
	c.row = max(min(c.row, rows-1), 0)
	c.column = max(min(c.column, columns-1), 0)
}

// vertical reports whether a key moves among rows.
func vertical(x action) bool {
	switch x {
	case up, down, pageUp, pageDown, home, end:
		return true
	}
	return false
}

// chooses reports whether a key changes how an answer is cut.
func chooses(x action) bool {
	switch x {
	case nextDimension, previousDimension, nextAcross, nextChannel, nextPolicy:
		return true
	}
	return false
}

// horizontal reports whether a key moves among columns.
func horizontal(x action) bool { return x == left || x == right }

// arrange puts the parts of a pane below each other: the first as far as it
// fits, the second if it fits whole, and others if there is a blank line to
// spare before them. What height is left goes between the parts, the last first.
func arrange(height int, parts ...content) content {
	var fits []content
	used := 0
	for i, p := range parts {
		n := len(p.lines)
		if n > 0 && (i == 0 || used+n+min(i-1, 1) <= height) {
			fits = append(fits, p)
			used += n
		}
	}
	first := max(len(fits)-(height-used), 1) // the first part with a blank line before it
	var c content
	for i, p := range fits {
		if i >= first {
			c.add("")
		}
		if p.rowAt != nil {
			c.addRows(p.lines, p.rowAt)
		} else {
			c.add(p.lines...)
		}
	}
	return c
}

// text is a part that is a paragraph.
func (l *look) text(tone chart.Tone, s string, width int) content {
	if s == "" {
		return content{}
	}
	return content{lines: indent(l.wrap(tone, s, width-margin))}
}

// headline is a part that says a finding in full if that takes no more lines
// than there is room for, or else in short.
func (l *look) headline(full, short string, width, room int) content {
	c := l.text(chart.Text, full, width)
	if room = max(room, 1); len(c.lines) > room {
		c.lines = indent(l.gloss(chart.Text, short, width-margin, room))
	}
	return c
}

// tableContent draws a table with the cell under the cursor made out.
func (l *look) tableContent(t chart.Table, c cursor, focused bool, width, height int) content {
	t.Interactive, t.Selected, t.MaxHeight = true, -1, height
	if focused && len(t.Rows) > 0 {
		t.Selected = c.row
		row := append([]chart.Cell(nil), t.Rows[c.row]...)
		if c.column < len(row) {
			row[c.column].Tone = chart.Accent
		}
		t.Rows = append([][]chart.Cell(nil), t.Rows...)
		t.Rows[c.row] = row
	}
	return rendered(t.Render(width, l.theme), t.RowAt)
}

// cellName says what the cursor is on in a table: the column and the figure.
func cellName(t chart.Table, c cursor) string {
	if c.row >= len(t.Rows) || c.column >= len(t.Rows[c.row]) || c.column >= len(t.Columns) {
		return ""
	}
	return t.Columns[c.column].Title + ": " + t.Rows[c.row][c.column].Text
}

// cellText is the text of the cell under the cursor.
func cellText(t chart.Table, c cursor) string {
	if c.row >= len(t.Rows) || c.column >= len(t.Rows[c.row]) {
		return ""
	}
	return t.Rows[c.row][c.column].Text
}
