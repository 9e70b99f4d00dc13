package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/term"
)

// A terminal is a program on a pseudo-terminal of its own, with an emulator at
// the other end that shows what a person would see and answers what programs
// ask of terminals.
type terminal struct {
	t     testing.TB
	home  home
	ours  *os.File    // the emulator's end
	tty   *os.File    // the program's end, kept open to look at its settings
	began *term.State // before the program
	since time.Time   // when the program was started
	cmd   *exec.Cmd
	ended chan struct{} // closed when the program has ended

	mu      sync.Mutex
	screen  *vt.Emulator
	raw     []byte // everything that the program wrote
	changed chan struct{}
}

// limit is how long anything may take on a busy machine before a test fails.
const limit = 20 * time.Second

// silence is how long a program that has nothing more to say is silent at least.
const silence = 150 * time.Millisecond

// A start is how a program is started on a terminal.
type start struct {
	program       string // "" = accord
	args          []string
	env           []string
	home          home // "" = one of its own, with the sample's store in its cache
	width, height int  // 0 = 100 by 30
}

func (s start) on(t testing.TB) *terminal {
	t.Helper()
	if s.width == 0 {
		s.width, s.height = 100, 30
	}
	if s.home == "" {
		s.home = home(t.TempDir())
		must(t, s.home.withSample())
	}
	x := &terminal{
		t: t, home: s.home, screen: vt.NewEmulator(s.width, s.height),
		ended: make(chan struct{}), changed: make(chan struct{}, 1),
	}
	// Most terminals can draw a frame at once (mode 2026); this emulator ignores
	// the marks, so it may say that it can.
	x.screen.RegisterCsiHandler(ansi.Command('?', '$', 'p'), func(params ansi.Params) bool {
		mode, _, _ := params.Param(0, 0)
		if mode != 2026 {
			return false
		}
		_, _ = io.WriteString(x.screen.InputPipe(), "\x1b[?2026;2$y")
		return true
	})
	// A frame for the size before a resize may set margins below the screen.
	// Terminals keep them inside; this emulator would scroll rows it has not, so
	// it goes without: the frame for the new size follows.
	x.screen.RegisterCsiHandler('r', func(params ansi.Params) bool {
		bottom, _, _ := params.Param(1, 0)
		return bottom > x.screen.Height()
	})
	var err error
	x.ours, x.tty, err = pty.Open()
	must(t, err)
	must(t, pty.Setsize(x.ours, winsize(s.width, s.height)))
	x.began, err = term.GetState(int(x.tty.Fd()))
	must(t, err)

	x.cmd, err = s.home.run(s.args...)
	must(t, err)
	if s.program != "" {
		x.cmd.Path = filepath.Join(scratch, s.program)
		x.cmd.Args[0] = x.cmd.Path
	}
	x.cmd.Env = append(append(x.cmd.Env, "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=en_CA.UTF-8"), s.env...)
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = x.tty, x.tty, x.tty
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	x.since = time.Now()
	must(t, x.cmd.Start())
	go x.show()
	go func() { _, _ = io.Copy(x.ours, x.screen) }() // the emulator's answers
	go func() { _ = x.cmd.Wait(); close(x.ended) }()
	t.Cleanup(func() {
		_ = x.cmd.Process.Kill()
		<-x.ended
		// Not the emulator's Close, which races with the Read of its answers.
		if answers, ok := x.screen.InputPipe().(io.Closer); ok {
			_ = answers.Close()
		}
		_ = x.tty.Close()
		_ = x.ours.Close()
	})
	return x
}

