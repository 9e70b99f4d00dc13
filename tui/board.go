package tui

import (
	"context"
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/panel"
)

// A board is a screen made of panels: each with its finding, its picture and,
// behind it, its table. What it is about is its subject's.
type board struct {
	*look
	subject
	width, height int
	answer        answered
	there         bool           // an answer is on it
	choice        queries.Choice // asked for; the answer's once it is there
	shown         queries.Choice // of the answer before this one, once it is laid out
	focus         int
	cursors       []cursor
	orders        []int     // of the rows, by panel
	drawn         []content // for the mouse
	noted         bool      // the notes of the panel in focus are in view
	next          *coming   // where the next answer puts focus and cursors; nil = where they are
}

// A subject is what a board shows. ask answers the question; lay lays an answer
// out.
type subject struct {
	name, title string // title is a key of package words
	ask         func(context.Context, Questions, queries.Filter, queries.Choice) (answered, error)
}

// An answered question: its panels in the reader's language, and the choice
// that it was given under.
type answered struct {
	panels  func(*look) []panel.Panel
	choice  queries.Choice
	choices queries.Choices
	laid    []panel.Panel // by panels
}

// boardAnsweredMsg brings the answer to the board of that name.
type boardAnsweredMsg struct {
	name   string
	answer answered
}

func newBoard(l *look, s subject) *board { return &board{look: l, subject: s} }

// Name implements screen.
func (b *board) Name() string { return b.name }

// Title implements screen.
func (b *board) Title() string { return b.words.Translate(b.title) }

// Note implements screen.
func (b *board) Note() []string {
	if b.noted {
		return nil
	}
	return b.at().Notes
}

// Ask implements screen.
func (b *board) Ask(q Questions, f queries.Filter) query {
	choice := b.choice
	return func(ctx context.Context) (tea.Msg, error) {
		answer, err := b.ask(ctx, q, f, choice)
		return boardAnsweredMsg{b.name, answer}, err
	}
}

// Choice implements screen.
func (b *board) Choice() queries.Choice { return b.choice }

// SetChoice implements screen.
func (b *board) SetChoice(c queries.Choice) { b.choice, b.next = c, nil }

// HandleMsg implements screen.
func (b *board) HandleMsg(m tea.Msg) {
	msg, ok := m.(boardAnsweredMsg)
	if !ok || msg.name != b.name {
		return
	}
	b.answer, b.there = msg.answer, true
	b.answer.laid = b.answer.panels(b.look)
	panels := b.answer.laid
	if b.next != nil {
		b.focus = b.next.focus
		if b.next.at != nil {
			b.cursors, b.orders = nil, nil
			for _, p := range b.next.at {
				b.cursors, b.orders = append(b.cursors, cursor{p.Row, p.Column, p.Table}), append(b.orders, p.Order)
			}
			b.shown = b.answer.choice // so that the cursors stay there
		}
		b.next = nil
	}
	b.cursors = append(b.cursors, make([]cursor, max(len(panels)-len(b.cursors), 0))...)
	b.orders = append(b.orders, make([]int, max(len(panels)-len(b.orders), 0))...)
	for i, p := range panels {
		if b.orders[i] > 0 && b.orders[i] < len(p.Orders) {
			panels[i] = p.Reorder(b.orders[i])
		}
	}
	b.focus = max(min(b.focus, len(panels)-1), 0)
	for i, p := range panels {
		if p.Opens != nil && p.At >= 0 && b.shown != b.answer.choice {
			b.cursors[i].row = p.At
		}
		b.cursors[i].clamp(len(p.Table.Rows), len(p.Table.Columns))
	}
	b.shown = b.answer.choice
}

// at is the panel in focus, a blank one before there is an answer.
func (b *board) at() panel.Panel {
	if b.focus < len(b.answer.laid) {
		return b.answer.laid[b.focus]
	}
	return panel.Panel{}
}

// SetSize implements screen.
func (b *board) SetSize(width, height int) { b.width, b.height = width, height }

// layout is where the panels go; folded ones show their findings alone.
func (b *board) layout() (at []image.Rectangle, folded bool) {
	n := len(b.answer.laid)
	if b.alone && n > 0 {
		at = make([]image.Rectangle, n)
		at[b.focus] = image.Rect(0, 0, b.width, b.height)
		return at, false
	}
	return layOutPanels(b.width, b.height, b.focus, n)
}

