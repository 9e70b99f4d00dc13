package words

import "accord/queries"

// Attention says in one sentence what a reader should know before trusting
// figures.
func (p *Printer) Attention(a queries.Attention) string {
	n, of := p.some(a.N), p.Count(a.Of)
	campaign := a.Campaign
	switch a.Kind {
	case queries.NothingLoaded:
		return p.Say("No customer was loaded: there is nothing to look at.")
	case queries.NoDaysKnown:
		return p.Say("Nothing in the data has a day, so nothing is shown over time.")
	case queries.SentUnasked:
		return p.Say("Sent without a valid consent: %s messages; Audit says which.", n)
	case queries.RowsRejected:
		return p.Say("File %[1]s: %[2]s of %[3]s rows were rejected and are not counted.", p.Input(a.Input), n, of)
	case queries.SplitWrong:
		if a.Dimension == queries.ByDay {
			return p.Say("%s: the arms' shares changed after the start, so there is no verdict.", campaign)
		}
		if a.Dimension != "" {
			return p.Say("%[1]s: the arms were not allotted alike by %[2]s, so there is no verdict.", campaign, p.Name(a.Dimension))
		}
		if _, ok := a.P.Value(); !ok {
			return p.Say("%s: the split went wrong, so there is no verdict.", campaign)
		}
		return p.Say("%[1]s: the split went wrong (%[2]s), so there is no verdict.", campaign, p.PFigure(a.P))
	case queries.TooSmallToTell:
		if campaign == "" {
			return p.Say("%s arms are too small to tell: Lift says what each could have shown.", n)
		}
		if x, ok := a.Detectable.Value(); ok {
			return p.Say("%[1]s: too small to tell for %[2]s on %[3]s; only a difference of %[4]s or more would be seen four times out of five.",
				campaign, p.Name(a.Arm), p.MetricRate(a.Metric), p.Detectable(a.Metric, x))
		}
		return p.Say("%[1]s: too small to tell for %[2]s on %[3]s.", campaign, p.Name(a.Arm), p.MetricRate(a.Metric))
	case queries.StillImmature:
		if _, ok := a.Of.Value(); !ok {
			return p.Say("%[1]s: %[2]s assignments are still in their outcome window and are left out.", campaign, n)
		}
		return p.Say("%[1]s: %[2]s of %[3]s assignments are still in their outcome window and are left out.", campaign, n, of)
	case queries.OutcomeAbsent:
		return p.Say("%[1]s: %[2]s has no record of %[3]s at all, which is missing, not zero.", campaign, p.Name(a.Arm), p.MetricRate(a.Metric))
	case queries.InTwoArms:
		if _, ok := a.Of.Value(); !ok {
			return p.Say("%[1]s: %[2]s customers were in two arms and are left out of both.", campaign, n)
		}
		return p.Say("%[1]s: %[2]s of %[3]s customers were in two arms and are left out of both.", campaign, n, of)
	}
	return p.Say("Needs attention: %s", Slug(string(a.Kind)))
}

// NoAttention says that nothing needs attention.
func (p *Printer) NoAttention() string { return p.Say("Nothing in the data needs attention.") }

// some writes a number before a noun inside a sentence, "some" where it is
// withheld.
func (p *Printer) some(c queries.Count) string {
	n, ok := c.Value()
	switch {
	case ok:
		return p.Int(n)
	case c.Why() == queries.SmallCell && p.MinCell > 0:
		return p.Say("fewer than %s", p.Int(int64(p.MinCell)))
	}
	return p.Say("some")
}
