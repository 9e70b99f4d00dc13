package words

import (
	"math"
	"strings"

	"accord/queries"
)

// sharing is the share of customers who share for one purpose or more.
func sharing(l queries.Ladder, before bool) (float64, bool) {
	if len(l.Rungs) == 0 {
		return 0, false
	}
	rate := l.Rungs[0].Now
	if before {
		rate = l.Rungs[0].Before
	}
	e, ok := rate.Estimate.Value()
	return 1 - e.Value, ok
}

// LadderHeadline says how many share for anything.
func (p *Printer) LadderHeadline(a queries.Trust) string {
	if text, absent := p.absent(a.Ladder.Missing, "consents"); absent {
		return text
	}
	now, ok := sharing(a.Ladder, false)
	before, also := sharing(a.Ladder, true)
	if !ok || !also {
		return p.Say("Who shares for one purpose or more: %s.", p.Reason(queries.Complement))
	}
	return p.Say("%[1]s of customers share for one purpose or more, %[2]s on %[3]s.", p.Share(now), p.Share(before), p.Date(a.From))
}

// LadderShort is LadderHeadline for little room.
func (p *Printer) LadderShort(a queries.Trust) string { return p.LadderHeadline(a) }

// StepsHeadline says how many steps led up and down, and from where to a third
// purpose.
func (p *Printer) StepsHeadline(a queries.Trust) string {
	l := a.Ladder
	if text, absent := p.absent(l.Missing, "consents"); absent {
		return text
	}
	text := p.Say("%[1]s steps up and %[2]s down from %[3]s to %[4]s.", p.Count(l.Up), p.Count(l.Down), p.Date(a.From), p.Date(a.Until))
	if third, ok := l.Third.Estimate.Value(); ok {
		text = p.Say("%[1]s Of the steps to a third purpose, %[2]s came from a second (%[3]s).", text, p.ShareSpan(third).String(), p.Fraction(l.Third))
	}
	return text
}

// StepsShort is StepsHeadline for little room.
func (p *Printer) StepsShort(a queries.Trust) string {
	if a.Ladder.Missing != "" {
		return p.StepsHeadline(a)
	}
	return p.Say("%[1]s steps up, %[2]s down", p.Count(a.Ladder.Up), p.Count(a.Ladder.Down))
}

// RungName names a number of purposes.
func (p *Printer) RungName(r queries.Rung) string {
	if r.More {
		return p.Say("%s or more", p.Int(int64(r.Purposes)))
	}
	return p.Int(int64(r.Purposes))
}

// LadderNote says what sharing is.
func (p *Printer) LadderNote() string {
	return p.Say("A customer shares for a purpose while opted in to it on any channel.")
}

// StepsNotes say what a step is.
func (p *Printer) StepsNotes() []string {
	return []string{
		p.Say("Steps are seen between ends of months: what came and went within one is not."),
		p.Say("A step over several numbers counts at each of them, and once among all steps. Who joined or left takes no step."),
	}
}

// MatrixHeadline says how many stayed opted in, and how many moved.
func (p *Printer) MatrixHeadline(a queries.Trust) string {
	if text, absent := p.absent(a.Matrix.Missing, "consents"); absent {
		return text
	}
	text := p.Say("%[1]s of the %[2]s customers known on both days changed their state.", p.Count(a.Matrix.Moved), p.Count(a.Matrix.Both))
	if e, ok := a.Matrix.Kept.Estimate.Value(); ok {
		return p.Say("Of those opted in to %[1]s on %[2]s, %[3]s still were on %[4]s (%[5]s). %[6]s", p.Name(a.Purpose), p.Date(a.From), p.ShareSpan(e).String(), p.Date(a.Until), p.Fraction(a.Matrix.Kept), text)
	}
	return text
}

// MatrixShort is MatrixHeadline for little room.
func (p *Printer) MatrixShort(a queries.Trust) string {
	if e, ok := a.Matrix.Kept.Estimate.Value(); ok && a.Matrix.Missing == "" {
		return p.Say("%s of those opted in still are", p.ShareSpan(e).String())
	}
	return p.MatrixHeadline(a)
}

// MatrixNotes say how the matrix is read.
func (p *Printer) MatrixNotes(queries.Trust) []string {
	return []string{p.Say("Rows are where customers were, columns where they came to: shares of those of the row who did not leave. On any channel, at the ends of the two days.")}
}

