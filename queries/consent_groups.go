package queries

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
)

// A tally is the flows of one group of customers, purpose or channel: of those
// known, of express validity, and of validity on any basis.
type tally struct {
	name                  string
	others                int // values that have no name of their own
	known, express, valid account
}

// add takes in a flow of validity on a basis.
func (t *tally) add(basis string, f flow) {
	if basis == "any" {
		t.valid = append(t.valid, f)
	} else {
		t.express = append(t.express, f)
	}
}

// total makes running totals of what was taken in.
func (t *tally) total() {
	t.known, t.express, t.valid = accountOf(t.known), accountOf(t.express), accountOf(t.valid)
}

// plus adds up two tallies under the name of neither.
func (t tally) plus(u tally) tally {
	return tally{known: t.known.plus(u.known), express: t.express.plus(u.express), valid: t.valid.plus(u.valid)}
}

// calm keeps of days those on which no figure of any tally is about 1 to k-1
// people, and between which nobody or k people or more moved.
func (p policy) calm(days []Date, tallies []tally) []Date {
	return widened(days, func(from, to Date) bool {
		return !slices.ContainsFunc(tallies, func(t tally) bool { return !p.isCalm(t, from, to) })
	})
}

// isCalm reports whether nothing between two days, nor at the end of the later, is
// about 1 to k-1 people.
func (p policy) isCalm(t tally, from, to Date) bool {
	known, express := t.known.moves(from, to), t.express.moves(from, to)
	opted, all := t.express.stock(to), t.known.stock(to)
	return !slices.ContainsFunc([]int64{known.starts, known.ends, express.starts, express.ends, opted, all, all - opted}, p.small)
}

// daysAtMost is the longest period, in days, that is drawn by single days.
const daysAtMost = 92

// singleDays puts single days between days that are calm, as many as keep every
// step calm. The days given stay, so that a longer period, which has those alone,
// cannot be set against this.
func (p policy) singleDays(days []Date, t tally) []Date {
	var out []Date
	for i, end := range days {
		if i > 0 {
			first, last := len(out), days[i-1]
			for day := last.AddDays(1); day < end; day = day.AddDays(1) {
				if p.isCalm(t, last, day) {
					out, last = append(out, day), day
				}
			}
			for len(out) > first && !p.isCalm(t, out[len(out)-1], end) {
				out = out[:len(out)-1]
			}
		}
		out = append(out, end)
	}
	return out
}

// daysBetween is how many days lie after one day, up to and with another.
func daysBetween(from, to Date) int { return int(to.Time().Sub(from.Time()).Hours() / 24) }

// steady keeps of days those between which the number contactable changed by
// nobody or by k or more, as its changes are seen from its values.
func (p policy) steady(days []Date, t tally) []Date {
	contactable := func(day Date) int64 {
		if day == "" {
			return 0
		}
		return t.valid.stock(day) - t.express.stock(day)
	}
	return widened(days, func(from, to Date) bool {
		change := contactable(to) - contactable(from)
		return !p.small(max(change, -change)) && !p.small(contactable(to)) && !p.small(t.known.stock(to)-t.valid.stock(to))
	})
}

// group is a tally as the answer has it: its state on the days of the period.
func (p policy) group(t tally, days []Date, since, until Date) ConsentGroup {
	g := ConsentGroup{Name: t.name, Others: t.others, Points: []ConsentPoint{}, Change: Missing[float64](NothingInPeriod), Interval: Missing[Estimate](NothingInPeriod)}
	steady := p.steady(days, t)
	for _, day := range days {
		opted, valid, known := t.express.stock(day), t.valid.stock(day), t.known.stock(day)
		if day < since || day > until || known == 0 {
			continue
		}
		point := ConsentPoint{At: day, Rate: p.rate(opted, known), Contactable: noRate(SmallCell)}
		if slices.Contains(steady, day) {
			point.Contactable = p.rate(valid-opted, known)
		}
		g.Points = append(g.Points, point)
	}
	switch n := len(g.Points); {
	case n > 1:
		g.compare(g.Points[0].At, g.Points[0].Rate)
	case len(days) == 0:
		g.Why = SmallCell
	case n == 0:
		g.Why = NothingInPeriod
	}
	return g
}

// compare sets the change of the last point from a rate of an earlier day.
func (g *ConsentGroup) compare(day Date, before Rate) {
	now := g.Points[len(g.Points)-1].Rate
	g.Before, g.Change, g.Interval = day, changeOf(now, before), intervalOf(now, before)
}

// against compares a group with the day that the filter asks to compare with, if
// the group can be shown on one up to it.
func (p policy) against(g ConsentGroup, t tally, days []Date, f Filter, until Date) ConsentGroup {
	if f.Versus != VersusPrevious && f.Versus != VersusYear || len(g.Points) == 0 {
		return g
	}
	day := lastOn(days, compared(f, until))
	if day == "" {
		g.Before, g.Change, g.Interval = "", Missing[float64](NothingInPeriod), Missing[Estimate](NothingInPeriod)
		return g
	}
	g.compare(day, p.rate(t.express.stock(day), t.known.stock(day)))
	return g
}

