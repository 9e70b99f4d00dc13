package queries

import (
	"cmp"
	"context"
	"slices"
)

// monthEnd is the last day of a day's month.
func (d Date) monthEnd() Date {
	t := d.Time()
	return DateOf(t.AddDate(0, 1, -t.Day()))
}

// engagementCourse is the metric over time.
func (d *Dataset) engagementCourse(ctx context.Context, q *engagementQuestion, out *Engagement) error {
	out.Course.Metric = q.metric
	out.Course.Steps = q.coursed(q.metric)
	switch n := len(out.Course.Steps); {
	case n > 0:
		var err error
		out.Course.Marks, err = d.marks(ctx, out.Course.Steps[0].From, out.Course.Steps[n-1].At)
		return err
	case !slices.ContainsFunc(q.sent, func(s sending) bool { return s.step != "" }):
		out.Course.Missing = NoDates
	case q.sumOf(q.metric, func(*sending) bool { return true }).total.seen == 0:
		out.Course.Missing = NotRecorded
	default:
		out.Course.Missing = SmallCell
	}
	return nil
}

// A weekSum is the messages of a week.
type weekSum struct {
	at Date
	*sum
}

// weeks adds messages up by the week in which they were delivered.
func (q *engagementQuestion) weeks(m Metric) []weekSum {
	found := map[Date]*sum{}
	for i := range q.sent {
		s := &q.sent[i]
		if s.step == "" || s.of(m).seen == 0 {
			continue
		}
		if found[s.step] == nil {
			found[s.step] = q.sum(m)
		}
		found[s.step].add(s)
	}
	var out []weekSum
	for at, x := range found {
		out = append(out, weekSum{at, x})
	}
	slices.SortFunc(out, func(a, b weekSum) int { return cmp.Compare(a.at, b.at) })
	return out
}

// A stepSum is the messages delivered after a day, up to and with another.
type stepSum struct {
	from, at Date
	*sum
}

// safeWeeks joins weeks: each step as many as it takes for no figure to be about
// few people. What is left at the end joins the last step. All that an answer
// shows over time is made of these, so that no two figures differ by few.
func (p policy) safeWeeks(weeks []weekSum) []stepSum {
	var out []stepSum
	var open *stepSum
	for _, w := range weeks {
		if open == nil {
			open = &stepSum{w.at.weekEnd().AddDays(-week), w.at, &sum{metric: w.metric, factor: w.factor}}
		}
		open.at = w.at
		open.join(w.sum)
		if !p.few(open.sum) {
			out, open = append(out, *open), nil
		}
	}
	if open != nil && len(out) > 0 {
		last := &out[len(out)-1]
		last.at = open.at
		last.join(open.sum)
	}
	// The last step may have been of nobody before it took in few.
	for n := len(out) - 1; n >= 0 && p.few(out[n].sum); n-- {
		if n > 0 {
			out[n-1].at = out[n].at
			out[n-1].join(out[n].sum)
		}
		out = out[:n]
	}
	return out
}

// coursed is the messages over time, where those without a date do not follow from
// them and all.
func (q *engagementQuestion) coursed(m Metric) []EngagementStep {
	weeks := q.weeks(m)
	var n, did int64
	for _, w := range weeks {
		n, did = n+w.total.seen, did+w.total.did
	}
	if !q.apart(m, n, did) || m == ClickToOpen && q.clickedUnopened() {
		return []EngagementStep{}
	}
	return q.policy.coursed(weeks)
}

// coursed is what the messages of weeks did, in steps. The machines of one step
// do not follow from those of all.
func (p policy) coursed(weeks []weekSum) []EngagementStep {
	out := []EngagementStep{}
	var machines []int64
	for _, s := range p.safeWeeks(weeks) {
		x := p.figureOfSum(s.sum)
		out = append(out, EngagementStep{From: s.from, At: s.at, N: x.N, People: x.People, Figure: x.Figure, Raw: x.Raw})
		machines = append(machines, s.total.any-s.total.did)
	}
	for i, hidden := range p.partition(machines) {
		if _, there := out[i].Raw.Value(); there && hidden {
			out[i].Raw = Missing[float64](Complement)
		}
	}
	return out
}

// apart reports whether messages differ from all that the answer is about by
// nobody, or by enough people: else few would follow from the two.
func (q *engagementQuestion) apart(m Metric, n, did int64) bool {
	all := q.sumOf(m, func(*sending) bool { return true }).total
	for _, x := range []int64{all.seen - n, all.did - did, all.seen - all.did - (n - did)} {
		if q.policy.small(max(x, -x)) {
			return false
		}
	}
	return true
}
