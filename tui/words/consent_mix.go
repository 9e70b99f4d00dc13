package words

import (
	"math"

	"accord/queries"
)

// MixHeadline sets the change of the rate beside that with the same customers.
func (p *Printer) MixHeadline(a queries.Consent) string {
	m := a.Mix
	switch {
	case m.Missing == queries.NotRecorded && a.Missing == "":
		return p.Say("The customers file has no dimension to hold the mix by. A column such as region would be one.")
	case m.Missing != "":
		text, _ := p.absent(m.Missing, "consents")
		return text
	}
	crude, adjusted, by := p.Points(m.Crude), p.Points(m.Adjusted), p.Name(m.Dimension)
	since, until := p.Date(m.Points[0].At), p.Date(m.Points[len(m.Points)-1].At)
	switch {
	case m.Reversed:
		return p.Say("The two disagree: the rate moved %[1]s from %[2]s to %[3]s, and %[4]s with the mix of customers (%[5]s) held. The change is one of who the customers are.", crude, since, until, adjusted, by)
	case math.Abs(m.Crude-m.Adjusted) < 0.0025 || math.Abs(m.Crude-m.Adjusted) < math.Abs(m.Crude)/10:
		return p.Say("The rate moved %[1]s from %[2]s to %[3]s, and %[4]s with the mix of customers by %[5]s held: that mix explains hardly any of the change. Customers who are new are not told apart.", crude, since, until, adjusted, by)
	}
	return p.Say("The rate moved %[1]s from %[2]s to %[3]s, and %[4]s with the mix of customers (%[5]s) held: the rest is a change of who the customers are.", crude, since, until, adjusted, by)
}

// MixShort is MixHeadline for little room.
func (p *Printer) MixShort(a queries.Consent) string {
	if a.Mix.Missing != "" {
		return p.MixHeadline(a)
	}
	if a.Mix.Reversed {
		return p.Say("they disagree: %[1]s, but %[2]s with the same mix (%[3]s)", p.Points(a.Mix.Crude), p.Points(a.Mix.Adjusted), p.Name(a.Mix.Dimension))
	}
	return p.Say("%[1]s, and %[2]s with the same mix (%[3]s)", p.Points(a.Mix.Crude), p.Points(a.Mix.Adjusted), p.Name(a.Mix.Dimension))
}

// MixNotes say how the mix is held.
func (p *Printer) MixNotes(a queries.Consent) []string {
	notes := []string{p.Say("Direct standardisation: rates by %[1]s (%[2]s groups), weighted by the customers known on the first day.", p.Name(a.Mix.Dimension), p.Int(int64(a.Mix.Strata)))}
	if a.Mix.Tried > 1 {
		notes = append(notes, p.Say("Of %[1]s dimensions, %[2]s moves the change most.", p.Int(int64(a.Mix.Tried)), p.Name(a.Mix.Dimension)))
	}
	return notes
}
