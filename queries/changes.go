package queries

import (
	"context"

	"accord/queries/stats"
)

// Changes set the main figures of an answer beside the same figures of what its
// filter compares with: an earlier period, or the customers whom it leaves out.
// The zero Changes are those of a filter that compares with nothing.
type Changes struct {
	Versus  Versus `json:"versus"`
	Missing Reason `json:"missing,omitempty"` // "" = there are rows
	// The days that are compared; of the rest they are the same. Empty = open.
	Since     Date `json:"since"`
	Until     Date `json:"until"`
	ThenSince Date `json:"then_since"`
	ThenUntil Date `json:"then_until"`
	// At and ThenAt are the days that the figures are of, where they are of the end
	// of one: the intervals of changes take both sides as groups apart, and are for
	// the same customers on two days too wide rather than too narrow.
	At     Date `json:"at"`
	ThenAt Date `json:"then_at"`
	// Campaigns says that the sides are of different campaigns, and the intervals of
	// changes allow for how much campaigns differ anyway.
	Campaigns bool `json:"other_campaigns,omitempty"`
	// Level is that of the intervals of the changes: 95 % for all of them
	// together (Bonferroni).
	Level    float64  `json:"level"`
	Compared int      `json:"compared"`
	Rows     []Change `json:"rows"`
}

// A Change is one figure on both sides, at 95 %, and the first less the second.
type Change struct {
	What   string           `json:"what"`                 // a metric, value, purpose, arm or content, as elsewhere in the answer; "" = all
	Of     string           `json:"of,omitempty"`         // the campaign of an arm, or the control of a content
	Money  bool             `json:"money,omitempty"`      // else shares
	Signed bool             `json:"difference,omitempty"` // the figures are differences themselves
	Now    Figure[Estimate] `json:"now"`
	Then   Figure[Estimate] `json:"then"`
	// What the figures are of: customers, respondents, messages or consents; of a
	// lift both arms' customers. They are there where the figures are.
	N      Count            `json:"n"`
	ThenN  Count            `json:"then_n"`
	Change Figure[Estimate] `json:"change"`
}

// Reasons for which there is nothing to compare with.
const (
	NoPeriod       Reason = "no_period"       // a period without a beginning has none before it
	PeriodsOverlap Reason = "periods_overlap" // a period longer than a year is in its own year before
	SameDay        Reason = "same_day"        // both figures are of the one day on which they can be shown
	WholeMonths    Reason = "whole_months"    // the figures are of whole months, which the period is not made of
	OtherCampaigns Reason = "other_campaigns" // the messages of another period are other campaigns'
	FixedOnly      Reason = "fixed_horizon"   // the comparison would be of a fixed horizon, and another policy is chosen
)

// A side is one of the two that are compared.
type side struct {
	f      Filter
	picked selection
	rest   bool // picked is what f leaves out
}

// A quantity is one figure of a side. why says that it is not shown.
type quantity struct {
	what   string
	of     string
	money  bool
	signed bool // a difference itself
	figure func(level float64) stats.Result
	n      int64 // that it is of
	why    Reason
	// stock is the counts behind the figure where they are of the end of a day:
	// the same customers stand behind both sides, and few of them may not be seen
	// to have moved.
	stock []int64
	day   Date // of the stock
	// widely is the figure with how much campaigns differ anyway in its interval,
	// to compare campaigns with others by; nil = figure serves.
	widely func(level float64) stats.Result
}

// An extent is what of a filter's period figures are of.
type extent int

const (
	within   extent = iota // what happened in it
	ofMonths               // what happened in its whole months
	atTheEnd               // the end of its last day
)

// changes asks for the figures of both sides and compares them.
func (d *Dataset) changes(ctx context.Context, f Filter, picked selection, of extent, ask func(context.Context, side) ([]quantity, error)) (Changes, error) {
	if f.Versus == VersusNothing {
		return Changes{}, nil
	}
	out := Changes{Versus: f.Versus, Rows: []Change{}, Since: f.Since, Until: f.Until}
	now := side{f: f, picked: picked}
	now.f.Versus = VersusNothing
	then := now
	var err error
	if f.Versus == VersusRest {
		if then.picked, err = d.leftOut(ctx, picked); err != nil {
			return out, err
		}
		then.rest = true
		if picked.everyone || len(then.picked.segments) == 0 {
			out.Missing = NobodyThere
		}
	} else {
		then.f.Since, then.f.Until, out.Missing = d.earlier(f, of)
	}
	if out.Missing != "" {
		return out, nil
	}
	out.ThenSince, out.ThenUntil = then.f.Since, then.f.Until
	ctx = about(ctx, "changes")
	before, err := ask(ctx, then)
	if err != nil {
		return out, err
	}
	after, err := ask(ctx, now)
	if err != nil {
		return out, err
	}
	d.policy.pair(&out, after, before)
	return out, nil
}

