package words

import (
	"accord/queries"
	"accord/queries/stats"
)

// Verdict says in one sentence what a comparison found and how sure it is: in
// points and relative to the control, or why it says nothing. "Higher" and
// "lower" are about the metric; for unsubscribes and complaints it says that
// more is worse.
func (p *Printer) Verdict(c queries.Comparison) string {
	arm, control, rate := p.Name(c.Arm), p.Name(c.Control), p.MetricRate(c.Metric)
	switch verdictOf(c) {
	case queries.Higher, queries.Lower:
		return p.moved(c, arm, control, rate)
	case queries.TooSmall:
		return p.tooSmall(c, arm, control, rate)
	case queries.NoVerdictSRM:
		return p.Say("No verdict on %[1]s of the %[2]s arm: the split went wrong, so its customers and those of the control (%[3]s) cannot be compared.", rate, arm, control)
	case queries.NoOutcome:
		if c.MissingArm != "" {
			return p.Say("No verdict on %[1]s of the %[2]s arm against the control (%[3]s): nothing was recorded for %[4]s, which is missing, not zero.", rate, arm, control, p.Name(c.MissingArm))
		}
		return p.Say("No verdict on %[1]s of the %[2]s arm: no outcome was recorded for it or for the control (%[3]s), which is missing, not zero.", rate, arm, control)
	case queries.NotYet:
		return p.Say("No verdict yet on %[1]s of the %[2]s arm: the outcome window is not over for it or for the control (%[3]s).", rate, arm, control)
	case queries.NoAssignment:
		return p.Say("No verdict on %[1]s of the %[2]s arm: nobody here was assigned to it or to the control (%[3]s), so that a difference would be an association only.", rate, arm, control)
	case queries.Withheld:
		return p.Say("Not shown: %[1]s of the %[2]s arm against the control (%[3]s) is %[4]s.", rate, arm, control, p.Reason(why(c)))
	}
	return p.Say("No verdict on %[1]s of the %[2]s arm against the control (%[3]s): %[4]s.", rate, arm, control, p.Reason(why(c)))
}

// verdictOf is a comparison's verdict; one whose size is not there is none.
func verdictOf(c queries.Comparison) queries.Verdict {
	_, sized := c.Difference.Value()
	switch {
	case sized || c.Verdict != queries.Higher && c.Verdict != queries.Lower && c.Verdict != queries.TooSmall:
		return c.Verdict
	case c.Difference.Why().Suppressed():
		return queries.Withheld
	}
	return queries.CannotCompute
}

// why is the reason a comparison has no difference.
func why(c queries.Comparison) queries.Reason {
	if r := c.Difference.Why(); r != "" && r != queries.NotAsked {
		return r
	}
	if c.Verdict == queries.Withheld {
		return queries.SmallCell
	}
	return queries.NotAsked
}

func (p *Printer) moved(c queries.Comparison, arm, control, rate string) string {
	size := p.size(c)
	higher, worse := c.Verdict == queries.Higher, c.Metric.Guardrail()
	switch {
	case higher && worse:
		return p.Say("The %[1]s arm raised %[2]s, which is worse, against the control (%[3]s): %[4]s.", arm, rate, control, size)
	case worse:
		return p.Say("The %[1]s arm lowered %[2]s, which is better, against the control (%[3]s): %[4]s.", arm, rate, control, size)
	case higher:
		return p.Say("The %[1]s arm raised %[2]s against the control (%[3]s): %[4]s.", arm, rate, control, size)
	}
	return p.Say("The %[1]s arm lowered %[2]s against the control (%[3]s): %[4]s.", arm, rate, control, size)
}

