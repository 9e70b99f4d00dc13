package queries

import (
	"fmt"
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

func (p *filterParser) fail(column int, format string, args ...any) error {
	return &FilterError{Text: p.text, Column: column, Problem: fmt.Sprintf(format, args...)}
}

func (p *filterParser) skipSpace() { p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace) }

// values reads word{,word} up to a space or the end.
func (p *filterParser) values(name string) ([]string, error) {
	var values []string
	for {
		v, _, err := p.word("a value for " + name)
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
		return nil, p.fail(p.column(), "unexpected %q: put a value that holds it in double quotes", string(r))
	}
	return values, nil
}

// word reads one plain or quoted word.
func (p *filterParser) word(what string) (word string, quoted bool, err error) {
	if !strings.HasPrefix(p.rest, `"`) {
		end := strings.IndexFunc(p.rest, func(r rune) bool { return !plainRune(r) })
		if end < 0 {
			end = len(p.rest)
		}
		if end == 0 {
			return "", false, p.fail(p.column(), "expected %s", what)
		}
		word, p.rest = p.rest[:end], p.rest[end:]
		if !utf8.ValidString(word) {
			return "", false, p.fail(p.column(), "%s is not valid UTF-8", what)
		}
		return word, false, nil
	}
	at := p.column()
	var b strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; c {
		case '"':
			p.rest = p.rest[i+1:]
			return b.String(), true, nil
		case '\\':
			if i+1 < len(p.rest) {
				i++
				b.WriteByte(p.rest[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", false, p.fail(at, "this double quote is never closed")
}
