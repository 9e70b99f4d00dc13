package load

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"accord/queries/store"
)

// A mapping comes from whoever made the files beside it. Its SQL may read what it
// names and compute; it must not write, run other statements, or look at what the
// load itself holds.

// secretive are the functions that tell of the load, its settings and its key, or
// that read or run what no parser sees.
var secretive = []string{
	"getvariable", "getenv", "current_setting", "read_text", "read_blob", "glob", "query", "query_table", "json_execute_serialized_sql", "from_substrait",
	"duckdb_settings", "duckdb_secrets", "duckdb_variables", "duckdb_databases", "which_secret", "pragma_database_list", "sql_auto_complete",
}

// vet refuses a mapping whose SQL is more than one SELECT and expressions.
func (b *builder) vet(ctx context.Context) error {
	for _, s := range b.plan.sources {
		name := s.input.Name + " from " + s.name
		if s.relation != "" {
			if err := b.vetSQL(ctx, "SELECT * FROM "+s.relation, false); err != nil {
				return fmt.Errorf("%s: from: %w", name, err)
			}
		}
		if s.origin.Where != "" {
			if err := b.vetSQL(ctx, "SELECT 1 WHERE ("+s.origin.Where+"\n)", true); err != nil {
				return fmt.Errorf("%s: where: %w", name, err)
			}
		}
		for part, expressions := range map[string]map[string]string{"columns": s.origin.Columns, "dimensions": s.origin.Dimensions} {
			for _, column := range slices.Sorted(maps.Keys(expressions)) {
				if err := b.vetSQL(ctx, "SELECT ("+expressions[column]+")", true); err != nil {
					return fmt.Errorf("%s: %s: %s: %w", name, part, brief(column), err)
				}
			}
		}
	}
	return nil
}

// vetSQL refuses what is not one SELECT; where it is an expression, what reads
// from anything but its own row.
func (b *builder) vetSQL(ctx context.Context, text string, expression bool) error {
	syntax, err := store.Parse(ctx, b.conn, text)
	var wrong store.SyntaxError
	switch {
	case errors.As(err, &wrong):
		return fmt.Errorf("this is no SQL that a mapping may hold: %s", brief(wrong.Error()))
	case errors.Is(err, store.ErrManyStatements):
		return errors.New("a mapping may hold no statements of its own")
	case err != nil:
		return firstLine(err)
	}
	return syntax.Walk(func(x map[string]any) error {
		if from, ok := x["from_table"].(map[string]any); ok && expression {
			if kind, _ := from["type"].(string); kind != "EMPTY" {
				return errors.New("it reads from another table: only from may")
			}
		}
		if name, _ := x["function_name"].(string); slices.Contains(secretive, strings.ToLower(name)) {
			return fmt.Errorf("it calls %s, which a mapping may not", strings.ToLower(name))
		}
		return nil
	})
}
