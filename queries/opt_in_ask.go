package queries

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"accord/queries/stats"
)

// personalisation is the main purpose where the data has it: opt-in to it is what
// stated willingness is compared with. Else that is it to which most have opted in.
const personalisation = "personalisation"

// trendYears is how far a trend goes back where the filter gives no first day.
const trendYears = 2

// A flow is what changed within the step that ends on a day.
type flow struct {
	day          Date
	starts, ends int64
}

// register is the flows of the customers picked: of all known, and of validity
// by purpose.
type register struct {
	asOf    Date
	known   []flow
	express map[string][]flow
	valid   map[string][]flow // on any basis
}

// optIn fills in the opt-in rates, the trend and the paradox.
func (d *Dataset) optIn(ctx context.Context, f Filter, picked selection, o *Overview) error {
	asOf := d.provenance.AsOf
	if len(d.purposes) == 0 || asOf == "" {
		o.NoOptIn, o.Trend.Missing, o.Paradox.Gap = NoInput, NoInput, Missing[Estimate](NoInput)
		return nil
	}
	r, err := d.register(ctx, picked)
	if err != nil {
		return err
	}
	var rest register
	if f.Versus == VersusRest {
		left, err := d.leftOut(ctx, picked)
		if err != nil {
			return err
		}
		if rest, err = d.register(ctx, left); err != nil {
			return err
		}
	}
	until := asOf
	if f.Until != "" {
		until = min(f.Until, asOf)
	}
	// Days are safe for everyone known first, and then for each purpose among
	// those: so no two figures of an answer differ by 1 to k-1 people.
	days := d.policy.safeDays(weekEnds(r.first(), asOf), r.known)
	safe := map[string][]Date{}
	for _, purpose := range d.purposes {
		if f.Purpose != "" && purpose != f.Purpose {
			continue
		}
		safe[purpose] = d.policy.safeDays(days, r.express[purpose])
		at, before := lastOn(safe[purpose], until), lastOn(safe[purpose], compared(f, until))
		if at == "" {
			at = lastOn(days, until)
			known := d.policy.count(stock(r.known, at))
			few := Rate{Missing[int64](SmallCell), known, Missing[Estimate](SmallCell)}
			o.OptIn = append(o.OptIn, PurposeRate{Purpose: purpose, At: at, Rate: few, Contactable: few, BeforeRate: noRate(SmallCell), Change: Missing[float64](SmallCell), Interval: Missing[Estimate](SmallCell)})
			continue
		}
		rate := d.policy.purposeRate(purpose, r, at, before)
		if f.Versus == VersusRest {
			rate.Before, rate.Rest = "", true
			rate.BeforeRate = d.policy.rate(stock(rest.express[purpose], at), stock(rest.known, at))
			if why := rate.Rate.Estimate.Why(); why.Suppressed() {
				rate.BeforeRate = noRate(Complement) // both together may be known
			}
			rate.compare()
		}
		o.OptIn = append(o.OptIn, rate)
	}
	slices.SortStableFunc(o.OptIn, func(a, b PurposeRate) int {
		x, _ := a.Rate.Numerator.Value()
		y, _ := b.Rate.Numerator.Value()
		return cmp.Compare(y, x)
	})
	purpose := d.mainPurposeOf(f)
	since := f.Since
	if since == "" {
		since = DateOf(until.Time().AddDate(-trendYears, 0, 0))
	}
	o.Trend = d.policy.trend(purpose, r, safe[purpose], since, until)
	o.Paradox = d.policy.paradox(purpose, r, o.Stance, lastOn(safe[purpose], cmp.Or(o.Stance.Until, until)))
	return nil
}

// register reads the flows by week, of all purposes.
func (d *Dataset) register(ctx context.Context, picked selection) (register, error) {
	return d.registerOf(ctx, picked, "", false)
}

// registerOf reads the flows of one purpose, "" = all; daily, which everyone's are
// kept by alone, by day.
func (d *Dataset) registerOf(ctx context.Context, picked selection, purpose string, daily bool) (register, error) {
	r := register{asOf: d.provenance.AsOf, express: map[string][]flow{}, valid: map[string][]flow{}}
	args := []any{sql.Named("segments", picked.segments), sql.Named("as_of", string(r.asOf)), sql.Named("daily", daily)}
	err := d.each(ctx, "known_steps", args, func(rows *sql.Rows) error {
		var f flow
		err := rows.Scan(&f.day, &f.starts, &f.ends)
		r.known = append(r.known, f)
		return err
	})
	if err != nil {
		return r, err
	}
	err = d.each(ctx, "consent_steps", append(args, sql.Named("purpose", purpose)), func(rows *sql.Rows) error {
		var purpose, basis string
		var f flow
		if err := rows.Scan(&purpose, &basis, &f.day, &f.starts, &f.ends); err != nil {
			return err
		}
		by := r.express
		if basis == "any" {
			by = r.valid
		}
		by[purpose] = append(by[purpose], f)
		return nil
	})
	return r, err
}

