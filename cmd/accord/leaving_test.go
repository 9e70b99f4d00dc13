package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"accord/queries"
	"accord/tui"
	"accord/tui/words"
)

// TestLeaving leaves the program in every way there is. The terminal is then as
// it was before, and nothing is left behind.
func TestLeaving(t *testing.T) {
	for _, way := range []struct {
		name string
		do   func(*terminal)
	}{
		{"q", func(x *terminal) { x.press("q") }},
		{"ctrl+c", func(x *terminal) { x.press("\x03") }},
		{"help, then q", func(x *terminal) { x.press("?"); x.sees("next pane"); x.press("q") }},
		{"ctrl+c in the prompt", func(x *terminal) { x.press("/"); x.sees("Empty shows everyone"); x.press("\x03") }},
		{"SIGINT", func(x *terminal) { must(x.t, x.cmd.Process.Signal(syscall.SIGINT)) }},
		{"SIGTERM", func(x *terminal) { must(x.t, x.cmd.Process.Signal(syscall.SIGTERM)) }},
		{"SIGHUP", func(x *terminal) { must(x.t, x.cmd.Process.Signal(syscall.SIGHUP)) }},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			x := start{}.on(t)
			x.sees("SYNTHETIC DATA", "Attention")
			x.settled()
			way.do(x)
			if code := x.ends(); code != exitDone {
				t.Errorf("exit code %d", code)
			}
			x.isRestored()
			if screen := strings.TrimSpace(x.text()); screen != "" {
				t.Errorf("left on the screen: %q", screen)
			}
		})
	}
}

// TestClosedTerminal closes the window: the program ends by itself.
func TestClosedTerminal(t *testing.T) {
	t.Parallel()
	x := start{}.on(t)
	x.sees("SYNTHETIC DATA", "Attention")
	must(t, x.ours.Close())
	select {
	case <-x.ended:
	case <-time.After(limit):
		t.Fatal("the program lives on without a terminal")
	}
	x.leftNothing()
}

// TestLeavingWhileOpening leaves while the data is being loaded, which is then
// given up.
func TestLeavingWhileOpening(t *testing.T) {
	for name, do := range map[string]func(*terminal){
		"q":       func(x *terminal) { x.press("q") },
		"SIGTERM": func(x *terminal) { must(x.t, x.cmd.Process.Signal(syscall.SIGTERM)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := home(t.TempDir())
			must(t, os.WriteFile(filepath.Join(string(h), "large.toml"), []byte(large), 0o600))
			x := start{home: h, args: []string{"large.toml"}}.on(t)
			x.sees("q quit", "reading the files")
			began := time.Now()
			do(x)
			x.ends()
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			x.isRestored()
		})
	}
}

// large maps data that takes many seconds to load.
const large = `[customers]
from = "(SELECT range AS customer_id, 'QC' AS region FROM range(50000000))"
`

// TestPanic provokes a panic in every part of the program. The terminal is
// restored before what happened is printed, and the program fails.
func TestPanic(t *testing.T) {
	for _, place := range []string{"opening", "update", "question", "key"} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			x := start{program: "panics", args: []string{place}, height: 200, width: 150}.on(t)
			if place == "key" {
				x.sees("nothing here")
				x.press("/")
			}
			if code := x.ends(); code != exitFailed {
				t.Errorf("exit code %d, want %d", code, exitFailed)
			}
			x.isRestored()
			screen := x.text()
			for _, part := range []string{"no such luck in " + place, "leaving_test.go", "accord: program was killed"} {
				if !strings.Contains(screen, part) {
					t.Errorf("no %q on the screen that is left:\n%s", part, screen)
				}
			}
		})
	}
}

// panics is the program on data that panics in the place that its argument
// names.
func panics() {
	data := faulty(os.Args[1])
	err := tui.Run(context.Background(), tui.Config{
		Printer: words.New(words.English), Theme: "dark",
		Open: func(context.Context, func(tui.Progress)) (tui.Questions, error) {
			time.Sleep(silence) // the first frame is drawn meanwhile
			data.panicIn("opening")
			return data, nil
		},
	})
	os.Exit(finish(streams{stdout: os.Stdout, stderr: os.Stderr}, dashboardCommand(), pflag.NewFlagSet("", pflag.ContinueOnError), err))
}

func (f faulty) Segments(context.Context, queries.Filter, queries.Choice) (queries.Segments, error) {
	return queries.Segments{}, nil
}

func (f faulty) Data(context.Context) (queries.Data, error) { return queries.Data{}, nil }

func (f faulty) Run(context.Context, string) (queries.Rows, error) { return queries.Rows{}, nil }

func (f faulty) People(context.Context, queries.Filter, queries.Choice) (queries.People, error) {
	return queries.People{}, nil
}

func (f faulty) KeyCheck() string { return "" }

func (f faulty) StoredTables(context.Context) ([]queries.StoredTable, error) { return nil, nil }

// faulty is data that panics in one place.
type faulty string

func (f faulty) panicIn(place string) {
	if string(f) == place {
		panic(fmt.Sprintf("no such luck in %s", place))
	}
}

func (f faulty) Provenance() queries.Provenance {
	f.panicIn("update")
	return queries.Provenance{Title: "faulty", MinCell: 11}
}

func (f faulty) Vocabulary() queries.Vocabulary {
	f.panicIn("key")
	return queries.Vocabulary{}
}

func (f faulty) Overview(context.Context, queries.Filter) (queries.Overview, error) {
	f.panicIn("question")
	return queries.Overview{}, errors.New("nothing here")
}

func (f faulty) Lift(context.Context, queries.Filter, queries.Choice) (queries.Lift, error) {
	return queries.Lift{}, errors.New("nothing here")
}
