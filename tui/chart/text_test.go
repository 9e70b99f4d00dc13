package chart

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "41 % opted in", "41 % opted in"},
		{"accents", "Québec", "Québec"},
		{"combining", "e\u0301te\u0301", "e\u0301te\u0301"},
		{"wide", "北海道", "北海道"},
		{"family", "👩‍👩‍👧", "👩👩👧"},
		{"skin and flag", "👍🏽 🇨🇦", "👍 🇨🇦"},
		{"emoji style", "❤\ufe0f 1\ufe0f\u20e3", "❤ 1"},
		{"skin on a letter that joins", "ൎ🏻", "ൎ🏻"},
		{"narrow no-break space", "12\u202f431", "12\u202f431"},
		{"escape sequence", "\x1b[2Jx", `\x1b[2Jx`},
		{"line and tab", "a\tb\r\nc", `a\tb\r\nc`},
		{"delete and bell", "\x7f\x07", `\x7f\x07`},
		{"C1", "\u009b31m", `\u{9b}31m`},
		{"not UTF-8", "a\xff\xfeb", `a\xff\xfeb`},
		{"override", "\u202egnp.exe", `\u{202e}gnp.exe`},
		{"isolate", "\u2066x\u2069", `\u{2066}x\u{2069}`},
		{"zero width", "a\u200bb\u2060c\ufeff", `a\u{200b}b\u{2060}c\u{feff}`},
		{"joiner between letters", "a\u200db", `a\u{200d}b`},
		{"soft hyphen", "a\u00adb", `a\u{ad}b`},
		{"mark without a base", "\u0301x", `\u{301}x`},
		{"mark on a blank", "a \u0301", `a \u{301}`},
		{"letter styled as emoji", "a\ufe0f", `a\u{fe0f}`},
		{"skin without a person", "🏻", `\u{1f3fb}`},
		{"tower of marks", "z" + strings.Repeat("\u0302", 6), "z" + strings.Repeat("\u0302", 4) + `\u{302}\u{302}`},
		{"tag letters", "x\U000e0041", `x\u{e0041}`},
		{"blank letters", "\u3164", `\u{3164}`},
		{"line separator", "a\u2028b", `a\u{2028}b`},
		{"private use", "\ue000", `\u{e000}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

// checkClean fails unless a string is safe to draw and as wide between other
// glyphs as it is alone.
func checkClean(t fataler, in string) {
	t.Helper()
	got := Clean(in)
	if !utf8.ValidString(got) {
		t.Fatalf("Clean(%q) = %q is not UTF-8", in, got)
	}
	for _, r := range got {
		if r < ' ' || r == 0x7f || unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			t.Fatalf("Clean(%q) = %q has %U", in, got, r)
		}
	}
	if again := Clean(got); again != got {
		t.Fatalf("Clean(%q) = %q, and cleaned again %q", in, got, again)
	}
	alone, amid := ansi.StringWidth(got), ansi.StringWidth("│"+got+"│")
	if amid != alone+2 {
		t.Fatalf("Clean(%q) = %q is %d wide alone, %d between two glyphs", in, got, alone, amid-2)
	}
	if alone != cells(in) {
		t.Fatalf("Clean(%q) = %q is %d wide, measured as %d", in, got, alone, cells(in))
	}
}

func TestCleanHandlesEveryCharacter(t *testing.T) {
	t.Parallel()
	for r := range rune(unicode.MaxRune + 1) {
		checkClean(t, string(r))
		if r < 0x3000 || r%7 == 0 {
			checkClean(t, "a"+string(r)+"b")
		}
	}
}

func TestCleanHandlesAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkClean(t, strings.Join(rapid.SliceOf(rapid.SampledFrom(hostile)).Draw(t, "parts"), ""))
		checkClean(t, rapid.String().Draw(t, "text"))
		checkClean(t, string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")))
	})
}

func FuzzClean(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkClean(t, s) })
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		align Align
		want  string
	}{
		{"Québec", 8, Left, "Québec  "},
		{"41 %", 6, Right, "  41 %"},
		{"x", 4, Center, " x  "},
		{"British Columbia", 9, Left, "British …"},
		{"北海道", 4, Left, "北… "},
		{"北海道", 6, Left, "北海道"},
		{"👩‍👩‍👧x", 2, Left, "… "},
		{"long", 1, Right, "…"},
		{"", 3, Left, "   "},
		{"x", 0, Left, ""},
		{"x", -1, Left, ""},
		{"a\nb", 4, Left, `a\nb`},
	} {
		if got := Fit(c.in, c.width, c.align); got != c.want {
			t.Errorf("Fit(%q, %d, %d) = %q, want %q", c.in, c.width, c.align, got, c.want)
		}
	}
	if got := (Theme{ASCII: true}).Fit("British Columbia", 9, Left); got != "British ~" {
		t.Errorf("with ASCII: %q", got)
	}
}

func TestFitAndWrapGiveExactWidths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, width := anyLabel(t, "text"), rapid.IntRange(0, 200).Draw(t, "width")
		for _, align := range []Align{Left, Right, Center} {
			if got := Fit(s, width, align); ansi.StringWidth(got) != width {
				t.Fatalf("Fit(%q, %d) is %d wide", s, width, ansi.StringWidth(got))
			}
		}
		lines := Wrap(s, width)
		if (len(lines) > 0) != (width > 0) {
			t.Fatalf("Wrap(%q, %d) has %d lines", s, width, len(lines))
		}
		for _, l := range lines {
			if ansi.StringWidth(l) != width {
				t.Fatalf("Wrap(%q, %d) has a line %d wide: %q", s, width, ansi.StringWidth(l), l)
			}
		}
	})
}

func TestWrapBreaksAtSpaces(t *testing.T) {
	got := Wrap("records show that silence is not consent", 14)
	want := []string{"records show  ", "that silence  ", "is not consent"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}
