package queries_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"accord/queries"
)

// escapes try to leave the tables of the store: for files, settings, other
// databases, or the path of the store.
var escapes = []string{
	"SELECT * FROM read_csv('FILE')",
	"SELECT * FROM read_text('FILE')",
	"SELECT * FROM read_blob('FILE')",
	"SELECT * FROM read_parquet('FILE')",
	"SELECT * FROM read_json('FILE')",
	"SELECT * FROM read_duckdb('FILE')",
	"SELECT * FROM parquet_metadata('FILE')",
	"SELECT * FROM glob('FOLDER/*')",
	"SELECT * FROM 'FILE'",
	`SELECT * FROM "FILE"`,
	`WITH "FILE" AS (SELECT 1) SELECT * FROM "FILE"`,
	"SELECT * FROM sniff_csv('FILE')",
	"ATTACH 'FOLDER/other.duckdb' AS other",
	"DETACH shop",
	"COPY segments TO 'FOLDER/out.csv'",
	"COPY (SELECT 1) TO '/dev/stdout'",
	"EXPORT DATABASE 'FOLDER/out'",
	"IMPORT DATABASE 'FOLDER'",
	"INSTALL httpfs",
	"LOAD httpfs",
	"SET enable_external_access = true",
	"SET lock_configuration = false",
	"RESET temp_directory",
	"PRAGMA database_list",
	"PRAGMA show_tables",
	"CALL pragma_database_list()",
	"CREATE TABLE t AS SELECT 1",
	"CREATE TEMP TABLE t AS SELECT 1",
	"INSERT INTO segments SELECT * FROM segments",
	"UPDATE meta SET value = 'x'",
	"DELETE FROM meta",
	"DROP TABLE meta",
	"CREATE MACRO f() AS 1",
	"PREPARE p AS SELECT 1",
	"EXECUTE p",
	"CHECKPOINT",
	"EXPLAIN ANALYZE SELECT 1",
	"SELECT 1; SELECT 2",
	"SELECT 1; COPY segments TO 'FOLDER/out.csv'",
	"SELECT 1) LIMIT 1; COPY segments TO 'FOLDER/out.csv'; SELECT (1",
	"SELECT * FROM query('SELECT path FROM duckdb_databases()')",
	"SELECT * FROM query_table('duckdb_databases')",
	"SELECT * FROM query_table(['segments'])",
	"SELECT * FROM duckdb_databases()",
	"SELECT * FROM duckdb_databases",
	"SELECT * FROM system.main.duckdb_databases",
	"SELECT * FROM duckdb_settings()",
	"SELECT * FROM duckdb_temporary_files()",
	"SELECT * FROM duckdb_secrets()",
	"SELECT * FROM duckdb_logs",
	"SELECT * FROM duckdb_extensions()",
	"SELECT * FROM pragma_database_list",
	"SELECT * FROM pragma_database_list()",
	"SELECT * FROM pragma_storage_info('meta')",
	"SELECT * FROM information_schema.tables",
	"SELECT * FROM pg_catalog.pg_settings",
	"SELECT * FROM sqlite_master",
	"SELECT * FROM (SELECT 1 WHERE 1 IN (SELECT count(*) FROM duckdb_databases()))",
	"SELECT (SELECT path FROM duckdb_databases() LIMIT 1 OFFSET 2)",
	"SELECT * FROM (WITH duckdb_databases AS (SELECT 1 AS x) SELECT * FROM duckdb_databases) a, duckdb_databases b",
	"WITH a AS (SELECT * FROM duckdb_databases()) SELECT * FROM a",
	"WITH a AS MATERIALIZED (SELECT * FROM glob('FOLDER/*')) FROM a",
	"SELECT * FROM segments WHERE EXISTS (FROM duckdb_settings())",
	"SELECT * FROM segments ORDER BY (SELECT max(path) FROM duckdb_databases())",
	"SELECT * FROM segments JOIN LATERAL (SELECT * FROM duckdb_databases()) ON true",
	"SELECT list_transform([1], lambda x: (SELECT path FROM duckdb_databases() LIMIT 1))",
	"FROM (SHOW DATABASES)",
	"SHOW ALL TABLES",
	"DESCRIBE SELECT * FROM duckdb_settings()",
	"SUMMARIZE 'FILE'",
	"SELECT current_setting('temp_directory')",
	"SELECT getenv('HOME')",
	"SELECT getvariable('x')",
	"SELECT pg_sleep(1)",
	"SELECT write_log('x')",
	"SELECT json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
	"SELECT * FROM json_execute_serialized_sql(json_serialize_sql('FROM duckdb_databases()'))",
	"PIVOT duckdb_databases() ON path USING count(*)",
	"SELECT * FROM (UNPIVOT duckdb_databases() ON path)",
	"SELECT * FROM (PIVOT (FROM duckdb_databases()) ON path IN ('x') USING count(*))",
	"SELECT * FROM seq_scan('meta')",
	"SELECT * FROM sql_auto_complete('SELECT * FROM ''/')",
	"SELECT * FROM enable_logging()",
	"SELECT * FROM which_secret('x', 's3')",
	"SELECT * FROM add_parquet_key('x', 'y')",
	"SELECT * FROM test_all_types()",
	"VALUES ((SELECT path FROM duckdb_databases() LIMIT 1))",
}

