package queries

import (
	"cmp"
	"slices"

	"accord/queries/stats"
)

// pool puts all campaigns together, by the content of their arms and of their
// controls. It uses no arm whose outcome is withheld. The policy is that of the
// view; pooled intervals are of a fixed horizon, and say so.
func pool(experiments []experiment, m Metric) Pool {
	groups := contents(experiments, m)
	means := make([]*Comparison, len(groups))
	for i, g := range groups {
		g.Mean = Comparison{Arm: g.Content, Content: g.Content, Control: g.Control, Metric: m, Policy: FixedHorizon, P: numberOf(stats.RandomEffectsP(g.effects))}
		means[i] = &g.Mean
	}
	out := Pool{Rule: adjustP(means), Rows: []PoolRow{}}
	for _, g := range groups {
		s, why := stats.RandomEffects(g.effects, out.Rule.Level)
		missing := Missing[Estimate](Reason(why))
		g.Mean.Difference, g.Prediction, g.I2 = missing, missing, Missing[float64](Reason(why))
		g.Mean.Relative, g.Mean.Detectable = Missing[Estimate](NotAsked), Missing[float64](NotAsked)
		if why == "" {
			g.Mean.Difference, g.Prediction, g.I2 = figureOf(s.Mean), figureOf(s.Prediction), Known(s.I2)
		}
		g.Mean.judge()
		crude, stratified := crude(g.trials, confidence), together(g.trials, confidence)
		g.Crude, g.Stratified, g.Reversal = figureOf(crude), figureOf(stratified), reversal(crude, stratified)
		out.Rows = append(out.Rows, g.PoolRow)
	}
	return out
}

// A pooled is the campaigns that set one content against one control.
type pooled struct {
	PoolRow
	trials  []trial
	effects []stats.Effect // of trials
}

// contents are the groups of campaigns, those of most campaigns first.
func contents(experiments []experiment, m Metric) []*pooled {
	var groups []*pooled
	for _, e := range experiments {
		if e.control < 0 || e.SplitWrong || !e.Arms[e.control].usable(m) {
			continue
		}
		control := e.Arms[e.control].said()
		byContent := map[string][]trial{}
		for i, a := range e.Arms {
			if i != e.control && a.usable(m) && a.said() != holdout {
				byContent[a.said()] = append(byContent[a.said()], trial{e.comparison(a.Arm, a.said(), m), e.sums[i].metrics[m], e.sums[e.control].metrics[m]})
			}
		}
		for content, trials := range byContent {
			effect, why := sharedControl(trials)
			if why != "" {
				continue
			}
			at := slices.IndexFunc(groups, func(g *pooled) bool { return g.Content == content && g.Control == control })
			if at < 0 {
				at = len(groups)
				groups = append(groups, &pooled{PoolRow: PoolRow{Content: content, Control: control}})
			}
			g := groups[at]
			g.Campaigns = append(g.Campaigns, e.Name)
			g.effects = append(g.effects, effect)
			g.trials = append(g.trials, merged(trials))
		}
	}
	slices.SortFunc(groups, func(a, b *pooled) int {
		return cmp.Or(cmp.Compare(len(b.Campaigns), len(a.Campaigns)), cmp.Compare(a.Content, b.Content), cmp.Compare(a.Control, b.Control))
	})
	return groups
}

// said is an arm's content, or where none is given its name.
func (a ArmOutcome) said() string { return cmp.Or(a.Content, a.Arm) }

// usable reports whether an arm's outcome on a metric is there and shown.
func (a ArmOutcome) usable(m Metric) bool {
	return slices.ContainsFunc(a.Outcomes, func(o Outcome) bool {
		_, there := o.Value.Value()
		return o.Metric == m && there
	})
}

// sharedControl makes one effect of arms with one control.
func sharedControl(trials []trial) (stats.Effect, stats.Degenerate) {
	var treated []stats.Moments
	var control stats.Moments
	for i := range trials {
		x, y := trials[i].moments()
		treated, control = append(treated, x), y
	}
	return stats.SharedControl(treated, control)
}

// merged throws arms with one control together.
func merged(trials []trial) trial {
	out := trials[0]
	var treated []metricSums
	for _, t := range trials {
		treated = append(treated, t.treated)
	}
	out.treated = plusSums(treated...)
	return out
}
