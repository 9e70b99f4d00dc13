package chart

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens instead of comparing with them")

// TestGoldens compares drawings with testdata/*.txt, in which the escape
// character is written as a symbol so that the files can be read anywhere.
func TestGoldens(t *testing.T) {
	ascii := Plain()
	ascii.ASCII = true
	s := sample()
	charts := map[string]func(int, Theme) string{
		"sharebar":   s.share.Render,
		"stack":      s.stack.Render,
		"bars":       s.bars.Render,
		"sparkline":  s.spark.Render,
		"forest":     s.forest.Render,
		"table":      s.table.Render,
		"heat":       s.heat.Render,
		"timeseries": func(width int, theme Theme) string { return s.time.Render(width, 18, theme) },
	}
	for name, render := range charts {
		for _, g := range []struct {
			theme  string
			t      Theme
			widths []int
		}{
			{"plain", Plain(), []int{40, 60, 80, 120, 200}},
			{"ascii", ascii, []int{80}},
			{"dark", Dark(), []int{80}},
		} {
			for _, width := range g.widths {
				file := fmt.Sprintf("%s-%s-%d.txt", name, g.theme, width)
				t.Run(file, func(t *testing.T) {
					got := strings.ReplaceAll(render(width, g.t), "\x1b", "␛") + "\n"
					compareGolden(t, filepath.Join("testdata", file), got)
				})
			}
		}
	}
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; look at the drawing, then run the test with -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the drawing changed (-want +got):\n%s", diff)
	}
}
