package load

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A file waits once it is complete: neither growing nor under a name of its own
// for the way, the latest first.
func TestInbox(t *testing.T) {
	t.Parallel()
	folder := files{
		"consents.csv": "customer_id,purpose\n", "purchases.parquet": "x", "till.json.gz": "x", "customers.csv": "",
		".consents.csv": "x", "~consents.csv": "x", "consents.csv.part": "x", "consents.csv.crdownload": "x", "consents.tmp": "x", "notes.txt": "x", "survey.csv/inside.csv": "x",
	}.in(t, t.TempDir())
	inbox, err := NewInbox(folder)
	if err != nil {
		t.Fatal(err)
	}
	look := func() (names []string) {
		t.Helper()
		complete, err := inbox.Look()
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range complete {
			names = append(names, d.Name)
		}
		return names
	}
	at := func(name string, day int) {
		t.Helper()
		moment := time.Date(2018, 1, day, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(filepath.Join(folder, name), moment, moment); err != nil {
			t.Fatal(err)
		}
	}
	at("consents.csv", 2)
	at("purchases.parquet", 3)
	at("till.json.gz", 1)
	want := func(names ...string) {
		t.Helper()
		if got := look(); !slices.Equal(got, names) {
			t.Errorf("%v wait, not %v", got, names)
		}
	}
	want()
	want("purchases.parquet", "consents.csv", "till.json.gz")
	files{"consents.csv": "customer_id,purpose\n1,"}.in(t, folder)
	want("purchases.parquet", "till.json.gz")
	files{"consents.csv": "customer_id,purpose\n1,news\n"}.in(t, folder)
	want("purchases.parquet", "till.json.gz")
	want("consents.csv", "purchases.parquet", "till.json.gz")
	if err := os.Rename(filepath.Join(folder, "consents.csv.part"), filepath.Join(folder, "consents-2.csv")); err != nil {
		t.Fatal(err)
	}
	at("consents-2.csv", 1)
	want("consents.csv", "purchases.parquet", "till.json.gz")
	want("consents.csv", "purchases.parquet", "consents-2.csv", "till.json.gz")

	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if _, err := inbox.Look(); err == nil {
		t.Error("a folder that is gone can be looked at")
	}
	_, err = NewInbox(folder)
	checkError(t, err, "no such folder")
	mapped := files{MappingName: "", "customers.csv": "x"}.in(t, t.TempDir())
	_, err = NewInbox(mapped)
	checkError(t, err, MappingName, "--append")
	_, err = NewInbox(filepath.Join(mapped, "customers.csv"))
	checkError(t, err, "not a folder")
}

// A store knows the files that it was made of, through deliveries and erasure, so
// that what was taken in is not offered again; a file that changed is another.
func TestDelivered(t *testing.T) {
	t.Parallel()
	folder := files{"customers.csv": "customer_id\n1\n", "survey.csv": "respondent_id,stance\n1,willing\n"}.in(t, t.TempDir())
	path := filepath.Join(t.TempDir(), "store.duckdb")
	load(t, Options{Sources: []string{folder}, Out: path}).db.Close()
	inbox, err := NewInbox(folder)
	if err != nil {
		t.Fatal(err)
	}
	waiting := func() string {
		t.Helper()
		if _, err := inbox.Look(); err != nil {
			t.Fatal(err)
		}
		complete, err := inbox.Look()
		if err != nil {
			t.Fatal(err)
		}
		delivered, err := Delivered(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, d := range complete {
			if !slices.Contains(delivered, d) {
				names = append(names, d.Name)
			}
		}
		return strings.Join(sorted(names...), " ")
	}
	if got := waiting(); got != "" {
		t.Errorf("%s were loaded, and wait", got)
	}
	// The latest that is told of a customer holds.
	files{"customers.csv": "customer_id,region\n1,QC\n2,ON\n", "customers-1.csv": "customer_id,region\n1,BC\n"}.in(t, folder)
	if got := waiting(); got != "customers-1.csv customers.csv" {
		t.Errorf("%s wait", got)
	}
	report, err := Append(context.Background(), Options{Sources: []string{filepath.Join(folder, "customers.csv"), filepath.Join(folder, "customers-1.csv")}, Out: path, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	if report.New != 3 || report.Added != 1 {
		t.Errorf("%d rows are new, %d were added", report.New, report.Added)
	}
	b := built{report, path, open(t, path)}
	b.who(t, "1", "2")
	b.check(t, "SELECT id, region FROM customers JOIN who USING (customer) JOIN segments ON segment = segment_id ORDER BY id", "1|QC\n2|ON")
	b.db.Close()
	if got := waiting(); got != "" {
		t.Errorf("%s were taken in, and wait", got)
	}
	erase(t, path, "customer_id\n2\n")
	if got := waiting(); got != "" {
		t.Errorf("after erasing %s wait", got)
	}
}
