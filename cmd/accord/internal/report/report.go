package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"accord/queries"
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
}

// The widths of a text, in cells. From wide on there is room for all columns.
const (
	usualWidth = 80
	leastWidth = 60
	wide       = 76
)

// A screen is one of the program's, as a report has it.
type screen struct {
	name string
	ask  func(context.Context, Answers, queries.Filter, queries.Choice) (answer, error)
}

// An answer can be written in every format.
type answer interface {
	// text writes the answer on a page.
	text(*page)
	// value is the answer as JSON has it, without lists that are nil.
	value() any
}

// screens is the one table of screens, in their order.
var screens = []screen{
	{"overview", func(ctx context.Context, a Answers, f queries.Filter, _ queries.Choice) (answer, error) {
		o, err := a.Overview(ctx, f)
		return overview(o), err
	}},
	{"lift", func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answer, error) {
		l, err := a.Lift(ctx, f, c)
		return panels{words.Key("Lift"), l, func(p *page) []panel.Panel { return panel.Lift(p.Printer, p.from, l, 0) }}, err
	}},
	{"consent", func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answer, error) {
		x, err := a.Consent(ctx, f, c)
		return panels{words.Key("Consent"), x, func(p *page) []panel.Panel { return panel.Consent(p.Printer, x) }}, err
	}},
	{"segments", func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answer, error) {
		s, err := a.Segments(ctx, f, c)
		return panels{words.Key("Segments"), s, func(p *page) []panel.Panel { return panel.Segments(p.Printer, s) }}, err
	}},
	{"engagement", func(ctx context.Context, a Answers, f queries.Filter, c queries.Choice) (answer, error) {
		x, err := a.Engagement(ctx, f, c)
		return panels{words.Key("Engagement"), x, func(p *page) []panel.Panel { return panel.Engagement(p.Printer, f, x) }}, err
	}},
	{"data", func(ctx context.Context, a Answers, _ queries.Filter, _ queries.Choice) (answer, error) {
		d, err := a.Data(ctx)
		return panels{words.Key("Data"), d, func(p *page) []panel.Panel { return panel.Data(p.Printer, p.from, d) }}, err
	}},
}

// formats is the one table of formats; the first is the usual one.
var formats = []struct {
	name  string
	write func(io.Writer, document) error
}{
	{"text", writeText},
	{"json", writeJSON},
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

// A document is everything that is written: the answers and what they are
// about.
type document struct {
	options    Options
	provenance queries.Provenance
	screens    []screen
	answers    []answer // of screens
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
	d := document{options: o, provenance: a.Provenance(), screens: asked}
	for _, s := range asked {
		answer, err := s.ask(ctx, a, o.Filter, choice)
		if err != nil {
			return err
		}
		d.answers = append(d.answers, answer)
	}
	return formats[format].write(w, d)
}

// choices writes names as "a, b or c".
func choices(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
