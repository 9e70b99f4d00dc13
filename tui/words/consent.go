package words

import (
	"cmp"
	"slices"
	"strings"

	"accord/queries"
)

// CutName names what the Consent screen is cut by: a column's title.
func (p *Printer) CutName(by string) string {
	switch by {
	case queries.ByPurpose:
		return p.Say("Purpose")
	case queries.ByChannel:
		return p.Say("Channel")
	}
	return p.cutDimension(by)
}

// cutDimension names the dimension of a cut, apart from what else has its name.
func (p *Printer) cutDimension(by string) string {
	if name := queries.DimensionOf(by); name != by {
		return p.Say("%s of customers", p.Name(name))
	}
	return p.Name(by)
}

// GroupName names a group of the Consent screen: a purpose, a channel, a value,
// or all the values that have no group of their own.
func (p *Printer) GroupName(by, name string, others int) string {
	switch {
	case others > 0:
		return p.Plural(int64(others), "%s other value", "the other %s", p.Int(int64(others)))
	case by == queries.ByPurpose || by == queries.ByChannel:
		return p.Name(name)
	}
	return name
}

// OverTitle names the panel of opt-in over time.
func (p *Printer) OverTitle(a queries.Consent) string {
	switch a.Choice.By {
	case queries.ByPurpose:
		return p.Say("Opted in over time, by purpose")
	case queries.ByChannel:
		return p.Say("Opted in over time, by channel: %s", p.Name(a.Purpose))
	}
	return p.Say("Opted in over time, by %[1]s: %[2]s", p.cutDimension(a.Choice.By), p.Name(a.Purpose))
}

// ends are the groups with the highest and the lowest last rate; false where
// no group has a rate.
func ends(groups []queries.ConsentGroup) (high, low queries.ConsentGroup, ok bool) {
	for _, g := range groups {
		e, there := lastRate(g)
		if !there {
			continue
		}
		h, _ := lastRate(high)
		l, _ := lastRate(low)
		if !ok || e.Value > h.Value {
			high = g
		}
		if !ok || e.Value < l.Value {
			low = g
		}
		ok = true
	}
	return high, low, ok
}

func lastRate(g queries.ConsentGroup) (queries.Estimate, bool) {
	if len(g.Points) == 0 {
		return queries.Estimate{}, false
	}
	return g.Points[len(g.Points)-1].Rate.Estimate.Value()
}

// OverHeadline says how many are opted in at the end, and how that moved.
func (p *Printer) OverHeadline(a queries.Consent) string {
	if text, absent := p.absent(a.Missing, "consents"); absent {
		return text
	}
	high, low, ok := ends(a.Over)
	switch {
	case !ok && a.NoOver == "" && len(a.Over) > 0:
		return p.Say("Opt-in over time: %s.", p.Reason(a.Over[0].Why))
	case !ok:
		return p.Say("Opt-in over time: %s.", p.Reason(cmp.Or(a.NoOver, queries.SmallCell)))
	case a.Choice.By != queries.ByPurpose && len(a.Over) > 1 && high.Name != low.Name:
		h, _ := lastRate(high)
		l, _ := lastRate(low)
		return p.Say("Opted in to %[1]s on %[2]s: most %[3]s (%[4]s), least %[5]s (%[6]s).", p.Name(a.Purpose), p.Date(high.Points[len(high.Points)-1].At),
			p.ShareSpan(h).String(), p.group(a, high), p.ShareSpan(l).String(), p.group(a, low))
	}
	g := high
	for _, x := range a.Over { // the purpose that the screen is about
		if _, there := lastRate(x); there && x.Name == a.Purpose {
			g = x
		}
	}
	name := g.Name
	if a.Choice.By != queries.ByPurpose {
		name = a.Purpose
	}
	e, _ := lastRate(g)
	last := g.Points[len(g.Points)-1]
	text := p.Say("%[1]s opted in to %[2]s on %[3]s (%[4]s)", p.ShareSpan(e).String(), p.Name(name), p.Date(last.At), p.Fraction(last.Rate))
	if _, ok := g.Change.Value(); ok {
		since := g.Before
		if since == "" {
			since = g.Points[0].At
		}
		text = p.Say("%[1]s, %[2]s since %[3]s", text, strings.TrimSpace(p.ChangeFigure(g.Change, g.Interval).String()), p.Date(since))
	}
	if c, ok := last.Contactable.Estimate.Value(); ok {
		return p.Say("%[1]s; contactable on another basis: %[2]s.", text, p.Share(c.Value))
	}
	return p.Say("%s.", text)
}

