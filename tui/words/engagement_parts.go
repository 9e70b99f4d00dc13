package words

import (
	"strings"

	"accord/queries"
)

// Weekday names a day of the week, 1 = Monday.
func (p *Printer) Weekday(n int) string {
	switch n {
	case 1:
		return p.Say("Monday")
	case 2:
		return p.Say("Tuesday")
	case 3:
		return p.Say("Wednesday")
	case 4:
		return p.Say("Thursday")
	case 5:
		return p.Say("Friday")
	case 6:
		return p.Say("Saturday")
	}
	return p.Say("Sunday")
}

// Hours writes some hours of a day: "19–21 h".
func (p *Printer) Hours(from, width int) string {
	return p.Say("%[1]s–%[2]s h", p.Int(int64(from)), p.Int(int64(from+width)))
}

// moment names a cell with its rate.
func (p *Printer) moment(m queries.Moments, c queries.MomentCell) string {
	return p.Say("%[1]s %[2]s", p.Weekday(c.Weekday), p.Hours(c.Hour, m.Hours))
}

// MomentsHeadline names the best moment with its uncertainty, and says whether
// times were randomised.
func (p *Printer) MomentsHeadline(m queries.Moments) string {
	switch {
	case m.Missing == queries.NoDates:
		return p.Say("No time of delivery is known: delivered_at with a time, in the assignments file, would show here when people respond.")
	case m.Missing != "":
		return p.NoEngagement(m.Missing)
	case m.Best < 0:
		return p.Say("Too few hours of the week can be compared. %s", p.byLot(m))
	}
	best := m.Cells[m.Best]
	rate, _ := best.Shrunk.Value()
	e, ok := m.Against.Value()
	if !ok {
		return p.Say("Highest: %[1]s, %[2]s. %[3]s", p.moment(m, best), p.Share(rate), p.byLot(m))
	}
	against := p.RelativeSpan(e).String()
	if e.Low <= 0 {
		return p.Say("No moment can be told from the others: the highest, %[1]s, is %[2]s against other times in %[3]s, adjusted for being the highest of %[4]s. %[5]s",
			p.moment(m, best), against, p.lower(m.Metric), p.Int(int64(m.Compared)), p.byLot(m))
	}
	return p.Say("Best moment for %[3]s: %[1]s, %[4]s against other times, adjusted for being the highest of %[5]s (drawn to the mean: %[2]s); %[6]s. %[7]s",
		p.moment(m, best), p.Share(rate), p.lower(m.Metric), against, p.Int(int64(m.Compared)),
		p.Plural(int64(m.Alike), "%s other cannot be told from it", "%s others cannot be told from it", p.Int(int64(m.Alike))), p.byLot(m))
}

// lower names a metric of moments inside a sentence.
func (p *Printer) lower(m queries.Metric) string {
	switch m {
	case queries.HumanOpen:
		return p.Say("opens by people")
	case queries.Conversion:
		return p.Say("conversions")
	}
	return p.Say("clicks by people")
}

// byLot says what is known of how times were chosen.
func (p *Printer) byLot(m queries.Moments) string {
	switch {
	case !m.Spread:
		return p.Say("Times were not randomised: each campaign came at its own hours, so that hours differ by campaign too.")
	case len(m.Uneven) > 0:
		return p.Say("Times were not randomised: they went with %s.", p.names(m.Uneven))
	case len(m.Balanced) > 0:
		return p.Say("Nothing says that times were drawn by lot, but they came alike over %s.", p.names(m.Balanced))
	}
	return p.Say("Nothing says that times were drawn by lot.")
}

func (p *Printer) names(list []string) string {
	var out []string
	for _, s := range list {
		out = append(out, p.Name(s))
	}
	return strings.Join(out, ", ")
}

