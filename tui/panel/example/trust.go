// Package example holds made-up answers for the tests of whatever lays answers
// out: a shop of 40,000 customers, the same without anything, and with a name of
// somebody's choice wherever data names something.
package example

import (
	"math"

	"accord/queries"
	"accord/queries/stats"
)

// Trust is the answer of the shop.
func Trust() queries.Trust {
	a := NoTrust("")
	a.Choice.By, a.Choices.By = "age_band", []string{"region", "age_band"}
	a.Purpose, a.From, a.Until = "personalisation", "2017-12-31", "2018-12-31"
	a.Ladder = queries.Ladder{Known: known(40000), Before: known(36000), Up: known(9120), Down: known(3015), Third: rate(1510, 1820)}
	for i, r := range [][4]int64{{14000, 16000, 0, 0}, {13000, 11500, 4100, 1500}, {8000, 5800, 3200, 990}, {5000, 2700, 1820, 525}} {
		a.Ladder.Rungs = append(a.Ladder.Rungs, queries.Rung{Purposes: i, More: i == 3, Now: rate(r[0], 40000), Before: rate(r[1], 36000), Up: known(r[2]), Down: known(r[3])})
	}
	for r, to := range [][]int64{
		{9000, 120, 1400, 130, 0, 0, 250}, {310, 900, 700, 40, 0, 0, 60}, {520, 0, 1900, 210, 0, 0, 70}, {400, 0, 90, 2600, 0, 0, 80},
		{1500, 0, 160, 900, 5200, 0, 140}, {1300, 0, 140, 700, 2100, 5000, 180}, {1800, 40, 60, 620, 1500, 890, 0},
	} {
		row := queries.MatrixRow{State: append(queries.ConsentStates(), "")[r]}
		sum := int64(0)
		for _, n := range to {
			sum += n
			row.To = append(row.To, known(n))
		}
		row.N = known(sum)
		a.Matrix.Rows = append(a.Matrix.Rows, row)
	}
	a.Matrix.Rows[1].To[3], a.Matrix.Rows[1].To[6] = queries.Missing[int64](queries.SmallCell), queries.Missing[int64](queries.Complement)
	a.Matrix.Missing, a.Matrix.Kept, a.Matrix.Moved, a.Matrix.Both = "", rate(9000, 10650), known(10720), known(35320)
	a.Won = won()
	a.Stated = stated()
	a.Index = queries.Index{
		BeforeFrom: "2016-12-31", BeforeTo: "2017-12-31", Counted: 2,
		Value: figure(stats.RateIndex([]stats.RateChange{{Now: events(6100), Before: events(5400)}, {Now: events(5800), Before: events(4000), Bad: true}}, 0.95)),
		Parts: []queries.IndexPart{
			part(queries.PartRenewals, 6100, 5400, false), part(queries.PartWithdrawals, 5800, 4000, true),
			{Name: queries.PartComplaints, Missing: queries.SmallCell, Now: queries.Missing[int64](queries.SmallCell), Before: queries.Missing[int64](queries.SmallCell),
				RateNow: queries.Missing[float64](queries.SmallCell), RateBefore: queries.Missing[float64](queries.SmallCell), Value: queries.Missing[queries.Estimate](queries.SmallCell)},
		},
	}
	return a
}

// won is two contents by assignment that win consents, one that does not, and an
// association.
func won() queries.Won {
	w := queries.Won{Level: 0.9875}
	for _, r := range []struct {
		content           string
		campaigns         []string
		n, arm, control   int64
		sceptics, against int64
		random            bool
	}{
		{"transparency", []string{"Why we ask", "Your data"}, 5000, 660, 400, 42, 18, true},
		{"relevance", []string{"Thanks"}, 2500, 330, 180, 20, 14, true},
		{"personalised", []string{"Spring", "Autumn", "Winter"}, 9000, 405, 410, 30, 31, true},
		{"reward", []string{"White sale"}, 2000, 90, 60, 0, 0, false},
	} {
		row := queries.WonRow{Content: r.content, Control: "generic", Campaigns: r.campaigns, Randomised: r.random, Arm: rate(r.arm, r.n), Against: rate(r.control, r.n),
			Won:       figure(stats.ShareDifference(stats.Proportion{Successes: r.arm, N: r.n}, stats.Proportion{Successes: r.control, N: r.n}, w.Level)),
			Withdrawn: figure(stats.ShareDifference(stats.Proportion{Successes: r.arm / 6, N: r.n}, stats.Proportion{Successes: r.control / 5, N: r.n}, w.Level)),
			Again:     rate(r.arm/8, r.arm), Sceptics: rate(r.sceptics, 300), ScepticsAgainst: rate(r.against, 300),
			ScepticsWon: figure(stats.ShareDifference(stats.Proportion{Successes: r.sceptics, N: 300}, stats.Proportion{Successes: r.against, N: 300}, w.Level)),
		}
		if r.sceptics == 0 {
			row.Sceptics, row.ScepticsAgainst, row.ScepticsWon = noRate(queries.SmallCell), noRate(queries.SmallCell), queries.Missing[queries.Estimate](queries.SmallCell)
		}
		w.Rows = append(w.Rows, row)
	}
	return w
}

