package words

import (
	"math"
	"slices"

	"accord/queries"
)

// Measure names a measure of segments, for a title.
func (p *Printer) Measure(m string) string {
	switch m {
	case queries.MeasureStance:
		return p.Say("What they say")
	case queries.MeasureStates:
		return p.Say("Consent")
	case queries.MeasureGap:
		return p.Say("Say against do")
	case queries.MeasureEngagement:
		return p.Say("Engagement")
	case queries.MeasureRevenue:
		return p.Say("Revenue per customer")
	}
	return Slug(m)
}

// Part names a part of a segment's bar.
func (p *Printer) Part(name string) string {
	switch name {
	case queries.OptedIn:
		return p.Say("opted in")
	case queries.Contactable:
		return p.Say("contactable")
	case queries.Refused:
		return p.Say("refused")
	case queries.Unanswered:
		return p.Say("no answer")
	case queries.Lapsed:
		return p.Say("lapsed")
	case queries.NeverAsked:
		return p.Say("never asked")
	case "clicked":
		return p.Say("clicked")
	case "not_clicked":
		return p.Say("did not click")
	case "visited":
		return p.Say("visited")
	case "not_visited":
		return p.Say("did not visit")
	}
	return p.engagementPart(name)
}

// GivenReason names a reason that sceptics give.
func (p *Printer) GivenReason(name string) string {
	switch name {
	case "unneeded_products":
		return p.Say("sold things one does not need")
	case "environment":
		return p.Say("environment")
	case "over_consumption":
		return p.Say("over-consumption")
	case "privacy":
		return p.Say("privacy")
	case "no_value":
		return p.Say("sees no value in it")
	}
	return Slug(name)
}

// UnitOf names what a segment's n counts, for the head of a column.
func (p *Printer) UnitOf(u queries.Unit) string {
	switch u {
	case queries.Respondents:
		return p.Say("Respondents")
	case queries.Messages:
		return p.Say("Delivered")
	case queries.Assignments:
		return p.Say("Assigned")
	}
	return p.Say("Customers")
}

// SegmentFigure writes a figure of segments: a share, a gap in points, or money.
func (p *Printer) SegmentFigure(measure string, f queries.Figure[queries.Estimate]) Span {
	switch measure {
	case queries.MeasureGap:
		return p.spanOf(f, p.PointsSpan)
	case queries.MeasureRevenue:
		return p.spanOf(f, p.MoneySpan)
	}
	return p.spanOf(f, p.ShareSpan)
}

// SegmentBrief writes a figure in as few digits as a shaded cell has room for.
func (p *Printer) SegmentBrief(measure string, e queries.Estimate) string {
	switch measure {
	case queries.MeasureGap:
		return p.signed(e.Value*100, 0)
	case queries.MeasureRevenue:
		return p.decimal(e.Value, 0)
	case queries.MeasureEngagement:
		return p.decimal(e.Value*100, 1)
	}
	return p.decimal(e.Value*100, 0)
}

// SegmentDifference writes the difference of a row from the others.
func (p *Printer) SegmentDifference(measure string, f queries.Figure[queries.Estimate]) Span {
	if measure == queries.MeasureRevenue {
		return p.spanOf(f, p.SignedMoneySpan)
	}
	return p.spanOf(f, p.PointsSpan)
}

// SegmentFromWhole writes how far a row is from the whole, as exactly as its
// difference from the others is known.
func (p *Printer) SegmentFromWhole(measure string, r queries.SegmentRow) string {
	x, there := r.FromWhole.Value()
	e, compared := r.Difference.Value()
	if !there || !compared {
		return ""
	}
	return p.SegmentDifference(measure, queries.Known(queries.Estimate{Value: x, Low: x + e.Low - e.Value, High: x + e.High - e.Value})).Value
}

// comparesFigures reports whether rows are compared by their figures, and not within
// campaigns.
func comparesFigures(a queries.Segments) bool {
	return slices.ContainsFunc(a.Rows, func(r queries.SegmentRow) bool { return r.FromWhole.Why() == "" })
}

// WithinCampaigns reports whether rows are compared within campaigns, which says
// something else than their figures do.
func WithinCampaigns(a queries.Segments) bool {
	return !comparesFigures(a) && slices.ContainsFunc(a.Rows, func(r queries.SegmentRow) bool { return r.Difference.Why() == "" })
}

