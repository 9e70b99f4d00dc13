package tui

import (
	"context"

	"accord/queries"
)

func (q fakeQuestions) Engagement(ctx context.Context, f queries.Filter, _ queries.Choice) (queries.Engagement, error) {
	if q.before != nil {
		if err := q.before(ctx, f); err != nil {
			return queries.Engagement{}, err
		}
	}
	a := q.engagement
	a.Changes = someChanges(f.Versus)
	return a, nil
}

// someShare is x of n with an interval of 0.4 percentage points on either side.
func someShare(x, n int64) queries.Rate {
	v := float64(x) / float64(n)
	return queries.Rate{
		Numerator: queries.Known(x), Denominator: queries.Known(n),
		Estimate: queries.Known(queries.Estimate{Value: v, Low: max(v-0.004, 0), High: v + 0.004, Level: 0.95, Method: "wilson"}),
	}
}

// richEngagement is a year of messages with something of everything, a campaign
// that machines opened and figures that are withheld.
func richEngagement() queries.Engagement {
	figure := func(m queries.Metric, x, n int64, raw queries.Figure[float64]) queries.EngagementFigure {
		r := someShare(x, n)
		return queries.EngagementFigure{Metric: m, N: r.Denominator, People: r.Numerator, Figure: r.Estimate, Raw: raw}
	}
	estimate := func(v, reach float64) queries.Figure[queries.Estimate] {
		return queries.Known(queries.Estimate{Value: v, Low: v - reach, High: v + reach, Level: 0.95, Method: "wilson"})
	}
	none, few := queries.Missing[float64](queries.NotRecorded), queries.Missing[queries.Estimate](queries.SmallCell)
	hidden := queries.Rate{Numerator: queries.Missing[int64](queries.SmallCell), Denominator: queries.Missing[int64](queries.SmallCell), Estimate: few}
	a := queries.Engagement{
		Choice: queries.Choice{By: "content", Measure: "click", Channel: "any"},
		Choices: queries.Choices{
			By: []string{"content", "campaign", "opted_in", "channel", "region"}, Channels: []string{"any", "email", "sms"},
			Measures: []string{"click", "open", "click_to_open", "conversion", "revenue", "unsubscribe", "complaint"},
		},
		Since: "2018-01-16", Until: "2018-12-03", Unit: queries.Messages,
		Figures: []queries.EngagementFigure{
			figure(queries.HumanClick, 9348, 130761, queries.Known(0.078)), figure(queries.HumanOpen, 32906, 129407, queries.Known(0.309)),
			figure(queries.ClickToOpen, 9239, 32906, none), figure(queries.Conversion, 10101, 130761, none),
			{Metric: queries.Revenue, N: queries.Known[int64](130761), People: queries.Known[int64](10101), Figure: queries.Known(queries.Estimate{Value: 5.5, Low: 5.28, High: 5.71, Level: 0.95, Method: "student"}), Raw: none},
			figure(queries.Unsubscribe, 356, 130544, none),
			{Metric: queries.Complaint, N: queries.Known[int64](84390), People: queries.Missing[int64](queries.SmallCell), Figure: few, Raw: none},
		},
		Groups: queries.Segments{
			Unit: queries.Messages, Metric: queries.HumanClick, Parts: []string{"clicked", "not_clicked"}, Stacked: true, Since: "2018-01-16", Until: "2018-12-03",
			Whole:  segmentRow("", 130761, 9348, 121413),
			Tested: 3, Found: 2,
			Rows: []queries.SegmentRow{
				apart(segmentRow("generic", 102133, 6869, 95264), -0.0193, 0.0001), apart(segmentRow("personalised", 9599, 1243, 8356), 0.0626, 0.0001),
				apart(segmentRow("reward", 9322, 700, 8622), 0.0039, 0.21),
				{Value: "values", N: queries.Missing[int64](queries.SmallCell), Parts: []queries.Rate{hidden, hidden}, Figure: few, Difference: few, P: queries.Missing[float64](queries.SmallCell), Verdict: queries.Withheld, Trend: []queries.TrendValue{}},
			},
			Grid: queries.Grid{Missing: queries.NoSuchColumn, Columns: []string{}, Cells: [][]queries.GridCell{}}, Reasons: queries.Reasons{Rows: []queries.ReasonShare{}},
		},
		Course: queries.EngagementCourse{Metric: queries.HumanClick, Marks: []queries.Mark{
			{Day: "2018-03-17", Kind: queries.NewsMark, Label: "Cambridge Analytica"}, {Day: "2018-05-01", Kind: queries.CampaignMark, Label: "Mother's Day"}, {Day: "2018-07-03", Kind: queries.NoticeMark, Label: "v3"},
		}},
		Moments: queries.Moments{Metric: queries.HumanClick, Spread: true, N: queries.Known[int64](18165), People: queries.Known[int64](1329), Hours: 4, Compared: 27, Alike: 3, Against: estimate(0.62, 0.4), Balanced: []string{"language", "region"}, Uneven: []string{}},
		Machine: queries.Machines{Metric: queries.HumanOpen, Mostly: 1},
		Reach:   queries.Reach{Until: "2018-12-31", Customers: someShare(15204, 20000)},
		Fatigue: queries.Fatigue{Since: "2018-01-01", Until: "2018-12-31", Compared: 2, Rows: []queries.FatigueRow{
			{Messages: 1, Customers: queries.Known[int64](116386), Clicks: someShare(8113, 113264), Unsubscribe: someShare(339, 113110), Change: queries.Missing[queries.Estimate](queries.NobodyThere)},
			{Messages: 2, Customers: queries.Known[int64](10668), Clicks: someShare(1235, 17497), Unsubscribe: someShare(30, 17434), Change: estimate(-0.02, 0.05), Months: 9},
			{Messages: 3, More: true, Customers: queries.Known[int64](1200), Clicks: someShare(160, 3600), Unsubscribe: hidden, Change: estimate(-0.21, 0.12), Months: 4},
		}},
		Around: queries.EngagementAround{Since: "2018-01-01", Until: "2018-12-31", Purpose: "personalisation", Compared: 6},
	}
	a.Groups.Choice, a.Groups.Whole.Verdict = a.Choice, queries.CannotCompute
	a.Around.Weeks = []queries.FactorSeries{{Kind: "holiday", Points: []queries.FactorWeek{{At: "2018-04-01", Value: 1}, {At: "2018-05-27", Value: 1}, {At: "2018-12-30", Value: 1}}}}
	at := queries.Date("2018-01-21")
	weather := queries.FactorSeries{Kind: "weather", Label: "Mean temperature"}
	for i := range 16 {
		x := figure(queries.HumanClick, int64(480-i%5*40+i*6), 6400, queries.Known(0.09))
		a.Course.Steps = append(a.Course.Steps, queries.EngagementStep{From: at.AddDays(-7), At: at, N: x.N, People: x.People, Figure: x.Figure, Raw: x.Raw})
		a.Around.Entries = append(a.Around.Entries, queries.CourseStep{From: at.AddDays(-21), At: at, Rate: someShare(7812, 19034), Entries: int64(120 + i%6*70), Exits: 60})
		weather.Points = append(weather.Points, queries.FactorWeek{At: at, Value: float64((i-8)*(8-i))/4 + 18})
		at = at.AddDays(21)
	}
	a.Around.Clicks, a.Around.Values, a.Around.Marks = a.Course.Steps, []queries.FactorSeries{weather}, a.Course.Marks[:1]
	for day := 1; day <= 7; day++ {
		for hour := 8; hour < 24; hour += 4 {
			v := 0.06 + float64((day*hour)%9)/500
			c := queries.MomentCell{Weekday: day, Hour: hour, N: queries.Known[int64](640), People: queries.Known(int64(v * 640)), Rate: queries.Known(v), Shrunk: queries.Known(0.07 + (v-0.07)/3)}
			if day == 7 && hour == 8 {
				c.Why, c.People, c.Rate, c.Shrunk = queries.SmallCell, queries.Missing[int64](queries.SmallCell), queries.Missing[float64](queries.SmallCell), queries.Missing[float64](queries.SmallCell)
			}
			if day == 4 && hour == 16 {
				a.Moments.Best, c.Rate, c.Shrunk = len(a.Moments.Cells), queries.Known(0.14), queries.Known(0.115)
			}
			a.Moments.Cells = append(a.Moments.Cells, c)
		}
	}
	for i, name := range []string{"Holiday preview", "Spring cleaning", "Ce qui compte pour nous / What matters to us"} {
		human, alone := []int64{723, 1419, 1389}[i], []int64{2490, 235, 233}[i]
		a.Machine.Rows = append(a.Machine.Rows, queries.MachineRow{Campaign: name, Started: "2018-11-06", N: queries.Known[int64](6252), Human: someShare(human, 6252), Machine: someShare(alone, 6252),
			Raw: queries.Known(float64(human+alone) / 6252), Share: queries.Known(float64(alone) / float64(human+alone))})
	}
	a.Machine.Rows = append(a.Machine.Rows, queries.MachineRow{Campaign: "Trial", N: queries.Known[int64](217), Human: hidden, Machine: hidden, Raw: queries.Missing[float64](queries.SmallCell), Share: queries.Missing[float64](queries.SmallCell)})
	for i, m := range []queries.Metric{queries.ClickToOpen, queries.HumanClick, queries.HumanOpen} {
		a.Around.Turns = append(a.Around.Turns, queries.EngagementTurn{Day: "2018-03-17", Marks: a.Course.Marks[:1], Metric: m, Before: someShare([]int64{378, 378, 1355}[i], []int64{1355, 5252, 5252}[i]),
			After: someShare([]int64{279, 279, 1419}[i], []int64{1419, 6256, 6256}[i]), Change: estimate([]float64{-0.082, -0.0274, -0.0312}[i], 0.19), P: queries.Known([]float64{0.6, 0.8, 1}[i]), Spread: 0.05})
	}
	for i, outcome := range []string{queries.ExitOutcome, queries.EntryOutcome, queries.ClickOutcome} {
		a.Factors.Rows = append(a.Factors.Rows, queries.Association{Factor: "news", Outcome: outcome, Lag: 2 - i, Weeks: 104, Correlation: estimate(0.31-0.2*float64(i), 0.28), P: queries.Known(0.02 + 0.4*float64(i))},
			queries.Association{Factor: "weather", Label: "Mean temperature", Outcome: outcome, Lag: i, Weeks: 104, Correlation: estimate(0.05, 0.3), P: queries.Known(1.0)})
	}
	a.Factors.Compared, a.Factors.Found = 45, 1
	return a
}

