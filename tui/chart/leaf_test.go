package chart

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestImportsOnlyWhatDrawingNeeds keeps input, output, clocks and the rest of
// the program out.
func TestImportsOnlyWhatDrawingNeeds(t *testing.T) {
	allowed := []string{
		"fmt", "image/color", "math", "slices", "strings", "unicode", "unicode/utf8",
		"charm.land/lipgloss/v2", "github.com/charmbracelet/x/ansi",
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			if path, _ := strconv.Unquote(spec.Path.Value); !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}
