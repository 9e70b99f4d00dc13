package queries

import (
	"cmp"
	"fmt"
	"slices"

	"accord/queries/stats"
)

// A trial is a comparison with the sums it is computed from.
type trial struct {
	Comparison
	treated, control metricSums
}

// trials lists a campaign's arms against its control on a metric, those that
// can be judged without a verdict yet. A campaign that compares nothing is one
// trial, which says why.
func (d *Dataset) trials(e experiment, m Metric) []trial {
	var out []trial
	if e.control >= 0 && slices.ContainsFunc(e.Arms[e.control].Outcomes, func(o Outcome) bool { return o.Metric == m }) {
		for i, a := range e.Arms {
			if i != e.control {
				if a.said() == holdout && len(e.Arms) > 2 && d.outcome(m, e.sums[i]).Value.Why() == OutcomeMissing {
					continue // nothing was meant to happen there
				}
				t := trial{e.comparison(a.Arm, a.Content, m), e.sums[i].metrics[m], e.sums[e.control].metrics[m]}
				if e.nobody() {
					t.close(NoAssignment, EmptyArm)
					out = append(out, t)
					continue
				}
				t.open(e.SplitWrong, d.outcome(m, e.sums[i]), d.outcome(m, e.sums[e.control]))
				out = append(out, t)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	t := trial{Comparison: e.comparison("", "", m)}
	switch {
	case e.control < 0:
		t.close(CannotCompute, NoControl)
	case len(e.Arms) < 2:
		t.close(CannotCompute, EmptyArm)
	default:
		t.close(NoOutcome, OutcomeMissing)
	}
	return []trial{t}
}

// nobody reports whether nobody was assigned to any arm.
func (e experiment) nobody() bool {
	return !slices.ContainsFunc(e.sums, func(a armSums) bool { return a.assigned > 0 })
}

func (e experiment) comparison(arm, content string, m Metric) Comparison {
	return Comparison{Campaign: e.Campaign, Name: e.Name, Started: e.Started, Arm: arm, Content: content, Control: e.Control, Metric: m, Policy: FixedHorizon}
}

// open leaves the verdict for measure to give where two outcomes can be
// compared. A split that went wrong comes before all, and what either outcome
// withholds is withheld here too.
func (t *trial) open(splitWrong bool, treated, control Outcome) {
	if splitWrong {
		t.close(NoVerdictSRM, SplitWentWrong)
		return
	}
	for i, o := range []Outcome{treated, control} {
		why := o.Value.Why()
		switch {
		case why == "":
			continue
		case why == OutcomeMissing:
			t.MissingArm = []string{t.Arm, t.Control}[i]
			t.close(NoOutcome, why)
		case why == NotMature:
			t.close(NotYet, why)
		case why.Suppressed():
			t.close(Withheld, why)
		default:
			t.close(CannotCompute, why)
		}
		return
	}
}

// close says why there is no verdict.
func (t *trial) close(v Verdict, why Reason) {
	t.Verdict = v
	t.Difference, t.Relative = Missing[Estimate](why), Missing[Estimate](why)
	t.P, t.Adjusted, t.Detectable = Missing[float64](why), Missing[float64](why), Missing[float64](why)
}

// p fills in the p-value of a trial that is open.
func (t *trial) p(policy string) {
	t.Policy = policy
	if !t.Metric.Money() && policy == FixedHorizon {
		t.P = numberOf(stats.ShareP(t.treated.proportion(), t.control.proportion()))
		return
	}
	x, y := t.moments()
	if policy == FixedHorizon {
		t.P = numberOf(stats.MeanP(x, y))
		return
	}
	t.P = numberOf(stats.AlwaysValidP(x, y, alwaysTuning, confidence))
}

// measure fills in the intervals of a trial that is open, at a level, and what
// they let one say.
func (t *trial) measure(level float64) {
	tuning := stats.AlwaysValidTuning(alwaysTuning, confidence, level)
	x, y := t.moments()
	switch {
	case t.Policy == AlwaysValid:
		t.Difference = figureOf(stats.AlwaysValidDifference(x, y, tuning, level))
		t.Relative = figureOf(stats.AlwaysValidRatio(x, y, tuning, level))
		t.Detectable = numberOf(stats.AlwaysValidDetectable(y.Variance, x.N, y.N, tuning, level, power))
	case t.Metric.Money():
		t.Difference = figureOf(stats.MeanDifference(x, y, level))
		t.Relative = figureOf(stats.MeanRatio(x, y, level))
		t.Detectable = numberOf(stats.DetectableDifference(y.Variance, x.N, y.N, level, power))
	default:
		a, b := t.treated.proportion(), t.control.proportion()
		t.Difference = figureOf(stats.ShareDifference(a, b, level))
		t.Relative = figureOf(stats.ShareRatio(a, b, level))
		t.Detectable = numberOf(stats.DetectableDifference(y.Variance, x.N, y.N, level, power))
	}
	t.judge()
}

// judge gives the verdict of a comparison's interval.
func (c *Comparison) judge() {
	e, there := c.Difference.Value()
	switch {
	case !there:
		c.Verdict = CannotCompute
	case e.Low > 0:
		c.Verdict = Higher
	case e.High < 0:
		c.Verdict = Lower
	default:
		c.Verdict = TooSmall
	}
}

// moments are those of the arm and of its control; zero where there are none,
// which everything in package stats refuses.
func (t *trial) moments() (treated, control stats.Moments) {
	return t.treated.momentsOf(t.Metric), t.control.momentsOf(t.Metric)
}

func (s metricSums) momentsOf(m Metric) stats.Moments {
	var out stats.Moments
	if m.Money() {
		out, _ = s.moments()
	} else {
		out, _ = s.proportion().Moments()
	}
	return out
}

// adjust judges trials that are shown together by one Rule.
func adjust(trials []trial, policy string) Rule {
	var open []*trial
	for i := range trials {
		if trials[i].Verdict == "" {
			trials[i].p(policy)
			open = append(open, &trials[i])
		}
	}
	comparisons := make([]*Comparison, len(open))
	for i, t := range open {
		comparisons[i] = &t.Comparison
	}
	rule := adjustP(comparisons)
	rule.Policy = policy
	for _, t := range open {
		t.measure(rule.Level)
	}
	return rule
}

// adjustP adjusts the p-values of comparisons (Benjamini-Hochberg) and says at
// what level their intervals agree with them: with R found of m, every p found
// is at most R·alpha/m and every other is above (R+1)·alpha/m.
func adjustP(comparisons []*Comparison) Rule {
	rule := Rule{Level: confidence, Policy: FixedHorizon}
	var judged []*Comparison
	var p []float64
	for _, c := range comparisons {
		c.Adjusted = Missing[float64](c.P.Why())
		if x, there := c.P.Value(); there {
			judged, p = append(judged, c), append(p, x)
		}
	}
	rule.Compared = len(p)
	adjusted, why := stats.BenjaminiHochberg(p)
	if why != "" {
		return rule
	}
	for i, q := range adjusted {
		judged[i].Adjusted, judged[i].Among = Known(q), len(p)
		if q < 1-confidence {
			rule.Found++
		}
	}
	if level, why := stats.FalseCoverage(confidence, max(rule.Found, 1), len(p)); why == "" {
		rule.Level = level
	}
	return rule
}

// alone judges a trial taken by itself, at 95 %.
func (t *trial) alone(policy string) {
	if t.Verdict == "" {
		t.p(policy)
		t.Adjusted = Missing[float64](NotAsked)
		t.measure(confidence)
	}
}

// sortTrials orders trials: what may be judged before what may not and then the
// most certain or the largest first, or the latest first.
func sortTrials(trials []trial, by string) {
	slices.SortStableFunc(trials, func(a, b trial) int {
		if by == ByDate {
			return cmp.Compare(b.Started, a.Started) // undated are last
		}
		if c := cmp.Compare(a.standing(), b.standing()); c != 0 {
			return c
		}
		if by == BySize {
			return cmp.Compare(b.size(), a.size())
		}
		return cmp.Compare(b.distance(), a.distance())
	})
}

// standing is 0 for comparisons with a verdict, 1 for the others.
func (c Comparison) standing() int {
	if c.found() || c.Verdict == TooSmall {
		return 0
	}
	return 1
}

// size is the difference, 0 where there is none.
func (c Comparison) size() float64 {
	e, _ := c.Difference.Value()
	return e.Value
}

// chosen is the trial that a Choice names, by the campaign's id or name, or
// else the most certain; -1 where no arm is compared.
func chosen(trials []trial, c Choice) (int, error) {
	best, campaigns := -1, []string{}
	for i, t := range trials {
		if (c.Campaign == t.Campaign || c.Campaign == t.Name) && (c.Arm == "" || c.Arm == t.Arm) && c.Campaign != "" {
			return i, nil
		}
		if t.Arm != "" && (best < 0 || t.standing() < trials[best].standing() ||
			t.standing() == trials[best].standing() && t.distance() > trials[best].distance()) {
			best = i
		}
		if !slices.Contains(campaigns, t.Campaign) {
			campaigns = append(campaigns, t.Campaign)
		}
	}
	switch {
	case c.Campaign != "" && slices.ContainsFunc(trials, func(t trial) bool { return c.Campaign == t.Campaign || c.Campaign == t.Name }):
		return -1, fmt.Errorf("campaign %s has no arm %s that is compared", c.Campaign, c.Arm)
	case c.Campaign != "":
		return -1, fmt.Errorf("campaign=%s is not known: write %s", c.Campaign, nearest(c.Campaign, campaigns))
	}
	return best, nil
}
