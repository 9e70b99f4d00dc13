package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"accord/queries/store"
)

// A format is how a data file is written.
type format string

const (
	formatCSV     format = "CSV"
	formatJSON    format = "JSON"   // an array of objects
	formatNDJSON  format = "NDJSON" // an object a line
	formatParquet format = "Parquet"
	formatDuckDB  format = "DuckDB"
)

// A file is one data file. What is in it is known once it is opened.
type file struct {
	path   string // absolute
	info   fs.FileInfo
	format format

	opened   bool
	plain    string // the file that DuckDB reads: path, or a copy in UTF-8
	encoding string // "" = UTF-8
	dialect  dialect
	database string // that a DuckDB file is attached as
	columns  []described
}

// newFile looks at the file at path without opening it.
func newFile(path string) (*file, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: the link leads nowhere", path)
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: not a file", path)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	f := &file{path: abs, info: info, format: formatCSV, plain: abs}
	name, _ := compression(path)
	switch strings.ToLower(filepath.Ext(name)) {
	case ".parquet":
		f.format = formatParquet
	case ".json", ".ndjson", ".jsonl":
		f.format = formatNDJSON // or an array: its first character tells
	default:
		if IsDuckDB(path) {
			f.format = formatDuckDB
		}
	}
	return f, nil
}

// compression splits the ending of a compressed file off its name.
func compression(path string) (name, ending string) {
	switch ending := strings.ToLower(filepath.Ext(path)); ending {
	case ".gz", ".zst":
		return strings.TrimSuffix(path, filepath.Ext(path)), ending
	}
	return path, ""
}

// IsDuckDB reports whether the file begins as DuckDB's do, whatever its name.
func IsDuckDB(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 12)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head[8:]) == "DUCK"
}

func (f *file) name() string { return filepath.Base(f.path) }

func namesOf(files []*file) string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.name()
	}
	return strings.Join(names, ", ")
}

// unchanged reports that the file is another than when it was found.
func (f *file) unchanged() error {
	info, err := os.Stat(f.path)
	if err != nil {
		return err
	}
	if !os.SameFile(info, f.info) || info.Size() != f.info.Size() || !info.ModTime().Equal(f.info.ModTime()) {
		return fmt.Errorf("%s changed while it was read: load it again once it is complete", f.name())
	}
	return nil
}

// open finds out the file's format and columns.
func (b *builder) open(ctx context.Context, f *file) (err error) {
	if f.opened {
		return nil
	}
	switch f.format {
	case formatParquet:
		f.columns, err = b.describe(ctx, "SELECT * FROM "+f.relation(""))
	case formatDuckDB:
		if f.database == "" {
			f.database = fmt.Sprintf("file_%d", b.attached)
			b.attached++
			err = b.exec(ctx, "ATTACH "+store.Literal(f.path)+" AS "+f.database+" (READ_ONLY)")
		}
		return err
	case formatCSV:
		if err = b.toUTF8(ctx, f); err == nil {
			err = b.sniff(ctx, f)
		}
	case formatNDJSON, formatJSON:
		if err = b.toUTF8(ctx, f); err == nil {
			err = b.keysOf(ctx, f)
		}
	}
	if err != nil {
		return f.plainError(err)
	}
	f.opened = true
	return nil
}

// relation is the SQL that reads the file. Malformed lines of CSV are collected
// in the table <rejects>_bad_lines, or passed over where rejects is "".
func (f *file) relation(rejects string) string {
	switch f.format {
	case formatParquet:
		return fmt.Sprintf("read_parquet(%s)", store.Literal(escapeGlob(f.path)))
	case formatCSV:
		return f.readCSV(rejects)
	}
	return f.readJSON(rejects)
}

// tables lists the tables and views of a DuckDB file.
func (b *builder) tables(ctx context.Context, f *file) (names []string, err error) {
	rows, err := b.conn.QueryContext(ctx, "SELECT table_name FROM information_schema.tables WHERE table_catalog = ? AND table_schema = 'main' ORDER BY table_name", f.database)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// plainError puts what DuckDB says about the file in plain words.
func (f *file) plainError(err error) error {
	switch f.format {
	case formatCSV:
		return plainCSV(err)
	case formatJSON, formatNDJSON:
		return plainJSON(err)
	}
	return err
}