// earlier is the period that f's is compared with.
func (d *Dataset) earlier(f Filter, of extent) (since, until Date, why Reason) {
	last := d.provenance.AsOf
	if last == "" {
		return "", "", NoDates
	}
	if f.Until != "" {
		last = min(last, f.Until)
	}
	yearBefore := func(day Date) Date {
		if day == "" {
			return ""
		}
		return DateOf(day.Time().AddDate(-1, 0, 0))
	}
	switch {
	case of == atTheEnd && (f.Since == "" || f.Versus == VersusYear):
		return yearBefore(f.Since), yearBefore(last), ""
	case f.Since == "":
		return "", "", NoPeriod
	case of == ofMonths && (f.Since.Time().Day() != 1 || last != last.monthEnd()):
		return "", "", WholeMonths
	case f.Versus == VersusYear && f.Since <= yearBefore(last):
		return "", "", PeriodsOverlap
	case f.Versus == VersusYear:
		return yearBefore(f.Since), yearBefore(last), ""
	case of == ofMonths:
		from, to := f.Since.Time(), last.Time()
		months := (to.Year()-from.Year())*12 + int(to.Month()-from.Month()) + 1
		return DateOf(from.AddDate(0, -months, 0)), f.Since.AddDays(-1), ""
	}
	return f.Since.AddDays(-daysBetween(f.Since, last) - 1), f.Since.AddDays(-1), ""
}

// pair pairs the figures of both sides, in the order of the first. Where the
// second has none of a name, neither has the change.
func (p policy) pair(out *Changes, after, before []quantity) {
	type pair struct{ now, then quantity }
	var pairs []pair
	for _, now := range after {
		x := pair{now, quantity{why: NothingInPeriod}}
		for _, then := range before {
			if then.what == now.what && then.of == now.of {
				x.then = then
			}
		}
		if x.now.day != "" && x.now.day == x.then.day && out.Versus != VersusRest && x.then.why == "" {
			x.then.why = SameDay
		}
		if len(x.now.stock) > 0 && len(x.then.stock) == len(x.now.stock) && out.Versus != VersusRest {
			for i, n := range x.now.stock {
				if moved := n - x.then.stock[i]; x.then.why == "" && p.small(max(moved, -moved)) {
					x.then.why = Complement
				}
			}
		}
		// Of the rest and of those picked together other answers tell.
		if out.Versus == VersusRest && (x.now.why.Suppressed() || x.then.why.Suppressed()) {
			x.now.why, x.then.why = withheldToo(x.now.why), withheldToo(x.then.why)
		}
		pairs = append(pairs, x)
		if x.now.there(out.Versus) && x.then.there(out.Versus) {
			out.Compared++
		}
	}
	for _, x := range pairs {
		if out.Versus != VersusRest && x.now.day != "" && x.then.day != "" {
			out.At, out.ThenAt = max(out.At, x.now.day), max(out.ThenAt, x.then.day)
		}
		out.Campaigns = out.Campaigns || out.Versus != VersusRest && x.now.widely != nil
	}
	out.Level = 1 - (1-confidence)/float64(max(out.Compared, 1))
	for _, x := range pairs {
		row := Change{What: x.now.what, Of: x.now.of, Money: x.now.money, Signed: x.now.signed, Now: x.now.at(confidence), Then: x.then.at(confidence), N: x.now.count(), ThenN: x.then.count()}
		if row.Change = Missing[Estimate](worse(x.now.why, x.then.why)); x.now.why == "" && x.then.why == "" {
			row.Change = figureOf(stats.Difference(x.now.among(out.Versus)(out.Level), x.then.among(out.Versus)(out.Level)))
		}
		out.Rows = append(out.Rows, row)
	}
	if len(out.Rows) == 0 {
		out.Missing = NothingInPeriod
	}
}

// withheldToo is the reason for a figure of which another, withheld, would follow.
func withheldToo(why Reason) Reason {
	if why == "" {
		return Complement
	}
	return why
}

// there reports whether the figure can be compared, and is shown.
func (m quantity) there(v Versus) bool {
	if m.why != "" {
		return false
	}
	_, why := m.among(v)(confidence).Estimate()
	return why == ""
}

// among is the figure to compare with others by: of other campaigns, in another
// period.
func (m quantity) among(v Versus) func(level float64) stats.Result {
	if v != VersusRest && m.widely != nil {
		return m.widely
	}
	return m.figure
}

// at is the figure at a level, or why there is none.
func (m quantity) at(level float64) Figure[Estimate] {
	if m.why != "" {
		return Missing[Estimate](m.why)
	}
	return figureOf(m.figure(level))
}

// count is what the figure is of, where it is shown.
func (m quantity) count() Count {
	if m.why != "" {
		return Missing[int64](m.why)
	}
	return Known(m.n)
}

// worse is the reason that is there, of two the one by which something is
// withheld.
func worse(a, b Reason) Reason {
	if a == "" || b.Suppressed() {
		return b
	}
	return a
}

// quantityOfRate is a rate as it is shown, measured at any level.
func quantityOfRate(what string, r Rate) quantity {
	n, counted := r.Numerator.Value()
	of, total := r.Denominator.Value()
	m := quantity{what: what, n: of, why: r.Estimate.Why(), figure: func(level float64) stats.Result {
		return stats.Share(stats.Proportion{Successes: n, N: of}, level)
	}}
	if m.why == "" && (!counted || !total) {
		m.why = Complement
	}
	return m
}
