package queries

import (
	"context"
	"database/sql"
	"math"
	"strconv"

	"accord/queries/stats"
)

// effects are what the arms of a side did, against the rest; against another period,
// which has other campaigns, their means by content. All are of a fixed horizon.
func (d *Dataset) effects(ctx context.Context, s side, m Metric, versus Versus) ([]quantity, error) {
	experiments, _, err := d.experiments(ctx, s.f, s.picked)
	if err != nil {
		return nil, err
	}
	var out []quantity
	if versus != VersusRest {
		for _, g := range contents(experiments, m) {
			out = append(out, quantity{what: g.Content, of: g.Control, n: customersOf(g.trials), money: m.Money(), signed: true, figure: func(level float64) stats.Result {
				all, why := stats.RandomEffects(g.effects, level)
				if why != "" {
					return stats.Undefined(why)
				}
				return all.Mean
			}})
		}
		return out, nil
	}
	for _, e := range experiments {
		for _, t := range d.trials(e, m) {
			if t.Verdict != "" && !t.Difference.Why().Suppressed() {
				continue // no lift, whatever the customers
			}
			q := quantity{what: t.Arm, of: t.Campaign, n: customersOf([]trial{t}), money: m.Money(), signed: true, figure: t.difference}
			if t.Verdict != "" {
				q.why = t.Difference.Why()
			}
			out = append(out, q)
		}
	}
	return out, nil
}

// customersOf counts those of the arms and controls of trials whose outcome is
// recorded.
func customersOf(trials []trial) (n int64) {
	for _, t := range trials {
		n += t.treated.seen + t.control.seen
	}
	return n
}

// difference is that of the arm from its control, of a fixed horizon.
func (t trial) difference(level float64) stats.Result {
	if t.Metric.Money() {
		x, y := t.moments()
		return stats.MeanDifference(x, y, level)
	}
	return stats.ShareDifference(t.treated.proportion(), t.control.proportion(), level)
}

// measures are the measure of everyone on a side, and of each of its groups but
// those that were pooled, which need not be the same on both.
func (q *segmentQuestion) measures(d *Dataset) func(context.Context, side) ([]quantity, error) {
	return func(ctx context.Context, s side) ([]quantity, error) {
		of := segmentQuestion{f: s.f, picked: s.picked, rest: s.rest, choice: q.choice, inputs: q.inputs}
		of.choice.Across = ""
		u, err := d.grouping(ctx, &of)
		if err != nil || u.missing != "" {
			return nil, err
		}
		rows := rowsOf(u.cells, of.groups.width())
		whole := total(rows)
		shown := d.policy.shield(rows, whole, u.unsafe)
		measure := func(what string, t groupTally, v veil) quantity {
			m := quantity{what: what, n: t.n, money: q.choice.Measure == MeasureRevenue, signed: q.choice.Measure == MeasureGap, why: v.all, figure: func(level float64) result { return u.figure(t, level) }}
			for i, why := range v.parts {
				if why != "" && (i == 0 || t.beside) {
					m.why = why
				}
			}
			if m.why == "" && t.n == 0 {
				m.why = NobodyThere
			}
			if u.at != "" {
				m.stock, m.day = append([]int64{t.n}, t.parts...), u.at
			}
			return m
		}
		// A sum over months that begin before anything was bought is of fewer months.
		if q.choice.Measure == MeasureRevenue && s.f.Since != "" && (len(u.steps) == 0 || u.steps[0].at > s.f.Since.monthEnd()) {
			return nil, nil
		}
		out := []quantity{measure("", whole, shown.whole)}
		for r, t := range rows {
			if len(rows) == 1 {
				break // it is the whole
			}
			if of.groups.pooledRows == 0 || r < len(rows)-1 {
				out = append(out, measure(of.groups.rows[r], t, shown.rows[r]))
			}
		}
		return out, nil
	}
}

