package tui

import (
	"context"
	"image"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/export"
	"accord/tui/panel"
)

const overviewName = "overview"

// overview is the manager's screen: what people say, what they do, how that
// moves, what campaigns add, and what to know before trusting it.
type overview struct {
	*look
	width, height int
	answer        queries.Overview
	answered      bool
	next          *coming // where the next answer puts focus and cursors; nil = where they are
	focus         int
	cursors       [overviewPaneCount]cursor
	tables        [overviewPaneCount]chart.Table // of the answer: what t shows and Y copies
	mains         [overviewPaneCount]int         // the column of each that holds its figure
	drawn         [overviewPaneCount]content     // for the mouse
}

// overviewAnsweredMsg brings the answer.
type overviewAnsweredMsg struct{ answer queries.Overview }

func newOverview(l *look) *overview { return &overview{look: l} }

func (o *overview) Name() string { return overviewName }

func (o *overview) Title() string { return o.words.Say("Overview") }

func (o *overview) Note() []string {
	return []string{
		o.words.IntervalNote(),
		o.words.Say("[ ] 95 %% interval, taken alone unless said."),
	}
}

func (o *overview) Ask(q Questions, f queries.Filter) query {
	return func(ctx context.Context) (tea.Msg, error) {
		answer, err := q.Overview(ctx, f)
		return overviewAnsweredMsg{answer}, err
	}
}

func (o *overview) HandleMsg(m tea.Msg) {
	answered, ok := m.(overviewAnsweredMsg)
	if !ok {
		return
	}
	first := !o.answered && o.next == nil
	o.answer, o.answered = answered.answer, true
	for i, x := range panel.Overview(o.words, o.answer) {
		o.tables[i], o.mains[i] = x.Table, x.Main
	}
	if o.next != nil {
		o.focus = max(min(o.next.focus, overviewPaneCount-1), 0)
		for i := range min(len(o.next.at), overviewPaneCount) {
			p := o.next.at[i]
			o.cursors[i] = cursor{p.Row, p.Column, p.Table}
		}
		o.next = nil
	}
	for i, t := range o.tables {
		o.cursors[i].clamp(len(t.Rows), len(t.Columns))
	}
	if last := len(o.answer.Trend.Points) - 1; first && last > 0 {
		o.cursors[trendPane].row = last // the present
	}
}

// Choice implements screen: there is nothing to choose.
func (o *overview) Choice() queries.Choice { return queries.Choice{} }

// SetChoice implements screen.
func (o *overview) SetChoice(queries.Choice) { o.next = nil }

func (o *overview) SetSize(width, height int) { o.width, o.height = width, height }

func (o *overview) layout() overviewPanes {
	if o.alone {
		var p overviewPanes
		p.at[o.focus] = image.Rect(0, 0, o.width, o.height)
		return p
	}
	return layOutOverview(o.width, o.height, o.focus)
}

func (o *overview) View() []string {
	panes := o.layout()
	var blocks []block
	for i, at := range panes.at {
		focused := i == o.focus
		if at.Empty() {
			continue
		}
		if panes.folded && !focused {
			o.drawn[i] = content{}
			blocks = append(blocks, block{at, o.folded(i, at.Dx(), at.Dy())})
			continue
		}
		width, height := panelBody(at)
		if panes.folded {
			height-- // a blank line before the next
		}
		if o.answered {
			o.drawn[i] = o.content(i, width, height, focused)
		}
		title, note := o.title(i)
		if more := o.drawn[i].more; more > 0 {
			note = o.words.Say("%s more", o.words.Int(int64(more)))
		}
		blocks = append(blocks, o.panel(panelFrame{title, note, focused, o.drawn[i]}, at))
	}
	return compose(o.width, o.height, blocks...)
}

// Refusal implements screen.
func (o *overview) Refusal(x action) string {
	c := o.cursors[o.focus]
	switch {
	case chooses(x):
		return o.words.Say("This screen has nothing of the kind to choose.")
	case x == filterByRow && o.narrows() == nil:
		return o.words.Say("This row is not something to filter by.")
	case x == sortRows:
		return o.words.Say("The rows of this pane have one order.")
	case x == nextMetric || x == previousMetric:
		return o.words.Say("This screen measures one thing.")
	case x == drill:
		if o.target() == nil {
			return o.words.Say("There is nothing behind this yet. A lift opens its campaign.")
		}
	case x == toggleTable || vertical(x) || horizontal(x):
		t := o.tables[o.focus]
		switch {
		case len(t.Rows) == 0:
			return o.words.Say("There is nothing in this pane.")
		case x == toggleTable:
		case c.table || o.focus == trendPane:
		case o.focus == stancePane:
			return o.words.Say("This is one figure. %s shows it as a table.", o.keyOf(toggleTable))
		case horizontal(x):
			return o.words.Say("left and right choose a cell in a table: %s shows one.", o.keyOf(toggleTable))
		}
	}
	return ""
}