// MomentsShort is MomentsHeadline for little room.
func (p *Printer) MomentsShort(m queries.Moments) string {
	e, ok := m.Against.Value()
	if m.Missing == queries.NoInput {
		return p.NoEngagementShort(m.Missing)
	}
	if m.Missing != "" || m.Best < 0 || !ok {
		return p.MomentsHeadline(m)
	}
	at := p.moment(m, m.Cells[m.Best])
	switch {
	case !m.Spread:
		return p.Say("highest %[1]s, but times were not randomised", at)
	case e.Low <= 0:
		return p.Say("no moment can be told from the others (highest: %s)", at)
	}
	return p.Say("best %[1]s: %[2]s against other times", at, p.RelativeSpan(e).String())
}

// MomentsNotes say what cells are and how they were made.
func (p *Printer) MomentsNotes(m queries.Moments, narrowed bool) []string {
	var notes []string
	if m.Spread {
		notes = append(notes, p.Say("Only campaigns that were spread over the hours of the week, each compared with its own rate (%s messages).", p.Count(m.N)))
	} else {
		notes = append(notes, p.Say("All campaigns with times (%s messages).", p.Count(m.N)))
	}
	notes = append(notes, p.Say("The denser, the more against the mean; rates are drawn towards it, the more the fewer the messages of a cell. Blank: none came then, or withheld."))
	if narrowed {
		notes = append(notes, p.Say("This panel is of the whole time, whatever the period of the filter."))
	}
	return notes
}

// MachinesHeadline says where machine opens matter.
func (p *Printer) MachinesHeadline(m queries.Machines) string {
	switch {
	case m.Missing == queries.NotRecorded:
		return p.Say("Nothing says which opens and clicks were a machine's: opened_by_machine and clicked_by_machine in the assignments file would set them apart here. Scanners and mail privacy proxies may be among the figures.")
	case m.Missing != "":
		return p.NoEngagement(m.Missing)
	}
	top := m.Rows[0]
	share, ok := top.Share.Value()
	if !ok {
		return p.Say("Opens by machines: %s.", p.Reason(top.Share.Why()))
	}
	raw, _ := top.Raw.Value()
	human, _ := top.Human.Estimate.Value()
	what := p.Say("opens")
	if m.Metric == queries.HumanClick {
		what = p.Say("clicks")
	}
	if m.Mostly == 0 {
		return p.Say("Machines alone did %[1]s of %[2]s at most (%[3]s): in no campaign most.", p.Share(share), what, p.SegmentName(top.Campaign))
	}
	return p.Plural(int64(m.Mostly), "Most %[1]s of %[2]s campaign were machines': of %[3]s, %[4]s would read as opened, and people opened %[5]s.", "Most %[1]s of %[2]s campaigns were machines': of %[3]s, %[4]s would read as opened, and people opened %[5]s.",
		what, p.Int(int64(m.Mostly)), p.SegmentName(top.Campaign), p.Share(raw), p.Share(human.Value))
}

// MachinesShort is MachinesHeadline for little room.
func (p *Printer) MachinesShort(m queries.Machines) string {
	switch m.Missing {
	case "":
	case queries.NotRecorded:
		return p.Say("machines' opens are not told apart")
	default:
		return p.NoEngagementShort(m.Missing)
	}
	share, ok := m.Rows[0].Share.Value()
	if !ok {
		return p.MachinesHeadline(m)
	}
	return p.Say("machines alone: up to %[1]s (%[2]s)", p.Share(share), p.SegmentName(m.Rows[0].Campaign))
}

// MachinesNotes say what counts as a machine's.
func (p *Printer) MachinesNotes() []string {
	return []string{p.Say("By machines: marked as such in the data (security scanners, mail privacy proxies) and by no person. All rates on this screen are people's.")}
}

