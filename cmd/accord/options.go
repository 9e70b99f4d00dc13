package main

import (
	"os"

	"github.com/spf13/pflag"

	"accord/queries"
	"accord/tui/words"
)

// viewOptions are the flags of every command that shows answers.
type viewOptions struct {
	lang    string
	filter  string
	minCell int
	guarded bool
	// Of what is handed on: it is guarded unless unguarded.
	report, unguarded bool
	ascii             bool
	choice            queries.Choice
}

func (v *viewOptions) define(flags *pflag.FlagSet) {
	flags.StringVar(&v.filter, "filter", "", "keep only some customers or days, such as the `FILTER` 'region=QC,ON since=2018-01-01'")
	flags.StringVar(&v.choice.By, "by", "", "group by the `DIMENSION`, on a screen that groups")
	flags.StringVar(&v.choice.Across, "across", "", "a second `DIMENSION`, in the columns")
	flags.StringVar(&v.choice.Measure, "measure", "", "what a screen with several measures shows, a `MEASURE`")
	flags.StringVar(&v.choice.Channel, "channel", "", "the `CHANNEL`, on a screen that has several")
	flags.StringVar(&v.choice.Campaign, "campaign", "", "of --screen lift, the `CAMPAIGN` in full, by its id or name")
	flags.StringVar(&v.choice.Arm, "arm", "", "of --campaign, the `ARM`")
	flags.StringVar(&v.choice.Sort, "sort", "", "the order of a screen's rows: of lift `certainty|size|date`")
	flags.StringVar(&v.choice.Policy, "policy", "", "of --screen lift, when one may look: `fixed|always-valid`")
	v.defineCells(flags)
	defineLanguage(flags, &v.lang)
	flags.BoolVar(&v.ascii, "ascii", false, "draw with ASCII characters only")
}

func (v *viewOptions) defineCells(flags *pflag.FlagSet) {
	flags.IntVar(&v.minCell, "min-cell", queries.DefaultMinCell, "suppress figures about fewer than `K` people; 1 shows all")
}

// defineUnguarded is for commands whose output is handed on: it is guarded unless
// an analyst says otherwise.
func (v *viewOptions) defineUnguarded(flags *pflag.FlagSet) {
	flags.BoolVar(&v.unguarded, "unguarded", false, "allow --min-cell below its default, for an analyst's eyes only")
}

// forReport makes v that of a report.
func (v *viewOptions) forReport() { v.guarded, v.report = v.guarded || !v.unguarded, true }

func defineLanguage(flags *pflag.FlagSet, lang *string) {
	flags.StringVar(lang, "lang", "", "language, `en|fr`; without it, the locale's")
}

// printer is the words in the language asked for.
func printerFor(lang string, ascii bool) (*words.Printer, error) {
	language := words.FromEnvironment(os.Getenv)
	if lang != "" {
		var err error
		if language, err = words.ParseLanguage(lang); err != nil {
			return nil, usageError{err}
		}
	}
	p := words.New(language)
	p.ASCII = ascii
	return p, nil
}

// A view is what a command line asks to see, and how.
type view struct {
	source  string // "" = the sample
	options queries.Options
	filter  queries.Filter
	choice  queries.Choice
	printer *words.Printer
}

// read makes a view of the flags and the SOURCE argument.
func (v *viewOptions) read(args []string) (view, error) {
	switch {
	case len(args) > 1:
		return view{}, usagef("one SOURCE at a time, not %d; `accord load` puts several into one store", len(args))
	case len(args) == 1 && args[0] == "":
		return view{}, usagef("SOURCE is empty: leave it out to see the sample")
	case v.minCell < 1:
		return view{}, usagef("--min-cell %d: write 1 or more", v.minCell)
	case v.report && v.guarded && v.minCell < queries.DefaultMinCell:
		return view{}, usagef("a report is guarded and does not allow --min-cell below %d; `accord report --unguarded` does, for an analyst's eyes only", queries.DefaultMinCell)
	case v.guarded && v.minCell < queries.DefaultMinCell:
		return view{}, usagef("--guarded does not allow --min-cell below %d", queries.DefaultMinCell)
	}
	filter, err := queries.ParseFilter(v.filter)
	if err != nil {
		return view{}, usageError{err}
	}
	printer, err := printerFor(v.lang, v.ascii)
	if err != nil {
		return view{}, err
	}
	out := view{options: queries.Options{MinCell: v.minCell, Guarded: v.guarded}, filter: filter, choice: v.choice, printer: printer}
	if len(args) == 1 {
		out.source = args[0]
	}
	return out, nil
}
