package chart

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// drawing is any chart of this package at any size.
type drawing struct {
	name   string
	height func(width int) int
	render func(width int, t Theme) string
}

func drawings(s samples) []drawing {
	fixed := func(n int) func(int) int { return func(int) int { return n } }
	out := []drawing{
		{"share bar", s.share.Height, s.share.Render},
		{"stack", s.stack.Height, s.stack.Render},
		{"bars", fixed(s.bars.Height()), s.bars.Render},
		{"sparkline", fixed(1), s.spark.Render},
		{"forest", fixed(s.forest.Height()), s.forest.Render},
		{"table", fixed(s.table.Height()), s.table.Render},
		{"heat", fixed(s.heat.Height()), s.heat.Render},
	}
	for _, h := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 24} {
		out = append(out, drawing{
			fmt.Sprintf("time series %d", h), fixed(h),
			func(width int, t Theme) string { return s.time.Render(width, h, t) },
		})
	}
	return out
}

// fataler is what testing.T and rapid.T share.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

var styling = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// checkRectangle fails unless a drawing has its size and nothing in it but
// text and, with colours, their sequences.
func checkRectangle(t fataler, d drawing, width int, theme Theme) {
	t.Helper()
	out := d.render(width, theme)
	height := d.height(width)
	if height == 0 {
		if out != "" {
			t.Fatalf("%s at width %d: %q where there are no lines", d.name, width, out)
		}
		return
	}
	lines := strings.Split(out, "\n")
	if len(lines) != height {
		t.Fatalf("%s at width %d: %d lines, promised %d\n%s", d.name, width, len(lines), height, out)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != max(width, 0) {
			t.Fatalf("%s at width %d: line %d is %d wide: %q", d.name, width, i, w, line)
		}
		if theme.palette != nil {
			line = styling.ReplaceAllString(line, "")
		}
		for _, r := range line {
			if unicode.In(r, unicode.Cc, unicode.Bidi_Control) {
				t.Fatalf("%s at width %d: line %d has %U: %q", d.name, width, i, r, line)
			}
		}
	}
}

func themes() map[string]Theme {
	ascii, asciiDark := Plain(), Dark()
	ascii.ASCII, asciiDark.ASCII = true, true
	return map[string]Theme{"plain": Plain(), "dark": Dark(), "light": Light(), "ascii": ascii, "ascii dark": asciiDark}
}

func TestEveryLineIsExactlyItsWidth(t *testing.T) {
	t.Parallel()
	for _, s := range []samples{sample(), hostileSample(), {}} {
		for _, d := range drawings(s) {
			for _, theme := range themes() {
				for width := -1; width <= 200; width++ {
					checkRectangle(t, d, width, theme)
				}
			}
		}
	}
}

func TestAnyDataDrawsARectangle(t *testing.T) {
	all := themes()
	rapid.Check(t, func(t *rapid.T) {
		s := anySample(t)
		width := rapid.IntRange(-1, 200).Draw(t, "width")
		theme := all[rapid.SampledFrom([]string{"plain", "dark", "ascii"}).Draw(t, "theme")]
		for _, d := range drawings(s) {
			checkRectangle(t, d, width, theme)
		}
		height := rapid.IntRange(-1, 60).Draw(t, "height")
		checkRectangle(t, drawing{
			"time series", func(int) int { return max(height, 0) },
			func(width int, th Theme) string { return s.time.Render(width, height, th) },
		}, width, theme)
	})
}

func TestASCIIAddsNoOtherGlyph(t *testing.T) {
	theme := Plain()
	theme.ASCII = true
	s := sample()
	for _, d := range drawings(asciiOnly(s)) {
		for _, width := range []int{10, 40, 80, 200} {
			for _, r := range d.render(width, theme) {
				if r > unicode.MaxASCII {
					t.Fatalf("%s at width %d has %q", d.name, width, r)
				}
			}
		}
	}
}

var hostile = []string{
	"", "Québec", "e\u0301te\u0301", "北海道", "👩‍👩‍👧 famille", "🇨🇦", "ｶﾞｷﾞ", "각ᄀ", "\u0301loose", "🏻", "नमस्ते", "‏שלום",
	"\x1b[2J\x1b[31mred", "\x1b]0;title\x07", "\u202egnp.exe", "a\u200bb\u200dc", "tab\there", "line\nbreak\r", "\x00\x7f\u0085\u009b31m",
	"\xff\xfe", "z" + strings.Repeat("\u0302", 40), strings.Repeat("long ", 60), "\u0d4e", "\U000111c2", "\ufeff", "❤\ufe0f", "a\ufe0f", "1\ufe0f\u20e3",
	"\U000e0041", "\u115f\u3164", "﷽", "\u2028",
}

func anyLabel(t *rapid.T, name string) string {
	return rapid.OneOf(rapid.SampledFrom(hostile), rapid.String(), rapid.StringN(0, 12, 40)).Draw(t, name)
}

func anyValue(t *rapid.T, name string) float64 {
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), -1, 1, 0.5, 1e-9, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, 1e16, 1e16 + 2}
	return rapid.OneOf(rapid.SampledFrom(odd), rapid.Float64Range(-2, 2), rapid.Float64()).Draw(t, name)
}

func anyTone(t *rapid.T) Tone { return Tone(rapid.IntRange(0, int(toneCount)+1).Draw(t, "tone")) }

func anyInterval(t *rapid.T) *Interval {
	if rapid.Bool().Draw(t, "no interval") {
		return nil
	}
	return &Interval{anyValue(t, "low"), anyValue(t, "high")}
}

