package sampledata

import (
	"database/sql"
	"flag"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"
)

// The truths are looked for in the files themselves, by plain SQL and nothing of accord's own.

// Another folder can be looked into, say a larger one: go test ./sampledata -sample /tmp/boreal-200k.
var sample = flag.String("sample", "boreal", "folder of the input files in which to look for the truths")

var bundle = sync.OnceValues(func() (*sql.DB, error) { return open(*sample) })

// open reads the files of a folder into an in-memory database whose clock is Toronto's.
func open(dir string) (*sql.DB, error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	statements := []string{"set TimeZone = 'America/Toronto'", "set threads = 2"}
	for _, t := range tables {
		from := fmt.Sprintf("read_csv('%s', header = true, columns = {%s})", filepath.Join(dir, t.name+"*.csv*"), columnTypes(t))
		if parquet, err := filepath.Glob(filepath.Join(dir, t.name+"*.parquet")); err != nil || len(parquet) > 0 {
			from = fmt.Sprintf("read_parquet('%s')", filepath.Join(dir, t.name+"*.parquet"))
		}
		statements = append(statements, fmt.Sprintf("create table %s as from %s", t.name, from))
	}
	for _, statement := range append(statements, views...) {
		if _, err := db.Exec(statement); err != nil {
			return nil, fmt.Errorf("%w in %s", err, statement)
		}
	}
	return db, nil
}

func columnTypes(t *table) string {
	var out []string
	for _, c := range t.columns {
		out = append(out, fmt.Sprintf("'%s': '%s'", c.name, map[kind]string{text: "VARCHAR", customer: "VARCHAR",
			instant: "TIMESTAMPTZ", date: "DATE", truth: "BOOLEAN", decimal: fmt.Sprintf("DECIMAL(12,%d)", c.scale)}[c.kind]))
	}
	return strings.Join(out, ", ")
}

// spells holds each unbroken time of a valid consent by customer, purpose, channel and basis; chosen
// holds assignments with the spell of personalisation they fell in.
var views = []string{`create table spells as
	select customer_id, purpose, channel, basis, occurred_at as begins, method, notice_version,
		least(coalesce(expires_at, timestamptz '9999-01-01'), coalesce(ends, timestamptz '9999-01-01')) as ends
	from (select *, lead(occurred_at) over (partition by customer_id, purpose, channel order by occurred_at) as ends
		from consents where state in ('given', 'renewed', 'withdrawn', 'expired', 'invalidated'))
	where state in ('given', 'renewed')`,
	`create view opted_in as select distinct customer_id, begins, ends from spells
		where purpose = 'personalisation' and channel = 'email' and basis = 'express'`,
	`create table chosen as select a.*, content, region, age_band, language, o.customer_id is not null as opted_in,
		clicked is not null and not clicked_by_machine as human_click,
		opened is not null and not opened_by_machine as human_open
		from assignments a join arms using (campaign_id, arm) join customers using (customer_id)
		left join opted_in o on o.customer_id = a.customer_id and o.begins <= assigned_at and o.ends > assigned_at`}

// found runs a query for one row of numbers.
func found(t *testing.T, query string, args ...any) []float64 {
	t.Helper()
	db, err := bundle()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	if !rows.Next() {
		t.Fatalf("no row from %s: %v", query, rows.Err())
	}
	values, targets := make([]sql.NullFloat64, len(names)), make([]any, len(names))
	for i := range values {
		targets[i] = &values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v.Float64
		if !v.Valid {
			out[i] = math.NaN()
		}
	}
	return out
}

// near fails unless a finding is within three standard errors of what was planned.
func near(t *testing.T, what string, finding, planned, se float64) {
	t.Helper()
	t.Logf("%-60s planned %9.4f  found %9.4f  se %.4f", what, planned, finding, se)
	if !(math.Abs(finding-planned) <= 3*se) {
		t.Errorf("%s: found %.4f, planned %.4f, standard error %.4f", what, finding, planned, se)
	}
}

// holds fails unless a finding lies in a range.
func holds(t *testing.T, what string, finding, low, high float64) {
	t.Helper()
	t.Logf("%-60s  %9.4f within %.4f and %.4f", what, finding, low, high)
	if !(finding >= low && finding <= high) {
		t.Errorf("%s: found %.4f, want %.4f to %.4f", what, finding, low, high)
	}
}

// share is the standard error of a proportion.
func shareError(p, n float64) float64 { return math.Sqrt(p * (1 - p) / n) }

func customers(t *testing.T) float64 {
	t.Helper()
	return found(t, "select count(*) from customers")[0]
}

func truths(t *testing.T) Truths {
	t.Helper()
	out, err := ReadTruths()
	if err != nil {
		t.Fatal(err)
	}
	return out
}
