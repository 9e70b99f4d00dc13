package tui

import (
	"context"

	"accord/queries"
)

func (q fakeQuestions) Segments(ctx context.Context, f queries.Filter, c queries.Choice) (queries.Segments, error) {
	if q.before != nil {
		if err := q.before(ctx, f); err != nil {
			return queries.Segments{}, err
		}
	}
	if c.Measure == queries.MeasureGap {
		return gapSegments(), nil
	}
	return q.segments, nil
}

// segmentRow is a row of shares of n people, of which the first is measured.
func segmentRow(value string, n int64, parts ...int64) queries.SegmentRow {
	r := queries.SegmentRow{Value: value, N: queries.Known(n), Verdict: queries.TooSmall, Parts: []queries.Rate{}, Trend: []queries.TrendValue{}}
	for _, x := range parts {
		v := float64(x) / float64(n)
		e := queries.Known(queries.Estimate{Value: v, Low: v - 0.02, High: v + 0.02, Level: 0.95, Method: "wilson"})
		r.Parts = append(r.Parts, queries.Rate{Numerator: queries.Known(x), Denominator: r.N, Estimate: e})
	}
	r.Figure = r.Parts[0].Estimate
	v, _ := r.Figure.Value()
	for i, at := range []queries.Date{"2017-10-31", "2018-05-31", "2018-10-31"} {
		r.Trend = append(r.Trend, queries.TrendValue{At: at, Value: queries.Known(v.Value + float64(i*i)/100)})
	}
	return r
}

// apart sets the difference of a row from the others.
func apart(r queries.SegmentRow, difference, p float64) queries.SegmentRow {
	r.Difference = queries.Known(queries.Estimate{Value: difference, Low: difference - 0.03, High: difference + 0.03, Level: 0.99, Method: "mover"})
	r.P = queries.Known(p)
	switch {
	case p >= 0.05:
	case difference > 0:
		r.Verdict = queries.Higher
	default:
		r.Verdict = queries.Lower
	}
	return r
}

// fromWhole sets how far rows are from the whole.
func fromWhole(a *queries.Segments) {
	whole, _ := a.Whole.Figure.Value()
	for i := range a.Rows {
		if e, there := a.Rows[i].Figure.Value(); there {
			a.Rows[i].FromWhole = queries.Known(e.Value - whole.Value)
		}
	}
}

// richSegments are a survey by age, with something withheld.
func richSegments() queries.Segments {
	hidden := queries.Missing[queries.Estimate](queries.SmallCell)
	few := queries.Rate{Numerator: queries.Missing[int64](queries.SmallCell), Denominator: queries.Missing[int64](queries.SmallCell), Estimate: hidden}
	a := queries.Segments{
		Choice: queries.Choice{By: "age_band", Across: "language", Measure: queries.MeasureStance, Channel: "any"},
		Choices: queries.Choices{
			By: []string{"region", "age_band", "language"}, Across: []string{"region", "language"}, Channels: []string{"any"},
			Measures: []string{queries.MeasureStance, queries.MeasureStates, queries.MeasureGap, queries.MeasureEngagement, queries.MeasureRevenue},
		},
		Since: "2017-10-02", Until: "2018-10-14", Unit: queries.Respondents, Parts: []string{"willing", "undecided", "sceptical"}, Stacked: true,
		Whole: segmentRow("", 4500, 2385, 630, 1485),
		Rows: []queries.SegmentRow{
			apart(segmentRow("18-24", 540, 346, 70, 124), 0.126, 0.0001), apart(segmentRow("25-34", 850, 510, 120, 220), 0.086, 0.0002),
			apart(segmentRow("35-44", 860, 482, 120, 258), 0.036, 0.12), apart(segmentRow("45-54", 820, 400, 120, 300), -0.052, 0.03),
			apart(segmentRow("55-64", 760, 350, 110, 300), -0.084, 0.0004),
			{Value: "65+", N: queries.Missing[int64](queries.SmallCell), Parts: []queries.Rate{few, few, few}, Figure: hidden, Difference: hidden, P: queries.Missing[float64](queries.SmallCell), Verdict: queries.Withheld, Trend: []queries.TrendValue{}},
		},
		Tested: 5, Found: 4,
		Grid: queries.Grid{Columns: []string{"en", "fr"}},
		Reasons: queries.Reasons{Sceptical: queries.Known[int64](1485), N: queries.Known[int64](1470), Rows: []queries.ReasonShare{
			{Reason: "unneeded_products", Rate: segmentRow("", 1470, 580).Parts[0]}, {Reason: "environment", Rate: segmentRow("", 1470, 400).Parts[0]},
			{Reason: "their banner", Rate: few},
		}},
	}
	a.Whole.Verdict = queries.CannotCompute
	fromWhole(&a)
	for i, r := range a.Rows {
		cell := queries.GridCell{N: r.N, Figure: r.Figure}
		if i == 2 {
			cell = queries.GridCell{N: queries.Missing[int64](queries.Complement), Figure: queries.Missing[queries.Estimate](queries.Complement)}
		}
		a.Grid.Cells = append(a.Grid.Cells, []queries.GridCell{{N: r.N, Figure: r.Figure}, cell})
	}
	return a
}

// gapSegments are gaps of two languages, one comparison.
func gapSegments() queries.Segments {
	a := richSegments()
	a.Choice.By, a.Choice.Across, a.Choice.Measure = "language", "", queries.MeasureGap
	a.Purpose, a.At, a.Parts, a.Stacked = "personalisation", "2018-09-30", []string{"willing", queries.OptedIn}, false
	gap := func(r queries.SegmentRow, known int64, v float64) queries.SegmentRow {
		r.Of = queries.Known(known)
		r.Figure = queries.Known(queries.Estimate{Value: v, Low: v - 0.03, High: v + 0.03, Level: 0.95, Method: "mover"})
		return r
	}
	a.Whole = gap(segmentRow("", 4500, 2385, 900), 19183, 0.12)
	a.Rows = []queries.SegmentRow{gap(apart(segmentRow("en", 3400, 1830, 600), 0.01, 0.6), 14000, 0.122), gap(apart(segmentRow("fr", 1100, 555, 300), -0.01, 0.6), 5183, 0.112)}
	a.Whole.Verdict = queries.CannotCompute
	fromWhole(&a)
	a.Tested, a.Found, a.Grid = 1, 0, queries.Grid{Missing: queries.NoSuchColumn, Columns: []string{}, Cells: [][]queries.GridCell{}}
	return a
}

// noSegments are a store of customers alone.
func noSegments() queries.Segments {
	return queries.Segments{
		Choice:  queries.Choice{By: "region", Measure: queries.MeasureStance, Channel: "any"},
		Missing: queries.NoInput, Input: "survey", Parts: []string{}, Rows: []queries.SegmentRow{},
		Whole:   queries.SegmentRow{Parts: []queries.Rate{}, Trend: []queries.TrendValue{}},
		Grid:    queries.Grid{Columns: []string{}, Cells: [][]queries.GridCell{}},
		Reasons: queries.Reasons{Missing: queries.NoInput, Rows: []queries.ReasonShare{}},
	}
}

// nastySegments are named by hostile data.
func nastySegments(name string) queries.Segments {
	a := richSegments()
	a.Choice.By, a.Choice.Across, a.Grid.Columns[0] = name, name, name
	for i := range a.Rows {
		a.Rows[i].Value = name
	}
	a.Reasons.Rows[0].Reason = name
	return a
}

// screenKeys are the digits of all screens.
func screenKeys() []string {
	var keys []string
	for i := range places {
		keys = append(keys, digitOf(i))
	}
	return keys
}