// OverShort is OverHeadline for little room.
func (p *Printer) OverShort(a queries.Consent) string {
	high, low, ok := ends(a.Over)
	if !ok || a.Choice.By != queries.ByPurpose && len(a.Over) > 1 {
		if h, there := lastRate(high); there {
			l, _ := lastRate(low)
			return p.Say("from %[1]s (%[2]s) to %[3]s (%[4]s)", p.Share(l.Value), p.group(a, low), p.Share(h.Value), p.group(a, high))
		}
		return p.OverHeadline(a)
	}
	for _, x := range a.Over {
		if _, there := lastRate(x); there && x.Name == a.Purpose {
			high = x
		}
	}
	e, _ := lastRate(high)
	return p.Say("%[1]s %[2]s, %[3]s", p.Name(high.Name), p.ShareSpan(e).String(), p.PointsFigure(high.Change))
}

func (p *Printer) group(a queries.Consent, g queries.ConsentGroup) string {
	return p.GroupName(a.Choice.By, g.Name, g.Others)
}

// OverNotes say what the lines are of.
func (p *Printer) OverNotes(a queries.Consent, left int) []string {
	notes := []string{p.Say("Opted in: a valid express consent, of the customers known. Contactable: valid on another basis only.")}
	if a.Choice.By == queries.ByChannel {
		notes = append(notes, p.Say("Channels overlap: they do not add up."))
	}
	if left > 0 {
		notes = append(notes, p.Plural(int64(left), "%s more is in the table.", "%s more are in the table.", p.Int(int64(left))))
	}
	if a.Course.Widened {
		notes = append(notes, p.Say("Steps are longer where very few people moved within a week."))
	}
	return notes
}

// busiest is the step with most exits, or entries, a week.
func busiest(steps []queries.CourseStep, exits bool) (at queries.CourseStep, rate, usual float64) {
	var rates []float64
	for _, s := range steps {
		n := s.Entries
		if exits {
			n = s.Exits
		}
		r := float64(n) / s.Weeks()
		rates = append(rates, r)
		if r > rate || at.At == "" {
			at, rate = s, r
		}
	}
	slices.Sort(rates)
	if n := len(rates); n > 0 {
		usual = (rates[n/2] + rates[(n-1)/2]) / 2
	}
	return at, rate, usual
}

// CourseHeadline says how many came and went, and when most.
func (p *Printer) CourseHeadline(a queries.Consent) string {
	if text, absent := p.absent(a.Course.Missing, "consents"); absent {
		return text
	}
	var entries, exits int64
	for _, s := range a.Course.Steps {
		entries, exits = entries+s.Entries, exits+s.Exits
	}
	text := p.Say("%[1]s entries and %[2]s exits, net %[3]s.", p.Int(entries), p.Int(exits), p.SignedInt(entries-exits))
	if len(a.Course.Steps) < 4 {
		return text
	}
	out, most, usual := busiest(a.Course.Steps, true)
	in, joined, usually := busiest(a.Course.Steps, false)
	if exits == 0 || entries == 0 || usual == 0 || usually == 0 {
		return text
	}
	return p.Say("%[1]s Exits peaked at %[2]s a week from %[3]s to %[4]s, %[5]s times the median; entries at %[6]s a week from %[7]s to %[8]s, %[9]s times.", text,
		p.Number(most, 0), p.Date(out.From.AddDays(1)), p.Date(out.At), p.Number(most/usual, 1),
		p.Number(joined, 0), p.Date(in.From.AddDays(1)), p.Date(in.At), p.Number(joined/usually, 1))
}

// CourseShort is CourseHeadline for little room.
func (p *Printer) CourseShort(a queries.Consent) string {
	out, most, usual := busiest(a.Course.Steps, true)
	if len(a.Course.Steps) < 4 || usual == 0 {
		return p.CourseHeadline(a)
	}
	return p.Say("exits peaked at %[1]s a week until %[2]s, %[3]s times the median", p.Number(most, 0), p.Date(out.At), p.Number(most/usual, 1))
}

// CourseNotes say what entries and exits are.
func (p *Printer) CourseNotes(a queries.Consent) []string {
	notes := []string{p.Say("Entries and exits are starts and ends of express consent on any channel; leaving counts as an exit.")}
	if a.Course.Widened {
		notes = append(notes, p.Say("Steps are longer where very few people moved within a week; the lines are averages a week."))
	}
	return notes
}

// SignedInt writes a whole number with its sign.
func (p *Printer) SignedInt(n int64) string {
	if n > 0 {
		return "+" + p.Int(n)
	}
	return p.Int(n)
}

// PerThousand writes a rate per 1,000 customers a week, or why it is not there.
func (p *Printer) PerThousand(f queries.Figure[float64]) string {
	if x, ok := f.Value(); ok {
		return p.Number(x, 2)
	}
	return p.ReasonShort(f.Why())
}

// MonthOrDay writes the first day of a month by its month, another day whole.
func (p *Printer) MonthOrDay(d queries.Date) string { return strings.TrimSuffix(p.Date(d), "-01") }