// measures are the metrics of all the messages of a side.
func (q *engagementQuestion) measures(ctx context.Context, s side) ([]quantity, error) {
	sent, err := q.sendings(ctx, s.f, q.channel, s.picked.segments, make([]int32, len(s.picked.segments)), true)
	if err != nil {
		return nil, err
	}
	of := *q
	of.sent = sent
	var out []quantity
	for _, x := range engagementMetrics {
		if q.in.seen[x.metric] == 0 {
			continue
		}
		sum := of.sumOf(x.metric, func(*sending) bool { return true })
		m := quantity{what: string(x.metric), n: sum.total.seen, money: x.metric.Money(), figure: sum.figure, widely: of.amongCampaigns(sum)}
		switch {
		case len(sent) == 0:
			m.why = NothingInPeriod
		case sum.total.seen == 0:
			m.why = NotRecorded
		case q.policy.few(sum):
			m.why = SmallCell
		case x.metric == ClickToOpen && of.clickedUnopened():
			m.why = Complement
		}
		out = append(out, m)
	}
	return out, nil
}

// amongCampaigns is the figure of a sum of messages with how much campaigns differ
// anyway in its interval; too few campaigns do not tell.
func (q *engagementQuestion) amongCampaigns(x *sum) func(level float64) stats.Result {
	return func(level float64) stats.Result {
		between, there := q.spread(x.metric)
		if !there {
			return stats.Undefined(stats.TooFew)
		}
		return stats.InverseVariance([]stats.Effect{{Value: x.value(), StandardError: math.Sqrt(x.variance(between))}}, level)
	}
}

// optedIn is the opt-in rate of a side's customers for each purpose, on the last
// day up to until on which those of r may be shown.
func (d *Dataset) optedIn(ctx context.Context, s side, r register, days []Date, until Date) ([]quantity, error) {
	of, err := d.register(ctx, s.picked)
	if err != nil {
		return nil, err
	}
	var out []quantity
	for _, purpose := range d.purposes {
		if s.f.Purpose != "" && purpose != s.f.Purpose {
			continue
		}
		rate := noRate(SmallCell)
		if at := lastOn(d.policy.calm(days, []tally{r.tally(purpose)}), until); at != "" {
			rate = d.policy.rate(stock(of.express[purpose], at), stock(of.known, at))
		}
		out = append(out, quantityOfRate(purpose, rate))
	}
	return out, nil
}

// shared is the shares of a side's customers who share data for so many purposes
// or more, at the end of its period.
func (d *Dataset) shared(ctx context.Context, s side) ([]quantity, error) {
	days, err := d.pathDays(ctx, s.picked)
	if err != nil {
		return nil, err
	}
	from, until, there := periodOf(s.f, days)
	if !there {
		return nil, nil
	}
	at := Trust{From: days[from].day, Until: days[until].day}
	if err := d.ladder(ctx, s.picked, &at); err != nil || at.Ladder.Missing != "" {
		return nil, err
	}
	known, _ := at.Ladder.Known.Value()
	var out []quantity
	for least := 1; least <= thirdPurpose; least++ {
		var n int64
		why := at.Ladder.Known.Why()
		for _, r := range at.Ladder.Rungs {
			if r.Purposes < least {
				continue
			}
			share, shown := r.Now.Numerator.Value()
			if n += share; !shown {
				why = Complement
			}
		}
		q := quantityOfRate(strconv.Itoa(least), d.policy.rate(n, known))
		if why != "" {
			q.why = why
		}
		q.stock, q.day = []int64{n, known}, at.Until
		out = append(out, q)
	}
	return out, nil
}

// kept is what a side's records show. The counts are exempt from suppression, as
// all of an Audit. Consents are whole, whatever the period: they are compared with
// the rest alone.
func (d *Dataset) kept(ctx context.Context, s side) ([]quantity, error) {
	var sent Sent
	if err := d.sent(ctx, s.f, s.picked, &sent); err != nil || sent.Missing == NoInput {
		return nil, err
	}
	share := func(what string, n, of int64, why Reason) quantity {
		return quantity{what: what, n: of, why: why, figure: func(level float64) stats.Result { return stats.Share(stats.Proportion{Successes: n, N: of}, level) }}
	}
	out := []quantity{share(SentWithout, sent.Without, sent.Messages, sent.Missing), share(SentInGrace, sent.Grace, sent.Messages, sent.Missing)}
	if s.f.Since != "" || s.f.Until != "" {
		return out, nil
	}
	var proof Proof
	err := d.proof(ctx, []any{sql.Named("segments", s.picked.segments)}, &proof)
	return append(out, share(ProofComplete, proof.Complete, proof.Grants, proof.Missing)), err
}