// TestNoWayOutOfTheStore tries the escapes; nothing is read, written or told.
func TestNoWayOutOfTheStore(t *testing.T) {
	t.Parallel()
	_, d := oneShop()
	folder := t.TempDir()
	file := filepath.Join(folder, "secret.csv")
	if err := os.WriteFile(file, []byte("a\ntold\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	replace := strings.NewReplacer("FILE", file, "FOLDER", folder)
	for _, escape := range escapes {
		statement := replace.Replace(escape)
		rows, err := d.Run(context.Background(), statement)
		if err == nil {
			t.Errorf("%s: returned %q", escape, rows.Cells)
			continue
		}
		told := strings.ReplaceAll(err.Error(), file, "") // a file that was named may be named back
		told = strings.ReplaceAll(told, strings.ToLower(file), "")
		for _, bad := range []string{"told", "shop.duckdb", "/tmp", os.TempDir()} {
			if strings.Contains(strings.ReplaceAll(told, folder, ""), bad) {
				t.Errorf("%s: the error tells %q: %v", escape, bad, err)
			}
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 {
		t.Errorf("in the folder: %v, %v", files, err)
	}
	if _, err := d.Overview(context.Background(), queries.Filter{}); err != nil {
		t.Errorf("the data set cannot be asked any more: %v", err)
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	_, d := oneShop()
	for statement, want := range map[string]string{
		"SELECT 1 AS a, 'x' AS b, NULL AS c":               "[a b c] [[1 x NULL]]",
		"select count(*) from customers -- all of them\n;": "[count_star()] [[300]]",
		"FROM range(3)":   "[range] [[0] [1] [2]]",
		"VALUES (1), (2)": "[col0] [[1] [2]]",
		"WITH a AS (SELECT 7 AS x) SELECT x FROM a":                                                               "[x] [[7]]",
		"SELECT x FROM (VALUES (3), (1), (2)) AS t(x) ORDER BY x DESC":                                            "[x] [[3] [2] [1]]",
		"SELECT sum(people) AS n FROM main.Segments":                                                              "[n] [[300]]",
		"SELECT unnest([1.50, 2.25]) AS x":                                                                        "[x] [[1.50] [2.25]]",
		"WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t WHERE x < 3) SELECT max(x) AS m FROM t": "[m] [[3]]",
	} {
		rows, err := d.Run(context.Background(), statement)
		if got := fmt.Sprint(rows.Columns, " ", rows.Cells); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", statement, got, err, want)
		}
	}
	rows, err := d.Run(context.Background(), "SELECT range AS x, repeat('é', 5000) AS long FROM range(5000) ORDER BY x")
	if err != nil || len(rows.Cells) != queries.RowLimit || !rows.More || rows.Cells[999][0] != "999" || len(rows.Cells[0][1]) > 400 {
		t.Errorf("%d rows, more %t, %v", len(rows.Cells), rows.More, err)
	}
	for statement, want := range map[string]string{
		"SELEC 1":                  "syntax error",
		"SELECT nothing FROM meta": `"nothing" not found`,
		"SELECT * FROM nowhere":    "there is no table nowhere in the store",
		"":                         "one statement at a time",
		"SELECT $1":                "",
		"SELECT 1/'x'":             "Could not convert",
	} {
		if _, err := d.Run(context.Background(), statement); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "LINE") {
			t.Errorf("%q: %v, want %s", statement, err, want)
		}
	}
}

func TestRunIsCancelled(t *testing.T) {
	t.Parallel()
	_, d := oneShop()
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err := d.Run(ctx, "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range % 7 = 3")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want it cancelled", err)
	}
	if _, err := d.Run(context.Background(), "SELECT 1"); err != nil {
		t.Errorf("after that: %v", err)
	}
}

func TestGuardedRunsNoStatements(t *testing.T) {
	d := newShop(9, 40).open(t, queries.Options{Guarded: true})
	if _, err := d.Run(context.Background(), "SELECT 1"); !errors.Is(err, queries.ErrGuarded) {
		t.Errorf("%v, want ErrGuarded", err)
	}
}

func TestStoredTables(t *testing.T) {
	_, d := oneShop()
	tables, err := d.StoredTables(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if table.Name == "customers" && strings.HasPrefix(strings.Join(table.Columns, " "), "customer pseudonym segment known_from left_at") {
			return
		}
	}
	t.Errorf("no customers in %v", tables)
}
