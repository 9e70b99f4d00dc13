package queries

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"time"

	"accord/queries/stats"
)

// Consent answers how permission moves, for the customers and the period that f
// picks.
func (d *Dataset) Consent(ctx context.Context, f Filter, c Choice) (Consent, error) {
	out := Consent{Over: []ConsentGroup{}, Around: []Around{}}
	out.Course.Steps, out.Course.Marks, out.Mix.Points = []CourseStep{}, []Mark{}, []MixPoint{}
	out.Funnel.Rows, out.Funnel.Within, out.Lasting.Groups, out.Expiring.Rows = []FunnelRow{}, []MethodContrast{}, []LastingGroup{}, []ExpiringRow{}
	out.Choices.By = d.cuts(ByPurpose, ByChannel)
	var err error
	if out.Choice, err = out.Choices.settle(c); err != nil {
		return out, err
	}
	picked, err := d.pick(ctx, f)
	if err != nil {
		return out, err
	}
	asOf := d.provenance.AsOf
	if len(d.purposes) == 0 || asOf == "" {
		why := NoInput
		if len(d.purposes) > 0 {
			why = NoDates
		}
		out.Choices = Choices{} // there is nothing to choose
		out.Missing, out.NoOver, out.Course.Missing, out.Mix.Missing, out.Funnel.Missing, out.Lasting.Missing, out.Expiring.Missing = why, why, why, why, why, why, why
		return out, nil
	}
	flows := about(ctx, "over", "moves", "around", "mix")
	r, err := d.register(flows, picked)
	if err != nil {
		return out, err
	}
	out.Purpose = d.mainPurposeOf(f)
	out.Until = asOf
	if f.Until != "" {
		out.Until = min(f.Until, asOf)
	}
	if out.Since = f.Since; out.Since == "" {
		out.Since = DateOf(out.Until.Time().AddDate(-trendYears, 0, 0))
	}
	all := d.policy.safeDays(weekEnds(r.first(), asOf), r.known)
	whole := r.tally(out.Purpose)
	days := d.policy.calm(all, []tally{whole})
	drawn, steps := whole, days // what Course and the purposes are drawn by
	fine := picked.everyone && len(days) > 0 && daysBetween(out.Since, out.Until) <= daysAtMost
	if fine {
		if r, err = d.registerOf(flows, picked, "", true); err != nil {
			return out, err
		}
		drawn = r.tally(out.Purpose)
		steps = d.policy.singleDays(days, drawn)
		out.Course = d.policy.course(drawn, steps, daysBetween(days[0], asOf), out.Since, out.Until)
	} else {
		out.Course = d.policy.course(drawn, steps, len(weekEnds(r.first(), asOf)), out.Since, out.Until)
	}
	over := func(ctx context.Context) error {
		grouped, err := d.mix(about(ctx, "over", "mix"), picked, whole, days, &out)
		if err != nil {
			return err
		}
		switch out.Choice.By {
		case ByPurpose:
			for _, purpose := range d.purposes {
				if f.Purpose == "" || purpose == f.Purpose {
					t := r.tally(purpose)
					steps := d.policy.calm(all, []tally{t})
					if fine {
						steps = d.policy.singleDays(steps, t)
					}
					out.Over = append(out.Over, d.policy.against(d.policy.group(t, steps, out.Since, out.Until), t, steps, f, out.Until))
				}
			}
			slices.SortStableFunc(out.Over, byShare)
		case ByChannel:
			channels, err := d.channels(about(ctx, "over"), picked, out.Purpose, r.known)
			if err != nil {
				return err
			}
			out.Over = d.policy.overChannels(channels, whole, days, out.Since, out.Until)
		default:
			for _, t := range grouped.tallies {
				out.Over = append(out.Over, d.policy.against(d.policy.group(t, grouped.days, out.Since, out.Until), t, grouped.days, f, out.Until))
			}
		}
		if len(out.Over) == 0 {
			out.NoOver = SmallCell
		}
		return d.lasting(about(ctx, "lasting"), f, picked, grouped, &out)
	}
	err = concurrently(ctx, over,
		func(ctx context.Context) error {
			return d.around(about(ctx, "over", "moves", "around"), whole, days, &out)
		},
		func(ctx context.Context) error { return d.funnel(about(ctx, "funnel"), f, picked, &out) },
		func(ctx context.Context) error { return d.expiring(about(ctx, "expiring"), f, picked, &out) })
	if err != nil || f.Versus != VersusRest {
		return out, err
	}
	out.Changes, err = d.changes(ctx, f, picked, atTheEnd, func(ctx context.Context, s side) ([]quantity, error) {
		return d.optedIn(ctx, s, r, all, out.Until)
	})
	return out, err
}

// mainPurposeOf is the purpose that what is not cut by purpose is about: the
// filter's, or the main one.
func (d *Dataset) mainPurposeOf(f Filter) string {
	if f.Purpose != "" {
		return f.Purpose
	}
	return d.mainPurpose
}

// tally is the flows of one purpose.
func (r register) tally(purpose string) tally {
	t := tally{name: purpose, known: r.known, express: r.express[purpose], valid: r.valid[purpose]}
	t.total()
	return t
}

