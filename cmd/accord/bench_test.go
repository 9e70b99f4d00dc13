package main

import (
	"os/exec"
	"slices"
	"strconv"
	"strings"
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

// BenchmarkFirstStart is the very first start, which shows the Overview and loads the
// sample behind it.
func BenchmarkFirstStart(b *testing.B) {
	benchmarkStart(b, func() home { return home(b.TempDir()) })
}

func benchmarkStart(b *testing.B, someone func() home) {
	var frame, complete, loaded time.Duration
	for b.Loop() {
		x := start{home: someone()}.on(b)
		x.sees("? help   q quit")
		frame += time.Since(x.since)
		x.sees(overview...)
		complete += time.Since(x.since)
		x.press("2")
		x.sees("Lift on the human click rate") // wants the data to be loaded
		loaded += time.Since(x.since)
		x.press("q")
		x.ends()
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(frame.Milliseconds())/float64(b.N), "ms/frame")
	b.ReportMetric(float64(complete.Milliseconds())/float64(b.N), "ms/overview")
	b.ReportMetric(float64(loaded.Milliseconds())/float64(b.N), "ms/lift")
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

// BenchmarkFiftyKeysASecond types fifty keys a second for ten seconds: how long a
// key takes to be answered on the screen, how far the screen is behind at the
// end, and by how much the program has grown.
func BenchmarkFiftyKeysASecond(b *testing.B) {
	for b.Loop() {
		x := start{width: 120, height: 36}.on(b)
		x.sees("53.0 %", "SYNTHETIC DATA")
		for _, warm := range []string{"2", "3", "4", "5", "1"} {
			x.press(warm)
			x.settled()
		}
		before := resident(b, x.cmd.Process.Pid)
		var waits []time.Duration
		keys := []string{"\t", "\x1b[B", "2", "\x1b[B", "\x1b[A", "\t", "3", "\x1b[B", "4", "1"}
		for i := range 500 {
			began := time.Now()
			written := len(x.written())
			x.press(keys[i%len(keys)])
			for len(x.written()) == written && time.Since(began) < time.Second {
				time.Sleep(time.Millisecond / 2)
			}
			waits = append(waits, time.Since(began))
			time.Sleep(20*time.Millisecond - time.Since(began))
		}
		last := time.Now()
		x.settled()
		slices.Sort(waits)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "ms-p50")
		b.ReportMetric(float64(waits[len(waits)*95/100].Microseconds())/1000, "ms-p95")
		b.ReportMetric(float64((time.Since(last) - silence).Milliseconds()), "ms-behind")
		b.ReportMetric(resident(b, x.cmd.Process.Pid)-before, "MiB-grown")
		x.press("q")
		x.ends()
	}
}

// resident is how much memory a process holds, in MiB.
func resident(b *testing.B, pid int) float64 {
	b.Helper()
	text, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(pid)).Output()
	must(b, err)
	kib, err := strconv.Atoi(strings.TrimSpace(string(text)))
	must(b, err)
	return float64(kib) / 1024
}
