package load

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accord/queries/store"
)

// sameStore compares every table of two stores, but for those named; sides says
// what the two are.
func sameStore(t testing.TB, sides string, one, two built, but ...string) {
	t.Helper()
	tables := rows(t, one.db, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'built' ORDER BY table_name")
	if diff := cmp.Diff(tables, rows(t, two.db, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'built' ORDER BY table_name")); diff != "" {
		t.Errorf("%s have other tables: %s", sides, diff)
	}
	for _, table := range tables {
		if table == "deliveries" || slices.Contains(but, table) { // files have times
			continue
		}
		query := "FROM " + table + " ORDER BY ALL"
		if table == "clustering" { // the only sums that depend on the order of rows
			query = "SELECT kind, round(factor, 9) FROM clustering ORDER BY ALL"
		}
		if diff := cmp.Diff(rows(t, one.db, query), rows(t, two.db, query)); diff != "" {
			t.Errorf("%s: %s differs:\n%.1500s", sides, table, diff)
		}
	}
}

// copyStore copies a store to a folder of its own.
func copyStore(t testing.TB, b built) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.duckdb")
	if err := os.WriteFile(path, []byte(read(t, b.path)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pseudonyms are those of ids, as lists of the erased have them.
func pseudonyms(ids ...string) (out []string) {
	for _, id := range ids {
		out = append(out, pseudonym(testKey, id))
	}
	return out
}

// erase erases the ids of a CSV file from the store at path.
func erase(t testing.TB, path, csv string) (Report, []string) {
	t.Helper()
	var listed []string
	ids := files{"ids.csv": csv}.in(t, t.TempDir())
	report, err := Erase(context.Background(), Options{Out: path, Key: testKey}, []string{filepath.Join(ids, "ids.csv")}, func(p []string) error { listed = p; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return report, listed
}

// A store from which customers were erased is, row by row, that of a load that
// skips them, and its answers are those of a load of files without them.
func TestErase(t *testing.T) {
	t.Parallel()
	data := random(7, 300)
	// Of customers that there are; answers name others too.
	gone := func(id string) bool { return len(id) < 3 && (strings.HasSuffix(id, "3") || id == "0") }
	csv, ids := "Customer ID,why\n", []string{}
	without := map[string][]string{}
	place := map[string]int{"assignments.csv": 1, "survey.csv": 4}
	for name, of := range data {
		for _, line := range of {
			cells := strings.Split(line, ",")
			who := cells[min(place[name], len(cells)-1)]
			if name == "factors.csv" || name == "notices.csv" || name == "campaigns.csv" || name == "arms.csv" || !gone(who) {
				without[name] = append(without[name], line)
			}
			if name == "customers.csv" && gone(who) {
				ids = append(ids, who)
				csv += who + ",asked\n"
			}
		}
	}
	whole := withHeaders(data).in(t, t.TempDir())
	path := copyStore(t, load(t, Options{Sources: []string{whole}}))
	report, listed := erase(t, path, csv)
	if want := pseudonyms(ids...); !slices.Equal(sorted(want...), sorted(listed...)) {
		t.Errorf("%d listed, %d asked for", len(listed), len(ids))
	}
	erased := built{report, path, open(t, path)}
	skipped := load(t, Options{Sources: []string{whole}, Erased: listed})
	sameStore(t, "erased (-) and skipped (+)", erased, skipped, "sources", "kept_survey")
	erased.check(t, "SELECT rows_rejected FROM sources WHERE input = 'customers'", fmt.Sprint(len(ids)))
	if diff := cmp.Diff(rows(t, erased.db, "SELECT input, rows_read, rows_loaded, rows_rejected FROM sources ORDER BY 1"), rows(t, skipped.db, "SELECT input, rows_read, rows_loaded, rows_rejected FROM sources ORDER BY 1")); diff != "" {
		t.Error(diff)
	}
	sameStore(t, "erased (-) and never there (+)", erased, withHeaders(without).load(t), "sources", "rejects", "kept_survey")
	bytes := read(t, path)
	for _, id := range ids {
		p := strings.ReplaceAll(pseudonym(testKey, id), "-", "")
		if strings.Contains(bytes, p) {
			t.Fatal("the store has a pseudonym as text")
		}
	}
	checkFolder(t, filepath.Dir(path), "store.duckdb")
}

// Respondents who are linked to an erased customer go with them, and addresses
// count in any case of letters.
func TestEraseRespondents(t *testing.T) {
	t.Parallel()
	b := files{
		"customers.csv": "customer_id,region\nann@example.com,QC\nbob@example.com,ON\n",
		"survey.csv":    "respondent_id,stance,customer_id\nr1,willing,ann@example.com\nr2,sceptical,bob@example.com\nr3,willing,\n",
	}.load(t)
	path := copyStore(t, b)
	report, _ := erase(t, path, "email\nANN@Example.com\nnobody@example.com\n")
	erased := built{report, path, open(t, path)}
	erased.check(t, "SELECT stance FROM survey ORDER BY 1", "sceptical\nwilling")
	erased.check(t, "SELECT input, rule, rows FROM rejects ORDER BY 1", "customers|erased|1\nsurvey|erased|1")
	erased.check(t, "SELECT count(*) FROM customers", "1")
}

// What cannot be erased leaves the store as it was.
func TestEraseFails(t *testing.T) {
	t.Parallel()
	out, before := oldStore(t)
	folder := files{"none.csv": "customer_id\n", "other.csv": "x\n1\n", "ids.csv": "customer_id\nold\n"}.in(t, t.TempDir())
	all := func([]string) error { return nil }
	for name, mention := range map[string]string{"none.csv": "no customer", "other.csv": "no column customer_id", "nowhere.csv": "nowhere"} {
		_, err := Erase(context.Background(), Options{Out: out, Key: testKey}, []string{filepath.Join(folder, name)}, all)
		checkError(t, err, mention)
	}
	_, err := Erase(context.Background(), Options{Out: out, Key: Key("another key for tests")}, []string{filepath.Join(folder, "ids.csv")}, all)
	checkError(t, err, "another key")
	_, err = Erase(context.Background(), Options{Out: out + "x", Key: testKey}, []string{filepath.Join(folder, "ids.csv")}, all)
	checkError(t, err, "no such file")
	_, err = Erase(context.Background(), Options{Out: out, Key: testKey}, []string{filepath.Join(folder, "ids.csv")}, func([]string) error { return os.ErrPermission })
	checkError(t, err, "permission")
	if read(t, out) != before {
		t.Error("the store changed")
	}
	checkFolder(t, filepath.Dir(out), "store.duckdb")
	// The last customer may go.
	report, _ := erase(t, out, "customer_id\nold\n")
	built{report, out, open(t, out)}.check(t, "SELECT count(*) FROM customers", "0")
	s, err := store.Open(context.Background(), out)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

// A store that is added to is, row by row, that of a load of everything at once,
// the new files first.
func TestAppend(t *testing.T) {
	t.Parallel()
	// The second delivery repeats some of the first, and brings some customers up
	// to date. It alone has some customers, a campaign and the arms of another, of
	// whom the first tells already.
	first, second := map[string][]string{}, map[string][]string{}
	late := func(name, line string) bool {
		who, _, _ := strings.Cut(line, ",")
		return name == "customers.csv" && strings.HasSuffix(who, "7") || name == "campaigns.csv" && who == "d" || name == "arms.csv"
	}
	for name, of := range random(11, 300) {
		for i, line := range of {
			if i%3 < 2 && !late(name, line) || name == "customers.csv" && !late(name, line) || name == "notices.csv" || name == "campaigns.csv" && !late(name, line) {
				first[name] = append(first[name], line)
			}
			if i%3 > 0 || late(name, line) || name == "notices.csv" || name == "campaigns.csv" {
				if name == "customers.csv" {
					line = strings.ReplaceAll(line, ",QC,", ",BC,")
				}
				second[name] = append(second[name], line)
			}
		}
	}
	old, fresh, both := withHeaders(first), withHeaders(second), files{}
	for name, text := range old {
		both[strings.Replace(name, ".csv", "-2.csv", 1)] = text
	}
	for name, text := range fresh {
		both[strings.Replace(name, ".csv", "-1.csv", 1)] = text
	}
	path := copyStore(t, old.load(t))
	built{path: path, db: open(t, path)}.check(t, "SELECT DISTINCT input, column_name FROM held ORDER BY ALL", `
		assignments|arm
		assignments|campaign_id
		assignments|customer_id
		consents|customer_id
		interactions|customer_id
		purchases|customer_id`)
	report, err := Append(context.Background(), Options{Sources: []string{fresh.in(t, t.TempDir())}, Out: path, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	sum := built{report, path, open(t, path)}
	whole := both.load(t)
	sameStore(t, "added (-) and at once (+)", sum, whole, "sources")
	counts := "SELECT input, rows_read, rows_loaded, rows_rejected FROM sources ORDER BY 1"
	if diff := cmp.Diff(rows(t, whole.db, counts), rows(t, sum.db, counts)); diff != "" {
		t.Error(diff)
	}
	for _, s := range report.Sources {
		if s.Read != s.Loaded+s.Rejected {
			t.Errorf("%s: read %d, loaded %d, rejected %d", s.Input, s.Read, s.Loaded, s.Rejected)
		}
	}
	// The same delivery once more changes nothing but the counts.
	before := copyStore(t, sum)
	again, err := Append(context.Background(), Options{Sources: []string{fresh.in(t, t.TempDir())}, Out: path, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	sameStore(t, "added once (-) and twice (+)", built{report, before, open(t, before)}, built{again, path, open(t, path)}, "sources", "rejects")
	checkFolder(t, filepath.Dir(path), "store.duckdb")
}

// A log of engagements is folded onto assignments that are there already only
// together with the log from before.
func TestAppendNeedsTheWholeLog(t *testing.T) {
	t.Parallel()
	f := files{"customers.csv": "customer_id\n1\n", "campaigns.csv": "campaign_id\nc\n", "arms.csv": "campaign_id,arm\nc,a\n", "assignments.csv": "campaign_id,customer_id,arm\nc,1,a\n"}
	log := files{"engagements.csv": "campaign_id,customer_id,kind,occurred_at\nc,1,open,2018-01-01\n"}
	path := copyStore(t, f.load(t))
	more := log.in(t, t.TempDir())
	if _, err := Append(context.Background(), Options{Sources: []string{more}, Out: path, Key: testKey}); err != nil {
		t.Error(err)
	}
	all := maps.Clone(f)
	maps.Copy(all, log)
	path = copyStore(t, all.load(t))
	before := read(t, path)
	_, err := Append(context.Background(), Options{Sources: []string{more}, Out: path, Key: testKey})
	checkError(t, err, "engagements", "load everything again")
	if read(t, path) != before {
		t.Error("the store changed")
	}
}

// The list of the erased is the key's own, only grows, and is not read past
// damage.
func TestErasedList(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", os.Getenv("XDG_CONFIG_HOME"))
	ids := pseudonyms("a", "b", "c")
	for _, add := range [][]string{ids[:2], ids[1:]} {
		if err := AddToErasedList(testKey, add); err != nil {
			t.Fatal(err)
		}
	}
	list, err := ErasedList(testKey)
	if err != nil || !slices.Equal(list, sorted(ids...)) {
		t.Errorf("%v, %v", list, err)
	}
	if other, err := ErasedList(Key("another key for tests")); err != nil || len(other) != 0 {
		t.Errorf("%v, %v", other, err)
	}
	path, err := erasedPath(testKey)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	checkFolder(t, filepath.Dir(path), filepath.Base(path))
	if err := os.WriteFile(path, []byte(ids[0]+"\nann@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = ErasedList(testKey)
	checkError(t, err, "line 2", "damaged")
	if strings.Contains(err.Error(), "ann") {
		t.Error("the error quotes the list")
	}
}
