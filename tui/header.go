package tui

import (
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"accord/queries"
	"accord/tui/chart"
)

// product is the name in the header.
const product = "accord"

// A tab is the place of a screen's name in the header.
type tab struct{ from, to int }

// header is what stands above every screen.
type header struct {
	*look
	screens    []string // their titles
	shown      int
	provenance queries.Provenance
	open       bool // provenance is known
	filter     queries.Filter
	loaded     time.Time // when the store was last written; zero where that is not watched
}

// whole is as much of a name as there is.
const whole = 1 << 10

// tabForms are how tabs are set, from the roomiest: with so much of the names of
// screens, whole that of the one shown, so many blanks between, and with or without
// the product's name before them.
var tabForms = []struct {
	most    int // cells of a name
	gap     int
	product string
}{{whole, 3, product}, {whole, 2, product}, {whole, 1, product}, {8, 1, product}, {6, 1, product}, {5, 1, product}, {0, 3, product}, {0, 2, product}, {0, 1, product}, {0, 1, ""}}

// tabs are the cells of each screen's name, the names and what stands before
// them, in the roomiest form that leaves the badge its place.
func (h header) tabs(width int) (tabs []tab, names []string, before string) {
	for _, form := range tabForms {
		x := 1
		if form.product != "" {
			x += ansi.StringWidth(form.product) + form.gap
		}
		tabs, names, before = make([]tab, len(h.screens)), make([]string, len(h.screens)), form.product
		for i, name := range h.screens {
			names[i] = digitOf(i)
			if most := form.most; i == h.shown || most+1 >= ansi.StringWidth(name) && most > 0 {
				names[i] += " " + name
			} else if most > 0 {
				names[i] += " " + h.theme.Fit(name, most, chart.Left)
			}
			w := ansi.StringWidth(names[i])
			tabs[i] = tab{x, x + w}
			x += w + form.gap
		}
		least := 3 // blanks before the badge
		if form.most < whole {
			least = 1
		}
		if x-form.gap+least+ansi.StringWidth(h.badge()) < width {
			break
		}
	}
	return tabs, names, before
}

// View draws the header: tabs and title, a rule that is heavy under the screen
// shown, and where the figures come from with the filter they are under.
func (h header) View(width int) []string {
	tabs, names, before := h.tabs(width)
	left := " " + h.paint(chart.Title, before)
	x := 1 + ansi.StringWidth(before)
	for i, name := range names {
		tone := chart.Muted
		if i == h.shown {
			tone = chart.Accent
		}
		left += strings.Repeat(" ", tabs[i].from-x) + h.paint(tone, name)
		x = tabs[i].to
	}
	right := h.paint(chart.Warning, h.badge())
	title, named := h.title(), h.named(width)
	if named {
		if right != "" {
			title += "  "
		}
		right = h.paint(chart.Text, title) + right
	}
	top := left + strings.Repeat(" ", max(width-x-1-ansi.StringWidth(right), 0)) + right

	at := tabs[h.shown]
	thin, heavy := h.glyph("─", "-"), h.glyph("━", "=")
	rule := h.paint(chart.Border, strings.Repeat(thin, at.from)) +
		h.paint(chart.Accent, strings.Repeat(heavy, at.to-at.from)) +
		h.paint(chart.Border, strings.Repeat(thin, max(width-at.to, 0)))

	facts, _ := h.facts(width-2, !named)
	return []string{exactly(top, width), exactly(rule, width), exactly(" "+facts, width)}
}

// named reports whether the title has room beside the tabs.
func (h header) named(width int) bool {
	tabs, _, _ := h.tabs(width)
	w := ansi.StringWidth(h.title())
	return w > 0 && tabs[len(tabs)-1].to+3+w+2+ansi.StringWidth(h.badge())+1 <= width
}

// chipAt is the chip in a column of the last line, nil for none.
func (h header) chipAt(x, width int) *filterChip {
	_, at := h.facts(width-2, !h.named(width))
	for i, t := range at {
		if x-1 >= t.from && x-1 < t.to {
			return &filterChips(h.filter)[i]
		}
	}
	return nil
}

func (h header) title() string { return chart.Clean(h.provenance.Title) }

// badge labels made-up data. It is never cut.
func (h header) badge() string {
	if !h.provenance.Synthetic {
		return ""
	}
	return h.words.Say("SYNTHETIC DATA")
}

