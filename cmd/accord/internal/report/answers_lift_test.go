package report

import (
	"cmp"
	"slices"

	"accord/queries"
	"accord/queries/stats"
)

// fakeArm is an arm by its size and the share that clicks.
type fakeArm struct {
	name  string
	n     int64
	click float64
}

// A fakeCampaign is a campaign, its control first.
type fakeCampaign struct {
	id, name, channel string
	started           queries.Date
	arms              []fakeArm
}

var fakeMetrics = []queries.Metric{queries.HumanClick, queries.Visit, queries.Revenue, queries.HumanOpen, queries.Unsubscribe}

func (a fakeArm) proportion(m queries.Metric) stats.Proportion {
	scale := map[queries.Metric]float64{queries.Visit: 1.8, queries.HumanOpen: 3, queries.Unsubscribe: 0.05}
	return stats.Proportion{Successes: int64(float64(a.n) * a.click * cmp.Or(scale[m], 1)), N: a.n}
}

func (a fakeArm) money() stats.Moments {
	mean := a.click * 14
	m, _ := stats.MomentsFromSums(a.n, mean*float64(a.n), (mean*mean+81)*float64(a.n))
	return m
}

func (a fakeArm) part(share float64) fakeArm {
	return fakeArm{a.name, int64(float64(a.n) * share), a.click * (0.7 + 0.6*share)}
}

func fakeFigure(r stats.Result) queries.Figure[queries.Estimate] {
	e, why := r.Estimate()
	if why != "" {
		return queries.Missing[queries.Estimate](queries.Reason(why))
	}
	return queries.Known(e)
}

func fakeNumber(x float64, why stats.Degenerate) queries.Figure[float64] {
	if why != "" {
		return queries.Missing[float64](queries.Reason(why))
	}
	return queries.Known(x)
}

func (a fakeArm) outcome(m queries.Metric) queries.Outcome {
	p := a.proportion(m)
	o := queries.Outcome{Metric: m, N: queries.Known(a.n), People: queries.Known(p.Successes)}
	if m.Money() {
		o.Total, o.Value = queries.Known(a.money().Mean*float64(a.n)), fakeFigure(stats.MeanInterval(a.money(), 0.95))
		return o
	}
	o.Total, o.Value = queries.Known(float64(p.Successes)), fakeFigure(stats.Share(p, 0.95))
	return o
}

// against compares an arm with a control, at the level of the view.
func (a fakeArm) against(control fakeArm, c fakeCampaign, m queries.Metric, level float64) queries.Comparison {
	x := queries.Comparison{Campaign: c.id, Name: c.name, Started: c.started, Arm: a.name, Content: a.name, Control: control.name, Metric: m, Policy: queries.FixedHorizon}
	if m.Money() {
		x.Difference, x.Relative = fakeFigure(stats.MeanDifference(a.money(), control.money(), level)), fakeFigure(stats.MeanRatio(a.money(), control.money(), level))
		x.P = fakeNumber(stats.MeanP(a.money(), control.money()))
		x.Detectable = fakeNumber(stats.DetectableDifference(control.money().Variance, a.n, control.n, level, 0.8))
	} else {
		p, q := a.proportion(m), control.proportion(m)
		x.Difference, x.Relative = fakeFigure(stats.ShareDifference(p, q, level)), fakeFigure(stats.ShareRatio(p, q, level))
		x.P = fakeNumber(stats.ShareP(p, q))
		moments, _ := q.Moments()
		x.Detectable = fakeNumber(stats.DetectableDifference(moments.Variance, a.n, control.n, level, 0.8))
	}
	judge(&x)
	return x
}

func judge(x *queries.Comparison) {
	switch e, ok := x.Difference.Value(); {
	case !ok:
		x.Verdict = queries.CannotCompute
	case e.Low > 0:
		x.Verdict = queries.Higher
	case e.High < 0:
		x.Verdict = queries.Lower
	default:
		x.Verdict = queries.TooSmall
	}
}

// mute takes a comparison's figures away.
func mute(x *queries.Comparison, v queries.Verdict, why queries.Reason) {
	x.Verdict = v
	x.Difference, x.Relative = queries.Missing[queries.Estimate](why), queries.Missing[queries.Estimate](why)
	x.P, x.Adjusted, x.Detectable = queries.Missing[float64](why), queries.Missing[float64](why), queries.Missing[float64](why)
}

