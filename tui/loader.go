package tui

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"accord/queries"
)

// patience is how long a query may run before a spinner says so: a spinner
// that comes and goes within a blink is noise.
const patience = 150 * time.Millisecond

// A request is a question and the canonical texts of the filter and the choice
// it is asked with: the key of an answer.
type request struct{ question, filter, choice string }

// A query answers one request with a message of the screen that asked.
type query func(context.Context) (tea.Msg, error)

// A loader runs queries, one at a time: the latest asked wins. An answer that
// was overtaken or cancelled is dropped when it comes, because the generation
// it was started under is over: without that, a slow old answer could arrive
// after a fast new one and stay on screen under the wrong filter.
type loader struct {
	ctx     context.Context // the program's
	work    *work
	answers map[request]known

	generation int
	cancel     context.CancelFunc // of the query under way; nil when there is none
	slow       bool               // it has been running for longer than patience
	spinner    spinner.Model
}

// known is an answer, and what was asked of the store for it.
type known struct {
	answer     tea.Msg
	statements []queries.Statement
}

// answeredMsg brings what a query returned.
type answeredMsg struct {
	generation int
	request    request
	known
	err error
}

// patienceEndedMsg says that the query of a generation had its time.
type patienceEndedMsg struct{ generation int }

// panickedMsg carries a panic out of a command, see [work.do].
type panickedMsg struct{ what string }

func newLoader(ctx context.Context, w *work, ascii bool) loader {
	l := loader{ctx: ctx, work: w, answers: map[request]known{}, spinner: spinner.New(spinner.WithSpinner(spinner.MiniDot))}
	if ascii {
		l.spinner.Spinner = spinner.Line
	}
	return l
}

// ask returns the answer if it is known already, or else the command that
// finds it. Either way the query under way, if any, is cancelled.
func (l *loader) ask(r request, run query) (known, tea.Cmd) {
	l.stop()
	if answer, ok := l.answers[r]; ok {
		return answer, nil
	}
	ctx, cancel := context.WithCancel(l.ctx)
	l.cancel = cancel
	generation := l.generation
	return known{}, tea.Batch(
		l.work.do(func() tea.Msg {
			defer cancel()
			ctx, trace := queries.Traced(ctx)
			answer, err := run(ctx)
			return answeredMsg{generation, r, known{answer, trace.Statements()}, err}
		}),
		tea.Tick(patience, func(time.Time) tea.Msg { return patienceEndedMsg{generation} }),
	)
}

// running reports whether a query is under way.
func (l *loader) running() bool { return l.cancel != nil }

// stop cancels the query under way, if there is one.
func (l *loader) stop() {
	l.generation++
	l.slow = false
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// forget drops a known answer, so that it is asked for again.
func (l *loader) forget(r request) { delete(l.answers, r) }

// forgetAll drops every known answer, and the query under way: the store is
// another one.
func (l *loader) forgetAll() {
	l.stop()
	clear(l.answers)
}

// accept ends the query that m answers and reports whether the answer counts.
func (l *loader) accept(m answeredMsg) bool {
	if m.generation != l.generation || l.cancel == nil {
		return false
	}
	l.stop()
	if m.err == nil {
		l.answers[m.request] = m.known
	}
	return true
}

// handlePatience starts the spinner if the query of m's generation still runs.
func (l *loader) handlePatience(m patienceEndedMsg) tea.Cmd {
	if m.generation != l.generation || l.cancel == nil {
		return nil
	}
	l.slow = true
	return l.spinner.Tick
}

// handleTick turns the spinner on; with no slow query the ticks end here.
func (l *loader) handleTick(m spinner.TickMsg) tea.Cmd {
	if !l.slow {
		return nil
	}
	var cmd tea.Cmd
	l.spinner, cmd = l.spinner.Update(m)
	return cmd
}

// work counts the commands under way, so that the program can wait for them
// before it takes away what they use.
type work struct {
	mu      sync.Mutex // orders Add before Wait
	over    bool
	running sync.WaitGroup
}

// do turns f into a command that does nothing once the work is over. A panic in
// it is raised again in Update: there Bubble Tea restores the terminal before
// it prints, whereas a panic in a batch is printed onto the alternate screen
// and lost with it.
func (w *work) do(f func() tea.Msg) tea.Cmd {
	return func() (m tea.Msg) {
		w.mu.Lock()
		if w.over {
			w.mu.Unlock()
			return nil
		}
		w.running.Add(1)
		w.mu.Unlock()
		defer w.running.Done()
		defer func() {
			if v := recover(); v != nil {
				m = panickedMsg{fmt.Sprintf("%v\n\n%s", v, debug.Stack())}
			}
		}()
		return f()
	}
}

// end keeps further commands from starting and waits until those under way
// have returned, or for a time at most.
func (w *work) end(limit time.Duration) {
	w.mu.Lock()
	w.over = true
	w.mu.Unlock()
	done := make(chan struct{})
	go func() { w.running.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(limit):
	}
}
