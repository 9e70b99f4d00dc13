package queries

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"

	"accord/queries/stats"
)

// machines sets what machines did beside what people did, campaign by campaign.
func (d *Dataset) machines(_ context.Context, q *engagementQuestion, out *Engagement) error {
	x := &out.Machine
	x.Metric = HumanOpen
	if q.in.seen[HumanOpen] == 0 {
		x.Metric = HumanClick
	}
	names := campaignNames(q.sent)
	found := map[int64]*sum{}
	started := map[int64]Date{}
	for i := range q.sent {
		s := &q.sent[i]
		if s.of(x.Metric).seen == 0 {
			continue
		}
		if found[s.campaign] == nil {
			found[s.campaign] = q.sum(x.Metric)
		}
		found[s.campaign].add(s)
		started[s.campaign] = s.started
	}
	type ranked struct {
		MachineRow
		share float64
	}
	var rows []ranked
	machines := int64(0)
	campaigns := slices.Sorted(maps.Keys(found))
	messages, called := map[string]int64{}, make([]string, len(campaigns))
	for i := range q.sent {
		messages[names[q.sent[i].campaign]] += q.sent[i].messages
	}
	for i, c := range campaigns {
		called[i] = names[c]
	}
	few := d.policy.fewMessages(called, messages)
	hidden := d.policy.machinesHidden(campaigns, found, few)
	for i, campaign := range campaigns {
		of := found[campaign]
		human, alone := of.total.did, of.total.any-of.total.did
		machines += alone
		r := ranked{MachineRow: MachineRow{Campaign: names[campaign], Started: started[campaign], N: d.policy.count(of.total.seen)}, share: -1}
		if hidden[i] {
			why := d.policy.cellReason(human, alone, of.total.seen-human-alone)
			r.Human, r.Machine, r.Raw, r.Share = noRate(why), noRate(why), Missing[float64](why), Missing[float64](why)
			if few[i] {
				r.N = Missing[int64](d.policy.cellReason(of.total.seen))
			}
		} else {
			r.Human, r.Machine = d.policy.rateOf(human, of.total.seen, figureOf(of.figure(confidence))), d.policy.rate(alone, of.total.seen)
			r.Raw, r.Share = d.policy.raw(of), Missing[float64](NobodyThere)
			if of.total.any > 0 {
				r.share = float64(alone) / float64(of.total.any)
				r.Share = Known(r.share)
			}
		}
		if r.share >= 0.5 {
			x.Mostly++
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(b.Started, a.Started), cmp.Compare(a.Campaign, b.Campaign))
	})
	for _, r := range rows {
		x.Rows = append(x.Rows, r.MachineRow)
	}
	if len(rows) == 0 || machines == 0 {
		x.Missing = NotRecorded
		x.Rows = []MachineRow{}
	}
	return nil
}

// fewMessages are the groups of which not even the number of messages is shown: of
// few, and those by which they would follow from all. Whatever the metric they are
// the same, so that what one part of an answer withholds another does not tell.
func (p policy) fewMessages(groups []string, messages map[string]int64) []bool {
	counts := make([]int64, len(groups))
	for i, g := range groups {
		counts[i] = messages[g]
	}
	return p.partition(counts)
}

// machinesHidden are the campaigns of which nothing is shown: those with few
// people, and others until none follows from the figures of all. The first choice
// is that of groups by campaign, so that the two tell no more than one.
func (p policy) machinesHidden(campaigns []int64, found map[int64]*sum, few []bool) []bool {
	var rows []groupTally
	var counts [][]int64
	for _, c := range campaigns {
		x := found[c].total
		rows = append(rows, found[c].tally())
		counts = append(counts, []int64{x.did, x.any - x.did, x.seen - x.any})
	}
	hidden := make([]bool, len(rows))
	for i, v := range p.shield(rows, total(rows), few).rows {
		hidden[i] = v.all != "" || slices.ContainsFunc(v.parts, func(why Reason) bool { return why != "" }) || slices.ContainsFunc(counts[i], p.small)
	}
	for next := 0; next >= 0; { // a row is shown whole or not at all
		next = -1
		for part := range 3 {
			var n, sum int64
			for i, h := range hidden {
				if h && counts[i][part] > 0 {
					n, sum = n+1, sum+counts[i][part]
				}
			}
			if n == 0 || (n > 1 && sum >= p.k) {
				continue
			}
			for i, h := range hidden {
				if !h && counts[i][part] > 0 && (next < 0 || rows[i].n < rows[next].n) {
					next = i
				}
			}
		}
		if next >= 0 {
			hidden[next] = true
		}
	}
	return hidden
}

// A fatigueSum is the customers who had so many messages in a month, over months.
type fatigueSum struct {
	messages  int
	more      bool
	customers int64 // once a month
	people    int64 // at least
	clicks    happened
	leaves    happened
	months    map[Date]stats.EventRate // clicks, beside those at the campaigns' rates
}

func (a *fatigueSum) join(b fatigueSum) {
	a.customers, a.people = a.customers+b.customers, a.people+b.people
	for month, r := range b.months {
		had := a.months[month]
		a.months[month] = stats.EventRate{Events: had.Events + r.Events, Exposure: had.Exposure + r.Exposure}
	}
	a.clicks = happened{a.clicks.seen + b.clicks.seen, a.clicks.did + b.clicks.did, 0}
	a.leaves = happened{a.leaves.seen + b.leaves.seen, a.leaves.did + b.leaves.did, 0}
}

