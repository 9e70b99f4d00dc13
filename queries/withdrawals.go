package queries

import (
	"context"
	"database/sql"
	"time"
)

// Withdrawals are who withdrew consent in periods of Days days, for Purpose or,
// where that is "", for any.
type Withdrawals struct {
	Missing Reason             `json:"missing,omitempty"` // "" = there are dated consents
	Purpose string             `json:"purpose"`
	Days    int                `json:"days"`
	Periods []WithdrawalPeriod `json:"periods"` // the latest first
}

// A WithdrawalPeriod is the days from Since to Until, with both, and the
// customers who withdrew a consent then. Customers are undefined in a period that
// began before the first consent on record.
type WithdrawalPeriod struct {
	Since  Date  `json:"since"`
	Until  Date  `json:"until"`
	People Count `json:"people"`
}

// withdrawalPeriods is how many periods are counted: so far back it can be told
// since when something holds.
const withdrawalPeriods = 13

// Withdrawals counts who withdrew consent in the days up to the as-of date, or to
// the end of the period of f, and in as many days before, time and again. days is
// 1 or more.
func (d *Dataset) Withdrawals(ctx context.Context, f Filter, days int) (Withdrawals, error) {
	out := Withdrawals{Purpose: f.Purpose, Days: days, Periods: []WithdrawalPeriod{}}
	picked, err := d.pick(ctx, f)
	if err != nil {
		return out, err
	}
	until := d.provenance.AsOf
	switch {
	case len(d.purposes) == 0:
		out.Missing = NoInput
	case until == "":
		out.Missing = NoDates
	}
	if out.Missing != "" {
		return out, nil
	}
	if f.Until != "" {
		until = min(until, f.Until)
	}
	zone, err := time.LoadLocation(d.provenance.Zone)
	if err != nil {
		return out, err
	}
	var edges []time.Time
	for i := range withdrawalPeriods + 1 {
		day := until.AddDays(1 - i*days)
		midnight := day.Time()
		midnight = time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, 0, 0, 0, zone)
		edges = append(edges, midnight.UTC())
		if i > 0 {
			out.Periods = append(out.Periods, WithdrawalPeriod{Since: day, Until: day.AddDays(days - 1)})
		}
	}
	args := []any{sql.Named("everyone", picked.everyone), sql.Named("segments", picked.segments), sql.Named("purpose", f.Purpose), sql.Named("edges", edges)}
	return out, d.each(ctx, "withdrawals", args, func(rows *sql.Rows) error {
		var period int
		var people int64
		var whole bool
		if err := rows.Scan(&period, &people, &whole); err != nil {
			return err
		}
		out.Periods[period].People = Missing[int64](NothingInPeriod)
		if whole {
			out.Periods[period].People = d.policy.count(people)
		}
		return nil
	})
}
