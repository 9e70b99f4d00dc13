package queries

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"accord/queries/stats"
)

// answerDays is how long a request waits for its answer: as the roll-up counts.
const answerDays = 30

// A request is what became of the requests under one notice made in one way.
type request struct {
	notice, mechanism, method          string
	since, until                       Date
	requests, answered, opted, waiting int64
}

func (r request) plus(o request) request {
	r.since, r.until = min(cmp.Or(r.since, o.since), cmp.Or(o.since, r.since)), max(r.until, o.until)
	r.requests, r.answered, r.opted, r.waiting = r.requests+o.requests, r.answered+o.answered, r.opted+o.opted, r.waiting+o.waiting
	return r
}

// funnel fills in what became of requests.
func (d *Dataset) funnel(ctx context.Context, f Filter, picked selection, out *Consent) error {
	quarter := !picked.everyone
	var since any
	if f.Since != "" {
		since = string(monthOf(f.Since, quarter))
	}
	args := []any{sql.Named("segments", picked.segments), sql.Named("purpose", out.Purpose), sql.Named("since", since), sql.Named("until", string(monthOf(out.Until, quarter)))}
	var found []request
	err := d.each(ctx, "requests", args, func(rows *sql.Rows) error {
		var r request
		err := rows.Scan(&r.notice, &r.mechanism, &r.method, &r.since, &r.until, &r.requests, &r.answered, &r.opted, &r.waiting)
		found = append(found, r)
		return err
	})
	if err != nil {
		return err
	}
	out.Funnel = d.policy.funnel(found)
	if n := &out.Funnel; n.Until != "" {
		months := 1
		if quarter {
			months = 3
		}
		n.Until = min(DateOf(n.Until.Time().AddDate(0, months, -1)), d.provenance.AsOf)
	}
	return nil
}

// smallRequest reports whether a figure of the row would be about 1 to k-1 people.
func (p policy) smallRequest(r request) bool {
	return p.small(r.requests-r.answered) || p.small(r.answered-r.opted) || p.small(r.opted)
}

