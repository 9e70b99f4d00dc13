package report

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/charmbracelet/x/ansi"

	"accord/tui/chart"
	"accord/tui/words"
)

func wrapped(width int, mark, text string) []string {
	p := page{Printer: words.New(words.English), width: width}
	p.paragraph(mark, text)
	return strings.Split(strings.TrimSuffix(p.b.String(), "\n"), "\n")
}

func TestParagraphKeepsExpressionsWhole(t *testing.T) {
	const text = "- It was +7.66 pp, or 72.1 % relative (p < 0.001, 95 % intervals) on 2018-12-31 [ ] No E-Mail."
	for width := 14; width < 100; width++ {
		lines := wrapped(width, "- ", strings.TrimPrefix(text, "- "))
		for i, line := range lines {
			if i > 0 && !strings.HasPrefix(line, "  ") {
				t.Errorf("at %d: line %q is not indented", width, line)
			}
		}
		joined := strings.Join(lines, "\n")
		for _, whole := range []string{"+7.66 pp,", "72.1 %", "(p < 0.001,", "95 %", "2018-12-31", "E-Mail."} {
			if !strings.Contains(joined, whole) {
				t.Errorf("at %d: %q is broken in\n%s", width, whole, joined)
			}
		}
	}
}

// Every line fits and no visible character is lost, whatever the text.
func TestParagraphFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		width := rapid.IntRange(4, 40).Draw(t, "width")
		lines := wrapped(width, "- ", text)
		if text == "" {
			return
		}
		var kept strings.Builder
		for i, line := range lines {
			if ansi.StringWidth(line) > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
			if i == 0 {
				line = strings.TrimPrefix(line, "-")
			}
			kept.WriteString(line)
		}
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got, want := bare(kept.String()), bare(chart.Clean(text)); got != want {
			t.Fatalf("kept %q of %q", got, want)
		}
	})
}
