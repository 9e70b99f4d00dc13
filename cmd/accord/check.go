package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"accord/cmd/accord/internal/check"
	"accord/tui/words"
)

func checkCommand() command {
	return command{
		name:     "check",
		synopsis: "accord check [SOURCE] RULES.toml [flags]",
		summary: `Hold figures against the rules of a file, for schedulers. Without SOURCE the
sample is checked. The exit code is 0 if every rule holds, 3 if one does not, and
1 if one cannot be evaluated, which is never a pass.`,
		examples: []string{
			"accord check --init rules.toml        # a commented file to begin with",
			"accord check shop.duckdb rules.toml",
			"accord check shop.duckdb rules.toml --format junit > accord.xml",
		},
		shows: true,
		define: func(flags *pflag.FlagSet) func(context.Context, streams, []string) error {
			var view viewOptions
			format := flags.String("format", "text", "the `FORMAT`, one of "+strings.Join(check.Formats(), ", "))
			begin := flags.Bool("init", false, "write a commented file of rules to RULES.toml, or print it")
			view.defineCells(flags)
			view.defineUnguarded(flags)
			defineLanguage(flags, &view.lang)
			return func(ctx context.Context, s streams, args []string) error {
				switch {
				case !slices.Contains(check.Formats(), *format):
					return usagef("there is no format %s: write one of %s", *format, strings.Join(check.Formats(), ", "))
				case *begin:
					return writeStarter(s, args)
				case len(args) == 0:
					return usagef("check needs RULES.toml, a file of rules; --init writes one")
				case len(args) > 2:
					return usagef("check takes a SOURCE and a RULES.toml, not %d arguments", len(args))
				}
				view.forReport()
				v, err := view.read(args[:len(args)-1])
				if err != nil {
					return err
				}
				rules, err := check.Read(args[len(args)-1])
				if err != nil {
					return err
				}
				bar := newProgressBar(s, v.printer)
				d, err := openSource(ctx, v.source, v.options, bar.loading)
				bar.clear()
				if err != nil {
					return err
				}
				defer d.Close()
				results, err := check.Run(ctx, d, rules)
				if err != nil {
					return err
				}
				v.printer.MinCell = v.options.MinCell
				out := check.Document{Words: v.printer, From: d.Provenance(), Results: results, OnlyWrong: s.quiet && *format == "text"}
				if err := out.Write(s.stdout, *format); err != nil {
					return err
				}
				return outcomeOf(results, v.printer)
			}
		},
	}
}

// outcomeOf is what the results of rules mean for whoever runs them.
func outcomeOf(results []check.Result, p *words.Printer) error {
	_, failed, broken := check.Tally(results)
	n := p.Int(int64(len(results)))
	switch {
	case broken > 0:
		return outcome{exitFailed, p.Say("rules that cannot be evaluated: %[1]s of %[2]s", p.Int(int64(broken)), n)}
	case failed > 0:
		return outcome{exitCheck, p.Say("rules that do not hold: %[1]s of %[2]s", p.Int(int64(failed)), n)}
	}
	return nil
}

// writeStarter writes the file of rules to begin with. A file that is there stays
// as it is.
func writeStarter(s streams, args []string) error {
	switch len(args) {
	case 0:
		_, err := fmt.Fprint(s.stdout, check.Starter())
		return err
	case 1:
	default:
		return usagef("--init takes the file to write, not %d arguments", len(args))
	}
	f, err := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: name another file, or remove it", args[0])
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(check.Starter())
	return errors.Join(err, f.Close())
}
