package queries

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"

	"accord/queries/stats"
)

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
	leastSteps   = 20  // in which the outcome happened: the test takes it for spread out
	leastEvents  = 3   // steps in which it happened, and in which it did not
	leastInAWeek = 100 // messages of a step
)

// An outcome is a weekly rate over steps of whole weeks.
type outcome struct {
	name  string
	steps []observation
}

// An observation is a rate from the end of one day to that of another.
type observation struct {
	from, at Date
	value    float64
}

// outcomesOf are the outcomes over the steps that the answer shows, and of nothing
// else: as factors are known, what it withholds of single weeks would follow from how
// they go together.
func (x *EngagementAround) outcomesOf() []outcome {
	click, entry, exit := outcome{name: ClickOutcome}, outcome{name: EntryOutcome}, outcome{name: ExitOutcome}
	whole := func(from, at Date) bool { return from.weekEnd() == from && at.weekEnd() == at && from < at }
	for _, s := range x.Clicks {
		e, there := s.Figure.Value()
		if n, _ := s.N.Value(); there && n >= leastInAWeek && whole(s.From, s.At) {
			click.steps = append(click.steps, observation{s.From, s.At, e.Value})
		}
	}
	for _, s := range x.Entries {
		if known, there := s.Rate.Denominator.Value(); there && known > 0 && whole(s.From, s.At) {
			each := float64(known) * s.Weeks()
			entry.steps = append(entry.steps, observation{s.From, s.At, float64(s.Entries) / each})
			exit.steps = append(exit.steps, observation{s.From, s.At, float64(s.Exits) / each})
		}
	}
	return []outcome{click, entry, exit}
}

// over is the mean of the factor over the weeks of an observation, so many weeks
// before: of what happened or did not, the share of weeks in which it did. Values may
// be missing.
func (f factor) over(o observation, lag int) (mean float64, known bool) {
	n := 0
	for at := o.at; at > o.from; at = at.AddDays(-week) {
		x, there := f.weeks[at.AddDays(-lag*week)]
		if f.valued && !there {
			return 0, false
		}
		mean, n = mean+x, n+1
	}
	return mean / float64(n), n > 0
}

// fill correlates every factor with every outcome up to mostLag weeks later.
func (a *Associations) fill(factors []factor, outcomes []outcome) {
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
				on, some := 0, 0 // steps in which it happened, and with an outcome
				for _, s := range o.steps {
					x, known := f.over(s, lag)
					if !known {
						continue
					}
					if x != 0 {
						on++
					}
					if s.value != 0 {
						some++
					}
					l.Weeks += int(math.Round(weeksBetween(s.from, s.at)))
					l.x, l.y = append(l.x, x), append(l.y, s.value)
				}
				if some < leastSteps || (!f.valued && (on < leastEvents || len(l.x)-on < leastEvents)) {
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
