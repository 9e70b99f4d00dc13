package queries_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"accord/queries"
	"accord/queries/load"
	"accord/sampledata"
)

// sample is the bundled sample, loaded once for all tests and open until they
// end. Its files are gone by then: an open store needs none.
var sample = sync.OnceValues(func() (*queries.Dataset, error) {
	dir, err := os.MkdirTemp("", "accord-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(filepath.Join(dir, "files"), sampledata.Boreal()); err != nil {
		return nil, err
	}
	ctx, out := context.Background(), filepath.Join(dir, "sample.duckdb")
	if _, err := load.Load(ctx, load.Options{Sources: []string{filepath.Join(dir, "files")}, Out: out, Key: load.SampleKey}); err != nil {
		return nil, err
	}
	return queries.Open(ctx, out, queries.Options{})
})

func openSample(t *testing.T) *queries.Dataset {
	t.Helper()
	if testing.Short() {
		t.Skip("loads the sample")
	}
	d, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	return d
}
