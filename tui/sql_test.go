package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
)

func TestStatementsBehindAnAnswer(t *testing.T) {
	a := openApp(t, richQuestions(), 100, 30)
	press(a, "S")
	mustSay(t, screenText(a), "Nothing was asked of the store for this.")
	a.pages[0].statements = []queries.Statement{
		{Name: "segments", SQL: "SELECT segment_id FROM segments WHERE region IN ($v1)", Parameters: []queries.Parameter{{Name: "v1", Value: "Q'C\x1b[2J"}}},
		{Name: "lift", SQL: "-- Grain: arm\nSELECT 1\n" + strings.Repeat("\tUNION ALL SELECT 2 -- and so on and on and on and on and on and on and on and on and on and on\n", 30)},
	}
	press(a, "S")
	mustSay(t, screenText(a), "SQL behind Stance: what people say (1 of 2, segments)", "WHERE region IN ($v1)", "Parameters", `$v1 = 'Q''C\x1b[2J'`)
	wellFormed(t, a, 100, 30)
	_, cmd := a.Update(keyPress("y"))
	if got, want := fmt.Sprint(cmd()), "-- segments\nSELECT segment_id FROM segments WHERE region IN ('Q''C\x1b[2J');\n"; got != want {
		t.Errorf("y copies %q, want %q", got, want)
	}
	press(a, "right")
	mustSay(t, screenText(a), "(2 of 2, lift)", "-- Grain: arm")
	press(a, "end")
	wellFormed(t, a, 100, 30)
	press(a, "down")
	mustSay(t, screenText(a), "There is no more in that direction.")
	// Where a wider window needs fewer lines, the end is in sight still.
	for _, size := range [][2]int{{60, 20}, {300, 20}, {300, 60}, {100, 30}} {
		a.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		mustSay(t, screenText(a), "UNION ALL SELECT 2")
		wellFormed(t, a, size[0], size[1])
		press(a, "end")
	}
	press(a, "s")
	mustSay(t, screenText(a), "esc closes this first.")
	press(a, "right", "enter")
	mustSay(t, screenText(a), "3 rows: SELECT segment_id FROM segments WHERE")
	press(a, "S")
	mustSay(t, screenText(a), "▸ SQL: one SELECT")
}

// S shows what the panel in focus stands on.
func TestStatementsBehindAPanel(t *testing.T) {
	a := openApp(t, richQuestions(), 100, 30)
	press(a, "4")
	a.pages[a.shown].statements = []queries.Statement{
		{Name: "segments", SQL: "SELECT 1"}, {Name: "engagement", SQL: "SELECT 2", About: []string{"figures", "groups"}}, {Name: "moments", SQL: "SELECT 3", About: []string{"moments"}},
	}
	press(a, "S")
	mustSay(t, screenText(a), "SQL behind What people did with messages (1 of 2, segments)")
	press(a, "right")
	mustSay(t, screenText(a), "(2 of 2, engagement)")
	press(a, "esc", "tab", "tab", "tab", "S", "right")
	mustSay(t, screenText(a), "(2 of 2, moments)")
}

func TestSQLScreen(t *testing.T) {
	a := openApp(t, richQuestions(), 100, 30)
	at := digitOf(len(places) - 1)
	for i, p := range places {
		if p.name == sqlName {
			at = digitOf(i)
		}
	}
	press(a, at)
	mustSay(t, screenText(a), "No statement yet: enter writes one.", "not withheld here")
	press(a, "enter")
	typeText(a, "sel")
	mustSay(t, screenText(a), "▸SELECT", "Read only, 1,000 rows and 10 seconds")
	press(a, "tab")
	typeText(a, " regi")
	mustSay(t, screenText(a), `▸"Region" segments`)
	press(a, "backspace", "backspace", "backspace", "backspace")
	typeText(a, "pseu")
	press(a, "tab")
	typeText(a, " FROM cust")
	press(a, "tab")
	mustSay(t, screenText(a), "> SELECT pseudonym FROM customers")
	press(a, "enter")
	mustSay(t, screenText(a), "3 rows: SELECT pseudonym FROM customers", "QC", "1234")
	press(a, "t", "down", "right", "Y")
	d, _ := a.document()
	mustSay(t, strings.Join(d.Notes, "\n"), "SQL: SELECT pseudonym FROM customers", "Figures about few people are not withheld here.")
	if strings.Contains(strings.Join(d.Notes, "\n"), "people withheld") {
		t.Error("the footer says that figures are withheld")
	}

	press(a, "S")
	a.over.line().SetValue("SELECT wrong")
	press(a, "enter")
	mustSay(t, screenText(a), "Binder Error: wrong", "S changes the statement.")
	press(a, "S", "up", "up")
	mustSay(t, screenText(a), "> SELECT pseudonym FROM customers")
	press(a, "up", "down", "down")
	mustSay(t, screenText(a), "> SELECT wrong")
	press(a, "esc", "1", at)
	mustSay(t, screenText(a), "Binder Error: wrong")
}

func TestGuardedHasNoSQL(t *testing.T) {
	q := richQuestions()
	q.provenance.Guarded = true
	a := openApp(t, q, 100, 30)
	for i, p := range places {
		if p.name == sqlName {
			press(a, digitOf(i))
		}
	}
	mustSay(t, screenText(a), "this session is guarded", "▸ Stance")
	a.pages[0].statements = []queries.Statement{{Name: "x", SQL: "SELECT 1"}}
	press(a, "S", "enter")
	mustSay(t, screenText(a), "this session is guarded", "SQL behind Stance")
	a = openApp(t, q, 100, 30, func(c *Config) { c.Screen = sqlName })
	press(a, "S")
	mustSay(t, screenText(a), "this session is guarded")
}
