package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/export"
)

func TestFrameIsDrawnBeforeTheDataIsOpen(t *testing.T) {
	a := startApp(t, richQuestions(), 80, 24)
	text := screenText(a)
	mustSay(t, text, "accord", "1 Overview", "2", "Opening the data", "? help", "q quit")
	if strings.Contains(text, "SYNTHETIC") {
		t.Error("nothing is known of the data yet")
	}
	a.Update(openProgressedMsg{Stage: "customers", Done: 0.5})
	mustSay(t, screenText(a), "customers", strings.Repeat("━", 24)+strings.Repeat("─", 24))
	press(a, "t")
	mustSay(t, screenText(a), "The data is still being opened.")
}

func TestProgressReachesTheScreen(t *testing.T) {
	a := startApp(t, richQuestions(), 80, 24, func(c *Config) {
		c.Open = func(_ context.Context, progress func(Progress)) (Questions, error) {
			progress(Progress{"customers", 0.1})
			progress(Progress{"consents", 0.4}) // takes the place of the first, which nobody saw
			return richQuestions(), nil
		}
	})
	opened := result(a.Init())
	a.Update(a.opening.watch())
	if a.progress != (Progress{"consents", 0.4}) {
		t.Errorf("progress = %+v", a.progress)
	}
	a.Update(opened)
	if got := a.opening.watch(); got != nil {
		t.Errorf("watching an opening that is over brings %v", got)
	}
}

func TestOpeningFails(t *testing.T) {
	a := openApp(t, nil, 80, 24, func(c *Config) {
		c.Open = func(context.Context, func(Progress)) (Questions, error) {
			return nil, errors.New("consents.csv, line 12: no date\nwrite one as 2018-03-17")
		}
	})
	mustSay(t, screenText(a), "The data could not be opened", "consents.csv, line 12: no date\n", "write one as", "q quits.")
	press(a, "/")
	mustSay(t, screenText(a), "The data could not be opened. q quits.")
	if a.openError() == nil {
		t.Error("Run has no error to return")
	}
	if _, cmd := a.Update(keyPress("q")); cmd == nil {
		t.Error("q does not quit")
	}
}

func TestEveryScreenSaysWhereItsFiguresComeFrom(t *testing.T) {
	for _, key := range []string{"1", "2", "?", "/"} {
		a := openApp(t, richQuestions(), 60, 20)
		press(a, key)
		mustSay(t, screenText(a), "SYNTHETIC DATA", "as of 2018-12-31", "60,000 customers")
	}
	a := openApp(t, suppressedQuestions(), 60, 20)
	if strings.Contains(screenText(a), "SYNTHETIC") {
		t.Error("real data is called synthetic")
	}
}

// asked returns the app after a filter was set whose query has not returned,
// and the message it will return.
func asked(t *testing.T, filter string) (*app, tea.Msg) {
	t.Helper()
	a := openApp(t, richQuestions(), 100, 30)
	press(a, "/")
	typeText(a, filter)
	_, cmd := a.Update(keyPress("enter"))
	return a, result(cmd)
}

func TestPreviousAnswerStaysDimmed(t *testing.T) {
	a, answer := asked(t, "region=QC")
	muted := a.paint(chart.Muted, "x")
	muted = muted[:strings.Index(muted, "x")]
	body := a.lines()[a.frame.body.Min.Y]
	mustSay(t, body, "Stance", muted)
	if strings.Contains(body, a.paint(chart.Accent, "▸ Stance: what people say")) {
		t.Error("the old answer is not dimmed")
	}
	a.Update(answer)
	mustSay(t, a.lines()[a.frame.body.Min.Y], a.paint(chart.Accent, "▸ Stance: what people say"))
}

func TestCopyOfThePreviousAnswerNamesItsFilter(t *testing.T) {
	a, _ := asked(t, "region=QC")
	_, cmd := a.Update(keyPress("Y"))
	mustSay(t, fmt.Sprint(cmd()), "No filter: everyone, all dates")
}

func TestStaleAnswerIsDropped(t *testing.T) {
	a, late := asked(t, "region=QC")
	_, cmd := a.Update(keyPress("u"))
	settle(a, cmd) // the answer to no filter is known
	msg := late.(answeredMsg)
	msg.answer = overviewAnsweredMsg{}
	a.Update(msg)
	if len(a.pages[0].screen.(*overview).answer.OptIn) == 0 {
		t.Error("an overtaken answer took the place of the one asked for last")
	}
	if _, ok := a.loader.answers[msg.request]; ok {
		t.Error("an overtaken answer is kept")
	}
}

