package queries

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// What a statement of a person's own may take.
const (
	RowLimit   = 1000             // rows that it returns at most
	TimeLimit  = 10 * time.Second // that it runs at most
	cellLimit  = 400              // bytes of a cell that are shown
	wordsLimit = 100_000          // bytes of a statement
)

// Rows are what a person's own statement returned. They are not suppressed: the
// store is open to whoever may ask it this way.
type Rows struct {
	Statement string     `json:"statement"`
	Columns   []string   `json:"columns"`
	Cells     [][]string `json:"rows"` // as DuckDB writes them; NULL as "NULL"
	More      bool       `json:"more"` // rows beyond RowLimit
}

// A StoredTable is a table that can be asked, with its columns.
type StoredTable struct {
	Name    string
	Columns []string
}

// StoredTables lists what there is to ask.
func (d *Dataset) StoredTables(ctx context.Context) ([]StoredTable, error) {
	var out []StoredTable
	err := d.each(ctx, "stored_columns", nil, func(rows *sql.Rows) error {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return err
		}
		if len(out) == 0 || out[len(out)-1].Name != table {
			out = append(out, StoredTable{Name: table})
		}
		last := &out[len(out)-1]
		last.Columns = append(last.Columns, column)
		return nil
	})
	return out, err
}

// Run runs one SELECT on the tables of the store: nothing else can be reached
// from it. A guarded data set has no such questions. Errors are for people and
// name no file.
func (d *Dataset) Run(ctx context.Context, statement string) (Rows, error) {
	out := Rows{Statement: statement}
	if d.options.Guarded {
		return out, ErrGuarded
	}
	limited, cancel := context.WithTimeout(ctx, TimeLimit)
	defer cancel()
	text, err := d.readOnly(limited, statement)
	if err == nil {
		err = d.run(limited, text, &out)
	}
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return out, ctx.Err()
	case limited.Err() != nil:
		return out, fmt.Errorf("it took longer than %.0f s: narrow it down", TimeLimit.Seconds())
	}
	return out, d.forPeople(err)
}

// run runs a statement that was found to be harmless, as it was understood. All
// is written as text where DuckDB knows the types, and cut where there is much.
func (d *Dataset) run(ctx context.Context, text string, out *Rows) error {
	rows, err := d.store.DB.QueryContext(ctx, fmt.Sprintf("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (%s\n) LIMIT %d", text, RowLimit+1))
	if err != nil {
		return err
	}
	defer rows.Close()
	if out.Columns, err = rows.Columns(); err != nil {
		return err
	}
	for rows.Next() {
		if len(out.Cells) == RowLimit {
			out.More = true
			break
		}
		cells := make([]sql.NullString, len(out.Columns))
		into := make([]any, len(cells))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = "NULL"
			if c.Valid {
				row[i] = strings.ToValidUTF8(c.String[:min(len(c.String), cellLimit)], "")
			}
		}
		out.Cells = append(out.Cells, row)
	}
	return rows.Err()
}

// forPeople is what an error of DuckDB says, without the statement around it and
// without a path.
func (d *Dataset) forPeople(err error) error {
	var refused *MistakeError
	if errors.As(err, &refused) {
		return err
	}
	message, _, _ := strings.Cut(err.Error(), "\n\nLINE ")
	if folder := filepath.Dir(d.path); folder != "." && folder != "/" {
		message = strings.ReplaceAll(message, folder, "...")
	}
	return errors.New(strings.TrimSpace(message))
}