// fatigue sets response beside the number of messages in the month.
func (d *Dataset) fatigue(ctx context.Context, q *engagementQuestion, out *Engagement) error {
	x := &out.Fatigue
	type row struct {
		fatigueSum
		month Date
	}
	var rows []row
	seen := int64(0)
	args := []any{sql.Named("segments", q.picked.segments), sql.Named("since", optional(q.f.Since)), sql.Named("until", optional(q.f.Until))}
	err := d.each(ctx, "fatigue", args, func(r *sql.Rows) error {
		var a row
		var expected float64
		err := r.Scan(&a.messages, &a.month, &a.customers, &a.clicks.seen, &a.clicks.did, &expected, &a.leaves.seen, &a.leaves.did)
		a.people, a.months = a.customers, map[Date]stats.EventRate{a.month: {Events: a.clicks.did, Exposure: expected}}
		rows = append(rows, a)
		seen += a.clicks.seen
		return err
	})
	if err != nil {
		return err
	}
	var sums []fatigueSum
	for _, r := range rows {
		if x.Since == "" || r.month < x.Since {
			x.Since = r.month
		}
		x.Until = max(x.Until, r.month)
		if n := len(sums); n > 0 && sums[n-1].messages == r.messages {
			people := max(sums[n-1].people, r.people)
			sums[n-1].join(r.fatigueSum)
			sums[n-1].people = people
			continue
		}
		r.more = r.messages == mostInMonth
		sums = append(sums, r.fatigueSum)
	}
	all, leaves := happened{}, happened{}
	for _, a := range sums {
		all.seen, all.did = all.seen+a.clicks.seen, all.did+a.clicks.did
		leaves.seen, leaves.did = leaves.seen+a.leaves.seen, leaves.did+a.leaves.did
	}
	sums = d.policy.together(sums)
	switch {
	case len(rows) == 0 && (q.f.Since != "" || q.f.Until != ""):
		x.Missing = NothingInPeriod
	case len(rows) == 0:
		x.Missing = NoDates
	case seen == 0:
		x.Missing = NotRecorded
	case len(sums) == 0:
		x.Missing = SmallCell
	case !q.apart(HumanClick, all.seen, all.did) || !q.apart(Unsubscribe, leaves.seen, leaves.did):
		x.Missing = Complement
	}
	if x.Missing != "" {
		return nil
	}
	x.Since = monthOf(x.Since, false)
	d.policy.fillFatigue(x, sums)
	return nil
}

// mostInMonth is the last number of messages that is counted apart.
const mostInMonth = 12

// together pools rows of few people with the row before: "three or more". The
// first takes in the next.
func (p policy) together(sums []fatigueSum) []fatigueSum {
	few := func(a fatigueSum) bool {
		return p.small(a.people) || p.small(a.customers) || p.small(a.clicks.did) || p.small(a.clicks.seen-a.clicks.did)
	}
	for len(sums) > 1 {
		at := slices.IndexFunc(sums, few)
		if at < 0 {
			return sums
		}
		to := len(sums) - 2 // from the top: what is left is a number or more
		sums[to].join(sums[to+1])
		sums[to].more = true
		sums = sums[:to+1]
	}
	if len(sums) == 1 && few(sums[0]) {
		return nil
	}
	return sums
}

// besideMessages is the customers of a row beside those of their messages that
// count: where they would tell of few messages that do not, they are withheld.
func (p policy) besideMessages(a fatigueSum) Count {
	for _, had := range []int64{a.customers, a.customers * int64(a.messages)} {
		if few := had - a.clicks.seen; p.small(max(few, -few)) {
			return Missing[int64](Complement)
		}
	}
	return Known(a.customers)
}

func (p policy) fillFatigue(x *Fatigue, sums []fatigueSum) {
	x.Compared = len(sums) - 1
	unsubscribes := make([]int64, len(sums))
	for i, s := range sums {
		unsubscribes[i] = s.leaves.did
	}
	hidden := p.partition(unsubscribes)
	for i, s := range sums {
		row := FatigueRow{Messages: s.messages, More: s.more, Customers: p.besideMessages(s), Clicks: p.rate(s.clicks.did, s.clicks.seen), Unsubscribe: p.rate(s.leaves.did, s.leaves.seen), Change: Missing[Estimate](NobodyThere)}
		if hidden[i] {
			row.Unsubscribe.withhold()
		}
		if s.leaves.seen == 0 {
			row.Unsubscribe = noRate(NotRecorded)
		}
		if i > 0 {
			var change result
			change, row.Months = s.against(sums[0], 1-(1-confidence)/float64(x.Compared))
			row.Change = figureOf(change)
		}
		x.Rows = append(x.Rows, row)
	}
}

// against is the relative change of clicks to a message from those of one, over so many
// months as wholes: what is usual for a campaign is not so for each number of messages,
// so that months, which have their campaigns, differ by more than chance.
func (a fatigueSum) against(one fatigueSum, level float64) (result, int) {
	var after, before []stats.EventRate
	months := 0
	for _, month := range slices.Sorted(maps.Keys(a.months)) {
		x, y := a.months[month], one.months[month]
		after, before = append(after, x), append(before, y)
		if x.Exposure > 0 && y.Exposure > 0 {
			months++
		}
	}
	change := stats.PeriodsRateRatio(after, before, level)
	if change.Reason() != stats.TooFew {
		return change, months
	}
	return stats.RateRatio(a.throughout(), one.throughout(), level), 0
}

// throughout is all months as one.
func (a fatigueSum) throughout() (all stats.EventRate) {
	for _, month := range slices.Sorted(maps.Keys(a.months)) {
		all.Events, all.Exposure = all.Events+a.months[month].Events, all.Exposure+a.months[month].Exposure
	}
	return all
}
