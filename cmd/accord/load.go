package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/progress"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/pflag"

	"accord/queries"
	"accord/queries/load"
	"accord/tui/chart"
	"accord/tui/words"
)

func loadCommand() command {
	return command{
		name:     "load",
		synopsis: "accord load SOURCE... -o FILE [flags]",
		summary: `Build a store from files. SOURCE is a folder, files named after their input
(customers.csv, consents.parquet, ...) or exported by Mailchimp, Klaviyo, OneTrust
or Fides, a DuckDB file, or a mapping file; see accord schema.
An existing store is replaced once the new one is whole.`,
		examples: []string{
			"accord load exports/ -o shop.duckdb",
			"accord load mapping.toml -o shop.duckdb",
			"accord load --append delivery/ -o shop.duckdb",
			"accord load exports/ --dry-run --write-mapping mapping.toml",
			"accord load customers.csv consents-*.parquet -o shop.duckdb --timezone America/Toronto",
		},
		shows: true,
		define: func(flags *pflag.FlagSet) func(context.Context, streams, []string) error {
			var o load.Options
			var lang, mapping, most string
			var dry, strict, more bool
			flags.StringVarP(&o.Out, "output", "o", "", "the store to build, a `FILE`")
			flags.StringVar(&o.Timezone, "timezone", "", "of times without an offset and of the calendar, an IANA `NAME`; without it UTC")
			flags.StringVar(&o.DateOrder, "date-order", "", "of dates such as 03/04/2018 where the files do not tell, `dmy|mdy`")
			flags.StringVar(&o.AsOf, "as-of", "", "the `DATE` that counts as now; without it the day of the last event")
			flags.StringVar(&o.Memory, "memory", "", "memory to keep to, a `SIZE` such as 8GB; without it most of the machine's")
			flags.BoolVar(&more, "append", false, "add to the store instead of replacing it: what it holds is recognised")
			flags.StringVar(&o.Rejects, "rejects", "", "write the rejected rows, as they are, to a CSV `FILE` that only you can read")
			flags.BoolVar(&strict, "strict", false, "fail if any row is rejected")
			flags.StringVar(&most, "max-rejects", "", "fail if more than a `SHARE` of an input's rows is rejected, such as 1%")
			flags.BoolVar(&dry, "dry-run", false, "say what each column would become, with masked sample values, and load nothing")
			flags.StringVar(&mapping, "write-mapping", "", "write what was understood as a mapping `FILE` to edit")
			defineLanguage(flags, &lang)
			return func(ctx context.Context, s streams, args []string) error {
				switch {
				case len(args) == 0:
					return usagef("load needs a SOURCE: a folder, files or a mapping file")
				case o.Out == "" && !dry:
					return usagef("load needs -o FILE, the store to build")
				}
				if _, err := time.LoadLocation(o.Timezone); err != nil {
					return usagef("--timezone %s is not known: write an IANA name such as America/Toronto", o.Timezone)
				}
				if o.DateOrder != "" && o.DateOrder != "dmy" && o.DateOrder != "mdy" {
					return usagef("--date-order %s: write dmy (31/12/2018) or mdy (12/31/2018)", o.DateOrder)
				}
				if _, err := queries.ParseDate(o.AsOf); o.AsOf != "" && err != nil {
					return usagef("--as-of: %w", err)
				}
				if err := allowedRejects(&o, strict, most); err != nil {
					return err
				}
				p, err := printerFor(lang, false)
				if err != nil {
					return err
				}
				if o.Key, err = load.UserKey(); err != nil {
					return err
				}
				if o.Erased, err = load.ErasedList(o.Key); err != nil {
					return err
				}
				o.Sources, o.BuiltBy = args, version
				if dry || mapping != "" {
					outline, err := load.Inspect(ctx, o)
					if err != nil {
						return err
					}
					if mapping != "" {
						if err := outline.WriteMapping(mapping); err != nil {
							return err
						}
					}
					if dry {
						return writeOutline(s.stdout, outline, p)
					}
				}
				bar := newProgressBar(s, p)
				o.Progress = bar.loading
				build := load.Load
				if more {
					build = load.Append
				}
				r, err := build(ctx, o)
				bar.clear()
				if err != nil || s.quiet {
					return err
				}
				return writeLoadReport(s.stdout, r, o.Out, p)
			}
		},
	}
}

// allowedRejects reads how many rows may be rejected.
func allowedRejects(o *load.Options, strict bool, most string) error {
	switch {
	case strict && most != "":
		return usagef("--strict and --max-rejects say two things: --strict allows no rejected row")
	case strict:
		o.MaxRejects = new(float64)
	case most != "":
		share, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(most, "%")), 64)
		if strings.HasSuffix(most, "%") {
			share /= 100
		}
		if err != nil || !(share >= 0 && share <= 1) {
			return usagef("--max-rejects %s: write a share such as 1%% or 0.01", most)
		}
		o.MaxRejects = &share
	}
	return nil
}