// PartShort names a state in few letters.
func (p *Printer) PartShort(state string) string {
	switch state {
	case queries.Contactable:
		return p.Say("contact.")
	case queries.Unanswered:
		return p.Say("no answ.")
	case queries.Lapsed:
		return p.Say("laps.")
	case queries.NeverAsked:
		return p.Say("not asked")
	}
	return p.Part(state)
}

// FromState names a state that customers were in.
func (p *Printer) FromState(state string) string {
	if state == "" {
		return p.Say("not known then")
	}
	return p.Part(state)
}

// told are the contents that a row's interval tells apart from their control.
func told(a queries.Won, randomised bool) (gain, loss, unclear []queries.WonRow) {
	for _, r := range a.Rows {
		e, ok := r.Won.Value()
		switch {
		case r.Randomised != randomised:
		case ok && e.Low > 0:
			gain = append(gain, r)
		case ok && e.High < 0:
			loss = append(loss, r)
		default:
			unclear = append(unclear, r)
		}
	}
	return gain, loss, unclear
}

func (p *Printer) contents(rows []queries.WonRow) string {
	var names []string
	for _, r := range rows {
		names = append(names, p.Name(r.Content))
	}
	return strings.Join(names, ", ")
}

// wins names contents with their differences.
func (p *Printer) wins(rows []queries.WonRow) string {
	var list []string
	for _, r := range rows {
		list = append(list, p.Say("%[1]s %[2]s", p.Name(r.Content), p.PointsEstimate(r.Won).Value))
	}
	return strings.Join(list, ", ")
}

// WonHeadline says which contents win consents, and whether they win sceptics.
func (p *Printer) WonHeadline(a queries.Won) string {
	if text, absent := p.absent(a.Missing, "campaigns"); absent {
		return text
	}
	gain, loss, unclear := told(a, true)
	var parts []string
	if len(gain) > 0 {
		parts = append(parts, p.Say("By assignment, more consents than their control: %s.", p.wins(gain)))
	}
	if len(loss) > 0 {
		parts = append(parts, p.Say("By assignment, fewer than their control: %s.", p.wins(loss)))
	}
	switch {
	case len(gain)+len(loss)+len(unclear) == 0:
		parts = append(parts, p.Say("No content was compared by assignment: what is shown is association, not effect."))
	case len(gain)+len(loss) == 0:
		parts = append(parts, p.Say("No content can be told from its control by the consents it won."))
	}
	return strings.Join(append(parts, p.sceptics(a)), " ")
}

// sceptics says which contents won the respondents over who said that they are
// sceptical.
func (p *Printer) sceptics(a queries.Won) string {
	var won []queries.WonRow
	known := false
	for _, r := range a.Rows {
		e, ok := r.ScepticsWon.Value()
		known = known || ok && r.Randomised
		if ok && r.Randomised && e.Low > 0 {
			won = append(won, r)
		}
	}
	switch {
	case len(won) > 0:
		return p.Say("Among those who say they are sceptical, more than chance: %s.", p.contents(won))
	case known:
		return p.Say("Among those who say they are sceptical, too few are linked to tell.")
	}
	return p.Say("Which wins sceptics over cannot be told: too few who say so are linked to a customer.")
}

// WonShort is WonHeadline for little room.
func (p *Printer) WonShort(a queries.Won) string {
	gain, _, _ := told(a, true)
	if len(gain) == 0 {
		return p.WonHeadline(a)
	}
	return p.Say("more than their control: %s", p.wins(gain))
}

// WonNotes say what is compared.
func (p *Printer) WonNotes(a queries.Won) []string {
	notes := []string{
		p.Say("Consents won and withdrawn within 30 days of the assignment, of all assigned. Intervals at %[1]s, adjusted for %[2]s rows (Bonferroni); one difference held common to a content's campaigns (Mantel-Haenszel). Contents are not tested against each other.", p.WonLevel(a), p.Int(int64(len(a.Rows)))),
		p.Say("Sceptics: linked respondents who said so, some of them after the message. Withdrawn again: of those won, within 90 days; it compares nothing by assignment."),
	}
	for _, r := range a.Rows {
		if !r.Randomised {
			return append(notes, p.Say("Association: the split went wrong or there was no control, so that the groups differed before."))
		}
	}
	return notes
}

