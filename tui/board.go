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
