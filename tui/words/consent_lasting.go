package words

import (
	"math"

	"accord/queries"
	"accord/queries/stats"
)

// WayName names how people were asked.
func (p *Printer) WayName(method string, others, all bool) string {
	switch {
	case all:
		return p.Say("all ways")
	case others:
		return p.Say("other ways")
	case method == "":
		return p.Say("not recorded")
	}
	return p.Name(method)
}

// best is the way of asking in which the newer notice differs most surely from
// the older one, for better and for worse.
func contrast(f queries.Funnel, sign float64) (queries.MethodContrast, queries.Estimate, bool) {
	var best queries.MethodContrast
	var found queries.Estimate
	ok := false
	for _, c := range f.Within {
		e, there := c.Change.Value()
		if there && e.ExcludesZero() && e.Value*sign > 0 && (!ok || math.Abs(e.Value) > math.Abs(found.Value)) {
			best, found, ok = c, e, true
		}
	}
	return best, found, ok
}

// FunnelHeadline says what became of requests, and what the newest notice
// changed within the same way of asking.
func (p *Printer) FunnelHeadline(a queries.Consent) string {
	f := a.Funnel
	switch {
	case f.Missing == queries.NotRecorded:
		return p.Say("No request for this purpose is in the consents file: rows with the state requested would show here what becomes of them.")
	case f.Missing != "":
		text, _ := p.absent(f.Missing, "consents")
		return text
	}
	if f.Newer == "" {
		return p.funnelPlain(f)
	}
	up, e, better := contrast(f, 1)
	down, d, worse := contrast(f, -1)
	var text string
	switch {
	case better:
		text = p.Say("Notice %[1]s: %[2]s of requests by %[3]s opted in, %[4]s under %[5]s: %[6]s.", f.Newer, p.ShareFigure(up.Newer.Estimate).Value,
			p.WayName(up.Method, up.Others, false), p.ShareFigure(up.Older.Estimate).Value, f.Older, p.PointsSpan(e).String())
		if worse {
			text = p.Say("%[1]s By %[2]s, %[3]s.", text, p.WayName(down.Method, down.Others, false), p.PointsSpan(d).String())
		}
	case worse:
		text = p.Say("Notice %[1]s: %[2]s of requests by %[3]s opted in, %[4]s under %[5]s: %[6]s.", f.Newer, p.ShareFigure(down.Newer.Estimate).Value,
			p.WayName(down.Method, down.Others, false), p.ShareFigure(down.Older.Estimate).Value, f.Older, p.PointsSpan(d).String())
	case len(f.Within) == 0:
		return p.funnelPlain(f)
	default:
		text = p.Say("Notices %[1]s and %[2]s cannot be told apart in any way of asking.", f.Older, f.Newer)
	}
	if crude, ok := f.Crude.Value(); ok && f.Reversed && crude.ExcludesZero() {
		text = p.Say("%[1]s All ways together %[2]s: the ways of asking changed as well.", text, p.PointsSpan(crude).String())
	}
	return text
}

// funnelPlain is the share of requests that led to opt-in where there is no
// second notice to compare.
func (p *Printer) funnelPlain(f queries.Funnel) string {
	row := f.Rows[len(f.Rows)-1]
	if why := row.OptedIn.Estimate.Why(); why != "" {
		return p.Say("Requests that led to opt-in, all ways together: %s.", p.Reason(why))
	}
	return p.Say("%[1]s of requests led to opt-in, of %[2]s; %[3]s were answered.", p.ShareFigure(row.OptedIn.Estimate).Value, p.Count(row.Requests), p.ShareFigure(row.Answered.Estimate).Value)
}

// FunnelShort is FunnelHeadline for little room.
func (p *Printer) FunnelShort(a queries.Consent) string {
	up, e, ok := contrast(a.Funnel, 1)
	if a.Funnel.Missing != "" || !ok {
		return p.FunnelHeadline(a)
	}
	text := p.Say("notice %[1]s by %[2]s: %[3]s against %[4]s", a.Funnel.Newer, p.WayName(up.Method, up.Others, false), p.PointsSpan(e).String(), a.Funnel.Older)
	if crude, ok := a.Funnel.Crude.Value(); ok && a.Funnel.Reversed && crude.ExcludesZero() {
		return p.Say("%[1]s; all ways together %[2]s", text, p.PointsSpan(crude).Value)
	}
	return text
}

// FunnelNotes say how requests are matched with answers.
func (p *Printer) FunnelNotes(a queries.Consent) []string {
	f := a.Funnel
	notes := []string{
		p.Say("A request is answered by the first yes or no of the same customer, purpose and channel within %s and before the next request.", p.Days(f.Days)),
		p.Say("Notices took turns and were not assigned by chance: an association."),
	}
	if len(f.Within) > 1 {
		notes = append(notes, p.Plural(int64(len(f.Within)), "Intervals of differences are adjusted for %s way of asking.", "Intervals of differences are adjusted for %s ways of asking.", p.Int(int64(len(f.Within)))))
		if e, ok := f.Adjusted.Value(); ok {
			notes = append(notes, p.Say("Common difference within ways of asking: %s (Mantel-Haenszel).", p.PointsSpan(e).String()))
		} else if x, ok := f.Differ.Value(); ok && f.Adjusted.Why() == queries.WaysDisagree {
			notes = append(notes, p.Say("The ways of asking disagree by more than chance (Cochran, %s): no difference is common to them.", p.P(x)))
		}
	}
	if n, ok := f.Waiting.Value(); ok && n > 0 {
		notes = append(notes, p.Plural(n, "%s request that may still be answered is left out.", "%s requests that may still be answered are left out.", p.Int(n)))
	}
	return notes
}

