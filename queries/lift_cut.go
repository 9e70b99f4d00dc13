package queries

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"accord/queries/stats"
	"accord/queries/store"
)

// cut compares a chosen arm with its control within each value of a dimension. Where
// there is but one, that is the arm's comparison, as it was judged under rule.
func (d *Dataset) cut(ctx context.Context, picked selection, e experiment, t trial, rule Rule, c Choice) (Cut, error) {
	out := Cut{By: c.By, After: d.measuredAfter(c.By), Rule: Rule{Level: confidence, Policy: c.Policy}, Rows: []CutRow{}}
	none := func(why Reason) (Cut, error) {
		out.Missing = why
		out.Test, out.Crude, out.Stratified = Missing[CutsQ](why), Missing[Estimate](why), Missing[Estimate](why)
		return out, nil
	}
	switch {
	case t.Arm == "":
		return none(t.Difference.Why())
	case e.SplitWrong && e.SplitBy != c.By:
		return none(SplitWentWrong)
	case !e.SplitWrong && t.Difference.Why() != "":
		return none(t.Difference.Why())
	}
	segments, values, err := d.segmentValues(ctx, picked, c.By)
	if err != nil {
		return Cut{}, err
	}
	sums, err := d.armSums(ctx, liftOnAll, segments, values, c.By == ByOptedIn, e.key)
	if err != nil {
		return Cut{}, err
	}
	type pair struct{ treated, control armSums }
	pairs := map[string]pair{}
	for k, s := range sums {
		p := pairs[k.value]
		switch k.arm {
		case t.Arm:
			p.treated = s
		case t.Control:
			p.control = s
		}
		pairs[k.value] = p
	}
	order := slices.SortedFunc(maps.Keys(pairs), func(a, b string) int {
		return cmp.Compare(slices.Index(d.valuesOf(c.By), a), slices.Index(d.valuesOf(c.By), b))
	})
	var cells [][]int64 // by value: those seen, those who did it and the rest, of both arms
	for _, v := range order {
		x, y := pairs[v].treated.metrics[t.Metric], pairs[v].control.metrics[t.Metric]
		cells = append(cells, []int64{x.seen, x.people, x.seen - x.people, y.seen, y.people, y.seen - y.people})
	}
	hidden := d.policy.rows(cells)
	var trials []trial
	for i, v := range order {
		if hidden[i] {
			out.Hidden++
			continue
		}
		p := pairs[v]
		x := trial{e.comparison(t.Arm, t.Content, t.Metric), p.treated.metrics[t.Metric], p.control.metrics[t.Metric]}
		row := CutRow{Value: v, Treated: d.outcome(t.Metric, p.treated), Control: d.outcome(t.Metric, p.control)}
		x.open(false, row.Treated, row.Control)
		out.Rows, trials = append(out.Rows, row), append(trials, x)
	}
	if len(trials) == 0 {
		return none(SmallCell)
	}
	if len(order) == 1 && !e.SplitWrong {
		trials[0].Comparison, out.Rule = t.Comparison, rule
	} else {
		out.Rule = adjust(trials, c.Policy)
	}
	for i, x := range trials {
		out.Rows[i].Comparison = x.Comparison
	}
	strata := slices.DeleteFunc(slices.Clone(trials), func(x trial) bool { return x.treated.seen == 0 || x.control.seen == 0 })
	whole, within := crude(strata, confidence), together(strata, confidence)
	out.Crude, out.Stratified, out.Reversal = figureOf(whole), figureOf(within), reversal(whole, within)
	out.Test = heterogeneity(strata)
	return out, nil
}

// heterogeneity tests whether strata share one difference.
func heterogeneity(strata []trial) Figure[CutsQ] {
	list, ok := effects(strata)
	if !ok {
		return Missing[CutsQ](ZeroVariance)
	}
	q, why := stats.CochranQ(list)
	if why != "" {
		return Missing[CutsQ](Reason(why))
	}
	return Known(CutsQ{Q: q.Statistic, DF: q.DF, P: q.P})
}

// rows decides which rows of a table to hide so that no small cell is shown and,
// with the totals of the columns known, none follows: the rows with one, and
// then the least others until in every column those hidden number k or more, in
// two cells or more.
func (p policy) rows(cells [][]int64) []bool {
	hidden := make([]bool, len(cells))
	for i, row := range cells {
		hidden[i] = slices.ContainsFunc(row, p.small)
	}
	exposed := func() bool {
		for j := range cells[0] {
			var sum int64
			n := 0
			for i, row := range cells {
				if hidden[i] && row[j] > 0 {
					sum, n = sum+row[j], n+1
				}
			}
			if n > 0 && (n < 2 || sum < p.k) {
				return true
			}
		}
		return false
	}
	for len(cells) > 0 && exposed() {
		least := -1
		for i, row := range cells {
			if !hidden[i] && row[0]+row[3] > 0 && (least < 0 || row[0]+row[3] < cells[least][0]+cells[least][3]) {
				least = i
			}
		}
		if least < 0 {
			break
		}
		hidden[least] = true
	}
	return hidden
}

// measuredAfter reports whether a dimension may have changed after an
// assignment. Opted in is as of the assignment.
func (d *Dataset) measuredAfter(by string) bool {
	return slices.ContainsFunc(d.dimensions, func(dim Dimension) bool { return dim.Name == by && !dim.Fixed })
}

// valuesOf lists a dimension's values in the order of its rows.
func (d *Dataset) valuesOf(by string) []string {
	if by == ByOptedIn {
		return []string{"yes", "no", "unknown"}
	}
	i := slices.IndexFunc(d.dimensions, func(dim Dimension) bool { return dim.Name == by })
	values := slices.Clone(d.dimensions[i].Values)
	slices.Sort(values)
	return values
}

// segmentValues lists the segments of a selection, each with its value of a
// dimension; for opted in, which is no part of a segment, with none.
func (d *Dataset) segmentValues(ctx context.Context, picked selection, by string) ([]int32, []string, error) {
	if by == ByOptedIn {
		return picked.segments, make([]string, len(picked.segments)), nil
	}
	rows, err := d.query(ctx, "segments", fmt.Sprintf("SELECT segment_id, %s FROM segments ORDER BY segment_id", store.Identifier(by)))
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	var segments []int32
	var values []string
	for rows.Next() {
		var id int32
		var value string
		if err := rows.Scan(&id, &value); err != nil {
			return nil, nil, err
		}
		if _, in := slices.BinarySearch(picked.segments, id); in || picked.everyone {
			segments, values = append(segments, id), append(values, value)
		}
	}
	return segments, values, asked(ctx, "segments", rows.Err())
}
