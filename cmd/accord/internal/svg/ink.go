package svg

import (
	"fmt"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"accord/tui/chart"
)

// names are the tones that have a variable.
var names = map[chart.Tone]string{
	chart.Text: "text", chart.Muted: "muted", chart.Title: "title", chart.Accent: "accent", chart.Border: "border",
	chart.Good: "good", chart.Bad: "bad", chart.Neutral: "neutral", chart.Warning: "warning",
	chart.Series1: "series1", chart.Series2: "series2", chart.Series3: "series3",
	chart.Series4: "series4", chart.Series5: "series5", chart.Series6: "series6",
	paper: "paper",
}

// paper is the ground that drawings stand on.
const paper = chart.Tone(200)

// Variables are the CSS declarations of a theme's colours on a ground.
func Variables(t chart.Theme, ground string) string {
	var b strings.Builder
	for tone := chart.Text; tone <= chart.Series6; tone++ {
		if name, ok := names[tone]; ok {
			r, g, bl, _ := t.Color(tone).RGBA()
			fmt.Fprintf(&b, "--%s:#%02x%02x%02x;", name, r>>8, g>>8, bl>>8)
		}
	}
	return b.String() + "--paper:" + ground
}

// An ink stands for a tone on the canvas: a colour that nothing else has, which
// finish replaces by the variable.
type ink struct {
	tone    chart.Tone
	opacity float64
}

// RGBA implements color.Color. It rounds up, as the canvas rounds down.
func (i ink) RGBA() (r, g, b, a uint32) {
	a = uint32(math.Round(i.opacity * 0xffff))
	part := func(v uint32) uint32 { return (v*a + 254) / 255 }
	return part(0xfe), part(0x01), part(uint32(i.tone)), a
}

func of(t chart.Tone) ink { return ink{t, 1} }

func toned(t, usual chart.Tone) ink {
	if t == chart.Auto {
		t = usual
	}
	return of(t)
}

var (
	inks   = regexp.MustCompile(`#FE01([0-9A-F]{2})`)
	header = regexp.MustCompile(`(?s)^.*?<svg [^>]*viewBox="([^"]*)"[^>]*>`)
	// fonts is what the canvas says of the one font there is: the page says it.
	fonts = regexp.MustCompile(`\s*style="font-family:Liberation Sans;font-variant:normal;font-weight:normal;font-style:normal;`)
)

// finish makes the canvas's document an element of a page, named by a label.
func finish(drawing, label string) string {
	drawing = fonts.ReplaceAllString(drawing, ` style="`)
	drawing = inks.ReplaceAllStringFunc(drawing, func(s string) string {
		tone, _ := strconv.ParseUint(s[5:], 16, 8)
		return "var(--" + names[chart.Tone(tone)] + ")"
	})
	box := header.FindStringSubmatch(drawing)
	return fmt.Sprintf(`<svg class="plot" viewBox="%s" role="img" aria-label="%s">`, box[1], html.EscapeString(chart.Clean(label))) +
		strings.TrimSpace(drawing[len(box[0]):])
}

// The sizes of text, in points of the drawing.
const (
	textSize  = vg.Length(11)
	smallSize = vg.Length(10)
)

// style is text of a tone, standing by its point as told.
func style(t chart.Tone, size vg.Length, x text.XAlignment, y text.YAlignment) text.Style {
	return text.Style{
		Color: of(t), Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
		XAlign: x, YAlign: y, Handler: measured{plot.DefaultTextHandler},
	}
}

// measured knows that letters which the font lacks are as wide as they are high.
type measured struct{ text.Handler }

// Box implements text.Handler.
func (m measured) Box(words string, f font.Font) (width, height, depth vg.Length) {
	return m.Handler.Box(strings.Map(func(r rune) rune {
		if ansi.StringWidth(string(r)) > 1 {
			return 'W'
		}
		return r
	}, words), f)
}

// Draw implements text.Handler.
func (m measured) Draw(c vg.Canvas, words string, s text.Style, at vg.Point) {
	font, _, _ := m.Handler.Box(words, s.Font)
	width, _, _ := m.Box(words, s.Font)
	at.X += vg.Length(s.XAlign) * (width - font)
	m.Handler.Draw(c, words, s, at)
}

// write puts a text at a point.
func write(c draw.Canvas, s text.Style, x, y vg.Length, words string) {
	words = shown(words)
	if words == "" {
		return
	}
	if s.YAlign == text.YCenter { // the library takes the room below letters for a part of them
		y += s.Font.Size * 0.15
	}
	c.FillText(s, vg.Point{X: x, Y: y}, words)
}

// longest is how much of a name is drawn, in the widths of a letter.
const longest = 44

// shown is a text as it may be drawn: cleaned, and not longer than fits beside a
// plot.
func shown(s string) string { return cut(s, longest) }

// cut is a text of so many letters at most, of which wide ones count twice.
func cut(s string, most int) string {
	s = chart.Clean(s)
	if ansi.StringWidth(s) > most {
		return strings.TrimRight(ansi.Truncate(s, max(most-1, 1), ""), " ,…") + "…"
	}
	return s
}

func line(i ink, width vg.Length, dashes ...vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: i, Width: width, Dashes: dashes}
}

// dashes tell the lines of series apart without colour.
func dashes(series int) []vg.Length {
	return [][]vg.Length{nil, {6, 3}, {2, 2}, {8, 2, 2, 2}, {4, 4}, {1, 3}}[series%6]
}

// box fills a rectangle in a tone and draws the tone's pattern over it, so that
// areas are told apart without colour.
func box(c draw.Canvas, i ink, x0, y0, x1, y1 vg.Length) {
	if x1 <= x0 {
		return
	}
	c.FillPolygon(i, []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}})
	if i.tone < chart.Series2 || i.tone > chart.Series6 {
		return
	}
	sty, height := line(of(paper), 0.8), y1-y0
	const step = 6
	for x := x0 - height; x < x1; x += step {
		switch i.tone {
		case chart.Series2, chart.Series5: // rising
			slanted(c, sty, x, y0, height, x0, x1, false)
		case chart.Series6: // falling
			slanted(c, sty, x, y0, height, x0, x1, true)
		case chart.Series3:
			if x > x0 {
				c.StrokeLine2(sty, x, y0, x, y1)
			}
		}
	}
	for y := y0 + step/2; y < y1 && (i.tone == chart.Series4 || i.tone == chart.Series5); y += step {
		c.StrokeLine2(sty, x0, y, x1, y)
	}
}

// slanted draws a line at 45 degrees across a band from x on, within x0 and x1.
func slanted(c draw.Canvas, sty draw.LineStyle, x, y, height, x0, x1 vg.Length, falling bool) {
	from, to := max(x, x0), min(x+height, x1)
	if from >= to {
		return
	}
	low, high := y+from-x, y+to-x
	if falling {
		low, high = y+height-(from-x), y+height-(to-x)
	}
	c.StrokeLine2(sty, from, low, to, high)
}