// mostGroups is how many groups a reader can tell apart.
const mostGroups = 6

// enoughDays is how many days make a course.
const enoughDays = 8

// A cut is customers cut by the values of a dimension: few enough groups, and
// days on which all of them can be shown.
type cut struct {
	dimension string
	tallies   []tally // of the shown values, then of all the others
	group     []int   // of each value of the dimension: its tally
	days      []Date
}

// cutBy groups the values of a dimension: the largest have a name of their own,
// as many as leave days enough to be shown, the others are one group.
func (p policy) cutBy(dim Dimension, values []tally, days []Date) cut {
	order := make([]int, 0, len(values))
	for i, v := range values {
		if len(v.known) > 0 {
			order = append(order, i)
		}
	}
	last := Date("")
	if len(days) > 0 {
		last = days[len(days)-1]
	}
	from := DateOf(last.Time().AddDate(-trendYears, 0, 0))
	recent := func(days []Date) (n int) { // whatever the period asked about
		for _, day := range days {
			if day >= from {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b].known.stock(last), values[a].known.stock(last)) })
	named := len(order)
	if named > mostGroups {
		named = mostGroups - 1
	}
	best := cut{dimension: dim.Name}
	for ; named > 0; named-- {
		c := cut{dimension: dim.Name, group: make([]int, len(values))}
		for _, i := range order[:named] {
			c.group[i] = len(c.tallies)
			c.tallies = append(c.tallies, values[i])
		}
		rest := tally{}
		for _, i := range order[named:] {
			rest = rest.plus(values[i])
			c.group[i] = named
		}
		if rest.others = len(order) - named; rest.others > 0 {
			c.tallies = append(c.tallies, rest)
		}
		c.days = p.calm(days, c.tallies)
		if recent(c.days) > recent(best.days) || len(best.days) == 0 {
			best = c
		}
		if n := recent(best.days); n > 0 && n >= min(enoughDays, recent(days)) {
			break
		}
	}
	return best
}

// channels are the flows for a purpose by channel.
func (d *Dataset) channels(ctx context.Context, picked selection, purpose string, known []flow) ([]tally, error) {
	found := map[string]*tally{}
	args := []any{sql.Named("segments", picked.segments), sql.Named("as_of", string(d.provenance.AsOf)), sql.Named("purpose", purpose)}
	err := d.each(ctx, "channel_steps", args, func(rows *sql.Rows) error {
		var channel, basis string
		var f flow
		if err := rows.Scan(&channel, &basis, &f.day, &f.starts, &f.ends); err != nil {
			return err
		}
		t := found[channel]
		if t == nil {
			t = &tally{name: channel, known: known}
			found[channel] = t
		}
		t.add(basis, f)
		return nil
	})
	out := []tally{}
	for _, channel := range slices.Sorted(maps.Keys(found)) {
		found[channel].total()
		out = append(out, *found[channel])
	}
	return out, err
}

// overChannels is Over by channel. Those opted in on a channel and those opted
// in elsewhere only both have to be nobody, or k people or more.
func (p policy) overChannels(channels []tally, whole tally, days []Date, since, until Date) []ConsentGroup {
	out := []ConsentGroup{}
	onSeveral := func(day Date) int64 { // at least; all of them where there are two channels
		several := -whole.express.stock(day)
		for _, t := range channels {
			several += t.express.stock(day)
		}
		return several
	}
	days = slices.DeleteFunc(slices.Clone(days), func(day Date) bool { return p.small(onSeveral(day)) })
	for _, t := range channels {
		shown := p.calm(days, []tally{t})
		shown = slices.DeleteFunc(shown, func(day Date) bool {
			return p.small(whole.express.stock(day)-t.express.stock(day)) || p.small(whole.valid.stock(day)-t.valid.stock(day))
		})
		out = append(out, p.group(t, shown, since, until))
	}
	slices.SortStableFunc(out, byShare)
	return out
}

// byShare orders groups by their last share, the highest first.
func byShare(a, b ConsentGroup) int {
	return cmp.Or(cmp.Compare(lastShare(b), lastShare(a)), strings.Compare(a.Name, b.Name))
}

func lastShare(g ConsentGroup) float64 {
	if len(g.Points) == 0 {
		return -1
	}
	e, _ := g.Points[len(g.Points)-1].Rate.Estimate.Value()
	return e.Value
}

// dimension is the dimension of that name.
func (d *Dataset) dimension(name string) (Dimension, bool) {
	i := slices.IndexFunc(d.dimensions, func(dim Dimension) bool { return dim.Name == name })
	if i < 0 {
		return Dimension{}, false
	}
	return d.dimensions[i], true
}