// AgainstName heads the column of [Printer.SegmentAgainst].
func (p *Printer) AgainstName(a queries.Segments) string {
	if comparesFigures(a) {
		return p.Say("vs all")
	}
	return p.Say("vs others")
}

// SegmentAgainst writes how far a row is from the whole or, where that is not what is
// tested, from the others.
func (p *Printer) SegmentAgainst(a queries.Segments, r queries.SegmentRow) string {
	if comparesFigures(a) {
		return p.SegmentFromWhole(a.Choice.Measure, r)
	}
	return p.SegmentDifference(a.Choice.Measure, r.Difference).Value
}

// SegmentsHeadline says what the whole does, and which groups differ from all
// the others by more than chance.
func (p *Printer) SegmentsHeadline(a queries.Segments) string {
	if a.Missing != "" {
		return p.noSegments(a)
	}
	whole := p.segmentsWhole(a)
	if _, there := a.Whole.Figure.Value(); !there {
		return whole
	}
	return whole + " " + p.segmentsApart(a)
}

// SegmentsShort is SegmentsHeadline for little room.
func (p *Printer) SegmentsShort(a queries.Segments) string {
	if a.Missing != "" {
		return p.noSegments(a)
	}
	figure := p.SegmentFigure(a.Choice.Measure, a.Whole.Figure).Value
	high, low := farthest(a)
	if a.Tested == 0 {
		return p.Say("%[1]s %[2]s; no group can be compared with the others", p.figureName(a), figure)
	}
	if a.Found == 0 {
		return p.Say("%[1]s %[2]s; no group differs from the others by more than chance", p.figureName(a), figure)
	}
	differ := p.Say("%[1]s %[2]s; %[3]s of %[4]s groups differ", p.figureName(a), figure, p.Int(int64(a.Found)), p.Int(int64(a.Tested)))
	switch {
	case high >= 0 && low >= 0:
		return p.Say("%[1]s: of these highest %[2]s, lowest %[3]s", differ, p.SegmentName(a.Rows[high].Value), p.SegmentName(a.Rows[low].Value))
	case high >= 0:
		return p.Say("%[1]s: higher, most of all %[2]s", differ, p.SegmentName(a.Rows[high].Value))
	case low >= 0:
		return p.Say("%[1]s: lower, most of all %[2]s", differ, p.SegmentName(a.Rows[low].Value))
	}
	return differ
}

// WholeShare writes a share of all in as few digits as will do beside a legend.
func (p *Printer) WholeShare(f queries.Figure[queries.Estimate]) string {
	e, there := f.Value()
	if !there {
		return p.ReasonShort(f.Why())
	}
	if e.Value > 0.01 && e.Value < 0.99 {
		return p.Say("%s %%", p.decimal(e.Value*100, 0))
	}
	return p.Share(e.Value)
}

// figureName names what the figure of rows is: "willing", "opted in".
func (p *Printer) figureName(a queries.Segments) string {
	switch {
	case a.Choice.Measure == queries.MeasureGap:
		return p.Say("gap")
	case len(a.Parts) == 0:
		return p.Say("mean revenue")
	}
	return p.Part(a.Parts[0])
}

// FigureName is figureName for the head of a column.
func (p *Printer) FigureName(a queries.Segments) string {
	switch {
	case a.Choice.Measure == queries.MeasureGap:
		return p.Say("Gap")
	case len(a.Parts) == 0:
		return p.Say("Mean")
	case a.Parts[0] == "willing":
		return p.Say("Willing")
	}
	return p.Part(a.Parts[0])
}

func (p *Printer) noSegments(a queries.Segments) string {
	switch {
	case a.Choice.By == "":
		return p.Say("Customers have no dimension to compare them by: any further column of the customers file, such as region, becomes one.")
	case a.Missing == queries.NoInput && a.Input == "assignments":
		return p.Say("Nothing says what people did with messages. An assignments file with campaign_id, customer_id, arm, delivered_at and clicked (or visited) would show it here.")
	case a.Missing == queries.NoInput && a.Input == "purchases":
		return p.Say("No purchases were loaded. A purchases file with customer_id, occurred_at and amount would show here what customers bring.")
	case a.Missing == queries.NoInput:
		return p.NoInput(a.Input)
	case a.Missing == queries.NoSuchColumn:
		return p.Say("The survey has no column %[1]s, or none by which it is filtered: it cannot be compared by it.", p.Name(a.Choice.By))
	}
	return p.Say("Nothing to compare by %[1]s: %[2]s.", p.Name(a.Choice.By), p.Reason(a.Missing))
}

