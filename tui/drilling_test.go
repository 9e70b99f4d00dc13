package tui

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accord/queries"
)

// TestDrillDownAndBack goes from a bar to its segment's campaigns, to the
// customers of one, to the life of a customer, and back by esc: each screen is
// exactly as it was.
func TestDrillDownAndBack(t *testing.T) {
	a := openApp(t, richQuestions(), 200, 60)
	pressPatiently(a, "3", "tab", "down")
	a.status = ""
	var before []string
	step := func(want ...string) {
		t.Helper()
		before = append(before, body(a))
		pressPatiently(a, "enter")
		mustSay(t, screenText(a), want...)
		a.status = ""
	}
	for row := 0; ; row++ { // a row that is a segment
		if p, ok := a.pages[a.shown].screen.(*board); ok && p.at().Narrows(p.cursors[p.focus].row) != nil {
			break
		}
		if row > 20 {
			t.Fatal("no row is a segment")
		}
		pressPatiently(a, "tab")
	}
	pressPatiently(a, "enter", "down", "enter", "esc", "esc") // from the second cut on the screen says how many there were
	a.status = ""
	step("Lift on the human click rate", "[")
	pressPatiently(a, "down", "down")
	a.status = ""
	step("▸ Arm:")
	step("Customers, by pseudonym", "The first 40 of 1,234 customers.", fakePseudonym(0)[:8])
	pressPatiently(a, "down", "down", "down")
	a.status = ""
	step("▸ Timeline of "+fakePseudonym(3)[:8], "2018-03-02 09:30", "message delivered", "by a machine", "42.10", "call centre", "personalisation (e-", "▒")
	pressPatiently(a, "tab")
	for i := len(before) - 1; i >= 0; i-- {
		pressPatiently(a, "esc")
		a.status = ""
		if diff := cmp.Diff(before[i], body(a)); diff != "" {
			t.Errorf("esc %d does not lead back (-before +after):\n%s", i, diff)
		}
	}
	pressPatiently(a, "esc")
	mustSay(t, screenText(a), "no screen to go back to")
	if a.filters.current().String() != "" {
		t.Errorf("filter %s", a.filters.current())
	}
}

// cutsLooked is how many cuts were looked at, and what follows from it: that
// grows with every look, back or not.
var cutsLooked = regexp.MustCompile(`opened: \d+|p < 0\.\d+`)

// body is what is on screen above status and footer.
func body(a *app) string {
	lines := strings.Split(cutsLooked.ReplaceAllString(screenText(a), ""), "\n")
	return strings.Join(lines[:a.frame.status.Min.Y], "\n")
}

func TestFindACustomer(t *testing.T) {
	asked := ""
	a := openApp(t, richQuestions(), 120, 36, func(c *Config) {
		c.Pseudonym = func(id, check string) (string, bool, error) {
			asked = id + " " + check
			if id == "broken" {
				return "", false, errors.New("the key is damaged")
			}
			return fakePseudonym(5), id != "stranger", nil
		}
	})
	pressPatiently(a, "i")
	typeText(a, "C-4711@x")
	if text := screenText(a); strings.Contains(text, "4711") || !strings.Contains(text, "> ********") {
		t.Errorf("the identifier is shown:\n%s", text)
	}
	pressPatiently(a, "enter")
	mustSay(t, screenText(a), "Customers, by pseudonym", "Timeline of "+fakePseudonym(5)[:8])
	if asked != "C-4711@x check" {
		t.Errorf("asked for %q", asked)
	}
	if strings.Contains(a.view().Choice.String()+screenText(a), "4711") {
		t.Error("the identifier is kept")
	}
	pressPatiently(a, "esc")
	mustSay(t, screenText(a), "▸ Stance")
	pressPatiently(a, "i")
	typeText(a, "stranger")
	pressPatiently(a, "enter")
	mustSay(t, screenText(a), "This data was loaded with another key")
	pressPatiently(a, "i")
	typeText(a, "broken")
	pressPatiently(a, "enter")
	mustSay(t, screenText(a), "the key is damaged")

	q := richQuestions()
	q.provenance.Guarded = true
	a = openApp(t, q, 120, 36)
	pressPatiently(a, "i")
	mustSay(t, screenText(a), "this session is guarded")
	pressPatiently(a, "2", "tab", "enter")
	mustSay(t, screenText(a), "this session is guarded", "▸ Arm:")
	a.open(peopleName, queries.Choice{}, nil)
}
