package panel

import (
	"testing"

	"accord/tui/chart"
)

// TestShorten cuts names after whole words, unless they would then read alike.
func TestShorten(t *testing.T) {
	t.Parallel()
	rows := []chart.Effect{{Label: "campaign of early spring"}, {Label: "campaign transparency"}, {Label: "campaign personalised"}, {Label: "short"}, {Label: "short"}}
	plotter{}.shorten(rows, 16)
	for i, want := range []string{"campaign of …", "campaign transparency", "campaign personalised", "short", "short"} {
		if rows[i].Label != want {
			t.Errorf("row %d is %q, not %q", i, rows[i].Label, want)
		}
	}
}
