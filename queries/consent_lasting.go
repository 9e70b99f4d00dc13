package queries

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"accord/queries/stats"
)

// lastingStep is the step of the roll-up on how long consents last, in days;
// a year is thirteen of them.
const (
	lastingStep = 28
	yearSteps   = 13
)

// lasting fills in how long consents last, by what the answer is cut by.
func (d *Dataset) lasting(ctx context.Context, f Filter, picked selection, grouped cut, out *Consent) error {
	out.Lasting = Lasting{StepDays: lastingStep, Groups: []LastingGroup{}, P: Missing[float64](NotAsked)}
	segments, of := picked.segments, make([]int32, len(picked.segments))
	dim, cut := d.dimension(DimensionOf(out.Choice.By))
	cut = cut && dim.Name == grouped.dimension
	if cut {
		var err error
		if segments, of, err = d.valueOf(ctx, picked, []Dimension{dim}, []int32{0}); err != nil {
			return err
		}
		for i, value := range of {
			of[i] = int32(grouped.group[value])
		}
	}
	tables := map[string][][]stats.Lifetime{} // by purpose, along groups
	args := []any{sql.Named("segments", segments), sql.Named("groups", of)}
	err := d.each(ctx, "lifetimes", args, func(rows *sql.Rows) error {
		var group int
		var purpose string
		var l stats.Lifetime
		if err := rows.Scan(&group, &purpose, &l.Time, &l.Events, &l.Censored); err != nil {
			return err
		}
		for len(tables[purpose]) <= group {
			tables[purpose] = append(tables[purpose], nil)
		}
		tables[purpose][group] = append(tables[purpose][group], l)
		return nil
	})
	if err != nil {
		return err
	}
	switch {
	case cut:
		var compared [][]stats.Lifetime
		for i, t := range grouped.tallies {
			var table []stats.Lifetime
			if i < len(tables[out.Purpose]) {
				table = tables[out.Purpose][i]
			}
			out.Lasting.Groups = append(out.Lasting.Groups, d.policy.lasting(t.name, t.others, table))
			if out.Lasting.Groups[i].Why == "" {
				compared = append(compared, table)
			}
		}
		if test, why := stats.LogRank(compared); true {
			out.Lasting.P = numberOf(test.P, why)
		}
	case out.Choice.By == ByPurpose:
		for _, purpose := range d.purposes {
			if (f.Purpose == "" || f.Purpose == purpose) && len(tables[purpose]) > 0 {
				out.Lasting.Groups = append(out.Lasting.Groups, d.policy.lasting(purpose, 0, tables[purpose][0]))
			}
		}
	case len(tables[out.Purpose]) > 0:
		out.Lasting.Groups = append(out.Lasting.Groups, d.policy.lasting(out.Purpose, 0, tables[out.Purpose][0]))
	}
	if len(out.Lasting.Groups) == 0 {
		out.Lasting.Missing = NobodyThere
	}
	return nil
}

// lasting is the curve of one group. Steps widen until nobody or k people or
// more ended and were seen no longer in each.
func (p policy) lasting(name string, others int, table []stats.Lifetime) LastingGroup {
	g := LastingGroup{Name: name, Others: others, Points: []LastingPoint{}, Year: Missing[Estimate](NotMature), Median: Missing[Estimate](SmallCell)}
	wide := p.widen(table)
	var people, ended int64
	for _, l := range wide {
		people, ended = people+l.Events+l.Censored, ended+l.Events
	}
	if len(wide) == 0 {
		g.Why = SmallCell
		if len(table) == 0 {
			g.Why = NobodyThere
		}
		g.People, g.Ended, g.Year, g.Median = Missing[int64](g.Why), Missing[int64](g.Why), Missing[Estimate](g.Why), Missing[Estimate](g.Why)
		return g
	}
	g.People, g.Ended = Known(people), Known(ended)
	points, why := stats.Actuarial(wide, confidence)
	if why != "" {
		g.Why = Reason(why)
		return g
	}
	start := func(end float64) float64 {
		if p.k == 1 { // nobody is in the steps between two rows
			return max(0, end-1)
		}
		return before(wide, end)
	}
	lowest, highest, why := stats.ActuarialWithin(wide, confidence, func(end float64) bool { return end-start(end) > 1 })
	if why != "" {
		g.Why = Reason(why)
		return g
	}
	few := SmallCell // why steps are wide
	if p.k == 1 {
		few = TooFewToMeasure
	}
	for i, point := range points {
		x := LastingPoint{int(point.Time) * lastingStep, point.Survival, figureOf(point.Band)}
		if point.Time <= yearSteps {
			g.Year = Missing[Estimate](few)
			if point.Time > yearSteps-3 { // of a year, give or take what steps were widened by
				low := lowest[i]
				if next := i + 1; next < len(points) && start(points[next].Time) < yearSteps && point.Time < yearSteps {
					low = lowest[next]
				}
				g.Year = bracketed(x.Band, low, highest[i])
			}
		}
		g.Points = append(g.Points, x)
	}
	if last := g.Points[len(g.Points)-1].Days; last < yearSteps*lastingStep {
		g.Year = Missing[Estimate](NotMature)
	}
	g.Median, g.MedianAfter = median(points, lowest, highest, start)
	return g
}

