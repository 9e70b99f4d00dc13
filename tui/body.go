package tui

import (
	"context"
	"errors"
	"image"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/progress"
	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// lines draws everything: the frame, and in it the screen or an overlay.
func (a *app) lines() []string {
	if a.frame.tooSmall {
		return a.tooSmall()
	}
	f := a.frame
	body := f.body
	var over []block
	if a.over != nil {
		at := a.overlayArea()
		over = []block{{at, a.over.View(at.Dx(), at.Dy())}}
		body.Max.Y = max(at.Min.Y-1, body.Min.Y)
	}
	inside := a.body(body.Dx(), body.Dy()) // first: the status line depends on what had room in it
	return compose(a.width, a.height, append(over,
		block{f.header, a.header().View(f.header.Dx())},
		block{body, inside},
		block{f.status, []string{a.statusLine(f.status.Dx())}},
		block{f.footer, []string{a.footerLine(f.footer.Dx())}},
	)...)
}

// tooSmall says what is needed and what there is, as far as that fits.
func (a *app) tooSmall() []string {
	text := a.words.Say("%[1]s needs a terminal of at least %[2]s. This one has %[3]s. %[4]s quits.",
		product, a.size(minWidth, minHeight), a.size(a.width, a.height), a.keyOf(quit))
	lines := a.wrap(chart.Text, text, a.width)
	top := max((a.height-len(lines))/2, 0)
	return compose(a.width, a.height, block{image.Rect(0, top, a.width, a.height), lines})
}

// size writes a terminal's size.
func (a *app) size(width, height int) string {
	return strconv.Itoa(width) + a.glyph("×", "x") + strconv.Itoa(height)
}

func (a *app) header() header {
	h := header{look: a.look, shown: a.shown, provenance: a.provenance, open: a.provenance != (queries.Provenance{}), filter: a.filters.current(), loaded: a.inbox.Loaded}
	for _, p := range a.pages {
		h.screens = append(h.screens, p.Title())
	}
	return h
}

func (a *app) body(width, height int) []string {
	p := a.pages[a.shown]
	switch {
	case !a.opened && !p.answered:
		return a.openingView(width, height)
	case !a.opened:
		return p.View()
	case a.questions == nil:
		return a.failure(width, a.words.Say("The data could not be opened"), a.words.Problem(a.opening.err), a.words.Say("%s quits.", a.keyOf(quit)))
	case errors.Is(p.err, context.Canceled):
		return a.failure(width, a.words.Say("Cancelled"), "", a.words.Say("%s asks again.", a.keyOf(retry)))
	case p.err != nil:
		title, why := a.words.Failure(p.err)
		return a.failure(width, title, why, a.wayOn())
	case a.loader.running() && !p.ahead:
		return a.dim(p.View())
	}
	return p.View()
}

// wayOn says how to go on after a failed question.
func (a *app) wayOn() string {
	if a.pages[a.shown].Name() == sqlName {
		return a.words.Say("%s changes the statement.", a.keyOf(showSQL))
	}
	if a.filters.at > 0 {
		return a.words.Say("%[1]s asks again, %[2]s takes the last filter back, %[3]s edits it.", a.keyOf(retry), a.keyOf(undo), a.keyOf(editFilter))
	}
	return a.words.Say("%[1]s asks again, %[2]s edits the filter.", a.keyOf(retry), a.keyOf(editFilter))
}

// failure says what went wrong and how to go on.
func (a *app) failure(width int, title, why, wayOn string) []string {
	var text []string
	if why != "" {
		for paragraph := range strings.SplitSeq(why, "\n") {
			text = append(text, a.wrap(chart.Text, paragraph, width-margin)...)
		}
		text = append(text, "")
	}
	text = append(text, a.wrap(chart.Muted, wayOn, width-margin)...)
	return append([]string{a.paint(chart.Warning, a.glyph("▲ ", "! ")+title), ""}, indent(text)...)
}

// stage names what the opening of the data is at.
func (a *app) stage() string {
	if a.progress.Stage == "" {
		return a.words.Say("Opening the data")
	}
	return a.words.Translate(a.progress.Stage)
}

// openingView shows how far the opening of the data has come.
func (a *app) openingView(width, height int) []string {
	bar := progress.New(progress.WithoutPercentage(), progress.WithWidth(min(width, 48)))
	bar.Full, bar.Empty = '━', '─'
	if a.theme.ASCII {
		bar.Full, bar.Empty = '=', '-'
	}
	bar.FullColor, bar.EmptyColor = a.theme.Color(chart.Accent), a.theme.Color(chart.Border)
	lines := []string{
		a.paint(chart.Title, a.stage()),
		bar.ViewAs(min(max(a.progress.Done, 0), 1)),
	}
	middle := make([]string, max(height/2-2, 0), height+2)
	for _, line := range lines {
		middle = append(middle, strings.Repeat(" ", max(width-48, 0)/2)+line)
	}
	return middle
}

// statusLine is the last message, or that a query takes its time.
func (a *app) statusLine(width int) string {
	room := width - 2
	if room < 1 { // before the terminal has said its size
		return ""
	}
	if a.loader.slow {
		wait := a.loader.spinner.View() + " " + a.words.Say("Asking. esc cancels.")
		if a.status != "" {
			wait += "  " + chart.Clean(a.status)
		}
		return " " + a.paint(chart.Accent, a.theme.Fit(wait, room, chart.Left))
	}
	if a.status != "" {
		return " " + a.gloss(chart.Title, a.status, room, 1)[0]
	}
	if !a.opened && a.progress.Stage != "" && a.pages[a.shown].answered {
		return " " + a.gloss(chart.Accent, a.words.Say("Loading, %[1]s: %[2]s. Other screens and filters follow.", a.words.Share(a.progress.Done), a.stage()), room, 1)[0]
	}
	if line, tone := a.inboxLine(); line != "" {
		return " " + a.gloss(tone, line, room, 1)[0]
	}
	if a.first {
		return " " + a.gloss(chart.Accent, a.words.Say("First time here? %[1]s lists the keys, %[2]s filters, %[3]s finds anything by name.",
			a.keyOf(showHelp), a.keyOf(editFilter), a.keyOf(showPalette)), room, 1)[0]
	}
	if p := a.pages[a.shown]; p.answered && p.err == nil && a.over == nil {
		for _, note := range p.Note() {
			if ansi.StringWidth(note) <= room {
				return " " + a.paint(chart.Muted, note)
			}
		}
	}
	return ""
}

// footerLine is the keys that do something now.
func (a *app) footerLine(width int) string {
	if a.over != nil {
		return a.footer(width, a.over.hints(a), a.over.line() != nil)
	}
	var live []hint
	for _, x := range footerOrder {
		switch {
		case a.refusal(x) != "":
		case x == back && (a.loader.running() || a.inbox.taking != nil):
			live = append(live, hint{x, words.Key("cancel")})
		default:
			live = append(live, hint{x, a.bound(x).short})
		}
	}
	return a.footer(width, live, false)
}
