package queries

import (
	"cmp"
	"context"
	"database/sql"
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
	x.Clicks = d.policy.coursed(clicks)
	whole := tally{}
	if len(d.purposes) > 0 {
		r, err := d.register(ctx, q.picked)
		if err != nil {
			return err
		}
		x.Purpose = d.mainOf(q.f, r)
		whole = r.tally(x.Purpose)
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
		if !f.valued {
			continue
		}
		s := FactorSeries{Kind: f.kind, Label: f.label, Points: []FactorWeek{}}
		for _, at := range weekEnds(x.Since, x.Until) {
			if v, there := f.weeks[at]; there {
				s.Points = append(s.Points, FactorWeek{at, v})
			}
		}
		if len(s.Points) > 1 {
			x.Values = append(x.Values, s)
		}
	}
	if len(factors) == 0 {
		out.Factors.Missing = NoInput
		return nil
	}
	out.Factors.fill(factors, outcomesOf(clicks, whole, x.Since, x.Until), weekEnds(x.Since, x.Until))
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

// spread is the variance of a share between campaigns, beyond chance (Paule and
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
		if !q.policy.few(x) && x.total.did > 0 && x.total.did < x.total.seen {
			effects = append(effects, stats.Effect{Value: x.share(), StandardError: math.Sqrt(x.chance())})
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

// leastCampaigns is how many tell how much campaigns differ.
const leastCampaigns = 3

func (x *sum) share() float64 { return float64(x.total.did) / float64(x.total.seen) }

// chance is the variance of the share as a sample of messages.
func (x *sum) chance() float64 {
	return x.factor * x.share() * (1 - x.share()) / float64(x.total.seen)
}

// variance is that of the share, campaigns differing by so much: over the number
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

// A factor is a series of weeks: means of its values, or 1 where it happened.
type factor struct {
	kind, label string
	valued      bool
	weeks       map[Date]float64
}

// factorWeeks reads the factors. One that names regions counts where the filter
// picks customers of some, if it is one of those.
func (d *Dataset) factorWeeks(ctx context.Context, f Filter) ([]factor, error) {
	var regions any
	for _, t := range f.Terms {
		if t.Dimension == "region" && !t.Not {
			regions = t.Values
		}
	}
	var out []factor
	err := d.each(ctx, "factor_weeks", []any{sql.Named("regions", regions), sql.Named("as_of", string(d.provenance.AsOf))}, func(rows *sql.Rows) error {
		var kind, label string
		var at Date
		var value sql.NullFloat64
		var days int64
		if err := rows.Scan(&kind, &label, &at, &value, &days); err != nil {
			return err
		}
		if n := len(out); n == 0 || out[n-1].kind != kind || out[n-1].label != label || out[n-1].valued != value.Valid {
			out = append(out, factor{kind, label, value.Valid, map[Date]float64{}})
		}
		out[len(out)-1].weeks[at] = 1
		if value.Valid {
			out[len(out)-1].weeks[at] = value.Float64
		}
		return nil
	})
	return out, err
}

// What associations need and try.
const (
	mostLag      = 4   // weeks
	leastWeeks   = 20  // with both
	leastEvents  = 3   // weeks in which it happened, and in which it did not
	leastInAWeek = 100 // messages
)

// An outcome is a weekly rate.
type outcome struct {
	name  string
	weeks map[Date]float64
}

// outcomesOf are the outcomes of the period's whole weeks.
func outcomesOf(clicks []weekSum, t tally, since, until Date) []outcome {
	click := outcome{ClickOutcome, map[Date]float64{}}
	for _, w := range clicks {
		if w.total.seen >= leastInAWeek && w.at.weekEnd() == w.at {
			click.weeks[w.at] = float64(w.total.did) / float64(w.total.seen)
		}
	}
	entry, exit := outcome{EntryOutcome, map[Date]float64{}}, outcome{ExitOutcome, map[Date]float64{}}
	for _, at := range weekEnds(since, until) {
		from := at.AddDays(-week)
		known := float64(t.known.stock(from)+t.known.stock(at)) / 2
		if at.weekEnd() != at || from < since.AddDays(-1) || known == 0 {
			continue
		}
		in := t.express.moves(from, at)
		entry.weeks[at], exit.weeks[at] = float64(in.starts)/known, float64(in.ends)/known
	}
	return []outcome{click, entry, exit}
}

// fill correlates every factor with every outcome up to mostLag weeks later.
func (a *Associations) fill(factors []factor, outcomes []outcome, weeks []Date) {
	type look struct {
		Association
		x, y []float64
		p    float64
	}
	var looks []look
	for _, f := range factors {
		for _, o := range outcomes {
			for lag := range mostLag + 1 {
				l := look{Association: Association{Factor: f.kind, Label: f.label, Outcome: o.name, Lag: lag}}
				on := 0
				for _, at := range weeks {
					y, there := o.weeks[at]
					x, known := f.weeks[at.AddDays(-lag*week)]
					if !there || (f.valued && !known) {
						continue
					}
					if x != 0 {
						on++
					}
					l.x, l.y = append(l.x, x), append(l.y, y)
				}
				l.Weeks = len(l.x)
				if l.Weeks < leastWeeks || (!f.valued && (on < leastEvents || l.Weeks-on < leastEvents)) {
					continue
				}
				p, why := stats.CorrelationP(l.x, l.y)
				if why != "" {
					continue
				}
				l.p = p
				looks = append(looks, l)
			}
		}
	}
	a.Compared = len(looks)
	if len(looks) == 0 {
		a.Missing = TooFewToMeasure
		return
	}
	slices.SortStableFunc(looks, func(x, y look) int { return cmp.Compare(x.p, y.p) })
	for _, l := range looks {
		l.P = Known(math.Min(1, l.p*float64(len(looks))))
		l.Correlation = figureOf(stats.Correlation(l.x, l.y, 1-(1-confidence)/float64(len(looks))))
		if e, there := l.Correlation.Value(); there && e.ExcludesZero() {
			a.Found++
		}
		a.Rows = append(a.Rows, l.Association)
	}
}
