package words

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"accord/queries"
)

// What is written can be read back as the number that is shown.
func TestReadNumber(t *testing.T) {
	en, fr := printers()
	rapid.Check(t, func(r *rapid.T) {
		x := rapid.Float64Range(-2e6, 2e6).Draw(r, "x")
		for _, p := range []*Printer{en, fr} {
			for unit, text := range map[string]string{"": p.Money(x), "pp": p.Points(x / 1e5), "%": p.Relative(x / 1e5)} {
				n, got, ok := p.ReadNumber(text)
				y, err := strconv.ParseFloat(n, 64)
				if !ok || err != nil || got != unit {
					r.Fatalf("%q was read as %q %q, %v", text, n, got, ok)
				}
				want := x
				if unit != "" {
					want = x / 1e3
				}
				if d := y - want; d > 0.06 || d < -0.06 {
					r.Fatalf("%q was read as %v, not %v", text, y, want)
				}
			}
		}
	})
	for _, p := range []*Printer{en, fr} {
		for _, text := range []string{"", "a", "<11", "2018-12-31", "1,23,4", "18-24", "p = 0.037", "n/a", "1.2.3"} {
			if n, _, ok := p.ReadNumber(text); ok {
				t.Errorf("%q was read as %q", text, n)
			}
		}
		low, high, ok := p.ReadInterval(p.PointsSpan(queries.Estimate{Value: 0.01, Low: -0.005, High: 0.025}).Interval)
		if !ok || low != "-0.5" || high != "2.5" {
			t.Errorf("read %q to %q, %v", low, high, ok)
		}
		if _, _, ok := p.ReadInterval("withheld"); ok {
			t.Error("a word was read as an interval")
		}
	}
}
