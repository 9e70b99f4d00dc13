package load

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accord/queries/store"
)

var testKey = Key("a key for tests only")

// A load takes a few tenths of a second, so property tests make few of them,
// each of many customers, unless the command line says otherwise. A test that
// needs a process of its own starts this binary again.
func TestMain(m *testing.M) {
	if out := os.Getenv(childOut); out != "" {
		os.Exit(loadAsChild(out))
	}
	if os.Getenv(childKey) != "" {
		os.Exit(keyAsChild())
	}
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() == "" {
		runtime.GOMAXPROCS(1) // threads of small loads at once mostly wait for each other
	}
	settings := map[string]string{
		"rapid.checks":     "3",
		"rapid.nofailfile": "true", // the seed is printed
		"test.parallel":    "4",    // a load waits for the disk now and then
	}
	flag.Visit(func(f *flag.Flag) { delete(settings, f.Name) })
	for name, value := range settings {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// files are the names and contents of a folder.
type files map[string]string

// in writes the files into folder and returns it.
func (f files) in(t testing.TB, folder string) string {
	t.Helper()
	for name, content := range f {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// built is a store that a test loaded, open in plain DuckDB.
type built struct {
	Report
	path string
	db   *sql.DB
}

// load loads the files, which may hold an accord.toml.
func (f files) load(t testing.TB) built {
	t.Helper()
	return load(t, Options{Sources: []string{f.in(t, t.TempDir())}})
}

// load loads with the test's key into a folder of its own.
func load(t testing.TB, o Options) built {
	t.Helper()
	o.Key = testKey
	if o.Out == "" {
		o.Out = filepath.Join(t.TempDir(), "store.duckdb")
	}
	report, err := Load(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range report.Sources {
		if s.Read != s.Loaded+s.Rejected {
			t.Errorf("%s: read %d rows, loaded %d and rejected %d", s.Input, s.Read, s.Loaded, s.Rejected)
		}
	}
	return built{report, o.Out, open(t, o.Out)}
}

// loadError returns the error about the files, which has to be one line that
// names each of mentions, and to leave nothing behind.
func (f files) loadError(t testing.TB, mentions ...string) error {
	t.Helper()
	out := filepath.Join(t.TempDir(), "store.duckdb")
	_, err := Load(context.Background(), Options{Sources: []string{f.in(t, t.TempDir())}, Out: out, Key: testKey})
	checkError(t, err, mentions...)
	checkFolder(t, filepath.Dir(out))
	return err
}

func checkError(t testing.TB, err error, mentions ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	if text := err.Error(); strings.Contains(text, "\n") || len(text) > 1000 {
		t.Errorf("the error is no single line of sane length: %.2000s", text)
	}
	for _, m := range mentions {
		if !strings.Contains(err.Error(), m) {
			t.Errorf("the error does not speak of %q: %s", m, err)
		}
	}
}

// checkFolder reports whatever lies in folder besides the names given.
func checkFolder(t testing.TB, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the folder holds (-want +got):\n%s", diff)
	}
}

// open attaches the store at path to a DuckDB in memory.
func open(t testing.TB, path string) *sql.DB {
	t.Helper()
	db := memory(t)
	for _, s := range []string{"SET TimeZone = 'UTC'", "ATTACH " + store.Literal(path) + " AS built (READ_ONLY)", "USE built"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// memory is a DuckDB of one connection, for looking at stores and for writing
// files.
func memory(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

// pseudonym is RFC 2104's HMAC by the standard library: what a store must hold
// for an original identifier.
func pseudonym(key Key, id string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id))
	h := hex.EncodeToString(mac.Sum(nil)[:16])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

// who makes a table who(customer, id), by which queries can speak of customers
// as the test's files do.
func (b built) who(t testing.TB, ids ...string) {
	t.Helper()
	var pairs []string
	for _, id := range ids {
		pairs = append(pairs, fmt.Sprintf("('%s'::UUID, %s)", pseudonym(testKey, id), store.Literal(id)))
	}
	if _, err := b.db.Exec("CREATE TABLE memory.who AS SELECT customer, id FROM customers JOIN (VALUES " +
		strings.Join(pairs, ", ") + ") v(pseudonym, id) USING (pseudonym)"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.db.Exec("SET search_path = 'built,memory'"); err != nil {
		t.Fatal(err)
	}
}

// rows are a query's rows, a line each: values in DuckDB's text, | between.
func rows(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	r, err := db.Query("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + query + ")")
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer r.Close()
	columns, err := r.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for r.Next() {
		values, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := r.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		line := make([]string, len(columns))
		for i, v := range values {
			line[i] = v.String
			if !v.Valid {
				line[i] = "-"
			}
		}
		out = append(out, strings.Join(line, "|"))
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// check compares a query's rows with the lines of want; indentation and empty
// lines do not count.
func (b built) check(t testing.TB, query, want string) {
	t.Helper()
	if diff := cmp.Diff(lines(want), rows(t, b.db, query)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", query, diff)
	}
}

func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// numbered is the format filled in with each number from first to last.
func numbered(first, last int, format string) string {
	var b strings.Builder
	for i := first; i <= last; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
