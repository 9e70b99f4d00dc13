package words

import "accord/queries"

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
