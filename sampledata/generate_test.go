package sampledata

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// contents reads the files of a folder, decompressed.
func contents(t *testing.T, files fs.FS) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(files, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if data, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		out[e.Name()] = data
	}
	return out
}

func same(t *testing.T, got, want map[string][]byte) {
	t.Helper()
	if names, wanted := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(names, wanted) {
		t.Fatalf("files are %v, want %v", names, wanted)
	}
	for name, data := range got {
		if !bytes.Equal(data, want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func generated(t *testing.T, o Options) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	if err := Generate(t.Context(), dir, o); err != nil {
		t.Fatal(err)
	}
	return contents(t, os.DirFS(dir))
}

func TestBundleIsWhatTheGeneratorWrites(t *testing.T) {
	same(t, generated(t, Options{}), contents(t, Boreal()))
	same(t, generated(t, Options{Dirty: true}), contents(t, Dirty()))
}

func TestBundleIsSmall(t *testing.T) {
	size := int64(0)
	for _, files := range []fs.FS{Boreal(), Dirty()} {
		entries, err := fs.ReadDir(files, ".")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil {
				t.Fatal(err)
			}
			size += info.Size()
		}
	}
	if size > 4_000_000 {
		t.Errorf("the bundled samples take %d bytes, want at most 4 MB", size)
	}
}

func TestFilesDoNotDependOnWorkers(t *testing.T) {
	for _, format := range []string{"csv", "parquet"} {
		o := Options{Customers: 700, Format: format, Density: "full", Workers: 1, part: 200}
		one := generated(t, o)
		if one["consents-0004."+format] == nil {
			t.Errorf("%s: there is no fourth file of consents", format)
		}
		o.Workers = 3
		same(t, generated(t, o), one)
	}
}

func TestSeedsDiffer(t *testing.T) {
	a := generated(t, Options{Customers: 50, Format: "csv"})
	b := generated(t, Options{Customers: 50, Format: "csv", Seed: 91})
	if bytes.Equal(a["customers.csv"], b["customers.csv"]) {
		t.Error("two seeds gave the same customers")
	}
}

func TestVerySmallSamples(t *testing.T) {
	for customers := 1; customers <= 3; customers++ {
		files := generated(t, Options{Customers: customers, Format: "csv"})
		if lines := bytes.Count(files["customers.csv"], []byte("\n")); lines != customers+1 {
			t.Errorf("%d customers gave %d lines", customers, lines)
		}
	}
}

func TestCancelLeavesNothing(t *testing.T) {
	for _, format := range []string{"csv.gz", "parquet"} {
		dir := t.TempDir()
		ctx, cancel := context.WithCancel(t.Context())
		var told int64
		err := Generate(ctx, dir, Options{Customers: 5000, Format: format, part: 500, Progress: func(done, total int64) {
			if told = done; total != 5000 {
				t.Errorf("total is %d", total)
			}
			cancel()
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error is %v", format, err)
		}
		if told == 0 || told == 5000 {
			t.Errorf("%s: cancelled after %d customers", format, told)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v, %v", format, left, err)
		}
	}
}

func TestRefusesWhatItCannotDo(t *testing.T) {
	held := t.TempDir()
	if err := os.WriteFile(filepath.Join(held, "customers-0001.parquet"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		dir  string
		o    Options
		want string
	}{
		{held, Options{}, "already holds customers-0001.parquet"},
		{t.TempDir(), Options{Format: "xlsx"}, `cannot generate "xlsx"`},
		{t.TempDir(), Options{Density: "some"}, `at density "some"`},
		{t.TempDir(), Options{Customers: -1}, "-1 customers"},
		{t.TempDir(), Options{Workers: -1}, "-1 workers"},
	} {
		if err := Generate(t.Context(), test.dir, test.o); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: error is %v, want %q", test.o, err, test.want)
		}
	}
}

func TestFormatsAgree(t *testing.T) {
	text, parquet := t.TempDir(), t.TempDir()
	for dir, format := range map[string]string{text: "csv", parquet: "parquet"} {
		if err := Generate(t.Context(), dir, Options{Customers: 300, Format: format}); err != nil {
			t.Fatal(err)
		}
	}
	db, err := open(text)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range tables {
		var differ, rows int
		file := filepath.Join(parquet, table.name+".parquet")
		err := db.QueryRow("select (select count(*) from (from "+table.name+" except all from read_parquet(?))), (select count(*) from read_parquet(?))", file, file).Scan(&differ, &rows)
		if err != nil || differ > 0 || rows == 0 {
			t.Errorf("%s: %d of %d rows differ, %v", table.name, differ, rows, err)
		}
	}
}

func BenchmarkGenerate(b *testing.B) {
	for b.Loop() {
		if err := Generate(b.Context(), b.TempDir(), Options{Customers: 50_000, Format: "parquet"}); err != nil {
			b.Fatal(err)
		}
	}
}
