package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
)

// drill opens what the cursor is on and remembers where that was.
func (a *app) drill() tea.Cmd {
	before := a.view()
	r := a.pages[a.shown].HandleKey(drill)
	switch {
	case r.target != nil:
		t := r.target
		return a.open(liftName, queries.Choice{Campaign: t.campaign, Arm: t.arm, Measure: string(t.metric)}, nil)
	case r.deeper:
		return a.deeper(r.narrow)
	case r.ask:
		a.trail = append(a.trail, before)
	}
	return a.follow(r)
}

// deeper goes from figures to what they are made of: from a segment to its
// campaigns, from those to their customers.
func (a *app) deeper(narrow *queries.Filter) tea.Cmd {
	p := a.pages[a.shown]
	if p.Name() != liftName {
		return a.open(liftName, queries.Choice{}, narrow)
	}
	if a.guarded() {
		a.status = a.words.Say("SQL and single customers are for analysts: this session is guarded.")
		return nil
	}
	c := p.settled()
	return a.open(peopleName, queries.Choice{Campaign: c.Campaign, Arm: c.Arm}, narrow)
}

// open goes to a screen with a choice, under a narrower filter if any; esc leads
// back to exactly what is on screen now.
func (a *app) open(name string, c queries.Choice, narrow *queries.Filter) tea.Cmd {
	trail := append(slices.Clone(a.trail), a.view())
	if narrow != nil {
		f := a.filters.current().Narrowed(*narrow)
		a.filters.set(f)
		a.status = a.words.Filter(f)
	}
	i := slices.Index(Screens(), name)
	a.pages[i].SetChoice(c)
	a.pages[i].SetPlaces(0, nil)
	cmd := a.show(i)
	a.trail = trail
	return cmd
}

// pseudonymMadeMsg brings the pseudonym of an identifier that was searched for.
type pseudonymMadeMsg struct {
	pseudonym string
	known     bool // the key is that of the data
	err       error
}

// handlePseudonym opens the life of the customer who was searched for.
func (a *app) handlePseudonym(m pseudonymMadeMsg) tea.Cmd {
	switch {
	case m.err != nil:
		a.status = a.words.Problem(m.err)
		return nil
	case !m.known:
		a.status = a.words.Say("This data was loaded with another key: set ACCORD_KEY to that one.")
		return nil
	}
	return a.open(peopleName, queries.Choice{Customer: m.pseudonym}, nil)
}
