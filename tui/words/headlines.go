package words

import (
	"strings"

	"math"

	"accord/queries"
)

// PublishedWilling is the share of Canadians who found it useful to share data
// with companies in CROP's survey of 2018. The size of its sample was not
// published, so it is a reference and no test is made against it.
const PublishedWilling = 0.53

// StanceHeadline says what people say: who is willing, who is not, how many
// were asked, and in words how that compares with the published survey.
func (p *Printer) StanceHeadline(s queries.Stance) string {
	if text, absent := p.absent(s.Missing, "survey"); absent {
		return text
	}
	e, ok := s.Willing.Estimate.Value()
	if !ok {
		return p.Say("What people say: %s.", p.Reason(s.Willing.Estimate.Why()))
	}
	willing := p.ShareSpan(e).String()
	if not, ok := s.NotWilling.Estimate.Value(); ok {
		return p.Say("%[1]s say they are willing to share data, %[2]s are not or hesitate (%[3]s); %[4]s.",
			willing, p.ShareSpan(not).Value, p.respondents(s.N), p.published(e))
	}
	return p.Say("%[1]s say they are willing to share data (%[2]s); %[3]s.", willing, p.respondents(s.N), p.published(e))
}

// StanceShort is StanceHeadline for little room.
func (p *Printer) StanceShort(s queries.Stance) string {
	e, ok := s.Willing.Estimate.Value()
	if s.Missing != "" || !ok {
		return p.StanceHeadline(s)
	}
	return p.Say("%s say they are willing", p.ShareSpan(e).String())
}

func (p *Printer) respondents(n queries.Count) string {
	if v, ok := n.Value(); ok {
		return p.Plural(v, "%s respondent", "%s respondents", p.Int(v))
	}
	return p.Say("respondents: %s", p.Reason(n.Why()))
}

// published compares a share with the published one in words.
func (p *Printer) published(e queries.Estimate) string {
	reference := p.Level(PublishedWilling)
	switch {
	case math.Abs(e.Value-PublishedWilling) <= 0.02:
		return p.Say("close to the %s of a 2018 survey in Canada (CROP)", reference)
	case e.Low <= PublishedWilling && PublishedWilling <= e.High:
		return p.Say("too few to tell from the %s of a 2018 survey in Canada (CROP)", reference)
	case e.Value > PublishedWilling:
		return p.Say("more than the %s of a 2018 survey in Canada (CROP)", reference)
	}
	return p.Say("fewer than the %s of a 2018 survey in Canada (CROP)", reference)
}

// PublishedNote says what the reference of StanceHeadline is.
func (p *Printer) PublishedNote() string {
	return p.Say("The %[1]s is CROP's, 2018; its sample size was not published: a reference, not a test.", p.Level(PublishedWilling))
}

// WeightedNote says that a survey's shares are weighted, "" where they are not.
func (p *Printer) WeightedNote(s queries.Stance) string {
	n, ok := s.N.Value()
	effective, known := s.EffectiveN.Value()
	if !ok || !known || math.Abs(effective-float64(n)) < 0.5 {
		return ""
	}
	return p.Say("Shares are weighted (worth %s respondents of equal weight); counts of respondents are not.", p.decimal(effective, 0))
}

// OptInHeadline says how many have opted in to the purpose most opted in to,
// and how that changed. A purpose given as main is preferred.
func (p *Printer) OptInHeadline(o queries.Overview, main string) string {
	r, e, ok := mainRate(o, main)
	if !ok {
		return p.noRate(o, r)
	}
	text := p.Say("%[1]s of known customers have opted in to %[2]s (%[3]s, on %[4]s)",
		p.ShareSpan(e).String(), p.Name(r.Purpose), p.Fraction(r.Rate), p.Date(r.At))
	if _, ok := r.Change.Value(); ok && (r.Before != "" || r.Rest) {
		change := strings.TrimSpace(p.ChangeFigure(r.Change, r.Interval).String())
		if r.Rest {
			return p.Say("%[1]s; %[2]s against the rest.", text, change)
		}
		return p.Say("%[1]s; %[2]s since %[3]s.", text, change, p.Date(r.Before))
	}
	return text + "."
}

