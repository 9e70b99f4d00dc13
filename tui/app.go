package tui

import (
	"context"
	"errors"
	"strings"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"accord/queries"
	"accord/tui/chart"
)

// app is the program's only model: size, routing, overlays and status line.
type app struct {
	*look
	ctx    context.Context
	config Config
	work   *work

	width, height int
	frame         frame

	opening    *opening
	progress   Progress
	opened     bool // the opening is over
	questions  Questions
	provenance queries.Provenance

	inbox   inbox
	loader  loader
	filters filters
	pages   []*page
	shown   int
	trail   []View // that were drilled through, to go back to

	over    overlay // nil unless one is open
	status  string
	history []string // of the SQL screen, the last last
	first   bool     // the first start of all, until a key is pressed
}

// newApp returns the program as it starts. colorfgbg hints at the colour of
// the background until the terminal has answered.
func newApp(ctx context.Context, c Config, colorfgbg string) *app {
	printer := *c.Printer
	printer.ASCII = c.ASCII
	l := &look{words: &printer, keys: c.Keymap}
	l.setTheme(c.Theme == "dark" || c.Theme != "light" && darkByHint(colorfgbg), c.ASCII)
	w := &work{}
	a := &app{
		look: l, ctx: ctx, config: c, work: w,
		opening: newOpening(),
		loader:  newLoader(ctx, w, c.ASCII),
		filters: newFilters(c.Filter),
		first:   c.First,
	}
	for i, place := range places {
		p := &page{screen: place.make(l)}
		if place.name == c.Screen {
			a.shown = i
			p.SetChoice(c.Choice)
		}
		a.pages = append(a.pages, p)
	}
	if c.View != nil {
		a.place(*c.View)
		a.filters = newFilters(a.filters.current())
	}
	if c.Ahead != nil && a.request() == (request{question: overviewName}) {
		a.describe(c.Ahead.Provenance)
		p := a.pages[a.shown]
		p.show(known{answer: overviewAnsweredMsg{c.Ahead.Overview}}, queries.Filter{})
		p.ahead = true
	}
	return a
}

// describe says what data it is.
func (a *app) describe(p queries.Provenance) {
	a.provenance, a.words.MinCell = p, p.MinCell
}

func (l *look) setTheme(dark, ascii bool) {
	l.theme = chart.Light()
	if dark {
		l.theme = chart.Dark()
	}
	l.theme.ASCII = ascii
}

