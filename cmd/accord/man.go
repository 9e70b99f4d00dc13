package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

func manCommand() command {
	return command{
		name:     "man",
		synopsis: "accord man [flags]",
		summary:  "Print the manual page of accord, for man(1).",
		examples: []string{"accord man > accord.1 && man ./accord.1"},
		define: func(*pflag.FlagSet) func(context.Context, streams, []string) error {
			return func(_ context.Context, s streams, args []string) error {
				if len(args) > 0 {
					return usagef("man takes no argument %s", args[0])
				}
				_, err := fmt.Fprint(s.stdout, manual(synopses()))
				return err
			}
		},
	}
}

// exits are the exit codes, as the manual has them.
var exits = [][2]string{
	{"0", "Done."},
	{"1", "It failed, a rule of accord check cannot be evaluated, or whoever read the output has gone."},
	{"2", "The command line is wrong."},
	{"3", "A rule of accord check does not hold."},
}

// variables are the environment, as the manual has it.
var variables = [][2]string{
	{"ACCORD_KEY", "the key of pseudonyms, in place of the file accord/key in the configuration folder."},
	{"LC_ALL, LC_MESSAGES, LANG", "the language where --lang is not given."},
	{"NO_COLOR", "draw without colours."},
	{"XDG_CACHE_HOME, XDG_CONFIG_HOME", "where the sample's store and the key are kept."},
}

// manual is the manual page in roff, made of the tables of commands and flags.
func manual(all []synopsis) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line(`.TH ACCORD 1 "" "accord %s" "User Commands"`, version)
	line(".SH NAME\naccord \\- a terminal dashboard for consent and engagement insight\n.SH SYNOPSIS")
	for i, x := range all {
		if i > 0 {
			line(".br")
		}
		line(".B %s", roff(x.synopsis))
	}
	line(".SH DESCRIPTION\n%s", roff(all[0].summary))
	line(".SH OPTIONS")
	manualOptions(line, all[0].options)
	line(".SH COMMANDS")
	for _, x := range all[1:] {
		line(".SS %s\n%s", roff(x.synopsis), roff(x.summary))
		manualOptions(line, x.options)
	}
	line(".SH EXIT STATUS")
	for _, x := range exits {
		line(".TP\n.B %s\n%s", x[0], roff(x[1]))
	}
	line(".SH ENVIRONMENT")
	for _, x := range variables {
		line(".TP\n.B %s\n%s", roff(x[0]), roff(x[1]))
	}
	line(".SH EXAMPLES\n.nf")
	for _, x := range all {
		for _, e := range x.examples {
			line("%s", roff(e))
		}
	}
	line(".fi")
	return b.String()
}

func manualOptions(line func(string, ...any), options []option) {
	for _, o := range options {
		name := `\fB\-\-` + roff(o.name) + `\fR`
		if o.short != "" {
			name = `\fB\-` + o.short + `\fR, ` + name
		}
		if o.value != "" {
			name += ` \fI` + roff(o.value) + `\fR`
		}
		line(".TP\n%s\n%s", name, roff(o.about))
	}
}

// roff is a text that roff does not take for requests: backslashes and dashes are
// escaped, and no line begins with a dot or an apostrophe.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