func stated() queries.Stated {
	s := queries.Stated{
		Since: "2017-10-01", Until: "2018-10-31", N: known(1600), EffectiveN: queries.Known(1480.5),
		WillingIn: rate(352, 1600), WillingOut: rate(496, 1600), OthersIn: rate(200, 1600), OthersOut: rate(552, 1600),
		Willing: rate(352, 848), Others: rate(200, 752), Differ: queries.Known(0.003),
		Difference: figure(stats.ShareDifference(stats.Proportion{Successes: 352, N: 848}, stats.Proportion{Successes: 200, N: 752}, 0.95)),
	}
	for _, g := range []struct {
		value         string
		n, says, does int64
	}{{"18-34", 600, 231, 61}, {"35-54", 560, 165, 75}, {"55+", 440, 100, 64}} {
		says, does := stats.Share(stats.Proportion{Successes: g.says, N: g.n}, 0.95), stats.Share(stats.Proportion{Successes: g.does, N: g.n}, 0.95)
		s.Groups = append(s.Groups, queries.StatedGroup{Value: g.value, N: known(g.n), Says: rate(g.says, g.n), Does: rate(g.does, g.n), Gap: figure(stats.DifferenceWithin(says, does))})
	}
	return s
}

// NoTrust is the answer where nothing can be said.
func NoTrust(why queries.Reason) queries.Trust {
	none, share, number, estimate := queries.Missing[int64](why), noRate(why), queries.Missing[float64](why), queries.Missing[queries.Estimate](why)
	return queries.Trust{
		Missing: why,
		Ladder:  queries.Ladder{Missing: why, Known: none, Before: none, Rungs: []queries.Rung{}, Up: none, Down: none, Third: share},
		Matrix:  queries.Matrix{Missing: why, Rows: []queries.MatrixRow{}, Kept: share, Moved: none, Both: none},
		Won:     queries.Won{Missing: why, Rows: []queries.WonRow{}},
		Stated: queries.Stated{Missing: why, N: none, EffectiveN: number, WillingIn: share, WillingOut: share, OthersIn: share, OthersOut: share,
			Willing: share, Others: share, Difference: estimate, Groups: []queries.StatedGroup{}, Differ: number},
		Index: queries.Index{Missing: why, Value: estimate, Parts: []queries.IndexPart{}},
	}
}

// NastyTrust is Trust with a name wherever data names something.
func NastyTrust(name string) queries.Trust {
	a := Trust()
	a.Choice.By, a.Purpose = name, name
	for i := range a.Won.Rows {
		r := &a.Won.Rows[i]
		r.Content, r.Control, r.Campaigns = name, name, []string{name}
	}
	for i := range a.Stated.Groups {
		a.Stated.Groups[i].Value = name
	}
	return a
}

func known(n int64) queries.Count { return queries.Known(n) }

func rate(n, of int64) queries.Rate {
	return queries.Rate{Numerator: known(n), Denominator: known(of), Estimate: figure(stats.Share(stats.Proportion{Successes: n, N: of}, 0.95))}
}

func noRate(why queries.Reason) queries.Rate {
	return queries.Rate{Numerator: queries.Missing[int64](why), Denominator: queries.Missing[int64](why), Estimate: queries.Missing[queries.Estimate](why)}
}

// figure rounds: the last digits differ between machines.
func figure(r stats.Result) queries.Figure[queries.Estimate] {
	e, why := r.Estimate()
	if why != "" {
		return queries.Missing[queries.Estimate](queries.Reason(why))
	}
	short := func(x float64) float64 { return math.Round(x*1e6) / 1e6 }
	e.Value, e.Low, e.High = short(e.Value), short(e.Low), short(e.High)
	return queries.Known(e)
}

func events(n int64) stats.EventRate { return stats.EventRate{Events: n, Exposure: 400000} }

func part(name string, now, before int64, bad bool) queries.IndexPart {
	return queries.IndexPart{Name: name, Now: known(now), Before: known(before), RateNow: queries.Known(float64(now) / 400), RateBefore: queries.Known(float64(before) / 400),
		Value: figure(stats.RateIndex([]stats.RateChange{{Now: events(now), Before: events(before), Bad: bad}}, 0.95))}
}