// size is the difference, the relative difference and how sure both are.
func (p *Printer) size(c queries.Comparison) string {
	d, _ := c.Difference.Value()
	difference := p.DifferenceFigure(c.Metric, c.Difference).String()
	sure := p.sure(c, d.Level)
	if r, ok := c.Relative.Value(); ok {
		return p.Say("%[1]s, or %[2]s relative to it (%[3]s)", difference, p.RelativeSpan(r).String(), sure)
	}
	return p.Say("%[1]s (%[3]s); no relative change: %[2]s", difference, p.Reason(c.Relative.Why()), sure)
}

// sure is how sure a comparison's difference is: the p-value that its verdict
// goes by, and the level of its intervals.
func (p *Printer) sure(c queries.Comparison, level float64) string {
	intervals := p.Say("%s intervals", p.Level(level))
	if c.Policy == queries.AlwaysValid {
		intervals = p.Say("%s always-valid intervals", p.Level(level))
	}
	if x, ok := c.Adjusted.Value(); ok && c.Among > 1 {
		return p.Say("%[1]s adjusted for %[2]s comparisons, %[3]s", p.P(x), p.Int(int64(c.Among)), intervals)
	}
	if x, ok := c.P.Value(); ok {
		return p.Say("%[1]s, %[2]s", p.P(x), intervals)
	}
	return intervals
}

func (p *Printer) tooSmall(c queries.Comparison, arm, control, rate string) string {
	size := p.size(c)
	if x, ok := c.Detectable.Value(); ok {
		return p.Say("Too small to tell whether the %[1]s arm changes %[2]s against the control (%[3]s): %[4]s; the test would have seen a difference of %[5]s four times out of five.",
			arm, rate, control, size, p.Detectable(c.Metric, x))
	}
	return p.Say("Too small to tell whether the %[1]s arm changes %[2]s against the control (%[3]s): %[4]s.", arm, rate, control, size)
}

// VerdictShort is Verdict in a few words, for a table cell.
func (p *Printer) VerdictShort(c queries.Comparison) string {
	switch verdictOf(c) {
	case queries.Higher:
		if c.Metric.Guardrail() {
			return p.Say("higher: worse")
		}
		return p.Say("higher")
	case queries.Lower:
		if c.Metric.Guardrail() {
			return p.Say("lower: better")
		}
		return p.Say("lower")
	case queries.TooSmall:
		return p.Say("too small to tell")
	case queries.NoVerdictSRM:
		return p.Say("no verdict: split")
	case queries.NoOutcome:
		return p.Say("no verdict: missing")
	case queries.NotYet:
		return p.Say("not yet")
	case queries.NoAssignment:
		return p.Say("association only")
	case queries.Withheld:
		return p.Say("withheld")
	}
	return p.Say("no estimate")
}

// Split says in one sentence whether a campaign's customers were allotted as
// planned.
func (p *Printer) Split(c queries.CampaignLift) string {
	s, ok := c.SampleRatio.Value()
	switch why := c.SampleRatio.Why(); {
	case c.SplitBy == queries.ByDay:
		return p.Say("Split: WENT WRONG, the arms' shares changed after the start; no verdict can be drawn.")
	case c.SplitBy != "":
		return p.Say("Split: WENT WRONG, the arms were not allotted alike by %s; no verdict can be drawn.", p.Name(c.SplitBy))
	case c.SplitWrong && !ok && why != queries.Reason(stats.UnplannedArm):
		return p.Say("Split: WENT WRONG; no verdict can be drawn.")
	case why == queries.Reason(stats.UnplannedArm):
		return p.Say("Split: WENT WRONG, %s; no verdict can be drawn.", p.Reason(why))
	case why == queries.NotRecorded:
		return p.Say("Split: not tested, no planned shares are given.")
	case !ok:
		return p.Say("Split: not tested, %s.", p.Reason(why))
	}
	test := p.Say("χ² = %[1]s, %[2]s", p.Number(s.ChiSquared, 2), p.P(s.P))
	if c.SplitWrong {
		return p.Say("Split: WENT WRONG, the arms are not as large as planned (%s); no verdict can be drawn.", test)
	}
	return p.Say("Split: no sign of an error (%s).", test)
}
