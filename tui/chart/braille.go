package chart

import (
	"math"
	"unicode/utf8"
)

// dots is a drawing surface finer than cells: each is 2 dots wide and 4 high,
// as Braille patterns are. With ASCII a cell that has a dot shows the letter of
// its line instead.
type dots struct {
	columns, rows int
	cells         []dotCell // row by row
	ascii         bool
}

type dotCell struct {
	bits byte
	line int32 // which line drew last, for its tone
}

func newDots(columns, rows int, ascii bool) *dots {
	return &dots{columns, rows, make([]dotCell, columns*rows), ascii}
}

// dash is a line pattern: dots drawn and dots left out, in turn.
type dash []int

// dashOf returns the pattern of the i-th line; the first is solid.
func dashOf(i int) dash {
	return [seriesCount]dash{nil, {4, 2}, {1, 2}, {6, 2, 1, 2}, {2, 2}, {1, 4}}[i%seriesCount]
}

// asciiMark returns the letter of the i-th line.
func asciiMark(i int) string {
	return [seriesCount]string{"*", "o", "x", "+", "#", "%"}[i%seriesCount]
}

// on reports whether the n-th dot of a path is drawn.
func (d dash) on(n int) bool {
	cycle := 0
	for _, run := range d {
		cycle += run
	}
	if cycle == 0 {
		return true
	}
	n %= cycle
	for i, run := range d {
		if n < run {
			return i%2 == 0
		}
		n -= run
	}
	return true
}

// bit returns the Braille bit of a dot within its cell.
func bit(x, y int) byte {
	return [4][2]byte{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}[y][x]
}

// dot draws a dot; what lies outside is left out.
func (d *dots) dot(x, y, line int) {
	if x < 0 || y < 0 || x >= d.columns*2 || y >= d.rows*4 {
		return
	}
	c := &d.cells[y/4*d.columns+x/2]
	c.bits |= bit(x%2, y%4)
	c.line = int32(line)
}

// path draws the line through points in dots, breaking at NaN. Where the
// points lie outside, the line runs up to the edge.
func (d *dots) path(points []Point, line int) {
	pattern := dashOf(line)
	n := 0
	for i, p := range points {
		if math.IsNaN(p.Y) {
			n = 0
			continue
		}
		alone := (i == 0 || math.IsNaN(points[i-1].Y)) && (i == len(points)-1 || math.IsNaN(points[i+1].Y))
		if alone {
			d.blot(p, line)
		}
		if i == 0 || math.IsNaN(points[i-1].Y) {
			continue
		}
		a, b, ok := d.clip(points[i-1], p)
		if !ok {
			continue
		}
		n = d.segment(a, b, n, pattern, line)
	}
}

// blot draws a point without neighbours, two dots wide so that it is seen.
func (d *dots) blot(p Point, line int) {
	x, y := int(math.Round(max(-9, min(p.X, 1e6)))), int(math.Round(max(-9, min(p.Y, 1e6))))
	for dx := range 2 {
		for dy := range 2 {
			d.dot(x+dx, y+dy, line)
		}
	}
}

// segment draws from a to b, which are inside, continuing a pattern at its
// n-th dot, and returns where the pattern stands.
func (d *dots) segment(a, b Point, n int, pattern dash, line int) int {
	x0, y0 := math.Round(a.X), math.Round(a.Y)
	dx, dy := math.Round(b.X)-x0, math.Round(b.Y)-y0
	steps := int(max(math.Abs(dx), math.Abs(dy)))
	for i := range steps + 1 {
		part := 0.0
		if steps > 0 {
			part = float64(i) / float64(steps)
		}
		if pattern.on(n + i) {
			d.dot(int(math.Round(x0+dx*part)), int(math.Round(y0+dy*part)), line)
		}
	}
	return n + steps
}

// clip returns the part of a segment that is inside.
func (d *dots) clip(a, b Point) (Point, Point, bool) {
	from, to := 0.0, 1.0
	dx, dy := b.X-a.X, b.Y-a.Y
	edges := [4][2]float64{
		{-dx, a.X},
		{dx, float64(d.columns*2-1) - a.X},
		{-dy, a.Y},
		{dy, float64(d.rows*4-1) - a.Y},
	}
	for _, e := range edges {
		toward, room := e[0], e[1]
		switch {
		case toward == 0 && room < 0:
			return a, b, false
		case toward < 0:
			from = max(from, room/toward)
		case toward > 0:
			to = min(to, room/toward)
		}
	}
	if !(from <= to) {
		return a, b, false
	}
	return Point{a.X + dx*from, a.Y + dy*from}, Point{a.X + dx*to, a.Y + dy*to}, true
}

// draw places a row of cells on a track, over what is there.
func (d *dots) draw(tr track, row int, tone func(line int) Tone) {
	var buf [utf8.UTFMax]byte
	for x := range min(d.columns, len(tr)) {
		c := d.cells[row*d.columns+x]
		if c.bits == 0 {
			continue
		}
		if d.ascii {
			tr.set(x, tone(int(c.line)), asciiMark(int(c.line)))
			continue
		}
		n := utf8.EncodeRune(buf[:], 0x2800+rune(c.bits))
		tr.set(x, tone(int(c.line)), string(buf[:n]))
	}
}