func TestCancelGoesBackToTheFilterOnScreen(t *testing.T) {
	a, late := asked(t, "region=QC")
	press(a, "esc")
	if got := a.filters.current().String(); got != "" {
		t.Errorf("filter = %q after cancelling, though the figures are of everyone", got)
	}
	mustSay(t, screenText(a), "Cancelled.", "no filter")
	a.Update(late)
	if a.loader.running() || a.pages[0].err != nil {
		t.Error("the cancelled answer was not dropped")
	}
	press(a, "U")
	mustSay(t, screenText(a), "[region=QC]")
}

func TestCancelReachesTheQuery(t *testing.T) {
	q := richQuestions()
	done := make(chan error, 1)
	q.before = func(ctx context.Context, f queries.Filter) error {
		if f.String() == "" {
			return nil
		}
		<-ctx.Done()
		done <- ctx.Err()
		return ctx.Err()
	}
	a := openApp(t, q, 80, 24)
	press(a, "/")
	typeText(a, "language=fr")
	_, cmd := a.Update(keyPress("enter"))
	answer := make(chan tea.Msg)
	go func() { answer <- result(cmd) }()
	a.Update(keyPress("esc"))
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("the query ended with %v", err)
	}
	a.Update(<-answer)
	if a.pages[0].err != nil {
		t.Errorf("a cancelled query is shown as failed: %v", a.pages[0].err)
	}
}

func TestCancelBeforeAnyAnswer(t *testing.T) {
	a := startApp(t, richQuestions(), 80, 24)
	_, cmd := a.Update(result(a.Init()))
	press(a, "esc")
	mustSay(t, screenText(a), "Cancelled", "r asks again.")
	a.Update(result(cmd))
	mustSay(t, screenText(a), "r asks again.")
	press(a, "r")
	mustSay(t, screenText(a), "53.0 %")
}

func TestFailedQuerySaysHowToGoOn(t *testing.T) {
	q := richQuestions()
	q.before = func(_ context.Context, f queries.Filter) error {
		if f.String() != "" {
			return errors.New("the store was taken away")
		}
		return nil
	}
	a := openApp(t, q, 80, 24)
	press(a, "/")
	typeText(a, "region=QC")
	press(a, "enter")
	mustSay(t, screenText(a), "could not be answered", "the store was taken away", "r asks again, u takes the last filter back")
	press(a, "t")
	mustSay(t, screenText(a), "There is no answer here. r asks again.")
	press(a, "u")
	mustSay(t, screenText(a), "53.0 %", "No filter")
}

func TestFilterErrorOfAQueryIsMarkedInThePrompt(t *testing.T) {
	q := richQuestions()
	q.before = func(_ context.Context, f queries.Filter) error {
		_, err := queries.Vocabulary{Dimensions: q.dimensions}.Parse(f.String())
		return err
	}
	a := openApp(t, q, 80, 24, func(c *Config) {
		c.Filter = queries.Filter{Terms: []queries.Term{{Dimension: "agee", Values: []string{"x"}}, {Dimension: "region", Values: []string{"QC"}}}}
	})
	mustSay(t, screenText(a), "The filter cannot be used", "there is no dimension agee")
	press(a, "/")
	mustSay(t, screenText(a), "there is no dimension agee: write age_band, region, language", "^^^^")
}

func TestRefusedFilterSaysWhyAndIsMarkedInThePrompt(t *testing.T) {
	q := richQuestions()
	q.before = func(_ context.Context, f queries.Filter) error {
		if f.String() == "" {
			return nil
		}
		return &queries.RefusedError{Filter: f, MinCell: 11, Removes: "region"}
	}
	a := openApp(t, q, 80, 24)
	press(a, "/")
	typeText(a, "language=fr region=QC")
	press(a, "enter")
	mustSay(t, screenText(a), "The filter was refused", "The term on region removes fewer than 11 people", "u takes the last filter back")
	press(a, "/")
	mustSay(t, screenText(a), "  / language=fr region=QC\n"+strings.Repeat(" ", 17)+"^^^^^^\n", "who would be seen by")
	typeText(a, "x")
	if strings.Contains(screenText(a), "^") {
		t.Error("the mark stays after an edit")
	}
}

