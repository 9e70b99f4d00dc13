package check

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/handout"
	"accord/tui/words"
)

// A Document is what is written: results and what they are about.
type Document struct {
	Words   *words.Printer
	From    queries.Provenance
	Results []Result
	// OnlyWrong leaves what holds out of the text, and everything where all holds.
	OnlyWrong bool
}

// formats is the one table of formats; the first is the usual one.
var formats = []struct {
	name  string
	write func(Document, io.Writer) error
}{
	{"text", Document.text}, {"json", Document.json}, {"junit", Document.junit},
}

// Formats lists the names of the formats.
func Formats() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// Write writes the document in a format of Formats.
func (d Document) Write(w io.Writer, format string) error {
	for _, f := range formats {
		if f.name == format {
			return f.write(d, w)
		}
	}
	return fmt.Errorf("%q is not a format: write one of %s", format, strings.Join(Formats(), ", "))
}

// number writes one end of a figure or bound in its unit.
func (d Document) number(u unit, x float64) string {
	p := d.Words
	switch u {
	case share:
		return p.Share(x)
	case points:
		return p.Points(x)
	}
	return p.AxisNumber(math.Round(x*1e6) / 1e6)
}

// figure writes a figure: a withheld one by what is known of it.
func (d Document) figure(r Rule, f Finding) string {
	switch {
	case !f.there:
		return d.Words.Reason(f.Why)
	case f.Value.low != f.Value.high:
		return "<" + d.number(r.figure.unit, f.Value.high+1)
	}
	if r.figure.unit == probability {
		return d.Words.P(f.Value.low)
	}
	return d.number(r.figure.unit, f.Value.low)
}

// bound writes what a figure was compared with.
func (d Document) bound(r Rule, f Finding) string {
	if !r.previous {
		return r.op + " " + d.number(r.figure.unit, f.Bound.low)
	}
	times := r.op + " " + d.Words.Say("%s x previous", d.Words.AxisNumber(r.bound))
	switch {
	case f.Bound == (span{}) && f.Status == Broken:
		return times
	case f.Bound.low != f.Bound.high:
		return times + " (" + d.number(r.figure.unit, f.Bound.low) + "–" + d.number(r.figure.unit, f.Bound.high) + ")"
	}
	return times + " (" + d.number(r.figure.unit, f.Bound.low) + ")"
}

// sentence says what was found of one thing.
func (d Document) sentence(r Rule, f Finding) string {
	p, name := d.Words, r.figure.name
	if f.Of != "" {
		name = p.Say("%[1]s of %[2]s", r.figure.name, f.Of)
	}
	switch {
	case f.Status == Broken && f.there:
		return p.Say("%[1]s: %[2]s on %[3]s; whether it is %[4]s cannot be told: %[5]s.", name, d.figure(r, f), p.Date(f.At), d.bound(r, f), p.Reason(f.Why))
	case f.Status == Broken:
		return p.Say("%[1]s: no figure: %[2]s.", name, p.Reason(f.Why))
	case f.Status == Failed:
		return p.Say("%[1]s: %[2]s on %[3]s, bound %[4]s; outside it since %[5]s.", name, d.figure(r, f), p.Date(f.At), d.bound(r, f), p.Date(f.Since))
	}
	return p.Say("%[1]s: %[2]s on %[3]s, bound %[4]s.", name, d.figure(r, f), p.Date(f.At), d.bound(r, f))
}

// shown are the findings that explain a result: those that make it what it is,
// of a rule that holds only where there is one.
func (x Result) shown() []Finding {
	var out []Finding
	for _, f := range x.Found {
		if f.Status == x.Status && (x.Status != Held || len(x.Found) == 1) {
			out = append(out, f)
		}
	}
	return out
}

// why says in lines why a result is what it is.
func (d Document) why(x Result) []string {
	if x.Err != nil {
		var m missing
		if errors.As(x.Err, &m) {
			return []string{d.sentence(x.Rule, Finding{Of: m.of, Status: Broken, Why: m.why})}
		}
		return []string{x.Err.Error()}
	}
	var out []string
	for _, f := range x.shown() {
		out = append(out, d.sentence(x.Rule, f))
	}
	if len(out) == 0 {
		n := int64(len(x.Found))
		out = append(out, d.Words.Plural(n, "It holds for %s.", "It holds for all %s.", d.Words.Int(n)))
	}
	return out
}