// segmentsWhole is the figure of all groups together, and what it is of.
func (p *Printer) segmentsWhole(a queries.Segments) string {
	if _, there := a.Whole.Figure.Value(); !there {
		return p.Say("%[1]s of all together: %[2]s.", p.Measure(a.Choice.Measure), p.Reason(a.Whole.Figure.Why()))
	}
	figure, n := p.SegmentFigure(a.Choice.Measure, a.Whole.Figure).String(), p.Count(a.Whole.N)
	when := p.Period(a.Since, a.Until)
	switch a.Choice.Measure {
	case queries.MeasureStance:
		return p.Say("%[1]s of %[2]s respondents say that they are willing to share data (%[3]s).", figure, n, when)
	case queries.MeasureStates:
		return p.Say("%[1]s of %[2]s customers known had opted in to %[3]s (%[4]s) at the end of %[5]s.", figure, n, p.Name(a.Purpose), p.Name(a.Choice.Channel), p.Date(a.At))
	case queries.MeasureGap:
		return p.gapOfAll(a, figure)
	case queries.MeasureEngagement:
		if a.Metric == queries.Visit {
			return p.Say("%[1]s of %[2]s assigned visited within their window (campaigns begun %[3]s); clicks are not recorded.", figure, n, when)
		}
		return p.Say("%[1]s of %[2]s messages delivered were clicked by people (campaigns begun %[3]s).", figure, n, when)
	}
	if a.Unit == queries.Assignments {
		return p.Say("%[1]s of revenue for each of %[2]s assigned, within their window (campaigns begun %[3]s); no purchases file says what else they bought.", figure, n, when)
	}
	return p.Say("%[1]s of revenue for each of %[2]s customers known (%[3]s).", figure, n, when)
}

func (p *Printer) gapOfAll(a queries.Segments, figure string) string {
	e, _ := a.Whole.Figure.Value()
	purpose, at := p.Name(a.Purpose), p.Date(a.At)
	switch {
	case e.Low > 0:
		return p.Say("%[1]s more say that they are willing than had opted in to %[2]s at the end of %[3]s (%[4]s respondents, %[5]s customers).", figure, purpose, at, p.Count(a.Whole.N), p.Count(a.Whole.Of))
	case e.High < 0:
		return p.Say("%[1]s: fewer say that they are willing than had opted in to %[2]s at the end of %[3]s (%[4]s respondents, %[5]s customers).", figure, purpose, at, p.Count(a.Whole.N), p.Count(a.Whole.Of))
	}
	return p.Say("%[1]s between those who say that they are willing and those who had opted in to %[2]s at the end of %[3]s: too few respondents to tell which are more (%[4]s respondents, %[5]s customers).", figure, purpose, at, p.Count(a.Whole.N), p.Count(a.Whole.Of))
}

// segmentsApart says which groups differ, the farthest on either side.
func (p *Printer) segmentsApart(a queries.Segments) string {
	by := p.Name(a.Choice.By)
	if a.Tested == 0 {
		return p.Say("By %[1]s, no group can be compared with the others.", by)
	}
	if a.Found == 0 {
		return p.Plural(int64(a.Tested), "By %[1]s, the groups cannot be told apart from chance (%[2]s comparison).", "By %[1]s, none of %[2]s groups differs from the others by more than chance.", by, p.Int(int64(a.Tested)))
	}
	high, low := farthest(a)
	at := func(i int) string {
		says := p.SegmentDifference(a.Choice.Measure, a.Rows[i].Difference)
		if a.Tested > 1 && comparesFigures(a) {
			says = p.SegmentFigure(a.Choice.Measure, a.Rows[i].Figure)
		}
		return p.Say("%[1]s %[2]s", p.SegmentName(a.Rows[i].Value), says.String())
	}
	several := a.Tested > 1
	switch {
	case !several && high >= 0:
		return p.Say("By %[1]s, the groups differ by more than chance: %[2]s from the others.", by, at(high))
	case !several:
		return p.Say("By %[1]s, the groups differ by more than chance: %[2]s from the others.", by, at(low))
	case high >= 0 && low >= 0:
		return p.Say("By %[1]s, %[2]s of %[3]s groups differ from the others by more than chance: of these highest %[4]s, lowest %[5]s.", by, p.Int(int64(a.Found)), p.Int(int64(a.Tested)), at(high), at(low))
	case high >= 0:
		return p.Say("By %[1]s, %[2]s of %[3]s groups differ from the others by more than chance: higher, most of all %[4]s.", by, p.Int(int64(a.Found)), p.Int(int64(a.Tested)), at(high))
	}
	return p.Say("By %[1]s, %[2]s of %[3]s groups differ from the others by more than chance: lower, most of all %[4]s.", by, p.Int(int64(a.Found)), p.Int(int64(a.Tested)), at(low))
}