// adjusted judges comparisons together, as the queries do.
func adjusted(list []queries.Comparison, at func(i int, level float64) queries.Comparison) queries.Rule {
	rule := queries.Rule{Level: 0.95, Policy: queries.FixedHorizon}
	var open []int
	var p []float64
	for i, x := range list {
		if v, ok := x.P.Value(); ok {
			open, p = append(open, i), append(p, v)
		}
	}
	q, why := stats.BenjaminiHochberg(p)
	if why != "" {
		return rule
	}
	rule.Compared = len(p)
	for _, v := range q {
		if v < 0.05 {
			rule.Found++
		}
	}
	rule.Level, _ = stats.FalseCoverage(0.95, max(rule.Found, 1), len(p))
	for j, i := range open {
		list[i] = at(i, rule.Level)
		list[i].Adjusted, list[i].Among = queries.Known(q[j]), len(p)
	}
	return rule
}

// fakeLift answers as the queries would for campaigns. The one named wrong has
// a split that went wrong, the second arm of the one named late is immature.
func fakeLift(campaigns []fakeCampaign, c queries.Choice, wrong, late string) queries.Lift {
	l := queries.Lift{Comparisons: []queries.Comparison{}, Campaigns: []queries.CampaignLift{}}
	l.Choices = queries.Choices{
		By: []string{queries.ByOptedIn, "region"}, Sorts: []string{queries.ByCertainty, queries.BySize, queries.ByDate},
		Policies: []string{queries.FixedHorizon, queries.AlwaysValid},
	}
	for _, m := range fakeMetrics {
		l.Choices.Measures = append(l.Choices.Measures, string(m))
	}
	l.Choice = queries.Choice{
		By: cmp.Or(c.By, queries.ByOptedIn), Measure: cmp.Or(c.Measure, string(queries.HumanClick)), Sort: cmp.Or(c.Sort, queries.ByCertainty),
		Policy: cmp.Or(c.Policy, queries.FixedHorizon), Campaign: c.Campaign, Arm: c.Arm,
	}
	m := queries.Metric(l.Choice.Measure)
	type place struct {
		campaign    fakeCampaign
		arm, contol fakeArm
	}
	var places []place
	for _, c := range campaigns {
		l.Campaigns = append(l.Campaigns, c.lift(c.id == wrong))
		for i, a := range c.arms[1:] {
			x := a.against(c.arms[0], c, m, 0.95)
			switch {
			case c.id == wrong:
				mute(&x, queries.NoVerdictSRM, queries.SplitWentWrong)
			case c.id == late && i == 1:
				mute(&x, queries.NotYet, queries.NotMature)
			}
			l.Comparisons, places = append(l.Comparisons, x), append(places, place{c, a, c.arms[0]})
		}
	}
	l.Rule = adjusted(l.Comparisons, func(i int, level float64) queries.Comparison {
		return places[i].arm.against(places[i].contol, places[i].campaign, m, level)
	})
	slices.SortStableFunc(l.Comparisons, func(a, b queries.Comparison) int {
		x, _ := a.Difference.Value()
		y, _ := b.Difference.Value()
		far := func(e queries.Estimate) float64 { return max(e.Value, -e.Value) / max(e.High-e.Low, 1e-9) }
		switch l.Choice.Sort {
		case queries.ByDate:
			return cmp.Compare(b.Started, a.Started)
		case queries.BySize:
			return cmp.Compare(y.Value, x.Value)
		}
		return cmp.Compare(far(y), far(x))
	})
	at := slices.IndexFunc(l.Comparisons, func(x queries.Comparison) bool {
		return (c.Campaign == "" || x.Campaign == c.Campaign || x.Name == c.Campaign) && (c.Arm == "" || x.Arm == c.Arm)
	})
	x := l.Comparisons[max(at, 0)]
	l.Choice.Campaign, l.Choice.Arm = x.Campaign, x.Arm
	from := places[slices.IndexFunc(places, func(p place) bool { return p.campaign.id == x.Campaign && p.arm.name == x.Arm })]
	l.Arm = queries.ArmLift{Comparison: x, Guardrails: []queries.Comparison{}, CUPED: queries.CUPED{
		Difference: x.Difference, StandardError: queries.Known(0.0102), Adjusted: queries.Known(0.0097)}}
	if m != queries.Unsubscribe {
		g := from.arm.against(from.contol, from.campaign, queries.Unsubscribe, 0.95)
		if x.Difference.Why() != "" {
			mute(&g, x.Verdict, x.Difference.Why())
		}
		l.Arm.Guardrails = append(l.Arm.Guardrails, g)
	}
	if m.Money() {
		l.Arm.Capped = x.Difference
	}
	l.Cut = fakeCut(l, x, from.arm, from.contol, from.campaign)
	l.Pool = fakePool(campaigns, wrong, m)
	return l
}