// WonLevel is the level of the intervals, a heading.
func (p *Printer) WonLevel(a queries.Won) string { return p.Say("%s %%", p.Number(a.Level*100, 1)) }

// WonName names a row: an association says that it is one.
func (p *Printer) WonName(r queries.WonRow) string {
	if r.Randomised {
		return p.Name(r.Content)
	}
	return p.Say("%s, association", p.Name(r.Content))
}

// Allotted says how a row came about.
func (p *Printer) Allotted(r queries.WonRow) string {
	if r.Randomised {
		return p.Say("assignment")
	}
	return p.Say("association")
}

// Against names what a row is compared with.
func (p *Printer) Against(r queries.WonRow) string {
	if r.Control == "" {
		return p.Say("all others assigned")
	}
	return p.Name(r.Control)
}

// StatedHeadline sets what linked respondents said beside what they did.
func (p *Printer) StatedHeadline(a queries.Trust) string {
	s := a.Stated
	switch s.Missing {
	case queries.NoInput:
		if a.Missing != "" {
			return p.NoInput("consents")
		}
		return p.NoInput("survey")
	case queries.NobodyThere:
		return p.Say("No respondent is linked to a customer here: a customer_id in the survey, of those who agreed, would show what they do.")
	case "":
	default:
		text, _ := p.absent(s.Missing, "survey")
		return text
	}
	says, ok := s.Willing.Estimate.Value()
	others, also := s.Others.Estimate.Value()
	if !ok || !also {
		return p.Say("%[1]s answers are linked to a customer. Opted in, of the willing: %[2]s.", p.Count(s.N), p.Reason(s.Willing.Estimate.Why()))
	}
	text := p.Say("Of those who said they are willing, %[1]s had opted in to %[2]s; of the others, %[3]s.", p.ShareSpan(says).String(), p.Name(a.Purpose), p.ShareSpan(others).String())
	if out, ok := s.WillingOut.Estimate.Value(); ok {
		text = p.Say("%[1]s %[2]s of all were willing and had not.", text, p.ShareSpan(out).String())
	}
	return text
}

// StatedShort is StatedHeadline for little room.
func (p *Printer) StatedShort(a queries.Trust) string {
	says, ok := a.Stated.Willing.Estimate.Value()
	others, also := a.Stated.Others.Estimate.Value()
	if a.Stated.Missing != "" || !ok || !also {
		return p.StatedHeadline(a)
	}
	return p.Say("opted in: %[1]s of the willing, %[2]s of the others", p.Share(says.Value), p.Share(others.Value))
}

// StatedNotes say whose answers these are.
func (p *Printer) StatedNotes(a queries.Trust) []string {
	notes := []string{p.Say("Respondents who agreed to be linked, who need not be like the others: %s answers, weighted; opted in on the day of the answer.", p.Count(a.Stated.N))}
	if e, ok := a.Stated.Difference.Value(); ok {
		notes = append(notes, p.Say("The willing are opted in %s more often than the others.", p.PointsSpan(e).String()))
	}
	return notes
}

// gaps are the groups in which word and deed lie farthest and least apart, ok
// where there are two of them.
func gaps(a queries.Trust) (high, low queries.StatedGroup, ok bool) {
	wide, narrow := math.Inf(-1), math.Inf(1)
	for _, g := range a.Stated.Groups {
		if e, ok := g.Gap.Value(); ok && g.Value != "" {
			if e.Value > wide {
				high, wide = g, e.Value
			}
			if e.Value < narrow {
				low, narrow = g, e.Value
			}
		}
	}
	return high, low, high.Value != low.Value
}

// GapsHeadline says for whom word and deed lie farthest apart.
func (p *Printer) GapsHeadline(a queries.Trust) string {
	if a.Stated.Missing != "" {
		return p.StatedHeadline(a)
	}
	high, low, ok := gaps(a)
	switch {
	case len(a.Stated.Groups) == 0:
		return p.Say("The customers file has no dimension to compare by.")
	case !ok:
		return p.Say("The groups are of too few linked answers to compare.")
	}
	h, _ := high.Gap.Value()
	l, _ := low.Gap.Value()
	text := p.Say("The gap of word and deed by %[1]s: widest for %[2]s (%[3]s), narrowest for %[4]s (%[5]s)", p.Name(a.Choice.By), high.Value, p.PointsSpan(h).String(), low.Value, p.PointsSpan(l).String())
	x, ok := a.Stated.Differ.Value()
	switch {
	case !ok:
		return p.Say("%s.", text)
	case x < 0.05:
		return p.Say("%[1]s; the groups differ by more than chance (%[2]s).", text, p.P(x))
	}
	return p.Say("%[1]s; the groups differ no more than by chance (%[2]s).", text, p.P(x))
}

