package tui

import (
	"slices"
	"strings"
	"unicode"

	"accord/queries"
)

// A spot is the word that the cursor stands at the end of, split where a value
// begins.
type spot struct {
	name  string // of the dimension, "" while that is being written
	typed string // of the name or of the last value
}

// A candidate is a word that may stand somewhere.
type candidate struct {
	text string
	note string // beside it, quiet
	end  string // what follows it when it is written
}

// completion is what is written for it.
func (c candidate) completion() string { return c.text + c.end }

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
// written in a filter, with how many customers each value has.
func (p *filterPrompt) candidates() []candidate {
	at, ok := p.spot()
	if !ok {
		return nil
	}
	all := p.names()
	if at.name != "" {
		all = p.values(at.name)
	}
	return slices.DeleteFunc(all, func(c candidate) bool {
		return !strings.HasPrefix(strings.ToLower(strings.TrimPrefix(c.text, `"`)), strings.ToLower(at.typed))
	})
}

// names are what a term can begin with.
func (p *filterPrompt) names() []candidate {
	var all []candidate
	for _, d := range p.vocabulary.Dimensions {
		name, _ := written(d.Name, "x")
		all = append(all, candidate{name, p.words.Int(int64(len(d.Values))), "="})
	}
	for _, name := range []string{"purpose", "since", "until", "vs"} {
		all = append(all, candidate{text: name, end: "="})
	}
	return all
}

// values are what a name can be followed by.
func (p *filterPrompt) values(name string) []candidate {
	var all []candidate
	for _, d := range p.vocabulary.Dimensions {
		if written, _ := written(d.Name, "x"); written != name {
			continue
		}
		for i, v := range d.Values {
			_, value := written(d.Name, v)
			note := ""
			if i < len(d.People) {
				if n, ok := d.People[i].Value(); ok {
					note = p.words.Int(n)
				}
			}
			all = append(all, candidate{text: value, note: note})
		}
	}
	switch name {
	case "purpose":
		for _, purpose := range p.vocabulary.Purposes {
			text := strings.TrimPrefix(queries.Filter{Purpose: purpose}.String(), "purpose=")
			all = append(all, candidate{text: text, note: p.words.Name(purpose)})
		}
	case "vs":
		for _, v := range queries.Comparisons {
			all = append(all, candidate{text: string(v)})
		}
	case "since", "until":
		all = append(all, p.days(name)...)
	}
	return all
}

// days are first and last days of years up to the as-of date.
func (p *filterPrompt) days(name string) []candidate {
	if p.asOf == "" {
		return nil
	}
	var all []candidate
	if name == "until" {
		all = append(all, candidate{text: string(p.asOf)})
	}
	for year := p.asOf.Time(); len(all) < 4; year = year.AddDate(-1, 0, 0) {
		day := queries.Date(year.Format("2006") + "-01-01")
		if name == "until" {
			day = day.AddDays(-1)
		}
		all = append(all, candidate{text: string(day)})
	}
	return all
}

// written is how a dimension and a value of it are written in a filter.
func written(dimension, value string) (name, quoted string) {
	text := queries.Filter{Terms: []queries.Term{{Dimension: dimension, Values: []string{value}}}}.String()
	name = queries.Filter{Terms: []queries.Term{{Dimension: dimension, Values: []string{"x"}}}}.String()
	name = strings.TrimSuffix(name, "=x")
	return name, strings.TrimPrefix(text, name+"=")
}
