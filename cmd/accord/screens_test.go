package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// overview are texts that are on the Overview of the sample once it is complete.
var overview = []string{
	"SYNTHETIC DATA", "as of 2018-12-31", "20,000 customers", "no filter",
	"say they are willing to share data", "willing 53.0 %", "opted in to", "? help   q quit",
}

// optedIn is how many customers of the sample have opted in, as the report
// says it: "8,123 of 19,876".
func optedIn(t *testing.T) string {
	t.Helper()
	h := home(t.TempDir())
	must(t, h.withSample())
	report, err := h.run("report", "--screen", "overview", "--width", "200")
	must(t, err)
	text, err := report.Output()
	must(t, err)
	found := regexp.MustCompile(`\(([0-9,]+ of [0-9,]+), on 2018-12-31\)`).FindSubmatch(text)
	if found == nil {
		t.Fatalf("nobody has opted in:\n%s", text)
	}
	return string(found[1])
}

// TestFirstFrame starts on data that takes long to load: the frame is there
// before, with what is being done instead of figures.
func TestFirstFrame(t *testing.T) {
	t.Parallel()
	h := home(t.TempDir())
	must(t, os.WriteFile(filepath.Join(string(h), "large.toml"), []byte(large), 0o600))
	x := start{home: h, args: []string{"large.toml"}}.on(t)
	x.until("frame", func(screen string) bool {
		lines := strings.Split(screen, "\n")
		header, footer := lines[0], lines[len(lines)-1]
		return strings.HasPrefix(header, " accord 1 Overview 2 Lift 3 Segm") && footer == " ? help   q quit   : find"
	})
	screen := x.sees("reading the files", "───")
	if strings.Contains(screen, "customers") {
		t.Errorf("data before it is loaded:\n%s", screen)
	}

	// Keys say that they have to wait; other screens wait, too, and help is there.
	x.press("/")
	x.sees("The data is still being opened.")
	x.press("2")
	x.until("the screen of lift, waiting", func(screen string) bool {
		return !strings.Contains(screen, "still being opened") && strings.Contains(screen, "reading the files")
	})
	x.press("?")
	x.sees("next pane")
}

// TestKeys goes through the program as its user does.
func TestKeys(t *testing.T) {
	t.Parallel()
	x := start{width: 160, height: 50}.on(t)
	x.sees(overview...)
	x.sees("▸ Stance", "Opt-in: what people do", "Trend: opt-in to personalisation", "Lift: what campaigns add", "Needs attention",
		optedIn(t), "Mois du blanc / White sale: the split went wrong")
	first := x.settled()

	x.press("\t")
	x.sees("▸ Opt-in")
	x.press("\x1b[Z") // shift+tab
	x.sees("▸ Stance")

	x.press("2")
	x.sees("Lift on the human click rate", "Jour de la Terre", "For whom: by opt-in", "Together: all campaigns")
	x.press("m")
	x.sees("Lift on the visit rate")
	x.press("1")
	x.sees(overview...)

	x.press("?")
	x.sees("next pane", "undo the filter", "esc close")
	x.press("1")
	x.sees("esc closes the help first.")
	x.press("\x1b")
	x.sees(overview...)

	x.press("1")
	x.sees("This screen is shown already.")
	x.press("w")
	x.sees("w does nothing. ? lists the keys.")
	x.press("\t\x1b[Z")
	x.until("Overview as it was at first", func(screen string) bool { return screen == first })
}

// TestFilter types a filter, mistakes included.
func TestFilter(t *testing.T) {
	t.Parallel()
	x := start{width: 160, height: 50}.on(t)
	everyone := optedIn(t)
	x.sees(append(overview, everyone)...)
	x.settled()

	x.press("/")
	x.sees("Empty shows everyone.", "region", "age_band")
	x.press("reg\tQC") // tab completes to region=
	x.sees("/ region=QC")
	x.press("\r")
	x.until("filtered Overview", func(screen string) bool {
		return strings.Contains(screen, "region=QC") && !strings.Contains(screen, "no filter") &&
			!strings.Contains(screen, everyone) && strings.Contains(screen, "opted in to")
	})
	x.press("u")
	x.sees(append(overview, everyone)...)

	// A mistake is marked where it is, and esc leaves all as it was.
	x.press("/regoin\r")
	x.until("mark after regoin", func(screen string) bool {
		prompt, below, found := strings.Cut(screen, "/ regoin\n")
		return found && strings.HasPrefix(below, strings.Repeat(" ", len(prompt)-strings.LastIndex(prompt, "\n")-1+len("/ regoin"))+"^\n")
	})
	x.sees("expected = or != after regoin")
	x.press("\x1b")
	x.sees(overview...)

	// So is what the data does not have, with what it has; tab writes the nearest.
	x.press("/regoin=QC\r")
	x.sees("there is no dimension regoin: write region", "^^^^^^")
	x.press("\t\r")
	x.sees("[region=QC]")
	x.press("u")
	x.sees(overview...)
}