// View implements screen.
func (b *board) View() []string {
	panels := b.answer.laid
	brief := panel.Once(b.words, panels)
	areas, folded := b.layout()
	b.drawn, b.noted = make([]content, len(panels)), false
	var blocks []block
	for i, at := range areas {
		p, focused := panels[i], i == b.focus
		if at.Empty() {
			continue
		}
		if folded && !focused {
			blocks = append(blocks, block{at, b.foldedPanel(brief[i], at.Dx(), at.Dy())})
			continue
		}
		width, height := panelBody(at)
		if folded {
			height--
		}
		b.drawn[i] = b.content(p, b.cursors[i], width, height, focused)
		blocks = append(blocks, b.panel(panelFrame{p.Title, p.Period, focused, b.drawn[i]}, at))
	}
	return compose(b.width, b.height, blocks...)
}

// foldedPanel draws a panel that is not open: its title and its finding.
func (b *board) foldedPanel(p panel.Panel, width, height int) []string {
	title, _, _ := strings.Cut(p.Title, ":")
	said := b.words.Say("%[1]s: %[2]s", strings.TrimSpace(title), p.Short)
	if strings.HasSuffix(title, "?") {
		said = title + " " + p.Short
	}
	return indent(b.gloss(chart.Text, said, width-margin, height))
}

// content draws a panel's inside: its table if that is chosen, or else finding,
// picture and notes.
func (b *board) content(p panel.Panel, c cursor, width, height int, focused bool) content {
	if c.table && len(p.Table.Rows) > 0 {
		return b.tableContent(p.Table, c, focused, width, height)
	}
	if p.Picture == nil {
		headline, notes := b.headline(p.Finding, p.Short, width, height), b.text(chart.Muted, strings.Join(p.Notes, " "), width)
		if focused {
			b.noted = len(headline.lines)+len(notes.lines) <= height
		}
		return arrange(height, headline, notes)
	}
	headline := b.headline(p.Finding, p.Short, width, max(height/4, 2))
	selected := -1
	if focused {
		selected = c.row
	}
	room := height - len(headline.lines)
	notes := b.text(chart.Muted, strings.Join(p.Notes, " "), width)
	if least := 8; len(notes.lines) > 0 && room-len(notes.lines)-2 > least {
		room -= len(notes.lines) + 1
	}
	if room > max(6, p.Least) { // a blank line between finding and picture
		room--
	}
	d := p.Picture.Draw(width, max(room, 1), selected, b.theme)
	drawing := rendered(d.Text, d.RowAt)
	if focused {
		b.noted = len(headline.lines)+len(drawing.lines)+len(notes.lines) <= height
	}
	return arrange(height, headline, drawing, notes)
}

// Refusal implements screen.
func (b *board) Refusal(x action) string {
	if len(b.cursors) == 0 {
		return b.words.Say("There is nothing in this pane.")
	}
	p, c := b.at(), b.cursors[b.focus]
	offers := func(list []string, what string) string {
		if len(list) < 2 {
			return what
		}
		return ""
	}
	switch {
	case (x == nextPane || x == previousPane || x == showAlone) && len(b.answer.laid) < 2:
		return b.words.Say("There is no other pane here.")
	case x == nextMetric || x == previousMetric:
		return offers(b.answer.choices.Measures, b.words.Say("This screen measures one thing."))
	case x == nextDimension || x == previousDimension:
		return offers(b.answer.choices.By, b.words.Say("There is no other dimension to group by here."))
	case x == nextAcross:
		return offers(b.answer.choices.Across, b.words.Say("There is no second dimension to choose here."))
	case x == nextChannel:
		return offers(b.answer.choices.Channels, b.words.Say("There is no other channel to choose here."))
	case x == sortRows:
		if len(b.answer.choices.Sorts) > 1 || len(p.Orders) > 1 {
			return ""
		}
		return b.words.Say("The rows of this pane have one order.")
	case x == nextPolicy:
		return offers(b.answer.choices.Policies, b.words.Say("There is no rule of looking to choose here."))
	case x == drill:
		if b.opens() == (queries.Choice{}) && p.Narrows(c.row) == nil && b.name != liftName {
			return b.words.Say("There is nothing behind this yet. %s filters by the row.", b.keyOf(filterByRow))
		}
	case x == filterByRow:
		if p.Narrows(c.row) == nil {
			return b.words.Say("This row is not something to filter by.")
		}
	case x == toggleTable || vertical(x):
		if len(p.Table.Rows) == 0 {
			return b.words.Say("There is nothing in this pane.")
		}
	case horizontal(x) && !c.table:
		return b.words.Say("left and right choose a cell in a table: %s shows one.", b.keyOf(toggleTable))
	}
	return ""
}

