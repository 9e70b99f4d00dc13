package tui

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"accord/tui/words"
)

var sizes = []image.Point{{60, 20}, {80, 24}, {120, 36}, {200, 60}}

func TestScreens(t *testing.T) {
	for _, size := range sizes {
		for _, key := range screenKeys() {
			a := openApp(t, richQuestions(), size.X, size.Y)
			press(a, key)
			a.status = ""
			golden(t, fmt.Sprintf("rich/%dx%d-%s.txt", size.X, size.Y, a.pages[a.shown].Name()), screenText(a))
		}
	}
}

// TestOpenPanes shows what each pane says when it is the one that is open.
func TestOpenPanes(t *testing.T) {
	for _, size := range sizes[:2] {
		a := openApp(t, richQuestions(), size.X, size.Y)
		for pane := range overviewPaneCount {
			golden(t, fmt.Sprintf("panes/%dx%d-%d.txt", size.X, size.Y, pane), screenText(a))
			press(a, "tab")
		}
		press(a, "2", "tab")
		golden(t, fmt.Sprintf("panes/%dx%d-detail.txt", size.X, size.Y), screenText(a))
	}
}

func TestTables(t *testing.T) {
	for _, size := range sizes[1:] {
		a := openApp(t, richQuestions(), size.X, size.Y)
		for pane := range overviewPaneCount {
			press(a, "t")
			golden(t, fmt.Sprintf("tables/%dx%d-%d.txt", size.X, size.Y, pane), screenText(a))
			press(a, "t", "tab")
		}
		press(a, "2", "t", "right", "right")
		golden(t, fmt.Sprintf("tables/%dx%d-lift.txt", size.X, size.Y), screenText(a))
	}
}

func TestScreensOfOtherData(t *testing.T) {
	for name, q := range map[string]fakeQuestions{"empty": emptyQuestions(), "suppressed": suppressedQuestions(), "tiny": tinyQuestions(), "hostile": hostileQuestions()} {
		for _, size := range sizes[1:3] {
			for _, key := range screenKeys() {
				a := openApp(t, q, size.X, size.Y)
				press(a, key)
				a.status = ""
				golden(t, fmt.Sprintf("%s/%dx%d-%s.txt", name, size.X, size.Y, a.pages[a.shown].Name()), screenText(a))
			}
		}
	}
}

func TestScreensInFrenchAndASCII(t *testing.T) {
	french := func(c *Config) { c.Printer = words.New(words.French) }
	ascii := func(c *Config) { c.ASCII = true }
	for name, change := range map[string]func(*Config){"french": french, "ascii": ascii} {
		for _, size := range sizes {
			for _, key := range append(screenKeys(), "?") {
				a := openApp(t, richQuestions(), size.X, size.Y, change)
				press(a, key)
				a.status = ""
				screen := a.pages[a.shown].Name()
				if key == "?" {
					screen = "help"
				}
				text := screenText(a)
				golden(t, fmt.Sprintf("%s/%dx%d-%s.txt", name, size.X, size.Y, screen), text)
				if rest := strings.Map(notASCII, strings.NewReplacer("é", "", "à", "").Replace(text)); name == "ascii" && rest != "" {
					t.Errorf("--ascii draws %q", rest)
				}
			}
		}
	}
}

func notASCII(r rune) rune {
	if r < 0x80 {
		return -1
	}
	return r
}

func TestThemes(t *testing.T) {
	for _, theme := range []string{"dark", "light"} {
		for _, key := range screenKeys() {
			a := openApp(t, richQuestions(), 120, 36, func(c *Config) { c.Theme = theme })
			press(a, key)
			a.status = ""
			golden(t, fmt.Sprintf("themes/%s-%s.txt", theme, a.pages[a.shown].Name()), strings.ReplaceAll(a.View().Content, "\x1b", "␛"))
		}
	}
}

func TestHelp(t *testing.T) {
	for _, size := range sizes {
		a := openApp(t, richQuestions(), size.X, size.Y)
		press(a, "?")
		golden(t, fmt.Sprintf("help/%dx%d.txt", size.X, size.Y), screenText(a))
	}
	a := openApp(t, richQuestions(), 60, 20)
	press(a, "?", "end")
	mustSay(t, screenText(a), "quit")
	press(a, "down")
	mustSay(t, screenText(a), "There is no more in that direction.")
	press(a, "home", "s")
	mustSay(t, screenText(a), "esc closes the help first.")
	press(a, "esc")
	if a.over != nil {
		t.Error("esc does not close the help")
	}
}

