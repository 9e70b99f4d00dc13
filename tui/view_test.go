package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accord/queries"
)

// journeys are keys that lead to something particular on every screen.
var journeys = [][]string{
	{"tab", "tab", "left", "left", "left"},
	{"tab", "t", "down", "right", "right"},
	{"2", "down", "down", "enter", "t", "right"},
	{"2", "s", "m", "p", "tab", "tab", "tab"},
	{"3", "tab", "t", "down"},
	{"4", "g", "down", "f", "tab"},
	{"5", "tab", "tab"},
}

// TestViewsComeBack saves what is on screen and opens it again: here after other
// keys, and in a new program. The screen is the same to the letter.
func TestViewsComeBack(t *testing.T) {
	views := filepath.Join(t.TempDir(), "views")
	folder := func(c *Config) { c.Views = views }
	for i, keys := range journeys {
		name := fmt.Sprintf("Jour %d-é", i)
		a := openApp(t, richQuestions(), 120, 36, folder)
		pressPatiently(a, keys...)
		a.status, a.trail = "", nil
		want := screenText(a)
		pressPatiently(a, "v")
		typeText(a, name)
		pressPatiently(a, "enter")
		mustSay(t, screenText(a), "Saved as "+name)
		pressPatiently(a, "1", "tab", "tab", "t", "2", "tab", "m", "3", "g", "4", "tab", "/")
		typeText(a, "language=fr")
		pressPatiently(a, "enter", "v")
		typeText(a, name[:6])
		mustSay(t, screenText(a), "▸ "+name)
		pressPatiently(a, "enter")
		mustSay(t, screenText(a), "View: "+name)
		a.status = ""
		a.filters = newFilters(a.filters.current()) // there is a filter to undo now
		if diff := cmp.Diff(want, screenText(a)); diff != "" {
			t.Errorf("%v: opened again (-saved +opened):\n%s", keys, diff)
		}

		v, err := ReadView(views, name)
		if err != nil {
			t.Fatal(err)
		}
		b := openApp(t, richQuestions(), 120, 36, folder, func(c *Config) { c.View = &v })
		if diff := cmp.Diff(want, screenText(b)); diff != "" {
			t.Errorf("%v: in a new program (-saved +opened):\n%s", keys, diff)
		}
	}
	if got := Views(views); len(got) != len(journeys) {
		t.Errorf("views %q", got)
	}
	text, err := os.ReadFile(viewPath(views, "Jour 2-é"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "views/lift.toml", string(text))
}

func TestViewsPrompt(t *testing.T) {
	a := openApp(t, richQuestions(), 80, 24, func(c *Config) { c.Views = filepath.Join(t.TempDir(), "views") })
	pressPatiently(a, "v")
	mustSay(t, screenText(a), "No view is saved yet.")
	typeText(a, "../x")
	mustSay(t, screenText(a), "A name is of letters")
	pressPatiently(a, "enter", "esc", "v")
	typeText(a, "mine")
	pressPatiently(a, "enter", "v")
	typeText(a, "mine")
	mustSay(t, screenText(a), "▸ mine", "replace mine")
	pressPatiently(a, "down", "enter")
	mustSay(t, screenText(a), "Saved as mine")
	wellFormed(t, a, 80, 24)
	press(openApp(t, richQuestions(), 80, 24), "v")
}

// TestViewFilesThatCannotBe says what is wrong with a file that somebody sent.
func TestViewFilesThatCannotBe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sent.toml")
	for text, want := range map[string]string{
		"screen = \"nowhere\"":                    `there is no screen "nowhere"`,
		"screen = \"lift\"\nfilter = \"region\"":  "expected = or != after region",
		"screen = \"lift\"\ncommand = \"rm\"":     "a view has no command",
		"screen = 3":                              "sent.toml",
		"screen = \"lift\"\nfocus = -1":           "focus is counted from 0",
		"screen = \"lift\"\n[[panels]]\nrow = -5": "counted from 0",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadView("", path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	for _, name := range []string{"nowhere", "../etc/passwd", "", "a/b"} {
		if _, err := ReadView(t.TempDir(), name); err == nil {
			t.Errorf("%q is read", name)
		}
	}
	// Rows that the data does not have are no mistake: the cursor stays inside.
	v := View{Screen: "lift", Focus: 99, Choice: queries.Choice{}, Panels: []Place{{Row: 1 << 40, Column: 1 << 40, Table: true, Order: 1 << 40}}}
	for _, screen := range Screens() {
		v.Screen = screen
		a := openApp(t, richQuestions(), 80, 24, func(c *Config) { c.View = &v })
		pressPatiently(a, "t", "down", "up", "tab", "Y")
		wellFormed(t, a, 80, 24)
	}
}