// TestStartsAsAsked starts on a screen and with a filter.
func TestStartsAsAsked(t *testing.T) {
	t.Parallel()
	x := start{args: []string{"--screen", "lift", "--filter", "language=fr"}}.on(t)
	x.sees("Lift on the human click rate", "language=fr", "SYNTHETIC DATA")
}

// TestFrench shows every screen in French.
func TestFrench(t *testing.T) {
	t.Parallel()
	x := start{env: []string{"LANG=fr_CA.UTF-8"}}.on(t)
	x.sees("Vue d’ensemble", "DONNÉES SYNTHÉTIQUES", "aucun filtre", "20\u00a0000 clients", "se disent prêts à partager leurs données", "q quitter")
	x.press("2")
	x.sees("Effet sur", "q quitter")
	x.press("?")
	x.sees("panneau suivant")
	x.escapes("esc fermer")
	x.press("/")
	x.sees("Filtre")
	x.escapes("Filtre ")
	english := regexp.MustCompile(`(?i)\b(overview|the|filter|help|quit|customers|withheld|higher|lower)\b`)
	for _, keys := range []string{"1", "2", "?"} {
		x.press(keys)
		if word := english.FindString(x.settled()); word != "" {
			t.Errorf("after %q: %q on the screen:\n%s", keys, word, x.text())
		}
	}
}

// TestIdle leaves the program alone: it writes nothing.
func TestIdle(t *testing.T) {
	t.Parallel()
	x := start{}.on(t)
	x.sees(overview...)
	for keys, text := range map[string]string{"1": "▸ Stance", "2": "▸ Lift on the human click rate"} {
		x.press(keys)
		x.sees(text)
		time.Sleep(300 * time.Millisecond) // for timers that were set meanwhile
		before := len(x.written())
		time.Sleep(1500 * time.Millisecond)
		if n := len(x.written()) - before; n > 0 {
			t.Errorf("after %q: %d bytes while idle: %q", keys, n, x.written()[before:])
		}
	}
}

// TestColour sees colours, and none where they are not wanted.
func TestColour(t *testing.T) {
	colour := regexp.MustCompile(`\x1b\[([0-9:]+;)*([34][0-8]|9[0-7]|10[0-7])([;:][0-9;:]*)?m`)
	for env, want := range map[string]bool{"NO_COLOR=": true, "NO_COLOR=1": false, "TERM=dumb": false} {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			x := start{env: []string{env}}.on(t)
			x.sees("SYNTHETIC DATA", "53.0 %")
			x.press("2")
			x.sees("Lift on the human click rate")
			x.press("/x=\r")
			x.settled()
			if got := colour.FindString(x.written()); (got != "") != want {
				t.Errorf("colour codes %q, want any: %v", got, want)
			}
		})
	}
}

// TestASCII draws without a character beyond ASCII but those of the data.
func TestASCII(t *testing.T) {
	t.Parallel()
	x := start{args: []string{"--ascii"}, width: 160, height: 50}.on(t)
	x.sees("SYNTHETIC DATA", "53.0 %", "> Stance")
	for keys, text := range map[string]string{"1": "> Stance", "2": "> Lift on", "/": "> Filter"} {
		x.press(keys)
		x.sees(text)
		if odd := regexp.MustCompile(`[^\n -~À-ÿ]`).FindString(x.text()); odd != "" {
			t.Errorf("after %q: %q on the screen:\n%s", keys, odd, x.text())
		}
		if keys == "/" {
			x.escapes("> Filter")
		}
	}
}

// TestNoSuchData says what is wrong with a source: at once and below the prompt
// where the file is not there, and on the screen where only opening it tells.
func TestNoSuchData(t *testing.T) {
	t.Parallel()
	x := start{args: []string{"nowhere.duckdb"}}.on(t)
	if code := x.ends(); code != exitFailed || !strings.Contains(x.text(), "accord: nowhere.duckdb: there is no such file or folder") {
		t.Errorf("exit code %d:\n%s", code, x.text())
	}
	if strings.Contains(x.written(), "\x1b") {
		t.Error("the terminal was touched")
	}

	x = start{args: []string{"tmp"}}.on(t)
	x.sees("The data could not be opened", "nothing to load", "q quits.")
	x.press("q")
	if code := x.ends(); code != exitFailed || !strings.Contains(x.text(), "accord: nothing to load") {
		t.Errorf("exit code %d:\n%s", code, x.text())
	}
	x.isRestored()
}

// TestLoadShowsProgress loads on a terminal: a bar shows how far it is, and
// goes before the report is printed.
func TestLoadShowsProgress(t *testing.T) {
	t.Parallel()
	h := home(t.TempDir())
	must(t, os.WriteFile(filepath.Join(string(h), "shop.toml"), []byte(strings.Replace(large, "50000000", "50000", 1)), 0o600))
	x := start{home: h, args: []string{"load", "shop.toml", "-o", "shop.duckdb"}}.on(t)
	if code := x.ends(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(x.written(), "numbering customers") {
		t.Errorf("no progress: %q", x.written())
	}
	if screen := x.text(); !strings.HasPrefix(screen, "Input") || strings.Contains(screen, "numbering") {
		t.Errorf("on the screen:\n%s", screen)
	}
	x.isRestored()
}
