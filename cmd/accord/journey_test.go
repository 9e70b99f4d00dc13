package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourney is an analyst's way through the sample, without mouse or
// documentation: opt-in fell in March, why, for whom, what the campaigns of that
// time did among them; the answer is taken along and comes back by its name.
func TestJourney(t *testing.T) {
	t.Parallel()
	h := home(t.TempDir())
	must(t, h.withSample())
	x := start{home: h, width: 160, height: 50}.on(t)
	x.sees(overview...)

	// When: the weeks of March and April, with completion; a slip is marked.
	x.press("/sinse=2018-03-05")
	x.sees("there is no dimension sinse", "^^^^^")
	x.press(strings.Repeat("\x7f", len("sinse=2018-03-05")) + "sin\t2018-03-05 until=2018-04-29\r")
	x.sees("[since=2018-03-05] [until=2018-04-29]")

	// Why: exits rose after the news of 17 March.
	x.press("5")
	x.sees("Opted in over time", "Cambridge Analytica", "Exits")

	// For whom: the groups of a dimension, and one of them.
	x.press("3")
	x.sees("nothing in these days") // no survey in these weeks
	x.press("m")
	x.sees("by region", "ON", "QC")
	x.settled()
	x.press("\x1b[B")
	x.settled()
	x.press("\r")
	x.sees("Lift on the human click rate", "[since=2018-03-05] [until=2018-04-29]", "esc back")
	filtered := x.settled()

	// What is behind the figures, and back.
	x.press("S")
	x.sees("SQL behind Lift on the human click rate (1 of", "Parameters")
	x.escapes("SQL behind")

	// The campaign in full, its customers, one of them; and back to the letter.
	x.press("\r")
	x.sees("▸ Arm:")
	arm := x.settled()
	x.press("\r")
	x.sees("Customers, by pseudonym")
	x.press("\r")
	x.sees("▸ Timeline of", "Allowed then")
	x.escapes("Timeline of")
	x.press("\x1b")
	if x.sees("▸ Arm:"); x.settled() != arm {
		t.Errorf("esc leads back to\n%s\nand not to\n%s", x.text(), arm)
	}

	// Take it along.
	x.press("e")
	x.sees("Export the panel", "> accord-lift-")
	x.press("\r")
	x.sees("Written to accord-lift-")
	files, err := filepath.Glob(filepath.Join(string(h), "accord-lift-*.csv"))
	must(t, err)
	if len(files) != 1 {
		t.Fatalf("exported: %v", files)
	}
	text, err := os.ReadFile(files[0])
	must(t, err)
	for _, part := range []string{"Synthetic data", "as of 2018-12-31", "since=2018-03-05", "withheld"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %q in the export:\n%s", part, text)
		}
	}
	x.press("v")
	x.sees("No view is saved yet.")
	x.press("Reply\r")
	x.sees("Saved as Reply: accord --view Reply shows it again.")
	x.press("q")
	x.ends()
	x.isRestored()

	// And it comes back.
	x = start{home: h, args: []string{"--view", "Reply"}, width: 160, height: 50}.on(t)
	x.until("the view as it was", func(screen string) bool { return figures(screen) == figures(arm) })
	if figures(arm) == figures(filtered) {
		t.Error("the campaign was not opened")
	}
}

// figures is a screen without its status line and footer.
func figures(screen string) string {
	lines := strings.Split(screen, "\n")
	return strings.Join(lines[:len(lines)-2], "\n")
}

// TestStorm types and resizes without pause: the program keeps up, answers what
// came last, and leaves nothing behind.
func TestStorm(t *testing.T) {
	t.Parallel()
	x := start{width: 120, height: 36}.on(t)
	x.sees("53.0 %", "SYNTHETIC DATA")
	rounds := 60
	if testing.Short() {
		rounds = 8 // what is slowed down many times over falls behind
	}
	for i := range rounds {
		x.press("2\t\tm3g\x1b[B\x1b[B45\t1\t\x1b[C\x1b[Dt")
		x.resize(80+i%5*20, 24+i%4*8)
	}
	x.resize(120, 36)
	x.press("1")
	x.press("?")
	x.sees("next pane", "esc close")
	x.escapes("esc close")
	x.press("1")
	x.sees("what people do", "SYNTHETIC DATA")
	x.press("q")
	if code := x.ends(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	x.isRestored()
}
