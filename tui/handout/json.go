package handout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"accord/queries"
)

// Version is that of the JSON and of everything in it. It grows when a field
// changes its meaning or goes.
const Version = 1

// An Envelope is the outermost object of the JSON: of one screen Screen and
// Answer, of several Screens.
type Envelope struct {
	Report     int                `json:"report"` // the version of the form, 1
	Screen     string             `json:"screen,omitempty"`
	Provenance queries.Provenance `json:"provenance"`
	Filter     string             `json:"filter"` // in its canonical form; "" = everyone, all dates
	Answer     any                `json:"answer,omitempty"`
	Screens    []Answered         `json:"screens,omitempty"`
}

// An Answered is one of several screens.
type Answered struct {
	Screen string `json:"screen"`
	Answer any    `json:"answer"`
}

// JSON writes the answers for programs: numbers are not rounded, shares are
// fractions of one, and a figure that is not there says why, as {"suppressed":
// reason} or {"undefined": reason}. Characters that could disturb a terminal are
// escaped.
func (d Document) JSON(w io.Writer) error {
	e := Envelope{Report: Version, Provenance: d.From, Filter: d.Filter.String()}
	for _, s := range d.Screens {
		e.Screens = append(e.Screens, Answered{s.Name, s.Answer})
	}
	if len(e.Screens) == 1 {
		e.Screen, e.Answer, e.Screens = e.Screens[0].Screen, e.Screens[0].Answer, nil
	}
	return Encode(w, e)
}

// Encode writes a value as indented JSON in which nothing could disturb a
// terminal.
func Encode(w io.Writer, v any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	_, err := w.Write(escape(b.Bytes()))
	return err
}

// escape writes the characters that JSON allows in a string and that a
// terminal or an editor may obey or hide as \u escapes: controls, and those
// that change the direction or the joining of text. Outside of strings JSON
// has none of them but the newline.
func escape(text []byte) []byte {
	var b bytes.Buffer
	b.Grow(len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == '\n' || !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			b.Write(text[:size])
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		text = text[size:]
	}
	return b.Bytes()
}
