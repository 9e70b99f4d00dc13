package queries

import (
	"context"
	"database/sql"

	"accord/queries/stats"
)

// A beat is what customers did by a month end.
type beat struct {
	day                            Date
	renewals, express, withdrawals int64
	valid                          int64 // customers with a valid consent then
}

// index fills in the acts of the period and those of the period before it.
func (d *Dataset) index(ctx context.Context, f Filter, picked selection, days []pathDay, from, until int, experiments []experiment, out *Trust) error {
	x := &out.Index
	x.Value = Missing[Estimate](NothingInPeriod)
	first, end := from-(until-from), from // of the period before
	if f.Versus == VersusYear {
		end = -1
		ago := DateOf(days[until].day.Time().AddDate(-1, 0, 0))
		for i, p := range days {
			if p.day <= ago {
				end = i
			}
		}
		first = end - (until - from)
	}
	if first < 0 || end <= first {
		x.Missing = NothingInPeriod
		return nil
	}
	x.BeforeFrom, x.BeforeTo = days[first].day, days[end].day
	var beats []beat
	args := []any{sql.Named("segments", picked.segments), sql.Named("purpose", f.Purpose)}
	err := d.each(ctx, "pulse", args, func(rows *sql.Rows) error {
		var b beat
		var change int64
		if err := rows.Scan(&b.day, &b.renewals, &b.express, &b.withdrawals, &change); err != nil {
			return err
		}
		if n := len(beats); n > 0 {
			b.valid = beats[n-1].valid
		}
		b.valid += change
		beats = append(beats, b)
		return nil
	})
	if err != nil {
		return err
	}
	months, err := d.monthsWith(ctx, beats)
	if err != nil {
		return err
	}
	now, before := addUp(months, out.From, out.Until), addUp(months, x.BeforeFrom, x.BeforeTo)
	// What a purchase renews by itself is no act of trust.
	renewals := d.policy.part(PartRenewals, stats.RateChange{Now: stats.EventRate{Events: now.express, Exposure: float64(now.valid)}, Before: stats.EventRate{Events: before.express, Exposure: float64(before.valid)}})
	if now.express+before.express == 0 {
		renewals = missingPart(PartRenewals, NotRecorded)
	}
	withdrawals := d.policy.part(PartWithdrawals, stats.RateChange{Bad: true, Now: stats.EventRate{Events: now.withdrawals, Exposure: float64(now.valid)}, Before: stats.EventRate{Events: before.withdrawals, Exposure: float64(before.valid)}})
	complaints := d.policy.complaints(experiments, out)
	var changes []stats.RateChange
	for _, p := range []indexPart{renewals, withdrawals, complaints} {
		x.Parts = append(x.Parts, p.IndexPart)
		if p.Missing == "" {
			changes = append(changes, p.change)
		}
	}
	x.Counted = len(changes)
	if x.Counted == 0 {
		x.Missing = x.Parts[0].Missing
		x.Value = Missing[Estimate](x.Missing)
		return nil
	}
	x.Value = figureOf(stats.RateIndex(changes, confidence))
	return nil
}

// monthsWith gives every month end its beat: in those without a row nothing
// happened, and as many have a consent as before.
func (d *Dataset) monthsWith(ctx context.Context, beats []beat) ([]beat, error) {
	days, err := d.pathDays(ctx, everyone)
	if err != nil {
		return nil, err
	}
	var out []beat
	next, valid := 0, int64(0)
	for _, p := range monthEnds(days) {
		b := beat{day: p, valid: valid}
		if next < len(beats) && beats[next].day == p {
			b, valid = beats[next], beats[next].valid
			next++
		}
		out = append(out, b)
	}
	return out, nil
}

// monthEnds are the ends of months from the first of the days to the last, which
// may hold every third only.
func monthEnds(days []pathDay) []Date {
	var out []Date
	if len(days) == 0 {
		return nil
	}
	last := days[len(days)-1].day
	for day := days[0].day; day < last; {
		out = append(out, day)
		first := day.AddDays(1).Time() // of the next month
		day = DateOf(first.AddDate(0, 1, -1))
	}
	return append(out, last)
}

// addUp adds up the months after one day, up to and with another; valid is
// customer-months, at the ends of the months.
func addUp(months []beat, after, until Date) beat {
	var sum beat
	for _, b := range months {
		if b.day > after && b.day <= until {
			sum.renewals, sum.express, sum.withdrawals, sum.valid = sum.renewals+b.renewals, sum.express+b.express, sum.withdrawals+b.withdrawals, sum.valid+b.valid
		}
	}
	return sum
}

// complaints are about messages of the campaigns that started in either period.
func (p policy) complaints(experiments []experiment, out *Trust) indexPart {
	c := stats.RateChange{Bad: true}
	for _, e := range experiments {
		for _, a := range e.sums {
			seen := a.metrics[Complaint]
			if e.Started > out.From && e.Started <= out.Until {
				c.Now.Events, c.Now.Exposure = c.Now.Events+seen.people, c.Now.Exposure+float64(seen.seen)
			}
			if e.Started > out.Index.BeforeFrom && e.Started <= out.Index.BeforeTo {
				c.Before.Events, c.Before.Exposure = c.Before.Events+seen.people, c.Before.Exposure+float64(seen.seen)
			}
		}
	}
	if c.Now.Exposure == 0 || c.Before.Exposure == 0 {
		return missingPart(PartComplaints, NotRecorded)
	}
	return p.part(PartComplaints, c)
}

// An indexPart is a part with what it is computed from.
type indexPart struct {
	IndexPart
	change stats.RateChange
}

func missingPart(name string, why Reason) indexPart {
	return indexPart{IndexPart: IndexPart{Name: name, Missing: why, Now: Missing[int64](why), Before: Missing[int64](why),
		RateNow: Missing[float64](why), RateBefore: Missing[float64](why), Value: Missing[Estimate](why)}}
}

// part is one act, withheld where few people may be behind either count.
func (p policy) part(name string, c stats.RateChange) indexPart {
	switch {
	case p.small(c.Now.Events) || p.small(c.Before.Events):
		return missingPart(name, SmallCell)
	case c.Now.Exposure <= 0 || c.Before.Exposure <= 0 || c.Now.Events+c.Before.Events == 0:
		return missingPart(name, NobodyThere)
	}
	return indexPart{IndexPart{
		Name: name, Now: Known(c.Now.Events), Before: Known(c.Before.Events),
		RateNow: Known(1000 * float64(c.Now.Events) / c.Now.Exposure), RateBefore: Known(1000 * float64(c.Before.Events) / c.Before.Exposure),
		Value: figureOf(stats.RateIndex([]stats.RateChange{c}, confidence)),
	}, c}
}
