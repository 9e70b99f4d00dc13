package queries

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Engagement answers what people did with messages, for the customers and the
// campaigns that f picks.
func (d *Dataset) Engagement(ctx context.Context, f Filter, c Choice) (Engagement, error) {
	out := noEngagement()
	picked, err := d.pick(ctx, f)
	if err != nil {
		return out, err
	}
	in, err := d.engagementInputs(ctx)
	if err != nil {
		return out, err
	}
	for _, x := range engagementMetrics {
		if in.seen[x.metric] > 0 {
			out.Choices.Measures = append(out.Choices.Measures, string(x.metric))
		}
	}
	if len(out.Choices.Measures) == 0 { // nor is there anything to choose
		out.setMissing(NoInput)
		return out, nil
	}
	out.Choices.By = d.cuts(ByContent, ByCampaign, ByOptedIn, ByChannel)
	out.Choices.Channels = append([]string{anyChannel}, in.channels...)
	if out.Choice, err = out.Choices.settle(c); err != nil {
		return out, err
	}
	q := engagementQuestion{Dataset: d, f: f, picked: picked, in: in, metric: Metric(out.Choice.Measure), channel: out.Choice.Channel}
	read := about(ctx, "figures", "groups", "course", "machines", "around", "factors")
	if q.sent, err = d.sendings(read, f, q.channel, picked.segments, make([]int32, len(picked.segments)), true); err != nil {
		return out, err
	}
	if len(q.sent) == 0 {
		out.setMissing(NothingInPeriod)
		return out, nil
	}
	if c.By == "" {
		out.Choice.By = q.firstCut(out.Choices.By)
	}
	for i := range q.sent {
		s := &q.sent[i]
		if s.started != "" && (out.Since == "" || s.started < out.Since) {
			out.Since = s.started
		}
		out.Until = max(out.Until, s.started)
	}
	if !q.sent[0].delivered {
		out.Unit = Assignments
	}
	for _, m := range out.Choices.Measures {
		out.Figures = append(out.Figures, d.policy.figureOfSum(q.sumOf(Metric(m), func(*sending) bool { return true })))
	}
	unopened := q.clickedUnopened()
	for i, f := range out.Figures {
		if _, there := f.People.Value(); unopened && there && f.Metric == ClickToOpen {
			out.Figures[i].People, out.Figures[i].Figure = Missing[int64](Complement), Missing[Estimate](Complement)
		}
	}
	var parts []part
	for _, x := range []struct {
		answer func(context.Context, *engagementQuestion, *Engagement) error
		panels []string
	}{
		{d.engagementGroups, []string{"groups"}}, {d.engagementCourse, []string{"course"}}, {d.moments, []string{"moments"}}, {d.machines, []string{"machines"}},
		{d.fatigue, []string{"fatigue"}}, {d.reach, []string{"fatigue"}}, {d.engagementAround, []string{"around", "factors"}},
	} {
		parts = append(parts, func(ctx context.Context) error { return x.answer(about(ctx, x.panels...), &q, &out) })
	}
	if err := concurrently(ctx, parts...); err != nil {
		return out, err
	}
	if out.Machine.Missing == NotRecorded {
		out.unmarked()
	}
	out.Changes, err = d.changes(ctx, f, picked, within, q.measures)
	return out, err
}

// unmarked leaves out shares with machines where nothing tells them apart: they
// would read as if there were none.
func (e *Engagement) unmarked() {
	for i := range e.Figures {
		e.Figures[i].Raw = Missing[float64](NotRecorded)
	}
	for i := range e.Course.Steps {
		e.Course.Steps[i].Raw = Missing[float64](NotRecorded)
	}
}

// clickedUnopened reports whether few clicked without having opened: they would
// follow from click-to-open and all the clicks, so that it is withheld.
func (q *engagementQuestion) clickedUnopened() bool {
	all := func(*sending) bool { return true }
	openers := q.sumOf(ClickToOpen, all).total
	return openers.seen > 0 && q.policy.small(q.sumOf(HumanClick, all).total.did-openers.did)
}

// An engagementQuestion is what the parts of the answer are made of.
type engagementQuestion struct {
	*Dataset
	f       Filter
	picked  selection
	in      engagementInputs
	metric  Metric
	channel string
	sent    []sending // all that is picked, by week
}

// sum is an empty sum of a metric.
func (q *engagementQuestion) sum(m Metric) *sum {
	kind, _, _ := traitsOf(m)
	return &sum{metric: m, factor: max(q.in.factors[kind], 1)}
}

// sumOf adds up the messages that are wanted.
func (q *engagementQuestion) sumOf(m Metric, wanted func(*sending) bool) *sum {
	x := q.sum(m)
	for i := range q.sent {
		if wanted(&q.sent[i]) {
			x.add(&q.sent[i])
		}
	}
	return x
}

// firstCut is the first that has groups to compare.
func (q *engagementQuestion) firstCut(cuts []string) string {
	for _, by := range cuts {
		name, there := cutOfMessages(by)
		if !there {
			return by
		}
		names := campaignNames(q.sent)
		if slices.ContainsFunc(q.sent, func(s sending) bool { return name(&s, names) != name(&q.sent[0], names) }) {
			return by
		}
	}
	return cuts[0]
}