// noEngagement is that of a store without messages.
func noEngagement(why queries.Reason) queries.Engagement {
	a := queries.Engagement{
		Missing: why, Unit: queries.Messages, Figures: []queries.EngagementFigure{}, Groups: noSegments(),
		Course:  queries.EngagementCourse{Steps: []queries.EngagementStep{}, Marks: []queries.Mark{}},
		Moments: queries.Moments{Cells: []queries.MomentCell{}, Best: -1, Balanced: []string{}, Uneven: []string{}},
		Machine: queries.Machines{Rows: []queries.MachineRow{}}, Fatigue: queries.Fatigue{Rows: []queries.FatigueRow{}}, Reach: queries.Reach{Customers: queries.Rate{Numerator: queries.Missing[int64](queries.NobodyThere), Denominator: queries.Missing[int64](queries.NobodyThere), Estimate: queries.Missing[queries.Estimate](queries.NobodyThere)}},
		Around:  queries.EngagementAround{Clicks: []queries.EngagementStep{}, Entries: []queries.CourseStep{}, Values: []queries.FactorSeries{}, Weeks: []queries.FactorSeries{}, Marks: []queries.Mark{}, Turns: []queries.EngagementTurn{}},
		Factors: queries.Associations{Rows: []queries.Association{}},
	}
	a.Groups.Missing, a.Course.Missing, a.Moments.Missing, a.Machine.Missing, a.Fatigue.Missing, a.Reach.Missing, a.Around.Missing, a.Factors.Missing = why, why, why, why, why, why, why, why
	return a
}

