package tui

import (
	"image"
	"strings"

	"accord/queries"
	"accord/tui/chart"
)

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
		if b.opens() == (queries.Choice{}) && p.Narrows(c.row) == nil && (b.name != liftName || b.answer.choice.Campaign == "") {
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
	case horizontal(x) && !c.table && p.Cells == nil:
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
	moved := false
	if p.Cells != nil && !c.table && (horizontal(x) || x == up || x == down) {
		moved = c.moveTo(x, p.Cells)
	} else {
		moved = c.move(x, len(p.Table.Rows), len(p.Table.Columns), page-3)
	}
	if !moved {
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
