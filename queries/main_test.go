package queries_test

import (
	"os"
	"runtime"
	"testing"
)

// Stores of tests are small: DuckDB's threads would mostly wait for each other.
func TestMain(m *testing.M) {
	runtime.GOMAXPROCS(1)
	os.Exit(m.Run())
}
