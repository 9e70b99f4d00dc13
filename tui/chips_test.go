package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"accord/tui/words"
)

// TestClickOnAChipTakesItAway finds each chip where it is drawn.
func TestClickOnAChipTakesItAway(t *testing.T) {
	for _, width := range []int{60, 80, 120} {
		a := openApp(t, richQuestions(), width, 36)
		press(a, "/")
		typeText(a, "language=fr region=QC since=2018-01-01 vs=rest")
		press(a, "enter")
		line := ansi.Strip(a.lines()[headerHeight-1])
		for _, chip := range []string{"region=QC", "language=fr"} {
			x := strings.Index(line, "["+chip+"]")
			if x < 0 {
				continue // no room: counted
			}
			settle(a, a.handleMouse(len([]rune(line[:x])), headerHeight-1, 0))
			if strings.Contains(a.filters.current().String(), chip) {
				t.Errorf("%d wide: %s is still there", width, chip)
			}
			line = ansi.Strip(a.lines()[headerHeight-1])
		}
		if width == 120 && a.filters.current().String() != "since=2018-01-01" {
			t.Errorf("left: %s", a.filters.current())
		}
		before := a.filters.current().String()
		settle(a, a.handleMouse(1, headerHeight-1, 0))
		if a.filters.current().String() != before {
			t.Error("a click beside the chips changes the filter")
		}
	}
}

// The label of made-up data is never cut, whatever the language, and tabs are
// where they are drawn.
func TestBadgeIsNeverCut(t *testing.T) {
	for width := minWidth; width <= 160; width++ {
		for _, l := range []words.Language{words.English, words.French} {
			a := openApp(t, richQuestions(), width, 24, func(c *Config) { c.Printer = words.New(l) })
			for i := range places {
				a.shown = i
				line := strings.TrimRight(ansi.Strip(a.lines()[0]), " ")
				if !strings.HasSuffix(line, a.header().badge()) {
					t.Fatalf("%d wide, %s: %q", width, l, line)
				}
				tabs, names, _ := a.header().tabs(width)
				for j, at := range tabs {
					if got := string([]rune(line)[at.from:at.to]); got != names[j] {
						t.Fatalf("%d wide: tab %d is %q, want %q", width, j, got, fmt.Sprint(names[j]))
					}
				}
			}
		}
	}
}
