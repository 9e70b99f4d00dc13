package load

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"accord/queries/store"
)

func sorted(names ...string) []string {
	slices.Sort(names)
	return names
}

// What is at the target and is no store stays as it is.
func TestTargetIsNoStore(t *testing.T) {
	t.Parallel()
	source := files{"customers.csv": "customer_id\n1\n"}.in(t, t.TempDir())
	folder := files{"text.duckdb": "not a database", "empty.duckdb": "", "folder/x": "", "customers.csv": "customer_id\n"}.in(t, t.TempDir())
	for name, statements := range map[string]string{
		"other.duckdb": "CREATE TABLE other.precious AS SELECT 42 AS x",
		// with a table as stores have one
		"alike.duckdb": "CREATE TABLE other.meta AS SELECT 'version' AS name, '0' AS value; CREATE TABLE other.precious AS SELECT 42 AS x",
	} {
		if _, err := memory(t).Exec("ATTACH " + store.Literal(filepath.Join(folder, name)) + " AS other; " + statements + "; DETACH other"); err != nil {
			t.Fatal(err)
		}
	}
	before := contents(t, folder)
	for name, mention := range map[string]string{
		"text.duckdb": "not an accord store", "empty.duckdb": "not an accord store", "other.duckdb": "not an accord store", "alike.duckdb": "not an accord store",
		"customers.csv": "not an accord store", "folder": "is a folder", "nowhere/store.duckdb": "nowhere", "customers.csv/x": "customers.csv",
		"what?.duckdb": "question mark", strings.Repeat("x", 300): "too long",
	} {
		_, err := Load(context.Background(), Options{Sources: []string{source}, Out: filepath.Join(folder, name), Key: testKey})
		checkError(t, err, mention, name)
	}
	if after := contents(t, folder); !slices.Equal(before, after) {
		t.Errorf("the folder changed:\n%q\n%q", before, after)
	}
}

func contents(t testing.TB, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		text := ""
		if !e.IsDir() {
			text = read(t, filepath.Join(folder, e.Name()))
		}
		out = append(out, e.Name()+" "+text)
	}
	return out
}

func TestUnwritableFolder(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	source := files{"customers.csv": "customer_id\n1\n"}.in(t, t.TempDir())
	_, err := Load(context.Background(), Options{Sources: []string{source}, Out: filepath.Join(folder, "store.duckdb"), Key: testKey})
	checkError(t, err, folder)
}

// The log that another program left beside the old store does not reach the new
// one.
func TestLogBesideStore(t *testing.T) {
	t.Parallel()
	out, _ := oldStore(t)
	db := memory(t)
	for _, s := range []string{"SET checkpoint_threshold = '1TB'", "PRAGMA disable_checkpoint_on_shutdown", "ATTACH " + store.Literal(out) + " AS other", "CREATE TABLE other.extra AS SELECT 42 AS x"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	log := read(t, out+".wal")
	db.Close()
	if err := os.WriteFile(out+".wal", []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	b := load(t, Options{Sources: []string{files{"customers.csv": "customer_id\n1\n2\n"}.in(t, t.TempDir())}, Out: out})
	b.check(t, "SELECT count(*) FROM customers", "2")
	checkFolder(t, filepath.Dir(out), "store.duckdb")
}

// A store can be the target by a relative path, and by a link, which it
// replaces.
func TestTargetByLink(t *testing.T) {
	t.Parallel()
	out, before := oldStore(t)
	link := filepath.Join(t.TempDir(), "link.duckdb")
	if err := os.Symlink(out, link); err != nil {
		t.Fatal(err)
	}
	load(t, Options{Sources: []string{files{"customers.csv": "customer_id\n1\n2\n"}.in(t, t.TempDir())}, Out: link}).check(t, "SELECT count(*) FROM customers", "2")
	if read(t, out) != before {
		t.Error("the file behind the link changed")
	}
}
