package queries

import (
	"context"
	"database/sql"
)

// A Reach is how many different customers messages reached: who had at least one
// delivered within whole months (or, in a large store, quarters or years back from
// the as-of date) of the period. Whatever the channel.
type Reach struct {
	Missing   Reason `json:"missing,omitempty"`
	Since     Date   `json:"since"` // empty = from the first message on
	Until     Date   `json:"until"`
	Customers Rate   `json:"customers"` // reached, of all that the filter picks
}

// reachMonths is how many months have a bit of their own in the roll-up; what is
// older shares the next one.
const reachMonths = 60

// reach counts the customers reached.
func (d *Dataset) reach(ctx context.Context, q *engagementQuestion, out *Engagement) error {
	x := &out.Reach
	var step int
	var reached, people int64
	months, quarters, years := q.reachBits(1), q.reachBits(3), q.reachBits(12)
	args := []any{
		sql.Named("everyone", q.picked.everyone), sql.Named("segments", q.picked.segments),
		sql.Named("months", months.bits), sql.Named("quarters", quarters.bits), sql.Named("years", years.bits),
	}
	if err := d.each(ctx, "reach", args, func(r *sql.Rows) error { return r.Scan(&step, &reached, &people) }); err != nil {
		return err
	}
	wanted := map[int]reachBits{1: months, 3: quarters, 12: years}[step]
	switch {
	case step == 0:
		x.Missing = NoDates
	case wanted.bits == 0:
		x.Missing = NothingInPeriod
	}
	if x.Missing != "" {
		x.Customers = noRate(x.Missing)
		return nil
	}
	x.Since, x.Until = wanted.since, wanted.until
	x.Customers = d.policy.rate(reached, people)
	if q.tells(reached, people) {
		x.Customers = noRate(Complement)
	}
	return nil
}

// tells reports whether few customers follow from those reached, or from all,
// beside the messages that other parts count: of one campaign, a message is a
// customer.
func (q *engagementQuestion) tells(reached, people int64) bool {
	for i := range q.sent {
		if q.sent[i].campaign != q.sent[0].campaign {
			return false
		}
	}
	for _, x := range engagementMetrics {
		if n := q.sumOf(x.metric, func(*sending) bool { return true }).total.seen; n > 0 && x.metric != ClickToOpen && (q.policy.small(people-n) || q.policy.small(max(reached-n, n-reached))) {
			return true
		}
	}
	return false
}

// A reachBits is the bits of the roll-up that stand for the months of a period,
// and the days that these begin and end on.
type reachBits struct {
	bits         int64
	since, until Date
}

// reachBits are those of the question's period, where a bit stands for so many
// months.
func (q *engagementQuestion) reachBits(step int) (b reachBits) {
	asOf := q.provenance.AsOf
	if asOf == "" {
		return b
	}
	month := monthOf(asOf, false).Time()
	for i := 0; i < reachMonths/step; i++ {
		first := DateOf(month.AddDate(0, 1-(i+1)*step, 0))
		last := min(DateOf(month.AddDate(0, -i*step, 0)).monthEnd(), asOf)
		if first < q.f.Since || q.f.Until != "" && last > q.f.Until {
			continue
		}
		b.bits |= 1 << i
		b.since, b.until = first, max(b.until, last)
	}
	older := DateOf(month.AddDate(0, -reachMonths, 0)).monthEnd()
	if q.f.Since == "" && (q.f.Until == "" || older <= q.f.Until) {
		b.bits |= 1 << reachMonths
		b.since, b.until = "", max(b.until, older)
	}
	return b
}