// median is when half have ended, in days, and after how many days at the earliest
// where merged steps tell it no more exactly (0 = they do). It lies between where the
// lowest and the highest curve that the steps allow cross one half; the limits are the
// start of the step that the lower one falls in, and the end of that of the upper one.
// In a merged last step, or beyond it, there is no upper limit: High is then the end of
// what was seen, by [stats.MethodMedianLow].
func median(points, lowest, highest []stats.SurvivalPoint, start func(end float64) float64) (Figure[Estimate], int) {
	merged := func(end float64) bool { return end-start(end) > 1 }
	last := points[len(points)-1].Time
	_, why := stats.MedianSurvival(points).Estimate()
	if why != "" && (why != stats.Unbounded || !merged(last)) {
		return Missing[Estimate](Reason(why)), 0
	}
	survival := func(x stats.SurvivalPoint) (float64, bool) { return x.Survival, true }
	lower := func(x stats.SurvivalPoint) (float64, bool) { e, why := x.Band.Estimate(); return e.Low, why == "" }
	upper := func(x stats.SurvivalPoint) (float64, bool) { e, why := x.Band.Estimate(); return e.High, why == "" }
	from, _ := halved(lowest, survival)
	to, bounded := halved(highest, survival)
	if !bounded {
		return Missing[Estimate](UnboundedRatio), 0
	}
	low, high := from, to
	if x, ok := halved(lowest, lower); ok {
		low = min(low, x)
	}
	for _, curve := range [][]stats.SurvivalPoint{points, highest} {
		x, ok := halved(curve, upper)
		high, bounded = max(high, x), bounded && ok
	}
	e := Estimate{Value: to * lastingStep, Low: start(low) * lastingStep, High: high * lastingStep, Level: confidence, Method: stats.MethodMedian}
	if !bounded || high == last && merged(last) {
		e.High, e.Method = last*lastingStep, stats.MethodMedianLow
	}
	if from == to && !merged(to) {
		return Known(e), 0
	}
	if start(from) == 0 { // within the very first step: it would tell nothing
		return Missing[Estimate](SmallCell), 0
	}
	return Known(e), int(start(from)) * lastingStep
}

// bracketed is a share that holds after a year, its interval widened by where widened
// steps allow the curve to lie: at the end of the step that the day falls in, and at
// the end of the one before.
func bracketed(share Figure[Estimate], low, high stats.SurvivalPoint) Figure[Estimate] {
	e, there := share.Value()
	if !there {
		return share
	}
	e.Low, e.High = min(e.Low, low.Survival), max(e.High, high.Survival)
	return Known(e)
}

// halved is the first time at which a curve is at one half or below.
func halved(points []stats.SurvivalPoint, of func(stats.SurvivalPoint) (float64, bool)) (float64, bool) {
	for _, x := range points {
		if y, ok := of(x); ok && y <= 0.5 {
			return x.Time, true
		}
	}
	return 0, false
}