// nastyEngagement is named by hostile data.
func nastyEngagement(name string) queries.Engagement {
	a := richEngagement()
	a.Choice.By = name
	for i := range a.Groups.Rows {
		a.Groups.Rows[i].Value = name
	}
	for i := range a.Machine.Rows {
		a.Machine.Rows[i].Campaign = name
	}
	a.Course.Marks[0].Label, a.Moments.Balanced[0], a.Around.Purpose, a.Around.Values[0].Label = name, name, name, name
	for i := range a.Factors.Rows {
		a.Factors.Rows[i].Factor, a.Factors.Rows[i].Label, a.Factors.Rows[i].Outcome = name, name, name
	}
	return a
}

// someChanges are what a comparison finds.
func someChanges(v queries.Versus) queries.Changes {
	if v == queries.VersusNothing {
		return queries.Changes{}
	}
	known := func(value, low, high, level float64) queries.Figure[queries.Estimate] {
		return queries.Known(queries.Estimate{Value: value, Low: low, High: high, Level: level})
	}
	few := queries.Missing[queries.Estimate](queries.SmallCell)
	const level = 1 - 0.05/3
	return queries.Changes{
		Versus: v, Since: "2018-07-01", Until: "2018-12-31", ThenSince: "2017-12-29", ThenUntil: "2018-06-30", Level: level, Compared: 3,
		Rows: []queries.Change{
			{What: string(queries.HumanClick), Now: known(0.071, 0.068, 0.074, 0.95), Then: known(0.083, 0.08, 0.086, 0.95), Change: known(-0.012, -0.017, -0.007, level)},
			{What: string(queries.Revenue), Money: true, Now: known(5.66, 5.4, 5.92, 0.95), Then: known(5.1, 4.9, 5.3, 0.95), Change: known(0.56, 0.2, 0.92, level)},
			{What: string(queries.Conversion), Now: known(0.0778, 0.075, 0.08, 0.95), Then: known(0.0771, 0.074, 0.08, 0.95), Change: known(0.0007, -0.0055, 0.0071, level)},
			{What: string(queries.Complaint), Now: few, Then: few, Change: few},
		},
	}
}
