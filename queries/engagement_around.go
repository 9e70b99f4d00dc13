package queries

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"accord/queries/stats"
)

// engagementAround lays what happened beside what people did.
func (d *Dataset) engagementAround(ctx context.Context, q *engagementQuestion, out *Engagement) error {
	x := &out.Around
	asOf := d.provenance.AsOf
	clicks := q.weeks(HumanClick)
	if asOf == "" || len(clicks) == 0 {
		x.Missing, out.Factors.Missing = NoDates, NoDates
		if asOf != "" && q.in.seen[HumanClick] == 0 {
			x.Missing, out.Factors.Missing = NotRecorded, NotRecorded
		}
		return nil
	}
	x.Until = asOf
	if q.f.Until != "" {
		x.Until = min(q.f.Until, asOf)
	}
	if x.Since = q.f.Since; x.Since == "" {
		x.Since = DateOf(x.Until.Time().AddDate(-trendYears, 0, 0))
	}
	x.Clicks = q.coursed(HumanClick)
	if len(d.purposes) > 0 {
		x.Purpose = d.mainPurposeOf(q.f)
		r, err := d.registerOf(ctx, q.picked, x.Purpose, false)
		if err != nil {
			return err
		}
		whole := r.tally(x.Purpose)
		days := d.policy.calm(d.policy.safeDays(weekEnds(r.first(), asOf), r.known), []tally{whole})
		x.Entries = d.policy.course(whole, days, len(days), x.Since, x.Until).Steps
	}
	var err error
	if x.Marks, err = d.marks(ctx, x.Since, x.Until); err != nil {
		return err
	}
	x.Marks = slices.DeleteFunc(x.Marks, func(m Mark) bool { return m.Kind == CampaignMark })
	d.turns(q, x)
	factors, err := d.factorWeeks(ctx, q.f)
	if err != nil {
		return err
	}
	for _, f := range factors {
		if !f.valued && slices.ContainsFunc(x.Marks, func(m Mark) bool { return string(m.Kind) == f.kind }) {
			continue
		}
		s := FactorSeries{Kind: f.kind, Label: f.label, Points: []FactorWeek{}}
		for _, at := range weekEnds(x.Since, x.Until) {
			if v, there := f.weeks[at]; there {
				s.Points = append(s.Points, FactorWeek{at, v})
			}
		}
		switch {
		case f.valued && len(s.Points) > 1:
			x.Values = append(x.Values, s)
		case !f.valued && len(s.Points) > 0:
			x.Weeks = append(x.Weeks, s)
		}
	}
	if len(factors) == 0 {
		out.Factors.Missing = NoInput
		return nil
	}
	out.Factors.fill(factors, x.outcomesOf())
	return nil
}

// turns compares the four weeks before each mark with the four from its week on.
func (d *Dataset) turns(q *engagementQuestion, x *EngagementAround) {
	var metrics []Metric
	for _, m := range []Metric{HumanOpen, HumanClick, ClickToOpen} {
		if q.in.seen[m] > 0 {
			metrics = append(metrics, m)
		}
	}
	byMetric := map[Metric][]stepSum{}
	for _, m := range metrics {
		byMetric[m] = d.policy.safeWeeks(q.weeks(m))
	}
	between := func(m Metric, after, until Date) *sum {
		all := q.sum(m)
		for _, w := range byMetric[m] {
			if w.from >= after && w.at <= until {
				all.join(w.sum)
			}
		}
		return all
	}
	spreads := map[Metric]float64{}
	for _, m := range metrics {
		if v, there := q.spread(m); there {
			spreads[m] = v
		}
	}
	type compared struct {
		EngagementTurn
		contrast func(float64) result
		p        float64
	}
	var turns []compared
	for i := 0; i < len(x.Marks); {
		turn := x.Marks[i].Day.weekEnd().AddDays(-week)
		of := []Mark{}
		for ; i < len(x.Marks) && x.Marks[i].Day.weekEnd().AddDays(-week) == turn; i++ {
			of = append(of, x.Marks[i])
		}
		slices.SortStableFunc(of, func(a, b Mark) int { return slices.Index(telling, a.Kind) - slices.Index(telling, b.Kind) })
		for _, m := range metrics {
			before, after := between(m, turn.AddDays(-aroundDays), turn), between(m, turn, turn.AddDays(aroundDays))
			if before.total.seen == 0 || after.total.seen == 0 || d.policy.few(before) || d.policy.few(after) {
				continue
			}
			variance, there := spreads[m]
			if !there {
				continue
			}
			change := stats.Effect{Value: after.share() - before.share(), StandardError: math.Sqrt(before.variance(variance) + after.variance(variance))}
			c := compared{contrast: func(level float64) result { return stats.InverseVariance([]stats.Effect{change}, level) }}
			p, why := stats.P(c.contrast)
			if why != "" {
				continue
			}
			rate := func(s *sum) Rate { return d.policy.rateOf(s.total.did, s.total.seen, figureOf(s.figure(confidence))) }
			c.EngagementTurn, c.p = EngagementTurn{Day: of[0].Day, Marks: of, Metric: m, Before: rate(before), After: rate(after), Spread: math.Sqrt(variance)}, p
			turns = append(turns, c)
		}
	}
	x.Compared = len(turns)
	slices.SortStableFunc(turns, func(a, b compared) int { return cmp.Compare(a.p, b.p) })
	for _, c := range turns {
		c.P = Known(math.Min(1, c.p*float64(len(turns))))
		c.Change = figureOf(c.contrast(1 - (1-confidence)/float64(len(turns))))
		x.Turns = append(x.Turns, c.EngagementTurn)
	}
}

