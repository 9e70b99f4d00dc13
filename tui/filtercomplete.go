package tui

import (
	"slices"
	"strings"
	"unicode"

	"accord/queries"
)

// filterWords are the words of a filter that are no dimension, and what may
// follow those that take one of a few values.
var filterWords = []struct {
	name   string
	values []string
}{
	{"purpose", nil},
	{"since", nil},
	{"until", nil},
	{"vs", []string{string(queries.VersusPrevious), string(queries.VersusYear)}},
}

// A spot is the word that the cursor stands at the end of, split where a value
// begins.
type spot struct {
	name  string // of the dimension, "" while that is being written
	typed string // of the name or of the last value
}

// spot finds what is being written before the cursor. Quoted words are left to
// the writer.
func (p *filterPrompt) spot() (spot, bool) {
	runes := []rune(p.input.Value())
	before := string(runes[:p.input.Position()])
	word := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	if strings.Contains(word, `"`) {
		return spot{}, false
	}
	name, values, found := strings.Cut(word, "=")
	if !found {
		return spot{typed: word}, true
	}
	return spot{strings.TrimSuffix(name, "!"), values[strings.LastIndex(values, ",")+1:]}, true
}

// candidates are the words that may stand where the cursor is, as they are
// written in a filter.
func (p *filterPrompt) candidates() []string {
	at, ok := p.spot()
	if !ok {
		return nil
	}
	var all []string
	for _, d := range p.dimensions {
		name, _ := written(d.Name, "x")
		switch {
		case at.name == "":
			all = append(all, name)
		case at.name == name:
			for _, v := range d.Values {
				_, value := written(d.Name, v)
				all = append(all, value)
			}
		}
	}
	for _, w := range filterWords {
		if at.name == "" {
			all = append(all, w.name)
		} else if at.name == w.name {
			all = append(all, w.values...)
		}
	}
	return slices.DeleteFunc(all, func(s string) bool {
		return !strings.HasPrefix(strings.ToLower(strings.TrimPrefix(s, `"`)), strings.ToLower(at.typed))
	})
}

// written is how a dimension and a value of it are written in a filter.
func written(dimension, value string) (name, quoted string) {
	text := queries.Filter{Terms: []queries.Term{{Dimension: dimension, Values: []string{value}}}}.String()
	name = queries.Filter{Terms: []queries.Term{{Dimension: dimension, Values: []string{"x"}}}}.String()
	name = strings.TrimSuffix(name, "=x")
	return name, strings.TrimPrefix(text, name+"=")
}

// complete writes the first candidate in place of what was typed of it.
func (p *filterPrompt) complete() {
	found := p.candidates()
	at, ok := p.spot()
	if !ok || len(found) == 0 {
		return
	}
	word := []rune(found[0])
	if at.name == "" {
		word = append(word, '=')
	}
	runes, end := []rune(p.input.Value()), p.input.Position()
	start := end - len([]rune(at.typed))
	p.input.SetValue(string(slices.Concat(runes[:start], word, runes[end:])))
	p.input.SetCursor(start + len(word))
	p.mistake = nil
}
