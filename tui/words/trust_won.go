package words

import (
	"strings"

	"accord/queries"
)

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
func (p *Printer) WonHeadline(t queries.Trust) string {
	a := t.Won
	if text, absent := p.absent(t.Missing, "consents"); absent {
		return text
	}
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
func (p *Printer) WonShort(t queries.Trust) string {
	gain, _, _ := told(t.Won, true)
	if len(gain) == 0 {
		return p.WonHeadline(t)
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
