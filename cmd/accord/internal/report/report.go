package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"accord/queries"
	"accord/tui/handout"
	"accord/tui/panel"
	"accord/tui/words"
)

// Answers is what a report asks. A *queries.Dataset is one.
type Answers interface {
	Provenance() queries.Provenance
	Overview(context.Context, queries.Filter) (queries.Overview, error)
	Lift(context.Context, queries.Filter, queries.Choice) (queries.Lift, error)
	Consent(context.Context, queries.Filter, queries.Choice) (queries.Consent, error)
	Segments(context.Context, queries.Filter, queries.Choice) (queries.Segments, error)
	Engagement(context.Context, queries.Filter, queries.Choice) (queries.Engagement, error)
	Trust(context.Context, queries.Filter, queries.Choice) (queries.Trust, error)
	Audit(context.Context, queries.Filter) (queries.Audit, error)
	Data(context.Context) (queries.Data, error)
}

// Options say what is written and how.
type Options struct {
	Screen  string // one of Screens; "" = all
	Format  string // one of Formats; "" = the first
	Width   int    // of the text, in cells; 0 = 80, and at least 60
	Filter  queries.Filter
	Choice  queries.Choice // of the one screen that is written; ignored for all
	Printer *words.Printer // the language of the text; nil = English
	ASCII   bool           // of the text: keep what the report adds within ASCII
	Version string         // of the program, for the page to say; "" leaves it out
}

// The widths of a text, in cells.
const (
	usualWidth = 80
	leastWidth = 60
)

// A screen is one of the program's: what it asks, and how its answer is laid out.
type screen struct {
	name  string
	title string // a key of package words
	ask   func(context.Context, Answers, queries.Filter, queries.Choice) (answered, error)
}

// An answered question: the answer as JSON has it, and its panels.
type answered struct {
	answer any
	panels func(*words.Printer, queries.Provenance) []panel.Panel
}

// screens is the one table of screens, in their order.
var screens = []screen{
	{"overview", words.Key("Overview"), func(ctx context.Context, a Answers, f queries.Filter, _ queries.Choice) (answered, error) {
		o, err := a.Overview(ctx, f)
		return answered{o, func(p *words.Printer, _ queries.Provenance) []panel.Panel { return panel.Overview(p, o) }}, err
	}},
	{"lift", words.Key("Lift"), func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answered, error) {
		l, err := a.Lift(ctx, f, c)
		return answered{l, func(p *words.Printer, from queries.Provenance) []panel.Panel { return panel.Lift(p, from, l, 0) }}, err
	}},
	{"consent", words.Key("Consent"), func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answered, error) {
		x, err := a.Consent(ctx, f, c)
		return answered{x, func(p *words.Printer, _ queries.Provenance) []panel.Panel { return panel.Consent(p, x) }}, err
	}},
	{"segments", words.Key("Segments"), func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answered, error) {
		s, err := a.Segments(ctx, f, c)
		return answered{s, func(p *words.Printer, _ queries.Provenance) []panel.Panel { return panel.Segments(p, s) }}, err
	}},
	{"engagement", words.Key("Engagement"), func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answered, error) {
		x, err := a.Engagement(ctx, f, c)
		return answered{x, func(p *words.Printer, _ queries.Provenance) []panel.Panel { return panel.Engagement(p, f, x) }}, err
	}},
	{"trust", words.Key("Trust"), func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answered, error) {
		t, err := a.Trust(ctx, f, c)
		return answered{t, func(p *words.Printer, _ queries.Provenance) []panel.Panel { return panel.Trust(p, t) }}, err
	}},
	{"audit", words.Key("Audit"), func(ctx context.Context, a Answers, f queries.Filter, _ queries.Choice) (answered, error) {
		x, err := a.Audit(ctx, f)
		return answered{x, func(p *words.Printer, _ queries.Provenance) []panel.Panel { return panel.Audit(p, x) }}, err
	}},
	{"data", words.Key("Data"), func(ctx context.Context, a Answers, _ queries.Filter, _ queries.Choice) (answered, error) {
		d, err := a.Data(ctx)
		return answered{d, func(p *words.Printer, from queries.Provenance) []panel.Panel { return panel.Data(p, from, d) }}, err
	}},
}

// formats is the one table of formats; the first is the usual one.
var formats = []struct {
	name  string
	write func(handout.Document, io.Writer, Options) error
}{
	{"text", writeText},
	{"markdown", func(d handout.Document, w io.Writer, _ Options) error { return d.Markdown(w) }},
	{"html", writeHTML},
	{"csv", func(d handout.Document, w io.Writer, _ Options) error { return d.CSV(w) }},
	{"json", func(d handout.Document, w io.Writer, _ Options) error { return d.JSON(w) }},
}

// Screens lists the names of what can be reported.
func Screens() []string {
	var names []string
	for _, s := range screens {
		names = append(names, s.name)
	}
	return names
}

// Formats lists the names of the formats.
func Formats() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// Write asks for the screens that o names and writes the answers to w. Nothing
// is written where a screen or format is unknown or a question fails; the
// errors of the questions are passed on.
func Write(ctx context.Context, w io.Writer, a Answers, o Options) error {
	format := 0
	if o.Format != "" {
		format = slices.Index(Formats(), o.Format)
	}
	if format < 0 {
		return fmt.Errorf("%q is not a format: write %s", o.Format, choices(Formats()))
	}
	asked, choice := screens, queries.Choice{}
	if o.Screen != "" {
		i := slices.Index(Screens(), o.Screen)
		if i < 0 {
			return fmt.Errorf("%q is not a screen: write %s, or none for all", o.Screen, choices(Screens()))
		}
		asked, choice = screens[i:i+1], o.Choice
	}
	d := handout.Document{Words: printer(a.Provenance(), o), From: a.Provenance(), Filter: o.Filter, Version: o.Version}
	for _, s := range asked {
		x, err := s.ask(ctx, a, o.Filter, choice)
		if err != nil {
			return err
		}
		d.Screens = append(d.Screens, handout.Screen{Name: s.name, Title: d.Words.Translate(s.title), Panels: x.panels(d.Words, d.From), Answer: x.answer})
	}
	return formats[format].write(d, w, o)
}

// printer is the words of a report: the caller's, left as they are, for its k.
func printer(from queries.Provenance, o Options) *words.Printer {
	p := words.New(words.English)
	if o.Printer != nil {
		mine := *o.Printer
		p = &mine
	}
	p.ASCII, p.MinCell = o.ASCII, from.MinCell
	return p
}

// choices writes names as "a, b or c".
func choices(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
