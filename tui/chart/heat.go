package chart

import "math"

// HeatRow is one row of a [Heat].
type HeatRow struct {
	Label string
	Cells []HeatCell // by Heat.Columns; may be shorter
}

// HeatCell is one value of a [Heat].
type HeatCell struct {
	Value float64 // 0..1; what is not finite is missing
	Text  string  // the value, or why it is missing; drawn if every text fits
	Tone  Tone    // Auto is Series1
}

// Heat is a grid of values told by shade and, where there is room, by text. A
// missing value is blank; the least value is a dot.
type Heat struct {
	Columns []string
	Rows    []HeatRow

	Interactive bool // keeps room for the mark of the selected row
	Selected    int  // row under the cursor when Interactive; -1 for none
	Column      int  // of the cell under the cursor, drawn as such; -1 for the whole row
	MaxHeight   int  // lines at most, scrolled to keep Selected in view; 0 shows all
}

// heatKey is the width of the shade beside a text, where there is room for it, and
// heatTitle the least that titles are cut to: where columns are narrower, some have
// none.
const (
	heatKey   = 2
	heatTitle = 3
)

// Height is the number of lines Render returns: the rows and one, or MaxHeight if
// that is less.
func (h Heat) Height() int { return h.body().height() }

// RowAt returns the index of the row drawn on a line of Render, or -1.
func (h Heat) RowAt(line int) int { return h.body().rowAt(line) }

func (h Heat) body() body { return newBody(len(h.Rows), 1, 0, h.MaxHeight, h.Selected) }

// Render draws a header and one row a line, Height() lines of width cells.
// Columns that find no cell are left out from the right.
func (h Heat) Render(width int, t Theme) string {
	width = max(width, 0)
	body, gutter := h.body(), gutterWidth(h.Interactive)
	label, text, title := 0, 0, 0
	for _, r := range h.Rows {
		label = max(label, cells(r.Label))
		for _, c := range r.Cells[:min(len(r.Cells), len(h.Columns))] {
			text = max(text, cells(c.Text))
		}
	}
	for _, c := range h.Columns {
		title = max(title, cells(c))
	}
	room := width - gutter - body.bar()
	label = min(label, max(room/4, room-gap-len(h.Columns)*(1+text+1)))
	left := gutter + label + gap
	full := max(heatKey+1+text, title) + gap
	each := min((width-left-body.bar())/max(len(h.Columns), 1), full)
	each = max(each, 1)
	key, blank := heatKey, 1
	if each < key+blank+text+1 {
		key = 1
	}
	if each < key+blank+text+1 {
		blank = 0
	}

	br := newBrush(t, width)
	if body.head > 0 {
		br.begin(false)
		br.track(h.header(width, left, each, t))
	}
	for n := body.first; n < body.end; n++ {
		r, selected := h.Rows[n], h.Interactive && n == h.Selected
		br.begin(selected && h.Column < 0)
		br.mark(selected, gutter)
		br.fit(Text, r.Label, label, Left)
		br.to(left)
		for i := range h.Columns {
			var c HeatCell
			if i < len(r.Cells) {
				c = r.Cells[i]
			}
			tone, shade := t.shade(c)
			if i >= len(r.Cells) {
				shade = " "
			}
			br.selected = selected && (h.Column < 0 || h.Column == i)
			switch {
			case text > 0 && each >= key+blank+text+1:
				br.glyph(tone, shade, key)
				br.space(blank)
				br.fit(Text, c.Text, each-key-blank, Left)
			default:
				br.glyph(tone, shade, each)
			}
		}
		br.selected = selected && h.Column < 0
		body.drawBar(br, n)
	}
	return br.String()
}

// header places the titles over their columns, cut where they would touch. Where too
// little of them would be left, every second, third or further one has a title.
func (h Heat) header(width, left, each int, t Theme) track {
	tr := make(track, width)
	title := 0
	for _, c := range h.Columns {
		title = max(title, cells(c))
	}
	every := 1
	for each <= heatTitle && every*each <= title && every < len(h.Columns) {
		every++
	}
	for i := 0; i < len(h.Columns); i += every {
		x, room := left+i*each, max(every*each-1, 1)
		if i+every >= len(h.Columns) { // nothing follows
			room = title
		}
		tr.text(x, t.Fit(h.Columns[i], min(title, room, width-x), Left))
	}
	return tr
}

// shade returns the tone and the glyph of a value. Next to nothing is muted, so
// that what there is stands out.
func (t Theme) shade(c HeatCell) (Tone, string) {
	shades := [...]string{"·", "░", "▒", "▓", "█"}
	if t.ASCII {
		shades = [...]string{".", "-", "+", "*", "#"}
	}
	if !finite(c.Value) {
		return Muted, " "
	}
	level := int(math.Round(max(0, min(c.Value, 1)) * float64(len(shades)-1)))
	if level == 0 {
		return Muted, shades[0]
	}
	return or(c.Tone, Series1), shades[level]
}
