package tui

import (
	"image"
	"slices"

	tea "charm.land/bubbletea/v2"

	"accord/tui/chart"
)

// handleKey routes a key: to the prompt or the help while one is open, or else
// by the table of keys to the program or to the screen.
func (a *app) handleKey(m tea.KeyPressMsg) tea.Cmd {
	if m.String() == "ctrl+c" {
		return tea.Quit
	}
	if m.Mod.Contains(tea.ModAlt) {
		return nil // terminals and window managers own Alt
	}
	a.status, a.first = "", false
	if a.over != nil {
		return a.over.handleKey(a, m)
	}
	x := a.keys.action(m.String())
	if x == noAction {
		a.status = a.words.Say("%[1]s does nothing. %[2]s lists the keys.", chart.Clean(m.String()), a.keyOf(showHelp))
		return nil
	}
	return a.do(x)
}

// do does what an action asks for, or says why it does nothing now.
func (a *app) do(x action) tea.Cmd {
	if a.status = a.refusal(x); a.status != "" {
		return nil
	}
	if x >= goFirst {
		return a.show(int(x - goFirst))
	}
	switch x {
	case quit:
		return tea.Quit
	case showPalette:
		a.over = newPalette(a)
		return nil
	case showHelp:
		a.over = &helpPage{look: a.look}
		return nil
	case editFilter:
		a.over = newFilterPrompt(a.look, a.questions.Vocabulary(), a.provenance.AsOf, a.filters.current(), a.pages[a.shown].err)
		return nil
	case compare:
		return a.compareNext()
	case showAlone:
		if a.alone = !a.alone; a.alone {
			a.status = a.words.Say("This pane alone: %[1]s goes to the next, %[2]s shows all.", a.keyOf(nextPane), a.keyOf(showAlone))
		}
		return nil
	case undo, redo:
		n := -1
		if x == redo {
			n = 1
		}
		a.filters.move(n)
		a.status = a.words.Filter(a.filters.current())
		return a.ask()
	case retry:
		a.loader.forget(a.request())
		return a.ask()
	case back:
		if a.loader.running() {
			a.cancel()
			return nil
		}
		if t := a.inbox.taking; t != nil {
			t.cancel()
			return nil
		}
		v := a.trail[len(a.trail)-1]
		a.trail = a.trail[:len(a.trail)-1]
		return a.bring(v)
	case drill:
		if a.pages[a.shown].Name() == sqlName {
			return a.showStatements()
		}
		return a.drill()
	case findCustomer:
		a.over = newFindPrompt(a.look)
		return nil
	case copyCell:
		return a.copy(a.pages[a.shown].Cell())
	case copyTable:
		return a.copyTable()
	case showSQL:
		return a.showStatements()
	case showDeliveries:
		a.over = &deliveriesPage{a.look, &a.inbox, a.provenance.AsOf}
		return nil
	case showViews:
		p, cmd := newViewsPrompt(a)
		a.over = p
		return cmd
	case exportPanel:
		a.over = newExportPrompt(a)
		return nil
	}
	return a.follow(a.pages[a.shown].HandleKey(x))
}

// refusal says why a key would do nothing now; "" where it does something.
func (a *app) refusal(x action) string {
	p := a.pages[a.shown]
	switch {
	case x == quit || x == showHelp || x == showPalette:
		return ""
	case !a.opened && !a.beforeOpen(x):
		return a.words.Say("The data is still being opened.")
	case a.opened && a.questions == nil:
		return a.words.Say("The data could not be opened. %s quits.", a.keyOf(quit))
	}
	if x >= goFirst {
		if a.guarded() && slices.Contains(analysts, a.pages[x-goFirst].Name()) {
			return a.words.Say("SQL and single customers are for analysts: this session is guarded.")
		}
		if a.shown == int(x-goFirst) {
			return a.words.Say("This screen is shown already.")
		}
		return ""
	}
	switch x {
	case editFilter, retry, compare:
		return ""
	case findCustomer:
		if a.guarded() {
			return a.words.Say("SQL and single customers are for analysts: this session is guarded.")
		}
		if a.config.Pseudonym == nil {
			return a.words.Say("There is no key to find a customer with.")
		}
		return ""
	case showViews:
		if a.config.Views == "" {
			return a.words.Say("There is no folder for views on this system.")
		}
		return ""
	case undo:
		if a.filters.at == 0 {
			return a.words.Say("There is no filter to undo.")
		}
		return ""
	case redo:
		if a.filters.at == len(a.filters.list)-1 {
			return a.words.Say("There is no filter to redo.")
		}
		return ""
	case showDeliveries:
		if !a.inbox.known {
			return a.words.Say("No folder is watched: accord STORE --watch FOLDER does.")
		}
		return ""
	case back:
		if !a.loader.running() && a.inbox.taking == nil && len(a.trail) == 0 {
			return a.words.Say("There is nothing to cancel and no screen to go back to.")
		}
		return ""
	}
	if p.Name() == sqlName && (x == showSQL || x == drill) {
		if a.guarded() {
			return a.words.Say("SQL and single customers are for analysts: this session is guarded.")
		}
		return ""
	}
	switch {
	case p.err != nil:
		return a.words.Say("There is no answer here. %s asks again.", a.keyOf(retry))
	case !p.answered:
		return a.words.Say("The answer is not there yet.")
	}
	if x == showSQL {
		if len(p.statements) == 0 {
			return a.words.Say("Nothing was asked of the store for this.")
		}
		return ""
	}
	if x == exportPanel {
		if sheets, _ := p.Sheets(); len(sheets) == 0 {
			return a.words.Say("There is nothing in this pane.")
		}
		return ""
	}
	return p.Refusal(x)
}

// beforeOpen reports whether an action does something before the data is open: it goes
// to a screen that is for everyone, or is about the answer that is shown alone.
func (a *app) beforeOpen(x action) bool {
	if x >= goFirst {
		return !slices.Contains(analysts, a.pages[x-goFirst].Name())
	}
	return a.pages[a.shown].answered && (x >= nextPane && x <= end || x == toggleTable || x == showAlone || x == copyCell || x == copyTable)
}

// follow does what a screen's reply asks of the program.
func (a *app) follow(r reply) tea.Cmd {
	a.status = r.say
	switch {
	case r.ask:
		return a.ask()
	case r.narrow != nil:
		return a.setFilter(a.filters.current().Narrowed(*r.narrow))
	}
	return nil
}

// handleMouse follows a click (wheel 0) or a turn of the wheel.
func (a *app) handleMouse(x, y, wheel int) tea.Cmd {
	if a.over != nil || a.frame.tooSmall {
		return nil
	}
	a.status = ""
	if wheel == 0 && y == 0 {
		tabs, _, _ := a.header().tabs(a.width)
		for i, t := range tabs {
			if x >= t.from && x < t.to && i != a.shown {
				return a.do(goFirst + action(i))
			}
		}
		return nil
	}
	if wheel == 0 && y == headerHeight-1 && a.questions != nil {
		if chip := a.header().chipAt(x, a.width); chip != nil {
			return a.setFilter(chip.rest)
		}
		return nil
	}
	at := image.Pt(x, y)
	if p := a.pages[a.shown]; at.In(a.frame.body) && p.answered && p.err == nil {
		at = at.Sub(a.frame.body.Min)
		return a.follow(p.HandleMouse(at.X, at.Y, wheel))
	}
	return nil
}
