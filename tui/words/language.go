package words

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// Language is a language that accord speaks.
type Language uint8

// The languages. The zero Language is English.
const (
	English Language = iota
	French
)

// Languages lists the languages by their codes, for help and errors.
func Languages() []string { return []string{English.String(), French.String()} }

// String returns the code that ParseLanguage reads back: "en" or "fr".
func (l Language) String() string {
	if l == French {
		return "fr"
	}
	return "en"
}

// tag is the locale whose number formats are used. French is Canada's.
func (l Language) tag() language.Tag {
	if l == French {
		return language.CanadianFrench
	}
	return language.English
}

// ParseLanguage reads a code or name of a language, with or without a region:
// "en", "fr", "fr-CA", "fr_CA.UTF-8", "English", "français".
func ParseLanguage(s string) (Language, error) {
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), ".")
	word, _, _ = strings.Cut(strings.ReplaceAll(word, "_", "-"), "-")
	switch word {
	case "en", "english", "anglais":
		return English, nil
	case "fr", "french", "français", "francais":
		return French, nil
	}
	return English, fmt.Errorf("%q is not a language accord speaks: write %s", s, strings.Join(Languages(), " or "))
}

// FromEnvironment picks the language of the first of LC_ALL, LC_MESSAGES and
// LANG that is set: French where it begins with "fr", else English.
func FromEnvironment(lookup func(string) string) Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := lookup(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "fr") {
				return French
			}
			return English
		}
	}
	return English
}