// first is the day of the first dated flow, the as-of date if there is none.
func (r register) first() Date {
	first := r.asOf
	for _, flows := range append([][]flow{r.known}, values(r.express)...) {
		for _, f := range flows {
			if f.day >= "1990" {
				first = min(first, f.day)
			}
		}
	}
	return first
}

func values(m map[string][]flow) [][]flow {
	var out [][]flow
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// compared is the day that the end of a filter's period is compared with: the
// day before the period, or a year before.
func compared(f Filter, until Date) Date {
	if f.Since != "" && f.Versus != VersusYear {
		return f.Since.AddDays(-1)
	}
	return DateOf(until.Time().AddDate(-1, 0, 0))
}

// purposeRate is the rate for a purpose at the end of a safe day, with that of
// an earlier safe day.
func (p policy) purposeRate(purpose string, r register, at, before Date) PurposeRate {
	opted, valid, known := stock(r.express[purpose], at), stock(r.valid[purpose], at), stock(r.known, at)
	out := PurposeRate{Purpose: purpose, At: at, Before: before}
	out.Rate, out.Contactable = p.rate(opted, known), p.rate(valid-opted, known)
	hidden := p.partition([]int64{opted, valid - opted, known - valid})
	if hidden[0] {
		out.Rate.withhold()
	}
	if hidden[1] {
		out.Contactable.withhold()
	}
	out.BeforeRate = noRate(NothingInPeriod)
	if before != "" && before < at {
		out.BeforeRate = p.rate(stock(r.express[purpose], before), stock(r.known, before))
	}
	out.compare()
	return out
}

// compare sets the change from the rate compared with.
func (r *PurposeRate) compare() {
	r.Change, r.Interval = changeOf(r.Rate, r.BeforeRate), intervalOf(r.Rate, r.BeforeRate)
}

// intervalOf is the difference of two rates' shares with its interval.
func intervalOf(now, before Rate) Figure[Estimate] {
	for _, r := range []Rate{now, before} {
		if why := r.Estimate.Why(); why != "" {
			return Missing[Estimate](why)
		}
	}
	of := func(r Rate) stats.Proportion {
		n, _ := r.Numerator.Value()
		of, _ := r.Denominator.Value()
		return stats.Proportion{Successes: n, N: of}
	}
	return figureOf(stats.ShareDifference(of(now), of(before), confidence))
}

// changeOf is the difference of two rates' shares.
func changeOf(now, before Rate) Figure[float64] {
	a, ok := now.Estimate.Value()
	if !ok {
		return Missing[float64](now.Estimate.Why())
	}
	b, ok := before.Estimate.Value()
	if !ok {
		return Missing[float64](before.Estimate.Why())
	}
	return Known(a.Value - b.Value)
}

// trend is the rate at the end of each safe day from since to until.
func (p policy) trend(purpose string, r register, days []Date, since, until Date) Trend {
	t := Trend{Purpose: purpose, Points: []TrendPoint{}, Widened: len(days) < len(weekEnds(r.first(), r.asOf))}
	last := Date("")
	for _, day := range days {
		rate := p.rate(stock(r.express[purpose], day), stock(r.known, day))
		if day < since || day > until || rate.Estimate.Why() != "" {
			last = day
			continue
		}
		in := moves(r.express[purpose], last, day)
		point := TrendPoint{At: day, Rate: rate, Entries: Known(in.starts), Exits: Known(in.ends)}
		if len(t.Points) == 0 {
			// Before the first point lies more than one step.
			point.Entries, point.Exits = Missing[int64](NotAsked), Missing[int64](NotAsked)
		}
		t.Points = append(t.Points, point)
		last = day
	}
	if len(t.Points) == 0 {
		t.Missing = NothingInPeriod
		if len(days) == 0 {
			t.Missing = SmallCell
		}
	}
	return t
}

// paradox sets the share willing beside the opt-in rate at the end of a safe
// day, the survey's last if it is dated.
func (p policy) paradox(purpose string, r register, s Stance, at Date) Paradox {
	x := Paradox{Purpose: purpose, At: at}
	willing, there := s.Willing.Estimate.Value()
	if s.Missing != "" || !there {
		x.Gap = Missing[Estimate](cmp.Or(s.Missing, s.Willing.Estimate.Why()))
		return x
	}
	if at == "" {
		x.Gap = Missing[Estimate](SmallCell)
		return x
	}
	rate, there := p.rate(stock(r.express[purpose], at), stock(r.known, at)).Estimate.Value()
	if !there {
		x.Gap = Missing[Estimate](p.rate(stock(r.express[purpose], at), stock(r.known, at)).Estimate.Why())
		return x
	}
	x.Gap = Known(Estimate{
		Value: willing.Value - rate.Value, Low: willing.Low - rate.Value, High: willing.High - rate.Value,
		Level: willing.Level, Method: willing.Method,
	})
	return x
}
