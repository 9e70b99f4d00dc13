package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"accord/queries"
	"accord/tui"
)

// What is shown before the sample is loaded is what it says once it is, but for the
// last digits, which processors differ in.
func TestAheadIsWhatTheSampleSays(t *testing.T) {
	ctx := t.Context()
	store, err := sample()
	must(t, err)
	d, err := queries.Open(ctx, store, queries.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	overview, err := d.Overview(ctx, queries.Filter{})
	must(t, err)
	says := tui.Ahead{Provenance: d.Provenance(), Overview: overview}
	says.Provenance.Version = ""
	text, err := json.MarshalIndent(says, "", "\t")
	must(t, err)
	if *update {
		must(t, os.WriteFile("ahead.json", append(text, '\n'), 0o644))
		return
	}
	same := func(name string, text []byte) {
		t.Helper()
		var want, got any
		must(t, json.Unmarshal(aheadOfSample, &want))
		must(t, json.Unmarshal(text, &got))
		if d := cmp.Diff(want, got, cmpopts.EquateApprox(1e-9, 1e-9)); d != "" {
			t.Errorf("ahead.json is not what %s: run the test with -update and look at the difference (-ahead +sample):\n%s", name, d)
		}
	}
	same("the sample says", text)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	known, err := ahead("", queries.Options{MinCell: queries.DefaultMinCell})
	must(t, err)
	known.Provenance.Version = ""
	text, err = json.Marshal(known)
	must(t, err)
	same("is read from it", text)
}

// The first start shows the whole Overview while the sample is loaded, and it is the
// one that the loaded sample answers with.
func TestOverviewComesAhead(t *testing.T) {
	t.Parallel()
	h := home(t.TempDir())
	must(t, os.MkdirAll(h.config(), 0o700))
	x := start{home: h, args: []string{"--lang", "en"}, width: 120, height: 36}.on(t)
	ahead := x.sees("53.0 %", "SYNTHETIC DATA", "Needs attention", "Loading, ", "Other screens and filters follow.")
	x.press("/")
	x.sees("The data is still being opened.")
	x.press("\t3")
	x.sees("▸ What they say by region")
	x.press("1\x1b[Z")
	x.sees("▸ Stance")
	above := func(screen string) string { return strings.Join(strings.Split(screen, "\n")[:34], "\n") }
	if d := cmp.Diff(above(ahead), above(x.settled())); d != "" {
		t.Errorf("the Overview changed once it was loaded (-ahead +loaded):\n%s", d)
	}
	x.press("q")
	if code := x.ends(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}
