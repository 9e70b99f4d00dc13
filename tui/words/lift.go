package words

import (
	"strings"

	"accord/queries"
	"accord/queries/stats"
)

// Comparisons says how many comparisons show a difference, and
// the most certain one.
func (p *Printer) Comparisons(l queries.Lift) string {
	rate, n := p.MetricRate(queries.Metric(l.Choice.Measure)), int64(l.Rule.Compared)
	c, ok := mostCertain(l.Comparisons)
	switch {
	case l.Missing != "":
		return p.Absent(l.Missing, "campaigns")
	case l.Choice.Measure == "":
		return p.Say("Nothing can be compared yet: no outcome is recorded, or no outcome window is over.")
	case n == 0:
		return p.Say("No comparison on %s can be judged yet.", rate)
	case !ok:
		return p.Plural(n, "The one comparison on %[2]s shows no difference.", "None of %[1]s comparisons on %[2]s shows a difference, adjusted for being so many.", p.Int(n), rate)
	}
	if n == 1 {
		return p.Say("The one comparison on %[1]s shows a difference: %[2]s, %[3]s, %[4]s.", rate, c.Name, p.Name(c.Arm), p.DifferenceFigure(c.Metric, c.Difference).String())
	}
	return p.Plural(int64(l.Rule.Found),
		"%[1]s of %[2]s comparisons on %[3]s shows a difference, adjusted for being so many: %[4]s, %[5]s, %[6]s.",
		"%[1]s of %[2]s comparisons on %[3]s show a difference, adjusted for being so many. The most certain: %[4]s, %[5]s, %[6]s.",
		p.Int(int64(l.Rule.Found)), p.Int(n), rate, c.Name, p.Name(c.Arm), p.DifferenceFigure(c.Metric, c.Difference).String())
}

// ComparisonsShort is Comparisons for little room.
func (p *Printer) ComparisonsShort(l queries.Lift) string {
	c, ok := mostCertain(l.Comparisons)
	if l.Missing != "" || l.Rule.Compared == 0 || !ok {
		return p.Comparisons(l)
	}
	return p.Say("%[1]s of %[2]s differ; %[3]s %[4]s", p.Int(int64(l.Rule.Found)), p.Int(int64(l.Rule.Compared)),
		p.DifferenceFigure(c.Metric, c.Difference).String(), c.Name)
}

// mostCertain is, of the comparisons with a difference, the one farthest from
// zero for its interval.
func mostCertain(list []queries.Comparison) (queries.Comparison, bool) {
	var best queries.Comparison
	farthest := 0.0
	for _, c := range list {
		if v := verdictOf(c); v != queries.Higher && v != queries.Lower {
			continue
		}
		e, _ := c.Difference.Value()
		if distance := max(e.Value, -e.Value) / max(e.High-e.Low, 1e-300); distance > farthest {
			best, farthest = c, distance
		}
	}
	return best, farthest > 0
}

// LiftRule says how comparisons shown together were adjusted.
func (p *Printer) LiftRule(r queries.Rule) string {
	if r.Compared < 2 {
		return p.Say("Nothing to adjust for: there is one comparison or none, at %s.", p.Level(r.Level))
	}
	return p.Say("Adjusted for %[1]s comparisons (Benjamini-Hochberg, 5 %%); intervals at %[2]s.", p.Int(int64(r.Compared)), p.Level(r.Level))
}

// Policy says when one may look.
func (p *Printer) Policy(policy string) string {
	if policy == queries.AlwaysValid {
		return p.Say("Always-valid: right however often one looks, and wider for it; tightest at 5,000 customers.")
	}
	return p.Say("Fixed horizon: right for one look at a size settled before; to look often, choose always-valid.")
}

// PolicyName names a policy in a few words.
func (p *Printer) PolicyName(policy string) string {
	if policy == queries.AlwaysValid {
		return p.Say("always-valid")
	}
	return p.Say("fixed horizon")
}

// SortName names an order.
func (p *Printer) SortName(order string) string {
	switch order {
	case queries.BySize:
		return p.Say("by size")
	case queries.ByDate:
		return p.Say("by date")
	}
	return p.Say("by certainty")
}

