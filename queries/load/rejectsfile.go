package load

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// A rejectsFile is written beside its place and put there at the end, where the load
// succeeds or fails for too many rejected rows.
type rejectsFile struct {
	path string
	f    *os.File
	csv  *csv.Writer
}

// newRejectsFile begins a file (0600) of rejected rows.
func newRejectsFile(path string) (*rejectsFile, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".accord-rejects-*") // 0600
	if err != nil {
		return nil, fmt.Errorf("--rejects: %w", err)
	}
	r := &rejectsFile{path, f, csv.NewWriter(f)}
	return r, r.csv.Write([]string{"input", "file", "line", "rule", "column", "row"})
}

func (b *builder) writeReject(input string, broken RuleReport, p Place, text string) error {
	at := ""
	if n := p.Line + p.Row; n > 0 {
		at = strconv.FormatInt(n, 10)
	}
	return b.rejects.csv.Write([]string{input, p.File, at, broken.Rule, broken.Column, text})
}

// close puts the file in its place, or removes it.
func (r *rejectsFile) close(keep bool) error {
	r.csv.Flush()
	err := errors.Join(r.csv.Error(), r.f.Close())
	if !keep || err != nil {
		return errors.Join(err, os.Remove(r.f.Name()))
	}
	return os.Rename(r.f.Name(), r.path)
}
