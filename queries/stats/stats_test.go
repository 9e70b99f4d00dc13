package stats

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// printed fails where got, written with as many digits as want has, is not
// want.
func printed(t *testing.T, what string, got float64, want string) {
	t.Helper()
	format := byte('f')
	mantissa, _, scientific := strings.Cut(want, "e")
	if scientific {
		format = 'e'
	}
	_, decimals, _ := strings.Cut(mantissa, ".")
	parsed, err := strconv.ParseFloat(want, 64)
	if err != nil {
		t.Fatal(err)
	}
	if g, w := strconv.FormatFloat(got, format, len(decimals), 64), strconv.FormatFloat(parsed, format, len(decimals), 64); g != w {
		t.Errorf("%s is %s, want %s", what, g, w)
	}
}

// near fails where got is further from want than tolerance, relative to the
// larger of want and 1e-300.
func near(t interface{ Errorf(string, ...any) }, what string, got, want, tolerance float64) {
	if !(math.Abs(got-want) <= tolerance*max(math.Abs(want), 1e-300)) {
		t.Errorf("%s is %.17g, want %.17g", what, got, want)
	}
}

func estimateOf(t interface{ Fatalf(string, ...any) }, r Result) Estimate {
	e, reason := r.Estimate()
	if reason != "" {
		t.Fatalf("no estimate: %s", reason)
	}
	return e
}

func printedInterval(t *testing.T, r Result, value, low, high string) {
	t.Helper()
	e := estimateOf(t, r)
	if value != "" {
		printed(t, "value", e.Value, value)
	}
	printed(t, "low", e.Low, low)
	printed(t, "high", e.High, high)
}

func must[T any](t interface{ Fatalf(string, ...any) }) func(v T, reason Degenerate) T {
	return func(v T, reason Degenerate) T {
		if reason != "" {
			t.Fatalf("no figure: %s", reason)
		}
		return v
	}
}

// momentsOfValues is the textbook computation, in two passes.
func momentsOfValues(values []float64) Moments {
	m := Moments{N: int64(len(values))}
	for _, v := range values {
		m.Mean += v / float64(len(values))
	}
	for _, v := range values {
		m.Variance += (v - m.Mean) * (v - m.Mean) / float64(len(values)-1)
	}
	return m
}

func seeded(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(20180525, stream)) }

func binomial(r *rand.Rand, n int64, p float64) Proportion {
	x := Proportion{N: n}
	for range n {
		if r.Float64() < p {
			x.Successes++
		}
	}
	return x
}
