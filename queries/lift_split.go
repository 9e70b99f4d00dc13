package queries

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"accord/queries/stats"
)

// testSplit tests the split of everyone assigned against the planned shares.
func (c *CampaignLift) testSplit(p policy, assigned []int64) {
	observed, planned := make([]int64, len(c.Arms)), make([]float64, len(c.Arms))
	withheld := false
	c.SplitWrong = c.SplitBy != ""
	for i, a := range c.Arms {
		share, there := a.Planned.Value()
		if !there {
			c.SampleRatio = Missing[SampleRatio](NotRecorded)
			return
		}
		observed[i], planned[i] = assigned[i], share
		withheld = withheld || p.small(assigned[i])
	}
	x, why := stats.SampleRatio(observed, planned)
	ratio := SampleRatio{ChiSquared: x.Statistic, DF: x.DF, P: x.P}
	c.SplitWrong = c.SplitBy != "" || why == stats.UnplannedArm || (why == "" && ratio.Mismatch())
	switch {
	case withheld:
		c.SampleRatio = Missing[SampleRatio](Complement)
	case why != "":
		c.SampleRatio = Missing[SampleRatio](Reason(why))
	default:
		c.SampleRatio = Known(ratio)
	}
}

// uneven names, by campaign, the dimension by which its arms were not allotted
// alike, the clearest if several: crude totals then mix effects with who was
// allotted where, up to turning their sign (Simpson). So it is with the days of
// the assignments, where an arm came later or its share was changed. The bound
// of the split's test is shared among the dimensions (Bonferroni). It looks at
// everyone assigned, whatever the filter.
func (d *Dataset) uneven(ctx context.Context) (map[int32]string, error) {
	type table struct {
		campaign  int32
		dimension string
	}
	counts := map[table]map[string]map[string]int64{} // by value, then arm
	dimensions := map[string]bool{}
	err := d.each(ctx, "split", nil, func(rows *sql.Rows) error {
		var t table
		var value, arm string
		var n int64
		if err := rows.Scan(&t.campaign, &t.dimension, &value, &arm, &n); err != nil {
			return err
		}
		dimensions[t.dimension] = true
		if counts[t] == nil {
			counts[t] = map[string]map[string]int64{}
		}
		if counts[t][value] == nil {
			counts[t][value] = map[string]int64{}
		}
		counts[t][value][arm] = n
		return nil
	})
	if err != nil {
		return nil, err
	}
	worst, clearest := map[int32]string{}, map[int32]float64{}
	for t, values := range counts {
		arms := map[string]bool{}
		for _, byArm := range values {
			for arm := range byArm {
				arms[arm] = true
			}
		}
		var cells [][]int64
		for _, value := range slices.Sorted(maps.Keys(values)) {
			var row []int64
			for _, arm := range slices.Sorted(maps.Keys(arms)) {
				row = append(row, values[value][arm])
			}
			cells = append(cells, row)
		}
		if t.dimension == ByDay {
			cells = periods(cells)
		}
		x, why := stats.Independence(cells)
		perDegree := x.Statistic / float64(max(x.DF, 1))
		if why == "" && x.P < mismatchP/float64(len(dimensions)) && perDegree > clearest[t.campaign] {
			worst[t.campaign], clearest[t.campaign] = t.dimension, perDegree
		}
	}
	return worst, nil
}

// mostPeriods is into how many periods the days of a campaign are put, to see
// whether its arms changed: few, so that a change of shares is not lost among
// many days.
const mostPeriods = 10

// periods puts neighbouring days, rows of counts by arm, together into periods
// of about as many customers, with five or more of every arm expected in each.
func periods(days [][]int64) [][]int64 {
	var total int64
	var arms []int64
	for _, day := range days {
		if arms == nil {
			arms = make([]int64, len(day))
		}
		for i, n := range day {
			arms[i] += n
			total += n
		}
	}
	if total == 0 {
		return nil
	}
	least := max(total/mostPeriods, 1)
	if smallest := slices.Min(arms); smallest > 0 {
		least = max(least, (5*total+smallest-1)/smallest)
	}
	var out [][]int64
	var now []int64
	var people int64
	for _, day := range days {
		if now == nil {
			now, people = make([]int64, len(day)), 0
		}
		for i, n := range day {
			now[i] += n
			people += n
		}
		if people >= least {
			out, now = append(out, now), nil
		}
	}
	if now != nil && len(out) > 0 { // too few days at the end go with those before
		for i, n := range now {
			out[len(out)-1][i] += n
		}
	}
	return out
}