func (c fakeCampaign) lift(wrong bool) queries.CampaignLift {
	out := queries.CampaignLift{
		Campaign: c.id, Name: c.name, Channel: c.channel, Started: c.started, Control: c.arms[0].name,
		SampleRatio: queries.Known(queries.SampleRatio{ChiSquared: 0.21, DF: len(c.arms) - 1, P: 0.87}), InTwoArms: queries.Known[int64](0),
	}
	if wrong {
		out.SplitWrong, out.SampleRatio = true, queries.Known(queries.SampleRatio{ChiSquared: 55.67, DF: 1, P: 8.6e-14})
		out.InTwoArms = queries.Known[int64](12)
	}
	for i, a := range c.arms {
		arm := queries.ArmOutcome{
			Arm: a.name, Content: a.name, Control: i == 0, Planned: queries.Known(1 / float64(len(c.arms))),
			Assigned: queries.Known(a.n), Mature: queries.Known(a.n), Delivered: queries.Known(a.n - a.n/40), Outcomes: []queries.Outcome{},
		}
		for _, m := range fakeMetrics {
			arm.Outcomes = append(arm.Outcomes, a.outcome(m))
		}
		out.Arms = append(out.Arms, arm)
	}
	return out
}

func fakeCut(l queries.Lift, x queries.Comparison, arm, control fakeArm, c fakeCampaign) queries.Cut {
	cut := queries.Cut{By: l.Choice.By, Rule: queries.Rule{Level: 0.95, Policy: queries.FixedHorizon}, Rows: []queries.CutRow{}, After: l.Choice.By == "region"}
	if why := x.Difference.Why(); why != "" {
		cut.Missing = why
		return cut
	}
	var list []queries.Comparison
	values, shares := []string{"yes", "no"}, []float64{0.4, 0.6}
	if cut.By == "region" {
		values, shares = []string{"BC", "ON", "QC"}, []float64{0.2, 0.5, 0.3}
	}
	for i, v := range values {
		a, b := arm.part(shares[i]), control.part(shares[i])
		cut.Rows = append(cut.Rows, queries.CutRow{Value: v, Treated: a.outcome(x.Metric), Control: b.outcome(x.Metric)})
		list = append(list, a.against(b, c, x.Metric, 0.95))
	}
	cut.Rule = adjusted(list, func(i int, level float64) queries.Comparison {
		return arm.part(shares[i]).against(control.part(shares[i]), c, x.Metric, level)
	})
	for i := range list {
		cut.Rows[i].Comparison = list[i]
	}
	cut.Test = queries.Known(queries.CutsQ{Q: 1.83, DF: len(values) - 1, P: 0.176})
	cut.Crude, cut.Stratified = x.Difference, x.Difference
	return cut
}

func fakePool(campaigns []fakeCampaign, wrong string, m queries.Metric) queries.Pool {
	pool := queries.Pool{Rule: queries.Rule{Level: 0.95, Policy: queries.FixedHorizon}, Rows: []queries.PoolRow{}}
	for _, content := range []string{"personalised", "values", "transparency"} {
		row := queries.PoolRow{Content: content, Control: "generic", Campaigns: []string{}}
		var effects []stats.Effect
		for _, c := range campaigns {
			for _, a := range c.arms[1:] {
				if a.name == content && c.id != wrong && c.arms[0].name == "generic" {
					e, _ := stats.ShareEffect(a.proportion(m), c.arms[0].proportion(m))
					effects, row.Campaigns = append(effects, e), append(row.Campaigns, c.name)
				}
			}
		}
		s, why := stats.RandomEffects(effects, 0.95)
		if why != "" {
			continue
		}
		row.Mean = queries.Comparison{Arm: content, Content: content, Control: "generic", Metric: m, Policy: queries.FixedHorizon, Difference: fakeFigure(s.Mean),
			P: fakeNumber(stats.RandomEffectsP(effects))}
		row.Mean.Adjusted, row.Mean.Among = row.Mean.P, 3
		judge(&row.Mean)
		row.Prediction, row.I2 = fakeFigure(s.Prediction), queries.Known(s.I2)
		row.Stratified, row.Crude = fakeFigure(stats.InverseVariance(effects, 0.95)), fakeFigure(stats.InverseVariance(effects, 0.95))
		pool.Rows = append(pool.Rows, row)
	}
	pool.Rule.Compared = len(pool.Rows)
	return pool
}
