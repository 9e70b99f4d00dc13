package main

import (
	"testing"
	"time"

	"accord/queries/load"
	"accord/tui/words"
)

// The pace is told once it means something.
func TestPace(t *testing.T) {
	p := words.New(words.English)
	for _, test := range []struct {
		done    float64
		rows    int64
		elapsed time.Duration
		want    string
	}{
		{0.5, 100, time.Second, ""},
		{0.01, 100, time.Minute, ""},
		{0.25, 0, 10 * time.Second, ", about 30s left"},
		{0.5, 3_000_000, time.Minute, ", 50,000 rows/s, about 1m0s left"},
	} {
		if got := paceOf(load.Progress{Done: test.done, Rows: test.rows}, test.elapsed, p); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
}
