package words

import (
	"strconv"
	"strings"

	"accord/queries"
)

// Comparison says what a filter compares with.
func (p *Printer) Comparison(v queries.Versus) string {
	switch v {
	case queries.VersusPrevious:
		return p.Say("Compared with the previous period")
	case queries.VersusYear:
		return p.Say("Compared with the same period a year before")
	case queries.VersusRest:
		return p.Say("Compared with the customers whom the filter leaves out")
	}
	return p.Say("Compared with nothing in particular")
}

// ChangesHeadline says which figures are others on the two sides; name names one.
func (p *Printer) ChangesHeadline(x queries.Changes, name func(queries.Change) string) string {
	if x.Missing != "" {
		return p.noChanges(x)
	}
	found := p.differing(x, name)
	switch {
	case x.Compared == 0:
		return p.Say("No figure can be compared: see the reasons below.")
	case len(found) == 0:
		return p.Plural(int64(x.Compared), "The %s figure that can be compared cannot be told apart from chance.", "None of the %s figures that can be compared can be told apart from chance.", p.Int(int64(x.Compared)))
	}
	const most = 3
	list := strings.Join(found[:min(len(found), most)], "; ")
	if more := len(found) - most; more > 0 {
		list = p.Say("%[1]s; and %[2]s more", list, p.Int(int64(more)))
	}
	if x.Compared == 1 {
		return p.Say("It differs by more than chance: %s.", list)
	}
	return p.Plural(int64(len(found)), "%[1]s of %[2]s figures differs by more than chance: %[3]s.", "%[1]s of %[2]s figures differ by more than chance: %[3]s.", p.Int(int64(len(found))), p.Int(int64(x.Compared)), list)
}

// differing lists the figures whose change has an interval without zero.
func (p *Printer) differing(x queries.Changes, name func(queries.Change) string) (list []string) {
	for _, c := range x.Rows {
		if e, there := c.Change.Value(); there && e.ExcludesZero() {
			list = append(list, name(c)+" "+p.ChangeOf(c).String())
		}
	}
	return list
}

func (p *Printer) noChanges(x queries.Changes) string {
	switch x.Missing {
	case queries.NoPeriod:
		return p.Say("A period without a beginning has none before it: give it one, such as since=2018-01-01.")
	case queries.OtherCampaigns:
		return p.Say("The messages of another period are other campaigns': Engagement compares them.")
	case queries.WholeMonths:
		return p.Say("Revenue is counted by whole months: let the period begin with the first day of one and end with the last.")
	case queries.FixedOnly:
		return p.Say("Comparisons with others are of a fixed horizon: choose that policy to see them.")
	case queries.PeriodsOverlap:
		return p.Say("A period longer than a year is partly in the year before itself: compare a shorter one, or the previous period.")
	case queries.NobodyThere:
		return p.Say("The filter leaves nobody out: there is no rest to compare with.")
	case queries.NothingInPeriod:
		return p.Say("There is nothing to compare with: %s.", p.Period(x.ThenSince, x.ThenUntil))
	}
	return p.Say("Nothing can be compared: %s.", p.Reason(x.Missing))
}

// ChangesShort is ChangesHeadline for little room.
func (p *Printer) ChangesShort(x queries.Changes, name func(queries.Change) string) string {
	if x.Missing != "" {
		return p.noChanges(x)
	}
	found := p.differing(x, name)
	if len(found) == 0 {
		return p.Say("none of %s figures can be told apart from chance", p.Int(int64(x.Compared)))
	}
	return p.Say("%[1]s of %[2]s differ: %[3]s", p.Int(int64(len(found))), p.Int(int64(x.Compared)), found[0])
}

// ChangesNotes say what is compared, and how sure it is.
func (p *Printer) ChangesNotes(x queries.Changes) []string {
	if x.Missing != "" {
		return nil
	}
	var notes []string
	if x.Versus != queries.VersusRest {
		now, then := p.Period(x.Since, x.Until), p.Period(x.ThenSince, x.ThenUntil)
		if x.At != "" {
			now, then = p.Say("end of %s", string(x.At)), p.Say("end of %s", string(x.ThenAt))
		}
		notes = append(notes, p.Say("Now: %[1]s. Then: %[2]s.", now, then))
	}
	if x.Compared < 2 {
		return append(notes, p.Say("Intervals are at 95 %%."))
	}
	alone := p.Say("Intervals of the figures are at 95 %%, each taken alone; those of the changes hold for all %[1]s together (Bonferroni, each at %[2]s).", p.Int(int64(x.Compared)), p.Level(x.Level))
	notes = append(notes, alone)
	if x.At != "" {
		notes = append(notes, p.Say("They take both sides as groups apart: for the same customers on two days they are too wide rather than too narrow."))
	}
	if x.Campaigns {
		notes = append(notes, p.Say("The campaigns of the two periods are others: the intervals of changes allow for how much campaigns differ anyway."))
	}
	return notes
}

// ChangeSide writes a figure of a side for two table cells.
func (p *Printer) ChangeSide(c queries.Change, f queries.Figure[queries.Estimate]) Span {
	switch {
	case c.Signed:
		return p.signedSpan(c, f)
	case c.Money:
		return p.spanOf(f, p.MoneySpan)
	}
	return p.spanOf(f, p.ShareSpan)
}

// ChangeOf writes a change with its interval.
func (p *Printer) ChangeOf(c queries.Change) Span { return p.signedSpan(c, c.Change) }

func (p *Printer) signedSpan(c queries.Change, f queries.Figure[queries.Estimate]) Span {
	if c.Money {
		return p.spanOf(f, p.SignedMoneySpan)
	}
	return p.spanOf(f, p.PointsSpan)
}

// SharedName names customers by the least number of purposes that they share data
// for, as a Trust's Changes call it.
func (p *Printer) SharedName(what string) string {
	n, err := strconv.ParseInt(what, 10, 64)
	if err != nil {
		return p.Name(what)
	}
	return p.Plural(n, "Share for %s purpose or more", "Share for %s purposes or more", p.Int(n))
}

// AuditFigure names a figure of an Audit's Changes.
func (p *Printer) AuditFigure(what string) string {
	switch what {
	case queries.SentWithout:
		return p.Say("Messages without a valid consent")
	case queries.SentInGrace:
		return p.Say("Messages in the grace")
	case queries.ProofComplete:
		return p.Say("Consents with complete proof")
	}
	return p.Name(what)
}
