package words

import (
	"math"
	"strings"

	"accord/queries"
)

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
		return p.Say("Trust index %[1]s, where %[2]s is 100: acts of trust have gained. Its parts, where above 100 is for trust: %[3]s.", span, before, list)
	case e.High < 1:
		return p.Say("Trust index %[1]s, where %[2]s is 100: acts of trust have lost. Its parts, where above 100 is for trust: %[3]s.", span, before, list)
	}
	return p.Say("Trust index %[1]s, where %[2]s is 100: no more than chance. Its parts, where above 100 is for trust: %[3]s.", span, before, list)
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
func (p *Printer) IndexNotes() []string {
	notes := []string{
		p.Say("The geometric mean of its parts, which weigh alike: rates now over rates before, turned over where more is worse. Above 100 is more trust. It is this store's own measure and no norm."),
		p.Say("Renewals and withdrawals per 1,000 customers with a valid consent and month, a customer's acts of one day as one; complaints per 1,000 assignments."),
	}
	notes = append(notes, p.Say("Renewals of an express consent alone: what a purchase renews by itself is no act of trust."))
	return notes
}
