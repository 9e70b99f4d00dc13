package tui

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
	"accord/tui/chart"
)

// sqlHeight is the lines that the SQL prompt takes: title, input, two of
// completions, one of limits.
const sqlHeight = 5

// keywords are the words of SQL that the prompt completes.
var keywords = []string{
	"SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "LIMIT", "JOIN", "USING", "ON", "WITH", "AS", "AND", "OR", "NOT", "IN", "BETWEEN", "IS NULL",
	"CASE WHEN", "THEN", "ELSE", "END", "DISTINCT", "HAVING", "UNION ALL", "count(*)", "sum(", "avg(", "min(", "max(", "DESC",
}

// A sqlPrompt is where a statement is written.
type sqlPrompt struct {
	*look
	input  *inputLine
	tables []queries.StoredTable // nil until they are listed
	chosen int                   // of the completions
	back   []string              // statements before this one, the last last
	at     int                   // in back; len(back) = what is being written
	draft  string                // what is being written, while an older one is shown
}

// tablesListedMsg brings what there is to ask.
type tablesListedMsg struct {
	prompt *sqlPrompt
	tables []queries.StoredTable
}

// newSQLPrompt opens the prompt on a statement; the command lists the tables.
func newSQLPrompt(a *app, statement string) (*sqlPrompt, tea.Cmd) {
	p := &sqlPrompt{look: a.look, input: newInputLine("> ", oneLine(statement)), back: a.history, at: len(a.history)}
	q, ctx := a.questions, a.ctx
	return p, a.work.do(func() tea.Msg {
		tables, err := q.StoredTables(ctx)
		if err != nil {
			return nil // completion does without
		}
		return tablesListedMsg{p, tables}
	})
}

// oneLine is a statement as one line, without its comments of whole lines.
func oneLine(statement string) string {
	var parts []string
	for line := range strings.SplitSeq(statement, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "--") {
			parts = append(parts, line)
		}
	}
	return strings.Join(parts, " ")
}

// Height implements overlay.
func (p *sqlPrompt) Height(int) int { return sqlHeight }

func (p *sqlPrompt) line() *inputLine { return p.input }

func (p *sqlPrompt) handleEdit() { p.chosen = 0 }

func (p *sqlPrompt) hints(*app) []hint {
	return []hint{{drill, runHint}, {back, closeHint}, {nextPane, completeHint}, {up, olderHint}}
}

func (p *sqlPrompt) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "esc":
		a.close()
	case "enter":
		if text := strings.TrimSpace(p.input.Value()); text != "" {
			a.close()
			return a.runStatement(text)
		}
	case "tab":
		p.complete()
	case "shift+tab":
		p.chosen++
	case "up", "down":
		p.recall(m.String() == "up")
	default:
		if p.input.edit(m) {
			p.handleEdit()
		}
	}
	return nil
}

// recall goes to the statement before, or after, in the history.
func (p *sqlPrompt) recall(older bool) {
	to := p.at + 1
	if older {
		to = p.at - 1
	}
	if to < 0 || to > len(p.back) {
		return
	}
	if p.at == len(p.back) {
		p.draft = p.input.Value()
	}
	p.at = to
	text := p.draft
	if to < len(p.back) {
		text = oneLine(p.back[to])
	}
	p.input.SetValue(text)
	p.input.CursorEnd()
}

// typed is the word before the cursor.
func (p *sqlPrompt) typed() string {
	runes := []rune(p.input.Value())
	before := string(runes[:p.input.Position()])
	return before[strings.LastIndexFunc(before, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })+1:]
}

// candidates are the tables, columns and words that begin as what was typed:
// of the tables that the statement names first.
func (p *sqlPrompt) candidates() []candidate {
	typed := strings.ToLower(p.typed())
	if typed == "" {
		return nil
	}
	text := strings.ToLower(p.input.Value())
	var named, tables, columns, words []candidate
	seen := map[string]bool{}
	add := func(list *[]candidate, text, note string) {
		if key := strings.ToLower(text); strings.HasPrefix(strings.TrimPrefix(key, `"`), typed) && key != typed && !seen[key] {
			seen[key] = true
			*list = append(*list, candidate{text: text, note: note})
		}
	}
	for _, t := range p.tables {
		add(&tables, t.Name, "")
		if strings.Contains(text, t.Name) {
			for _, c := range t.Columns {
				add(&named, quoted(c), t.Name)
			}
		}
	}
	for _, t := range p.tables {
		for _, c := range t.Columns {
			add(&columns, quoted(c), t.Name)
		}
	}
	for _, w := range keywords {
		add(&words, w, "")
	}
	return slices.Concat(named, tables, words, columns)
}

// quoted is the name of a column as it has to be written.
func quoted(name string) string {
	for i, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (i == 0 || r < '0' || r > '9') {
			return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
	}
	return name
}

// complete writes the candidate chosen in place of what was typed of it.
func (p *sqlPrompt) complete() {
	found := p.candidates()
	if len(found) == 0 {
		return
	}
	end := p.input.Position()
	p.input.replace(end-len([]rune(p.typed())), end, found[p.chosen%len(found)].text)
	p.handleEdit()
}

// View implements overlay.
func (p *sqlPrompt) View(width, _ int) []string {
	lines := []string{p.overlayHead(p.words.Say("SQL: one SELECT on the tables of the store"), width), p.input.draw(p.look, width)}
	found := p.candidates()
	chosen := 0
	if len(found) > 0 {
		chosen = p.chosen % len(found)
	}
	list := indent(p.listed("", found, chosen, width-margin, 2))
	for len(list) < 2 {
		list = append(list, "")
	}
	limits := p.words.Say("Read only, %[1]s rows and %[2]s seconds at most; figures about few people are not withheld.", p.words.Int(queries.RowLimit), p.words.Int(int64(queries.TimeLimit.Seconds())))
	return append(append(lines, list...), indent(p.gloss(chart.Muted, limits, width-margin, 1))...)
}
