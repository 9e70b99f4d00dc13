package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWatch takes deliveries into a store that is on screen: a broken one changes
// nothing, good ones change the figures, and another start offers none of them.
func TestWatch(t *testing.T) {
	t.Parallel()
	h := home(t.TempDir())
	must(t, os.MkdirAll(h.config(), 0o700))
	write := func(name, content string) {
		t.Helper()
		path := filepath.Join(string(h), name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path+".part", []byte(content), 0o600))
		must(t, os.Rename(path+".part", path))
	}
	people := func(first, last int) string {
		text := "customer_id,region\n"
		for i := first; i <= last; i++ {
			text += "c" + strings.Repeat("x", i) + ",QC\n"
		}
		return text
	}
	write("first/customers.csv", people(1, 30))
	load, err := h.run("load", "first", "-o", "shop.duckdb", "--quiet")
	must(t, err)
	must(t, load.Run())
	must(t, os.MkdirAll(filepath.Join(string(h), "in"), 0o700))

	begin := func(args ...string) *terminal {
		return start{home: h, args: append([]string{"shop.duckdb", "--watch", "in"}, args...), width: 120, height: 36}.on(t)
	}
	x := begin("--screen", "data", "--filter", "region=QC")
	x.sees("30 customers", "written 20", "[region=QC]", "d deliveries")
	before := len(x.settledSilently())
	time.Sleep(2 * watching) // nothing arrives, and nothing is written
	if now := x.written(); len(now) != before {
		t.Errorf("%d bytes while idle: %q", len(now)-before, now[before:])
	}

	write("in/consents.csv", "x,y\n1,2\n")
	x.sees("Arrived: consents.csv. d to take in.")
	x.press("d")
	x.sees("Deliveries in in", "consents.csv", "enter take in")
	x.press("\r")
	x.sees("Not taken in: consents.csv. d says why.")
	x.press("d")
	x.sees("there are x, y", "The store is as it was.", "Nothing new has arrived.")
	x.escapes("Deliveries in in")

	write("in/customers-2.csv", people(20, 45))
	x.sees("30 customers", "Arrived: customers-2.csv")
	x.press("d\r")
	x.sees("45 customers", "[region=QC]", "▸ Sources: what was read", "Taken in: 26 rows of 1 file; the store holds 15 more.")
	write("in/consents.csv", "customer_id,purpose,state,occurred_at\ncx,news,given,2018-05-01\nnobody,news,given,2018-05-01\n")
	x.sees("Arrived: consents.csv")
	x.press("d\r")
	x.sees("as of 2018-05-01", "customers.csv, cust", "consents   consents.csv   ", "Held back", "1 row is held back")
	x.press("q")
	if code := x.ends(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	x.isRestored()

	x = begin()
	x.sees("45 customers")
	time.Sleep(2 * watching)
	if screen := x.settled(); strings.Contains(screen, "Arrived") || strings.Contains(screen, "Not taken in") {
		t.Errorf("offered again:\n%s", screen)
	}
	x.press("q")
	x.ends()
	entries, err := os.ReadDir(string(h))
	must(t, err)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

// TestWatchNeedsAStoreAndAFolder says what cannot be watched before the screen is
// taken over.
func TestWatchNeedsAStoreAndAFolder(t *testing.T) {
	t.Parallel()
	h := home(t.TempDir())
	must(t, h.withSample())
	for name, content := range map[string]string{"shop/customers.csv": "customer_id\n1\n", "mapped/accord.toml": ""} {
		path := filepath.Join(string(h), name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, []byte(content), 0o600))
	}
	load, err := h.run("load", "shop", "-o", "shop.duckdb", "--quiet")
	must(t, err)
	must(t, load.Run())
	for want, args := range map[string][]string{
		"--watch needs a store":               {"--watch", "shop"},
		"make one with `accord load SOURCE":   {"shop", "--watch", "shop"},
		"nowhere: there is no such folder":    {"shop.duckdb", "--watch", "nowhere"},
		"shop.duckdb is not a folder":         {"shop.duckdb", "--watch", "shop.duckdb"},
		"mapped holds a mapping, accord.toml": {"shop.duckdb", "--watch", "mapped"},
	} {
		x := start{home: h, args: args, width: 300, height: 10}.on(t)
		if code := x.ends(); code != exitUsage || !strings.Contains(x.text(), want) {
			t.Errorf("%v: exit code %d, with\n%s", args, code, x.text())
		}
		x.isRestored()
	}
}

// settledSilently is what was written until nothing more is.
func (x *terminal) settledSilently() string {
	x.settled()
	return x.written()
}

// A file is named where another's name ends alike only if it is named itself.
func TestNames(t *testing.T) {
	for text, want := range map[string]bool{
		"a.csv": true, "consents from a.csv: no column": true, "/in/a.csv line 3": true, "data.csv: and a.csv": true,
		"data.csv": false, "consents from -a.csv": false, "é_a.csv": false, "éa.csv, b.csv": false, "": false,
	} {
		if got := names(text, "a.csv"); got != want {
			t.Errorf("%q names a.csv: %t", text, got)
		}
	}
}
