package queries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

// A MistakeError says why what was asked for cannot be.
type MistakeError struct {
	Why Mistake
	Of  []any
}

func (e *MistakeError) Error() string { return fmt.Sprintf(string(e.Why), e.Of...) }

// Why statements are refused.
const (
	onlySelect   Mistake = "only one SELECT can be run: %s"
	oneStatement Mistake = "one statement at a time"
	tooLong      Mistake = "the statement is too long"
	noTable      Mistake = "there is no table %s in the store"
	noFunction   Mistake = "%s() is not allowed: only what reads the tables of the store is"
	noSource     Mistake = "only tables, subqueries, joins, VALUES and unnest, range, generate_series can be read from (%s)"
	badName      Mistake = "%s cannot be the name of a part of the statement"
)

// The sources that a statement may read from, as DuckDB names them in its
// syntax tree, and the functions that may stand for a table. Everything else,
// such as files, settings, other databases and their lists, is refused.
var (
	sources        = []string{"BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "PIVOT", "COLUMN_DATA"}
	tableFunctions = []string{"range", "generate_series", "unnest"}
	// Functions that tell of or change something other than their arguments.
	functions = []string{
		"current_setting", "current_query", "current_query_id", "current_connection_id", "current_transaction_id", "current_database", "current_catalog",
		"current_schema", "current_schemas", "txid_current", "in_search_path", "nextval", "currval", "setseed", "sleep_ms", "stats", "write_log", "getenv",
		"getvariable", "json_serialize_plan", "json_execute_serialized_sql", "query", "query_table", "col_description", "obj_description", "shobj_description",
	}
)

// readOnly is the statement as DuckDB understood it, if it does no more than
// read the store's tables. What is run is this text and not the person's, so
// that what was looked at is what is run.
func (d *Dataset) readOnly(ctx context.Context, statement string) (string, error) {
	if len(statement) > wordsLimit {
		return "", &MistakeError{Why: tooLong}
	}
	syntax, err := store.Parse(ctx, d.store.DB, statement)
	var wrong store.SyntaxError
	switch {
	case errors.As(err, &wrong):
		return "", &MistakeError{onlySelect, []any{strings.TrimSuffix(wrong.Error(), "!")}}
	case errors.Is(err, store.ErrManyStatements):
		return "", &MistakeError{Why: oneStatement}
	case err != nil:
		return "", err
	}
	tables, err := d.reachable(ctx)
	if err != nil {
		return "", err
	}
	if err := tables.look(syntax); err != nil {
		return "", err
	}
	var understood string
	err = d.store.DB.QueryRowContext(ctx, "SELECT json_deserialize_sql(CAST(? AS JSON))", syntax.Text).Scan(&understood)
	return strings.TrimSuffix(strings.TrimSpace(understood), ";"), err
}

// A reach is what names of tables lead to.
type reach struct {
	tables   map[string]bool // of the store, in small letters
	built    map[string]bool // views that DuckDB has of itself
	declared map[string]bool // in WITH
}

// reachable reads the names of tables, and those of the views that DuckDB has
// of itself.
func (d *Dataset) reachable(ctx context.Context) (*reach, error) {
	r := &reach{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	rows, err := d.store.DB.QueryContext(ctx, `SELECT lower(table_name), false FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal
UNION ALL SELECT lower(view_name), true FROM duckdb_views() WHERE internal`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var built bool
		if err := rows.Scan(&name, &built); err != nil {
			return nil, err
		}
		if built {
			r.built[name] = true
		} else {
			r.tables[name] = true
		}
	}
	return r, rows.Err()
}

// look goes through a syntax tree: first for the names that WITH declares, which
// can stand before what declares them, and then for what is read and called.
func (r *reach) look(syntax *store.Syntax) error {
	if err := syntax.Walk(r.declare); err != nil {
		return err
	}
	return syntax.Walk(r.check)
}

// declare takes the names of WITH. One that DuckDB has for itself is refused:
// outside of its WITH it would mean that.
func (r *reach) declare(x map[string]any) error {
	ctes, ok := x["cte_map"].(map[string]any)
	if !ok {
		return nil
	}
	list, _ := ctes["map"].([]any)
	for _, entry := range list {
		e, _ := entry.(map[string]any)
		name := strings.ToLower(textOf(e, "key"))
		if r.built[name] || strings.ContainsAny(name, "./\\") {
			return &MistakeError{badName, []any{name}}
		}
		r.declared[name] = true
	}
	return nil
}

func textOf(x map[string]any, key string) string {
	s, _ := x[key].(string)
	return s
}

// check refuses what a statement may not read or call.
func (r *reach) check(x map[string]any) error {
	kind := textOf(x, "type")
	if from, ok := x["from_table"].(map[string]any); ok && !slices.Contains(sources, textOf(from, "type")) {
		return &MistakeError{noSource, []any{textOf(from, "type")}}
	}
	switch kind {
	case "SHOW_REF", "DELIM_GET", "CTE", "BOUND_TABLE_REF", "INVALID":
		return &MistakeError{noSource, []any{kind}}
	case "BASE_TABLE":
		name, schema, catalog := textOf(x, "table_name"), strings.ToLower(textOf(x, "schema_name")), textOf(x, "catalog_name")
		known := r.tables[strings.ToLower(name)] || schema == "" && r.declared[strings.ToLower(name)]
		if !known || catalog != "" || schema != "" && schema != "main" {
			for _, before := range []string{schema, catalog} {
				if before != "" {
					name = before + "." + name
				}
			}
			return &MistakeError{noTable, []any{name}}
		}
	case "TABLE_FUNCTION":
		f, _ := x["function"].(map[string]any)
		if name := strings.ToLower(textOf(f, "function_name")); !slices.Contains(tableFunctions, name) {
			return &MistakeError{noFunction, []any{name}}
		}
	}
	if name := strings.ToLower(textOf(x, "function_name")); name != "" {
		if slices.Contains(functions, name) || strings.HasPrefix(name, "pg_") || strings.HasPrefix(name, "inet_") || strings.HasPrefix(name, "has_") {
			return &MistakeError{noFunction, []any{name}}
		}
	}
	return nil
}
