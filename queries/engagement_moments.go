package queries

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"

	"accord/queries/stats"
)

// hourWidths are the hours that a cell of the week can hold.
var hourWidths = []int{1, 2, 3, 4, 6, 12, 24}

// The share of messages that may be in cells of few people before cells widen,
// and the p-value below which times are taken to go by who people are.
const (
	thinAtMost = 0.10
	unevenP    = 0.001
)

// An hourSum is the messages delivered within hours of a weekday.
type hourSum struct {
	weekday, hour int
	n, did        int64
	expected      float64
}

// moments compares the hours of the week.
func (d *Dataset) moments(ctx context.Context, q *engagementQuestion, out *Engagement) error {
	m := &out.Moments
	m.Metric = HumanClick
	if q.metric == HumanOpen || q.metric == Conversion {
		m.Metric = q.metric
	}
	if m.Metric == HumanClick && q.in.seen[HumanClick] == 0 {
		m.Missing = NotRecorded
		return nil
	}
	var all, spread []hourSum
	args := []any{sql.Named("segments", q.picked.segments), sql.Named("channel", q.channel), sql.Named("metric", string(m.Metric))}
	err := d.each(ctx, "moments", args, func(rows *sql.Rows) error {
		var h hourSum
		var of bool
		err := rows.Scan(&of, &h.weekday, &h.hour, &h.n, &h.did, &h.expected)
		if h.n > 0 && of {
			spread = append(spread, h)
		}
		if h.n > 0 {
			all = append(all, h)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(all) == 0 {
		m.Missing = NoDates
		return nil
	}
	cells := spread
	if m.Spread = len(spread) > 0; !m.Spread {
		level(all)
		cells = all
	}
	if n, did := added(cells); !q.apart(m.Metric, n, did) {
		m.Missing = Complement
		return nil
	}
	d.policy.fillMoments(m, cells)
	if !m.Spread || m.Missing != "" {
		return nil
	}
	return d.balance(ctx, q, m)
}

func added(cells []hourSum) (n, did int64) {
	for _, c := range cells {
		n, did = n+c.n, did+c.did
	}
	return n, did
}

// level expects the rate of all of every cell.
func level(cells []hourSum) {
	n, did := added(cells)
	for i := range cells {
		cells[i].expected = float64(cells[i].n) * float64(did) / float64(n)
	}
}

// widen adds up hours into cells of so many.
func widen(cells []hourSum, hours int) []hourSum {
	type place struct{ weekday, hour int }
	found := map[place]hourSum{}
	for _, c := range cells {
		at := place{c.weekday, c.hour / hours * hours}
		x := found[at]
		x.weekday, x.hour = at.weekday, at.hour
		x.n, x.did, x.expected = x.n+c.n, x.did+c.did, x.expected+c.expected
		found[at] = x
	}
	out := slices.Collect(maps.Values(found))
	slices.SortFunc(out, func(a, b hourSum) int { return cmp.Or(a.weekday-b.weekday, a.hour-b.hour) })
	return out
}

// fillMoments makes cells as narrow as people allow, and finds the best.
func (p policy) fillMoments(m *Moments, hours []hourSum) {
	var cells []hourSum
	n, did := added(hours)
	for _, w := range hourWidths {
		cells = widen(hours, w)
		m.Hours = w
		thin := int64(0)
		for _, c := range cells {
			if p.small(c.did) || p.small(c.n-c.did) {
				thin += c.n
			}
		}
		if float64(thin) <= thinAtMost*float64(n) {
			break
		}
	}
	if p.small(did) || p.small(n-did) {
		m.Missing = SmallCell
		return
	}
	m.N, m.People = Known(n), Known(did)
	counts, hidden := make([][]int64, len(cells)), make([][]bool, len(cells))
	observed, expected := make([]int64, len(cells)), make([]float64, len(cells))
	var all float64
	for i, c := range cells {
		counts[i], hidden[i] = []int64{c.did, c.n - c.did, c.n}, make([]bool, 3)
		observed[i], expected[i] = c.did, c.expected
		all += c.expected
	}
	p.protect(counts, hidden, [][2]int{{0, 2}})
	for i := range hidden { // whose number is not shown, nothing is
		hidden[i][0], hidden[i][1] = hidden[i][0] || hidden[i][2], hidden[i][1] || hidden[i][2]
	}
	p.protect(counts, hidden, [][2]int{{0, 2}})
	// Campaigns' rates are those of everyone: what is picked has a level of its own.
	rate := float64(did) / float64(n)
	if all > 0 {
		for i := range expected {
			expected[i] *= float64(did) / all
		}
	}
	shrunk, why := stats.Shrunk(observed, expected)
	for i, c := range cells {
		x := MomentCell{Weekday: c.weekday, Hour: c.hour, N: Known(c.n), People: Known(c.did)}
		switch {
		case hidden[i][0] || hidden[i][1]:
			x.Why = p.cellReason(c.did, c.n-c.did)
			if hidden[i][2] {
				x.N = Missing[int64](p.cellReason(c.n))
			}
		case why != "":
			x.Why = Reason(why)
		case expected[i] == 0:
			x.Why = NobodyThere
		}
		if x.Why != "" {
			x.Rate, x.Shrunk = Missing[float64](x.Why), Missing[float64](x.Why)
			if x.Why.Suppressed() {
				x.People = Missing[int64](x.Why)
			}
		} else {
			x.Rate, x.Shrunk = Known(rate*float64(c.did)/expected[i]), Known(rate*shrunk[i])
			m.Compared++
			if m.Best < 0 || shrunk[i] > value(m.Cells[m.Best].Shrunk)/rate {
				m.Best = i
			}
		}
		m.Cells = append(m.Cells, x)
	}
	if m.Compared < 2 {
		m.Best = -1
	}
	if m.Best >= 0 {
		m.compare(observed, expected)
	}
}

func value(f Figure[float64]) float64 {
	v, _ := f.Value()
	return v
}

// compare sets the best cell against all the others together, and against each
// of them.
func (m *Moments) compare(observed []int64, expected []float64) {
	at := 1 - (1-confidence)/float64(m.Compared)
	best := stats.EventRate{Events: observed[m.Best], Exposure: expected[m.Best]}
	var rest stats.EventRate
	for i := range observed {
		if i == m.Best {
			continue
		}
		rest.Events, rest.Exposure = rest.Events+observed[i], rest.Exposure+expected[i]
		if m.Cells[i].Why != "" {
			continue
		}
		e, why := stats.RateRatio(best, stats.EventRate{Events: observed[i], Exposure: expected[i]}, at).Estimate()
		if why != "" || e.Low <= 0 {
			m.Alike++
		}
	}
	m.Against = figureOf(stats.RateRatio(best, rest, at))
}

// balance tries whether messages came at the same hours whoever people are:
// blocks of hours by the values of each dimension.
func (d *Dataset) balance(ctx context.Context, q *engagementQuestion, m *Moments) error {
	const hours = 6
	counts := map[string]map[string][]int64{} // dimension, value: messages by block of the week
	err := d.each(ctx, "moment_split", []any{sql.Named("channel", q.channel)}, func(rows *sql.Rows) error {
		var dim, value string
		var weekday, hour int
		var n int64
		if err := rows.Scan(&dim, &value, &weekday, &hour, &n); err != nil {
			return err
		}
		if counts[dim] == nil {
			counts[dim] = map[string][]int64{}
		}
		if counts[dim][value] == nil {
			counts[dim][value] = make([]int64, 7*24/hours)
		}
		counts[dim][value][(weekday-1)*24/hours+hour/hours] += n
		return nil
	})
	if err != nil {
		return err
	}
	var tried []string
	var ps []float64
	for _, dim := range slices.Sorted(maps.Keys(counts)) {
		var table [][]int64
		for _, value := range slices.Sorted(maps.Keys(counts[dim])) {
			table = append(table, counts[dim][value])
		}
		if x, why := stats.Independence(table); why == "" {
			tried, ps = append(tried, dim), append(ps, x.P)
		}
	}
	adjusted, _ := stats.Holm(ps)
	for i, dim := range tried {
		if adjusted[i] < unevenP {
			m.Uneven = append(m.Uneven, dim)
		} else {
			m.Balanced = append(m.Balanced, dim)
		}
	}
	return nil
}
