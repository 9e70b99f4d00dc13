package queries_test

import (
	"testing"
	"time"

	"accord/queries"
)

// The trend of states in each row, and of all together, is what a replay of the
// events finds at the end of each day; that of the gap is what respondents said in the
// month less that.
func TestSegmentTrendsReconciled(t *testing.T) {
	s := newShop(1, 600)
	d := s.open(t, queries.Options{MinCell: 1})
	does := segmentsOf(t, d, "", queries.Choice{By: "region", Measure: queries.MeasureStates})
	says := segmentsOf(t, d, "", queries.Choice{By: "region", Measure: queries.MeasureStance})
	gap := segmentsOf(t, d, "", queries.Choice{By: "region", Measure: queries.MeasureGap})
	optedIn := func(region string, at queries.Date) float64 {
		end := at.Time().Add(24 * time.Hour)
		var opted, known float64
		for i, c := range s.customers {
			if region != "" && c.region != region || !s.known(i, end) {
				continue
			}
			known++
			if s.optedIn(i, does.Purpose, end) {
				opted++
			}
		}
		return opted / known
	}
	compared := 0
	for _, row := range append(does.Rows, does.Whole) {
		for _, x := range row.Trend {
			compared++
			if v, there := x.Value.Value(); there && !near(v, optedIn(row.Value, x.At)) {
				t.Errorf("%q on %s: %v opted in, want %v", row.Value, x.At, v, optedIn(row.Value, x.At))
			}
		}
	}
	if n := len(does.Whole.Trend); n < 6 || compared < n*(1+len(does.Rows)) {
		t.Errorf("%d values of %d rows and %d of all: too few", compared, len(does.Rows), n)
	}
	willing := map[string]map[queries.Date]float64{}
	for _, row := range says.Rows {
		willing[row.Value] = map[queries.Date]float64{}
		for _, x := range row.Trend {
			if v, there := x.Value.Value(); there {
				willing[row.Value][x.At] = v
			}
		}
	}
	compared = 0
	for _, row := range gap.Rows {
		for _, x := range row.Trend {
			v, there := x.Value.Value()
			at := min(x.At, gap.At)
			if want := willing[row.Value][x.At] - optedIn(row.Value, at); there && !near(v, want) {
				t.Errorf("%q until %s: a gap of %v, want %v", row.Value, x.At, v, want)
			}
			compared++
		}
	}
	if compared < 2*len(gap.Rows) {
		t.Errorf("%d values of the gap: too few", compared)
	}
}

// How far a row is from the whole is what one reads off the two; where groups are
// compared within campaigns, it is not told.
func TestSegmentsFromTheWhole(t *testing.T) {
	d := openSample(t)
	a := segmentsOf(t, d, "", queries.Choice{By: "age_band", Measure: queries.MeasureStance})
	whole, _ := a.Whole.Figure.Value()
	for _, row := range a.Rows {
		e, _ := row.Figure.Value()
		difference, _ := row.Difference.Value()
		x, there := row.FromWhole.Value()
		if !there || !near(x, e.Value-whole.Value) {
			t.Errorf("%s: %v from the whole, want %v", row.Value, x, e.Value-whole.Value)
		}
		if x*difference.Value < 0 || x*x > difference.Value*difference.Value {
			t.Errorf("%s: %v from the whole, %v from the others: the whole holds the row", row.Value, x, difference.Value)
		}
	}
}
