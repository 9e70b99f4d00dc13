package tui

import (
	"accord/queries"
	"accord/tui/export"
)

// coming is a focus and cursors to come with an answer: before it, they would
// point into another.
type coming struct {
	focus int
	at    []Place // nil = where they are
}

// settled implements screen.
func (b *board) settled() queries.Choice { return b.answer.choice }

// Places implements screen.
func (b *board) Places() (focus int, places []Place) {
	for i, c := range b.cursors {
		places = append(places, Place{c.row, c.column, c.table, b.orders[i]})
	}
	return b.focus, places
}

// SetPlaces implements screen.
func (b *board) SetPlaces(focus int, at []Place) {
	b.next = &coming{focus, at}
}

// Sheets implements screen.
func (b *board) Sheets() (sheets []export.Sheet, focus int) {
	for _, p := range b.answer.laid {
		sheets = append(sheets, export.Sheet{Name: p.Name, Title: p.Title, Period: p.Period, Finding: p.Finding, Table: p.Table, Notes: p.Notes})
	}
	return sheets, b.focus
}
