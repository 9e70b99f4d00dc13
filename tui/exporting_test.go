package tui

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"accord/tui/words"
)

// exportAs exports what a is on to a file of that name and returns its path.
func exportAs(t *testing.T, a *app, name string, before ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	press(a, "e")
	press(a, before...)
	a.over.line().SetValue(path)
	press(a, "enter")
	return path
}

func TestExport(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36, func(c *Config) { c.Source = "shop.duckdb" })
	press(a, "e")
	mustSay(t, screenText(a), "Export the panel: Stance: what people say", "> accord-overview-stance.csv", "▸CSV", "With a footer: No filter")
	press(a, "down", "down")
	mustSay(t, screenText(a), "> accord-overview-stance.md", "▸Markdown")
	press(a, "up", "up", "up", "tab")
	mustSay(t, screenText(a), "Export the whole screen: Overview", "> accord-overview-stance.parquet")
	press(a, "enter")
	mustSay(t, screenText(a), "A Parquet file holds one table: export the panel.")
	press(a, "backspace", "enter")
	mustSay(t, screenText(a), "The name has to end in one of .csv .json .md .parquet.")
	press(a, "esc", "tab")

	path := exportAs(t, a, "opt-in.csv")
	mustSay(t, screenText(a), "Written to ")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, string(text), "Purpose,Opted in (%),", "Synthetic data · Boréal · as of 2018-12-31", "Source: shop.duckdb", "figures on fewer than 11 people withheld")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	press(a, "e")
	a.over.line().SetValue(path)
	press(a, "enter")
	mustSay(t, screenText(a), "There is a file")
	a.over.line().SetValue(filepath.Join(filepath.Dir(path), "no", "such", "folder.csv"))
	press(a, "enter")
	mustSay(t, screenText(a), "Nothing was written: there is no folder ")
	press(a, "esc")
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}

	whole, err := os.ReadFile(exportAs(t, a, "all.json", "tab"))
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, string(whole), `"name": "stance"`, `"name": "attention"`)
}

// TestExportAtHome is on paths as shells write them: only a leading ~ of one's
// own is the home folder.
func TestExportAtHome(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	for path, want := range map[string]string{
		"~/a.csv": filepath.Join(home, "a.csv"), "~/b/~/a.csv": filepath.Join(home, "b", "~", "a.csv"),
		"~a.csv": "~a.csv", "~other/a.csv": "~other/a.csv", "b/~/a.csv": "b/~/a.csv", "": "",
	} {
		if got := atHome(path); got != want {
			t.Errorf("%q is %q, not %q", path, got, want)
		}
	}
	a := openApp(t, richQuestions(), 120, 36, func(c *Config) { c.Printer = words.New(words.French) })
	press(a, "e")
	a.over.line().SetValue("~/tri.csv")
	press(a, "enter")
	if _, err := os.Stat(filepath.Join(home, "tri.csv")); err != nil {
		t.Error(err)
	}
	press(a, "e")
	a.over.line().SetValue("~/no/tri.csv")
	press(a, "enter")
	mustSay(t, screenText(a), "il n’y a pas de dossier")
}

func TestExportParquet(t *testing.T) {
	a := openApp(t, richQuestions(), 120, 36)
	press(a, "2")
	path := exportAs(t, a, "lift.parquet")
	mustSay(t, screenText(a), "Written to ")
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var rows int
	var kinds, notes string
	if err := db.QueryRow("SELECT count(*) FROM read_parquet(?)", path).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	d, focus := a.document()
	if want := len(d.Sheets[focus].Table.Rows); rows != want {
		t.Errorf("%d rows, want %d", rows, want)
	}
	if err := db.QueryRow("SELECT string_agg(column_name || ' ' || column_type, ', ') FROM (DESCRIBE SELECT * FROM read_parquet('" + path + "'))").Scan(&kinds); err != nil {
		t.Fatal(err)
	}
	mustSay(t, kinds, "DOUBLE", "VARCHAR")
	if err := db.QueryRow("SELECT string_agg(decode(key) || '=' || decode(value), '; ') FROM parquet_kv_metadata(?)", path).Scan(&notes); err != nil {
		t.Fatal(err)
	}
	mustSay(t, notes, "Boréal", "synthetic", "title=Lift on")
	if strings.Contains(notes, filepath.Dir(path)) {
		t.Error("the file says where it was made")
	}
}
