package words

import "accord/queries"

// Paradox says in one sentence how far what people say lies from what they do,
// "" where one of the two is not known.
func (p *Printer) Paradox(x queries.Paradox) string {
	gap, there := x.Gap.Value()
	if !there {
		return ""
	}
	size, purpose, at := p.PointsSpan(gap).String(), p.Name(x.Purpose), p.Date(x.At)
	switch {
	case gap.Low > 0:
		return p.Say("More respondents say that they are willing than customers had opted in to %[1]s on %[2]s: a gap of %[3]s (the interval carries the survey's error only).", purpose, at, size)
	case gap.High < 0:
		return p.Say("Fewer respondents say that they are willing than customers had opted in to %[1]s on %[2]s: a gap of %[3]s (the interval carries the survey's error only).", purpose, at, size)
	}
	return p.Say("Too few respondents to tell whether more say that they are willing than had opted in to %[1]s on %[2]s: a gap of %[3]s.", purpose, at, size)
}