// placesOf points to some of the rows that broke a rule.
func placesOf(rule load.RuleReport, p *words.Printer) string {
	var places []string
	for i, at := range rule.Examples {
		switch {
		case i > 0 && at.File == rule.Examples[i-1].File && at.Line+at.Row > 0:
			places = append(places, strconv.FormatInt(at.Line+at.Row, 10))
		case at.Line > 0:
			places = append(places, p.Say("%s line %s", chart.Clean(at.File), strconv.FormatInt(at.Line, 10)))
		case at.Row > 0:
			places = append(places, p.Say("%s row %s", chart.Clean(at.File), strconv.FormatInt(at.Row, 10)))
		default:
			places = append(places, chart.Clean(at.File))
		}
	}
	if len(places) == 0 {
		return ""
	}
	if rule.Rows > int64(len(places)) {
		places = append(places, "…")
	}
	return " (" + strings.Join(places, ", ") + ")"
}

// A progressBar shows the progress of a load on a terminal, and nothing
// elsewhere.
type progressBar struct {
	out   io.Writer // nil = not a terminal
	bar   progress.Model
	words *words.Printer
	begun time.Time
}

func newProgressBar(s streams, p *words.Printer) *progressBar {
	b := &progressBar{bar: progress.New(progress.WithWidth(32)), words: p, begun: time.Now()}
	if isTerminal(s.stderr) && !s.quiet {
		b.out = colorprofile.NewWriter(s.stderr, os.Environ())
	}
	return b
}

// show draws the bar for a share done of a stage, a key of package words.
func (b *progressBar) show(stage string, done float64) {
	if b.out != nil {
		fmt.Fprintf(b.out, "\r\x1b[K%s %s", b.bar.ViewAs(done), b.words.Translate(stage))
	}
}

// loading is show for the progress of a load, with its rate and the time left
// once they mean something.
func (b *progressBar) loading(p load.Progress) {
	b.show(string(p.Stage), p.Done)
	if b.out != nil {
		fmt.Fprint(b.out, paceOf(p, time.Since(b.begun), b.words))
	}
}

// paceOf says how fast a load reads and how long it will take yet, "" before
// either can be told.
func paceOf(p load.Progress, elapsed time.Duration, w *words.Printer) string {
	const telling, early = 2 * time.Second, 0.05
	if elapsed < telling || p.Done < early {
		return ""
	}
	var parts []string
	if p.Rows > 0 {
		parts = append(parts, w.Say("%s rows/s", w.Int(int64(float64(p.Rows)/elapsed.Seconds()))))
	}
	left := time.Duration(float64(elapsed) * (1 - p.Done) / p.Done).Round(time.Second)
	return ", " + strings.Join(append(parts, w.Say("about %s left", left.String())), ", ")
}

func (b *progressBar) clear() {
	if b.out != nil {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}

// writeLoadReport says what a load did: for every source the rows read, loaded
// and rejected by rule, and which columns are not dimensions.
func writeLoadReport(w io.Writer, r load.Report, out string, p *words.Printer) error {
	table := chart.Table{Columns: []chart.Column{
		{Title: p.Say("Input")}, {Title: p.Say("From")},
		{Title: p.Say("Read"), Align: chart.Right}, {Title: p.Say("Loaded"), Align: chart.Right}, {Title: p.Say("Rejected"), Align: chart.Right},
	}}
	var notes []string
	for _, s := range r.Sources {
		table.Rows = append(table.Rows, []chart.Cell{{Text: s.Input}, {Text: s.Name}, {Text: p.Int(s.Read)}, {Text: p.Int(s.Loaded)}, {Text: p.Int(s.Rejected)}})
		for _, rule := range s.Rules {
			notes = append(notes, p.Say("  rejected %s: %s %s", p.Int(rule.Rows), s.Input, p.Rule(rule.Rule, rule.Column))+placesOf(rule, p))
		}
		if s.Held > 0 {
			notes = append(notes, p.Say("  held back %s of %s, for a delivery of what they name", p.Int(s.Held), s.Input))
		}
	}
	for _, name := range r.Unread {
		notes = append(notes, p.Say("  not read: %s, whose name and columns tell of no input", chart.Clean(name)))
	}
	for _, l := range r.LeftOut {
		notes = append(notes, p.Say("  not a dimension: %s %s %s", l.Input, chart.Clean(l.Column), p.Translate(string(l.Why))))
	}
	var text string
	for line := range strings.SplitSeq(table.Render(80, chart.Plain()), "\n") {
		text += strings.TrimRight(line, " ") + "\n"
	}
	if len(notes) > 0 {
		text += strings.Join(notes, "\n") + "\n"
	}
	if r.AsOf == "" {
		text += p.Say("%s: %s segments, undated", out, p.Int(r.Segments)) + "\n"
	} else {
		text += p.Say("%s: %s segments, as of %s", out, p.Int(r.Segments), r.AsOf) + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}