// GapsShort is GapsHeadline for little room.
func (p *Printer) GapsShort(a queries.Trust) string {
	high, low, ok := gaps(a)
	if a.Stated.Missing != "" || !ok {
		return p.GapsHeadline(a)
	}
	text := p.Say("from %[1]s (%[2]s) to %[3]s (%[4]s)", p.PointsEstimate(low.Gap).Value, low.Value, p.PointsEstimate(high.Gap).Value, high.Value)
	if x, ok := a.Stated.Differ.Value(); ok && x >= 0.05 {
		return p.Say("%s, no more than by chance", text)
	}
	return text
}

// IndexHeadline gives the index and its parts.
func (p *Printer) IndexHeadline(a queries.Trust) string {
	x := a.Index
	if x.Missing != "" {
		if x.Missing == queries.NothingInPeriod {
			return p.Say("There is no period of the same length before this one to compare with.")
		}
		text, _ := p.absent(x.Missing, "consents")
		return text
	}
	var parts []string
	for _, part := range x.Parts {
		if e, ok := part.Value.Value(); ok {
			parts = append(parts, p.Say("%[1]s %[2]s", p.PartName(part.Name), p.IndexSpan(e).String()))
		}
	}
	list := strings.Join(parts, ", ")
	e, ok := x.Value.Value()
	if !ok {
		return p.Say("Of %[1]s parts: %[2]s.", p.Int(int64(x.Counted)), list)
	}
	span := p.IndexSpan(e).String()
	before := p.Period(x.BeforeFrom.AddDays(1), x.BeforeTo)
	switch {
	case e.Low > 1:
		return p.Say("Trust index %[1]s, where %[2]s is 100: acts of trust have gained. In favour of trust: %[3]s.", span, before, list)
	case e.High < 1:
		return p.Say("Trust index %[1]s, where %[2]s is 100: acts of trust have lost. In favour of trust: %[3]s.", span, before, list)
	}
	return p.Say("Trust index %[1]s, where %[2]s is 100: no more than chance. In favour of trust: %[3]s.", span, before, list)
}

// IndexShort is IndexHeadline for little room.
func (p *Printer) IndexShort(a queries.Trust) string {
	e, ok := a.Index.Value.Value()
	if a.Index.Missing != "" || !ok {
		return p.IndexHeadline(a)
	}
	return p.Say("%[1]s, where 100 is as before", p.IndexSpan(e).String())
}

// IndexSpan writes an index: 100 is as before.
func (p *Printer) IndexSpan(e queries.Estimate) Span {
	return Span{Value: p.Number(e.Value*100, 0), Interval: p.Say("[%s, %s]", p.Number(e.Low*100, 0), p.Number(e.High*100, 0))}
}

// IndexFigure is IndexSpan, or why it is not there.
func (p *Printer) IndexFigure(f queries.Figure[queries.Estimate]) Span {
	return p.spanOf(f, p.IndexSpan)
}

// PartName names a part of the index.
func (p *Printer) PartName(name string) string {
	switch name {
	case queries.PartRenewals:
		return p.Say("renewals")
	case queries.PartWithdrawals:
		return p.Say("withdrawals")
	case queries.PartComplaints:
		return p.Say("complaints")
	}
	return Slug(name)
}

// IndexNotes say what the index is made of.
func (p *Printer) IndexNotes(a queries.Trust) []string {
	notes := []string{
		p.Say("The geometric mean of its parts, which weigh alike: rates now over rates before, turned over where more is worse. Above 100 is more trust. It is this store's own measure and no norm."),
		p.Say("Renewals and withdrawals per 1,000 customers with a valid consent and month, a customer's acts of one day as one; complaints per 1,000 assignments."),
	}
	for _, part := range a.Index.Parts {
		if express, ok := part.Express.Value(); ok && part.Name == queries.PartRenewals {
			notes = append(notes, p.Say("Of the renewals now, %s were of an express consent; the others, such as a purchase, renew by themselves.", p.Int(express)))
		}
	}
	return notes
}
