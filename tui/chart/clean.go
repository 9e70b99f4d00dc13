package chart

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks a character may carry: written
// languages need three, and towers of them reach into the lines above.
const maxMarks = 4

const (
	joiner     = '\u200d' // zero width joiner
	asEmoji    = '\ufe0f' // variation selector 16
	keycap     = '\u20e3' // combining enclosing keycap
	firstEmoji = '\u00a9' // the copyright sign
)

// Clean returns s with everything that could move the cursor, change the
// terminal's state, reorder text or hide in it written out in ASCII: \n, \x1b,
// \u{202e}, and \xff for a byte that is not UTF-8. Emoji made of several are
// written as these, without skin and style: terminals disagree on the width of
// the whole. What remains is text that keeps its width wherever it is placed.
// Cleaning twice changes nothing more.
func Clean(s string) string {
	if printableASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	apart := true // from the text before, which the next character must not join
	for s != "" {
		cluster, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(cluster):]
		kept := 0
		if width > 0 && !(apart && joins("x", cluster)) && !(s == "" && joins(cluster, "x")) {
			kept = safePrefix(cluster)
		}
		apart = kept < len(cluster)
		b.WriteString(apartEmoji(cluster[:kept]))
		// A mark after something written out would attach to it, so the rest
		// of the character is written out too.
		for rest := cluster[kept:]; rest != ""; {
			r, size := utf8.DecodeRuneInString(rest)
			writeOut(&b, r, rest[:size])
			rest = rest[size:]
		}
	}
	return b.String()
}

func printableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// apartEmoji writes one character without what makes one emoji of several, or
// another of one.
func apartEmoji(cluster string) string {
	base, size := utf8.DecodeRuneInString(cluster)
	if !pictographic(base) && (base >= utf8.RuneSelf || !strings.ContainsRune(cluster, asEmoji)) {
		return cluster
	}
	return cluster[:size] + strings.Map(func(r rune) rune {
		if emojiPart(r) {
			return -1
		}
		return r
	}, cluster[size:])
}

func emojiPart(r rune) bool {
	return r == joiner || r == asEmoji || r == keycap || r >= '\U0001f3fb' && r <= '\U0001f3ff'
}

// safePrefix returns how many bytes of one character may be drawn as they are.
func safePrefix(cluster string) int {
	base, size := utf8.DecodeRuneInString(cluster)
	if !visible(base, size) {
		return 0
	}
	if unicode.IsSpace(base) {
		// Blanks are written and cut apart from the text beside them.
		return size
	}
	marks := 0
	for i := size; i < len(cluster); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(cluster[i:])
		next, _ := utf8.DecodeRuneInString(cluster[i+size:])
		switch {
		case r == asEmoji:
			if !pictographic(base) && next != keycap {
				return i
			}
		case r == joiner:
			if !pictographic(base) || !pictographic(next) {
				return i
			}
		case !visible(r, size):
			return i
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxMarks {
				return i
			}
		}
	}
	return len(cluster)
}

// visible reports whether a rune of size bytes draws something or is a space.
func visible(r rune, size int) bool {
	if r == utf8.RuneError && size <= 1 {
		return false
	}
	return unicode.IsGraphic(r) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) &&
		!unicode.Is(unicode.Variation_Selector, r)
}

// joins reports whether two characters side by side become one.
func joins(a, b string) bool {
	first, _ := ansi.FirstGraphemeCluster(a+b, ansi.GraphemeWidth)
	return len(first) > len(a)
}

// pictographic reports whether a rune may be an emoji.
func pictographic(r rune) bool {
	flag := r >= '\U0001f1e6' && r <= '\U0001f1ff' // half of one: the next may be its other half
	return r >= firstEmoji && !flag && (unicode.IsSymbol(r) || unicode.IsPunct(r))
}

// writeOut writes a rune, or the byte that is not one, in ASCII.
func writeOut(b *strings.Builder, r rune, raw string) {
	switch {
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\r':
		b.WriteString(`\r`)
	case r == '\t':
		b.WriteString(`\t`)
	case r == utf8.RuneError && len(raw) == 1, r < ' ', r == 0x7f:
		fmt.Fprintf(b, `\x%02x`, raw[0])
	case r <= '~':
		b.WriteString(raw)
	default:
		fmt.Fprintf(b, `\u{%x}`, r)
	}
}
