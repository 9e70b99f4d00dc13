package chart

// gap is the blank between two columns.
const gap = 2

// or returns tone unless it is Auto.
func or(tone, auto Tone) Tone {
	if tone == Auto {
		return auto
	}
	return tone
}

// slot is a column that wants room.
type slot struct {
	want  int // natural width
	floor int // the least width that is of use
	drop  int // Column.Drop
	width int // what it got; 0 when it is left out
}

// newSlot returns the slot of a column. Numbers may not be cut, as a cut number
// reads as another number.
func newSlot(want int, align Align, drop int) slot {
	if align == Right {
		return slot{want: want, floor: want, drop: drop}
	}
	return slot{want: want, floor: min(want, 4), drop: drop}
}

// share divides a width among slots: words give way down to a readable length,
// then slots drop by their order, then words give way further, then slots go
// from the right. The first slot always stays.
func share(slots []slot, width int) {
	const readable = 14
	for i := range slots {
		slots[i].width = slots[i].want
	}
	for least(slots, readable) > width {
		worst := -1
		for i, s := range slots[min(1, len(slots)):] {
			if s.width > 0 && s.drop > 0 && (worst < 0 || s.drop >= slots[worst].drop) {
				worst = i + 1
			}
		}
		if worst < 0 {
			break
		}
		slots[worst].width = 0
	}
	for last := len(slots) - 1; last > 0 && least(slots, 0) > width; last-- {
		slots[last].width = 0
	}
	limit := readable
	for limit > 1 && least(slots, limit) > width {
		limit--
	}
	spare := width - least(slots, limit)
	for i := range slots {
		if s := &slots[i]; s.width > 0 {
			s.width = s.least(limit)
		}
	}
	widen(slots, spare)
	if len(slots) > 0 {
		slots[0].width = min(slots[0].width, max(width, 0))
	}
}

func (s slot) least(limit int) int { return max(s.floor, min(s.want, limit)) }

// least returns the room that slots need when each is held to a limit.
func least(slots []slot, limit int) int {
	sum := -gap
	for _, s := range slots {
		if s.width > 0 {
			sum += s.least(limit) + gap
		}
	}
	return max(sum, 0)
}

// widen spreads spare cells over the slots that want more, so that none is cut
// while another has room.
func widen(slots []slot, spare int) {
	for grown := true; grown && spare > 0; {
		grown = false
		for i := range slots {
			if s := &slots[i]; s.width > 0 && s.width < s.want && spare > 0 {
				s.width++
				spare--
				grown = true
			}
		}
	}
}

// used returns the cells that slots take, gaps included.
func used(slots []slot) int {
	sum := -gap
	for _, s := range slots {
		if s.width > 0 {
			sum += s.width + gap
		}
	}
	return max(sum, 0)
}

// columnSlots returns the slots of columns, wide enough for their titles and
// for the cells of n rows.
func columnSlots(columns []Column, n int, row func(int) []Cell) []slot {
	slots := make([]slot, len(columns))
	for i, c := range columns {
		want := cells(c.Title)
		for r := range n {
			want = max(want, cells(at(row(r), i).Text))
		}
		slots[i] = newSlot(want, c.Align, c.Drop)
	}
	return slots
}

// at returns the i-th cell of a row, which may be short.
func at(row []Cell, i int) Cell {
	if i < len(row) {
		return row[i]
	}
	return Cell{}
}

// gutterWidth is the room for the mark of the selected row.
func gutterWidth(interactive bool) int {
	if interactive {
		return 2
	}
	return 0
}

// body is the part of a list of rows that is drawn.
type body struct {
	head, foot int // lines above and below the rows
	first, end int // rows
	rows       int // of all
}

// newBody fits rows and the lines around them into maxHeight lines; 0 is no
// limit. Rows come before head and foot, which keep at most a third each.
func newBody(rows, head, foot, maxHeight, selected int) body {
	if maxHeight <= 0 {
		return body{head, foot, 0, rows, rows}
	}
	return fitBody(rows, min(head, maxHeight/3), min(foot, maxHeight/3), maxHeight, selected)
}

// fitBody gives the rows what lines head and foot leave.
func fitBody(rows, head, foot, maxHeight, selected int) body {
	lines := max(min(rows, maxHeight-head-foot), 0)
	first := max(min(selected-lines/2, rows-lines), 0)
	return body{head, foot, first, first + lines, rows}
}

func (w body) height() int { return w.head + w.end - w.first + w.foot }

// rowAt returns the index of the row on a line, or -1.
func (w body) rowAt(line int) int {
	if r := line - w.head + w.first; line >= w.head && r < w.end {
		return r
	}
	return -1
}

// bar is the room for the scroll bar; none when all rows are drawn.
func (w body) bar() int {
	if w.end-w.first >= w.rows {
		return 0
	}
	return 2
}

// drawBar ends the line of a row with its cell of the scroll bar.
func (w body) drawBar(b *brush, row int) {
	if w.bar() == 0 {
		return
	}
	lines := w.end - w.first
	size := max(1, lines*lines/w.rows)
	top := w.first * (lines - size) / (w.rows - lines)
	b.to(b.width - 1)
	if i := row - w.first; i >= top && i < top+size {
		b.glyph(Muted, b.theme.glyph("┃", "#"), 1)
	} else {
		b.glyph(Border, b.theme.glyph("│", "|"), 1)
	}
}
