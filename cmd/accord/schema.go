package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"accord/cmd/accord/internal/report"
	"accord/queries/load"
	"accord/tui/words"
)

func schemaCommand() command {
	return command{
		name:     "schema",
		synopsis: "accord schema [INPUT...] [flags]",
		summary: `Print the input columns that accord reads. A star marks required columns. With
--report, print what the JSON of reports holds, as a JSON Schema.`,
		examples: []string{"accord schema", "accord schema consents --lang fr", "accord schema --report > report.schema.json"},
		define: func(flags *pflag.FlagSet) func(context.Context, streams, []string) error {
			var lang string
			ofReport := flags.Bool("report", false, "what the JSON of reports holds, as a JSON Schema")
			defineLanguage(flags, &lang)
			return func(_ context.Context, s streams, args []string) error {
				if *ofReport {
					if len(args) > 0 {
						return usagef("--report is about the output, and takes no input %s", args[0])
					}
					_, err := fmt.Fprint(s.stdout, report.Schema())
					return err
				}
				p, err := printerFor(lang, false)
				if err != nil {
					return err
				}
				text, err := schemaText(p, args)
				if err != nil {
					return err
				}
				_, err = fmt.Fprint(s.stdout, text)
				return err
			}
		},
	}
}

// schemaText describes the inputs named, or all.
func schemaText(p *words.Printer, names []string) (string, error) {
	var b strings.Builder
	wanted := map[string]bool{}
	for _, n := range names {
		wanted[n] = true
	}
	var known []string
	for _, in := range load.Inputs() {
		known = append(known, in.Name)
		if len(names) > 0 && !wanted[in.Name] {
			continue
		}
		delete(wanted, in.Name)
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s: %s\n", in.Name, p.Translate(string(in.Meaning)))
		for _, c := range in.Columns {
			star := " "
			if c.Required {
				star = "*"
			}
			fmt.Fprintf(&b, "  %s %-19s %-14s %s\n", star, c.Name, p.Translate(string(c.Type)), p.Translate(string(c.Meaning)))
			if len(c.Words) > 0 {
				fmt.Fprintf(&b, "    %-19s %-14s %s\n", "", "", strings.Join(c.Words, ", "))
			}
		}
	}
	for n := range wanted {
		return "", usagef("there is no input %s: accord reads %s", n, strings.Join(known, ", "))
	}
	return b.String(), nil
}
