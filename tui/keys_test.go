package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
)

func TestNoTwoBindingsShareAKey(t *testing.T) {
	seen := map[string]action{}
	for _, b := range bindings {
		if len(b.keys) == 0 || b.label == "" || b.does == "" {
			t.Errorf("%+v is not complete", b)
		}
		for _, k := range b.keys {
			if other, ok := seen[k]; ok {
				t.Errorf("%q is bound to %v and %v", k, other, b.action)
			}
			seen[k] = b.action
			if strings.HasPrefix(k, "alt+") || strings.HasPrefix(k, "ctrl+") {
				t.Errorf("%q: terminals own these keys", k)
			}
		}
	}
	for _, x := range footerOrder {
		found := false
		for _, b := range bindings {
			found = found || b.action == x && b.short != ""
		}
		if !found {
			t.Errorf("the footer cannot name action %v", x)
		}
	}
}

// TestEveryKeyDoesSomethingOrSaysWhy presses every key of the table everywhere.
func TestEveryKeyDoesSomethingOrSaysWhy(t *testing.T) {
	for name, q := range map[string]fakeQuestions{"rich": richQuestions(), "empty": emptyQuestions(), "tiny": tinyQuestions(), "suppressed": suppressedQuestions()} {
		places := [][]string{{"2"}, {"2", "tab"}, {"2", "t"}, {"?"}}
		for pane := range overviewPaneCount {
			there := append([]string{"2", "1"}, strings.Fields(strings.Repeat("tab ", pane))...)
			places = append(places, there, append(there, "t"))
		}
		if name == "tiny" || name == "suppressed" {
			places = places[:6] // the others' panes differ in their figures alone
		}
		for _, place := range places {
			for _, b := range bindings {
				for _, k := range b.keys {
					t.Run(fmt.Sprint(name, place, k), func(t *testing.T) {
						a := openApp(t, q, 120, 36)
						press(a, place...)
						a.status = ""
						before := a.View().Content
						_, cmd := a.Update(keyPress(k))
						if cmd == nil && a.View().Content == before {
							t.Error("nothing happens and nothing is said")
						}
					})
				}
			}
		}
	}
}

// TestFooterShowsLiveKeysOnly presses every key that the footer shows.
func TestFooterShowsLiveKeysOnly(t *testing.T) {
	a := openApp(t, richQuestions(), 200, 60)
	footer := a.footerLine(200)
	for _, dead := range []string{"sort", "metric", "undo", "back"} {
		if strings.Contains(footer, dead) {
			t.Errorf("%s does nothing here and is in the footer", dead)
		}
	}
	press(a, "2")
	mustSay(t, a.footerLine(200), "sort", "metric")
}

func TestUnknownKeysAndModifiers(t *testing.T) {
	a := openApp(t, richQuestions(), 80, 24)
	press(a, "w")
	mustSay(t, screenText(a), "w does nothing. ? lists the keys.")
	if _, cmd := a.Update(tea.KeyPressMsg{Code: 'q', Text: "q", Mod: tea.ModAlt}); cmd != nil {
		t.Error("alt+q acts")
	}
	press(a, "/")
	before := a.over.line().Value()
	for _, m := range []tea.KeyPressMsg{{Code: 'w', Mod: tea.ModCtrl}, {Code: 'v', Mod: tea.ModCtrl}, {Code: 'd', Text: "d", Mod: tea.ModAlt}} {
		if _, cmd := a.Update(m); cmd != nil || a.over.line().Value() != before {
			t.Errorf("%s acts in the prompt", m)
		}
	}
	if _, cmd := a.Update(keyPress("ctrl+c")); cmd == nil {
		t.Error("ctrl+c does not quit from the prompt")
	}
}

