// Package export writes tables for other programs: what is on a screen, as
// CSV, JSON, Markdown or tab-separated text, with a footer that says what the
// figures are about. Cells are what people read; those that are numbers are
// written as such, with their unit in the title of the column.
//
// It is pure: tables and notes make text. It must not know of terminals, files
// or how an answer was found.
package export

import (
	"accord/queries"
	"accord/tui/chart"
)

// A Document is what is exported: tables, and where their figures come from.
type Document struct {
	Sheets     []Sheet
	Notes      []string // the footer, in the reader's language
	Filter     string   // in its canonical form
	Source     string   // name of the file that was opened; "" = the sample
	Provenance queries.Provenance
	// DecimalComma says that the cells' numbers have a comma before their decimals.
	DecimalComma bool
}

// A Sheet is one table.
type Sheet struct {
	Name    string // in no language: "arms"
	Title   string
	Period  string
	Finding string // in a sentence or a few
	Table   chart.Table
	Notes   []string
}

// heading is the title of a sheet with the period of its figures.
func (s Sheet) heading() string {
	if s.Period == "" {
		return chart.Clean(s.Title)
	}
	return chart.Clean(s.Title + " (" + s.Period + ")")
}
