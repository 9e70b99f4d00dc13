package queries

import (
	"math/big"

	"accord/queries/stats"
)

// inFull is all there is to know of one comparison of a campaign.
func (d *Dataset) inFull(e experiment, t trial, level float64) ArmLift {
	full := ArmLift{Comparison: t.Comparison, Guardrails: []Comparison{}}
	for _, m := range Metrics() {
		if !m.Guardrail() || m == t.Metric {
			continue
		}
		for _, g := range d.trials(e, m) {
			if g.Arm == t.Arm && g.Arm != "" && g.Verdict != NoOutcome {
				g.alone(t.Policy)
				full.Guardrails = append(full.Guardrails, g.Comparison)
			}
		}
	}
	full.CUPED = e.cuped(t, level)
	if t.Metric.Money() {
		full.Capped = t.capped(level)
	}
	return full
}

// cuped adjusts a comparison by the measure from before the assignment, where
// both arms have it for everyone whose outcome is recorded.
func (e experiment) cuped(t trial, level float64) CUPED {
	none := func(why Reason) CUPED {
		return CUPED{Missing[Estimate](why), Missing[float64](why), Missing[float64](why)}
	}
	if why := t.Difference.Why(); why != "" {
		return none(why)
	}
	scale := 1.0
	if t.Metric.Money() {
		scale = 100
	}
	arms := make([]stats.CrossSums, 2)
	for i, s := range []metricSums{t.treated, t.control} {
		if s.preSeen != s.seen {
			return none(NotRecorded)
		}
		arms[i] = stats.CrossSums{N: s.seen, SumY: s.total, SumYY: s.squares, SumX: s.pre, SumXX: s.preSquares, SumXY: s.products}
	}
	adjusted, why := stats.CUPED(arms, scale, 100)
	if why != "" {
		return none(Reason(why))
	}
	before := func(s metricSums) stats.Moments {
		m, _ := stats.MomentsFromIntegers(s.seen, s.total, s.squares, scale)
		return m
	}
	return CUPED{
		Difference:    meansAt(adjusted.Arms[0], adjusted.Arms[1], t.Policy, level, stats.MethodCUPEDWelch),
		StandardError: errorOf(stats.MeanEffect(before(t.treated), before(t.control))),
		Adjusted:      errorOf(stats.MeanEffect(adjusted.Arms[0], adjusted.Arms[1])),
	}
}

// capped is the difference in revenue with large amounts capped.
func (t trial) capped(level float64) Figure[Estimate] {
	if why := t.Difference.Why(); why != "" {
		return Missing[Estimate](why)
	}
	var arms [2]stats.Moments
	for i, s := range []metricSums{t.treated, t.control} {
		m, why := stats.MomentsFromIntegers(s.seen, s.capped, s.cappedSquares, 100)
		if why != "" {
			return Missing[Estimate](Reason(why))
		}
		arms[i] = m
	}
	return meansAt(arms[0], arms[1], t.Policy, level, stats.MethodWelch)
}

// meansAt is the difference of two means by a policy. method names that of the
// fixed horizon.
func meansAt(treated, control stats.Moments, policy string, level float64, method string) Figure[Estimate] {
	if policy == AlwaysValid {
		return figureOf(stats.AlwaysValidDifference(treated, control, stats.AlwaysValidTuning(alwaysTuning, confidence, level), level))
	}
	f := figureOf(stats.MeanDifference(treated, control, level))
	if e, there := f.Value(); there {
		e.Method = method
		return Known(e)
	}
	return f
}

func errorOf(e stats.Effect, why stats.Degenerate) Figure[float64] {
	return numberOf(e.StandardError, why)
}

// plusSums adds up the sums of several groups of customers.
func plusSums(groups ...metricSums) metricSums {
	out := metricSums{}
	fields := func(s *metricSums) []**big.Int {
		return []**big.Int{&s.total, &s.squares, &s.capped, &s.cappedSquares, &s.pre, &s.preSquares, &s.products}
	}
	for _, to := range fields(&out) {
		*to = new(big.Int)
	}
	for _, g := range groups {
		out.seen, out.people, out.preSeen = out.seen+g.seen, out.people+g.people, out.preSeen+g.preSeen
		for i, from := range fields(&g) {
			if *from != nil {
				(*fields(&out)[i]).Add(*fields(&out)[i], *from)
			}
		}
	}
	return out
}

// effectOf is the difference with its standard error.
func (t trial) effectOf() (stats.Effect, stats.Degenerate) {
	if t.Metric.Money() {
		x, y := t.moments()
		return stats.MeanEffect(x, y)
	}
	return stats.ShareEffect(t.treated.proportion(), t.control.proportion())
}

// together is the difference that strata share, held to be one: Mantel-Haenszel
// for shares, inverse variances for money.
func together(strata []trial, level float64) stats.Result {
	if len(strata) > 0 && strata[0].Metric.Money() {
		var effects []stats.Effect
		for _, t := range strata {
			e, why := t.effectOf()
			if why != "" {
				return stats.Undefined(why)
			}
			effects = append(effects, e)
		}
		return stats.InverseVariance(effects, level)
	}
	var list []stats.Stratum
	for _, t := range strata {
		list = append(list, stats.Stratum{Treated: t.treated.proportion(), Control: t.control.proportion()})
	}
	return stats.MantelHaenszel(list, level)
}

// crude is the difference with strata thrown together.
func crude(strata []trial, level float64) stats.Result {
	if len(strata) == 0 {
		return stats.Undefined(stats.NoStrata)
	}
	var treated, control []metricSums
	for _, t := range strata {
		treated, control = append(treated, t.treated), append(control, t.control)
	}
	whole := trial{Comparison: Comparison{Metric: strata[0].Metric}, treated: plusSums(treated...), control: plusSums(control...)}
	if whole.Metric.Money() {
		x, y := whole.moments()
		return stats.MeanDifference(x, y, level)
	}
	return stats.ShareDifference(whole.treated.proportion(), whole.control.proportion(), level)
}

// reversal says whether two readings of the same customers point apart.
func reversal(crude, stratified stats.Result) stats.Reversal {
	r, _ := stats.Simpson(crude, stratified)
	return r
}

// effects lists those of trials; ok is false where one has none.
func effects(trials []trial) (list []stats.Effect, ok bool) {
	for _, t := range trials {
		e, why := t.effectOf()
		if why != "" {
			return nil, false
		}
		list = append(list, e)
	}
	return list, true
}
