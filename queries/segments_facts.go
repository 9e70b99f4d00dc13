package queries

import (
	"context"
	"database/sql"
	"slices"
)

// cutStates reads the states of consent at the end of a month, or of the as-of
// date: the last that lies in the filter's period and that may be shown.
// Single channels are known on the as-of date alone.
func (d *Dataset) cutStates(ctx context.Context, q *segmentQuestion) (grouping, error) {
	u := grouping{unit: Customers, parts: ConsentStates(), stacked: true, figure: shareFigure, purpose: d.mainPurposeOf(q.f)}
	asOf := d.provenance.AsOf
	width, rows := q.groups.width(), len(q.groups.rows)
	changes := map[Date][]map[string]int64{} // by day, cell and state
	args := append(q.groups.args(), sql.Named("purpose", u.purpose), sql.Named("channel", q.choice.Channel))
	err := d.each(ctx, "segment_states", args, func(r *sql.Rows) error {
		var cell, n int64
		var state, day string
		if err := r.Scan(&cell, &state, &day, &n); err != nil {
			return err
		}
		if changes[Date(day)] == nil {
			changes[Date(day)] = make([]map[string]int64, rows*width)
		}
		of := &changes[Date(day)][cell]
		if *of == nil {
			*of = map[string]int64{}
		}
		(*of)[state] = n
		return nil
	})
	if err != nil {
		return u, err
	}
	var days []Date
	for day := range changes {
		days = append(days, day)
	}
	if !slices.Contains(days, asOf) {
		days = append(days, asOf)
	}
	slices.Sort(days)
	// The states at the end of each day, cell by cell.
	now := make([]map[string]int64, rows*width)
	for i := range now {
		now[i] = map[string]int64{}
	}
	at := make([][]groupTally, len(days))
	for i, day := range days {
		at[i] = newTallies(rows*width, len(u.parts))
		for c := range now {
			if changes[day] != nil {
				for state, n := range changes[day][c] {
					now[c][state] += n
				}
			}
			at[i][c].setStates(now[c])
		}
	}
	u.choose(d.policy, days, at, width, q)
	return u, nil
}

// choose picks the day of the grouping and the days of the trend. Between two days
// whose figures are shown, nobody or k people have changed.
func (u *grouping) choose(p policy, days []Date, at [][]groupTally, width int, q *segmentQuestion) {
	last := len(days) - 1
	until := days[last]
	if q.f.Until != "" && q.f.Until < until && q.choice.Channel == anyChannel {
		until = q.f.Until
	}
	byRow := make([][]groupTally, len(days))
	for i := range days {
		byRow[i] = rowsOf(at[i], width)
	}
	if q.choice.Channel != anyChannel {
		u.at, u.cells = days[last], at[last]
		return
	}
	together := safeSteps(p, days, func(i int) []groupTally { return []groupTally{total(at[i])} }, 0)
	u.at = lastOn(together, until)
	i := slices.Index(days, u.at)
	if i < 0 {
		u.missing = NothingInPeriod
		if until >= days[0] {
			u.missing = SmallCell
		}
		return
	}
	u.cells, u.unsafe = at[i], make([]bool, len(byRow[0]))
	steps, told := map[Date]*step{}, map[Date]int{}
	for r := range byRow[0] {
		safe := safeSteps(p, days, func(i int) []groupTally { return byRow[i] }, r)
		u.unsafe[r] = !slices.Contains(safe, u.at)
		for _, day := range safe {
			if day > u.at || (q.f.Since != "" && day < q.f.Since) {
				continue
			}
			q.stepOf(steps, day, len(u.parts)).rows[r] = byRow[slices.Index(days, day)][r]
			told[day]++
		}
	}
	for day, s := range steps {
		s.partial = told[day] < len(s.rows) || !slices.Contains(together, day)
	}
	u.steps = inTime(steps)
}

