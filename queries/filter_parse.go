package queries

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainRune reports whether r may stand in a name or value without quotes.
func plainRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_.+-/", r)
}

// quoteWord writes s so that filterParser.word reads it back.
func quoteWord(s string) string {
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plainRune(r) }) < 0 && utf8.ValidString(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// A filterParser reads words and marks from the front of rest.
type filterParser struct {
	text, rest string
}

func (p *filterParser) column() int {
	return utf8.RuneCountInString(p.text[:len(p.text)-len(p.rest)]) + 1
}

// A spot is where a word stands in the text of a filter, in runes from 1.
type spot struct{ column, width int }

// A token is a word of a filter and where it stands.
type token struct {
	spot
	word    string
	quoted  bool
	keyword bool // the name of no dimension
}

// placed is a term as it was written.
type placed struct {
	name   token
	values []token
}

func (p *filterParser) fail(at spot, problem Mistake, args ...any) error {
	return &FilterError{Text: p.text, Column: at.column, Width: at.width, Problem: problem, Args: args}
}

func (p *filterParser) skipSpace() { p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace) }

// values reads word{,word} up to a space or the end.
func (p *filterParser) values(name string) ([]token, error) {
	var values []token
	for {
		v, err := p.word(noValue, name)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		if !strings.HasPrefix(p.rest, ",") {
			break
		}
		p.rest = p.rest[1:]
	}
	if r, _ := utf8.DecodeRuneInString(p.rest); p.rest != "" && !unicode.IsSpace(r) {
		return nil, p.fail(spot{p.column(), 1}, needsQuotes, string(r))
	}
	return values, nil
}

// word reads one plain or quoted word; missing is the mistake where there is none.
func (p *filterParser) word(missing Mistake, args ...any) (token, error) {
	at := p.column()
	if !strings.HasPrefix(p.rest, `"`) {
		end := strings.IndexFunc(p.rest, func(r rune) bool { return !plainRune(r) })
		if end < 0 {
			end = len(p.rest)
		}
		if end == 0 {
			return token{}, p.fail(spot{column: at}, missing, args...)
		}
		word := p.rest[:end]
		p.rest = p.rest[end:]
		where := spot{at, p.column() - at}
		if !utf8.ValidString(word) {
			return token{}, p.fail(where, notText)
		}
		return token{spot: where, word: word}, nil
	}
	var b strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; c {
		case '"':
			p.rest = p.rest[i+1:]
			return token{spot: spot{at, p.column() - at}, word: b.String(), quoted: true}, nil
		case '\\':
			if i+1 < len(p.rest) {
				i++
				b.WriteByte(p.rest[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return token{}, p.fail(spot{column: at}, neverClosed)
}