func TestFiltersAreUndoneAndRedone(t *testing.T) {
	a := openApp(t, richQuestions(), 80, 24)
	set := func(text string) {
		press(a, "/")
		a.over.line().SetValue("")
		typeText(a, text)
		press(a, "enter")
	}
	press(a, "u")
	mustSay(t, screenText(a), "There is no filter to undo.")
	set("region=QC")
	set("region=QC since=2018-01-01")
	mustSay(t, screenText(a), "[region=QC] [since=2018-01-01]")
	set("since=2018-01-01 region=QC")
	mustSay(t, screenText(a), "The filter is as it was.")
	press(a, "u")
	mustSay(t, screenText(a), "Filter: region=QC")
	press(a, "u")
	mustSay(t, screenText(a), "No filter: everyone, all dates")
	press(a, "U", "U")
	mustSay(t, screenText(a), "[since=2018-01-01]")
	press(a, "U")
	mustSay(t, screenText(a), "There is no filter to redo.")
	set("")
	mustSay(t, screenText(a), "no filter")
	press(a, "u")
	set("language=fr")
	press(a, "U")
	mustSay(t, screenText(a), "There is no filter to redo.")
}

func TestPromptMarksMistakes(t *testing.T) {
	a := openApp(t, richQuestions(), 80, 24)
	press(a, "/")
	typeText(a, "region=QC age_band==x")
	press(a, "enter")
	lines := strings.Split(screenText(a), "\n")
	for y, line := range lines {
		if i := strings.Index(line, "age_band=="); i >= 0 {
			want := len([]rune(line[:i])) + len("age_band=")
			if got := strings.Index(lines[y+1], "^"); got != want {
				t.Errorf("the mark is at %d, want %d:\n%s\n%s", got, want, line, lines[y+1])
			}
		}
	}
	mustSay(t, screenText(a), "expected a value for age_band")
	if c := a.View().Cursor; c == nil || c.X != 1+margin+len("/ ")+19 {
		t.Errorf("cursor = %+v, want it at the mistake", c)
	}
	press(a, "delete")
	if strings.Contains(screenText(a), "expected") {
		t.Error("the mark stays after an edit")
	}
	press(a, "enter")
	mustSay(t, screenText(a), "age_band has no value x: write ")
}

func TestPromptScrollsWithTheCursor(t *testing.T) {
	a := openApp(t, richQuestions(), 60, 20)
	press(a, "/")
	a.Update(tea.PasteMsg{Content: strings.Repeat("日本=語 ", 20) + "end"})
	mustSay(t, screenText(a), "end")
	if c := a.View().Cursor; c.X >= 60 {
		t.Errorf("the cursor is at %d, beyond the terminal", c.X)
	}
	wellFormed(t, a, 60, 20)
	press(a, "home")
	mustSay(t, screenText(a), "/ 日本=語")
}

func TestPromptCompletes(t *testing.T) {
	a := openApp(t, richQuestions(), 80, 24)
	press(a, "/")
	mustSay(t, screenText(a), "Empty shows everyone.", "region 5", "since")
	typeText(a, "RE")
	press(a, "tab")
	mustSay(t, screenText(a), "/ region=", `▸QC 24,000  ON 18,000  BC 9,000  AB 8,989  "New Brunswick"`)
	typeText(a, "QC,n")
	press(a, "tab")
	mustSay(t, screenText(a), `/ region=QC,"New Brunswick"`)
	typeText(a, " vs=p")
	press(a, "tab", "enter")
	if got := a.filters.current().Versus; got != queries.VersusPrevious {
		t.Errorf("vs = %q", got)
	}
	press(a, "/")
	typeText(a, "since=")
	mustSay(t, screenText(a), "▸2018-01-01  2017-01-01")
	press(a, "down", "tab")
	typeText(a, " purpose=pers")
	mustSay(t, screenText(a), "since=2017-01-01", "▸personalisation")
	press(a, "up", "tab", "enter")
	mustSay(t, a.filters.current().String(), "purpose=personalisation since=2017-01-01")
}

