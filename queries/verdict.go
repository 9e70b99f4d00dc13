package queries

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
)

// attention lists what a reader should know before trusting the lifts: splits
// that went wrong first, then missing outcomes, customers in two arms,
// immature campaigns and, last, those too small to tell.
func attention(experiments []experiment, primary []trial) []Attention {
	out := []Attention{}
	for _, c := range experiments {
		if c.SplitWrong {
			a := Attention{Kind: SplitWrong, Campaign: c.Name, Dimension: c.SplitBy, P: Missing[float64](c.SampleRatio.Why())}
			if ratio, there := c.SampleRatio.Value(); there {
				a.P = Known(ratio.P)
			}
			out = append(out, a)
		}
		if n, there := c.InTwoArms.Value(); !there || n > 0 {
			out = append(out, Attention{Kind: InTwoArms, Campaign: c.Name, N: c.InTwoArms})
		}
		out = append(out, c.immature()...)
		for _, a := range c.Arms {
			if a.Content == holdout {
				continue // nothing was meant to happen there
			}
			i := slices.IndexFunc(primary, func(t trial) bool { return t.Campaign == c.Campaign && t.Arm == a.Arm })
			if i < 0 {
				continue
			}
			switch x := primary[i]; x.Verdict {
			case TooSmall:
				out = append(out, Attention{Kind: TooSmallToTell, Campaign: c.Name, Arm: a.Arm, Metric: x.Metric, Detectable: x.Detectable})
			case NoOutcome:
				out = append(out, Attention{Kind: OutcomeAbsent, Campaign: c.Name, Arm: a.Arm, Metric: x.Metric})
			}
		}
	}
	order := []AttentionKind{SplitWrong, OutcomeAbsent, InTwoArms, StillImmature, TooSmallToTell}
	slices.SortStableFunc(out, func(a, b Attention) int {
		return cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind))
	})
	// They are last, and many would hide the rest.
	if i := slices.IndexFunc(out, func(a Attention) bool { return a.Kind == TooSmallToTell }); i >= 0 && len(out)-i > mostTooSmall {
		out = append(out[:i], Attention{Kind: TooSmallToTell, N: Known(int64(len(out) - i))})
	}
	return out
}

// mostTooSmall is how many arms that are too small to tell are listed one by one.
const mostTooSmall = 2

// unasked calls attention to messages that nobody had consented to, which come
// before everything that is about figures alone.
func (d *Dataset) unasked(ctx context.Context, f Filter, picked selection) ([]Attention, error) {
	out := []Attention{}
	if len(d.purposes) == 0 {
		return out, nil
	}
	args := []any{sql.Named("segments", picked.segments), sql.Named("since", optional(f.Since)), sql.Named("until", optional(f.Until))}
	err := d.each(ctx, "unasked", args, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		if n > 0 {
			out = append(out, Attention{Kind: SentUnasked, N: d.policy.count(n)})
		}
		return err
	})
	return out, err
}

// immature says how many of a campaign's assignments wait for their window to
// end, where any do.
func (c CampaignLift) immature() []Attention {
	waiting, all := Known[int64](0), Known[int64](0)
	for _, a := range c.Arms {
		waiting, all = plus(waiting, a.Immature), plus(all, plus(a.Immature, a.Mature))
	}
	if n, there := waiting.Value(); there && n == 0 {
		return nil
	}
	return []Attention{{Kind: StillImmature, Campaign: c.Name, N: waiting, Of: all}}
}

// plus is the sum of two counts, suppressed where either is.
func plus(a, b Count) Count {
	x, ok := a.Value()
	if !ok {
		return a
	}
	y, ok := b.Value()
	if !ok {
		return b
	}
	return Known(x + y)
}
