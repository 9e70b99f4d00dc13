package queries

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

// A ParquetColumn is a column of a file: numbers, or texts where Numbers is nil.
type ParquetColumn struct {
	Name    string
	Numbers []Figure[float64] // those that are not there become NULL
	Texts   []string
}

// WriteParquet writes columns of one length as a Parquet file at path, with
// notes as its key-value metadata. It uses a database of its own in memory.
func WriteParquet(ctx context.Context, path string, columns []ParquetColumn, notes map[string]string) (err error) {
	if len(columns) == 0 {
		return errors.New("there is no column to write")
	}
	db, err := sql.Open("duckdb", "?threads=1")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1) // another connection would have another database
	rows := 0
	var definitions, marks []string
	for i, c := range columns {
		kind := "VARCHAR"
		if c.Numbers != nil {
			kind = "DOUBLE"
		}
		definitions, marks = append(definitions, fmt.Sprintf("c%d %s", i, kind)), append(marks, "?")
		rows = max(len(c.Numbers), len(c.Texts))
	}
	if _, err := db.ExecContext(ctx, "CREATE TABLE sheet (row BIGINT, "+strings.Join(definitions, ", ")+")"); err != nil {
		return err
	}
	insert, err := db.PrepareContext(ctx, "INSERT INTO sheet VALUES (?, "+strings.Join(marks, ", ")+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for y := range rows {
		values := []any{y}
		for _, c := range columns {
			switch {
			case c.Numbers == nil:
				values = append(values, c.Texts[y])
			default:
				var v any
				if x, ok := c.Numbers[y].Value(); ok {
					v = x
				}
				values = append(values, v)
			}
		}
		if _, err := insert.ExecContext(ctx, values...); err != nil {
			return err
		}
	}
	var names, metadata []string
	for i, c := range columns {
		names = append(names, fmt.Sprintf("c%d AS %s", i, store.Identifier(c.Name)))
	}
	for name, note := range notes {
		metadata = append(metadata, store.Identifier(name)+": "+store.Literal(note))
	}
	slices.Sort(metadata)
	_, err = db.ExecContext(ctx, fmt.Sprintf("COPY (SELECT %s FROM sheet ORDER BY row) TO %s (FORMAT parquet, KV_METADATA {%s})",
		strings.Join(names, ", "), store.Literal(path), strings.Join(metadata, ", ")))
	return err
}
