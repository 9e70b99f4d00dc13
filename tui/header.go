package tui

import (
	"strings"

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
}

// tabs are the cells of each screen's name and the names: of the screens not
// shown only the number, where the badge would not fit beside the rest.
func (h header) tabs(width int) ([]tab, []string) {
	for short := false; ; short = true {
		x := 1 + ansi.StringWidth(product) + 3
		tabs, names := make([]tab, len(h.screens)), make([]string, len(h.screens))
		for i, name := range h.screens {
			names[i] = digitOf(i)
			if !short || i == h.shown {
				names[i] += " " + name
			}
			w := ansi.StringWidth(names[i])
			tabs[i] = tab{x, x + w}
			x += w + 3
		}
		if short || x+ansi.StringWidth(h.badge()) < width {
			return tabs, names
		}
	}
}

// View draws the header: tabs and title, a rule that is heavy under the screen
// shown, and where the figures come from with the filter they are under.
func (h header) View(width int) []string {
	tabs, names := h.tabs(width)
	left := " " + h.paint(chart.Title, product)
	x := 1 + ansi.StringWidth(product)
	for i, name := range names {
		tone := chart.Muted
		if i == h.shown {
			tone = chart.Accent
		}
		left += strings.Repeat(" ", tabs[i].from-x) + h.paint(tone, name)
		x = tabs[i].to
	}
	right := h.paint(chart.Warning, h.badge())
	title, named := h.title(), false
	if w := ansi.StringWidth(title); w > 0 && x+3+w+2+ansi.StringWidth(h.badge())+1 <= width {
		named = true
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

	return []string{exactly(top, width), exactly(rule, width), exactly(" "+h.facts(width-2, !named), width)}
}

func (h header) title() string { return chart.Clean(h.provenance.Title) }

// badge labels made-up data. It is never cut.
func (h header) badge() string {
	if !h.provenance.Synthetic {
		return ""
	}
	return h.words.Say("SYNTHETIC DATA")
}

// facts is the as-of date, the number of customers and the filter in force,
// each part as a chip of its own. Chips that do not fit are counted. The title
// comes first if it is named nowhere else, cut if need be.
func (h header) facts(width int, title bool) string {
	if !h.open {
		return ""
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
	room := width - ansi.StringWidth(facts)
	facts = h.paint(chart.Muted, facts)
	chips := filterChips(h.filter)
	if len(chips) == 0 {
		if text := h.words.Say("no filter"); ansi.StringWidth(text)+3 <= room {
			facts += h.paint(chart.Muted, dot+text)
		}
		return facts
	}
	for i, chip := range chips {
		chip = " [" + chart.Clean(chip) + "]"
		left := len(chips) - i
		more := ""
		if left > 1 {
			more = h.words.Say(" +%s more", h.words.Int(int64(left)))
		}
		if w := ansi.StringWidth(chip); w+ansi.StringWidth(more) <= room || left == 1 && w <= room {
			facts += h.paint(chart.Accent, chip)
			room -= w
			continue
		}
		if i == 0 && room > 8 { // a chip too long for any room is cut: the prompt shows all of it
			return facts + h.paint(chart.Accent, h.theme.Fit(chip, room, chart.Left))
		}
		return facts + h.paint(chart.Accent, h.words.Say(" +%s more", h.words.Int(int64(left))))
	}
	return facts
}

// filterChips are the parts of a filter in its canonical form.
func filterChips(f queries.Filter) []string {
	var chips []string
	for _, t := range f.Terms {
		chips = append(chips, queries.Filter{Terms: []queries.Term{t}}.String())
	}
	for _, part := range []queries.Filter{{Purpose: f.Purpose}, {Since: f.Since}, {Until: f.Until}, {Versus: f.Versus}} {
		if text := part.String(); text != "" {
			chips = append(chips, text)
		}
	}
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