// safeSteps are the days, of which each follows on one from which the customers
// known in a row and those opted in differ by nobody or by k people or more.
// Like those of [policy.safeDays] they do not depend on the period; the last day
// is kept if any is.
func safeSteps(p policy, days []Date, of func(i int) []groupTally, row int) []Date {
	fits := func(from, to int) bool {
		now := of(to)[row]
		before := groupTally{parts: make([]int64, len(now.parts))}
		if from >= 0 {
			before = of(from)[row]
		}
		return !p.small(max(now.n-before.n, before.n-now.n)) && !p.small(max(now.parts[0]-before.parts[0], before.parts[0]-now.parts[0]))
	}
	var safe []int
	last := -1
	for i := range days {
		if fits(last, i) {
			safe, last = append(safe, i), i
		}
	}
	if end := len(days) - 1; last != end {
		for len(safe) > 0 && !fits(safe[len(safe)-1], end) {
			safe = safe[:len(safe)-1]
		}
		if len(safe) > 0 || fits(-1, end) {
			safe = append(safe, end)
		}
	}
	out := make([]Date, len(safe))
	for i, at := range safe {
		out[i] = days[at]
	}
	return out
}

// cutEngagement reads the roll-up of the lift: human clicks over delivered, or
// visits over assigned where no clicks of delivered messages are recorded.
func (d *Dataset) cutEngagement(ctx context.Context, q *segmentQuestion) (grouping, error) {
	u := grouping{unit: Messages, metric: HumanClick, parts: []string{"clicked", "not_clicked"}, stacked: true, figure: shareFigure}
	factor := q.inputs.clickFactor
	if !q.inputs.clicks {
		u.unit, u.metric, u.parts, factor = Assignments, Visit, []string{"visited", "not_visited"}, q.inputs.visitFactor
	}
	return u, d.campaigned(ctx, q, &u, func(c campaignCell) groupTally {
		n, x := c.reached, c.clicked
		if u.metric == Visit {
			n, x = c.seen, c.visited
		}
		t := newTallies(1, 2)[0]
		t.n, t.parts, t.weights = n, []int64{x, n - x}, []float64{float64(x), float64(n - x)}
		t.weight, t.squares = float64(n), float64(n)*factor
		t.people = x
		return t
	})
}

// A campaignCell is what a campaign's messages to a cell did.
type campaignCell struct {
	reached, clicked, seen, visited, paid, payers int64
	money, squares                                float64 // hundredths
}

// campaigned adds up a tally of each campaign into the grouping's cells and months.
func (d *Dataset) campaigned(ctx context.Context, q *segmentQuestion, u *grouping, of func(campaignCell) groupTally) error {
	parts := len(u.parts)
	u.cells = newTallies(len(q.groups.rows)*q.groups.width(), parts)
	months := map[Date]*step{}
	args := append(q.groups.args(), sql.Named("since", optional(q.f.Since)), sql.Named("until", optional(q.f.Until)), sql.Named("channel", q.choice.Channel))
	err := d.each(ctx, "segment_engagement", args, func(rows *sql.Rows) error {
		var cell int64
		var month, day string
		var c campaignCell
		if err := rows.Scan(&cell, &month, &day, &c.reached, &c.clicked, &c.seen, &c.visited, &c.paid, &c.payers, &c.money, &c.squares); err != nil {
			return err
		}
		t := of(c)
		if t.n == 0 {
			return nil
		}
		// Each customer is in a campaign once, and may be in several: the
		// largest campaign is the least number of people behind a cell.
		people := max(u.cells[cell].people, t.people)
		u.cells[cell].add(t)
		u.cells[cell].people = people
		u.span(Date(day), Date(day))
		if month != "" {
			row := &q.stepOf(months, Date(month), parts).rows[int(cell)/q.groups.width()]
			people := max(row.people, t.people)
			row.add(t)
			row.people = people
		}
		return nil
	})
	u.steps = inTime(months)
	if err == nil && total(u.cells).n == 0 {
		u.missing = NothingInPeriod
	}
	return err
}

