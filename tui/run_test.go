package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
	"accord/tui/words"
)

// terminal records what a program writes.
type terminal struct {
	mu      sync.Mutex
	out     bytes.Buffer
	keys    *io.PipeWriter
	options []tea.ProgramOption
}

func newTerminal() *terminal {
	in, keys := io.Pipe()
	t := &terminal{keys: keys}
	t.options = []tea.ProgramOption{
		tea.WithInput(in), tea.WithOutput(t), tea.WithWindowSize(100, 30),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}),
	}
	return t
}

func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.out.Write(p)
}

func (t *terminal) written() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.out.String()
}

// until waits for a text to be written.
func (t *terminal) until(test *testing.T, text string) {
	test.Helper()
	for range 500 {
		if strings.Contains(t.written(), text) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	test.Fatalf("%q was never written, but %q", text, t.written())
}

// closing notes that it was closed.
type closing struct {
	fakeQuestions
	closed *bool
}

func (c closing) Close() error { *c.closed = true; return nil }

// run starts a program and returns what Run will.
func run(ctx context.Context, t *terminal, open func(context.Context, func(Progress)) (Questions, error)) chan error {
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, Config{Open: open, Printer: words.New(words.English), Theme: "dark"}, t.options...)
		t.keys.Close()
	}()
	return done
}

func TestRunIsIdleAndCloses(t *testing.T) {
	terminal, closed := newTerminal(), false
	done := run(t.Context(), terminal, func(context.Context, func(Progress)) (Questions, error) {
		return closing{richQuestions(), &closed}, nil
	})
	terminal.until(t, "5 warnings")
	time.Sleep(2 * patience) // timers that were started are over
	before := len(terminal.written())
	time.Sleep(400 * time.Millisecond)
	if after := len(terminal.written()); after != before {
		t.Errorf("an idle program wrote %q", terminal.written()[before:])
	}
	io.WriteString(terminal.keys, "q")
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
	if !closed {
		t.Error("the data was not closed")
	}
	if out := terminal.written(); !strings.Contains(out, "\x1b[?1049h") || !strings.Contains(out, "\x1b[?1049l") {
		t.Error("the alternate screen is not entered and left")
	}
}

func TestRunReturnsWhyTheDataCouldNotBeOpened(t *testing.T) {
	terminal, why := newTerminal(), errors.New("no such folder")
	done := run(t.Context(), terminal, func(context.Context, func(Progress)) (Questions, error) { return nil, why })
	terminal.until(t, "no such folder")
	io.WriteString(terminal.keys, "q")
	if err := <-done; !errors.Is(err, why) {
		t.Errorf("Run = %v", err)
	}
}

func TestRunLeavesWhileTheDataOpens(t *testing.T) {
	terminal, closed := newTerminal(), false
	done := run(t.Context(), terminal, func(ctx context.Context, progress func(Progress)) (Questions, error) {
		progress(Progress{"customers", 0.2})
		<-ctx.Done()
		return closing{richQuestions(), &closed}, nil
	})
	terminal.until(t, "customers")
	io.WriteString(terminal.keys, "q")
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
	if !closed {
		t.Error("what was opened late was not closed")
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	terminal := newTerminal()
	done := run(ctx, terminal, func(context.Context, func(Progress)) (Questions, error) { return richQuestions(), nil })
	terminal.until(t, "5 warnings")
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run = %v", err)
	}
}

func TestPanicRestoresTheTerminal(t *testing.T) {
	stderr := os.Stderr // where Bubble Tea prints the panic
	defer func() { os.Stderr = stderr }()
	printed, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer printed.Close()
	os.Stderr = printed

	terminal := newTerminal()
	q := richQuestions()
	asked := 0
	q.before = func(context.Context, queries.Filter) error {
		if asked++; asked > 1 {
			panic("boom")
		}
		return nil
	}
	done := run(t.Context(), terminal, func(context.Context, func(Progress)) (Questions, error) { return q, nil })
	terminal.until(t, "5 warnings")
	io.WriteString(terminal.keys, "r")
	if err := <-done; !errors.Is(err, tea.ErrProgramPanic) {
		t.Errorf("Run = %v", err)
	}
	if out := terminal.written(); !strings.Contains(out, "\x1b[?1049l") {
		t.Error("the alternate screen is not left")
	}
	if text, _ := os.ReadFile(printed.Name()); !strings.Contains(string(text), "boom") {
		t.Errorf("the panic is not printed: %q", text)
	}
}