// FatigueHeadline says how response goes with the number of messages.
func (p *Printer) FatigueHeadline(f queries.Fatigue) string {
	switch {
	case f.Missing == queries.NoDates:
		return p.Say("No day of delivery is known: delivered_at in the assignments file would show here how response goes with the number of messages.")
	case f.Missing != "":
		return p.NoEngagement(f.Missing)
	case len(f.Rows) < 2:
		return p.Say("Too few customers had more than one message in a month to compare.")
	}
	last := f.Rows[len(f.Rows)-1]
	rate, _ := last.Clicks.Estimate.Value()
	first, _ := f.Rows[0].Clicks.Estimate.Value()
	e, ok := last.Change.Value()
	if !ok {
		return p.Say("%[1]s: %[2]s of messages clicked; one: %[3]s.", p.InAMonth(last), p.Share(rate.Value), p.Share(first.Value))
	}
	if !e.ExcludesZero() {
		return p.Say("No association of clicks with the number of messages can be told from chance: %[1]s in a month, %[2]s to a message against those who had %[3]s.", p.InAMonth(last), p.RelativeSpan(e).String(), p.InAMonth(f.Rows[0]))
	}
	if last.Months > 0 {
		return p.Say("%[1]s in a month: %[2]s clicks to a message against those who had %[3]s, beside what is usual for the campaigns. An association: nobody was assigned to a number.",
			p.InAMonth(last), p.RelativeSpan(e).String(), p.InAMonth(f.Rows[0]))
	}
	return p.Say("%[1]s in a month: %[2]s clicks to a message against those who had %[3]s, beside what is usual for the campaigns. A tentative association: nobody was assigned to a number, and how much months differ in it is not in the interval.",
		p.InAMonth(last), p.RelativeSpan(e).String(), p.InAMonth(f.Rows[0]))
}

// InAMonth names customers by their messages in a month.
func (p *Printer) InAMonth(r queries.FatigueRow) string {
	n := p.Int(int64(r.Messages))
	if r.More {
		return p.Say("%s or more", n)
	}
	return p.Plural(int64(r.Messages), "%s message", "%s messages", n)
}

// FatigueShort is FatigueHeadline for little room.
func (p *Printer) FatigueShort(f queries.Fatigue) string {
	if f.Missing == queries.NoInput {
		return p.NoEngagementShort(f.Missing)
	}
	if f.Missing != "" || len(f.Rows) < 2 {
		return p.FatigueHeadline(f)
	}
	last := f.Rows[len(f.Rows)-1]
	if e, ok := last.Change.Value(); ok && !e.ExcludesZero() {
		return p.Say("no association that is more than chance")
	}
	if last.Months > 0 {
		return p.Say("%[1]s in a month go with %[2]s clicks to a message", p.InAMonth(last), p.RelativeFigure(last.Change).String())
	}
	return p.Say("tentatively, %[1]s in a month go with %[2]s clicks to a message", p.InAMonth(last), p.RelativeFigure(last.Change).String())
}

// Reached says how many different customers messages reached; "" where no day of
// delivery is known.
func (p *Printer) Reached(x queries.Reach) string {
	if x.Missing != "" {
		return ""
	}
	e, ok := x.Customers.Estimate.Value()
	if !ok {
		return p.Say("How many customers a message reached: %s.", p.Reason(x.Customers.Estimate.Why()))
	}
	return p.Say("At least one message reached %[1]s of %[2]s customers (%[3]s), %[4]s.", p.Count(x.Customers.Numerator), p.Count(x.Customers.Denominator), p.Share(e.Value), p.Period(x.Since, x.Until))
}

// FatigueNotes say what is compared.
func (p *Printer) FatigueNotes(f queries.Fatigue) []string {
	notes := []string{
		p.Say("Messages delivered to a customer in a calendar month; a customer counts once in each month. Who is sent more is not chance: an association."),
		p.Say("Who unsubscribes is sent no second message, so rates of unsubscribing are not comparable by number."),
	}
	if f.Compared > 0 {
		if months := f.Rows[len(f.Rows)-1].Months; months > 0 {
			notes = append(notes, p.Say("Months count as wholes, as one campaign may do badly: of the last row, the %s that have both.", p.Plural(int64(months), "%s month", "%s months", p.Int(int64(months)))))
		} else {
			notes = append(notes, p.Say("Too few months have both to tell how much they differ: that one campaign may have done badly is not in the intervals."))
		}
		notes = append(notes, p.Say("The change allows for which campaigns the messages were of, and is adjusted for %s (Bonferroni).", p.Plural(int64(f.Compared), "%s comparison", "%s comparisons", p.Int(int64(f.Compared)))))
	}
	return notes
}