// funnel lays out requests by way of asking and notice. Ways that are too rare
// under any notice are one row; where that is small as well it is withheld, and
// with it whatever it would follow from.
func (p policy) funnel(found []request) Funnel {
	out := Funnel{Days: answerDays, Rows: []FunnelRow{}, Within: []MethodContrast{}, Crude: Missing[Estimate](NotRecorded), Adjusted: Missing[Estimate](NotRecorded), Differ: Missing[float64](NotRecorded)}
	var notices, methods []string
	byMethod := map[string]int64{}
	rare := map[string]bool{}
	var all request
	for _, r := range found {
		if !slices.Contains(notices, r.notice) {
			notices = append(notices, r.notice)
		}
		if !slices.Contains(methods, r.method) {
			methods = append(methods, r.method)
		}
		byMethod[r.method] += r.requests
		rare[r.method] = rare[r.method] || p.smallRequest(r)
		all = all.plus(r)
	}
	out.Waiting, out.Since, out.Until = p.count(all.waiting), all.since, all.until
	if all.requests == 0 {
		out.Missing = NotRecorded
		if all.waiting > 0 {
			out.Missing = NotMature
		}
		return out
	}
	slices.SortStableFunc(methods, func(a, b string) int { return cmp.Compare(byMethod[b], byMethod[a]) })
	shown := slices.DeleteFunc(slices.Clone(methods), func(m string) bool { return rare[m] })
	sum := func(notice string, keep func(method string) bool) request {
		s := request{notice: notice}
		for _, r := range found {
			if r.notice == notice && keep(r.method) {
				s, s.mechanism = s.plus(r), r.mechanism
			}
		}
		return s
	}
	type way struct {
		method string
		others bool
		keep   func(string) bool
	}
	var ways []way
	for _, m := range shown {
		ways = append(ways, way{m, false, func(x string) bool { return x == m }})
	}
	hidden := false // a row that would follow from the totals
	if len(shown) < len(methods) {
		ways = append(ways, way{"", true, func(x string) bool { return rare[x] }})
		for _, notice := range notices {
			hidden = hidden || p.smallRequest(sum(notice, ways[len(ways)-1].keep))
		}
	}
	cells := map[string][]request{} // by notice, along ways
	for _, w := range ways {
		for _, notice := range notices {
			r := sum(notice, w.keep)
			r.method = w.method
			cells[notice] = append(cells[notice], r)
			if r.requests > 0 {
				row := p.funnelRow(r, false)
				row.Others = w.others
				out.Rows = append(out.Rows, row)
			}
		}
	}
	if len(ways) > 1 {
		for _, notice := range notices {
			row := p.funnelRow(sum(notice, func(string) bool { return true }), hidden)
			row.All = true
			out.Rows = append(out.Rows, row)
		}
	}
	named := slices.DeleteFunc(slices.Clone(notices), func(n string) bool { return n == "" })
	if len(named) < 2 {
		return out
	}
	out.Older, out.Newer = named[len(named)-2], named[len(named)-1]
	var whole stats.Stratum
	var strata []stats.Stratum
	var effects []stats.Effect
	level := 1 - (1-confidence)/float64(len(ways))
	for i, w := range ways {
		older, newer := cells[out.Older][i], cells[out.Newer][i]
		s := stats.Stratum{Treated: newer.proportion(), Control: older.proportion()}
		whole.Treated.N, whole.Treated.Successes = whole.Treated.N+newer.requests, whole.Treated.Successes+newer.opted
		whole.Control.N, whole.Control.Successes = whole.Control.N+older.requests, whole.Control.Successes+older.opted
		if newer.requests == 0 || older.requests == 0 || p.smallRequest(newer) || p.smallRequest(older) {
			continue
		}
		strata = append(strata, s)
		if e, why := stats.ShareEffect(s.Treated, s.Control); why == "" {
			effects = append(effects, e)
		}
		out.Within = append(out.Within, MethodContrast{
			Method: w.method, Others: w.others, Older: p.rate(older.opted, older.requests), Newer: p.rate(newer.opted, newer.requests),
			Change: figureOf(stats.ShareDifference(s.Treated, s.Control, level)),
		})
	}
	crude, adjusted := stats.ShareDifference(whole.Treated, whole.Control, confidence), stats.MantelHaenszel(strata, confidence)
	out.Crude, out.Adjusted = figureOf(crude), figureOf(adjusted)
	if hidden {
		out.Crude = Missing[Estimate](Complement)
	}
	together, there := out.Crude.Value()
	out.Reversed = there && together.ExcludesZero() && slices.ContainsFunc(out.Within, func(c MethodContrast) bool {
		e, there := c.Change.Value()
		return there && e.ExcludesZero() && e.Value*together.Value < 0
	})
	q, why := stats.CochranQ(effects)
	if out.Differ = numberOf(q.P, why); why == "" && q.P < 1-confidence {
		out.Adjusted = Missing[Estimate](WaysDisagree)
	}
	return out
}

func (r request) proportion() stats.Proportion {
	return stats.Proportion{Successes: r.opted, N: r.requests}
}

// funnelRow is a row; one of which any figure is small says none.
func (p policy) funnelRow(r request, hidden bool) FunnelRow {
	row := FunnelRow{Notice: r.notice, Mechanism: r.mechanism, Method: r.method}
	switch {
	case hidden:
		row.Requests, row.Answered, row.OptedIn = Missing[int64](Complement), noRate(Complement), noRate(Complement)
	case p.smallRequest(r):
		row.Requests, row.Answered, row.OptedIn = Missing[int64](SmallCell), noRate(SmallCell), noRate(SmallCell)
	default:
		row.Requests, row.Answered, row.OptedIn = Known(r.requests), p.rate(r.answered, r.requests), p.rate(r.opted, r.requests)
	}
	return row
}
