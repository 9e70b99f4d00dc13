package words

import (
	"strings"

	"accord/queries"
)

// EngagementAroundHeadline says what was before and after the mark with the
// farthest change.
func (p *Printer) EngagementAroundHeadline(a queries.EngagementAround) string {
	switch {
	case a.Missing == queries.NoDates:
		return p.Say("Nothing is dated: delivered_at in the assignments file, and a factors file, would lay here what happened beside what people did.")
	case a.Missing != "":
		return p.NoEngagement(a.Missing)
	case len(a.Turns) == 0 && len(a.Marks) == 0:
		return p.Say("Nothing is known to have happened in these days. A factors file with day, kind (weather, holiday, news, event) and label would lay it here.")
	case len(a.Turns) == 0:
		return p.Say("Around no mark were there messages in the four weeks before and after, of campaigns enough to compare.")
	}
	first := a.Turns[0]
	var rates []string
	for _, t := range a.Turns {
		if t.Day == first.Day && t.Metric != queries.ClickToOpen {
			rates = append(rates, p.Say("%[1]s %[2]s before, %[3]s after", p.acts(t.Metric), p.share(t.Before), p.share(t.After)))
		}
	}
	what := p.Say("%[1]s, %[2]s: %[3]s", p.Date(first.Day), p.TurnName(first), strings.Join(rates, "; "))
	e, _ := first.Change.Value()
	if e.ExcludesZero() {
		return p.Say("Farther than campaigns differ anyway: %s. Before and after, not cause.", what)
	}
	return p.Say("None of %[1]s changes of opens or clicks around a mark is more than campaigns differ anyway. The farthest: %[2]s.", p.Int(int64(a.Compared)), what)
}

func (p *Printer) share(r queries.Rate) string { return p.ShareFigure(r.Estimate).Value }

// acts names what people did, inside a sentence.
func (p *Printer) acts(m queries.Metric) string {
	switch m {
	case queries.HumanOpen:
		return p.Say("opens")
	case queries.ClickToOpen:
		return p.Say("click-to-open")
	}
	return p.Say("clicks")
}

// TurnName names the marks of a turn: the most telling, and how many more.
func (p *Printer) TurnName(t queries.EngagementTurn) string {
	return p.MarkNames(queries.Around{Marks: t.Marks})
}

// EngagementAroundShort is EngagementAroundHeadline for little room.
func (p *Printer) EngagementAroundShort(a queries.EngagementAround) string {
	if a.Missing == queries.NoInput {
		return p.NoEngagementShort(a.Missing)
	}
	if a.Missing != "" || len(a.Turns) == 0 {
		return p.EngagementAroundHeadline(a)
	}
	t := a.Turns[0]
	if e, _ := t.Change.Value(); !e.ExcludesZero() {
		return p.Say("no change of opens or clicks around a mark is more than campaigns differ anyway")
	}
	return p.Say("farthest: %[1]s from %[2]s", p.acts(t.Metric), p.Date(t.Day))
}

// EngagementAroundNotes say what is compared.
func (p *Printer) EngagementAroundNotes(a queries.EngagementAround) []string {
	var notes []string
	if len(a.Turns) > 0 {
		e, _ := a.Turns[0].Change.Value()
		notes = append(notes, p.Say("Messages of the four weeks before against four from the week of the mark: other campaigns, whose own differences are in the intervals (%[1]s, adjusted for %[2]s). An association, not a cause.",
			p.Level(e.Level), p.Plural(int64(a.Compared), "%s comparison", "%s comparisons", p.Int(int64(a.Compared)))))
	}
	if len(a.Weeks) > 0 {
		var names []string
		for _, f := range a.Weeks {
			names = append(names, p.FactorName(f.Kind, f.Label))
		}
		notes = append(notes, p.Say("▴ on the axis of time: weeks with %s.", strings.Join(names, ", ")))
	}
	return append(notes, p.Say("Entries into consent around each mark are on Consent."))
}

