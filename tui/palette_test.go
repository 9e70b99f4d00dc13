package tui

import (
	"strings"
	"testing"

	"accord/tui/words"
)

func TestPaletteFindsEveryActionWithItsKey(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36)
	press(a, ":")
	p := a.over.(*palette)
	if len(p.all) != len(bindings)-1 {
		t.Errorf("%d of %d actions", len(p.all), len(bindings)-1)
	}
	for _, c := range p.all {
		if c.label == "" || c.name == "" {
			t.Errorf("%+v is not complete", c)
		}
	}
	typeText(a, "cpytb")
	mustSay(t, screenText(a), "▸ copy the table", "Y\n")
	press(a, "enter")
	mustSay(t, screenText(a), "Sent to the terminal's clipboard")
	press(a, ":")
	typeText(a, "segm")
	press(a, "enter")
	mustSay(t, screenText(a), "Segments")
	if a.pages[a.shown].Name() != "segments" {
		t.Errorf("on %s", a.pages[a.shown].Name())
	}
	press(a, ":")
	typeText(a, "redo")
	mustSay(t, screenText(a), "redo the filter", "There is no filter to redo.")
	press(a, "enter")
	mustSay(t, screenText(a), "There is no filter to redo.")
	press(a, ":")
	typeText(a, "zzzz")
	mustSay(t, screenText(a), "Nothing has a name like that.")
	wellFormed(t, a, 120, 36)
	press(a, "esc")
	if a.over != nil {
		t.Error("esc does not close the palette")
	}
}

// TestPaletteScrolls keeps what is chosen in sight at every size.
func TestPaletteScrolls(t *testing.T) {
	for _, size := range sizes {
		a := openApp(t, richQuestions(), size.X, size.Y)
		press(a, ":")
		for range len(bindings) + 3 {
			press(a, "down")
			mustSay(t, screenText(a), "▸ ")
			wellFormed(t, a, size.X, size.Y)
		}
		mustSay(t, screenText(a), "▸ quit")
		press(a, "pgup", "pgup", "pgup", "pgup", "pgup", "up")
		mustSay(t, screenText(a), "▸ Overview")
	}
}

func TestPaletteFindsWithoutAccents(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36, func(c *Config) { c.Printer = words.New(words.French) })
	press(a, ":")
	typeText(a, "precedent")
	mustSay(t, screenText(a), "▸ panneau précédent")
}

func TestKeysCanBeChosen(t *testing.T) {
	keymap, err := NewKeymap(map[string][]string{"Filter": {"F", "f2"}, "quit": {"é"}, "undo the filter": {"q"}})
	if err != nil {
		t.Fatal(err)
	}
	a := openApp(t, richQuestions(), 120, 36, func(c *Config) { c.Keymap = keymap })
	mustSay(t, screenText(a), "F f2 filter", "é quit")
	press(a, "f2")
	mustSay(t, screenText(a), "▸ Filter")
	press(a, "esc", "q")
	mustSay(t, screenText(a), "There is no filter to undo.")
	press(a, "/")
	mustSay(t, screenText(a), "/ does nothing.")
	press(a, "?")
	mustSay(t, screenText(a), "F f2 filter")
	press(a, "esc")
	if _, cmd := a.Update(keyPress("é")); cmd == nil {
		t.Error("é does not quit")
	}
}

func TestKeysThatCannotBe(t *testing.T) {
	for want, changes := range map[string]map[string][]string{
		`"y" is the key of both`:           {"filter": {"y"}},
		`there is no action "fly"`:         {"fly": {"y"}},
		`"next pane" keeps its key tab`:    {"next pane": {"w"}},
		`"filter" needs a key`:             {"filter": {}},
		`"filter" = "ctrl+x" is not a key`: {"filter": {"ctrl+x"}},
		`"filter" = "\x1b" is not a key`:   {"filter": {"\x1b"}},
	} {
		if _, err := NewKeymap(changes); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %s", changes, err, want)
		}
	}
}

func TestFirstStartTeachesThreeKeys(t *testing.T) {
	first := func(c *Config) { c.First = true }
	newApp(t.Context(), Config{Printer: words.New(words.English), First: true}, "").View() // before its size is known
	a := openApp(t, richQuestions(), 80, 24, first)
	mustSay(t, screenText(a), "First time here? ? lists the keys, / filters, : finds anything by name.")
	press(a, "tab")
	if strings.Contains(screenText(a), "First time") {
		t.Error("it stays after a key")
	}
}