// TestPromptMarksAsOneTypes marks what is finished and wrong, and tab writes
// the nearest valid name.
func TestPromptMarksAsOneTypes(t *testing.T) {
	a := openApp(t, richQuestions(), 80, 24)
	press(a, "/")
	typeText(a, "regoin")
	if strings.Contains(screenText(a), "^") {
		t.Error("a word is marked while it is being written")
	}
	typeText(a, "=")
	typeText(a, "QC")
	mustSay(t, screenText(a), "/ regoin=QC\n     ^^^^^^\n", "there is no dimension regoin: write region")
	press(a, "tab")
	mustSay(t, screenText(a), "/ region=QC")
	press(a, "end")
	typeText(a, ",QX since=2018-01-01")
	mustSay(t, screenText(a), "region has no value QX: write QC", "^^")
	press(a, "tab", "enter")
	mustSay(t, a.filters.current().String(), "region=QC since=2018-01-01")
}

func TestFilterByRow(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36)
	press(a, "f")
	mustSay(t, screenText(a), "This row is not something to filter by.")
	press(a, "tab", "down", "f")
	mustSay(t, screenText(a), "[purpose=personalisation]")
	press(a, "tab", "left", "left", "f")
	trend := a.pages[0].screen.(*overview).answer.Trend.Points
	mustSay(t, screenText(a), "[since="+string(trend[len(trend)-4].At.AddDays(1))+"]")
	press(a, "u", "u", "5", "f")
	mustSay(t, screenText(a), "[purpose=")
}

func TestCopy(t *testing.T) {
	copied := func(a *app, k string) string {
		_, cmd := a.Update(keyPress(k))
		if cmd == nil {
			return ""
		}
		return fmt.Sprint(cmd())
	}
	a := openApp(t, richQuestions(), 120, 36)
	for _, want := range []string{"53.0 %", "62.0 %", "40.8 %", "+5.00 pp", "Loyalty week: the split went wrong (p < 0.001), so there is no verdict."} {
		if got := copied(a, "y"); got != want {
			t.Errorf("y copies %q, want %q", got, want)
		}
		press(a, "tab")
	}
	mustSay(t, screenText(a), "accord")
	press(a, "2")
	if got := copied(a, "y"); got != "+5.00 pp" {
		t.Errorf("y copies %q", got)
	}
	mustSay(t, screenText(a), "Sent to the terminal's clipboard: +5.00 pp")
	press(a, "t", "right", "right", "right", "right")
	if got := copied(a, "y"); got != "12,000" {
		t.Errorf("y copies %q from the table", got)
	}
	golden(t, "copy/lift.tsv", copied(a, "Y"))
	press(a, "tab")
	golden(t, "copy/arms.tsv", copied(a, "Y"))
	press(a, "1", "tab")
	golden(t, "copy/opt-in.tsv", copied(a, "Y"))
}

func TestCompare(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36)
	press(a, "c")
	mustSay(t, screenText(a), "[vs=previous]", "Compared with the previous period")
	press(a, "c")
	mustSay(t, screenText(a), "[vs=year]", "the same period a year before")
	press(a, "c") // there is no rest of everyone
	mustSay(t, screenText(a), "no filter", "Compared with nothing in particular")
	press(a, "/")
	typeText(a, "vs=rest")
	press(a, "enter")
	mustSay(t, screenText(a), "vs=rest needs a term", "^^^^")
	press(a, "esc", "/")
	typeText(a, "region=QC vs=year")
	press(a, "enter", "c")
	mustSay(t, screenText(a), "[region=QC] [vs=rest]", "Compared with the customers whom the filter leaves out")
	press(a, "8", "c", "c")
	mustSay(t, screenText(a), "Compared with the previous period. This screen lists what there is")
	press(a, "4")
	mustSay(t, screenText(a), "Compared with the previous period", "2 of 3 figures differ", "−1.20 pp", "withheld")
	golden(t, "compared/120x36.txt", screenText(a))
}