// noEngagement is the answer without lists that are nil.
func noEngagement() Engagement {
	return Engagement{
		Unit: Messages, Figures: []EngagementFigure{}, Groups: noSegments(),
		Course:  EngagementCourse{Steps: []EngagementStep{}, Marks: []Mark{}},
		Moments: Moments{Cells: []MomentCell{}, Best: -1, Balanced: []string{}, Uneven: []string{}, N: Missing[int64](NobodyThere), People: Missing[int64](NobodyThere), Against: Missing[Estimate](NobodyThere)},
		Machine: Machines{Rows: []MachineRow{}}, Fatigue: Fatigue{Rows: []FatigueRow{}}, Reach: Reach{Customers: noRate(NobodyThere)},
		Around:  EngagementAround{Clicks: []EngagementStep{}, Entries: []CourseStep{}, Values: []FactorSeries{}, Weeks: []FactorSeries{}, Marks: []Mark{}, Turns: []EngagementTurn{}},
		Factors: Associations{Rows: []Association{}},
	}
}

// setMissing says of every part why it is not there.
func (e *Engagement) setMissing(why Reason) {
	for _, r := range []*Reason{&e.Missing, &e.Groups.Missing, &e.Course.Missing, &e.Moments.Missing, &e.Machine.Missing, &e.Fatigue.Missing, &e.Reach.Missing, &e.Around.Missing, &e.Factors.Missing} {
		*r = why
	}
}

// mostCampaigns is as many campaigns as there is room for beside each other.
const mostCampaigns = 24

// engagementGroups compares groups of messages: each against all the others, as
// Segments does.
func (d *Dataset) engagementGroups(ctx context.Context, q *engagementQuestion, out *Engagement) error {
	by := out.Choice.By
	_, parts, _ := traitsOf(q.metric)
	u := grouping{unit: out.Unit, metric: q.metric, parts: parts, stacked: len(parts) > 0, figure: figureOfMetric(q.metric), since: out.Since, until: out.Until}
	var g groups
	sent := q.sent
	rowOf := func(s *sending) int { return s.cell }
	if name, there := cutOfMessages(by); there {
		messages := map[string]int64{}
		names := campaignNames(q.sent)
		for i := range sent {
			messages[name(&sent[i], names)] += sent[i].messages
		}
		most := mostRows
		if by == ByCampaign {
			most = mostCampaigns
		}
		var index map[string]int
		g.rows, g.pooledRows, index = mostPeople(messages, most)
		if by == ByCampaign && g.pooledRows == 0 {
			u.unsafe = d.policy.fewMessages(g.rows, messages)
		}
		rowOf = func(s *sending) int { return index[name(s, names)] }
		whole := q.sumOf(q.metric, func(*sending) bool { return true }).tally()
		u.whole = &whole
	} else {
		var err error
		if g, err = d.group(ctx, "segments", q.picked, DimensionOf(by), ""); err != nil {
			return err
		}
		if sent, err = d.sendings(ctx, q.f, q.channel, g.segments, g.cells, false); err != nil {
			return err
		}
	}
	cells := make([]*sum, len(g.rows))
	for i := range cells {
		cells[i] = q.sum(q.metric)
	}
	months := map[Date][]*sum{}
	for i := range sent {
		s := &sent[i]
		row := rowOf(s)
		cells[row].add(s)
		if s.step == "" {
			continue
		}
		at := s.step.monthEnd()
		if months[at] == nil {
			months[at] = make([]*sum, len(g.rows))
		}
		if months[at][row] == nil {
			months[at][row] = q.sum(q.metric)
		}
		months[at][row].add(s)
	}
	for _, x := range cells {
		u.cells = append(u.cells, x.tally())
	}
	if by == ByContent || by == ByChannel {
		u.contrast = q.contrasts(cells)
	}
	if by == ByOptedIn {
		u.contrast = q.contrastsWithin(sent, len(g.rows), rowOf)
	}
	for at, rows := range months {
		s := step{at: at, rows: newTallies(len(g.rows), len(parts))}
		for r, x := range rows {
			if x != nil {
				s.rows[r] = x.tally()
			}
		}
		u.steps = append(u.steps, s)
	}
	slices.SortFunc(u.steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
	switch {
	case total(u.cells).n == 0:
		u.missing = NotRecorded
	case q.metric == ClickToOpen && q.clickedUnopened():
		u.missing = Complement
	}
	out.Groups.Choice = out.Choice
	d.policy.fill(&out.Groups, u, g)
	return nil
}

// cutOfMessages names a message's group, where the groups are not of customers.
func cutOfMessages(by string) (name func(*sending, map[int64]string) string, there bool) {
	switch by {
	case ByContent:
		return func(s *sending, _ map[int64]string) string { return s.content }, true
	case ByOptedIn:
		return func(s *sending, _ map[int64]string) string { return s.optedIn }, true
	case ByChannel:
		return func(s *sending, _ map[int64]string) string { return s.channel }, true
	case ByCampaign:
		return func(s *sending, names map[int64]string) string { return names[s.campaign] }, true
	}
	return nil, false
}

// campaignNames names campaigns; those of one name by their id too.
func campaignNames(sent []sending) map[int64]string {
	named := map[string]int64{}
	names := map[int64]string{}
	twice := map[string]bool{}
	for i := range sent {
		s := &sent[i]
		if other, there := named[s.name]; there && other != s.campaign {
			twice[s.name] = true
		}
		named[s.name] = s.campaign
	}
	for i := range sent {
		s := &sent[i]
		names[s.campaign] = s.name
		if twice[s.name] {
			names[s.campaign] = fmt.Sprintf("%s (%s)", s.name, s.id)
		}
	}
	return names
}
