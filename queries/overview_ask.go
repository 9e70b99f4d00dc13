package queries

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"accord/queries/stats"
)

// strongest is how many lifts an overview shows.
const strongest = 5

// holdout is the content of arms that get nothing.
const holdout = "holdout"

// Overview answers the manager's questions at a glance, for the customers and
// the period that f picks.
func (d *Dataset) Overview(ctx context.Context, f Filter) (Overview, error) {
	picked, err := d.pick(ctx, f)
	if err != nil {
		return Overview{}, err
	}
	o := Overview{OptIn: []PurposeRate{}, Trend: Trend{Points: []TrendPoint{}}, Lifts: []Comparison{}}
	unasked := []Attention{}
	err = concurrently(ctx,
		func(ctx context.Context) error {
			var err error
			if o.Stance, err = d.stance(about(ctx, "stance"), f); err != nil {
				return err
			}
			return d.optIn(about(ctx, "opt_in", "trend"), f, picked, &o)
		},
		func(ctx context.Context) error { return d.strongest(ctx, f, picked, &o) },
		func(ctx context.Context) (err error) {
			unasked, err = d.unasked(about(ctx, "attention"), f, picked)
			return err
		})
	if err != nil {
		return Overview{}, err
	}
	o.Attention = append(unasked, o.Attention...)
	return o, nil
}

// strongest answers from the campaigns, and lists what needs attention.
func (d *Dataset) strongest(ctx context.Context, f Filter, picked selection, o *Overview) error {
	experiments, why, err := d.experiments(about(ctx, "lifts", "attention"), f, picked)
	if err != nil {
		return err
	}
	primary := d.primary(experiments)
	o.NoLifts, o.LiftRule = why, adjust(primary, FixedHorizon)
	o.Lifts = strongestOf(primary)
	o.Attention = attention(experiments, primary)
	if n, there := d.provenance.Customers.Value(); there && n == 0 {
		o.Attention = append(o.Attention, Attention{Kind: NothingLoaded})
	} else if d.provenance.AsOf == "" {
		o.Attention = append(o.Attention, Attention{Kind: NoDaysKnown})
	}
	return d.each(about(ctx, "attention"), "rejected", nil, func(rows *sql.Rows) error {
		var input string
		var n, of int64
		if err := rows.Scan(&input, &n, &of); err != nil {
			return err
		}
		o.Attention = append(o.Attention, Attention{Kind: RowsRejected, Input: input, N: Known(n), Of: Known(of)})
		return nil
	})
}

// stance answers from the survey.
func (d *Dataset) stance(ctx context.Context, f Filter) (Stance, error) {
	picked, ok, err := d.pickSurvey(ctx, f)
	var refused *RefusedError
	switch {
	case !d.surveyed:
		return Stance{Missing: NoInput}, nil
	case errors.As(err, &refused):
		return Stance{Missing: SmallCell}, nil
	case err != nil:
		return Stance{}, err
	case !ok:
		return Stance{Missing: NoSuchColumn}, nil
	}
	var s Stance
	var n [3]int64
	var weight [3]float64
	var squares float64
	args := []any{sql.Named("everyone", picked.everyone), sql.Named("segments", picked.segments), sql.Named("since", optional(f.Since)), sql.Named("until", optional(f.Until))}
	err = d.each(ctx, "stances", args, func(rows *sql.Rows) error {
		var stance, first, last string
		var count int64
		var w, w2 float64
		if err := rows.Scan(&stance, &count, &w, &w2, &first, &last); err != nil {
			return err
		}
		i := slices.Index([]string{"willing", "sceptical", "undecided"}, stance)
		if i < 0 { // not of a load's making
			return errors.New("the store holds an unknown stance: load its sources again")
		}
		n[i], weight[i] = count, w
		squares += w2
		if s.Since == "" || (first != "" && Date(first) < s.Since) {
			s.Since = Date(first)
		}
		s.Until = max(s.Until, Date(last))
		return nil
	})
	if err != nil {
		return Stance{}, err
	}
	d.fillStance(&s, n, weight, squares)
	return s, nil
}

// fillStance makes the weighted shares and applies the policy: first to
// willing against not willing, then to the two parts of the latter.
func (d *Dataset) fillStance(s *Stance, n [3]int64, weight [3]float64, squares float64) {
	total, weights := n[0]+n[1]+n[2], weight[0]+weight[1]+weight[2]
	if total == 0 {
		s.Missing = NothingInPeriod
		return
	}
	if d.policy.small(total) {
		s.Missing = SmallCell
		return
	}
	s.N = Known(total)
	s.EffectiveN = Known(weights * weights / squares)
	rate := func(n int64, w float64) Rate {
		return d.policy.rateOf(n, total, figureOf(stats.WeightedShare(w/weights, weights, squares, confidence)))
	}
	s.Willing = rate(n[0], weight[0])
	s.NotWilling = rate(n[1]+n[2], weight[1]+weight[2])
	s.Sceptical, s.Undecided = rate(n[1], weight[1]), rate(n[2], weight[2])
	for i, hidden := range d.policy.partition([]int64{n[0], n[1] + n[2]}) {
		if hidden {
			[]*Rate{&s.Willing, &s.NotWilling}[i].withhold()
		}
	}
	_, whole := s.NotWilling.Numerator.Value()
	for i, hidden := range d.policy.partition(n[1:]) {
		if hidden || !whole {
			[]*Rate{&s.Sceptical, &s.Undecided}[i].withhold()
		}
	}
}

// primary picks, of each arm, the comparison on the outcome nearest to what
// people do: click, else visit, else conversion. A holdout that is not the
// control is left out: its difference is the lack of any message.
func (d *Dataset) primary(experiments []experiment) []trial {
	var out []trial
	for _, e := range experiments {
		var best []trial // by arm
		for _, m := range []Metric{HumanClick, Visit, Conversion} {
			for _, t := range d.trials(e, m) {
				i := slices.IndexFunc(best, func(b trial) bool { return b.Arm == t.Arm })
				switch {
				case t.Arm == "" || t.Content == holdout:
				case i < 0:
					best = append(best, t)
				case best[i].Verdict == NoOutcome && t.Verdict != NoOutcome:
					best[i] = t
				}
			}
		}
		out = append(out, best...)
	}
	return out
}

// strongestOf lists the most certain of the comparisons that show a difference.
func strongestOf(primary []trial) []Comparison {
	best := []Comparison{}
	for _, t := range primary {
		if t.found() {
			best = append(best, t.Comparison)
		}
	}
	slices.SortStableFunc(best, func(a, b Comparison) int { return cmp.Compare(b.distance(), a.distance()) })
	return best[:min(len(best), strongest)]
}

// found reports whether the comparison shows a difference.
func (c Comparison) found() bool { return c.Verdict == Higher || c.Verdict == Lower }

// distance is how far the difference lies from zero, in half-widths of its
// interval: it orders by certainty where p-values are too small to tell apart.
func (c Comparison) distance() float64 {
	e, there := c.Difference.Value()
	if !there || e.High == e.Low {
		return 0
	}
	if e.Value < 0 {
		return e.Value / (e.Value - e.High)
	}
	return e.Value / (e.Value - e.Low)
}

// optional is d as an argument: NULL where it is empty.
func optional(d Date) any {
	if d == "" {
		return nil
	}
	return string(d)
}
