package main

import (
	"testing"
	"time"
)

// BenchmarkStart starts the program on the sample, as every start but the very
// first: from exec to the first frame and to the complete Overview.
func BenchmarkStart(b *testing.B) {
	benchmarkStart(b, func() home {
		h := home(b.TempDir())
		must(b, h.withSample())
		return h
	})
}

// BenchmarkFirstStart is the very first start, which loads the sample.
func BenchmarkFirstStart(b *testing.B) {
	benchmarkStart(b, func() home { return home(b.TempDir()) })
}

func benchmarkStart(b *testing.B, someone func() home) {
	var frame, complete time.Duration
	for b.Loop() {
		x := start{home: someone()}.on(b)
		x.sees("? help   q quit")
		frame += time.Since(x.since)
		x.sees(overview...)
		complete += time.Since(x.since)
		x.press("q")
		x.ends()
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(frame.Milliseconds())/float64(b.N), "ms/frame")
	b.ReportMetric(float64(complete.Milliseconds())/float64(b.N), "ms/overview")
}

// BenchmarkReport is the whole process that prints the sample's report.
func BenchmarkReport(b *testing.B) {
	h := home(b.TempDir())
	must(b, h.withSample())
	for name, args := range map[string][]string{
		"text": {"report"}, "json": {"report", "--format", "json"}, "html": {"report", "--format", "html"}, "csv": {"report", "--format", "csv"}, "overview": {"report", "--screen", "overview"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				run, err := h.run(args...)
				must(b, err)
				must(b, run.Run())
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms")
		})
	}
}
