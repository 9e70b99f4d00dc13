package sampledata

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// parquetWriter writes Parquet files through an in-memory DuckDB of its own, which reads the sheets where
// they are: one thread, so that rows keep their order and files their bytes.
type parquetWriter struct {
	db     *sql.DB
	conn   *sql.Conn
	sheets []*sheet // being written
}

func newParquetWriter(ctx context.Context) (_ writer, err error) {
	w := &parquetWriter{}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if w.db, err = sql.Open("duckdb", "?threads=1"); err != nil {
		return nil, err
	}
	if w.conn, err = w.db.Conn(ctx); err != nil {
		return nil, err
	}
	for _, t := range tables {
		columns, err := parquetColumns(t)
		if err != nil {
			return nil, err
		}
		err = duckdb.RegisterTableUDF(w.conn, "rows_of_"+t.name, duckdb.ChunkTableFunction{
			BindArguments: func(map[string]any, ...any) (duckdb.ChunkTableSource, error) {
				return &sheetReader{sheets: w.sheets, columns: columns}, nil
			}})
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

func parquetColumns(t *table) ([]duckdb.ColumnInfo, error) {
	var out []duckdb.ColumnInfo
	for _, c := range t.columns {
		info, err := c.duckdbType()
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.name, c.name, err)
		}
		out = append(out, duckdb.ColumnInfo{Name: c.name, T: info})
	}
	return out, nil
}

func (c column) duckdbType() (duckdb.TypeInfo, error) {
	switch c.kind {
	case instant:
		return duckdb.NewTypeInfo(duckdb.TYPE_TIMESTAMP_TZ)
	case date:
		return duckdb.NewTypeInfo(duckdb.TYPE_DATE)
	case decimal:
		return duckdb.NewDecimalInfo(12, uint8(c.scale))
	case truth:
		return duckdb.NewTypeInfo(duckdb.TYPE_BOOLEAN)
	default:
		return duckdb.NewTypeInfo(duckdb.TYPE_VARCHAR)
	}
}

func (w *parquetWriter) write(ctx context.Context, path string, sheets ...*sheet) error {
	w.sheets = sheets
	file := strings.ReplaceAll(path+".parquet", "'", "''")
	_, err := w.conn.ExecContext(ctx, fmt.Sprintf("copy (from rows_of_%s()) to '%s' (format parquet, compression zstd)", sheets[0].name, file))
	return err
}

func (w *parquetWriter) close() error {
	var err error
	if w.conn != nil {
		err = w.conn.Close()
	}
	if w.db != nil {
		err = errors.Join(err, w.db.Close())
	}
	return err
}

// sheetReader hands the rows of sheets to DuckDB, a chunk at a time.
type sheetReader struct {
	sheets  []*sheet
	columns []duckdb.ColumnInfo
	next    int
	cell    []byte
}

func (r *sheetReader) ColumnInfos() []duckdb.ColumnInfo { return r.columns }

func (r *sheetReader) Cardinality() *duckdb.CardinalityInfo { return nil }

func (r *sheetReader) Init() {}

func (r *sheetReader) FillChunk(chunk duckdb.DataChunk) error {
	rows := 0
	for len(r.sheets) > 0 && rows < duckdb.GetDataChunkCapacity() {
		s := r.sheets[0]
		take := min(s.rows-r.next, duckdb.GetDataChunkCapacity()-rows)
		for column := range s.columns {
			if err := r.fill(chunk, s, column, rows, take); err != nil {
				return err
			}
		}
		rows, r.next = rows+take, r.next+take
		if r.next == s.rows {
			r.sheets, r.next = r.sheets[1:], 0
		}
	}
	return chunk.SetSize(rows)
}

// fill copies some cells of a column to the chunk, from row `to` on.
func (r *sheetReader) fill(chunk duckdb.DataChunk, s *sheet, column, to, count int) error {
	kind := s.columns[column].kind
	for i := range count {
		row := s.row(r.next + i)
		var err error
		if kind == text {
			if value := s.texts[column][row]; value != "" {
				err = duckdb.SetChunkValue(chunk, column, to+i, value)
			} else {
				err = duckdb.SetChunkValue[any](chunk, column, to+i, nil)
			}
		} else if value := s.numbers[column][row]; value == blank {
			err = duckdb.SetChunkValue[any](chunk, column, to+i, nil)
		} else {
			switch kind {
			case customer:
				r.cell = appendCustomer(r.cell[:0], value)
				err = duckdb.SetChunkValue(chunk, column, to+i, r.cell)
			case instant:
				err = duckdb.SetChunkValue(chunk, column, to+i, time.Unix(value, 0).UTC())
			case date:
				err = duckdb.SetChunkValue(chunk, column, to+i, Day(value).date())
			case truth:
				err = duckdb.SetChunkValue(chunk, column, to+i, value == 1)
			default:
				err = duckdb.SetChunkValue(chunk, column, to+i, value)
			}
		}
		if err != nil {
			return fmt.Errorf("%s.%s: %w", s.name, s.columns[column].name, err)
		}
	}
	return nil
}
