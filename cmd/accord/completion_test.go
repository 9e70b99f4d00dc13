package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every command, flag and word of the tables is in the completions of each shell
// and in the manual.
func TestCompletionsAndManualAreWhole(t *testing.T) {
	t.Parallel()
	all := synopses()
	if len(all) != len(commands()) {
		t.Fatalf("%d synopses of %d commands", len(all), len(commands()))
	}
	texts := map[string]string{"man": strings.ReplaceAll(manual(all), `\-`, "-")}
	for shell, write := range completions {
		texts[shell] = write(all)
	}
	for name, text := range texts {
		for _, x := range all {
			if x.name != "" && !strings.Contains(text, x.name) {
				t.Errorf("%s lacks the command %s", name, x.name)
			}
			for _, o := range x.options {
				flag := "--" + o.name
				if name == "fish" {
					flag = "-l " + o.name
				}
				if !strings.Contains(text, flag) {
					t.Errorf("%s lacks %s of %s", name, flag, x.name)
				}
				if words := strings.Join(o.words, " "); !strings.Contains(text, words) && name != "man" {
					t.Errorf("%s lacks the words %s of %s", name, words, o.name)
				}
			}
		}
		if strings.Contains(text, "`") && name != "man" {
			t.Errorf("%s holds a backquote, which a shell would run", name)
		}
	}
}

func TestBashCompletes(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash here")
	}
	script := filepath.Join(t.TempDir(), "accord.bash")
	must(t, os.WriteFile(script, []byte(completions["bash"](synopses())), 0o600))
	for line, want := range map[string]string{
		"accord re": "report", "accord report --fo": "--format", "accord report --format m": "markdown", "accord report --format = h": "html",
		"accord check --format ju": "junit", "accord --theme d": "dark", "accord completion z": "zsh", "accord load --time": "--timezone", "accord --me": "--measure",
		"accord report --since": "", "accord check --lang f": "fr",
	} {
		run := exec.Command("bash", "--norc", "-c", `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _accord; echo "${COMPREPLY[*]}"`)
		run.Args = append(append(run.Args, script), strings.Fields(line)...)
		run.Dir = t.TempDir()
		out, err := run.CombinedOutput()
		if err != nil || strings.TrimSpace(string(out)) != want {
			t.Errorf("%s completes to %q, %v; want %q", line, out, err, want)
		}
	}
}

// The other shells, where they are, read their completions.
func TestShellsReadCompletions(t *testing.T) {
	t.Parallel()
	for shell, write := range completions {
		path, err := exec.LookPath(shell)
		if err != nil {
			continue
		}
		script := filepath.Join(t.TempDir(), "accord."+shell)
		must(t, os.WriteFile(script, []byte(write(synopses())), 0o600))
		if out, err := exec.Command(path, "-n", script).CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", shell, err, out)
		}
	}
}