// Init implements tea.Model.
func (a *app) Init() tea.Cmd {
	cmds := []tea.Cmd{
		a.work.do(func() tea.Msg { return a.opening.start(a.ctx, a.config.Open) }),
		a.work.do(a.opening.watch),
	}
	if watch := a.watch(); watch != nil {
		cmds = append(cmds, watch)
	}
	if a.config.Theme != "dark" && a.config.Theme != "light" {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// Update implements tea.Model.
func (a *app) Update(m tea.Msg) (tea.Model, tea.Cmd) { return a, a.handle(m) }

func (a *app) handle(m tea.Msg) tea.Cmd {
	switch m := m.(type) {
	case tea.WindowSizeMsg:
		a.resize(m.Width, m.Height)
	case tea.BackgroundColorMsg:
		a.setTheme(m.IsDark(), a.theme.ASCII)
	case tea.KeyPressMsg:
		return a.handleKey(m)
	case tea.PasteMsg:
		a.paste(m)
	case tea.MouseClickMsg:
		if m.Button == tea.MouseLeft {
			return a.handleMouse(m.X, m.Y, 0)
		}
	case tea.MouseWheelMsg:
		switch m.Button {
		case tea.MouseWheelUp:
			return a.handleMouse(m.X, m.Y, -1)
		case tea.MouseWheelDown:
			return a.handleMouse(m.X, m.Y, 1)
		}
	case openProgressedMsg:
		a.progress = Progress(m)
		return a.work.do(a.opening.watch)
	case openedMsg:
		return a.handleOpened()
	case arrivedMsg:
		return a.handleArrived(m)
	case takingMsg:
		return a.handleTaking(m)
	case answeredMsg:
		a.handleAnswered(m)
	case tablesListedMsg:
		m.prompt.tables = m.tables
	case pseudonymMadeMsg:
		return a.handlePseudonym(m)
	case viewsListedMsg, viewReadMsg, viewSavedMsg:
		return a.handleViewMsg(m)
	case exportedMsg:
		a.handleExported(m)
	case patienceEndedMsg:
		return a.loader.handlePatience(m)
	case spinner.TickMsg:
		return a.loader.handleTick(m)
	case panickedMsg:
		panic(m.what)
	}
	return nil
}

func (a *app) resize(width, height int) {
	a.width, a.height = width, height
	a.frame = frameOf(width, height)
	for _, p := range a.pages {
		p.SetSize(a.frame.body.Dx(), a.frame.body.Dy())
	}
}

// openError is why the data could not be opened, nil if it was or if the
// program was left before.
func (a *app) openError() error {
	if !a.opened || errors.Is(a.opening.err, context.Canceled) {
		return nil
	}
	return a.opening.err
}

func (a *app) handleOpened() tea.Cmd {
	a.opened = true
	if a.opening.err != nil {
		return nil
	}
	a.questions = a.opening.questions
	a.describe(a.questions.Provenance())
	return a.ask()
}

// ask brings the answer to the page shown under the filter in force, once the data
// is open.
func (a *app) ask() tea.Cmd {
	if a.questions == nil {
		return nil
	}
	p, f := a.pages[a.shown], a.filters.current()
	p.err = nil
	answer, cmd := a.loader.ask(a.request(), p.Ask(a.questions, f))
	if answer.answer != nil {
		p.show(answer, f)
	}
	return cmd
}

// request is what the page shown asks under the filter in force.
func (a *app) request() request {
	p := a.pages[a.shown]
	return request{p.Name(), a.filters.current().String(), p.Choice().String()}
}

func (p *page) show(k known, f queries.Filter) {
	p.HandleMsg(k.answer)
	p.statements = k.statements
	p.answered, p.ahead, p.filter, p.choice = true, false, f, p.Choice()
}

// handleAnswered puts an answer on the page that asked. It is the page shown,
// as another page or filter would have begun another generation.
func (a *app) handleAnswered(m answeredMsg) {
	if !a.loader.accept(m) {
		return
	}
	p := a.pages[a.shown]
	if m.err != nil {
		p.err = m.err
		return
	}
	p.show(m.known, a.filters.current())
}

// cancel ends the query under way. Filter and choice go back to those that the
// answer on the page belongs to, so that header and figures agree.
func (a *app) cancel() {
	a.loader.stop()
	p := a.pages[a.shown]
	if !p.answered {
		p.err = context.Canceled
		a.status = a.words.Say("Cancelled.")
		return
	}
	p.SetChoice(p.choice)
	if p.filter.String() != a.filters.current().String() {
		a.filters.backTo(p.filter)
	}
	a.status = a.words.Say("Cancelled.") + " " + a.words.Filter(a.filters.current())
}

// show goes to a page.
func (a *app) show(i int) tea.Cmd {
	a.shown, a.trail = i, nil
	return a.ask()
}

// setFilter puts a filter in force.
func (a *app) setFilter(f queries.Filter) tea.Cmd {
	if !a.filters.set(f) {
		a.status = a.words.Say("The filter is as it was.")
		return nil
	}
	a.status = a.words.Filter(f)
	return a.ask()
}

// View implements tea.Model.
func (a *app) View() tea.View {
	v := tea.NewView(strings.Join(a.lines(), "\n"))
	v.AltScreen = true
	v.WindowTitle = product
	if title := chart.Clean(a.provenance.Title); title != "" {
		v.WindowTitle += ": " + title
	}
	if a.config.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if a.over != nil && a.over.line() != nil && !a.frame.tooSmall {
		at, line := a.overlayArea(), a.over.line()
		v.Cursor = tea.NewCursor(at.Min.X+line.cell(line.Position(), at.Dx()), at.Min.Y+1)
	}
	return v
}