// show puts on the screen what the program writes.
func (x *terminal) show() {
	buffer := make([]byte, 1<<16)
	for {
		n, err := x.ours.Read(buffer)
		x.mu.Lock()
		x.raw = append(x.raw, buffer[:n]...)
		_, _ = x.screen.Write(buffer[:n])
		x.mu.Unlock()
		select {
		case x.changed <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// lines are the rows of the screen, without trailing blanks.
func (x *terminal) lines() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	lines := make([]string, x.screen.Height())
	for y := range lines {
		var b strings.Builder
		for at := 0; at < x.screen.Width(); at++ {
			// The cell after a wide character is empty.
			if c := x.screen.CellAt(at, y); c == nil {
				b.WriteByte(' ')
			} else {
				b.WriteString(c.Content)
			}
		}
		lines[y] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

// text is the screen as one text.
func (x *terminal) text() string { return strings.Join(x.lines(), "\n") }

// written is everything that the program wrote so far.
func (x *terminal) written() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return string(x.raw)
}

// whole reports whether what is on the screen is a whole frame: its end was
// marked.
func (x *terminal) whole() bool {
	raw := x.written()
	return strings.LastIndex(raw, "\x1b[?2026h") <= strings.LastIndex(raw, "\x1b[?2026l")
}

// until waits for a frame that is as wanted, and returns it.
func (x *terminal) until(what string, ok func(screen string) bool) string {
	x.t.Helper()
	deadline := time.After(limit)
	for {
		if text := x.text(); x.whole() && ok(text) {
			return text
		}
		select {
		case <-x.changed:
		case <-deadline:
			x.t.Fatalf("no %s on the screen after %v:\n%s", what, limit, x.text())
		}
	}
}

// sees waits for texts to be on the screen, all at once.
func (x *terminal) sees(parts ...string) string {
	x.t.Helper()
	return x.until(strings.Join(parts, ", "), func(screen string) bool {
		for _, p := range parts {
			if !strings.Contains(screen, p) {
				return false
			}
		}
		return true
	})
}

// asking is in the footer while a question is not answered yet.
const asking = "esc cancel"

// asks reports whether a program that has not ended waits for an answer.
func (x *terminal) asks() bool {
	select {
	case <-x.ended:
		return false
	default:
		return strings.Contains(x.text(), asking)
	}
}

// settled waits until the program has been silent for a while, with every
// question answered, and returns the screen.
func (x *terminal) settled() string {
	x.t.Helper()
	before, since, deadline := -1, time.Now(), time.Now().Add(limit)
	for time.Since(since) < silence && time.Now().Before(deadline) {
		if now := len(x.written()); now != before || x.asks() {
			before, since = now, time.Now()
		}
		time.Sleep(10 * time.Millisecond)
	}
	return x.text()
}

// press types keys.
func (x *terminal) press(keys string) {
	x.t.Helper()
	_, err := io.WriteString(x.ours, keys)
	must(x.t, err)
}

// escapes presses esc and waits until a text is gone. A key that followed at
// once would be taken for one with Alt.
func (x *terminal) escapes(text string) {
	x.t.Helper()
	x.press("\x1b")
	x.until("screen without "+text, func(screen string) bool { return !strings.Contains(screen, text) })
}

// resize changes the size of the terminal, as its window does.
func (x *terminal) resize(width, height int) {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(width, height)
	x.mu.Unlock()
	must(x.t, pty.Setsize(x.ours, winsize(width, height)))
}

// ends waits for the program to end and returns its exit code.
func (x *terminal) ends() int {
	x.t.Helper()
	select {
	case <-x.ended:
		x.settled()
		return x.cmd.ProcessState.ExitCode()
	case <-time.After(limit):
		x.t.Fatalf("the program did not end within %v:\n%s", limit, x.text())
		return 0
	}
}

// isRestored checks that the terminal is as it was before the program, and that
// the program left no file behind.
func (x *terminal) isRestored() {
	x.t.Helper()
	x.mu.Lock()
	alternate, hidden := x.screen.IsAltScreen(), x.screen.CursorHidden()
	x.mu.Unlock()
	if alternate {
		x.t.Error("the alternate screen is still on")
	}
	if hidden {
		x.t.Error("the cursor is still hidden")
	}
	now, err := term.GetState(int(x.tty.Fd()))
	must(x.t, err)
	if *now != *x.began {
		x.t.Errorf("the terminal's settings were %+v, now %+v", *x.began, *now)
	}
	raw := x.written()
	for mode, name := range map[string]string{"1049": "alternate screen", "2004": "bracketed paste", "1000": "mouse", "1002": "mouse", "1006": "mouse", "2026": "synchronised output", "2027": "wide characters"} {
		if on, off := strings.LastIndex(raw, "\x1b[?"+mode+"h"), strings.LastIndex(raw, "\x1b[?"+mode+"l"); on > off {
			x.t.Errorf("mode %s (%s) is still on", mode, name)
		}
	}
	x.leftNothing()
}

// leftNothing checks that no temporary file is left.
func (x *terminal) leftNothing() {
	x.t.Helper()
	left, err := filepath.Glob(filepath.Join(x.home.temporary(), "*"))
	must(x.t, err)
	if len(left) > 0 {
		x.t.Errorf("left behind: %v", left)
	}
}

func winsize(width, height int) *pty.Winsize {
	return &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
