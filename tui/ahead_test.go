package tui

import (
	"context"
	"slices"
	"testing"

	"accord/queries"
)

// startAhead starts a program of which the Overview is known before the data is open.
func startAhead(t *testing.T, change ...func(*Config)) *app {
	t.Helper()
	q := richQuestions()
	overview, err := q.Overview(context.Background(), queries.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	known := func(c *Config) { c.Ahead = &Ahead{Provenance: q.Provenance(), Overview: overview} }
	return startApp(t, q, 120, 36, append([]func(*Config){known}, change...)...)
}

// What is known before the data is open is shown whole, and not dimmed while it is
// asked again; what was answered by the data is, as another question's may be.
func TestAhead(t *testing.T) {
	a := startAhead(t)
	ahead := a.body(a.frame.body.Dx(), a.frame.body.Dy())
	mustSay(t, screenText(a), "SYNTHETIC DATA", "60,000 customers", "Stance: what people say")
	a.Update(openProgressedMsg{Stage: "adding up", Done: 0.5})
	mustSay(t, screenText(a), "Loading, 50.0 %: adding up. Other screens and filters follow.")
	press(a, "/")
	mustSay(t, screenText(a), "The data is still being opened.")
	press(a, "tab", "shift+tab")
	_, cmd := a.Update(a.opening.start(a.ctx, a.config.Open))
	if !a.loader.running() || !slices.Equal(ahead, a.body(a.frame.body.Dx(), a.frame.body.Dy())) {
		t.Error("the answer is dimmed while it is asked again")
	}
	settle(a, cmd)
	opened := a.body(a.frame.body.Dx(), a.frame.body.Dy())
	if !slices.Equal(ahead, opened) {
		t.Errorf("another answer:\n%s", opened)
	}
	a.Update(keyPress("r"))
	if slices.Equal(opened, a.body(a.frame.body.Dx(), a.frame.body.Dy())) {
		t.Error("an answer of the data is not dimmed while it is asked again")
	}
}

// Another screen than the Overview, and a filter, are not known before.
func TestNotAhead(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"screen": func(c *Config) { c.Screen = liftName },
		"filter": func(c *Config) { c.Filter = queries.Filter{Since: "2018-01-01"} },
		"view":   func(c *Config) { c.View = &View{Screen: liftName} },
	} {
		t.Run(name, func(t *testing.T) { mustSay(t, screenText(startAhead(t, change)), "Opening the data") })
	}
}

// Screens can be gone to before the data is open, but for those of analysts: whether
// the session is guarded is not known.
func TestScreensWait(t *testing.T) {
	a := startApp(t, richQuestions(), 120, 36)
	press(a, "0")
	mustSay(t, screenText(a), "The data is still being opened.")
	press(a, "2")
	mustSay(t, screenText(a), "Opening the data", "2 Lift")
	_, cmd := a.Update(a.opening.start(a.ctx, a.config.Open))
	settle(a, cmd)
	mustSay(t, screenText(a), "Lift on the human click rate")
}
