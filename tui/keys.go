package tui

import "accord/tui/words"

// An action is what a key asks for.
type action int

const (
	noAction action = iota
	nextPane
	previousPane
	up
	down
	left
	right
	pageUp
	pageDown
	home
	end
	drill
	back
	editFilter
	undo
	redo
	filterByRow
	findCustomer
	compare
	sortRows
	nextPolicy
	nextDimension
	previousDimension
	nextAcross
	nextChannel
	nextMetric
	previousMetric
	toggleTable
	showAlone
	copyCell
	copyTable
	exportPanel
	showViews
	showSQL
	retry
	showHelp
	showPalette
	showDeliveries
	quit
	goFirst // the first screen, and one for each of the others after it
)

// A group is a heading of the help.
type group int

const (
	moving group = iota
	asking
	showing
	leaving
	groupCount
)

// groupNames head the columns of the help.
var groupNames = [groupCount]string{
	moving:  words.Key("Move"),
	asking:  words.Key("Ask"),
	showing: words.Key("Show and copy"),
	leaving: words.Key("Program"),
}

// A binding is one row of the table of keys: everything that footer, help and
// routing know about a key comes from it.
type binding struct {
	action action
	group  group
	keys   []string // as Bubble Tea names them
	label  string   // how the key is written
	ascii  string   // the same in ASCII; "" where label is
	does   string   // what it does, for help
	short  string   // the same for the footer; "" keeps it out
}

// bindings is the one table of keys, in the order of help. The footer shows
// them by footerOrder.
var bindings = append(screenBindings(), []binding{
	{nextPane, moving, []string{"tab"}, "tab", "", words.Key("next pane"), words.Key("pane")},
	{previousPane, moving, []string{"shift+tab"}, "shift+tab", "", words.Key("previous pane"), ""},
	{up, moving, []string{"up", "k"}, "↑ k", "up k", words.Key("up"), ""},
	{down, moving, []string{"down", "j"}, "↓ j", "down j", words.Key("down"), ""},
	{left, moving, []string{"left", "h"}, "← h", "left h", words.Key("left"), ""},
	{right, moving, []string{"right", "l"}, "→ l", "right l", words.Key("right"), ""},
	{pageUp, moving, []string{"pgup"}, "pgup", "", words.Key("a page up"), ""},
	{pageDown, moving, []string{"pgdown"}, "pgdn", "", words.Key("a page down"), ""},
	{home, moving, []string{"home"}, "home", "", words.Key("to the first"), ""},
	{end, moving, []string{"end"}, "end", "", words.Key("to the last"), ""},
	{drill, moving, []string{"enter"}, "enter", "", words.Key("open what the cursor is on"), words.Key("open")},
	{back, moving, []string{"esc"}, "esc", "", words.Key("cancel, or back"), words.Key("back")},
	{editFilter, asking, []string{"/"}, "/", "", words.Key("filter"), words.Key("filter")},
	{filterByRow, asking, []string{"f"}, "f", "", words.Key("filter by the row"), words.Key("filter by it")},
	{compare, asking, []string{"c"}, "c", "", words.Key("compare with a period or the rest"), words.Key("compare")},
	{findCustomer, asking, []string{"i"}, "i", "", words.Key("find a customer by identifier"), words.Key("find a customer")},
	{undo, asking, []string{"u"}, "u", "", words.Key("undo the filter"), words.Key("undo")},
	{redo, asking, []string{"U"}, "U", "", words.Key("redo the filter"), ""},
	{retry, asking, []string{"r"}, "r", "", words.Key("ask again"), words.Key("ask again")},
	{showDeliveries, asking, []string{"d"}, "d", "", words.Key("deliveries, to take in"), words.Key("deliveries")},
	{toggleTable, showing, []string{"t"}, "t", "", words.Key("table or chart"), words.Key("table")},
	{showAlone, showing, []string{"z"}, "z", "", words.Key("this pane alone, or all"), words.Key("alone")},
	{nextDimension, showing, []string{"g"}, "g", "", words.Key("group by the next dimension"), words.Key("group by")},
	{previousDimension, showing, []string{"G"}, "G", "", words.Key("group by the previous dimension"), ""},
	{nextAcross, showing, []string{"x"}, "x", "", words.Key("a second dimension across"), words.Key("across")},
	{nextChannel, showing, []string{"n"}, "n", "", words.Key("next channel"), words.Key("channel")},
	{nextMetric, showing, []string{"m"}, "m", "", words.Key("next metric"), words.Key("metric")},
	{previousMetric, showing, []string{"M"}, "M", "", words.Key("previous metric"), ""},
	{sortRows, showing, []string{"s"}, "s", "", words.Key("sort by size, certainty or date"), words.Key("sort")},
	{nextPolicy, showing, []string{"p"}, "p", "", words.Key("fixed horizon or always-valid"), words.Key("policy")},
	{copyCell, showing, []string{"y"}, "y", "", words.Key("copy the cell"), ""},
	{copyTable, showing, []string{"Y"}, "Y", "", words.Key("copy the table"), words.Key("copy")},
	{exportPanel, showing, []string{"e"}, "e", "", words.Key("export panel or screen"), words.Key("export")},
	{showViews, showing, []string{"v"}, "v", "", words.Key("saved views"), words.Key("views")},
	{showSQL, showing, []string{"S"}, "S", "", words.Key("the SQL behind this"), words.Key("SQL")},
	{showHelp, leaving, []string{"?"}, "?", "", words.Key("help"), words.Key("help")},
	{showPalette, leaving, []string{":"}, ":", "", words.Key("find an action by name"), words.Key("find")},
	{quit, leaving, []string{"q"}, "q", "", words.Key("quit"), words.Key("quit")},
}...)

// digitOf is the key of a screen: 1 to 9, and 0 for the tenth.
func digitOf(i int) string { return string("1234567890"[i]) }

// screenBindings are the digits, one a screen.
func screenBindings() []binding {
	var out []binding
	for i, p := range places {
		digit := digitOf(i)
		out = append(out, binding{goFirst + action(i), moving, []string{digit}, digit, "", p.title, ""})
	}
	return out
}

// footerOrder lists what the footer shows, the most needed first: what does
// not fit is left out from the end.
var footerOrder = []action{showHelp, quit, showPalette, back, showDeliveries, nextPane, editFilter, drill, filterByRow, compare, nextDimension, nextMetric, nextAcross, nextChannel, sortRows, nextPolicy, toggleTable, showAlone, undo, copyTable, exportPanel, showViews, showSQL, retry}

// What keys do while an overlay is open, for the footer.
var (
	applyHint    = words.Key("apply")
	leaveHint    = words.Key("leave as it was")
	completeHint = words.Key("complete")
	correctHint  = words.Key("correct")
	nextHint     = words.Key("next")
	closeHint    = words.Key("close")
	quitHint     = words.Key("quit")
	moreHint     = words.Key("more")
	doHint       = words.Key("do it")
	copyHint     = words.Key("copy")
	copyAllHint  = words.Key("copy all")
	changeHint   = words.Key("change and run")
	runHint      = words.Key("run")
	olderHint    = words.Key("the one before")
	openHint     = words.Key("open")
	saveHint     = words.Key("save")
	writeHint    = words.Key("write")
	wholeHint    = words.Key("panel or screen")
	takeHint     = words.Key("take in")
	formatHint   = words.Key("format")
)
