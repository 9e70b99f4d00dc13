// Command accord is a terminal dashboard for consent and engagement insight.
//
// This package holds flags, subcommands and wiring: one file a subcommand. No
// SQL and no drawing happen here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // calendars must not depend on what the machine has installed

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"accord/queries"
	"accord/tui/chart"
)

// version is that of the program. Stores name the one that built them.
const version = "0.1.0"

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// A usageError is a mistake in the command line, not in the data.
type usageError struct{ error }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// streams are what a command reads from and writes to.
type streams struct {
	stdout, stderr *os.File
}

// A command is a subcommand of accord: its flags and what it does. define
// binds the flags and returns the function to run with the other arguments.
type command struct {
	name     string // "" = what accord does without a subcommand
	synopsis string
	summary  string
	examples []string
	define   func(*pflag.FlagSet) func(ctx context.Context, s streams, args []string) error
}

// commands lists the subcommands in the order of the help.
func commands() []command {
	return []command{dashboardCommand(), loadCommand(), reportCommand(), schemaCommand(), sampleCommand()}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, os.Args[1:], streams{os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run runs the command line and returns the exit code. What went wrong is on
// stderr, in one line.
func run(ctx context.Context, args []string, s streams) int {
	c, rest := choose(args)
	flags := pflag.NewFlagSet("accord "+c.name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard)
	act := c.define(flags)
	help := flags.BoolP("help", "h", false, "show this help")
	showVersion := flags.Bool("version", false, "show the version")
	if err := flags.Parse(rest); err != nil && !errors.Is(err, pflag.ErrHelp) {
		return finish(s, c, usageError{err})
	}
	switch {
	case *help:
		_, err := fmt.Fprint(s.stdout, helpOf(c, flags))
		return finish(s, c, err)
	case *showVersion:
		_, err := fmt.Fprintln(s.stdout, "accord", version)
		return finish(s, c, err)
	}
	return finish(s, c, act(ctx, s, flags.Args()))
}

// choose splits the command line into a command and its arguments. The first
// word names a command; anything else is for the dashboard.
func choose(args []string) (command, []string) {
	list := commands()
	if len(args) > 0 {
		for _, c := range list[1:] {
			if args[0] == c.name {
				return c, args[1:]
			}
		}
	}
	return list[0], args
}

// finish says what went wrong, if anything, and returns the exit code.
func finish(s streams, c command, err error) int {
	var usage usageError
	var filter *queries.FilterError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.stderr, "accord: interrupted; nothing was changed")
		return exitFailed
	case errors.Is(err, syscall.EPIPE):
		return exitFailed // whoever read the output has gone
	case errors.As(err, &usage), errors.As(err, &filter):
		fmt.Fprintf(s.stderr, "accord: %s; see `%s --help`\n", oneLine(err), strings.TrimSpace("accord "+c.name))
		return exitUsage
	}
	fmt.Fprintln(s.stderr, "accord:", oneLine(err))
	return exitFailed
}

// oneLine is an error as one line. It may quote data and the names of files,
// which can hold what a terminal would obey.
func oneLine(err error) string {
	return chart.Clean(strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' }), "; "))
}

// helpOf is the help of a command.
func helpOf(c command, flags *pflag.FlagSet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nUsage:\n  %s\n", c.summary, c.synopsis)
	if c.name == "" {
		b.WriteString("\nCommands:\n")
		for _, sub := range commands()[1:] {
			fmt.Fprintf(&b, "  %-8s %s\n", sub.name, firstSentence(sub.summary))
		}
	}
	fmt.Fprintf(&b, "\nFlags:\n%s\nExamples:\n", flags.FlagUsagesWrapped(80))
	for _, e := range c.examples {
		fmt.Fprintf(&b, "  %s\n", e)
	}
	return b.String()
}

func firstSentence(s string) string {
	first, _, _ := strings.Cut(s, ". ")
	return strings.TrimSuffix(first, ".")
}

// isTerminal reports whether f is a terminal.
func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
