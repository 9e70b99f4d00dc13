// Package handout writes what a screen shows as a file that other programs read:
// Markdown, CSV and JSON, from the same panels that the dashboard draws, so that
// no two of them can disagree. Every file says where its figures come from.
//
// Texts may be hostile. They pass chart.Clean, and what the format of the file
// could obey is written so that it is shown instead.
//
// The package must not know how answers are computed, nor of terminals or files:
// it writes to an io.Writer.
package handout

import (
	"accord/queries"
	"accord/tui/chart"
	"accord/tui/panel"
	"accord/tui/words"
)

// A Document is what is written: screens, and what their figures are about.
type Document struct {
	Words   *words.Printer // the language of the panels
	From    queries.Provenance
	Filter  queries.Filter
	Version string // of the program that writes; "" leaves it out
	Screens []Screen
}

// A Screen is one of the program's: its panels, and the answer they show.
type Screen struct {
	Name   string // in no language: "overview"
	Title  string
	Panels []panel.Panel
	Answer any // of package queries, without lists that are nil
}

// Sources are the lines that say what the marks of figures mean and, the last,
// where they come from: they belong to every form of d.
func (d Document) Sources() []string {
	p := d.Words
	out := []string{p.IntervalNote()}
	if d.From.MinCell > 1 {
		out = append(out, p.WithheldNote())
	}
	if d.From.Guarded {
		out = append(out, p.Say("Guarded: figures about fewer people cannot be asked for."))
	}
	if d.Version != "" {
		out = append(out, p.Say("Written by accord %s.", d.Version))
	}
	return append(out, p.Provenance(d.From)+". "+p.Filter(d.Filter)+".")
}

// List reports whether a table is a list of sentences and not of figures.
func List(t chart.Table) bool { return len(t.Columns) == 1 }