// OptInShort is OptInHeadline for little room.
func (p *Printer) OptInShort(o queries.Overview, main string) string {
	r, e, ok := mainRate(o, main)
	if !ok {
		return p.noRate(o, r)
	}
	return p.Say("%[1]s opted in to %[2]s", p.ShareSpan(e).Value, p.Name(r.Purpose))
}

func mainRate(o queries.Overview, main string) (queries.PurposeRate, queries.Estimate, bool) {
	if len(o.OptIn) == 0 {
		return queries.PurposeRate{}, queries.Estimate{}, false
	}
	r := o.OptIn[0]
	for _, x := range o.OptIn {
		if x.Purpose == main {
			r = x
		}
	}
	e, ok := r.Rate.Estimate.Value()
	return r, e, ok
}

func (p *Printer) noRate(o queries.Overview, r queries.PurposeRate) string {
	if r.Purpose != "" {
		return p.Say("Opt-in to %[1]s: %[2]s.", p.Name(r.Purpose), p.Reason(r.Rate.Estimate.Why()))
	}
	why := o.NoOptIn
	if why == "" {
		why = queries.NobodyThere
	}
	text, _ := p.absent(why, "consents")
	return text
}

// LiftHeadline says the strongest finding of the overview's comparisons in one
// sentence, or why there is none.
func (p *Printer) LiftHeadline(o queries.Overview) string {
	c, ok := strongest(o.Lifts)
	if ok {
		return p.Plural(int64(o.LiftRule.Found), "%[1]s of %[2]s arms differs from its control. The most certain, %[3]s: %[4]s", "%[1]s of %[2]s arms differ from their control. The most certain, %[3]s: %[4]s",
			p.Int(int64(o.LiftRule.Found)), p.Int(int64(o.LiftRule.Compared)), c.Name, p.Verdict(c))
	}
	return p.noLift(o)
}

// LiftShort is LiftHeadline for little room.
func (p *Printer) LiftShort(o queries.Overview) string {
	c, ok := strongest(o.Lifts)
	if !ok {
		return p.noLift(o)
	}
	return p.Say("%[1]s, %[2]s: %[3]s %[4]s (%[5]s)", c.Name, p.Name(c.Arm), p.Metric(c.Metric),
		p.DifferenceFigure(c.Metric, c.Difference).String(), p.VerdictShort(c))
}

// strongest is the first comparison that shows a difference: they come in order
// of certainty.
func strongest(lifts []queries.Comparison) (queries.Comparison, bool) {
	for _, c := range lifts {
		if verdict := verdictOf(c); verdict == queries.Higher || verdict == queries.Lower {
			return c, true
		}
	}
	return queries.Comparison{}, false
}

func (p *Printer) noLift(o queries.Overview) string {
	if text, absent := p.absent(o.NoLifts, "campaigns"); absent {
		return text
	}
	if n := int64(o.LiftRule.Compared); n > 1 {
		return p.Say("None of %s arms shows a clear difference in clicks, visits or conversions, adjusted for being so many.", p.Int(n))
	}
	return p.Say("No campaign shows a clear difference in clicks, visits or conversions.")
}

// Absent says why a panel has nothing, for the input file that feeds it, as
// [Printer.NoInput] names it; "" where no reason is given.
func (p *Printer) Absent(why queries.Reason, input string) string {
	text, _ := p.absent(why, input)
	return text
}

func (p *Printer) absent(why queries.Reason, input string) (string, bool) {
	switch why {
	case "":
		return "", false
	case queries.NoInput:
		return p.NoInput(input), true
	case queries.NoSuchColumn:
		return p.Say("The %s file lacks a dimension of the filter: it cannot be filtered so.", p.Input(input)), true
	}
	return p.Say("Nothing to show: %s.", p.Reason(why)), true
}