// spread is the variance of a metric between campaigns, beyond chance (Paule and
// Mandel); there is none of fewer than leastCampaigns.
func (q *engagementQuestion) spread(m Metric) (variance float64, there bool) {
	found := map[int64]*sum{}
	for i := range q.sent {
		s := &q.sent[i]
		if found[s.campaign] == nil {
			found[s.campaign] = q.sum(m)
		}
		found[s.campaign].add(s)
	}
	var effects []stats.Effect
	for _, x := range found {
		if !q.policy.few(x) && x.total.did > 0 && x.total.did < x.total.seen && x.chance() > 0 {
			effects = append(effects, stats.Effect{Value: x.value(), StandardError: math.Sqrt(x.chance())})
		}
	}
	// Adding up in another order would give another last digit.
	slices.SortFunc(effects, func(a, b stats.Effect) int {
		return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.StandardError, b.StandardError))
	})
	if len(effects) < leastCampaigns {
		return 0, false
	}
	all, why := stats.RandomEffects(effects, confidence)
	return all.Tau2, why == ""
}

// contrasts compares each of several sums of messages with all the others, where
// they are of different campaigns: with how much campaigns differ anyway. Contents
// of one campaign are less apart than that allows for: it errs on the wide side.
func (q *engagementQuestion) contrasts(cells []*sum) func(r int) func(level float64) result {
	campaigns := map[int64]bool{}
	for i := range q.sent {
		campaigns[q.sent[i].campaign] = true
	}
	between, there := q.spread(q.metric)
	there = there || len(campaigns) == 1 // which does not differ from itself
	return func(r int) func(level float64) result {
		x, rest := cells[r], q.sum(q.metric)
		for i, other := range cells {
			if i != r {
				rest.join(other)
			}
		}
		return func(level float64) result {
			switch {
			case !there:
				return stats.Undefined(stats.TooFew)
			case x.total.seen == 0 || rest.total.seen == 0:
				return stats.Undefined(stats.EmptyArm)
			}
			e := stats.Effect{Value: x.value() - rest.value(), StandardError: math.Sqrt(x.variance(between) + rest.variance(between))}
			return stats.InverseVariance([]stats.Effect{e}, level)
		}
	}
}

// contrastsWithin compares each of several groups of messages with all the others
// of the same campaigns: the mean over campaigns, whose effects differ. A campaign
// in which nothing varies tells nothing.
func (q *engagementQuestion) contrastsWithin(sent []sending, groups int, group func(*sending) int) func(r int) func(level float64) result {
	campaigns := map[int64][]*sum{}
	for i := range sent {
		s := &sent[i]
		cells := campaigns[s.campaign]
		if cells == nil {
			for range groups {
				cells = append(cells, q.sum(q.metric))
			}
			campaigns[s.campaign] = cells
		}
		cells[group(s)].add(s)
	}
	return func(r int) func(level float64) result {
		var effects []stats.Effect
		for _, campaign := range slices.Sorted(maps.Keys(campaigns)) {
			x, rest := campaigns[campaign][r], q.sum(q.metric)
			for i, other := range campaigns[campaign] {
				if i != r {
					rest.join(other)
				}
			}
			if x.total.seen == 0 || rest.total.seen == 0 || x.chance()+rest.chance() == 0 {
				continue
			}
			effects = append(effects, stats.Effect{Value: x.value() - rest.value(), StandardError: math.Sqrt(x.chance() + rest.chance())})
		}
		return func(level float64) result {
			if len(effects) == 1 {
				return stats.InverseVariance(effects, level)
			}
			pooled, why := stats.RandomEffects(effects, level)
			if why != "" {
				return stats.Undefined(why)
			}
			return pooled.Mean
		}
	}
}

// leastCampaigns is how many tell how much campaigns differ.
const leastCampaigns = 3

func (x *sum) share() float64 { return float64(x.total.did) / float64(x.total.seen) }

// value is the share, or the money for each message.
func (x *sum) value() float64 {
	if x.metric.Money() {
		return x.money / 100 / float64(x.total.seen)
	}
	return x.share()
}

// chance is the variance of the value as a sample of messages.
func (x *sum) chance() float64 {
	n := float64(x.total.seen)
	if x.metric.Money() {
		return x.factor * max(x.squares/1e4-x.money*x.money/1e4/n, 0) / n / max(n-1, 1)
	}
	return x.factor * x.share() * (1 - x.share()) / n
}

// variance is that of the value, campaigns differing by so much: over the number
// of campaigns that there are in effect.
func (x *sum) variance(between float64) float64 {
	var squares float64
	for _, n := range x.sent {
		squares += float64(n) * float64(n)
	}
	n := float64(x.total.seen)
	return x.chance() + between*squares/(n*n)
}

// weekEnd is the Sunday of a day's week.
func (d Date) weekEnd() Date { return d.AddDays((week - int(d.Time().Weekday())) % week) }
