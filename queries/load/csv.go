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

// relationOf is the SQL that reads the source. Several files are put together
// by the names of their columns, so that their order may differ.
func (b *builder) relationOf(ctx context.Context, s source) (string, error) {
	if s.relation != "" {
		return s.relation, nil
	}
	reads := make([]string, len(s.files))
	for i, f := range s.files {
		reads[i] = fmt.Sprintf("read_parquet(%s)", store.Literal(escapeGlob(f)))
		if s.csv {
			var err error
			if reads[i], err = b.readCSV(ctx, s.input.Name, f); err != nil {
				return "", s.explain(err)
			}
		}
	}
	if len(reads) == 1 {
		return reads[0], nil
	}
	if !s.csv {
		if err := b.sameClocks(ctx, s, reads); err != nil {
			return "", err
		}
	}
	return "(FROM " + strings.Join(reads, " UNION ALL BY NAME FROM ") + ")", nil
}

// sameClocks reports a column that is of instants in one Parquet file and of
// clock times in another: put together, the latter would pass for UTC.
func (b *builder) sameClocks(ctx context.Context, s source, reads []string) error {
	instants := map[string]bool{}
	for _, read := range reads {
		have, err := b.describe(ctx, "SELECT * FROM "+read)
		if err != nil {
			return s.explain(err)
		}
		for _, h := range have {
			if !strings.HasPrefix(h.kind, "TIMESTAMP") && h.kind != "DATE" {
				continue
			}
			name, instant := strings.ToLower(h.name), h.kind == "TIMESTAMP WITH TIME ZONE"
			if before, seen := instants[name]; seen && before != instant {
				return fmt.Errorf("%s from %s: %s has a time zone in one file and none in another: write it alike", s.input.Name, s.name, h.name)
			}
			instants[name] = instant
		}
	}
	return nil
}

// readCSV is the SQL that reads a CSV file as text, malformed lines aside,
// which DuckDB collects in the table <input>_bad_lines. The file's dialect is
// found once and then given: to find it again at every mention is slow, and a
// quote that first occurs late in the file would be missed.
func (b *builder) readCSV(ctx context.Context, input, path string) (string, error) {
	var delimiter, quote, escape string
	var skip int64
	var header bool
	var columns any
	err := b.conn.QueryRowContext(ctx, "SELECT Delimiter, Quote, Escape, SkipRows, HasHeader, list_transform(Columns, lambda c: c.name) FROM sniff_csv(?, sample_size = ?, all_varchar = true, header = true, ignore_errors = true, comment = '', max_line_size = ?, buffer_size = ?)",
		escapeGlob(path), sniffed, maxLine, buffered).Scan(&delimiter, &quote, &escape, &skip, &header, &columns)
	if err != nil {
		return "", err
	}
	none := func(s, fallback string) string {
		if s == "" || s == "(empty)" || s == "\\0" {
			return fallback
		}
		return s
	}
	quote = none(quote, `"`)
	var names []string
	list, _ := columns.([]any)
	for i, c := range list {
		name := fmt.Sprint(c)
		if name == "" { // of blanks that DuckDB trims and does not name
			name = fmt.Sprintf("column%d", i)
		}
		if strings.ContainsRune(name, 0) {
			return "", errors.New("the header is not text in UTF-8: save the file as UTF-8")
		}
		if len(name) > maxName {
			return "", fmt.Errorf("the header has a name of more than %d bytes: check that its quotes close", maxName)
		}
		names = append(names, store.Literal(name)+": 'VARCHAR'")
	}
	return fmt.Sprintf("read_csv(%s, auto_detect = false, delim = %s, quote = %s, escape = %s, skip = %d, header = true, columns = {%s}, store_rejects = true, rejects_table = '%s_bad_lines', rejects_scan = '%s_bad_scans', max_line_size = %d, buffer_size = %d)",
		store.Literal(escapeGlob(path)), store.Literal(delimiter), store.Literal(quote), store.Literal(none(escape, quote)), skip, strings.Join(names, ", "), input, input, maxLine, buffered), nil
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
