package words

import (
	"strings"

	"accord/queries"
)

// EngagementMetric names a metric of messages, for a title or a row.
func (p *Printer) EngagementMetric(m queries.Metric) string {
	switch m {
	case queries.ClickToOpen:
		return p.Say("Click-to-open")
	case queries.Revenue:
		return p.Say("Revenue per message")
	}
	return p.Metric(m)
}

// engagementPart names a part of messages.
func (p *Printer) engagementPart(name string) string {
	switch name {
	case "opened":
		return p.Say("opened")
	case "not_opened":
		return p.Say("did not open")
	case "converted":
		return p.Say("converted")
	case "not_converted":
		return p.Say("did not convert")
	case "unsubscribed":
		return p.Say("unsubscribed")
	case "not_unsubscribed":
		return p.Say("stayed")
	case "complained":
		return p.Say("complained")
	case "not_complained":
		return p.Say("did not complain")
	}
	return p.Name(name)
}

// EngagementCut names what messages are grouped by.
func (p *Printer) EngagementCut(by string) string {
	switch by {
	case queries.ByContent:
		return p.Say("content")
	case queries.ByCampaign:
		return p.Say("campaign")
	case queries.ByOptedIn:
		return p.Say("opt-in at assignment")
	case queries.ByChannel:
		return p.Say("channel")
	}
	return p.cutDimension(by)
}

// EngagementGroup names a group of messages.
func (p *Printer) EngagementGroup(by, value string) string {
	switch {
	case by == queries.ByOptedIn && value == "yes":
		return p.Say("opted in")
	case by == queries.ByOptedIn && value == "no":
		return p.Say("not opted in")
	case by == queries.ByOptedIn:
		return p.Say("not known")
	case value == "" && (by == queries.ByContent || by == queries.ByChannel):
		return p.Say("not recorded")
	case by == queries.ByContent || by == queries.ByChannel:
		return p.Name(value)
	}
	return p.SegmentName(value)
}

// EngagementFigure writes a figure of a metric: a share, or money.
func (p *Printer) EngagementFigure(m queries.Metric, f queries.Figure[queries.Estimate]) Span {
	return p.ValueFigure(m, f)
}

// RawShare writes a share with machines, or nothing where machines do not do it.
func (p *Printer) RawShare(f queries.Figure[float64]) string {
	if x, ok := f.Value(); ok {
		return p.Share(x)
	}
	if f.Why() == queries.NotRecorded {
		return ""
	}
	return p.ReasonShort(f.Why())
}

// NoEngagement says what is lacking, and which file would feed it.
func (p *Printer) NoEngagement(why queries.Reason) string {
	if why == queries.NoInput {
		return p.Say("Nothing says what people did with messages. An assignments file with campaign_id, customer_id, arm, delivered_at, opened and clicked would show it here; so would an engagements file, a log of events.")
	}
	return p.Absent(why, "assignments")
}

// NoEngagementShort is NoEngagement for little room: the first panel says more.
func (p *Printer) NoEngagementShort(why queries.Reason) string {
	if why == queries.NoInput {
		return p.Say("there are no messages")
	}
	return p.Absent(why, "assignments")
}

