package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/pflag"

	"accord/sampledata"
	"accord/tui/words"
)

func sampleCommand() command {
	return command{
		name:     "sample",
		synopsis: "accord sample -o DIR [flags]",
		summary: `Write the input files of a synthetic sample of any size. The same size, seed
and version give the same bytes.`,
		examples: []string{
			"accord sample -o boreal/",
			"accord sample -o big/ --customers 5000000 --format parquet",
			"accord load big/ -o big.duckdb",
		},
		shows: true,
		define: func(flags *pflag.FlagSet) func(context.Context, streams, []string) error {
			var o sampledata.Options
			var out, lang string
			var force bool
			flags.StringVarP(&out, "output", "o", "", "the folder to write to, a `DIR`; made if it is not there")
			flags.IntVar(&o.Customers, "customers", sampledata.BundledCustomers, "`N` customers")
			flags.Uint64Var(&o.Seed, "seed", sampledata.BundledSeed, "another `SEED` gives other data with the same truths")
			flags.StringVar(&o.Format, "format", "csv", "`csv|csv.gz|parquet`")
			flags.BoolVar(&force, "force", false, "write into a folder that is not empty, in place of a sample that it holds")
			defineLanguage(flags, &lang)
			return func(ctx context.Context, s streams, args []string) error {
				switch {
				case len(args) > 0:
					return usagef("sample takes no argument %s; the folder is given with -o", args[0])
				case out == "":
					return usagef("sample needs -o DIR, the folder to write to")
				case o.Customers < 1:
					return usagef("--customers %d: write 1 or more", o.Customers)
				case !slices.Contains([]string{"csv", "csv.gz", "parquet"}, o.Format):
					return usagef("--format %s: write one of csv, csv.gz, parquet", o.Format)
				}
				p, err := printerFor(lang, false)
				if err != nil {
					return err
				}
				if err := mayWriteInto(out, force); err != nil {
					return err
				}
				o.Replace = force
				bar := newProgressBar(s, p)
				o.Progress = func(done, total int64) {
					bar.show(words.Key("making customers"), float64(done)/float64(total))
				}
				err = sampledata.Generate(ctx, out, o)
				bar.clear()
				if err != nil || s.quiet {
					return err
				}
				_, err = fmt.Fprintln(s.stdout, p.Say("%[1]s: a synthetic sample of %[2]s customers; `accord %[1]s` opens it", out, p.Int(int64(o.Customers))))
				return err
			}
		},
	}
}

// mayWriteInto reports why a sample must not be written into a folder, if so.
func mayWriteInto(folder string, force bool) error {
	entries, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) > 0 && !force:
		return fmt.Errorf("%s is not empty: choose another folder, or --force to write beside what is there", folder)
	}
	return nil
}
