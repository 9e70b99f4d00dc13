package main

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"accord/queries/load"
)

func eraseCommand() command {
	return command{
		name:     "erase",
		synopsis: "accord erase IDS... STORE [flags]",
		summary: `Remove customers from a store. IDS are files with a column of customer_id, as your
sources have it. The store is replaced once what is left is whole; later loads with
the same key skip and count the rows of these customers.`,
		examples: []string{"accord erase requests.csv shop.duckdb"},
		define: func(flags *pflag.FlagSet) func(context.Context, streams, []string) error {
			var o load.Options
			var lang string
			flags.StringVar(&o.Memory, "memory", "", "memory to keep to, a `SIZE` such as 8GB; without it most of the machine's")
			defineLanguage(flags, &lang)
			return func(ctx context.Context, s streams, args []string) error {
				if len(args) < 2 {
					return usagef("erase needs IDS, a file with a column customer_id, and the STORE")
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
				o.Out, o.BuiltBy = args[len(args)-1], version
				bar := newProgressBar(s, p)
				o.Progress = bar.loading
				asked := 0
				r, err := load.Erase(ctx, o, args[:len(args)-1], func(pseudonyms []string) error {
					asked = len(pseudonyms)
					return load.AddToErasedList(o.Key, pseudonyms)
				})
				bar.clear()
				if err != nil || s.quiet {
					return err
				}
				if err := writeLoadReport(s.stdout, r, o.Out, p); err != nil {
					return err
				}
				_, err = fmt.Fprintln(s.stdout, p.Plural(int64(asked), "%s identifier is on the list of the erased, and will be skipped", "%s identifiers are on the list of the erased, and will be skipped", p.Int(int64(asked))))
				return err
			}
		},
	}
}
