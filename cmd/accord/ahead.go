package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"

	"accord/queries"
	"accord/tui"
)

// What the Overview of the bundled sample says, so that it is seen while the sample is
// loaded for the first time. A test sets it against what the loaded sample says.
//
//go:embed ahead.json
var aheadOfSample []byte

// ahead is what is known of a source before it is open, nil where nothing is, or where
// it is open at once: only the sample is known, under the usual suppression.
func ahead(source string, o queries.Options) (*tui.Ahead, error) {
	if source != "" || o.MinCell != queries.DefaultMinCell {
		return nil, nil
	}
	if kept, err := keptSample(); err == nil {
		if _, err := os.Stat(kept); err == nil {
			return nil, nil
		}
	}
	var known tui.Ahead
	if err := json.Unmarshal(aheadOfSample, &known); err != nil {
		return nil, fmt.Errorf("ahead.json: %w", err)
	}
	known.Provenance.Guarded, known.Provenance.Version = o.Guarded, version
	return &known, nil
}