// farthest are the rows that lie farthest above and below the whole (or, within
// campaigns, the others), of those that differ by more than chance; -1 for none.
func farthest(a queries.Segments) (high, low int) {
	high, low = -1, -1
	for i, r := range a.Rows {
		if r.Verdict == queries.Higher && (high < 0 || distance(r) > distance(a.Rows[high])) {
			high = i
		}
		if r.Verdict == queries.Lower && (low < 0 || distance(r) < distance(a.Rows[low])) {
			low = i
		}
	}
	return high, low
}

// distance is how far a row is from the whole, or from the others.
func distance(r queries.SegmentRow) float64 {
	if x, there := r.FromWhole.Value(); there {
		return x
	}
	e, _ := r.Difference.Value()
	return e.Value
}

// SegmentName shows a value of a dimension: as it is in the data.
func (p *Printer) SegmentName(s string) string { return Slug(s) }

// TestedNote says how the differences of rows were judged.
func (p *Printer) TestedNote(a queries.Segments) string {
	for _, r := range a.Rows {
		if e, there := r.Difference.Value(); there {
			return p.Say("Each group against all the others together, adjusted for %[1]s (Holm); their intervals are at %[2]s, where each agrees with its verdict, not for all together. Nobody was assigned to a group: associations.",
				p.Plural(int64(a.Tested), "%s comparison", "%s comparisons", p.Int(int64(a.Tested))), p.Level(e.Level))
		}
	}
	return ""
}

// SegmentNote says how a measure counts.
func (p *Printer) SegmentNote(a queries.Segments) string {
	switch a.Choice.Measure {
	case queries.MeasureStance:
		return p.PublishedNote() + p.weighted(a)
	case queries.MeasureStates:
		return p.Say("Opted in: a valid express consent. Contactable: valid on another basis. Lapsed: withdrawn or run out. No answer: asked, never answered. They sum to the customers known.")
	case queries.MeasureGap:
		return p.Say("What respondents say less what customers of the same group did; the interval carries the error of both.") + p.weighted(a)
	case queries.MeasureEngagement:
		if a.Metric == queries.Visit {
			return p.Say("Visits of all assigned, sent a message or not. Several assignments of one customer are alike: the intervals are wider for it.")
		}
		return p.Say("Machines' clicks are left out. Several messages to one customer are alike: the intervals are wider for it.")
	}
	if a.Unit == queries.Assignments {
		return p.Say("Revenue of assignments whose window is over. Several of one customer are alike: the intervals are wider for it.")
	}
	return p.Say("Purchases of whole months, those of customers who have left since too, over the customers known at their end, who may have bought nothing. Nothing is trimmed.")
}

// weighted says that the shares of respondents are weighted, "" where they are not.
func (p *Printer) weighted(a queries.Segments) string {
	if len(a.Whole.Parts) == 0 {
		return ""
	}
	willing := a.Whole.Parts[0]
	n, some := willing.Numerator.Value()
	of, all := willing.Denominator.Value()
	e, there := willing.Estimate.Value()
	if !some || !all || !there || math.Abs(e.Value-float64(n)/float64(of)) < 1e-9 {
		return ""
	}
	return " " + p.Say("Shares of respondents are weighted; counts of them are not.")
}

// PublishedMark labels the reference of a share willing.
func (p *Printer) PublishedMark() string {
	return p.Say("CROP 2018: %s", p.Level(PublishedWilling))
}