// MetricNote says what to know of a metric before reading it, "" where nothing.
func (p *Printer) MetricNote(m queries.Metric) string {
	switch m {
	case queries.HumanOpen:
		return p.Say("Opens are not reliable: an image that is not loaded hides one, and a machine that is not recognised makes one up. Clicks say more.")
	case queries.ConsentWon, queries.ConsentWithdrawn:
		return p.Say("Consents are counted for 30 days after the assignment, whatever the outcome window.")
	case queries.Revenue:
		return p.Say("Revenue is in the data's one currency and is not trimmed; capped at the campaign's 99.9th percentile it stands beside, declared.")
	}
	return ""
}

// Machines says what machines did in an arm, beside its people; "" for nothing.
func (p *Printer) Machines(o queries.Outcome) string {
	n, ok := o.Machines.Value()
	people, shown := o.People.Value()
	switch {
	case !ok || n == 0:
		return ""
	case shown && n > people && o.Metric == queries.HumanOpen:
		return p.Say("Most opens are machines': %[1]s, left out, beside %[2]s of people.", p.Int(n), p.Int(people))
	case o.Metric == queries.HumanOpen:
		return p.Say("Opens of machines in this arm, left out: %s.", p.Int(n))
	}
	return p.Say("Clicks of machines in this arm, left out: %s.", p.Int(n))
}

// ForWhom says in a sentence or two for whom a comparison holds.
func (p *Printer) ForWhom(c queries.Cut, m queries.Metric) string {
	by := p.Dimension(c.By)
	if c.Missing != "" {
		return p.Say("Not shown by %[1]s: %[2]s.", by, p.Reason(c.Missing))
	}
	if text := p.Reversed(c, m); text != "" {
		return text
	}
	if c.Single() {
		return p.Say("By %[1]s there is one group only (%[2]s): nothing to compare.", by, p.Value(c.By, c.Rows[0].Value))
	}
	test, ok := c.Test.Value()
	low, high, ends := extremes(c)
	switch {
	case !ok || !ends:
		return p.Say("Whether it depends on %[1]s cannot be tested, %[2]s.", by, p.Reason(c.Test.Why()))
	case test.P < 0.05:
		return p.Say("It depends on %[1]s, from %[2]s (%[3]s) to %[4]s (%[5]s); %[6]s that they differ by chance alone.", by,
			p.DifferenceFigure(m, low.Comparison.Difference).String(), p.Value(c.By, low.Value),
			p.DifferenceFigure(m, high.Comparison.Difference).String(), p.Value(c.By, high.Value), p.P(test.P))
	}
	return p.Say("No sign that it depends on %[1]s (%[2]s): %[3]s (%[4]s) to %[5]s (%[6]s).", by, p.P(test.P),
		p.DifferenceFigure(m, low.Comparison.Difference).String(), p.Value(c.By, low.Value),
		p.DifferenceFigure(m, high.Comparison.Difference).String(), p.Value(c.By, high.Value))
}

// ForWhomShort is ForWhom for one line.
func (p *Printer) ForWhomShort(c queries.Cut, m queries.Metric) string {
	by := p.Dimension(c.By)
	test, ok := c.Test.Value()
	low, high, ends := extremes(c)
	switch {
	case c.Missing != "":
		return p.Say("by %[1]s: %[2]s", by, p.ReasonShort(c.Missing))
	case c.Single():
		return p.Say("by %[1]s: one group only, %[2]s", by, p.Value(c.By, c.Rows[0].Value))
	case c.Reversal != stats.NoReversal:
		return p.Say("by %[1]s: Simpson reversal, %[2]s in all, %[3]s within", by, p.DifferenceFigure(m, c.Crude).Value, p.DifferenceFigure(m, c.Stratified).Value)
	case !ok || !ends:
		return p.Say("by %[1]s: %[2]s", by, p.ReasonShort(c.Test.Why()))
	case test.P < 0.05:
		return p.Say("depends on %[1]s: %[2]s to %[3]s", by, p.DifferenceFigure(m, low.Comparison.Difference).Value, p.DifferenceFigure(m, high.Comparison.Difference).Value)
	}
	return p.Say("no sign that it depends on %[1]s (%[2]s)", by, p.P(test.P))
}

