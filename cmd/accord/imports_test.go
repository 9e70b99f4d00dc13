package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport says which packages of the program each one may import: imports run
// one way, from commands and screens down to questions and mathematics.
var mayImport = map[string][]string{
	"cmd/accord":                 {"cmd/accord/internal/check", "cmd/accord/internal/report", "tui", "tui/chart", "tui/words", "queries", "queries/load", "queries/store", "sampledata"},
	"cmd/accord/internal/check":  {"tui/chart", "tui/handout", "tui/words", "queries"},
	"cmd/accord/internal/svg":    {"tui/chart"},
	"cmd/accord/internal/report": {"cmd/accord/internal/svg", "tui/chart", "tui/handout", "tui/panel", "tui/words", "queries"},
	"tui":                        {"tui/chart", "tui/export", "tui/panel", "tui/words", "queries"},
	"tui/export":                 {"tui/chart", "tui/handout", "queries"},
	"tui/handout":                {"tui/chart", "tui/panel", "tui/words", "queries"},
	"tui/panel":                  {"tui/chart", "tui/words", "queries"},
	"tui/panel/example":          {"queries", "queries/stats"}, // answers for the tests of layouts
	"tui/chart":                  {},
	"tui/words":                  {"queries", "queries/stats"},
	"queries":                    {"queries/stats", "queries/store"},
	"queries/load":               {"queries/store"},
	"queries/stats":              {},
	"queries/store":              {},
	"sampledata":                 {},
	"sampledata/generate":        {"sampledata"},
}

// A listed package is one as go list describes it.
type listed struct {
	ImportPath    string
	Imports, Deps []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "accord/...")
	out, err := list.Output()
	must(t, err)
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else {
			must(t, err)
		}
		all = append(all, p)
	}
}

func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "accord/")
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("what may %s import?", name)
		}
		for _, imported := range p.Imports {
			if inside, ok := strings.CutPrefix(imported, "accord/"); ok && !slices.Contains(allowed, inside) {
				t.Errorf("%s imports %s", name, inside)
			}
		}
	}
}

func TestKnowsNothingOfTerminals(t *testing.T) {
	t.Parallel()
	terminals := []string{"charm.land/", "github.com/charmbracelet/", "golang.org/x/term"}
	programs := []string{"charm.land/bubbletea", "charm.land/bubbles", "accord/tui"}
	leaves := []string{"os", "io/fs", "net", "time", "log", "database/sql", "embed", "syscall", "math/rand"}
	for _, p := range packages(t) {
		switch {
		case p.ImportPath == "accord/queries/stats":
			reaches(t, p.ImportPath, p.Imports, leaves)
			reaches(t, p.ImportPath, p.Deps, terminals)
		case p.ImportPath == "accord/tui/panel", p.ImportPath == "accord/tui/export":
			reaches(t, p.ImportPath, p.Imports, leaves)
		case p.ImportPath == "accord/tui/chart":
			reaches(t, p.ImportPath, p.Imports, leaves)
			reaches(t, p.ImportPath, p.Deps, programs)
		case strings.HasPrefix(p.ImportPath, "accord/queries"), strings.HasPrefix(p.ImportPath, "accord/sampledata"):
			reaches(t, p.ImportPath, p.Deps, terminals)
		case p.ImportPath == "accord/cmd/accord/internal/report":
			reaches(t, p.ImportPath, slices.DeleteFunc(p.Deps, func(d string) bool {
				return d == "accord/tui/chart" || d == "accord/tui/handout" || d == "accord/tui/panel" || d == "accord/tui/words"
			}), programs)
		}
	}
}

// reaches reports what p has of packages that it must not have, by the
// beginnings of their paths.
func reaches(t *testing.T, p string, has, mustNot []string) {
	t.Helper()
	for _, h := range has {
		for _, m := range mustNot {
			if h == m || strings.HasPrefix(h, strings.TrimSuffix(m, "/")+"/") {
				t.Errorf("%s reaches %s", p, h)
			}
		}
	}
}
