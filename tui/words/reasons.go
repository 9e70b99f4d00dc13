package words

import (
	"accord/queries"
	"accord/queries/stats"
)

// Reason says in a clause why a figure is not there.
func (p *Printer) Reason(r queries.Reason) string {
	switch r {
	case "":
		return ""
	case queries.SmallCell, queries.Complement: // alike, so that which of them is small is not told either
		if p.MinCell > 0 {
			return p.Say("withheld (to protect fewer than %s people)", p.Int(int64(p.MinCell)))
		}
		return p.Say("withheld (to protect very few people)")
	case queries.NotAsked, queries.Reason(stats.NotComputed):
		return p.Say("not computed")
	case queries.NoInput, queries.NotRecorded:
		return p.Say("it is not in the data")
	case queries.NoDates:
		return p.Say("the data has no dates")
	case queries.NobodyThere:
		return p.Say("nobody to count")
	case queries.NothingInPeriod:
		return p.Say("nothing in these days for these people")
	case queries.NoPeriod:
		return p.Say("the period has no beginning")
	case queries.PeriodsOverlap:
		return p.Say("the period is longer than a year")
	case queries.OtherCampaigns:
		return p.Say("the campaigns are others")
	case queries.WholeMonths:
		return p.Say("the period is not of whole months")
	case queries.FixedOnly:
		return p.Say("it would be of a fixed horizon")
	case queries.SameDay:
		return p.Say("both would be of the one day that can be shown")
	case queries.NoSuchColumn:
		return p.Say("this file lacks the dimension of the filter")
	case queries.OutcomeMissing:
		return p.Say("no outcome was recorded: missing, not zero")
	case queries.NoControl:
		return p.Say("the campaign has no control arm")
	case queries.SplitWentWrong:
		return p.Say("the split went wrong")
	case queries.WaysDisagree:
		return p.Say("the groups disagree by more than chance, so nothing is common to them")
	case queries.NotMature:
		return p.Say("no outcome window is over yet")
	case queries.EmptyArm:
		return p.Say("nobody in an arm")
	case queries.ZeroVariance:
		return p.Say("everybody did the same, so no interval can be given")
	case queries.ZeroControl:
		return p.Say("the control is zero, so there is no ratio to it")
	case queries.UnboundedRatio:
		return p.Say("the control is too close to zero for a ratio to it")
	case queries.TooFewToMeasure:
		return p.Say("too few observations to measure")
	case queries.Reason(stats.NegativeControl):
		return p.Say("the control is below zero, so there is no ratio to it")
	case queries.Reason(stats.NoStrata):
		return p.Say("no group has customers in both arms")
	case queries.Reason(stats.NoEvents):
		return p.Say("it never happened, so there is nothing to compare")
	case queries.Reason(stats.NotReached):
		return p.Say("fewer than half have ended")
	case queries.Reason(stats.UnplannedArm):
		return p.Say("customers are in an arm that was to get none")
	case queries.Reason(stats.InvalidLevel), queries.Reason(stats.Invalid):
		return p.Say("the data is contradictory")
	case queries.Reason(stats.Overflow):
		return p.Say("the number is too large")
	}
	return p.Say("not available (%s)", Slug(string(r)))
}

// ReasonShort is Reason in a word or two, for a table cell.
func (p *Printer) ReasonShort(r queries.Reason) string {
	switch r {
	case "":
		return ""
	case queries.SmallCell, queries.Complement:
		return p.Say("withheld")
	case queries.NoInput, queries.NotRecorded:
		return p.Say("not given")
	case queries.NoDates:
		return p.Say("undated")
	case queries.NobodyThere, queries.EmptyArm, queries.Reason(stats.NoStrata):
		return p.Say("nobody")
	case queries.SameDay:
		return p.Say("same day")
	case queries.NothingInPeriod, queries.NoPeriod, queries.PeriodsOverlap:
		return p.Say("nothing then")
	case queries.NoSuchColumn:
		return p.Say("no column")
	case queries.OutcomeMissing:
		return p.Say("missing")
	case queries.NoControl:
		return p.Say("no control")
	case queries.SplitWentWrong:
		return p.Say("bad split")
	case queries.WaysDisagree:
		return p.Say("disagree")
	case queries.NotMature:
		return p.Say("not yet")
	case queries.ZeroControl:
		return p.Say("control is 0")
	case queries.UnboundedRatio:
		return p.Say("unbounded")
	case queries.ZeroVariance:
		return p.Say("no spread")
	case queries.TooFewToMeasure:
		return p.Say("too few data")
	case queries.Reason(stats.NegativeControl):
		return p.Say("control < 0")
	case queries.Reason(stats.NoEvents):
		return p.Say("no events")
	case queries.Reason(stats.NotReached):
		return p.Say("not reached")
	case queries.Reason(stats.UnplannedArm):
		return p.Say("bad split")
	case queries.Reason(stats.InvalidLevel), queries.Reason(stats.Invalid):
		return p.Say("invalid")
	case queries.Reason(stats.Overflow):
		return p.Say("too large")
	}
	return p.Say("n/a")
}
