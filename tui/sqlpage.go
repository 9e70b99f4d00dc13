package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
)

// A statementsPage shows the statements behind a panel, with their parameters.
type statementsPage struct {
	*look
	title      string
	statements []queries.Statement
	at         int // the one shown
	top        int // first line shown
}

// Height implements overlay.
func (p *statementsPage) Height(of int) int { return of }

func (p *statementsPage) line() *inputLine { return nil }

func (p *statementsPage) handleEdit() {}

func (p *statementsPage) hints(a *app) []hint {
	keys := []hint{{back, closeHint}, {right, nextHint}, {copyCell, copyHint}, {copyTable, copyAllHint}}
	if a.guarded() {
		return keys
	}
	return append(keys, hint{drill, changeHint})
}

func (p *statementsPage) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	height := a.frame.body.Dy() - statementsHead
	last := max(len(p.text(a.frame.body.Dx()))-height, 0)
	switch x := p.keys.action(m.String()); x {
	case back, showSQL:
		a.close()
	case quit:
		return tea.Quit
	case left, right, nextPane, previousPane:
		step := 1
		if x == left || x == previousPane {
			step = len(p.statements) - 1
		}
		p.at, p.top = (p.at+step)%len(p.statements), 0
	case up, down, pageUp, pageDown, home, end:
		c := cursor{row: p.top}
		if !c.move(x, last+1, 1, height) {
			a.status = a.words.Say("There is no more in that direction.")
		}
		p.top = c.row
	case copyCell:
		return a.copy(runnable(p.statements[p.at]))
	case copyTable:
		var all []string
		for _, s := range p.statements {
			all = append(all, runnable(s))
		}
		return a.copy(strings.Join(all, "\n"))
	case drill:
		if a.guarded() {
			a.status = a.words.Say("SQL and single customers are for analysts: this session is guarded.")
			return nil
		}
		a.close()
		return a.runStatement(p.statements[p.at].Runnable())
	default:
		a.status = a.words.Say("esc closes this first.")
	}
	return nil
}

// runnable is a statement to be pasted into any DuckDB client.
func runnable(s queries.Statement) string {
	return "-- " + s.Name + "\n" + strings.TrimSpace(s.Runnable()) + ";\n"
}

// statementsHead is the lines above the statement.
const statementsHead = 2

// text is the statement and its parameters, line by line.
func (p *statementsPage) text(width int) []string {
	s := p.statements[p.at]
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(s.SQL), "\n") {
		tone := chart.Text
		if strings.HasPrefix(line, "--") {
			tone = chart.Muted
		}
		lines = append(lines, p.folded(tone, line, width-margin)...)
	}
	if len(s.Parameters) == 0 {
		return indent(lines)
	}
	lines = append(lines, "", p.paint(chart.Title, p.words.Say("Parameters")))
	for _, x := range s.Parameters {
		value := queries.LiteralOf(x.Value)
		if most := 300; len(value) > most { // the copy has all of it
			value = strings.ToValidUTF8(value[:most], "") + p.glyph("…", "...")
		}
		lines = append(lines, p.folded(chart.Text, "$"+x.Name+" = "+value, width-margin)...)
	}
	return indent(lines)
}

// folded breaks a line of code wherever it must, and keeps its indent.
func (l *look) folded(tone chart.Tone, s string, width int) []string {
	s = ansi.Hardwrap(chart.Clean(strings.ReplaceAll(s, "\t", "    ")), max(width, 1), true)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = l.paint(tone, line)
	}
	return lines
}

// View implements overlay.
func (p *statementsPage) View(width, height int) []string {
	title := p.words.Say("SQL behind %[1]s (%[2]s of %[3]s, %[4]s)", p.title, p.words.Int(int64(p.at+1)), p.words.Int(int64(len(p.statements))), p.statements[p.at].Name)
	text := p.text(width)
	p.top = max(min(p.top, len(text)-height+statementsHead), 0) // a wider window has fewer lines
	lines := append([]string{p.overlayHead(chart.Clean(title), width), ""}, text[p.top:]...)
	return lines[:min(height, len(lines))]
}

// guarded reports whether SQL and single customers are switched off.
func (a *app) guarded() bool { return a.provenance.Guarded }

// runStatement shows what a statement returns on the SQL screen.
func (a *app) runStatement(text string) tea.Cmd {
	i := slices.Index(Screens(), sqlName)
	a.pages[i].SetChoice(queries.Choice{Statement: text})
	if n := len(a.history); n == 0 || a.history[n-1] != text {
		a.history = append(a.history, text)
	}
	return a.show(i)
}

// showStatements opens the statements behind the panel in focus, or on the SQL
// screen what is written there.
func (a *app) showStatements() tea.Cmd {
	p := a.pages[a.shown]
	if p.Name() == sqlName {
		prompt, cmd := newSQLPrompt(a, p.Choice().Statement)
		a.over = prompt
		return cmd
	}
	title, statements := p.Title(), p.statements
	if sheets, focus := p.Sheets(); focus < len(sheets) {
		title, statements = sheets[focus].Title, queries.StatementsOf(statements, sheets[focus].Name)
	}
	a.over = &statementsPage{look: a.look, title: title, statements: statements}
	return nil
}