// facts is the as-of date, the number of customers, when the store was written if
// there is room, and the filter in force,
// each part as a chip of its own. Chips that do not fit are counted. The title
// comes first if it is named nowhere else, cut if need be. Also where the chips
// stand that fit.
func (h header) facts(width int, title bool) (string, []tab) {
	if !h.open {
		return "", nil
	}
	asOf := h.words.Say("undated")
	if h.provenance.AsOf != "" {
		asOf = h.words.Say("as of %s", h.words.Date(h.provenance.AsOf))
	}
	dot := h.glyph(" · ", " | ")
	facts := asOf
	if n, ok := h.provenance.Customers.Value(); ok {
		facts += dot + h.words.Customers(n)
	}
	facts = chart.Clean(facts)
	if name := h.title(); title && name != "" {
		if room := width * 2 / 5; ansi.StringWidth(name) > room {
			name = h.theme.Fit(name, room, chart.Left)
		}
		facts = name + dot + facts
	}
	chips := filterChips(h.filter)
	if !h.loaded.IsZero() {
		// Chips go before it.
		text, need := dot+h.words.Say("written %s", h.words.Moment(h.loaded)), ansi.StringWidth(dot+h.words.Say("no filter"))
		for _, c := range chips {
			need += ansi.StringWidth(chart.Clean(c.text)) + 3
		}
		if ansi.StringWidth(facts+text)+need <= width {
			facts += text
		}
	}
	room := width - ansi.StringWidth(facts)
	facts = h.paint(chart.Muted, facts)
	if len(chips) == 0 {
		if text := h.words.Say("no filter"); ansi.StringWidth(text)+3 <= room {
			facts += h.paint(chart.Muted, dot+text)
		}
		return facts, nil
	}
	var at []tab
	for i, c := range chips {
		chip := " [" + chart.Clean(c.text) + "]"
		left := len(chips) - i
		more := ""
		if left > 1 {
			more = h.words.Say(" +%s more", h.words.Int(int64(left)))
		}
		w := ansi.StringWidth(chip)
		cut := i == 0 && room > 8 // a chip too long for any room is cut: the prompt shows all of it
		switch {
		case w+ansi.StringWidth(more) <= room || left == 1 && w <= room:
			facts += h.paint(chart.Accent, chip)
			at = append(at, tab{width - room + 1, width - room + w})
			room -= w
			continue
		case cut:
			return facts + h.paint(chart.Accent, h.theme.Fit(chip, room, chart.Left)), append(at, tab{width - room + 1, width})
		}
		return facts + h.paint(chart.Accent, h.words.Say(" +%s more", h.words.Int(int64(left)))), at
	}
	return facts, at
}

// A filterChip is a part of a filter, and the filter without it.
type filterChip struct {
	text string
	rest queries.Filter
}

// filterChips are the parts of a filter in its canonical form.
func filterChips(f queries.Filter) []filterChip {
	var chips []filterChip
	for i, t := range f.Terms {
		rest := f
		rest.Terms = slices.Delete(slices.Clone(f.Terms), i, i+1)
		if len(rest.Terms) == 0 && rest.Versus == queries.VersusRest {
			rest.Versus = queries.VersusNothing // there is no rest of everyone
		}
		chips = append(chips, filterChip{queries.Filter{Terms: []queries.Term{t}}.String(), rest})
	}
	add := func(part, rest queries.Filter) {
		if text := part.String(); text != "" {
			chips = append(chips, filterChip{text, rest})
		}
	}
	rest := f
	rest.Purpose = ""
	add(queries.Filter{Purpose: f.Purpose}, rest)
	rest = f
	rest.Since = ""
	add(queries.Filter{Since: f.Since}, rest)
	rest = f
	rest.Until = ""
	add(queries.Filter{Until: f.Until}, rest)
	rest = f
	rest.Versus = ""
	add(queries.Filter{Versus: f.Versus}, rest)
	return chips
}

// A hint is a key of the footer and what it does there, a key of package words.
type hint struct {
	action action
	does   string
}

// footer draws hints, the most needed first: what does not fit is left out.
// Where a text is being written, letters are written and do nothing else.
func (l *look) footer(width int, hints []hint, writing bool) string {
	keys := make([]key.Binding, len(hints))
	for i, h := range hints {
		keys[i] = l.keyBinding(h.action, h.does)
		if writing {
			label, _, _ := strings.Cut(keys[i].Help().Key, " ")
			keys[i].SetHelp(label, keys[i].Help().Desc)
		}
	}
	h := l.helpWidget()
	h.SetWidth(width - 2)
	return exactly(" "+h.ShortHelpView(keys), width)
}

// helpWidget is the bubble that draws keys, in the theme's tones.
func (l *look) helpWidget() help.Model {
	h := help.New()
	h.ShortSeparator = "   "
	h.Ellipsis = "" // a key that does not fit is in the help
	keys, does, rule := l.theme.Style(chart.Accent), l.theme.Style(chart.Muted), l.theme.Style(chart.Border)
	h.Styles = help.Styles{
		Ellipsis: rule, ShortKey: keys, ShortDesc: does, ShortSeparator: rule,
		FullKey: keys, FullDesc: does, FullSeparator: rule,
	}
	return h
}