func TestAnswersAreKept(t *testing.T) {
	asked := map[string]int{}
	q := richQuestions()
	q.before = func(_ context.Context, f queries.Filter) error { asked[f.String()]++; return nil }
	a := openApp(t, q, 80, 24)
	press(a, "2", "1", "2", "1")
	if asked[""] != 2 {
		t.Errorf("two screens asked %d times", asked[""])
	}
	press(a, "r")
	if asked[""] != 3 {
		t.Error("r did not ask again")
	}
}

func TestSpinnerOnlyAfterPatience(t *testing.T) {
	a, answer := asked(t, "region=QC")
	if strings.Contains(screenText(a), "Asking") {
		t.Error("the spinner shows at once")
	}
	if cmd := a.handle(patienceEndedMsg{a.loader.generation - 1}); cmd != nil {
		t.Error("the patience of an older query starts the spinner")
	}
	tick := a.handle(patienceEndedMsg{a.loader.generation})
	mustSay(t, screenText(a), "Asking. esc cancels.")
	next := a.handle(tick())
	if next == nil {
		t.Error("the spinner does not turn")
	}
	a.Update(answer)
	if cmd := a.handle(spinner.TickMsg{}); cmd != nil {
		t.Error("the spinner ticks on with nothing to wait for")
	}
	if cmd := a.handle(patienceEndedMsg{a.loader.generation}); cmd != nil {
		t.Error("the spinner starts though the answer is there")
	}
}

func TestThemeFollowsTheBackground(t *testing.T) {
	white, black := tea.BackgroundColorMsg{Color: ansi.White}, tea.BackgroundColorMsg{Color: ansi.Black}
	a := openApp(t, richQuestions(), 80, 24, func(c *Config) { c.Theme = "auto" })
	dark := a.View().Content
	a.Update(white)
	light := a.View().Content
	if dark == light || ansi.Strip(dark) != ansi.Strip(light) {
		t.Error("a light background changes colours, and colours only")
	}
	a.Update(black)
	if a.View().Content != dark {
		t.Error("a dark background does not bring the dark theme")
	}
	for hint, want := range map[string]bool{"": true, "15;0": true, "0;15": false, "0;default;15": false, "7": false} {
		if got := darkByHint(hint); got != want {
			t.Errorf("darkByHint(%q) = %v", hint, got)
		}
	}
}

func TestPanicOfAQueryIsRaisedInUpdate(t *testing.T) {
	q := richQuestions()
	q.before = func(context.Context, queries.Filter) error { panic("boom") }
	a := startApp(t, q, 80, 24)
	_, cmd := a.Update(result(a.Init()))
	defer func() {
		if v, _ := recover().(string); !strings.Contains(v, "boom") || !strings.Contains(v, "fake_test.go") {
			t.Errorf("recovered %q, which does not say where", v)
		}
	}()
	a.Update(result(cmd))
}

func TestHostileNamesStayText(t *testing.T) {
	for _, keys := range [][]string{{"1"}, {"1", "tab", "t"}, {"1", "tab", "tab", "tab", "tab"}, {"2"}, {"2", "t"}, {"2", "tab"}, {"/"}, {"?"}} {
		a := openApp(t, hostileQuestions(), 120, 36)
		press(a, keys...)
		v := a.View()
		for _, bad := range []string{"\x1b]0", "\x1b[2J", "\u202e", "\u202c", "\t", "\x00", "\a"} {
			if strings.Contains(v.Content+v.WindowTitle, bad) {
				t.Errorf("%v: %q reached the terminal", keys, bad)
			}
		}
		wellFormed(t, a, 120, 36)
	}
	a := openApp(t, hostileQuestions(), 120, 36)
	press(a, "2", "t")
	d, _ := a.document()
	for _, write := range []func(io.Writer, export.Document) error{export.TSV, export.CSV, export.JSON, export.Markdown} {
		var b strings.Builder
		if err := write(&b, d); err != nil || strings.ContainsAny(b.String(), "\x1b\x00\u202e") {
			t.Errorf("an export holds control characters (%v)", err)
		}
	}
}

// wellFormed fails unless every line is exactly as wide as the terminal and
// there are exactly as many as it has.
func wellFormed(t *testing.T, a *app, width, height int) {
	t.Helper()
	lines := a.lines()
	if len(lines) != height {
		t.Fatalf("%d lines at %dx%d", len(lines), width, height)
	}
	for y, line := range lines {
		if w := ansi.StringWidth(line); w != width {
			t.Fatalf("line %d is %d wide at %dx%d: %q", y, w, width, height, ansi.Strip(line))
		}
	}
}