// cutRevenue reads the purchases of whole months, over the customers known at
// their end; without purchases, what assignments brought.
func (d *Dataset) cutRevenue(ctx context.Context, q *segmentQuestion) (grouping, error) {
	u := grouping{unit: Customers, metric: Revenue, parts: []string{}, figure: meanFigure}
	if !q.inputs.purchases {
		u.unit = Assignments
		q.choice.Channel = anyChannel
		return u, d.campaigned(ctx, q, &u, func(c campaignCell) groupTally {
			t := newTallies(1, 0)[0]
			t.n, t.people, t.money = c.paid, c.payers, c.money/100
			t.spread, t.factor, t.ofItems = c.squares/1e4, q.inputs.revenueFactor, true
			return t
		})
	}
	asOf := d.provenance.AsOf
	until := asOf
	if q.f.Until != "" {
		until = min(q.f.Until, asOf)
	}
	after := DateOf(asOf.Time().AddDate(-1, 0, 1)).monthBefore() // the last twelve months
	if q.f.Until != "" {
		after = DateOf(until.Time().AddDate(-1, 0, 1)).monthBefore()
	}
	if q.f.Since != "" {
		after = q.f.Since.monthBefore()
	}
	u.cells = newTallies(len(q.groups.rows)*q.groups.width(), 0)
	if err := d.knownAt(ctx, q, until, u.cells); err != nil {
		return u, err
	}
	months := map[Date]*step{}
	ofPeriod, ofMonth := q.inputs.purchaseFactor(monthsBetween(after, until)), q.inputs.purchaseFactor(1)
	args := append(q.groups.args(), sql.Named("since", string(after)), sql.Named("until", string(until)))
	bought := false
	err := d.each(ctx, "segment_spending", args, func(rows *sql.Rows) error {
		var cell, buyers int64
		var day string
		var amount, squares float64
		if err := rows.Scan(&cell, &day, &buyers, &amount, &squares); err != nil {
			return err
		}
		bought = true
		t := groupTally{people: buyers, money: amount / 100, spread: squares / 1e4, factor: ofPeriod}
		people := max(u.cells[cell].people, buyers) // the least number in the whole period
		u.cells[cell].add(t)
		u.cells[cell].people = people
		row := &q.stepOf(months, Date(day), 0).rows[int(cell)/q.groups.width()]
		t.factor = ofMonth
		row.add(t)
		u.until = max(u.until, Date(day))
		return nil
	})
	u.since = after.AddDays(1)
	u.steps = inTime(months)
	for _, s := range u.steps {
		for r, known := range rowsOf(u.cells, q.groups.width()) {
			s.rows[r].n = known.n
		}
	}
	if err == nil && !bought {
		u.missing = NothingInPeriod
	}
	return u, err
}

// monthsBetween counts the months that end after a day and up to that of another.
func monthsBetween(after, until Date) int {
	from, to := after.Time(), until.Time()
	return 12*(to.Year()-from.Year()) + int(to.Month()-from.Month())
}

// monthBefore is the last day of the month before the first month that begins
// on the day or later.
func (d Date) monthBefore() Date {
	t := d.Time()
	if t.Day() == 1 {
		return d.AddDays(-1)
	}
	return DateOf(t.AddDate(0, 1, -t.Day()))
}

// knownAt counts the customers known in each cell at the end of the last month
// that ends no later than a day, or on the as-of date.
func (d *Dataset) knownAt(ctx context.Context, q *segmentQuestion, until Date, cells []groupTally) error {
	args := append(q.groups.args(), sql.Named("purpose", ""), sql.Named("channel", ""))
	return d.each(ctx, "segment_states", args, func(rows *sql.Rows) error {
		var cell, n int64
		var state, day string
		if err := rows.Scan(&cell, &state, &day, &n); err != nil {
			return err
		}
		if Date(day) <= until {
			cells[cell].n += n
		}
		return nil
	})
}
