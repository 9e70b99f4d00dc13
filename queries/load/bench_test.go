package load

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"accord/queries/store"
)

// benchRows is how many assignments are loaded: a million, or ACCORD_BENCH_ROWS.
func benchRows(b *testing.B) int {
	b.Helper()
	text := os.Getenv("ACCORD_BENCH_ROWS")
	if text == "" {
		return 1_000_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal("ACCORD_BENCH_ROWS is the number of assignments: ", err)
	}
	return n
}

// BenchmarkCancel interrupts loads of a million assignments, or of the folder
// ACCORD_BENCH_FOLDER, at moments all over the load: s-slowest is the longest that
// one took from the interruption to its end. Nothing is left of any.
func BenchmarkCancel(b *testing.B) {
	const moments = 12
	folder := os.Getenv("ACCORD_BENCH_FOLDER")
	if folder == "" {
		folder = benchFiles(b, benchRows(b), "parquet")
	}
	out := filepath.Join(b.TempDir(), "store.duckdb")
	start := time.Now()
	if _, err := Load(context.Background(), Options{Sources: []string{folder}, Out: filepath.Join(b.TempDir(), "whole.duckdb"), Key: testKey}); err != nil {
		b.Fatal(err)
	}
	whole := time.Since(start)
	var slowest, sum time.Duration
	var at Phrase
	for b.Loop() {
		for i := range moments {
			ctx, cancel := context.WithCancel(context.Background())
			var stage Phrase
			cancelled := make(chan time.Time, 1)
			timer := time.AfterFunc(whole*time.Duration(i+1)/(moments+1), func() { cancelled <- time.Now(); cancel() })
			_, err := Load(ctx, Options{Sources: []string{folder}, Out: out, Key: testKey, Progress: func(p Progress) {
				if ctx.Err() == nil {
					stage = p.Stage
				}
			}})
			timer.Stop()
			cancel()
			if err == nil {
				if err := os.Remove(out); err != nil { // it was faster than the first
					b.Fatal(err)
				}
				continue
			}
			if !errors.Is(err, context.Canceled) {
				b.Fatal(err)
			}
			took := time.Since(<-cancelled)
			if sum += took; took > slowest {
				slowest, at = took, stage
			}
			checkFolder(b, filepath.Dir(out))
		}
	}
	b.ReportMetric(slowest.Seconds(), "s-slowest")
	b.ReportMetric(sum.Seconds()/moments/float64(b.N), "s-mean")
	b.Logf("a load takes %v; the slowest to end was at %q", whole, at)
}

// BenchmarkLoad loads a million assignments (or ACCORD_BENCH_ROWS), half as many
// consent events and a twentieth as many customers, and in the same run makes
// plain DuckDB tables of the same files: x-duckdb is how many times longer the
// load takes.
func BenchmarkLoad(b *testing.B) {
	n := benchRows(b)
	for _, format := range []string{"csv", "parquet"} {
		b.Run(format, func(b *testing.B) {
			folder := benchFiles(b, n, format)
			var loads, tables time.Duration
			for b.Loop() {
				start := time.Now()
				out := filepath.Join(b.TempDir(), "store.duckdb")
				report, err := Load(context.Background(), Options{Sources: []string{folder}, Out: out, Key: testKey})
				if err != nil {
					b.Fatal(err)
				}
				loads += time.Since(start)
				b.StopTimer()
				for _, s := range report.Sources {
					if s.Rejected > 0 {
						b.Fatalf("rows were rejected: %+v", s)
					}
				}
				tables += plainTables(b, folder, format)
				b.StartTimer()
			}
			b.ReportMetric(loads.Seconds()/tables.Seconds(), "x-duckdb")
			b.ReportMetric(float64(n)*float64(b.N)/loads.Seconds(), "assignments/s")
		})
	}
}

