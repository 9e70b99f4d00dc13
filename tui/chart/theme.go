package chart

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Tone is what a mark means; a [Theme] decides how that looks.
type Tone uint8

// The tones. Series tones also carry a fill pattern, see [Theme.Fill].
const (
	Auto     Tone = iota // the chart's own choice
	Text                 // body text
	Muted                // secondary text
	Title                // headings
	Accent               // the one thing to look at
	Border               // axes, rules, frames
	Good                 // a gain
	Bad                  // a loss
	Neutral              // neither, or not told apart from none
	Warning              // read with care
	Selected             // the row under the cursor
	Series1
	Series2
	Series3
	Series4
	Series5
	Series6

	toneCount
)

// seriesCount is how many series can be told apart in one drawing.
const seriesCount = int(Series6-Series1) + 1

// Series returns the tone of the i-th series, counted from 0; after six they
// repeat.
func Series(i int) Tone {
	return Series1 + Tone((i%seriesCount+seriesCount)%seriesCount)
}

// Theme turns tones and glyphs into what a terminal shows. The zero Theme is
// [Plain].
type Theme struct {
	// ASCII keeps every glyph this package adds within ASCII. Text from the
	// caller is left as it is.
	ASCII bool

	palette *palette
}

// palette is immutable once a constructor has returned it.
type palette struct {
	colors   [toneCount]color.Color
	bold     [toneCount]bool
	selected color.Color // background of the selected row

	// open holds the escape sequence that starts a tone, without and with the
	// background of the selected row: made once, as they are written thousands
	// of times a frame.
	open [2][toneCount]string
}

// Dark returns the theme for dark backgrounds, up to #1e1e1e.
func Dark() Theme {
	return newTheme("#2b3442", map[Tone]string{
		Text:    "#d9d9d9",
		Muted:   "#a6a6a6",
		Title:   "#f2f2f2",
		Accent:  "#62b8f0",
		Border:  "#9c9c9c",
		Good:    "#62b8f0",
		Bad:     "#f59a4a",
		Neutral: "#b8b8b8",
		Warning: "#f0d84a",
		Series1: "#58a9e8",
		Series2: "#f0914a",
		Series3: "#2fd6a0",
		Series4: "#cf8fb8",
		Series5: "#efe37a",
		Series6: "#ececec",
	})
}

// Light returns the theme for white and nearly white backgrounds.
func Light() Theme {
	return newTheme("#e2ecf6", map[Tone]string{
		Text:    "#24292f",
		Muted:   "#5c6166",
		Title:   "#101418",
		Accent:  "#005fa3",
		Border:  "#62676c",
		Good:    "#005fa3",
		Bad:     "#a54400",
		Neutral: "#565b60",
		Warning: "#7a5600",
		Series1: "#0b62b0",
		Series2: "#a04f00",
		Series3: "#036e5c",
		Series4: "#7a2675",
		Series5: "#453600",
		Series6: "#25282c",
	})
}

// Plain returns the theme without colour or attributes, for files and pipes.
func Plain() Theme { return Theme{} }

func newTheme(selected string, hex map[Tone]string) Theme {
	p := &palette{selected: lipgloss.Color(selected)}
	for tone, c := range hex {
		p.colors[tone] = lipgloss.Color(c)
	}
	p.colors[Auto] = p.colors[Text]
	p.colors[Selected] = p.colors[Title]
	p.bold[Title], p.bold[Accent], p.bold[Selected] = true, true, true
	for tone := range toneCount {
		s := ansi.Style{}.ForegroundColor(p.colors[tone])
		if p.bold[tone] {
			s = s.Bold()
		}
		on := s.BackgroundColor(p.selected)
		p.open[0][tone], p.open[1][tone] = s.String(), on.String()
	}
	p.open[0][Selected] = p.open[1][Selected]
	return Theme{palette: p}
}

// Color returns the foreground colour of a tone; nil in [Plain].
func (t Theme) Color(tone Tone) color.Color {
	if t.palette == nil || tone >= toneCount {
		return nil
	}
	return t.palette.colors[tone]
}

// Style returns a tone as a lipgloss style, for use outside this package.
func (t Theme) Style(tone Tone) lipgloss.Style {
	s := lipgloss.NewStyle()
	if t.palette == nil || tone >= toneCount {
		return s
	}
	s = s.Foreground(t.palette.colors[tone]).Bold(t.palette.bold[tone])
	if tone == Selected {
		s = s.Background(t.palette.selected)
	}
	return s
}

// Paint returns s, cleaned, in a tone.
func (t Theme) Paint(tone Tone, s string) string {
	s = Clean(s)
	open := t.open(tone, false)
	if open == "" || s == "" {
		return s
	}
	return open + s + ansi.ResetStyle
}

// Fill returns the one-cell pattern that goes with a tone wherever areas meet,
// so that they are told apart without colour. Tones that are no series are
// solid.
func (t Theme) Fill(tone Tone) string {
	i := 0
	if tone >= Series1 && tone <= Series6 {
		i = int(tone - Series1)
	}
	if t.ASCII {
		return [seriesCount]string{"#", "=", "-", ".", "+", ":"}[i]
	}
	return [seriesCount]string{"█", "▓", "▒", "░", "╳", "╱"}[i]
}

func (t Theme) open(tone Tone, selected bool) string {
	if t.palette == nil || tone >= toneCount {
		return ""
	}
	if selected {
		return t.palette.open[1][tone]
	}
	return t.palette.open[0][tone]
}

// glyph picks between the two forms of a mark.
func (t Theme) glyph(unicode, ascii string) string {
	if t.ASCII {
		return ascii
	}
	return unicode
}
