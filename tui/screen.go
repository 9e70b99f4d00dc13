package tui

import (
	tea "charm.land/bubbletea/v2"

	"accord/queries"
	"accord/tui/export"
)

// A screen is one page of the program. It draws the answer to its own question
// and knows nothing of the frame around it, of other screens or of how answers
// are found.
type screen interface {
	Name() string  // in requests and in Config.Screen
	Title() string // in its tab

	// Ask is the query that answers it under a filter.
	Ask(Questions, queries.Filter) query
	// HandleMsg takes the message that its query returned.
	HandleMsg(tea.Msg)

	// Choice is how the answer is to be cut; SetChoice changes it, and the next
	// Ask asks for it.
	Choice() queries.Choice
	SetChoice(queries.Choice)

	SetSize(width, height int)
	View() []string // as many lines of as many cells as SetSize said
	// Note says how to read its figures, for the status line while there is
	// nothing else to say: at length, and shorter ones for less room.
	Note() []string

	// Places are where the cursors of its panels stand and which panel has the
	// keys; SetPlaces puts them there, with the next answer if there is none yet.
	Places() (focus int, places []Place)
	SetPlaces(focus int, places []Place)
	// settled is the Choice of the answer on it, with nothing left open.
	settled() queries.Choice

	// Refusal says why a key would do nothing here; "" where it does something.
	Refusal(action) string
	// HandleKey does what a key that is not refused asks for.
	HandleKey(action) reply
	// HandleMouse follows the wheel (-1 up, 1 down) or, with 0, a click.
	HandleMouse(x, y, wheel int) reply

	// Sheets are its panels as tables, for copying and export, and which one is
	// under the cursor.
	Sheets() (sheets []export.Sheet, focus int)
	// Cell is the figure under the cursor, for copying.
	Cell() string
}

// A reply is what comes of a key.
type reply struct {
	say    string          // for the status line
	target *target         // to open on the Lift screen
	deeper bool            // to what the row under the cursor is made of; narrow says which
	ask    bool            // the choice has changed: ask again
	narrow *queries.Filter // what to narrow the filter by
}

// A target is a row of the Lift screen. Arm and Metric may be empty.
type target struct {
	campaign string
	arm      string
	metric   queries.Metric
}

// A page is a screen and what is known of its answer.
type page struct {
	screen
	answered   bool                // an answer is on it
	ahead      bool                // that was known before the data was open
	filter     queries.Filter      // that it answers
	choice     queries.Choice      // that it answers
	statements []queries.Statement // that found it
	err        error               // why there is no answer to the present filter
}