// benchFiles writes a data set with n assignments.
func benchFiles(b *testing.B, n int, format string) string {
	b.Helper()
	folder := b.TempDir()
	customers, campaigns := max(n/20, 1), 20
	files{"accord.toml": "timezone = 'America/Toronto'"}.in(b, folder)
	for input, query := range map[string]string{
		"customers": fmt.Sprintf(`SELECT 'C' || lpad(range::VARCHAR, 9, '0') AS customer_id, TIMESTAMP '2016-01-01' + to_minutes(range %% 500000) AS created_at,
			['QC', 'ON', 'BC', 'AB', 'NS'][1 + range %% 5] AS region, ['18-24', '25-34', '35-49', '50-64', '65+'][1 + draw(range, 5)] AS age_band, if(range %% 3 = 0, 'fr', 'en') AS language,
			draw(range + 1, 100000) / 100 AS spent FROM range(%d)`, customers),
		"consents": fmt.Sprintf(`SELECT 'C' || lpad((range %% %d)::VARCHAR, 9, '0') AS customer_id, ['news', 'personalisation', 'sharing'][1 + range %% 3] AS purpose,
			['given', 'given', 'renewed', 'withdrawn'][1 + draw(range, 4)] AS state, TIMESTAMP '2017-01-01' + to_seconds(draw(range + 7, 60000000)) AS occurred_at,
			['email', 'sms'][1 + range %% 2] AS channel, ['express', 'express', 'implied'][1 + draw(range + 3, 3)] AS basis FROM range(%d)`, customers, n/2),
		"campaigns": fmt.Sprintf("SELECT 'K' || range AS campaign_id, 'email' AS channel, TIMESTAMP '2017-02-01' + to_days(range::INTEGER * 30) AS started_at, 'control' AS control_arm FROM range(%d)", campaigns),
		"arms":      fmt.Sprintf("SELECT 'K' || range AS campaign_id, unnest(['control', 'personalised', 'values']) AS arm, 'news;personalisation' AS purposes, 1.0 / 3 AS planned_share FROM range(%d)", campaigns),
		"assignments": fmt.Sprintf(`SELECT 'K' || range // %[1]d AS campaign_id, 'C' || lpad((range %% %[1]d)::VARCHAR, 9, '0') AS customer_id, ['control', 'personalised', 'values'][1 + draw(range, 3)] AS arm,
			assigned_at, assigned_at + INTERVAL 1 MINUTE AS delivered_at, if(draw(range + 1, 4) = 0, assigned_at + to_seconds(draw(range + 2, 900000)), NULL) AS opened,
			if(draw(range + 1, 20) = 0, assigned_at + to_seconds(draw(range + 2, 1500000)), NULL) AS clicked, draw(range + 4, 50) = 0 AS converted, draw(range + 5, 500) = 0 AS unsubscribed,
			draw(range + 1, 9) = 0 AS opened_by_machine, if(draw(range + 4, 50) = 0, draw(range, 20000) / 100, 0) AS revenue, draw(range + 6, 30000) / 100 AS pre_value
			FROM (SELECT range, TIMESTAMP '2017-02-01' + to_days((range // %[1]d)::INTEGER * 30) + to_seconds(range %% 86400) AS assigned_at FROM range(%[2]d))`, customers, n),
	} {
		path := filepath.Join(folder, input+"."+format)
		if _, err := memory(b).Exec("CREATE MACRO draw(i, n) AS CAST(hash(i) % n AS BIGINT); COPY (" + query + ") TO " + store.Literal(path)); err != nil {
			b.Fatal(err)
		}
	}
	return folder
}

// plainTables makes a DuckDB file with a table of each file, and returns the
// time that it takes.
func plainTables(b *testing.B, folder, format string) time.Duration {
	b.Helper()
	db := memory(b)
	start := time.Now()
	statements := []string{"ATTACH " + store.Literal(filepath.Join(b.TempDir(), "plain.duckdb")) + " AS plain"}
	for _, input := range []string{"customers", "consents", "campaigns", "arms", "assignments"} {
		statements = append(statements, "CREATE TABLE plain."+input+" AS FROM "+store.Literal(filepath.Join(folder, input+"."+format)))
	}
	for _, s := range append(statements, "DETACH plain") {
		if _, err := db.Exec(s); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(start)
}