// HandleKey implements screen.
func (o *overview) HandleKey(x action) reply {
	c := &o.cursors[o.focus]
	switch x {
	case nextPane, previousPane:
		step := 1
		if x == previousPane {
			step = overviewPaneCount - 1
		}
		o.focus = (o.focus + step) % overviewPaneCount
	case toggleTable:
		c.table = !c.table
		c.column = 0
	case drill:
		return reply{target: o.target()}
	case filterByRow:
		return reply{narrow: o.narrows()}
	default:
		return o.move(x)
	}
	return reply{}
}

// move follows a key of movement. Along the trend's line left and right lead
// from point to point.
func (o *overview) move(x action) reply {
	c, t := &o.cursors[o.focus], o.tables[o.focus]
	if o.focus == trendPane && !c.table {
		switch x {
		case left:
			x = up
		case right:
			x = down
		}
	}
	_, page := panelBody(o.layout().at[o.focus])
	if !c.move(x, len(t.Rows), len(t.Columns), page-3) {
		return reply{say: o.words.Say("There is no more in that direction.")}
	}
	switch {
	case c.table:
		return reply{say: cellName(t, *c)}
	case o.focus == trendPane:
		return reply{say: o.pointReadout(c.row)}
	}
	return reply{}
}

// narrows is what narrows the filter to the row under the cursor: to a purpose,
// or to what came from a step of the trend on. nil where nothing does.
func (o *overview) narrows() *queries.Filter {
	row := o.cursors[o.focus].row
	switch {
	case o.focus == optInPane && row < len(o.answer.OptIn):
		return &queries.Filter{Purpose: o.answer.OptIn[row].Purpose}
	case o.focus == trendPane && row > 0 && row < len(o.answer.Trend.Points):
		return &queries.Filter{Since: o.answer.Trend.Points[row-1].At.AddDays(1)}
	}
	return nil
}

// target is what the row under the cursor opens on the Lift screen, or nil.
func (o *overview) target() *target {
	row := o.cursors[o.focus].row
	switch {
	case o.focus == liftsPane && row < len(o.answer.Lifts):
		c := o.answer.Lifts[row]
		return &target{c.Campaign, c.Arm, c.Metric}
	case o.focus == attentionPane && row < len(o.answer.Attention):
		if a := o.answer.Attention[row]; a.Campaign != "" {
			return &target{a.Campaign, a.Arm, a.Metric}
		}
	}
	return nil
}

// HandleMouse implements screen.
func (o *overview) HandleMouse(x, y, wheel int) reply {
	for i, at := range o.layout().at {
		if !image.Pt(x, y).In(at) {
			continue
		}
		o.focus = i
		switch {
		case wheel < 0 && o.Refusal(up) == "":
			return o.move(up)
		case wheel > 0 && o.Refusal(down) == "":
			return o.move(down)
		case wheel == 0:
			if row := o.drawn[i].row(y - at.Min.Y - 1); row >= 0 {
				o.cursors[i].row = row
			}
		}
	}
	return reply{}
}

// settled implements screen.
func (o *overview) settled() queries.Choice { return queries.Choice{} }

// Places implements screen.
func (o *overview) Places() (focus int, places []Place) {
	for _, c := range o.cursors {
		places = append(places, Place{Row: c.row, Column: c.column, Table: c.table})
	}
	return o.focus, places
}

// SetPlaces implements screen.
func (o *overview) SetPlaces(focus int, at []Place) {
	o.next = &coming{focus, at}
}

// Sheets implements screen.
func (o *overview) Sheets() (sheets []export.Sheet, focus int) {
	for i, t := range o.tables {
		title, note := o.title(i)
		sheets = append(sheets, export.Sheet{Name: paneNames[i], Title: title, Period: note, Finding: o.finding(i), Table: t})
	}
	return sheets, o.focus
}

// paneNames are the names of the panes, in no language.
var paneNames = [overviewPaneCount]string{
	stancePane: "stance", optInPane: "opt_in", trendPane: "trend", liftsPane: "lifts", attentionPane: "attention",
}

// Cell implements screen.
func (o *overview) Cell() string {
	c, t := o.cursors[o.focus], o.tables[o.focus]
	if !c.table {
		c.column = o.mains[o.focus]
		if o.focus == stancePane {
			c.row = 0
		}
	}
	return cellText(t, c)
}
