package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"accord/tui/chart"
)

// paletteHeight is the lines that the palette takes at most.
const paletteHeight = 14

// A palette finds actions and screens by name and does what is chosen.
type palette struct {
	*look
	input  *inputLine
	all    []command
	found  []command
	chosen int
}

// A command is a row of the palette.
type command struct {
	name  string
	label string // of its key; "" where it has none
	why   string // it does nothing now; "" where it does something
	do    func(*app) tea.Cmd
}

func newPalette(a *app) *palette {
	p := &palette{look: a.look, input: newInputLine(": ", "")}
	for _, b := range a.keys.bindings() {
		if b.action == showPalette {
			continue
		}
		p.all = append(p.all, command{a.words.Translate(b.does), a.keyOf(b.action), a.refusal(b.action), func(a *app) tea.Cmd { return a.do(b.action) }})
	}
	p.found = p.all
	return p
}

// Height implements overlay.
func (p *palette) Height(of int) int { return min(paletteHeight, of) }

func (p *palette) line() *inputLine { return p.input }

func (p *palette) hints(*app) []hint {
	return []hint{{drill, doHint}, {back, closeHint}, {down, nextHint}}
}

// handleEdit finds the commands whose names hold the letters that were written,
// in their order, accents aside; the best match first.
func (p *palette) handleEdit() {
	p.chosen, p.found = 0, nil
	text := plainly(strings.TrimSpace(p.input.Value()))
	if text == "" {
		p.found = p.all
		return
	}
	names := make([]string, len(p.all))
	for i, c := range p.all {
		names[i] = plainly(c.name)
	}
	for _, m := range fuzzy.Find(text, names) {
		p.found = append(p.found, p.all[m.Index])
	}
}

// plainly is a text without its accents.
func plainly(s string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		return s
	}
	return plain
}

func (p *palette) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "esc":
		a.close()
	case "enter":
		a.close()
		if p.chosen < len(p.found) {
			return p.found[p.chosen].do(a)
		}
		a.status = a.words.Say("Nothing has a name like that.")
	case "up", "down", "pgup", "pgdown":
		p.chosen = scrolled(m.String(), p.chosen, len(p.found), paletteHeight-3)
	default:
		if p.input.edit(m) {
			p.handleEdit()
		}
	}
	return nil
}

// scrolled is where a key of movement leads from a row of a list.
func scrolled(name string, at, n, page int) int {
	switch name {
	case "up":
		at--
	case "down":
		at++
	case "pgup":
		at -= page
	case "pgdown":
		at += page
	}
	return max(min(at, n-1), 0)
}

// View implements overlay.
func (p *palette) View(width, height int) []string {
	lines := []string{p.overlayHead(p.words.Say("Go to, or do"), width), p.input.draw(p.look, width)}
	room := height - len(lines)
	if len(p.found) == 0 {
		return append(lines, indent(p.wrap(chart.Muted, p.words.Say("Nothing has a name like that."), width-margin))...)
	}
	names, labels := 0, 0
	for _, c := range p.all {
		names, labels = max(names, ansi.StringWidth(c.name)), max(labels, ansi.StringWidth(c.label))
	}
	names = min(names, max(width-margin-labels-2, 0))
	for i := max(p.chosen-room+1, 0); i < len(p.found) && len(lines) < height; i++ {
		c := p.found[i]
		mark, tone := "  ", chart.Text
		if c.why != "" {
			tone = chart.Muted
		}
		if i == p.chosen {
			mark, tone = p.glyph("▸", ">")+" ", chart.Accent
		}
		row := p.paint(tone, mark+p.theme.Fit(c.name, names, chart.Left)) + "  " + p.paint(chart.Accent, p.theme.Fit(c.label, labels, chart.Left))
		if rest := width - margin - names - labels - 4; c.why != "" && rest > 20 {
			row += "  " + p.paint(chart.Muted, p.theme.Fit(c.why, rest, chart.Left))
		}
		lines = append(lines, row)
	}
	return lines
}
