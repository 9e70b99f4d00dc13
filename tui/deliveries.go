package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"accord/tui/chart"
)

// Deliveries are the files that arrive in a folder for the store that is shown.
type Deliveries interface {
	// Next says what is there: at once when it is first asked, and from then on
	// once that has changed. Its error ends the watch.
	Next(context.Context) (Arrivals, error)
	// Take adds files to the store and opens it anew. On any error but ErrTakenIn,
	// and when the context is cancelled, the store is as it was.
	Take(ctx context.Context, files []Arrival, progress func(Progress)) (Taken, error)
}

// Arrivals are what a folder holds that is not in the store.
type Arrivals struct {
	Folder  string
	Waiting []Arrival // complete, as far as that can be told
	Loaded  time.Time // when the store was last written, in the zone to show it in
	Problem error     // why the folder cannot be looked at; nil if it can
}

// An Arrival is a file that waits.
type Arrival struct {
	Name     string // without its folder
	Bytes    int64
	Modified time.Time // in the zone to show it in
}

// Taken is a store with what was added to it.
type Taken struct {
	Questions   Questions
	Read, Added int64 // rows of the files; rows that the store holds more
}

// ErrTakenIn is wrapped by the errors of Take about a store that was added to, and
// cannot be shown.
var ErrTakenIn = errors.New("taken in")

// An inbox is what the program knows of deliveries.
type inbox struct {
	Arrivals
	known  bool      // Arrivals were told
	taking *taking   // nil unless files are taken in
	failed []Arrival // by the last delivery
	why    error
}

// A taking is a delivery on its way into the store: an opening of its own.
type taking struct {
	*opening
	files    []Arrival
	progress Progress
	taken    Taken
	cancel   context.CancelFunc
}

// arrivedMsg brings what a folder holds.
type arrivedMsg Arrivals

// takingMsg brings what an opening's commands bring, of a delivery.
type takingMsg struct {
	taking *taking
	what   tea.Msg
}

// watch is the command that waits for what arrives.
func (a *app) watch() tea.Cmd {
	if a.config.Deliveries == nil {
		return nil
	}
	return a.work.do(func() tea.Msg {
		arrivals, err := a.config.Deliveries.Next(a.ctx)
		if err != nil {
			return nil
		}
		return arrivedMsg(arrivals)
	})
}

func (a *app) handleArrived(m arrivedMsg) tea.Cmd {
	a.inbox.Arrivals, a.inbox.known = Arrivals(m), true
	if len(m.Waiting) > 0 && a.over == nil {
		a.status = "" // said for the last key, it would hide what is new
	}
	return a.watch()
}

// takeIn is the command that takes in what waits.
func (a *app) takeIn() tea.Cmd {
	ctx, cancel := context.WithCancel(a.ctx)
	t := &taking{opening: newOpening(), files: a.inbox.Waiting, cancel: cancel}
	a.inbox.taking, a.inbox.failed, a.inbox.why = t, nil, nil
	open := func(ctx context.Context, progress func(Progress)) (Questions, error) {
		var err error
		t.taken, err = a.config.Deliveries.Take(ctx, t.files, progress)
		return t.taken.Questions, err
	}
	return tea.Batch(
		a.work.do(func() tea.Msg {
			defer cancel()
			return takingMsg{t, t.start(ctx, open)}
		}),
		a.watchTaking(t),
	)
}

func (a *app) watchTaking(t *taking) tea.Cmd {
	return a.work.do(func() tea.Msg { return takingMsg{t, t.watch()} })
}

func (a *app) handleTaking(m takingMsg) tea.Cmd {
	switch what := m.what.(type) {
	case openProgressedMsg:
		m.taking.progress = Progress(what)
		return a.watchTaking(m.taking)
	case openedMsg:
		return a.handleTaken(m.taking)
	}
	return nil
}

// handleTaken shows the store with what was added to it, under the same filter
// and on the same screen, or keeps why there is none.
func (a *app) handleTaken(t *taking) tea.Cmd {
	a.inbox.taking = nil
	switch {
	case errors.Is(t.err, context.Canceled) && !errors.Is(t.err, ErrTakenIn):
		a.status = a.words.Say("Cancelled. The store is as it was.")
		return nil
	case t.err != nil:
		a.inbox.failed, a.inbox.why, a.inbox.Waiting = t.files, t.err, nil // until it is told what waits now
		return nil
	}
	a.inbox.Waiting = nil
	before := a.opening
	a.opening = t.opening
	a.loader.forgetAll()
	a.status = a.words.Plural(int64(len(t.files)), "Taken in: %[2]s rows of %[1]s file; the store holds %[3]s more.", "Taken in: %[2]s rows of %[1]s files; the store holds %[3]s more.",
		a.words.Int(int64(len(t.files))), a.words.Int(t.taken.Read), a.words.Int(t.taken.Added))
	return tea.Batch(a.handleOpened(), a.work.do(func() tea.Msg {
		_ = before.close() // it was read, and there is nothing to lose in it
		return nil
	}))
}

// inboxLine says in one line what has arrived, and what becomes of it.
func (a *app) inboxLine() (string, chart.Tone) {
	in := a.inbox
	switch {
	case in.taking != nil:
		stage := a.words.Say("Opening the data")
		if in.taking.progress.Stage != "" {
			stage = a.words.Translate(in.taking.progress.Stage)
		}
		return a.words.Say("Taking in: %[1]s, %[2]s. esc cancels.", stage, a.words.Share(in.taking.progress.Done)), chart.Accent
	case len(in.Waiting) > 0:
		return a.words.Say("Arrived: %[1]s. %[2]s to take in.", a.arrivalNames(in.Waiting), a.keyOf(showDeliveries)), chart.Accent
	case in.why != nil:
		return a.words.Say("Not taken in: %[1]s. %[2]s says why.", a.arrivalNames(in.failed), a.keyOf(showDeliveries)), chart.Warning
	case in.Problem != nil:
		return a.words.Say("%[1]s cannot be looked at. %[2]s says why.", chart.Clean(in.Folder), a.keyOf(showDeliveries)), chart.Warning
	}
	return "", chart.Text
}

// arrivalNames names files, the first few of many.
func (l *look) arrivalNames(files []Arrival) string {
	const most = 2
	text := ""
	for i, f := range files {
		if i == most {
			return text + l.words.Say(" +%s more", l.words.Int(int64(len(files)-most)))
		}
		if i > 0 {
			text += ", "
		}
		text += chart.Clean(f.Name)
	}
	return text
}
