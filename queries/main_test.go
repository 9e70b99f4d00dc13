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
	os.Exit(m.Run())
}