// course is what happened between the days within the period.
func (p policy) course(t tally, days []Date, weeks int, since, until Date) Course {
	c := Course{Steps: []CourseStep{}, Marks: []Mark{}, Widened: len(days) < weeks}
	last := Date("")
	for _, day := range days {
		// The first step of all has no day from which it began.
		if last != "" && last >= since.AddDays(-1) && day <= until {
			in := t.express.moves(last, day)
			c.Steps = append(c.Steps, CourseStep{From: last, At: day, Rate: p.rate(t.express.stock(day), t.known.stock(day)), Entries: in.starts, Exits: in.ends})
		}
		last = day
	}
	if len(c.Steps) == 0 {
		c.Missing = NothingInPeriod
		if len(days) == 0 {
			c.Missing = SmallCell
		}
	}
	return c
}

// The weeks that are compared before and after a day, in days: at least, and at
// most where steps are wider.
const (
	aroundDays     = 4 * week
	mostAroundDays = 13 * week
	latestTurn     = 3 // weeks from the turn to the day, at most
)

// around compares what came before and after each of the marks of the period,
// over the same days as the course has.
func (d *Dataset) around(ctx context.Context, t tally, days []Date, out *Consent) error {
	var err error
	if out.Course.Marks, err = d.marks(ctx, out.Since, out.Until); err != nil {
		return err
	}
	for _, m := range out.Course.Marks {
		a := aroundDay(m, days, out.Since)
		if n := len(out.Around); n > 0 && out.Around[n-1].Missing == a.Missing && (out.Around[n-1].Turn == a.Turn || out.Around[n-1].Day == m.Day) {
			out.Around[n-1].Marks = append(out.Around[n-1].Marks, m)
			continue
		}
		out.Around = append(out.Around, a)
	}
	for i := range out.Around {
		a := &out.Around[i]
		slices.SortStableFunc(a.Marks, func(x, y Mark) int { return slices.Index(telling, x.Kind) - slices.Index(telling, y.Kind) })
		a.Day = a.Marks[0].Day
	}
	for i := range out.Around {
		a := &out.Around[i]
		if a.Missing == "" {
			for _, x := range []*Turned{&a.Entries, &a.Exits} {
				out.Compared++
				x.set(t, *a, x == &a.Exits)
			}
			continue
		}
		for _, x := range []*Turned{&a.Entries, &a.Exits} {
			*x = Turned{Missing[int64](a.Missing), Missing[int64](a.Missing), Missing[float64](a.Missing), Missing[float64](a.Missing), Missing[Estimate](a.Missing), Missing[float64](a.Missing)}
		}
	}
	entries, exits := t.bursts(days)
	for i := range out.Around {
		if a := &out.Around[i]; a.Missing == "" {
			a.Entries.compare(t, *a, entries, out.Compared)
			a.Exits.compare(t, *a, exits, out.Compared)
		}
	}
	return nil
}

// marks are what happened after a day, up to and with another, by day.
func (d *Dataset) marks(ctx context.Context, after, until Date) ([]Mark, error) {
	marks := []Mark{}
	args := []any{sql.Named("since", string(after)), sql.Named("until", string(until))}
	err := d.each(ctx, "marks", args, func(rows *sql.Rows) error {
		var m Mark
		err := rows.Scan(&m.Day, &m.Kind, &m.Label)
		marks = append(marks, m)
		return err
	})
	return marks, err
}

// telling orders kinds of marks by how much is told by naming one.
var telling = []MarkKind{NoticeMark, NewsMark, EventMark, CampaignMark}

// aroundDay finds the days about a mark: the step that holds the day counts as
// after.
func aroundDay(m Mark, days []Date, since Date) Around {
	a := Around{Day: m.Day, Marks: []Mark{m}, Turn: lastOn(days, m.Day.AddDays(-1))}
	a.BeforeFrom = lastOn(days, a.Turn.AddDays(-aroundDays))
	for _, day := range days {
		if a.Turn != "" && day >= a.Turn.AddDays(aroundDays) {
			a.AfterUntil = day
			break
		}
	}
	switch {
	case len(days) == 0:
		a.Missing = SmallCell
	case a.BeforeFrom == "" || a.BeforeFrom < since.AddDays(-1):
		a.Missing = NothingInPeriod
	case a.AfterUntil == "":
		a.Missing = NotMature
	case weeksBetween(a.Turn, m.Day) > latestTurn, weeksBetween(a.BeforeFrom, a.Turn) > mostAroundDays/week || weeksBetween(a.Turn, a.AfterUntil) > mostAroundDays/week:
		a.Missing = SmallCell
	}
	return a
}

// set counts a flow before and after the day.
func (x *Turned) set(t tally, a Around, exits bool) {
	before, after := t.express.moves(a.BeforeFrom, a.Turn), t.express.moves(a.Turn, a.AfterUntil)
	x.Before, x.After = Known(before.starts), Known(after.starts)
	if exits {
		x.Before, x.After = Known(before.ends), Known(after.ends)
	}
}