// Reversed says that the total points the other way than the rows, with both
// readings; "" where it does not.
func (p *Printer) Reversed(c queries.Cut, m queries.Metric) string {
	crude, within := p.DifferenceFigure(m, c.Crude).String(), p.DifferenceFigure(m, c.Stratified).String()
	switch c.Reversal {
	case stats.ClearReversal:
		return p.Say("Simpson reversal by %[1]s: %[2]s in all, yet %[3]s within its values. The total reflects who is in the arms; read the second.", p.Dimension(c.By), crude, within)
	case stats.ReversalWithinError:
		return p.Say("By %[1]s the total (%[2]s) and the rows together (%[3]s) point apart, within their error: read neither as a direction.", p.Dimension(c.By), crude, within)
	}
	return ""
}

// extremes are the rows with the smallest and the largest difference.
func extremes(c queries.Cut) (low, high queries.CutRow, ok bool) {
	for _, r := range c.Rows {
		e, there := r.Comparison.Difference.Value()
		if !there {
			continue
		}
		l, _ := low.Comparison.Difference.Value()
		h, _ := high.Comparison.Difference.Value()
		if !ok || e.Value < l.Value {
			low = r
		}
		if !ok || e.Value > h.Value {
			high = r
		}
		ok = true
	}
	return low, high, ok
}

// CutNotes say how to read a cut: what its dimension is, how its rows were
// adjusted, and how many cuts were looked at, 0 where nobody counts.
func (p *Printer) CutNotes(c queries.Cut, looked int) []string {
	var notes []string
	if c.After {
		notes = append(notes, p.Say("MEASURED AFTER ASSIGNMENT: %s may have changed because of the campaign, so that its values are not the same people in both arms.", p.Dimension(c.By)))
	}
	if n := int64(c.Hidden); n > 0 {
		notes = append(notes, p.Plural(n, "%s value is left out to protect few people.", "%s values are left out to protect few people.", p.Int(n)))
	}
	if c.Missing == "" {
		if test, ok := c.Test.Value(); ok {
			notes = append(notes, p.Say("Do the rows differ? Cochran's Q = %[1]s (df %[2]s), %[3]s.", p.Number(test.Q, 2), p.Int(int64(test.DF)), p.P(test.P)))
		}
		notes = append(notes, p.LiftRule(c.Rule))
		if !c.Single() {
			notes = append(notes, p.Say("Stratified and crude are at 95 %%, not adjusted."))
		}
	}
	if looked > 1 {
		notes = append(notes, p.Say("Cuts looked at since the dashboard was opened: %[1]s. By chance alone 1 in 20 shows a difference; to hold for all, a cut needs p < %[2]s.",
			p.Int(int64(looked)), p.decimal(0.05/float64(looked), 4)))
	}
	return notes
}

// Guardrails says what an arm cost.
func (p *Printer) Guardrails(list []queries.Comparison) string {
	var worse, others []string
	for _, g := range list {
		item := p.Metric(g.Metric) + " " + p.DifferenceFigure(g.Metric, g.Difference).String()
		switch verdictOf(g) {
		case queries.Higher:
			worse = append(worse, item)
		case queries.Lower, queries.TooSmall:
			others = append(others, item)
		default:
			others = append(others, p.Metric(g.Metric)+" "+p.VerdictShort(g))
		}
	}
	switch {
	case len(worse) > 0:
		return p.Say("It has a cost: %s.", strings.Join(worse, ", "))
	case len(others) > 0:
		return p.Say("No guardrail is seen to get worse: %s.", strings.Join(others, ", "))
	}
	return p.Say("No guardrail was recorded.")
}

