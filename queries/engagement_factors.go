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
