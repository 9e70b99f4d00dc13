package queries_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"accord/queries"
	"accord/queries/stats"
)

// eachPurchase makes up the shop's purchases: a quarter of its customers make most.
func (s shop) eachPurchase(each func(customer int, at time.Time, amount float64)) {
	for i, c := range s.customers {
		for k := range []int{0, 0, 1, 7}[i%4] {
			if at := c.created.AddDate(0, 0, k*17-20); at.Before(lastDay) {
				each(i, at, float64(10+i%7)+0.5)
			}
		}
	}
}

// purchasesWithin is the design effect of counting purchases within so many months,
// back from the last day, and not customers.
func (s shop) purchasesWithin(months int) float64 {
	type meeting struct{ span, customer int }
	totals, spans := map[meeting]float64{}, map[int]float64{}
	var items, variance float64
	ago := func(at time.Time) int { return 12*(lastDay.Year()-at.Year()) + int(lastDay.Month()-at.Month()) }
	known := 0
	s.eachPurchase(func(_ int, at time.Time, _ float64) { known = max(known, ago(at)+1) })
	s.eachPurchase(func(customer int, at time.Time, amount float64) {
		span := ago(at) / months
		if span >= max(1, known/months) {
			return
		}
		totals[meeting{span, customer}] += amount
		spans[span] += amount
		items += amount * amount
	})
	for _, x := range totals {
		variance += x * x
	}
	for _, x := range spans {
		variance -= x * x / float64(len(s.customers))
	}
	return max(1, variance/items)
}

// Revenue is the purchases of the period's whole months over the customers known
// at its end.
func TestSegmentRevenueReconciled(t *testing.T) {
	s := newShop(4, 300)
	dir := t.TempDir()
	s.write(t, dir)
	text := "customer_id,occurred_at,amount\n"
	s.eachPurchase(func(customer int, at time.Time, amount float64) {
		text += fmt.Sprintf("C%d,%s,%.2f\n", customer, at.Format(time.RFC3339), amount)
	})
	if err := os.WriteFile(filepath.Join(dir, "purchases.csv"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d := opened(t, dir, queries.Options{MinCell: 1})
	for filter, period := range map[string][2]time.Time{
		"":                                  {time.Date(2017, 7, 1, 0, 0, 0, 0, time.UTC), lastDay.AddDate(0, 0, 1)},
		"since=2018-02-10 until=2018-04-30": {time.Date(2018, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC)},
	} {
		a := segmentsOf(t, d, filter, queries.Choice{By: "region", Measure: queries.MeasureRevenue})
		for _, row := range a.Rows {
			var known int64
			var sum, squares float64
			for i, c := range s.customers {
				if c.region == row.Value && s.known(i, period[1]) {
					known++
				}
			}
			s.eachPurchase(func(customer int, at time.Time, amount float64) {
				if s.customers[customer].region == row.Value && !at.Before(period[0]) && at.Before(period[1]) {
					sum += amount
					squares += amount * amount
				}
			})
			n, _ := row.N.Value()
			e, _ := row.Figure.Value()
			if n != known || !near(e.Value, sum/float64(known)) {
				t.Errorf("%q %s: %v each of %d, want %v each of %d", filter, row.Value, e.Value, n, sum/float64(known), known)
			}
			span := 12
			if filter != "" {
				span = 3
			}
			people := float64(known)
			want, _ := stats.MeanInterval(stats.Moments{N: known, Mean: sum / people, Variance: squares * s.purchasesWithin(span) / (people - 1)}, e.Level).Estimate()
			if !near(e.Low, want.Low) || !near(e.High, want.High) {
				t.Errorf("%q %s: %+v, want %+v", filter, row.Value, e, want)
			}
		}
	}
}
