package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
)

// comparisons are what a key goes through, in its order.
var comparisons = append([]queries.Versus{queries.VersusNothing}, queries.Comparisons...)

// incomparable are the screens that compare nothing: they list what there is.
var incomparable = []string{dataName, peopleName, sqlName}

// compareNext puts the next comparison in force: that with the rest only where
// there is one.
func (a *app) compareNext() tea.Cmd {
	f := a.filters.current()
	next := (slices.Index(comparisons, f.Versus) + 1) % len(comparisons)
	if comparisons[next] == queries.VersusRest && len(f.Terms) == 0 {
		next = (next + 1) % len(comparisons)
	}
	f.Terms = slices.Clone(f.Terms)
	f.Versus = comparisons[next]
	cmd := a.setFilter(f)
	a.status = a.words.Comparison(f.Versus)
	if f.Versus != queries.VersusNothing && slices.Contains(incomparable, a.pages[a.shown].Name()) {
		a.status += ". " + a.words.Say("This screen lists what there is, which nothing compares with.")
	}
	return cmd
}

// filters is the filter in force and those before and after it, for undo and
// redo. It always holds at least one.
type filters struct {
	list []queries.Filter
	at   int
}

func newFilters(f queries.Filter) filters { return filters{list: []queries.Filter{f}} }

// current is the filter in force.
func (h *filters) current() queries.Filter { return h.list[h.at] }

// set puts f in force and reports whether that is a change. What was undone
// before it is gone.
func (h *filters) set(f queries.Filter) bool {
	if f.String() == h.current().String() {
		return false
	}
	h.list = append(h.list[:h.at+1:h.at+1], f)
	h.at++
	return true
}

// move goes by n filters back or forth and reports whether there was one.
func (h *filters) move(n int) bool {
	if h.at+n < 0 || h.at+n >= len(h.list) {
		return false
	}
	h.at += n
	return true
}

// backTo puts a filter in force again that was so before: by undoing where it
// is the one just before, so that redo leads back.
func (h *filters) backTo(f queries.Filter) {
	if h.at > 0 && h.list[h.at-1].String() == f.String() {
		h.at--
		return
	}
	h.set(f)
}
