package queries_test

import (
	"flag"
	"os"
	"runtime"
	"testing"
)

// Stores of tests are small: while they are loaded, DuckDB's threads would mostly wait
// for each other. Benchmarks have them all.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() == "" {
		runtime.GOMAXPROCS(1)
	}
	os.Exit(withStores(m.Run))
}

// withStores runs tests with a folder for the stores of shops.
func withStores(run func() int) int {
	var err error
	if made.folder, err = os.MkdirTemp("", "accord-test-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(made.folder)
	made.stores = map[string]func() (string, error){}
	return run()
}
