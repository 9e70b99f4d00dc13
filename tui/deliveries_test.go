package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
)

// fakeDeliveries take in at once, or fail, or wait for their context.
type fakeDeliveries struct {
	taken   Taken
	err     error
	waits   bool
	offered []Arrival
}

func (f *fakeDeliveries) Next(ctx context.Context) (Arrivals, error) {
	return Arrivals{}, context.Canceled
}

func (f *fakeDeliveries) Take(ctx context.Context, files []Arrival, progress func(Progress)) (Taken, error) {
	f.offered = files
	progress(Progress{"making roll-ups", 0.4})
	if f.waits {
		<-ctx.Done()
		return Taken{}, ctx.Err()
	}
	return f.taken, f.err
}

// arrived are two files in a folder, one of whose names would disturb a terminal.
func arrived() Arrivals {
	at := time.Date(2018, 12, 31, 23, 59, 0, 0, time.UTC)
	return Arrivals{Folder: "exports", Loaded: at, Waiting: []Arrival{{"consents-2.csv", 1_234_567, at}, {"a\x1b[31m.csv", 10, at}}}
}

// takeAll presses the keys that take in what waits, and lets all of it happen.
func takeAll(a *app) {
	press(a, "d")
	_, cmd := a.Update(keyPress("enter"))
	run := func(cmd tea.Cmd) (out []tea.Msg) {
		if cmd == nil {
			return nil
		}
		m := cmd()
		if batch, ok := m.(tea.BatchMsg); ok {
			for _, c := range batch[:1] { // behind it come progress, timers and closing
				out = append(out, c())
			}
			return out
		}
		return []tea.Msg{m}
	}
	for _, m := range run(cmd) {
		_, cmd = a.Update(m)
		for _, m := range run(cmd) {
			if batch, ok := m.(tea.BatchMsg); ok {
				m = batch[0]()
			}
			a.Update(m)
		}
	}
}

// What arrives is offered, and once taken in the figures are those of the new
// store, under the filter and on the screen that there were.
func TestDeliveryIsTakenIn(t *testing.T) {
	more := richQuestions()
	more.provenance.Customers = queries.Known[int64](60789)
	closed := false
	f := &fakeDeliveries{taken: Taken{Questions: more, Read: 1200, Added: 789}}
	a := openApp(t, closing{richQuestions(), &closed}, 120, 36, func(c *Config) { c.Deliveries = f })
	press(a, "2")
	a.setFilter(queries.Filter{Terms: []queries.Term{{Dimension: "region", Values: []string{"QC"}}}})
	settle(a, a.ask())
	press(a, "d")
	mustSay(t, screenText(a), "No folder is watched")
	a.Update(arrivedMsg(arrived()))
	press(a, "m")
	a.status = ""
	mustSay(t, screenText(a), "written 2018-12-31 23:59", "Arrived: consents-2.csv, a\\x1b[31m.csv. d to take in.", "d deliveries")
	press(a, "d")
	mustSay(t, screenText(a), "Deliveries in exports", "The last event is of 2018-12-31.", "consents-2.csv", "2 MB", "enter take in")
	press(a, "esc")
	metric := a.pages[a.shown].Choice()
	takeAll(a)
	text := screenText(a)
	mustSay(t, text, "60,789 customers", "[region=QC]", "Taken in: 1,200 rows of 2 files; the store holds 789 more.")
	if a.shown != 1 || a.pages[a.shown].Choice() != metric || len(f.offered) != 2 {
		t.Errorf("on screen %d with %v, offered %v", a.shown, a.pages[a.shown].Choice(), f.offered)
	}
	if !a.pages[a.shown].answered || a.loader.running() && a.pages[a.shown].err != nil {
		t.Errorf("not answered: %v", a.pages[a.shown].err)
	}
	if closed {
		t.Error("closed before its command")
	}
}

// A delivery that fails leaves all as it was, and says why.
func TestDeliveryFails(t *testing.T) {
	f := &fakeDeliveries{err: errors.New("consents from consents-2.csv: no column purpose\x1b[2J")}
	a := openApp(t, richQuestions(), 80, 24, func(c *Config) { c.Deliveries = f })
	before := screenText(a)
	a.Update(arrivedMsg(arrived()))
	takeAll(a)
	a.Update(arrivedMsg(Arrivals{Folder: "exports"}))
	mustSay(t, screenText(a), "Not taken in: consents-2.csv, a\\x1b[31m.csv. d says why.")
	press(a, "d")
	mustSay(t, screenText(a), "no column purpose\\x1b[2J", "The store is as it was.", "Nothing new has arrived.")
	press(a, "enter")
	mustSay(t, screenText(a), "Nothing new has arrived.")
	press(a, "x", "esc")
	if after := screenText(a); strings.Split(after, "\n")[5] != strings.Split(before, "\n")[5] {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	// Where the store was replaced nothing else is said.
	f.err = fmt.Errorf("%w, but: %w", ErrTakenIn, context.Canceled)
	a.Update(arrivedMsg(arrived()))
	takeAll(a)
	press(a, "d")
	if text := screenText(a); strings.Contains(text, "he store is as it was") || strings.Contains(text, "Cancelled") {
		t.Error(text)
	}
	a.Update(arrivedMsg(Arrivals{Folder: "exports", Problem: errors.New("permission denied")}))
	mustSay(t, screenText(a), "permission denied")
}

// A delivery on its way shows how far it is, and esc cancels it.
func TestDeliveryIsCancelled(t *testing.T) {
	f := &fakeDeliveries{waits: true}
	a := openApp(t, richQuestions(), 100, 30, func(c *Config) { c.Deliveries = f })
	a.Update(arrivedMsg(arrived()))
	press(a, "d")
	_, cmd := a.Update(keyPress("enter"))
	batch := cmd().(tea.BatchMsg)
	done := make(chan tea.Msg, 1)
	go func() { done <- batch[0]() }()
	a.Update(batch[1]())
	mustSay(t, screenText(a), "40.0 %", "esc cancels.", "esc cancel")
	press(a, "d", "enter")
	mustSay(t, screenText(a), "A delivery is being taken in already.")
	press(a, "esc", "esc")
	a.Update(<-done)
	mustSay(t, screenText(a), "Cancelled. The store is as it was.")
	a.status = ""
	mustSay(t, screenText(a), "Arrived: consents-2.csv") // it is still there
}
