package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestConfigMistakes says what is wrong with the config file before the screen
// is taken over.
func TestConfigMistakes(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir()) // on macOS
	must(t, os.MkdirAll(configFolder(), 0o700))
	path := filepath.Join(configFolder(), "config.toml")
	for text, want := range map[string]string{
		"":                                "",
		"[keys]\nfilter = \"F\"":          "",
		"[keys]\nquit = [\"Q\", \"f10\"]": "",
		"[keys]\nfilter = \"y\"":          `"y" is the key of both "filter" and "copy the cell"`,
		"[keys]\nfly = \"y\"":             `there is no action "fly"`,
		"[keys]\nfilter = 3":              "3 is not a key",
		"[keys]\nfilter = [\"F\", 3]":     "3 is not a key",
		"[colours]\nfilter = \"red\"":     "there is no setting colours",
		"[keys":                           "expected",
	} {
		must(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := readKeymap()
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", text, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), path+": ")):
			t.Errorf("%q: %v, want %s and the file", text, err, want)
		}
	}
}

// TestFirstStart teaches keys once, and keys that were chosen work.
func TestFirstStartTeaches(t *testing.T) {
	t.Parallel()
	h := home(t.TempDir())
	must(t, h.withSample())
	must(t, os.Remove(filepath.Join(h.config(), "accord", "welcomed")))
	must(t, os.WriteFile(filepath.Join(h.config(), "accord", "config.toml"), []byte("[keys]\nquit = \"X\"\n"), 0o600))
	x := start{home: h}.on(t)
	x.sees("First time here? ? lists the keys")
	x.press("q")
	x.sees("q does nothing. ? lists the keys.")
	x.press("X")
	if code := x.ends(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	x = start{home: h}.on(t)
	x.sees("53.0 %", "X quit")
	if strings.Contains(x.settled(), "First time") {
		t.Error("the second start teaches, too")
	}
}