// CUPED says what a measure from before the assignment adds to the precision.
func (p *Printer) CUPED(c queries.CUPED) string {
	before, ok := c.StandardError.Value()
	after, there := c.Adjusted.Value()
	if !ok || !there || before <= 0 {
		if why := c.Difference.Why(); why == queries.NotRecorded {
			return p.Say("CUPED: not possible, no measure from before the assignment is recorded for everyone.")
		} else if why == queries.ZeroVariance {
			return p.Say("CUPED: not possible, the measure from before the assignment is the same for everyone.")
		}
		return ""
	}
	gain := 1 - after/before
	if gain < 0.0005 {
		return p.Say("CUPED: no gain in precision, the measure from before the assignment explains nothing of this outcome.")
	}
	return p.Say("CUPED with the measure from before the assignment: a standard error smaller by %[1]s, as if there were %[2]s more customers.",
		p.Share(gain), p.Share(before*before/after/after-1))
}

// Pooled says what the content with the most campaigns does over them all.
func (p *Printer) Pooled(l queries.Lift) string {
	r, ok := pooled(l.Pool)
	if !ok {
		return p.Say("No content was compared in two campaigns or more on this metric.")
	}
	m := r.Mean.Metric
	text := p.Say("Over %[1]s campaigns, %[2]s against %[3]s: %[4]s on %[5]s, on average.", p.Int(int64(len(r.Campaigns))), p.Name(r.Content), p.Name(r.Control),
		p.DifferenceFigure(m, r.Mean.Difference).String(), p.MetricRate(m))
	if verdictOf(r.Mean) == queries.TooSmall {
		text = p.Say("Over %[1]s campaigns, too little to tell what %[2]s adds to %[5]s against %[3]s: %[4]s on average.", p.Int(int64(len(r.Campaigns))), p.Name(r.Content), p.Name(r.Control),
			p.DifferenceFigure(m, r.Mean.Difference).String(), p.MetricRate(m))
	}
	if next, ok := r.Prediction.Value(); ok {
		ends := p.DifferenceFigure(m, queries.Known(next)).Interval
		text += " " + p.Say("The next such campaign: %[1]s, at %[2]s.", ends, p.Level(next.Level))
	}
	return text
}

// PooledShort is Pooled for one line.
func (p *Printer) PooledShort(l queries.Lift) string {
	r, ok := pooled(l.Pool)
	if !ok {
		return p.Say("no content in two campaigns or more")
	}
	return p.Say("%[1]s: %[2]s over %[3]s campaigns", p.Name(r.Content), p.DifferenceFigure(r.Mean.Metric, r.Mean.Difference).String(), p.Int(int64(len(r.Campaigns))))
}

// pooled is the first row with an average.
func pooled(pool queries.Pool) (queries.PoolRow, bool) {
	for _, r := range pool.Rows {
		if _, ok := r.Mean.Difference.Value(); ok {
			return r, true
		}
	}
	return queries.PoolRow{}, false
}

// PoolNotes say how campaigns were put together.
func (p *Printer) PoolNotes(l queries.Lift) []string {
	if _, there := pooled(l.Pool); !there {
		return nil
	}
	notes := []string{
		p.Say("Random effects (Paule-Mandel, Hartung-Knapp): campaigns differ, and arms that share a control count once. Campaigns whose split went wrong are left out."),
		p.LiftRule(l.Pool.Rule),
		p.Say("I² is the share of the variation between campaigns that is more than chance. Stratified holds one effect common to all; crude throws everyone together. Both are at 95 %%, not adjusted."),
	}
	for _, r := range l.Pool.Rows {
		if r.Reversal == stats.ClearReversal {
			notes = append(notes, p.Say("Simpson reversal for %[1]s: %[2]s crude, yet %[3]s within campaigns.", p.Name(r.Content),
				p.DifferenceFigure(r.Mean.Metric, r.Crude).String(), p.DifferenceFigure(r.Mean.Metric, r.Stratified).String()))
		}
	}
	return notes
}

// Dimension names what a cut is by, inside a sentence.
func (p *Printer) Dimension(by string) string {
	if by == queries.ByOptedIn {
		return p.Say("opt-in at assignment")
	}
	return p.Name(by)
}

// Value names a value of a dimension.
func (p *Printer) Value(by, value string) string {
	if by != queries.ByOptedIn {
		return p.Name(value)
	}
	switch value {
	case "yes":
		return p.Say("opted in")
	case "no":
		return p.Say("not opted in")
	}
	return p.Say("opt-in unknown")
}
