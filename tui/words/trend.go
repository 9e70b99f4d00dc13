package words

import (
	"math"

	"accord/queries"
)

// TrendSummary is what a trend did, from its points whose rate is there.
type TrendSummary struct {
	From, To, Lowest, Highest TrendAt
	// StepFrom and StepTo bound the largest change between two neighbours;
	// both are zero where there is one point only.
	StepFrom, StepTo TrendAt
}

// TrendAt is a rate, in [0, 1], at the end of a day.
type TrendAt struct {
	At   queries.Date
	Rate float64
}

// Step is the largest change, a difference of shares.
func (s TrendSummary) Step() float64 { return s.StepTo.Rate - s.StepFrom.Rate }

// SummariseTrend finds the ends, the extremes and the largest step of a trend,
// the earliest of equals; false where no point has a rate. Where points were
// left out a step covers the days between, as the dates of its ends say.
func SummariseTrend(t queries.Trend) (TrendSummary, bool) {
	var s TrendSummary
	var last TrendAt
	for _, point := range t.Points {
		e, ok := point.Rate.Estimate.Value()
		if !ok {
			continue
		}
		at := TrendAt{point.At, e.Value}
		if last.At == "" {
			s.From, s.Lowest, s.Highest = at, at, at
		} else if s.StepTo.At == "" || math.Abs(at.Rate-last.Rate) > math.Abs(s.Step()) {
			s.StepFrom, s.StepTo = last, at
		}
		if at.Rate < s.Lowest.Rate {
			s.Lowest = at
		}
		if at.Rate > s.Highest.Rate {
			s.Highest = at
		}
		s.To, last = at, at
	}
	return s, last.At != ""
}

// TrendHeadline says what the opt-in rate did over the period: from, to, its
// extremes and its largest step.
func (p *Printer) TrendHeadline(t queries.Trend) string {
	if text, absent := p.absent(t.Missing, "consents"); absent {
		return text
	}
	s, ok := SummariseTrend(t)
	purpose := p.Name(t.Purpose)
	if !ok {
		return p.Say("Opt-in to %s over time: no rate can be shown.", purpose)
	}
	if s.StepTo.At == "" {
		return p.Say("Opt-in to %[1]s: %[2]s on %[3]s, the only day there is.", purpose, p.Share(s.From.Rate), p.Date(s.From.At))
	}
	if p.Share(s.Lowest.Rate) == p.Share(s.Highest.Rate) {
		return p.Say("The opt-in rate for %[1]s stayed at %[2]s from %[3]s to %[4]s.", purpose, p.Share(s.From.Rate), p.Date(s.From.At), p.Date(s.To.At))
	}
	return p.Say("%[1]s; lowest %[2]s (%[3]s), highest %[4]s (%[5]s); largest step %[6]s between %[7]s and %[8]s.",
		p.fromTo(purpose, s), p.Share(s.Lowest.Rate), p.Date(s.Lowest.At), p.Share(s.Highest.Rate), p.Date(s.Highest.At),
		p.Points(s.Step()), p.Date(s.StepFrom.At), p.Date(s.StepTo.At))
}

// TrendShort is TrendHeadline for little room.
func (p *Printer) TrendShort(t queries.Trend) string {
	s, ok := SummariseTrend(t)
	if t.Missing != "" || !ok || s.StepTo.At == "" {
		return p.TrendHeadline(t)
	}
	return p.Say("%[1]s, from %[2]s to %[3]s since %[4]s", p.Points(s.To.Rate-s.From.Rate), p.Share(s.From.Rate), p.Share(s.To.Rate), p.Date(s.From.At))
}

func (p *Printer) fromTo(purpose string, s TrendSummary) string {
	from, to := p.Share(s.From.Rate), p.Share(s.To.Rate)
	change := p.Points(s.To.Rate - s.From.Rate)
	switch {
	case from == to:
		return p.Say("The opt-in rate for %[1]s ended where it began, at %[2]s (%[3]s to %[4]s)", purpose, from, p.Date(s.From.At), p.Date(s.To.At))
	case s.To.Rate > s.From.Rate:
		return p.Say("The opt-in rate for %[1]s rose from %[2]s (%[3]s) to %[4]s (%[5]s), %[6]s", purpose, from, p.Date(s.From.At), to, p.Date(s.To.At), change)
	}
	return p.Say("The opt-in rate for %[1]s fell from %[2]s (%[3]s) to %[4]s (%[5]s), %[6]s", purpose, from, p.Date(s.From.At), to, p.Date(s.To.At), change)
}

// LargestStep labels the mark of a trend's largest step.
func (p *Printer) LargestStep(s TrendSummary) string {
	return p.Say("largest step %s", p.Points(s.Step()))
}

// TrendNote says that steps were left out, "" where none were.
func (p *Printer) TrendNote(t queries.Trend) string {
	if !t.Widened {
		return ""
	}
	return p.Say("Some days are left out because very few people moved between them.")
}