// HandleKey implements screen.
func (b *board) HandleKey(x action) reply {
	c, n := &b.cursors[b.focus], len(b.answer.laid)
	switch x {
	case nextPane:
		b.focus = (b.focus + 1) % n
	case previousPane:
		b.focus = (b.focus + n - 1) % n
	case toggleTable:
		c.table, c.column = !c.table, 0
	case sortRows:
		if len(b.at().Orders) < 2 { // the answer is sorted anew, not the panel
			return b.choose(&b.choice.Sort, b.answer.choices.Sorts, false)
		}
		b.orders[b.focus] = (b.orders[b.focus] + 1) % len(b.at().Orders)
		b.answer.laid[b.focus] = b.at().Reorder(b.orders[b.focus])
		return reply{say: b.words.Say("Sorted %s.", b.at().Orders[b.orders[b.focus]])}
	case filterByRow:
		return reply{narrow: b.at().Narrows(c.row)}
	case drill:
		opens := b.opens()
		if opens == (queries.Choice{}) {
			return reply{deeper: true, narrow: b.at().Narrows(c.row)}
		}
		b.settle()
		if opens.Customer != "" {
			b.choice.Customer, b.next = opens.Customer, &coming{focus: timelinePanel}
			return reply{ask: true}
		}
		b.choice.Campaign, b.choice.Arm = opens.Campaign, opens.Arm
		b.focus = (b.focus + 1) % n
		return reply{ask: true}
	case nextPolicy:
		return b.choose(&b.choice.Policy, b.answer.choices.Policies, false)
	case nextMetric, previousMetric:
		return b.choose(&b.choice.Measure, b.answer.choices.Measures, x == previousMetric)
	case nextDimension, previousDimension:
		return b.choose(&b.choice.By, b.answer.choices.By, x == previousDimension)
	case nextAcross:
		return b.choose(&b.choice.Across, b.answer.choices.Across, false)
	case nextChannel:
		return b.choose(&b.choice.Channel, b.answer.choices.Channels, false)
	default:
		return b.move(x)
	}
	return reply{}
}

// timelinePanel is the place of a customer's timeline among the panels.
const timelinePanel = 2

// opens is what the row under the cursor opens, the zero Choice for nothing.
func (b *board) opens() queries.Choice {
	if row := b.cursors[b.focus].row; row < len(b.at().Opens) {
		return b.at().Opens[row]
	}
	return queries.Choice{}
}

// choose goes to the next of what there is to choose from, or the one before.
func (b *board) choose(part *string, from []string, before bool) reply {
	b.settle()
	if part == &b.choice.By {
		b.choice.By = b.answer.choice.By
	}
	at := 0
	for i, s := range from {
		if s == *part {
			at = i
		}
	}
	step := 1
	if before {
		step = len(from) - 1
	}
	*part = from[(at+step)%len(from)]
	return reply{ask: true}
}

// settle takes what was left open from the answer. A dimension left open stays
// so: which one suits may depend on the rest.
func (b *board) settle() {
	by := b.choice.By
	b.choice = b.answer.choice
	b.choice.By = by
}

// move follows a key of movement.
func (b *board) move(x action) reply {
	c, p := &b.cursors[b.focus], b.at()
	areas, _ := b.layout()
	_, page := panelBody(areas[b.focus])
	if !c.move(x, len(p.Table.Rows), len(p.Table.Columns), page-3) {
		return reply{say: b.words.Say("There is no more in that direction.")}
	}
	if c.table {
		return reply{say: cellName(p.Table, *c)}
	}
	return reply{say: b.readout(p.Table, c.row)}
}

// readout is a row of a table in one line: its name and its figures.
func (b *board) readout(t chart.Table, row int) string {
	var parts []string
	for i, cell := range t.Rows[row] {
		switch {
		case i >= len(t.Columns) || cell.Text == "":
		case i == 0:
			parts = append(parts, cell.Text)
		default:
			parts = append(parts, t.Columns[i].Title+" "+cell.Text)
		}
	}
	return strings.Join(parts, b.glyph(" · ", ", "))
}

// HandleMouse implements screen.
func (b *board) HandleMouse(x, y, wheel int) reply {
	areas, _ := b.layout()
	for i, at := range areas {
		if !image.Pt(x, y).In(at) {
			continue
		}
		b.focus = i
		switch {
		case wheel < 0 && b.Refusal(up) == "":
			return b.move(up)
		case wheel > 0 && b.Refusal(down) == "":
			return b.move(down)
		case wheel == 0 && i < len(b.drawn):
			if row := b.drawn[i].row(y - at.Min.Y - 1); row >= 0 {
				b.cursors[i].row = row
			}
		}
		break
	}
	return reply{}
}

// Cell implements screen.
func (b *board) Cell() string {
	c, p := b.cursors[b.focus], b.at()
	if !c.table {
		c.column = p.Main
	}
	return cellText(p.Table, c)
}