func anyCell(t *rapid.T) Cell { return Cell{anyLabel(t, "cell"), anyTone(t)} }

func anyColumns(t *rapid.T) []Column {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Column {
		return Column{anyLabel(t, "title"), Align(rapid.IntRange(0, 2).Draw(t, "align")), rapid.IntRange(-1, 3).Draw(t, "drop")}
	}), 0, 5).Draw(t, "columns")
}

func anyCells(t *rapid.T) []Cell {
	return rapid.SliceOfN(rapid.Custom(anyCell), 0, 6).Draw(t, "cells")
}

func anySample(t *rapid.T) samples {
	withheld := func() string {
		if rapid.IntRange(0, 3).Draw(t, "withheld") > 0 {
			return ""
		}
		return anyLabel(t, "reason")
	}
	var s samples
	for range rapid.IntRange(0, 7).Draw(t, "rows") {
		s.share.Segments = append(s.share.Segments, Segment{anyLabel(t, "segment"), anyLabel(t, "text"), anyValue(t, "share"), anyTone(t)})
		s.stack.Parts = append(s.stack.Parts, Segment{anyLabel(t, "part"), anyLabel(t, "part text"), 0, anyTone(t)})
		s.stack.Rows = append(s.stack.Rows, StackRow{
			anyLabel(t, "stack row"), anyCells(t), []float64{anyValue(t, "part 1"), anyValue(t, "part 2"), anyValue(t, "part 3")},
			anyInterval(t), []float64{anyValue(t, "trend 1"), anyValue(t, "trend 2")}, withheld(), rapid.Bool().Draw(t, "whole"),
		})
		s.bars.Rows = append(s.bars.Rows, Bar{anyLabel(t, "bar"), anyValue(t, "value"), anyLabel(t, "text"), anyTone(t), anyInterval(t), withheld()})
		s.spark.Values = append(s.spark.Values, anyValue(t, "spark"))
		s.forest.Rows = append(s.forest.Rows, Effect{
			anyLabel(t, "effect"), anyLabel(t, "sub"), anyCells(t), anyValue(t, "estimate"), anyValue(t, "low"), anyValue(t, "high"),
			[]float64{anyValue(t, "trend 1"), anyValue(t, "trend 2")}, anyCell(t), withheld(), rapid.Bool().Draw(t, "summary"), rapid.Bool().Draw(t, "heading"),
		})
		s.table.Rows = append(s.table.Rows, anyCells(t))
		var cells []HeatCell
		for range rapid.IntRange(0, 4).Draw(t, "heat cells") {
			cells = append(cells, HeatCell{anyValue(t, "heat"), anyLabel(t, "heat text"), anyTone(t)})
		}
		s.heat.Rows = append(s.heat.Rows, HeatRow{anyLabel(t, "heat row"), cells})
		s.heat.Columns = append(s.heat.Columns, anyLabel(t, "heat column"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "lines") {
		l := Line{Label: anyLabel(t, "line"), Tone: anyTone(t)}
		for range rapid.IntRange(0, 9).Draw(t, "points") {
			l.Points = append(l.Points, Point{anyValue(t, "x"), anyValue(t, "y")})
		}
		s.time.Lines = append(s.time.Lines, l)
		s.time.Marks = append(s.time.Marks, Mark{anyValue(t, "at"), anyLabel(t, "mark")})
		s.time.XTicks = append(s.time.XTicks, anyValue(t, "x tick"))
	}
	label := anyLabel(t, "axis")
	s.time.FormatX = func(v float64) string { return fmt.Sprintf("%.3g%s", v, label) }
	s.time.FormatY, s.forest.Format, s.stack.Format = s.time.FormatX, s.time.FormatX, s.time.FormatX
	s.time.FromZero, s.time.YRange = rapid.Bool().Draw(t, "from zero"), anyInterval(t)
	s.share.Interval, s.share.Withheld = anyInterval(t), withheld()
	if rapid.Bool().Draw(t, "reference") {
		s.share.Reference = &Mark{anyValue(t, "reference"), anyLabel(t, "reference label")}
		s.stack.Reference = s.share.Reference
	}
	s.bars.Max, s.spark.Range = anyValue(t, "max"), anyInterval(t)
	s.forest.Title, s.forest.Zero, s.forest.Range = anyLabel(t, "title"), anyValue(t, "zero"), anyInterval(t)
	s.forest.Caption = [2]string{anyLabel(t, "left"), anyLabel(t, "right")}
	s.forest.Columns, s.table.Columns = anyColumns(t), anyColumns(t)
	interactive, selected, height := rapid.Bool().Draw(t, "interactive"), rapid.IntRange(-2, 9).Draw(t, "selected"), rapid.IntRange(-1, 8).Draw(t, "max height")
	s.bars.Interactive, s.bars.Selected, s.bars.MaxHeight = interactive, selected, height
	s.stack.Title, s.stack.TrendName, s.stack.Columns = anyLabel(t, "stack title"), anyLabel(t, "trend name"), anyColumns(t)
	s.stack.Interactive, s.stack.Selected, s.stack.MaxHeight = interactive, selected, height
	s.forest.Interactive, s.forest.Selected, s.forest.MaxHeight = interactive, selected, height
	s.heat.Interactive, s.heat.Selected, s.heat.Column, s.heat.MaxHeight = interactive, selected, rapid.IntRange(-1, 9).Draw(t, "column"), height
	s.table.Interactive, s.table.Selected, s.table.MaxHeight = interactive, selected, height
	return s
}
