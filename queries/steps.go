package queries

import (
	"cmp"
	"slices"
)

// week is the step of figures over time, in days.
const week = 7

// stock is starts less ends up to the end of day.
func stock(flows []flow, day Date) int64 {
	all := moves(flows, "", day)
	return all.starts - all.ends
}

// moves adds up the flows after one day, up to and with another.
func moves(flows []flow, after, until Date) flow {
	var sum flow
	for _, f := range flows {
		if f.day > after && f.day <= until {
			sum.starts += f.starts
			sum.ends += f.ends
		}
	}
	return sum
}

// An account is flows by day; those made by accountOf are running totals, so
// that what happened between two days is found without adding up.
type account []flow

// accountOf adds flows up, whose days may come in any order and more than once.
func accountOf(flows []flow) account {
	sorted := slices.Clone(flows)
	slices.SortStableFunc(sorted, func(a, b flow) int { return cmp.Compare(a.day, b.day) })
	for i := 1; i < len(sorted); i++ {
		sorted[i].starts += sorted[i-1].starts
		sorted[i].ends += sorted[i-1].ends
	}
	return sorted
}

// plus adds up two accounts.
func (a account) plus(b account) account {
	return accountOf(slices.Concat(a.flows(), b.flows()))
}

// flows are what an account was made of.
func (a account) flows() []flow {
	out := slices.Clone(a)
	for i := 1; i < len(a); i++ {
		out[i].starts -= a[i-1].starts
		out[i].ends -= a[i-1].ends
	}
	return out
}

// upTo is the total up to the end of day.
func (a account) upTo(day Date) flow {
	after, _ := slices.BinarySearchFunc(a, day, func(f flow, day Date) int {
		if f.day <= day {
			return -1
		}
		return 1
	})
	if after == 0 {
		return flow{}
	}
	return a[after-1]
}

// moves is what happened after one day, up to and with another.
func (a account) moves(after, until Date) flow {
	from, to := a.upTo(after), a.upTo(until)
	return flow{starts: to.starts - from.starts, ends: to.ends - from.ends}
}

// stock is starts less ends up to the end of day.
func (a account) stock(day Date) int64 {
	all := a.upTo(day)
	return all.starts - all.ends
}

// weekEnds lists the Sundays from first to the as-of date, and that date.
func weekEnds(first, asOf Date) []Date {
	var days []Date
	toSunday := (week - int(first.Time().Weekday())) % week
	for day := first.AddDays(toSunday); day < asOf; day = day.AddDays(week) {
		days = append(days, day)
	}
	return append(days, asOf)
}

// lastOn is the last of the days that is not after day, "" for none.
func lastOn(days []Date, day Date) Date {
	var last Date
	for _, d := range days {
		if d <= day {
			last = d
		}
	}
	return last
}

// safeDays keeps of days those between any two of which nobody, or k people or
// more, started and ended: the steps widen until flows reach k. Which days those
// are does not depend on the period that is asked about, so that two answers
// cannot be set against each other. The last day is kept if any is.
func (p policy) safeDays(days []Date, flows []flow) []Date {
	totals := accountOf(flows)
	return widened(days, func(from, to Date) bool {
		m := totals.moves(from, to)
		return !p.small(m.starts) && !p.small(m.ends)
	})
}

// widened keeps of days those between which what happened fits, from "" as the
// first.
func widened(days []Date, fits func(from, to Date) bool) []Date {
	var safe []Date
	last := Date("")
	for _, day := range days {
		if fits(last, day) {
			safe = append(safe, day)
			last = day
		}
	}
	if len(days) == 0 || last == days[len(days)-1] {
		return safe
	}
	// The last day matters most: give up days before it until it fits.
	end := days[len(days)-1]
	for n := len(safe) - 1; n >= 0; n-- {
		from := Date("")
		if n > 0 {
			from = safe[n-1]
		}
		if fits(from, end) {
			return append(safe[:n], end)
		}
	}
	return safe
}
