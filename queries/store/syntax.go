package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
)

// ErrManyStatements says that a text is not one statement but several, or none.
var ErrManyStatements = errors.New("one statement at a time")

// A SyntaxError is what DuckDB says of a text that is no SELECT.
type SyntaxError string

func (e SyntaxError) Error() string { return string(e) }

// Syntax is one SELECT as DuckDB understands it.
type Syntax struct {
	Text string // the whole, as json_deserialize_sql takes it
	tree any
}

// Parse reads a text as DuckDB does, without running it. What is no SELECT is a
// [SyntaxError], what is not one statement [ErrManyStatements], and any other
// error is the database's.
func Parse(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, text string) (*Syntax, error) {
	s := &Syntax{}
	if err := db.QueryRowContext(ctx, "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)", text).Scan(&s.Text); err != nil {
		return nil, err
	}
	var read struct {
		Error      bool   `json:"error"`
		Message    string `json:"error_message"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(s.Text), &read); err != nil {
		return nil, err
	}
	switch {
	case read.Error:
		return nil, SyntaxError(read.Message)
	case len(read.Statements) != 1:
		return nil, ErrManyStatements
	}
	s.tree = read.Statements[0]
	return s, nil
}

// Walk visits the objects of the syntax tree, each before what is within it,
// until a visit fails.
func (s *Syntax) Walk(visit func(map[string]any) error) error { return walk(s.tree, visit) }

func walk(tree any, visit func(map[string]any) error) error {
	switch x := tree.(type) {
	case map[string]any:
		if err := visit(x); err != nil {
			return err
		}
		for _, v := range x {
			if err := walk(v, visit); err != nil {
				return err
			}
		}
	case []any:
		for _, v := range x {
			if err := walk(v, visit); err != nil {
				return err
			}
		}
	}
	return nil
}