// before is the time at which the step that ends at a time began.
func before(table []stats.Lifetime, end float64) float64 {
	start := 0.0
	for _, l := range table {
		if l.Time < end {
			start = max(start, l.Time)
		}
	}
	return start
}

// widen merges rows of a life table, a row with those before it, until each
// tells of nobody, or of k people or more, in either column. What is left over
// at the end goes to the row before.
func (p policy) widen(table []stats.Lifetime) []stats.Lifetime {
	rows := slices.SortedFunc(slices.Values(table), func(a, b stats.Lifetime) int { return cmp.Compare(a.Time, b.Time) })
	var out []stats.Lifetime
	var open stats.Lifetime
	for _, l := range rows {
		open = stats.Lifetime{Time: l.Time, Events: open.Events + l.Events, Censored: open.Censored + l.Censored}
		if !p.small(open.Events) && !p.small(open.Censored) {
			out = append(out, open)
			open = stats.Lifetime{}
		}
	}
	for open.Events+open.Censored > 0 && len(out) > 0 {
		last := out[len(out)-1]
		out = out[:len(out)-1]
		open = stats.Lifetime{Time: open.Time, Events: open.Events + last.Events, Censored: open.Censored + last.Censored}
		if !p.small(open.Events) && !p.small(open.Censored) {
			return append(out, open)
		}
	}
	return out
}

// expiring fills in what expires after the as-of date.
func (d *Dataset) expiring(ctx context.Context, f Filter, picked selection, out *Consent) error {
	out.Expiring = Expiring{At: d.provenance.AsOf, Rows: []ExpiringRow{}}
	type stocks struct {
		basis  string
		valid  int64
		within [3]int64
	}
	purposes := map[string][]stocks{}
	err := d.each(ctx, "expiries", []any{sql.Named("segments", picked.segments)}, func(rows *sql.Rows) error {
		var purpose string
		var s stocks
		if err := rows.Scan(&purpose, &s.basis, &s.valid, &s.within[0], &s.within[1], &s.within[2]); err != nil {
			return err
		}
		purposes[purpose] = append(purposes[purpose], s)
		return nil
	})
	if err != nil {
		return err
	}
	order := map[int]int64{}
	for _, purpose := range d.purposes {
		if f.Purpose != "" && purpose != f.Purpose {
			continue
		}
		var sum [3]int64 // of the bases
		for _, s := range purposes[purpose] {
			for i := range sum {
				if s.basis != "any" {
					sum[i] += s.within[i]
				}
			}
		}
		for _, s := range purposes[purpose] {
			if s.within[2] == 0 {
				continue
			}
			row := ExpiringRow{Purpose: purpose, Basis: s.basis, Valid: d.policy.count(s.valid), Within: d.policy.ahead(s.valid, s.within)}
			for i := range sum {
				// Those who keep a consent on another basis.
				if keep := sum[i] - s.within[i]; s.basis == "any" && d.policy.small(max(keep, -keep)) {
					row.Within[i] = Missing[int64](Complement)
				}
			}
			soon, shown := row.Within[1].Value()
			if !shown {
				soon = -1 // its place must not tell what is withheld
			}
			order[len(out.Expiring.Rows)] = soon
			out.Expiring.Rows = append(out.Expiring.Rows, row)
		}
	}
	rows := make([]int, len(out.Expiring.Rows))
	for i := range rows {
		rows[i] = i
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(order[b], order[a]) })
	sorted := make([]ExpiringRow, len(rows))
	for i, from := range rows {
		sorted[i] = out.Expiring.Rows[from]
	}
	out.Expiring.Rows = sorted
	return nil
}

// ahead are the counts of what expires within growing times. One is shown where
// nobody or k people or more expire between it and the one shown before, and
// those who are left are not few.
func (p policy) ahead(valid int64, within [3]int64) (out [3]Count) {
	var last int64
	for i, n := range within {
		switch {
		case p.small(valid), p.small(n), p.small(n - last):
			out[i] = Missing[int64](SmallCell)
		case p.small(valid - n):
			out[i] = Missing[int64](Complement)
		default:
			out[i], last = Known(n), n
		}
	}
	return out
}
