package tui

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"accord/tui/words"
)

var update = flag.Bool("update", false, "rewrite the files under testdata")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// startApp returns a program that has a size and has begun to open q.
func startApp(t testing.TB, q Questions, width, height int, change ...func(*Config)) *app {
	t.Helper()
	c := Config{
		Open:    func(context.Context, func(Progress)) (Questions, error) { return q, nil },
		Printer: words.New(words.English),
		Theme:   "dark",
	}
	for _, f := range change {
		f(&c)
	}
	a := newApp(t.Context(), c, "")
	a.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return a
}

// openApp returns a program whose first question is answered.
func openApp(t testing.TB, q Questions, width, height int, change ...func(*Config)) *app {
	t.Helper()
	a := startApp(t, q, width, height, change...)
	settle(a, a.Init())
	return a
}

// result is what a command brings: of a batch its first command's message, as
// the others are timers and requests to the terminal.
func result(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	m := cmd()
	if batch, ok := m.(tea.BatchMsg); ok {
		return batch[0]()
	}
	return m
}

// settle feeds what commands bring back to the program until nothing comes.
func settle(a *app, cmd tea.Cmd) {
	for range 10 {
		m := result(cmd)
		if m == nil {
			return
		}
		_, cmd = a.Update(m)
	}
}

// keyPress is a key by its Bubble Tea name.
func keyPress(name string) tea.KeyPressMsg {
	special := map[string]tea.Key{
		"tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "enter": {Code: tea.KeyEnter},
		"esc": {Code: tea.KeyEscape}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft},
		"right": {Code: tea.KeyRight}, "pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome},
		"end": {Code: tea.KeyEnd}, "backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete}, "f2": {Code: tea.KeyF2}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl},
	}
	if k, ok := special[name]; ok {
		return tea.KeyPressMsg(k)
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// press presses keys and lets each one's work finish.
func press(a *app, keys ...string) {
	for _, k := range keys {
		_, cmd := a.Update(keyPress(k))
		settle(a, cmd)
	}
}

// pressPatiently is press, which also draws what is on screen before the answer
// comes.
func pressPatiently(a *app, keys ...string) {
	for _, k := range keys {
		_, cmd := a.Update(keyPress(k))
		a.View()
		settle(a, cmd)
	}
}

// typeText types a text rune by rune.
func typeText(a *app, text string) {
	for _, r := range text {
		press(a, string(r))
	}
}

// screenText is what is on screen, without styles and trailing blanks.
func screenText(a *app) string {
	var b strings.Builder
	for _, line := range a.lines() {
		b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
	}
	return b.String()
}

// golden compares a text with a file under testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./tui -update writes it", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s is not as it was (-want +got):\n%s", path, diff)
	}
}

// mustSay fails unless a text holds all parts.
func mustSay(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("missing %q in:\n%s", part, text)
		}
	}
}