func TestTrendIsReadPointByPoint(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36)
	press(a, "tab", "tab", "left")
	mustSay(t, screenText(a), "2018-12-23: 40.8 %", "entries", "exits")
	press(a, "right", "right")
	mustSay(t, screenText(a), "There is no more in that direction.")
	press(a, "home")
	mustSay(t, screenText(a), "2017-01-01: 42.2 %")
}

func TestLiftsOpenTheirCampaign(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36)
	press(a, "tab", "tab", "tab", "down", "enter")
	if a.shown != 1 {
		t.Fatal("enter does not open the Lift screen")
	}
	mustSay(t, screenText(a), "▸ Holiday gifts", "Arm: personalised, Holiday gifts")
	press(a, "esc")
	if a.shown != 0 {
		t.Error("esc does not lead back")
	}
	press(a, "tab", "down", "down", "enter")
	mustSay(t, screenText(a), "Arm: transparency, Call centre pilot")
}

func TestLiftIsSortedAndTurned(t *testing.T) {
	a := openApp(t, richQuestions(), 200, 60)
	press(a, "2")
	mustSay(t, screenText(a), "by certainty, fixed horizon", "▸ Privacy notice v3")
	press(a, "s")
	mustSay(t, screenText(a), "by size, fixed horizon")
	press(a, "s", "home")
	mustSay(t, screenText(a), "by date, fixed horizon", "▸ Year end", "Arm: transparency, Privacy notice v3")
	press(a, "enter")
	mustSay(t, screenText(a), "▸ Arm: personalised, Year end")
	press(a, "p")
	mustSay(t, screenText(a), "by date, always-valid", "Arm: personalised, Year end")
	press(a, "M")
	mustSay(t, screenText(a), "Lift on the unsubscribe rate", "Arm: personalised, Year end")
	press(a, "m", "m")
	mustSay(t, screenText(a), "Lift on the visit rate")
}

// Every cut that is looked at counts, once, and the reader is told.
func TestCutsLookedAtAreCounted(t *testing.T) {
	a := openApp(t, richQuestions(), 200, 60)
	press(a, "2")
	if strings.Contains(screenText(a), "Cuts looked at") {
		t.Error("one cut is no search")
	}
	press(a, "g")
	mustSay(t, screenText(a), "For whom: by region", "MEASURED AFTER ASSIGNMENT", "opened: 2.", "p < 0.0250")
	press(a, "g", "s", "g")
	mustSay(t, screenText(a), "opened: 2.")
	press(a, "down", "enter")
	mustSay(t, screenText(a), "opened: 3.")
}

func TestSplitThatWentWrongHasNoMarks(t *testing.T) {
	a := openApp(t, richQuestions(), 200, 60)
	press(a, "2")
	for line := range strings.Lines(screenText(a)) {
		if strings.Contains(line, "Loyalty week") && strings.Contains(line, "●") {
			t.Errorf("an interval would read as a verdict: %s", line)
		}
	}
	press(a, "s", "s", "home", "down", "down", "down", "down", "down", "enter")
	mustSay(t, screenText(a), "Loyalty week", "No verdict on", "12 customers were in two arms")
}

func TestMouse(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36, func(c *Config) { c.Mouse = true })
	click := func(x, y int) { settle(a, a.handleMouse(x, y, 0)) }
	at := func(text string) (int, int) {
		for y, line := range strings.Split(screenText(a), "\n") {
			if i := strings.Index(line, text); i >= 0 {
				return len([]rune(line[:i])), y
			}
		}
		t.Fatalf("%q is not on screen", text)
		return 0, 0
	}
	x, y := at("Summer sale")
	click(x, y)
	mustSay(t, screenText(a), "▸ Lift: what campaigns add", "▸ Summer sale")
	settle(a, a.handleMouse(x, y, 1))
	mustSay(t, screenText(a), "▸ Back to school")
	settle(a, a.handleMouse(x, y, -1))
	mustSay(t, screenText(a), "▸ Summer sale")
	click(at("2 Lift"))
	if a.shown != 1 {
		t.Fatal("a click on a tab does not open its screen")
	}
	click(at("Summer sale"))
	mustSay(t, screenText(a), "▸ Summer sale")
	click(0, 35)
	if a.View().MouseMode == 0 {
		t.Error("the mouse is not asked for")
	}
}
