package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"accord/cmd/accord/internal/report"
	"accord/queries"
)

// reportOptions are the flags of accord report alone.
type reportOptions struct {
	screen, format string
	width          int
}

func reportCommand() command {
	return command{
		name:     "report",
		synopsis: "accord report [SOURCE] [flags]",
		summary: `Print answers without a terminal. It is also what accord does where its output
is not a terminal. Reports are guarded: figures about fewer than 11 people
cannot be asked for without --unguarded.`,
		examples: []string{
			"accord report",
			"accord report shop.duckdb --screen overview --format html > overview.html",
			"accord report shop.duckdb --screen lift --format json > lift.json",
			"accord report shop.duckdb --format csv > figures.csv",
			"accord report shop.duckdb --filter 'age_band=18-24' --lang fr",
		},
		shows: true,
		define: func(flags *pflag.FlagSet) func(context.Context, streams, []string) error {
			var view viewOptions
			var o reportOptions
			flags.StringVar(&o.screen, "screen", "", "the `SCREEN` to print, one of "+strings.Join(report.Screens(), ", ")+"; without it, all")
			flags.StringVar(&o.format, "format", "text", "the `FORMAT`, one of "+strings.Join(report.Formats(), ", "))
			flags.IntVar(&o.width, "width", 80, "`COLUMNS` of text, 60 or more")
			view.define(flags)
			view.defineUnguarded(flags)
			return func(ctx context.Context, s streams, args []string) error {
				return printReport(ctx, s, args, view, o)
			}
		},
	}
}

func printReport(ctx context.Context, s streams, args []string, view viewOptions, o reportOptions) error {
	switch {
	case o.screen != "" && !slices.Contains(report.Screens(), o.screen):
		return usagef("there is no screen %s: write one of %s", o.screen, strings.Join(report.Screens(), ", "))
	case !slices.Contains(report.Formats(), o.format):
		return usagef("there is no format %s: write one of %s", o.format, strings.Join(report.Formats(), ", "))
	case o.width != 0 && o.width < 60:
		return usagef("--width %d is too narrow: write 60 or more", o.width)
	}
	view.forReport()
	v, err := view.read(args)
	if err != nil {
		return err
	}
	if v.choice != (queries.Choice{}) && o.screen == "" {
		return usagef("flags such as --by and --measure are about one screen: name it with --screen")
	}
	bar := newProgressBar(s, v.printer)
	d, err := openSource(ctx, v.source, v.options, bar.loading)
	bar.clear()
	if err != nil {
		return err
	}
	defer d.Close()
	return report.Write(ctx, s.stdout, d, report.Options{
		Screen: o.screen, Format: o.format, Width: o.width, Filter: v.filter, Choice: v.choice, Printer: v.printer, ASCII: v.printer.ASCII, Version: version,
	})
}