// text writes the results for people, one rule after the other.
func (d Document) text(w io.Writer) error {
	p := d.Words
	var b strings.Builder
	line := func(s string) { b.WriteString(chart.Clean(s) + "\n") }
	held, failed, broken := Tally(d.Results)
	if d.OnlyWrong && failed+broken == 0 {
		return nil
	}
	line(p.Provenance(d.From))
	marks := map[Status]string{Held: p.Say("holds"), Failed: p.Say("FAILS"), Broken: p.Say("ERROR")}
	for _, x := range d.Results {
		if d.OnlyWrong && x.Status == Held {
			continue
		}
		line("")
		name := x.Rule.String()
		if x.Rule.Name != "" {
			name = x.Rule.Name
		}
		line(marks[x.Status] + "  " + name)
		if x.Rule.Name != "" {
			line("  " + x.Rule.String())
		}
		if text := x.Rule.Filter.String(); text != "" {
			line("  " + p.Filter(x.Rule.Filter))
		}
		for _, why := range d.why(x) {
			line("  " + why)
		}
	}
	line("")
	line(p.Say("Rules: %[1]s. Held: %[2]s. Failed: %[3]s. Not evaluated: %[4]s.", p.Int(int64(len(d.Results))), p.Int(int64(held)), p.Int(int64(failed)), p.Int(int64(broken))))
	_, err := io.WriteString(w, b.String())
	return err
}

// junit writes the results as a test report, which build servers read.
func (d Document) junit(w io.Writer) error {
	type message struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	type testCase struct {
		Class   string   `xml:"classname,attr"`
		Name    string   `xml:"name,attr"`
		Failure *message `xml:"failure"`
		Error   *message `xml:"error"`
	}
	type suite struct {
		XMLName  xml.Name   `xml:"testsuite"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Errors   int        `xml:"errors,attr"`
		Cases    []testCase `xml:"testcase"`
	}
	_, failed, broken := Tally(d.Results)
	out := suite{Name: "accord check", Tests: len(d.Results), Failures: failed, Errors: broken}
	for _, x := range d.Results {
		c := testCase{Class: "accord.check", Name: chart.Clean(x.Rule.String())}
		if x.Rule.Name != "" {
			c.Name = chart.Clean(x.Rule.Name)
		}
		why := d.why(x)
		for i := range why {
			why[i] = chart.Clean(why[i])
		}
		m := &message{why[0], chart.Clean(x.Rule.String()) + "\n" + strings.Join(why, "\n")}
		switch x.Status {
		case Failed:
			c.Failure = m
		case Broken:
			c.Error = m
		}
		out.Cases = append(out.Cases, c)
	}
	b, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(b)+"\n")
	return err
}

// version is that of the JSON: it grows when a field changes its meaning or goes.
const version = 1

// json writes the results for programs.
func (d Document) json(w io.Writer) error {
	type finding struct {
		Of     string       `json:"of,omitempty"`
		At     queries.Date `json:"at"`
		Status Status       `json:"status"`
		Value  any          `json:"value"` // a number, or why there is none
		Bound  any          `json:"bound"`
		Since  queries.Date `json:"since,omitempty"`
	}
	type rule struct {
		Name   string    `json:"name,omitempty"`
		Check  string    `json:"check"`
		Filter string    `json:"filter"`
		Status Status    `json:"status"`
		Error  string    `json:"error,omitempty"`
		Found  []finding `json:"found"`
	}
	number := func(x span, there bool, why queries.Reason) any {
		if !there {
			return queries.Missing[float64](why)
		}
		if x.low != x.high {
			return queries.Missing[float64](queries.SmallCell)
		}
		return x.low
	}
	held, failed, broken := Tally(d.Results)
	out := struct {
		Check      int                `json:"check"`
		Provenance queries.Provenance `json:"provenance"`
		Held       int                `json:"held"`
		Failed     int                `json:"failed"`
		Errors     int                `json:"errors"`
		Rules      []rule             `json:"rules"`
	}{version, d.From, held, failed, broken, []rule{}}
	for _, x := range d.Results {
		r := rule{Name: x.Rule.Name, Check: x.Rule.String(), Filter: x.Rule.Filter.String(), Status: x.Status, Found: []finding{}}
		if x.Err != nil {
			r.Error = x.Err.Error()
		}
		for _, f := range x.Found {
			y := finding{Of: f.Of, At: f.At, Status: f.Status, Value: number(f.Value, f.there, f.Why), Bound: number(f.Bound, f.Status != Broken || f.Bound != span{}, f.Why), Since: f.Since}
			r.Found = append(r.Found, y)
		}
		out.Rules = append(out.Rules, r)
	}
	return handout.Encode(w, out)
}