// EngagementHeadline says what became of all messages.
func (p *Printer) EngagementHeadline(a queries.Engagement) string {
	if a.Missing != "" {
		return p.NoEngagement(a.Missing)
	}
	text := ""
	add := func(part string) {
		if text != "" {
			part = p.Say("%[1]s; %[2]s", text, part)
		}
		text = part
	}
	opens, clicks := queries.EngagementFigure{}, false
	for _, f := range a.Figures {
		e, ok := f.Figure.Value()
		if !ok {
			continue
		}
		value := p.EngagementFigure(f.Metric, f.Figure).String()
		switch f.Metric {
		case queries.HumanClick:
			clicks = true
			add(p.Say("people clicked %[1]s of %[2]s", value, p.sent(a.Unit, f.N)))
		case queries.HumanOpen:
			opens = f
			add(p.Say("they opened %s", p.Share(e.Value)))
		case queries.ClickToOpen:
			add(p.Say("of what they opened, they clicked %s", p.Share(e.Value)))
		case queries.Conversion, queries.Visit:
			if !clicks {
				add(p.Say("%[1]s: %[2]s of %[3]s", p.EngagementMetric(f.Metric), value, p.sent(a.Unit, f.N)))
			}
		case queries.Revenue:
			add(p.Say("each brought %s within the window, whatever its cause", p.Money(e.Value)))
		}
	}
	if text == "" {
		return p.Say("%s messages: every figure is withheld or not recorded.", p.Count(a.Figures[0].N))
	}
	text = p.upper(p.Say("%s.", text))
	if raw, ok := opens.Raw.Value(); ok {
		if e, _ := opens.Figure.Value(); raw-e.Value > 0.01 {
			text = p.Say("%[1]s With machines, opens would read %[2]s.", text, p.Share(raw))
		}
	}
	return text
}

// sent counts messages, or assignments where no delivery is recorded.
func (p *Printer) sent(u queries.Unit, n queries.Count) string {
	if u == queries.Assignments {
		return p.Say("%s assigned", p.Count(n))
	}
	return p.Say("%s messages delivered", p.Count(n))
}

// upper begins a sentence.
func (p *Printer) upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// EngagementShort is EngagementHeadline for little room.
func (p *Printer) EngagementShort(a queries.Engagement) string {
	if a.Missing != "" {
		return p.NoEngagementShort(a.Missing)
	}
	var parts []string
	for _, f := range a.Figures {
		if e, ok := f.Figure.Value(); ok && len(parts) < 3 && !f.Metric.Money() {
			parts = append(parts, p.Say("%[1]s %[2]s", p.EngagementMetric(f.Metric), p.Share(e.Value)))
		}
	}
	if len(parts) == 0 {
		return p.EngagementHeadline(a)
	}
	return strings.Join(parts, ", ")
}

// EngagementNotes say what the figures are of.
func (p *Printer) EngagementNotes(a queries.Engagement) []string {
	first := p.Say("Of messages delivered whose outcome window is over, to customers in one arm of their campaign; machines' opens and clicks are left out.")
	if a.Unit == queries.Assignments {
		first = p.Say("No delivery is recorded: of all assigned but holdouts whose outcome window is over.")
	}
	return []string{first, p.Say("Several messages of one customer are alike: the intervals are wider for it. Rates after a message are not what it caused: that is on Lift. Periods are of when campaigns began.")}
}

// EngagementGroupsHeadline says what the whole does, and which groups differ.
func (p *Printer) EngagementGroupsHeadline(a queries.Engagement, named queries.Segments) string {
	_, ok := named.Whole.Figure.Value()
	metric := queries.Metric(a.Choice.Measure)
	switch {
	case named.Missing != "":
		return p.NoEngagement(named.Missing)
	case !ok:
		return p.Say("%[1]s of all messages: %[2]s.", p.EngagementMetric(metric), p.Reason(named.Whole.Figure.Why()))
	}
	of := p.sent(a.Unit, named.Whole.N)
	if metric == queries.ClickToOpen {
		of = p.Say("%s that people opened", p.Count(named.Whole.N))
	}
	text := p.Say("%[1]s: %[2]s of %[3]s.", p.EngagementMetric(metric), p.EngagementFigure(metric, named.Whole.Figure).String(), of)
	named.Choice.By = p.EngagementCut(a.Choice.By)
	return text + " " + p.segmentsApart(named)
}

