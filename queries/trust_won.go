package queries

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"accord/queries/stats"
)

// wonArm is an arm's place among the arms of all campaigns.
type wonArm struct {
	campaign int32
	arm      string
}

// won fills in what each content did to consents.
func (d *Dataset) won(ctx context.Context, f Filter, picked selection, all []experiment, out *Trust) error {
	var experiments []experiment
	for _, e := range all {
		if (f.Since == "" || e.Started >= f.Since) && (f.Until == "" || e.Started != "" && e.Started <= f.Until) {
			experiments = append(experiments, e)
		}
	}
	if len(experiments) == 0 {
		out.Won.Missing = NoInput
		if d.campaigns {
			out.Won.Missing = NothingInPeriod
		}
		return nil
	}
	again, err := d.proportions(ctx, "won_kept", []any{sql.Named("segments", picked.segments)})
	if err != nil {
		return err
	}
	sceptics, err := d.proportions(ctx, "stance_won", []any{sql.Named("everyone", picked.everyone), sql.Named("segments", picked.segments), sql.Named("stance", "sceptical")})
	if err != nil {
		return err
	}
	rows := wonRows(experiments)
	if len(rows) == 0 {
		out.Won.Missing = OutcomeMissing
		if !slices.ContainsFunc(experiments, func(e experiment) bool { return recorded(e.sums, ConsentWon) }) {
			out.Won.Missing = NotMature
		}
		return nil
	}
	out.Won.Level = 1 - (1-confidence)/float64(len(rows))
	for _, r := range rows {
		out.Won.Rows = append(out.Won.Rows, d.policy.wonRow(r, out.Won.Level, sceptics, again))
	}
	slices.SortStableFunc(out.Won.Rows, func(a, b WonRow) int {
		if a.Randomised != b.Randomised {
			return map[bool]int{true: -1, false: 1}[a.Randomised]
		}
		x, there := a.Won.Value()
		y, also := b.Won.Value()
		if there != also {
			return map[bool]int{true: -1, false: 1}[there]
		}
		return cmp.Or(cmp.Compare(y.Value, x.Value), cmp.Compare(a.Content, b.Content), cmp.Compare(a.Control, b.Control))
	})
	return nil
}

// proportions reads, by arm, how many of how many.
func (d *Dataset) proportions(ctx context.Context, file string, args []any) (map[wonArm]stats.Proportion, error) {
	out := map[wonArm]stats.Proportion{}
	err := d.each(ctx, file, args, func(rows *sql.Rows) error {
		var a wonArm
		var p stats.Proportion
		err := rows.Scan(&a.campaign, &a.arm, &p.N, &p.Successes)
		out[a] = p
		return err
	})
	return out, err
}

// A wonContrast is an arm of a campaign against its control, or against everyone
// else assigned.
type wonContrast struct {
	arm     wonArm
	against []wonArm
	sums    armSums
	others  []armSums
}

type wonGroup struct {
	WonRow
	contrasts []wonContrast
}

// wonRows are the contents that can be compared. Where a split went wrong, or a
// campaign has no control, a difference is an association.
func wonRows(experiments []experiment) []*wonGroup {
	var groups []*wonGroup
	for _, e := range experiments {
		for i, a := range e.Arms {
			if i == e.control || a.said() == holdout || !a.usable(ConsentWon) {
				continue
			}
			label, control := e.label(i), ""
			c := wonContrast{arm: wonArm{e.key, a.Arm}, sums: e.sums[i]}
			switch {
			case e.control >= 0 && !e.Arms[e.control].usable(ConsentWon):
				continue
			case e.control >= 0:
				control = e.Arms[e.control].said()
				c.against, c.others = []wonArm{{e.key, e.Control}}, []armSums{e.sums[e.control]}
			default:
				c.against, c.others = elsewhere(experiments, label)
			}
			randomised := e.control >= 0 && !e.SplitWrong
			at := slices.IndexFunc(groups, func(g *wonGroup) bool {
				return g.Content == label && g.Control == control && g.Randomised == randomised
			})
			if at < 0 {
				at = len(groups)
				groups = append(groups, &wonGroup{WonRow: WonRow{Content: label, Control: control, Randomised: randomised}})
			}
			groups[at].Campaigns = append(groups[at].Campaigns, e.Name)
			groups[at].contrasts = append(groups[at].contrasts, c)
		}
	}
	return groups
}

// label is an arm's content, or its name where another arm of the campaign has
// the same content.
func (e experiment) label(i int) string {
	for j, a := range e.Arms {
		if j != i && a.said() == e.Arms[i].said() {
			return e.Arms[i].Arm
		}
	}
	return e.Arms[i].said()
}

// elsewhere are the arms of all campaigns with another content.
func elsewhere(experiments []experiment, label string) (arms []wonArm, sums []armSums) {
	for _, e := range experiments {
		for i, a := range e.Arms {
			if e.label(i) != label && a.usable(ConsentWon) {
				arms, sums = append(arms, wonArm{e.key, a.Arm}), append(sums, e.sums[i])
			}
		}
	}
	return arms, sums
}

// wonRow fills in one row at its level.
func (p policy) wonRow(g *wonGroup, level float64, sceptics, again map[wonArm]stats.Proportion) WonRow {
	of := func(m Metric) (strata []stats.Stratum, treated, control stats.Proportion) {
		for _, c := range g.contrasts {
			s := stats.Stratum{Treated: c.sums.metrics[m].proportion()}
			for _, o := range c.others {
				s.Control = plusShares(s.Control, o.metrics[m].proportion())
			}
			strata, treated, control = append(strata, s), plusShares(treated, s.Treated), plusShares(control, s.Control)
		}
		return strata, treated, control
	}
	r := g.WonRow
	r.Arm, r.Against, r.Won = p.contrast(level)(of(ConsentWon))
	_, _, r.Withdrawn = p.contrast(level)(of(ConsentWithdrawn))
	var strata []stats.Stratum
	var treated, control, kept stats.Proportion
	for _, c := range g.contrasts {
		s := stats.Stratum{Treated: sceptics[c.arm]}
		for _, o := range c.against {
			s.Control = plusShares(s.Control, sceptics[o])
		}
		strata, treated, control = append(strata, s), plusShares(treated, s.Treated), plusShares(control, s.Control)
		kept = plusShares(kept, again[c.arm])
	}
	r.Sceptics, r.ScepticsAgainst, r.ScepticsWon = p.contrast(level)(strata, treated, control)
	r.Again = p.rate(kept.Successes, kept.N)
	return r
}

// contrast is two rates and the difference held common to their strata.
func (p policy) contrast(level float64) func([]stats.Stratum, stats.Proportion, stats.Proportion) (Rate, Rate, Figure[Estimate]) {
	return func(strata []stats.Stratum, treated, control stats.Proportion) (Rate, Rate, Figure[Estimate]) {
		a, b := p.rate(treated.Successes, treated.N), p.rate(control.Successes, control.N)
		for _, r := range []Rate{a, b} {
			if why := r.Estimate.Why(); why != "" {
				return a, b, Missing[Estimate](why)
			}
		}
		return a, b, figureOf(stats.MantelHaenszel(strata, level))
	}
}

func plusShares(a, b stats.Proportion) stats.Proportion {
	return stats.Proportion{Successes: a.Successes + b.Successes, N: a.N + b.N}
}