// eventRate is so many events after a day, up to another, by thousands of customers
// known and weeks.
func (t tally) eventRate(events int64, from, until Date) stats.EventRate {
	known := float64(t.known.stock(from)+t.known.stock(until)) / 2
	return stats.EventRate{Events: events, Exposure: known / 1000 * weeksBetween(from, until)}
}

// bursts are the dispersions of entries and exits: people are asked by campaigns,
// and answer together.
func (t tally) bursts(days []Date) (entries, exits float64) {
	var in, out []stats.EventRate
	for i := 1; i < len(days); i++ {
		moved := t.express.moves(days[i-1], days[i])
		in, out = append(in, t.eventRate(moved.starts, days[i-1], days[i])), append(out, t.eventRate(moved.ends, days[i-1], days[i]))
	}
	return stats.Dispersion(in), stats.Dispersion(out)
}

// compare sets the rates and their change, adjusted for so many comparisons.
func (x *Turned) compare(t tally, a Around, dispersion float64, compared int) {
	rate := func(n Count, from, until Date) stats.EventRate {
		events, _ := n.Value()
		r := t.eventRate(events, from, until)
		r.Dispersion = dispersion
		return r
	}
	before, after := rate(x.Before, a.BeforeFrom, a.Turn), rate(x.After, a.Turn, a.AfterUntil)
	per := func(r stats.EventRate) Figure[float64] {
		if r.Exposure == 0 {
			return Missing[float64](NobodyThere)
		}
		return Known(float64(r.Events) / r.Exposure)
	}
	x.RateBefore, x.RateAfter = per(before), per(after)
	x.Change = figureOf(stats.RateRatio(after, before, 1-(1-confidence)/float64(compared)))
	p, why := stats.RateP(after, before)
	x.P = numberOf(math.Min(1, p*float64(compared)), why)
}

func weeksBetween(from, until Date) float64 {
	return until.Time().Sub(from.Time()).Hours() / 24 / week
}

// mix sets the crude rate beside the one that is standardised to the values of a
// dimension: the one the answer is cut by, or that which moves the rate most.
// It returns the groups of the dimension that the answer is cut by.
func (d *Dataset) mix(ctx context.Context, picked selection, whole tally, days []Date, out *Consent) (cut, error) {
	dims := d.dimensions
	if dim, there := d.dimension(DimensionOf(out.Choice.By)); there {
		dims = []Dimension{dim}
	}
	var grouped cut
	best := Mix{Points: []MixPoint{}, Missing: NotRecorded}
	if len(dims) > 0 {
		best.Missing = NothingInPeriod
	}
	values, err := d.values(ctx, picked, dims, out.Purpose)
	if err != nil {
		return grouped, err
	}
	tried := 0
	for i, dim := range dims {
		c := d.policy.cutBy(dim, values[i], days)
		if dim.Name == DimensionOf(out.Choice.By) {
			grouped = c
		}
		m := c.standardised(whole, out.Since, out.Until)
		if len(m.Points) < 2 {
			if len(c.days) == 0 && best.Missing != "" {
				best.Missing = SmallCell
			}
			continue
		}
		tried++
		if best.Missing != "" || math.Abs(m.Adjusted-m.Crude) > math.Abs(best.Adjusted-best.Crude) {
			best = m
		}
	}
	out.Mix = best
	out.Mix.Tried = tried
	return grouped, nil
}

// standardised is the crude rate and that of the customers of the first point.
func (c cut) standardised(whole tally, since, until Date) Mix {
	m := Mix{Dimension: c.dimension, Strata: len(c.tallies), Points: []MixPoint{}}
	var weights []float64
	for _, day := range c.days {
		if day < since || day > until {
			continue
		}
		var point MixPoint
		point.At = day
		known := float64(whole.known.stock(day))
		var sum float64
		there := known > 0
		first := weights == nil
		for i, t := range c.tallies {
			of := float64(t.known.stock(day))
			there = there && (of > 0 || !first && weights[i] == 0)
			if first {
				weights = append(weights, of/known)
			}
			if of > 0 {
				sum += weights[i] * float64(t.express.stock(day)) / of
			}
		}
		if !there {
			if first {
				weights = nil
			}
			continue
		}
		point.Crude, point.Adjusted = float64(whole.express.stock(day))/known, sum
		m.Points = append(m.Points, point)
	}
	if n := len(m.Points); n > 1 {
		m.Crude, m.Adjusted = m.Points[n-1].Crude-m.Points[0].Crude, m.Points[n-1].Adjusted-m.Points[0].Adjusted
		m.Reversed = m.Crude*m.Adjusted < 0 && math.Abs(m.Crude) >= leastMove && math.Abs(m.Adjusted) >= leastMove
	}
	return m
}

// leastMove is the least change of a share that has a direction: a tenth of a
// percentage point, which is what people see of a share.
const leastMove = 0.001

// monthOf is the first day of the month or quarter of a day.
func monthOf(day Date, quarter bool) Date {
	if day == "" {
		return ""
	}
	t := day.Time()
	month := t.Month()
	if quarter {
		month -= (month - 1) % 3
	}
	return DateOf(time.Date(t.Year(), month, 1, 0, 0, 0, 0, time.UTC))
}
