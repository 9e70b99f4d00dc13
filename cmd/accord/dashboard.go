package main

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"accord/queries"
	"accord/queries/load"
	"accord/tui"
)

func dashboardCommand() command {
	return command{
		synopsis: "accord [SOURCE] [flags]",
		summary: `accord shows who is willing to share data, how opt-in moves, and what
personalisation really adds. SOURCE is a store, a folder of files in the
canonical format, or a mapping file; without it, the bundled sample is shown.
Where the output is not a terminal, accord prints its report instead.`,
		examples: []string{
			"accord                          # the sample",
			"accord shop.duckdb              # a store made by accord load",
			"accord shop.duckdb --watch in/  # offers to take in what arrives in a folder",
			"accord exports/ --lang fr       # a folder with customers.csv, consents.csv, ...",
			"accord shop.duckdb --filter 'region=QC since=2018-01-01'",
		},
		shows: true,
		define: func(flags *pflag.FlagSet) func(context.Context, streams, []string) error {
			var view viewOptions
			view.define(flags)
			flags.BoolVar(&view.guarded, "guarded", false, "for managers and serving: --min-cell cannot go below its default")
			screen := flags.String("screen", "", "the `SCREEN` to start on, one of "+strings.Join(tui.Screens(), ", "))
			viewFile := flags.String("view", "", "show a saved view, by its `NAME` or file")
			watched := flags.String("watch", "", "offer to take in what arrives in the folder `DIR`, as accord load --append does; SOURCE is a store")
			theme := flags.String("theme", "auto", "colours for the terminal's background, `auto|dark|light`")
			mouse := flags.Bool("mouse", false, "follow the mouse; the terminal's own selection then needs shift")
			return func(ctx context.Context, s streams, args []string) error {
				if !slices.Contains([]string{"auto", "dark", "light"}, *theme) {
					return usagef("--theme %s: write auto, dark or light", *theme)
				}
				if *screen != "" && !slices.Contains(tui.Screens(), *screen) {
					return usagef("--screen %s: write one of %s", *screen, strings.Join(tui.Screens(), ", "))
				}
				var saved *tui.View
				if *viewFile != "" {
					if *screen != "" || view.filter != "" || view.choice != (queries.Choice{}) {
						return usagef("--view says what is shown: leave out --screen, --filter and flags such as --by")
					}
					v, err := tui.ReadView(viewsFolder(), *viewFile)
					if err != nil {
						return usageError{err}
					}
					saved, *screen, view.filter, view.choice = &v, v.Screen, v.Filter, v.Choice
				}
				if *watched != "" && !isTerminal(s.stdout) {
					return usagef("--watch asks whether to take in what arrives, which needs a terminal: elsewhere use accord load --append")
				}
				if !isTerminal(s.stdout) {
					return printReport(ctx, s, args, view, reportOptions{screen: *screen, format: "text"})
				}
				return showDashboard(ctx, args, view, saved, *screen, *watched, *theme, *mouse)
			}
		},
	}
}

func showDashboard(ctx context.Context, args []string, o viewOptions, saved *tui.View, screen, watched, theme string, mouse bool) error {
	v, err := o.read(args)
	if err != nil {
		return err
	}
	if v.choice != (queries.Choice{}) && screen == "" {
		return usagef("flags such as --by and --measure are about one screen: name it with --screen")
	}
	if v.source != "" {
		// What can be said at once is said before the screen is taken over.
		if _, err := os.Stat(v.source); err != nil {
			_, err = openSource(ctx, v.source, v.options, nil)
			return err
		}
	}
	var deliveries tui.Deliveries
	if watched != "" {
		if deliveries, err = newWatch(ctx, watched, v.source, v.options); err != nil {
			return err
		}
	}
	keymap, err := readKeymap()
	if err != nil {
		return usageError{err}
	}
	known, err := ahead(v.source, v.options)
	if err != nil {
		return err
	}
	err = tui.Run(ctx, tui.Config{
		Ahead:      known,
		Deliveries: deliveries,
		Open: func(ctx context.Context, progress func(tui.Progress)) (tui.Questions, error) {
			return openSource(ctx, v.source, v.options, func(p load.Progress) {
				progress(tui.Progress{Stage: string(p.Stage), Done: p.Done})
			})
		},
		Printer: v.printer, Keymap: keymap, First: welcomes(), Theme: theme, ASCII: v.printer.ASCII, Filter: v.filter, Screen: screen, Choice: v.choice, Source: sourceName(v.source), Pseudonym: pseudonyms(v.source), Views: viewsFolder(), View: saved, Mouse: mouse,
	})
	select {
	case <-ctx.Done():
		return nil // a signal is a way to leave
	default:
		return err
	}
}
