// Command accord is a terminal dashboard for consent and engagement insight.
//
// This package holds flags, subcommands and wiring: one file a subcommand. No
// SQL and no charts are made here.
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
	"accord/tui/words"
)

// version is that of the program. Stores name the one that built them.
const version = "0.1.0"

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitCheck  = 3 // a rule does not hold
)

// An outcome is what a command found that is not as it should be. It was said
// already, where the command's output goes; this is the line for logs.
type outcome struct {
	code int
	text string
}

func (o outcome) Error() string { return o.text }

// A usageError is a mistake in the command line, not in the data.
type usageError struct{ error }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// streams are what a command reads from and writes to.
type streams struct {
	stdout, stderr *os.File
	quiet          bool // nothing is said but errors and what was asked for
}

// A command is a subcommand of accord: its flags and what it does. define
// binds the flags and returns the function to run with the other arguments.
type command struct {
	name     string // "" = what accord does without a subcommand
	synopsis string
	summary  string
	examples []string
	shows    bool // progress, or a terminal's colours
	define   func(*pflag.FlagSet) func(ctx context.Context, s streams, args []string) error
}

// commands lists the subcommands in the order of the help.
func commands() []command {
	return []command{dashboardCommand(), loadCommand(), eraseCommand(), reportCommand(), checkCommand(), schemaCommand(), sampleCommand(), completionCommand(), manCommand()}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, os.Args[1:], streams{stdout: os.Stdout, stderr: os.Stderr})
	stop()
	os.Exit(code)
}

// common are the flags of every command; those of progress and colour belong to
// commands that show some.
type common struct{ help, version, quiet, noColor bool }

// flagsOf binds the flags of a command, and returns what it does.
func flagsOf(c command, all *common) (*pflag.FlagSet, func(context.Context, streams, []string) error) {
	flags := pflag.NewFlagSet("accord "+c.name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard)
	act := c.define(flags)
	if c.shows {
		flags.BoolVarP(&all.quiet, "quiet", "q", false, "say nothing but errors and what was asked for: no progress")
		flags.BoolVar(&all.noColor, "no-color", false, "no colours, as with NO_COLOR in the environment")
	}
	flags.BoolVarP(&all.help, "help", "h", false, "show this help")
	flags.BoolVar(&all.version, "version", false, "show the version")
	return flags, act
}

// run runs the command line and returns the exit code. What went wrong is on
// stderr, in one line.
func run(ctx context.Context, args []string, s streams) int {
	c, rest := choose(args)
	var all common
	flags, act := flagsOf(c, &all)
	if err := flags.Parse(rest); err != nil && !errors.Is(err, pflag.ErrHelp) {
		return finish(s, c, flags, usageError{err})
	}
	switch {
	case all.help:
		_, err := fmt.Fprint(s.stdout, helpOf(c, flags))
		return finish(s, c, flags, err)
	case all.version:
		_, err := fmt.Fprintln(s.stdout, "accord", version)
		return finish(s, c, flags, err)
	case all.noColor:
		// Whatever draws looks there.
		if err := os.Setenv("NO_COLOR", "1"); err != nil {
			return finish(s, c, flags, err)
		}
	}
	s.quiet = all.quiet
	return finish(s, c, flags, act(ctx, s, flags.Args()))
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
func finish(s streams, c command, flags *pflag.FlagSet, err error) int {
	p := errorPrinter(flags)
	var usage usageError
	var filter *queries.FilterError
	var found outcome
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.stderr, "accord:", p.Say("interrupted; nothing was changed"))
		return exitFailed
	case errors.As(err, &found):
		if !s.quiet {
			fmt.Fprintln(s.stderr, "accord:", oneLine(p, err))
		}
		return found.code
	case errors.Is(err, syscall.EPIPE):
		return exitFailed // whoever read the output has gone
	case errors.As(err, &usage), errors.As(err, &filter):
		fmt.Fprintln(s.stderr, "accord:", p.Say("%[1]s; see `%[2]s`", oneLine(p, err), strings.TrimSpace("accord "+c.name)+" --help"))
		return exitUsage
	}
	fmt.Fprintln(s.stderr, "accord:", oneLine(p, err))
	return exitFailed
}

// errorPrinter is the words for what went wrong: in the language asked for, if the
// command has one and it was read.
func errorPrinter(flags *pflag.FlagSet) *words.Printer {
	asked := ""
	if f := flags.Lookup("lang"); f != nil {
		asked = f.Value.String()
	}
	if p, err := printerFor(asked, false); err == nil {
		return p
	}
	return words.New(words.English)
}

// oneLine is an error as one line. It may quote data and the names of files,
// which can hold what a terminal would obey.
func oneLine(p *words.Printer, err error) string {
	said := err.Error() // it also says what was under way
	if p.Language() != words.English {
		said = p.Problem(err)
	}
	return chart.Clean(strings.Join(strings.FieldsFunc(said, func(r rune) bool { return r == '\n' }), "; "))
}

// helpOf is the help of a command.
func helpOf(c command, flags *pflag.FlagSet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nUsage:\n  %s\n", c.summary, c.synopsis)
	if c.name == "" {
		b.WriteString("\nCommands:\n")
		for _, sub := range commands()[1:] {
			fmt.Fprintf(&b, "  %-10s %s\n", sub.name, firstSentence(sub.summary))
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
