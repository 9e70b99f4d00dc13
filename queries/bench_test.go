package queries_test

import (
	"cmp"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"accord/queries"
	"accord/queries/load"
	"accord/sampledata"
)

// benchStore loads the store that benchmarks ask: the bundled sample, or the
// files in the folder ACCORD_BENCH_DATA, or the store ACCORD_BENCH_STORE.
func benchStore(b *testing.B) string {
	b.Helper()
	if path := os.Getenv("ACCORD_BENCH_STORE"); path != "" {
		return path
	}
	dir := b.TempDir()
	source := os.Getenv("ACCORD_BENCH_DATA")
	if source == "" {
		source = filepath.Join(dir, "files")
		if err := os.CopyFS(source, sampledata.Boreal()); err != nil {
			b.Fatal(err)
		}
	}
	out := filepath.Join(dir, "bench.duckdb")
	if _, err := load.Load(context.Background(), load.Options{Sources: []string{source}, Out: out, Key: load.SampleKey}); err != nil {
		b.Fatal(err)
	}
	return out
}

// asked measures a question, and the time that 19 of 20 askings stay within.
func asked(b *testing.B, name string, ask func() error) {
	b.Run(name, func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			start := time.Now()
			if err := ask(); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*19/20].Microseconds())/1000, "p95-ms")
	})
}

// Each question, as the dashboard asks it: of everyone, and under a filter.
func BenchmarkQuestions(b *testing.B) {
	ctx := context.Background()
	d, err := queries.Open(ctx, benchStore(b), queries.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for _, filter := range []string{"", "region=QC,ON age_band!=65+"} {
		f := mustParse(b, filter)
		name := "everyone"
		if filter != "" {
			name = "filtered"
		}
		asked(b, "Overview/"+name, func() error { _, err := d.Overview(ctx, f); return err })
		for _, measure := range []string{queries.MeasureStance, queries.MeasureStates, queries.MeasureGap, queries.MeasureEngagement, queries.MeasureRevenue} {
			asked(b, "Segments/"+measure+"/"+name, func() error { _, err := d.Segments(ctx, f, queries.Choice{Measure: measure}); return err })
		}
		for _, c := range []queries.Choice{{}, {By: "campaign"}, {By: "region"}, {By: "age_band", Measure: "open"}, {Measure: "revenue"}, {Measure: "conversion"}} {
			asked(b, "Engagement/"+cmp.Or(c.By, "content")+" "+cmp.Or(c.Measure, "click")+"/"+name, func() error { _, err := d.Engagement(ctx, f, c); return err })
		}
		for _, c := range []queries.Choice{{}, {By: "region"}, {Measure: "revenue", Policy: queries.AlwaysValid}} {
			asked(b, "Lift/"+cmp.Or(c.By, "opted_in")+" "+cmp.Or(c.Measure, "click")+"/"+name, func() error { _, err := d.Lift(ctx, f, c); return err })
		}
		asked(b, "Trust/"+name, func() error { _, err := d.Trust(ctx, f, queries.Choice{}); return err })
		asked(b, "Audit/"+name, func() error { _, err := d.Audit(ctx, f); return err })
		for _, by := range []string{"", "region"} {
			asked(b, "Consent/"+cmp.Or(by, "purpose")+"/"+name, func() error { _, err := d.Consent(ctx, f, queries.Choice{By: by}); return err })
		}
	}
}

// Opening a store up to its complete overview.
func BenchmarkOpen(b *testing.B) {
	ctx := context.Background()
	path := benchStore(b)
	for b.Loop() {
		d, err := queries.Open(ctx, path, queries.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.Overview(ctx, queries.Filter{}); err != nil {
			b.Fatal(err)
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// The lift from its roll-up, against plain DuckDB adding up the same figures
// from the assignments, in one run: facts/roll-up says how many times longer
// the facts take.
func BenchmarkLiftAgainstFacts(b *testing.B) {
	ctx := context.Background()
	path := benchStore(b)
	d, err := queries.Open(ctx, path, queries.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	f := mustParse(b, "region=QC,ON")
	var rollUp, facts time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := d.Lift(ctx, f, queries.Choice{}); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		var rows int64
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM (
			SELECT campaign, arm, count(*), count(CASE WHEN visited THEN 1 END), count(CASE WHEN opened THEN 1 END), count(CASE WHEN clicked THEN 1 END),
				count(CASE WHEN converted THEN 1 END), count(CASE WHEN unsubscribed THEN 1 END), count(CASE WHEN complained THEN 1 END),
				sum(revenue), sum(revenue * revenue::HUGEINT)
			FROM assignments JOIN segments ON segment_id = segment
			WHERE region IN ('QC', 'ON') AND mature AND NOT in_two_arms GROUP BY campaign, arm)`).Scan(&rows); err != nil {
			b.Fatal(err)
		}
		rollUp, facts = rollUp+middle.Sub(start), facts+time.Since(middle)
	}
	b.ReportMetric(float64(facts)/float64(rollUp), "facts/roll-up")
}
