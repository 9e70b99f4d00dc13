package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

func completionCommand() command {
	return command{
		name:     "completion",
		synopsis: "accord completion bash|zsh|fish [flags]",
		summary:  "Print what makes a shell complete accord's commands, flags and words.",
		examples: []string{
			"source <(accord completion bash)",
			"accord completion zsh > \"${fpath[1]}/_accord\"",
			"accord completion fish > ~/.config/fish/completions/accord.fish",
		},
		define: func(*pflag.FlagSet) func(context.Context, streams, []string) error {
			return func(_ context.Context, s streams, args []string) error {
				if len(args) != 1 || completions[args[0]] == nil {
					return usagef("completion needs one shell: write bash, zsh or fish")
				}
				_, err := fmt.Fprint(s.stdout, completions[args[0]](synopses()))
				return err
			}
		},
	}
}

// completions write what a shell reads, by shell.
var completions = map[string]func([]synopsis) string{"bash": bash, "zsh": zsh, "fish": fish}

// A synopsis is a command as completions and the manual have it: made of the same
// tables that the program runs by.
type synopsis struct {
	command
	options []option
	words   []string // that the command takes as arguments, where they are a few
}

// An option is a flag.
type option struct {
	name, short, about string
	value              string   // what it takes; "" = nothing
	words              []string // that it takes, where they are a few
}

func synopses() []synopsis {
	var out []synopsis
	for _, c := range commands() {
		flags, _ := flagsOf(c, &common{})
		x := synopsis{command: c}
		flags.VisitAll(func(f *pflag.Flag) {
			value, about := pflag.UnquoteUsage(f)
			o := option{name: f.Name, short: f.Shorthand, about: about}
			if f.Value.Type() != "bool" {
				o.value, o.words = value, wordsOf(value, about)
			}
			x.options = append(x.options, o)
		})
		if words := strings.Fields(strings.TrimPrefix(c.synopsis, "accord "+c.name)); len(words) > 0 && strings.Contains(words[0], "|") {
			x.words = strings.Split(words[0], "|")
		}
		out = append(out, x)
	}
	return out
}

// wordsOf are the words that a flag takes, as its help says: `a|b`, or "one of a,
// b".
func wordsOf(value, about string) []string {
	if strings.Contains(value, "|") {
		return strings.Split(value, "|")
	}
	_, list, ok := strings.Cut(about, "one of ")
	if !ok {
		return nil
	}
	list, _, _ = strings.Cut(list, ";")
	return strings.Split(list, ", ")
}

// flagNames are the names of options with their dashes.
func flagNames(options []option) []string {
	var out []string
	for _, o := range options {
		out = append(out, "--"+o.name)
		if o.short != "" {
			out = append(out, "-"+o.short)
		}
	}
	return out
}

func commandNames(all []synopsis) []string {
	var out []string
	for _, x := range all[1:] {
		out = append(out, x.name)
	}
	return out
}

// bash is the completion for bash. A word of the first command line argument that
// names a command decides which flags there are.
func bash(all []synopsis) string {
	var b strings.Builder
	b.WriteString(`# bash completion for accord
_accord() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= flags= words=
    COMPREPLY=()
    [ "$cur" = "=" ] && cur=
    [ "$prev" = "=" ] && prev=${COMP_WORDS[COMP_CWORD-2]}
    case ${COMP_WORDS[1]} in
`)
	fmt.Fprintf(&b, "    %s) [ \"$COMP_CWORD\" -gt 1 ] && command=${COMP_WORDS[1]} ;;\n    esac\n    case \"$command $prev\" in\n", strings.Join(commandNames(all), "|"))
	for _, x := range all {
		for _, o := range x.options {
			switch {
			case len(o.words) > 0:
				fmt.Fprintf(&b, "    \"%s --%s\") COMPREPLY=($(compgen -W %s -- \"$cur\")); return ;;\n", x.name, o.name, quoted(strings.Join(o.words, " ")))
			case o.value == "FILE" || o.value == "DIR": // files are completed below
			case o.value != "":
				fmt.Fprintf(&b, "    \"%s --%s\") return ;;\n", x.name, o.name)
			}
		}
	}
	b.WriteString("    esac\n    case $command in\n")
	for _, x := range all {
		name := x.name
		if name == "" {
			name = `""`
		}
		fmt.Fprintf(&b, "    %s) flags=%s words=%s ;;\n", name, quoted(strings.Join(flagNames(x.options), " ")), quoted(strings.Join(x.words, " ")))
	}
	fmt.Fprintf(&b, `    esac
    case $cur in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$cur")); return ;;
    esac
    [ "$COMP_CWORD" -eq 1 ] && words=%s
    COMPREPLY=($(compgen -W "$words" -- "$cur") $(compgen -f -- "$cur"))
}
complete -o filenames -F _accord accord
`, quoted(strings.Join(commandNames(all), " ")))
	return b.String()
}

