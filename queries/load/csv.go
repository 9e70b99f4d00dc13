package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

const (
	sniffed = 2048     // rows of a CSV file that are looked at to find its delimiter
	maxLine = 16 << 20 // bytes of a line; a longer one is rejected, or the file if it is among the first
	maxName = 1000     // bytes of a column's name

	buffered = 2 * maxLine // bytes read at a time; by itself DuckDB would take 16 lines of the longest
)

// A dialect is how a CSV file is written.
type dialect struct {
	delimiter, quote, escape string
	skip                     int64 // lines before the header
}

// sniff finds the dialect and the columns of a CSV file. They are found once and
// then given: to find them again at every mention is slow, and a quote that
// first occurs late in the file would be missed.
func (b *builder) sniff(ctx context.Context, f *file) error {
	var d dialect
	var header bool
	var columns any
	err := b.conn.QueryRowContext(ctx, "SELECT Delimiter, Quote, Escape, SkipRows, HasHeader, list_transform(Columns, lambda c: c.name) FROM sniff_csv(?, sample_size = ?, all_varchar = true, header = true, ignore_errors = true, comment = '', max_line_size = ?, buffer_size = ?)",
		escapeGlob(f.plain), sniffed, maxLine, buffered).Scan(&d.delimiter, &d.quote, &d.escape, &d.skip, &header, &columns)
	if err != nil {
		return plainCSV(err)
	}
	none := func(s, fallback string) string {
		if s == "" || s == "(empty)" || s == "\\0" {
			return fallback
		}
		return s
	}
	d.quote = none(d.quote, `"`)
	d.escape = none(d.escape, d.quote)
	f.dialect = d
	list, _ := columns.([]any)
	for i, c := range list {
		name := fmt.Sprint(c)
		if name == "" { // of blanks that DuckDB trims and does not name
			name = fmt.Sprintf("column%d", i)
		}
		if strings.ContainsRune(name, 0) {
			return errors.New("the header is not text in UTF-8: save the file as UTF-8")
		}
		if len(name) > maxName {
			return fmt.Errorf("the header has a name of more than %d bytes: check that its quotes close", maxName)
		}
		f.columns = append(f.columns, described{name, "VARCHAR"})
	}
	return nil
}

// readCSV is the SQL that reads a CSV file as text, malformed lines aside.
func (f *file) readCSV(rejects string) string {
	columns := make([]string, len(f.columns))
	for i, c := range f.columns {
		columns[i] = store.Literal(c.name) + ": 'VARCHAR'"
	}
	return fmt.Sprintf("read_csv(%s, auto_detect = false, delim = %s, quote = %s, escape = %s, skip = %d, header = true, columns = {%s}, %s, max_line_size = %d, buffer_size = %d)",
		store.Literal(escapeGlob(f.plain)), store.Literal(f.dialect.delimiter), store.Literal(f.dialect.quote), store.Literal(f.dialect.escape), f.dialect.skip,
		strings.Join(columns, ", "), badLines(rejects), maxLine, buffered)
}

// badLines are the settings of read_csv for lines that cannot be read.
func badLines(rejects string) string {
	if rejects == "" {
		return "ignore_errors = true"
	}
	return fmt.Sprintf("store_rejects = true, rejects_table = '%[1]s_bad_lines', rejects_scan = '%[1]s_bad_scans'", rejects)
}

// plainCSV puts what DuckDB says about a CSV file in plain words, where it
// speaks of its own parts.
func plainCSV(err error) error {
	said := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(err.Error(), w) })
	}
	switch {
	case said("Maximum line size"):
		return fmt.Errorf("a line is longer than %d MB: check that quotes close", maxLine>>20)
	case said("IO Error"):
		return err
	case errors.Is(err, sql.ErrNoRows) || said("sniff", "Sniffer", "invalid state"):
		return errors.New("it is empty or does not read as CSV: check that it is UTF-8, that quotes close, and that all lines end alike")
	}
	return err
}

// escapeGlob makes DuckDB read exactly the file at path, whatever marks of
// patterns its name holds.
func escapeGlob(path string) string {
	var b strings.Builder
	for _, r := range path {
		if strings.ContainsRune("*?[", r) {
			b.WriteString("[" + string(r) + "]")
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
