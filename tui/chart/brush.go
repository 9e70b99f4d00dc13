package chart

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// brush writes lines as runs of one tone. It cuts what would go beyond the
// width and fills what falls short, so a drawing is a rectangle whatever is
// put on it.
type brush struct {
	out      strings.Builder
	theme    Theme
	width    int
	column   int    // cells written in the current line
	lines    int    // lines begun
	selected bool   // the current line has the background of the selected row
	open     string // the sequence of the current run
}

func newBrush(t Theme, width int) *brush { return &brush{theme: t, width: width} }

// begin starts a line.
func (b *brush) begin(selected bool) {
	if b.lines > 0 {
		b.endLine()
		b.out.WriteByte('\n')
	}
	b.lines++
	b.column = 0
	b.selected = selected
}

// String ends the drawing.
func (b *brush) String() string {
	if b.lines > 0 {
		b.endLine()
	}
	return b.out.String()
}

func (b *brush) endLine() {
	b.space(b.width - b.column)
	b.close()
}

func (b *brush) close() {
	if b.open != "" {
		b.out.WriteString(ansi.ResetStyle)
		b.open = ""
	}
}

// run writes clean text of known width, which is within the line.
func (b *brush) run(tone Tone, s string, width int) {
	open := b.theme.open(tone, b.selected)
	if open != b.open {
		b.close()
		b.out.WriteString(open)
		b.open = open
	}
	b.out.WriteString(s)
	b.column += width
}

// glyph writes a one-cell glyph n times.
func (b *brush) glyph(tone Tone, g string, n int) {
	if n = min(n, b.width-b.column); n > 0 {
		b.run(tone, strings.Repeat(g, n), n)
	}
}

// space writes n blanks.
func (b *brush) space(n int) {
	n = min(n, b.width-b.column)
	if n <= 0 {
		return
	}
	if b.selected {
		b.run(Text, blank(n), n)
		return
	}
	b.close()
	b.out.WriteString(blank(n))
	b.column += n
}

// to writes blanks up to a column.
func (b *brush) to(column int) { b.space(column - b.column) }

// fit writes s, cleaned, in exactly width cells.
func (b *brush) fit(tone Tone, s string, width int, align Align) {
	if width = min(width, b.width-b.column); width <= 0 {
		return
	}
	s = b.theme.Fit(s, width, align)
	body := strings.TrimLeft(s, " ")
	left := len(s) - len(body)
	body = strings.TrimRight(body, " ")
	right := len(s) - left - len(body)
	b.space(left)
	if body != "" {
		b.run(tone, body, width-left-right)
	}
	b.space(right)
}

// text writes s, cleaned, in as many cells as it has.
func (b *brush) text(tone Tone, s string) { b.fit(tone, s, cells(s), Left) }

// gutter writes the mark of the selected row, or as much room.
func (b *brush) gutter(width int) { b.mark(b.selected, width) }

// mark writes the mark of a row, or as much room.
func (b *brush) mark(there bool, width int) {
	if there {
		b.fit(Accent, b.theme.glyph("▸", ">"), width, Left)
	} else {
		b.space(width)
	}
}

// spot is one cell of a track.
type spot struct {
	glyph string // "" is blank
	tone  Tone
	taken bool // covered by the text that starts to the left
}

// track is a row of cells that marks are placed on in any order.
type track []spot

// set places a one-cell glyph; what lies outside is left out.
func (tr track) set(i int, tone Tone, glyph string) {
	if i >= 0 && i < len(tr) {
		tr[i] = spot{glyph: glyph, tone: tone}
	}
}

// span places a one-cell glyph on the cells from i to j inclusive.
func (tr track) span(i, j int, tone Tone, glyph string) {
	for k := max(i, 0); k <= min(j, len(tr)-1); k++ {
		tr.set(k, tone, glyph)
	}
}

// text places s, cleaned and muted, from cell i on, and reports whether it fitted
// between the ends and on blank cells; otherwise nothing is placed.
func (tr track) text(i int, s string) bool {
	s = Clean(s)
	w := cleanWidth(s)
	if w == 0 || !tr.free(i, i+w) {
		return false
	}
	tr[i] = spot{glyph: s, tone: Muted}
	for k := i + 1; k < i+w; k++ {
		tr[k].taken = true
	}
	return true
}

// free reports whether the cells from i to j exclusive exist and are blank.
func (tr track) free(i, j int) bool {
	if i < 0 || j > len(tr) || i > j {
		return false
	}
	for _, s := range tr[i:j] {
		if s.glyph != "" || s.taken {
			return false
		}
	}
	return true
}

// track writes a track if there is room for all of it.
func (b *brush) track(tr track) {
	if len(tr) > b.width-b.column {
		return
	}
	for i := 0; i < len(tr); {
		end := i + 1
		if tr[i].glyph == "" {
			for end < len(tr) && tr[end].glyph == "" {
				end++
			}
			b.space(end - i)
		} else {
			for end < len(tr) && tr[end].taken {
				end++
			}
			b.run(tr[i].tone, tr[i].glyph, end-i)
		}
		i = end
	}
}