// DaysFigure writes a number of days with its interval, which may be open, for two
// table cells.
func (p *Printer) DaysFigure(f queries.Figure[queries.Estimate]) Span {
	return p.spanOf(f, func(e queries.Estimate) Span {
		if e.Method == stats.MethodMedianLow {
			return Span{p.Days(int(e.Value)), p.Say("[%s or more]", p.Int(int64(e.Low)))}
		}
		return Span{p.Days(int(e.Value)), p.Say("[%s, %s]", p.Int(int64(e.Low)), p.Int(int64(e.High)))}
	})
}

// MedianFigure writes when half have ended: in days, or between which days where
// the steps were widened.
func (p *Printer) MedianFigure(g queries.LastingGroup) Span {
	span := p.DaysFigure(g.Median)
	if e, ok := g.Median.Value(); ok && g.MedianAfter > 0 {
		span.Value = p.Say("%[1]s–%[2]s", p.Int(int64(g.MedianAfter)), p.Days(int(e.Value)))
	}
	return span
}

// Age writes days since a start on an axis: in years where they are whole.
func (p *Printer) Age(days float64) string {
	n := int(math.Round(days))
	if n > 0 && n%365 == 0 {
		return p.Plural(int64(n/365), "%s year", "%s years", p.Int(int64(n/365)))
	}
	return p.Days(n)
}

// about is the group that a headline speaks of.
func about(a queries.Consent) (queries.LastingGroup, bool) {
	for _, g := range a.Lasting.Groups {
		if g.Why == "" && (g.Name == a.Purpose || len(a.Lasting.Groups) == 1) {
			return g, true
		}
	}
	for _, g := range a.Lasting.Groups {
		if g.Why == "" {
			return g, true
		}
	}
	return queries.LastingGroup{}, false
}

// LastingHeadline says how many first consents hold after a year, and when half
// have ended.
func (p *Printer) LastingHeadline(a queries.Consent) string {
	if a.Lasting.Missing == queries.NobodyThere {
		return p.Say("Nobody has ever opted in.")
	}
	if text, absent := p.absent(a.Lasting.Missing, "consents"); absent {
		return text
	}
	g, ok := about(a)
	if !ok {
		return p.Say("How long consents last: %s.", p.Reason(a.Lasting.Groups[0].Why))
	}
	if a.Choice.By != queries.ByPurpose && len(a.Lasting.Groups) > 1 {
		return p.lastingAcross(a)
	}
	name := g.Name
	if len(a.Lasting.Groups) == 1 {
		name = a.Purpose
	}
	var text string
	if e, ok := g.Year.Value(); ok {
		text = p.Say("%[1]s of first consents to %[2]s still hold after a year (%[3]s customers)", p.ShareSpan(e).String(), p.Name(name), p.Count(g.People))
	} else {
		text = p.Say("%[1]s of %[2]s first consents to %[3]s have ended", p.Count(g.Ended), p.Count(g.People), p.Name(name))
	}
	if e, ok := g.Median.Value(); ok && g.MedianAfter > 0 {
		return p.Say("%[1]s; half have ended after some time between %[2]s and %[3]s %[4]s.", text, p.Int(int64(g.MedianAfter)), p.Days(int(e.Value)), p.MedianFigure(g).Interval)
	} else if ok {
		return p.Say("%[1]s; half have ended after %[2]s.", text, p.MedianFigure(g).String())
	}
	if g.Median.Why() == queries.UnboundedRatio {
		return p.Say("%s; half will have ended at some time that cannot be bounded yet.", text)
	}
	if g.Median.Why() == queries.Reason(stats.NotReached) {
		return p.Say("%s; fewer than half have ended, so there is no median yet.", text)
	}
	return p.Say("%s.", text)
}

// lastingAcross compares groups of customers.
func (p *Printer) lastingAcross(a queries.Consent) string {
	var most, least queries.LastingGroup
	var high, low queries.Estimate
	ok := false
	for _, g := range a.Lasting.Groups {
		e, there := g.Year.Value()
		if !there {
			continue
		}
		if !ok || e.Value > high.Value {
			most, high = g, e
		}
		if !ok || e.Value < low.Value {
			least, low = g, e
		}
		ok = true
	}
	test, tested := a.Lasting.P.Value()
	switch {
	case !ok:
		return p.Say("How long consents last: no group was seen for a year.")
	case !tested:
		return p.Say("After a year %[1]s still hold (%[2]s), %[3]s where fewest do (%[4]s); the groups were not tested.", p.ShareSpan(high).String(), p.GroupName(a.Choice.By, most.Name, most.Others), p.ShareSpan(low).String(), p.GroupName(a.Choice.By, least.Name, least.Others))
	case test < 0.05:
		return p.Say("After a year %[1]s still hold (%[2]s), %[3]s where fewest do (%[4]s); the groups differ (log-rank %[5]s).", p.ShareSpan(high).String(), p.GroupName(a.Choice.By, most.Name, most.Others), p.ShareSpan(low).String(), p.GroupName(a.Choice.By, least.Name, least.Others), p.P(test))
	}
	return p.Say("After a year %[1]s to %[2]s still hold; the groups cannot be told apart (log-rank %[3]s).", p.Share(low.Value), p.Share(high.Value), p.P(test))
}