// FactorName names a kind of factor, or the thing that has values.
func (p *Printer) FactorName(kind, label string) string {
	if label != "" {
		return Slug(label)
	}
	switch kind {
	case "weather":
		return p.Say("weather")
	case "holiday":
		return p.Say("holidays")
	case "news":
		return p.Say("news")
	case "event":
		return p.Say("events")
	}
	return Slug(kind)
}

// OutcomeName names what a factor may go with.
func (p *Printer) OutcomeName(o string) string {
	switch o {
	case queries.EntryOutcome:
		return p.Say("entries into consent")
	case queries.ExitOutcome:
		return p.Say("exits from consent")
	}
	return p.Say("clicks")
}

// Weeks writes a delay.
func (p *Printer) Weeks(n int) string {
	if n == 0 {
		return p.Say("same week")
	}
	return p.Plural(int64(n), "%s week later", "%s weeks later", p.Int(int64(n)))
}

// CorrelationFigure writes a correlation and its interval for two table cells.
func (p *Printer) CorrelationFigure(f queries.Figure[queries.Estimate]) Span {
	e, ok := f.Value()
	if !ok {
		return Span{Value: p.ReasonShort(f.Why())}
	}
	return Span{Value: p.signed(e.Value, 2), Interval: p.Say("[%s, %s]", p.signed(e.Low, 2), p.signed(e.High, 2))}
}

// AssociationsHeadline says which factors go with what, after so many looks.
func (p *Printer) AssociationsHeadline(a queries.Associations) string {
	switch {
	case a.Missing == queries.NoInput:
		return p.Say("No factors were loaded. A factors file with day, kind (weather, holiday, news, event), label, region and value would show here what goes with them.")
	case a.Missing == queries.TooFewToMeasure:
		return p.Say("Too few weeks, or too few in which something happened, to look for associations.")
	case a.Missing == queries.NoDates:
		return p.Say("Nothing is dated: delivered_at in assignments, and a factors file, would give weeks to compare.")
	case a.Missing != "":
		return p.NoEngagement(a.Missing)
	}
	first := a.Rows[0]
	what := p.Say("%[1]s and %[2]s, %[3]s, r = %[4]s", p.FactorName(first.Factor, first.Label), p.OutcomeName(first.Outcome), p.Weeks(first.Lag), p.CorrelationFigure(first.Correlation).String())
	if a.Found == 0 {
		return p.Say("None of %[1]s looks finds an association that is more than chance. The nearest to one: %[2]s.", p.Int(int64(a.Compared)), what)
	}
	return p.Say("%[1]s; the surest: %[2]s. An association, not a cause.", p.found(a), what)
}

// AssociationsShort is AssociationsHeadline for little room.
func (p *Printer) AssociationsShort(a queries.Associations) string {
	if a.Missing != "" {
		return p.AssociationsHeadline(a)
	}
	return p.found(a)
}

func (p *Printer) found(a queries.Associations) string {
	return p.Plural(int64(a.Found), "%[1]s of %[2]s looks finds an association that is more than chance", "%[1]s of %[2]s looks find an association that is more than chance", p.Int(int64(a.Found)), p.Int(int64(a.Compared)))
}

// AssociationsNotes say how the looks were adjusted.
func (p *Printer) AssociationsNotes(a queries.Associations) []string {
	level := 0.0
	for _, r := range a.Rows {
		if e, ok := r.Correlation.Value(); ok {
			level = e.Level
		}
	}
	return []string{
		p.Say("Correlations by week, or over the weeks that are shown together, up to four weeks later, at %[1]s: adjusted for all %[2]s looks (Bonferroni), and for neighbours being alike.", p.Level(level), p.Int(int64(a.Compared))),
		p.Say("Clicks of weeks with a hundred messages or more; entries and exits of the main purpose, per customer known. The picture has the surest delay of each pair."),
	}
}