// EngagementGroupsShort is EngagementGroupsHeadline for little room.
func (p *Printer) EngagementGroupsShort(a queries.Engagement, named queries.Segments) string {
	if named.Missing != "" {
		return p.NoEngagementShort(named.Missing)
	}
	if _, ok := named.Whole.Figure.Value(); !ok {
		return p.EngagementGroupsHeadline(a, named)
	}
	if named.Tested == 0 {
		return p.Say("%[1]s %[2]s", p.figureName(named), p.EngagementFigure(queries.Metric(a.Choice.Measure), named.Whole.Figure).Value)
	}
	return p.SegmentsShort(named)
}

// EngagementGroupNotes say what groups of messages are not.
func (p *Printer) EngagementGroupNotes(a queries.Engagement) []string {
	switch a.Choice.By {
	case queries.ByContent:
		return []string{p.Say("Contents went to different people in different campaigns: what a content adds is on Lift.") + " " + p.campaignsDiffer()}
	case queries.ByChannel:
		return []string{p.campaignsDiffer()}
	case queries.ByOptedIn:
		return []string{p.Say("Opted in for the campaign's purposes and channel when assigned. Those who share data differ in other ways too."),
			p.Say("Differences are within campaigns: their mean over campaigns, which ask for purposes of their own (random effects).")}
	}
	return nil
}

func (p *Printer) campaignsDiffer() string {
	return p.Say("Differences allow for how much campaigns differ anyway.")
}

// EngagementCourseHeadline says where the metric was highest and lowest.
func (p *Printer) EngagementCourseHeadline(c queries.EngagementCourse) string {
	if c.Missing == queries.NoInput {
		return p.NoEngagement(c.Missing)
	}
	if c.Missing != "" {
		return p.EngagementCourseShort(c)
	}
	last := c.Steps[len(c.Steps)-1]
	if len(c.Steps) == 1 {
		return p.Say("%[1]s: %[2]s", p.EngagementMetric(c.Metric), p.EngagementCourseShort(c))
	}
	high, low := highAndLow(c)
	return p.Say("%[1]s: %[2]s", p.EngagementMetric(c.Metric), p.Say("%[1]s of what was delivered last (until %[2]s); highest %[3]s (until %[4]s), lowest %[5]s (until %[6]s).",
		p.step(c, last), p.Date(last.At), p.step(c, high), p.Date(high.At), p.step(c, low), p.Date(low.At)))
}

// highAndLow are the steps with the highest and the lowest figure.
func highAndLow(c queries.EngagementCourse) (high, low queries.EngagementStep) {
	high, low = c.Steps[0], c.Steps[0]
	at := func(s queries.EngagementStep) float64 { e, _ := s.Figure.Value(); return e.Value }
	for _, s := range c.Steps {
		if at(s) > at(high) {
			high = s
		}
		if at(s) < at(low) {
			low = s
		}
	}
	return high, low
}

// EngagementCourseShort is EngagementCourseHeadline for little room.
func (p *Printer) EngagementCourseShort(c queries.EngagementCourse) string {
	if c.Missing == queries.NoDates {
		return p.Say("No message has a date: delivered_at or assigned_at in the assignments file would show here how response moves.")
	}
	if c.Missing != "" {
		return p.NoEngagementShort(c.Missing)
	}
	last := c.Steps[len(c.Steps)-1]
	if len(c.Steps) == 1 {
		return p.Say("%[1]s of what was delivered from %[2]s to %[3]s.", p.step(c, last), p.Date(last.From.AddDays(1)), p.Date(last.At))
	}
	high, _ := highAndLow(c)
	return p.Say("%[1]s last; highest %[2]s (until %[3]s)", p.step(c, last), p.step(c, high), p.Date(high.At))
}

func (p *Printer) step(c queries.EngagementCourse, s queries.EngagementStep) string {
	return p.EngagementFigure(c.Metric, s.Figure).String()
}

// EngagementCourseNotes say what a point is.
func (p *Printer) EngagementCourseNotes() []string {
	return []string{p.Say("By the week in which messages were delivered; weeks without any are bridged, and those of few people joined. Campaigns differ: a change of the line is also one of campaign.")}
}
