package report

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

// version is that of the envelope and of everything in it.
const version = 1

// envelope is the outermost object, see the package's documentation.
type envelope struct {
	Report     int                `json:"report"`
	Screen     string             `json:"screen,omitempty"`
	Provenance queries.Provenance `json:"provenance"`
	Filter     string             `json:"filter"`
	Answer     any                `json:"answer,omitempty"`
	Screens    []answered         `json:"screens,omitempty"`
}

// answered is one of several screens.
type answered struct {
	Screen string `json:"screen"`
	Answer any    `json:"answer"`
}

func writeJSON(w io.Writer, d document) error {
	e := envelope{Report: version, Provenance: d.provenance, Filter: d.options.Filter.String()}
	for i, s := range d.screens {
		e.Screens = append(e.Screens, answered{s.name, d.answers[i].value()})
	}
	if len(e.Screens) == 1 {
		e.Screen, e.Answer, e.Screens = e.Screens[0].Screen, e.Screens[0].Answer, nil
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(e); err != nil {
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

// value implements answer.
func (o overview) value() any {
	o.OptIn, o.Trend.Points = list(o.OptIn), list(o.Trend.Points)
	o.Lifts, o.Attention = list(o.Lifts), list(o.Attention)
	return queries.Overview(o)
}

// list is s, empty where it is nil: so that JSON has [] and not null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