// LastingShort is LastingHeadline for little room.
func (p *Printer) LastingShort(a queries.Consent) string {
	g, ok := about(a)
	if a.Lasting.Missing != "" || !ok || a.Choice.By != queries.ByPurpose && len(a.Lasting.Groups) > 1 {
		return p.LastingHeadline(a)
	}
	e, there := g.Year.Value()
	if !there {
		return p.LastingHeadline(a)
	}
	return p.Say("%s still hold after a year", p.ShareSpan(e).String())
}

// LastingNotes say what is counted.
func (p *Printer) LastingNotes(a queries.Consent) []string {
	notes := []string{p.Say("Each customer's first express consent, whenever it began (the period of the filter does not narrow it); Kaplan-Meier in steps of %s, wider where fewer would be told of (actuarial: who was last seen within a step counts for half of it), band log-log.", p.Days(a.Lasting.StepDays))}
	var known, within, open bool
	for _, g := range a.Lasting.Groups {
		if e, ok := g.Median.Value(); ok {
			known, within, open = true, within || g.MedianAfter > 0, open || e.Method == stats.MethodMedianLow
		}
	}
	switch {
	case within:
		notes = append(notes, p.Say("Half have ended by the end of a step; where steps are wider, at some time within the days given. Limits are the start of a step and the end of one."))
	case known:
		notes = append(notes, p.Say("Half have ended by the end of a step; limits are the start of a step and the end of one."))
	}
	if open {
		notes = append(notes, p.Say("\"Or more\": the last step is too wide for an upper limit."))
	}
	switch {
	case a.Choice.By == queries.ByPurpose && len(a.Lasting.Groups) > 1:
		notes = append(notes, p.Say("Purposes share their customers, so they are not tested against each other."))
	case a.Choice.By == queries.ByChannel:
		notes = append(notes, p.Say("On any channel: by channel it is not kept."))
	}
	return append(notes, p.Say("Who leaves, or is still opted in, is seen until then and no longer."))
}

// BasisName names a basis of consent; any is all that is left.
func (p *Printer) BasisName(basis string) string {
	if basis == "any" {
		return p.Say("any: nothing left")
	}
	return p.Name(basis)
}

// ExpiringHeadline says what expires soon.
func (p *Printer) ExpiringHeadline(a queries.Consent) string {
	if text, absent := p.absent(a.Expiring.Missing, "consents"); absent {
		return text
	}
	if len(a.Expiring.Rows) == 0 {
		return p.Say("No consent that is valid on %s expires within a year.", p.Date(a.Expiring.At))
	}
	r := a.Expiring.Rows[0]
	for _, row := range a.Expiring.Rows { // a basis says more than what is left
		if row.Basis != "any" {
			r = row
			break
		}
	}
	text := p.Say("%[1]s consents to %[2]s (%[3]s) expire within %[4]s unless renewed, of %[5]s", p.Count(r.Within[1]), p.Name(r.Purpose), p.BasisName(r.Basis), p.Days(queries.ExpiringDays[1]), p.Count(r.Valid))
	text = p.Say("%[1]s: %[2]s within %[3]s, %[4]s within %[5]s.", text, p.Count(r.Within[0]), p.Days(queries.ExpiringDays[0]), p.Count(r.Within[2]), p.Days(queries.ExpiringDays[2]))
	for _, row := range a.Expiring.Rows {
		if n, ok := row.Within[1].Value(); ok && row.Basis == "any" && row.Purpose == r.Purpose && n > 0 {
			return p.Say("%[1]s %[2]s customers have no valid consent left then.", text, p.Int(n))
		}
	}
	return text
}

// ExpiringShort is ExpiringHeadline for little room.
func (p *Printer) ExpiringShort(a queries.Consent) string {
	for _, r := range a.Expiring.Rows {
		if r.Basis != "any" {
			return p.Say("%[1]s %[2]s consents within %[3]s (%[4]s)", p.Count(r.Within[1]), p.BasisName(r.Basis), p.Days(queries.ExpiringDays[1]), p.Name(r.Purpose))
		}
	}
	return p.ExpiringHeadline(a)
}

// ExpiringNotes say what the counts are.
func (p *Printer) ExpiringNotes(queries.Consent) []string {
	return []string{p.Say("As of the last day, on any channel; each count holds the one before it. \"Nothing left\": no consent to the purpose is valid on any basis after it.")}
}
