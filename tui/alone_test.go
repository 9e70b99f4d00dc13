package tui

import (
	"strings"
	"testing"
)

// A pane alone has the whole body, whatever the screen and the size; tab goes to the
// next, and the key again shows all.
func TestOnePaneAlone(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		for _, screen := range []struct{ key, first, second string }{
			{"1", "Stance: what people say", "Opt-in: what people do"},
			{"4", "What people did with messages", "Human clicks by content"},
		} {
			a := openApp(t, richQuestions(), size[0], size[1])
			press(a, screen.key, "z")
			a.status = ""
			text := screenText(a)
			mustSay(t, text, screen.first)
			if strings.Contains(text, screen.second) {
				t.Errorf("%v: beside %q is %q:\n%s", size, screen.first, screen.second, text)
			}
			wellFormed(t, a, size[0], size[1])
			press(a, "tab")
			if text = screenText(a); strings.Contains(text, screen.first) {
				t.Errorf("%v: beside %q is %q:\n%s", size, screen.second, screen.first, text)
			}
			mustSay(t, text, screen.second)
			press(a, "z")
			if size[1] == 60 {
				mustSay(t, screenText(a), screen.first, screen.second)
			}
		}
	}
}

// Where there is one pane, it is alone already.
func TestNothingToBeAlone(t *testing.T) {
	a := openApp(t, richQuestions(), 80, 24)
	press(a, "0", "z")
	mustSay(t, screenText(a), "There is no other pane here.")
}
