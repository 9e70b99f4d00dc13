package chart

// Column describes a column of a [Table] or [Forest].
type Column struct {
	Title string
	Align Align // columns on the Right hold numbers: they are dropped, never cut
	// Drop orders columns out when room is short: the highest goes first, and
	// columns with 0 go last, from the right. The first column of a Table
	// always stays.
	Drop int
}

// Cell is a piece of text with a meaning.
type Cell struct {
	Text string
	Tone Tone // Auto is Text
}

// Table is a header, a rule and rows.
type Table struct {
	Columns []Column
	Rows    [][]Cell // a row may be shorter than Columns

	Interactive bool // keeps room for the mark of the selected row
	Selected    int  // row under the cursor when Interactive; -1 for none
	MaxHeight   int  // lines at most, scrolled to keep Selected in view; 0 shows all
}

// Height is the number of lines Render returns: the rows and two, or MaxHeight
// if that is less.
func (b Table) Height() int { return b.body().height() }

// RowAt returns the index of the row drawn on a line of Render, or -1.
func (b Table) RowAt(line int) int { return b.body().rowAt(line) }

func (b Table) body() body { return newBody(len(b.Rows), 2, 0, b.MaxHeight, b.Selected) }

// Render draws Height() lines of width cells.
func (b Table) Render(width int, t Theme) string {
	width = max(width, 0)
	body := b.body()
	gutter := gutterWidth(b.Interactive)
	slots := columnSlots(b.Columns, len(b.Rows), func(r int) []Cell { return b.Rows[r] })
	share(slots, width-gutter-body.bar())

	br := newBrush(t, width)
	if body.head > 0 {
		br.begin(false)
		br.space(gutter)
		for i, c := range b.Columns {
			br.slot(slots, i, Muted, c.Title, c.Align)
		}
	}
	if body.head > 1 {
		br.begin(false)
		br.space(gutter)
		br.glyph(Border, t.glyph("─", "-"), used(slots))
	}
	for r := body.first; r < body.end; r++ {
		br.begin(b.Interactive && r == b.Selected)
		br.gutter(gutter)
		for i, c := range b.Columns {
			cell := at(b.Rows[r], i)
			br.slot(slots, i, or(cell.Tone, Text), cell.Text, c.Align)
		}
		body.drawBar(br, r)
	}
	return br.String()
}

// slot writes a cell in the i-th slot, and the gap before it unless it is the
// first that is drawn.
func (b *brush) slot(slots []slot, i int, tone Tone, s string, align Align) {
	if slots[i].width == 0 {
		return
	}
	for _, before := range slots[:i] {
		if before.width > 0 {
			b.space(gap)
			break
		}
	}
	b.fit(tone, s, slots[i].width, align)
}