// MarkName names what is marked: notices by their version.
func (p *Printer) MarkName(m queries.Mark) string {
	if m.Kind == queries.NoticeMark {
		return p.Say("notice %s", m.Label)
	}
	return m.Label
}

// MarkNames names the most telling mark of a day, and how many there are beside.
func (p *Printer) MarkNames(a queries.Around) string {
	more := int64(len(a.Marks) - 1)
	if more == 0 {
		return p.MarkName(a.Marks[0])
	}
	return p.Plural(more, "%[1]s, and %[2]s other", "%[1]s, and %[2]s others", p.MarkName(a.Marks[0]), p.Int(more))
}

// A Turn is one flow around one day.
type Turn struct {
	Around queries.Around
	Exits  bool // or entries
}

// Flow is what happened to the flow.
func (t Turn) Flow() queries.Turned {
	if t.Exits {
		return t.Around.Exits
	}
	return t.Around.Entries
}

// Strongest are the flows around each day, those that changed most surely first.
func Strongest(a queries.Consent) []Turn {
	var out []Turn
	for _, x := range a.Around {
		if x.Missing == "" {
			out = append(out, Turn{x, false}, Turn{x, true})
		}
	}
	sure := func(t Turn) float64 {
		if p, ok := t.Flow().P.Value(); ok {
			return p
		}
		return 2
	}
	slices.SortStableFunc(out, func(x, y Turn) int { return cmp.Compare(sure(x), sure(y)) })
	return out
}

// rise is the flow that rose most surely, and whether any did.
func rise(a queries.Consent, exits bool) (Turn, queries.Estimate, bool) {
	for _, t := range Strongest(a) {
		if e, ok := t.Flow().Change.Value(); ok && t.Exits == exits && e.Low > 0 {
			return t, e, true
		}
	}
	return Turn{}, queries.Estimate{}, false
}

// AroundHeadline names the surest rise of exits and of entries around a day.
func (p *Printer) AroundHeadline(a queries.Consent) string {
	if text, absent := p.absent(a.Missing, "consents"); absent {
		return text
	}
	if len(a.Around) == 0 {
		return p.Say("Nothing is marked in these days. Notices, campaigns or factors files would put marks here.")
	}
	turns := Strongest(a)
	if len(turns) == 0 {
		return p.Say("No day can be compared: %s.", p.Reason(a.Around[0].Missing))
	}
	var parts []string
	for _, exits := range []bool{true, false} {
		t, e, ok := rise(a, exits)
		if !ok {
			continue
		}
		parts = append(parts, p.turned(t, e))
	}
	if len(parts) == 0 {
		for _, t := range turns { // no rise, but perhaps a fall
			if e, ok := t.Flow().Change.Value(); ok && e.High < 0 {
				return p.Say("%s Before and after, not causal.", p.turned(t, e))
			}
		}
		return p.Say("No change of entries or exits stands out among %s comparisons.", p.Int(int64(a.Compared)))
	}
	return p.Say("%s Before and after, not causal.", strings.Join(parts, " "))
}

// turned says by how much a flow changed after a day.
func (p *Printer) turned(t Turn, e queries.Estimate) string {
	if t.Exits {
		return p.Say("Exits %[1]s after %[2]s (%[3]s).", p.RelativeSpan(e).String(), p.Date(t.Around.Day), p.MarkNames(t.Around))
	}
	return p.Say("Entries %[1]s after %[2]s (%[3]s).", p.RelativeSpan(e).String(), p.Date(t.Around.Day), p.MarkNames(t.Around))
}

// AroundShort is AroundHeadline for little room.
func (p *Printer) AroundShort(a queries.Consent) string {
	t, e, ok := rise(a, true)
	if !ok {
		return p.AroundHeadline(a)
	}
	return p.Say("exits %[1]s after %[2]s (%[3]s); not causal", p.RelativeSpan(e).Value, p.Date(t.Around.Day), p.MarkNames(t.Around))
}

// AroundNotes say what is compared with what.
func (p *Printer) AroundNotes(a queries.Consent) []string {
	notes := []string{
		p.Say("Not causal: whatever else changed then is in it, seasons and other events as well."),
		p.Say("Entries and exits a week per 1,000 customers known, at least 4 weeks before and after; the step that holds the day counts as after."),
		p.Say("Score intervals of the rate ratio, wider as people enter and leave in bursts, adjusted for all %s comparisons (Bonferroni).", p.Int(int64(a.Compared))),
	}
	left := 0
	for _, x := range a.Around {
		if x.Missing != "" {
			left++
		}
	}
	if left > 0 {
		notes = append(notes, p.Plural(int64(left), "%s day is left out: too near an end, or too few people.", "%s days are left out: too near an end, or too few people.", p.Int(int64(left))))
	}
	return notes
}