// quoted is s as one word of a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// zsh is the completion for zsh.
func zsh(all []synopsis) string {
	escape := strings.NewReplacer("[", `\[`, "]", `\]`, ":", `\:`)
	var b strings.Builder
	b.WriteString("#compdef accord\n_accord() {\n    local -a commands\n    commands=(\n")
	for _, x := range all[1:] {
		fmt.Fprintf(&b, "        %s\n", quoted(x.name+":"+escape.Replace(firstSentence(x.summary))))
	}
	b.WriteString("    )\n    local command=\n    (( CURRENT > 2 )) && [[ -n ${commands[(r)${words[2]}:*]} ]] && command=${words[2]}\n    case $command in\n")
	for _, x := range slices.Concat(all[1:], all[:1]) {
		pattern := x.name
		if pattern == "" {
			pattern = "*"
		}
		fmt.Fprintf(&b, "    %s)\n        _arguments -s -S \\\n", pattern)
		for _, o := range x.options {
			about := "[" + escape.Replace(o.about) + "]"
			if o.value != "" {
				about += ":" + escape.Replace(o.value) + ":"
				switch {
				case len(o.words) > 0:
					about += "(" + strings.Join(o.words, " ") + ")"
				case o.value == "FILE":
					about += "_files"
				case o.value == "DIR":
					about += "_directories"
				}
			}
			name := "--" + o.name
			if o.value != "" {
				name += "="
			}
			fmt.Fprintf(&b, "            %s \\\n", quoted(name+about))
			if o.short != "" {
				fmt.Fprintf(&b, "            %s \\\n", quoted("-"+o.short+about))
			}
		}
		if x.name == "" {
			b.WriteString("            '1: :{ _describe command commands; _files }' '*: :_files'\n        ;;\n")
			continue
		}
		files := "'*: :_files'"
		if len(x.words) > 0 {
			files = "'*: :(" + strings.Join(x.words, " ") + ")'"
		}
		fmt.Fprintf(&b, "            '1: :' %s\n        ;;\n", files)
	}
	// As a file of fpath it is the body of the function that is run.
	b.WriteString("    esac\n}\nif [[ ${funcstack[1]} == _accord ]]; then _accord \"$@\"; else compdef _accord accord; fi\n")
	return b.String()
}

// fish is the completion for fish.
func fish(all []synopsis) string {
	q := func(s string) string { return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'" }
	var b strings.Builder
	names := strings.Join(commandNames(all), " ")
	b.WriteString("# fish completion for accord\n")
	for _, x := range all[1:] {
		fmt.Fprintf(&b, "complete -c accord -n %s -a %s -d %s\n", q("not __fish_seen_subcommand_from "+names), x.name, q(firstSentence(x.summary)))
	}
	for _, x := range all {
		when := "__fish_seen_subcommand_from " + x.name
		if x.name == "" {
			when = "not __fish_seen_subcommand_from " + names
		}
		for _, o := range x.options {
			fmt.Fprintf(&b, "complete -c accord -n %s -l %s", q(when), o.name)
			if o.short != "" {
				fmt.Fprintf(&b, " -s %s", o.short)
			}
			switch {
			case len(o.words) > 0:
				fmt.Fprintf(&b, " -x -a %s", q(strings.Join(o.words, " ")))
			case o.value == "FILE" || o.value == "DIR":
				b.WriteString(" -r")
			case o.value != "":
				b.WriteString(" -x")
			}
			fmt.Fprintf(&b, " -d %s\n", q(o.about))
		}
		if len(x.words) > 0 {
			fmt.Fprintf(&b, "complete -c accord -n %s -f -a %s\n", q(when), q(strings.Join(x.words, " ")))
		}
	}
	return b.String()
}
