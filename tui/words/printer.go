package words

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// A Printer writes in one language. It may be copied, and used by several
// goroutines once its fields are set.
type Printer struct {
	// ASCII keeps every sign the package adds within ASCII: minus, quotes,
	// spaces, marks between words. Letters of a language keep their accents.
	ASCII bool
	// MinCell is the k of small cells that texts about withheld figures name;
	// 0 leaves the number out. It comes with a data set's provenance.
	MinCell int

	language Language
	message  *message.Printer
}

// New returns a Printer for a language.
func New(l Language) *Printer {
	c := catalog.Catalog(catalog.NewBuilder(catalog.Fallback(language.English)))
	if l == French {
		c = frenchCatalog()
	}
	return &Printer{language: l, message: message.NewPrinter(l.tag(), message.Catalog(c))}
}

// Language is the language the Printer writes.
func (p *Printer) Language() Language { return p.language }

var frenchCatalog = sync.OnceValue(func() catalog.Catalog {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	for _, table := range frenchTables {
		for key, text := range table {
			// The key needs no check here: a test formats every text.
			_ = b.SetString(language.CanadianFrench, key, text)
		}
	}
	return b
})

// Say writes a text in the Printer's language. The key is the English text, a
// literal, with verbs as in package fmt; a percent sign is written %%, with
// arguments or without. Numbers are passed as text made by Int, Share and the
// like.
func (p *Printer) Say(key string, args ...any) string {
	return p.plain(p.message.Sprintf(key, args...))
}

// Translate is Say for a text that was listed with [Key] elsewhere.
func (p *Printer) Translate(key string, args ...any) string {
	return p.plain(p.message.Sprintf(key, args...))
}

// Plural says one or many, whichever the language uses for n things.
func (p *Printer) Plural(n int64, one, many string, args ...any) string {
	if n == 1 || n == 0 && p.language == French {
		return p.plain(p.message.Sprintf(one, args...))
	}
	return p.plain(p.message.Sprintf(many, args...))
}

// Key marks a literal that [Printer.Translate] will be given, so that it gets a
// French text. It returns its argument.
func Key(s string) string { return s }

// The signs that are not ASCII and stand in texts.
const (
	minus   = "\u2212"
	noBreak = "\u00a0"
)

var asciiSigns = strings.NewReplacer(
	minus, "-", noBreak, " ", "«"+noBreak, `"`, noBreak+"»", `"`, "«", `"`, "»", `"`, "“", `"`, "”", `"`,
	"’", "'", "·", "|", "…", "...", "–", "-", "—", "-", "≥", ">=", "≤", "<=", "χ²", "chi2", "²", "2", "∞", "inf", "→", "->", "×", "x", "▴", "^",
)

func (p *Printer) plain(s string) string {
	if p.ASCII {
		return asciiSigns.Replace(s)
	}
	return s
}
