package queries

import (
	"context"
	"database/sql"
	"slices"
)

// A happened is how many messages have an outcome recorded, and how many have it,
// by people and by anyone.
type happened struct{ seen, did, any int64 }

// A sending is what became of the messages of a step, a campaign, a content and
// one side of consent.
type sending struct {
	cell                                     int
	step                                     Date
	campaign                                 int64
	id, name, channel                        string
	started                                  Date
	content, optedIn                         string
	delivered                                bool
	messages                                 int64
	visit, open, click, opener, buy, out, no happened
	paid, payers                             int64
	money, squares                           float64 // hundredths
}

// of is the messages and the outcomes of a metric.
func (s *sending) of(m Metric) happened {
	switch m {
	case Visit:
		return s.visit
	case HumanOpen:
		return s.open
	case HumanClick:
		return s.click
	case ClickToOpen:
		return s.opener
	case Conversion:
		return s.buy
	case Unsubscribe:
		return s.out
	case Complaint:
		return s.no
	}
	return happened{s.paid, s.payers, s.payers}
}

// engagementMetrics are the metrics of an Engagement in their order, with the kind of
// their design effect, the parts of their bars and whether machines do them too.
var engagementMetrics = []struct {
	metric   Metric
	kind     string
	parts    []string
	machines bool
}{
	{HumanClick, "click", []string{"clicked", "not_clicked"}, true},
	{HumanOpen, "open", []string{"opened", "not_opened"}, true},
	{ClickToOpen, "opener", []string{"clicked", "not_clicked"}, false},
	{Conversion, "conversion", []string{"converted", "not_converted"}, false},
	{Revenue, "revenue", []string{}, false},
	{Visit, "visit", []string{"visited", "not_visited"}, false},
	{Unsubscribe, "unsubscribe", []string{"unsubscribed", "not_unsubscribed"}, false},
	{Complaint, "complaint", []string{"complained", "not_complained"}, false},
}

func traitsOf(m Metric) (kind string, parts []string, machines bool) {
	for _, x := range engagementMetrics {
		if x.metric == m {
			return x.kind, x.parts, x.machines
		}
	}
	return "", nil, false
}

// engagementInputs is what the store has to measure engagement by.
type engagementInputs struct {
	factors  map[string]float64 // design effects by kind
	channels []string           // of campaigns
	seen     map[Metric]int64
}

func (d *Dataset) engagementInputs(ctx context.Context) (engagementInputs, error) {
	in := engagementInputs{factors: map[string]float64{}, seen: map[Metric]int64{}}
	err := d.each(ctx, "engagement_inputs", nil, func(rows *sql.Rows) error {
		var kind, channel string
		var factor float64
		var visit, open, click, buy, out, no, paid int64
		err := rows.Scan(&kind, &channel, &factor, &visit, &open, &click, &buy, &out, &no, &paid)
		switch {
		case channel != "":
			in.channels = append(in.channels, channel)
			return err
		case kind != "":
			in.factors[kind] = factor
			return err
		}
		in.seen = map[Metric]int64{Visit: visit, HumanOpen: open, HumanClick: click, ClickToOpen: min(open, click), Conversion: buy, Unsubscribe: out, Complaint: no, Revenue: paid}
		return err
	})
	slices.Sort(in.channels)
	return in, err
}

// sendings reads the roll-up by cell. fine keeps contents and sides of consent
// apart. Where anything was delivered, what records no delivery is left
// out.
func (d *Dataset) sendings(ctx context.Context, f Filter, channel string, segments, cells []int32, fine bool) ([]sending, error) {
	var out []sending
	args := []any{
		sql.Named("segments", segments), sql.Named("cells", cells), sql.Named("since", optional(f.Since)), sql.Named("until", optional(f.Until)),
		sql.Named("channel", channel), sql.Named("fine", fine),
	}
	delivered := false
	err := d.each(ctx, "engagement", args, func(rows *sql.Rows) error {
		var s sending
		err := rows.Scan(&s.cell, &s.step, &s.campaign, &s.id, &s.name, &s.channel, &s.started, &s.content, &s.optedIn, &s.delivered, &s.messages,
			&s.visit.seen, &s.visit.did, &s.open.seen, &s.open.did, &s.open.any, &s.click.seen, &s.click.did, &s.click.any, &s.opener.seen, &s.opener.did,
			&s.buy.seen, &s.buy.did, &s.out.seen, &s.out.did, &s.no.seen, &s.no.did, &s.paid, &s.payers, &s.money, &s.squares)
		delivered = delivered || s.delivered
		out = append(out, s)
		return err
	})
	if delivered {
		out = slices.DeleteFunc(out, func(s sending) bool { return !s.delivered })
	}
	return out, err
}

// A sum adds messages up for a metric. Each customer is in a campaign once and
// may be in several: the largest campaign is the least number of people behind
// the messages with the outcome.
type sum struct {
	metric Metric
	factor float64
	total  happened
	each   map[int64]int64 // outcomes by campaign
	sent   map[int64]int64 // messages by campaign

	money, squares float64
}

func (x *sum) add(s *sending) {
	h := s.of(x.metric)
	x.total.seen, x.total.did, x.total.any = x.total.seen+h.seen, x.total.did+h.did, x.total.any+h.any
	if x.each == nil {
		x.each, x.sent = map[int64]int64{}, map[int64]int64{}
	}
	x.each[s.campaign] += h.did
	x.sent[s.campaign] += h.seen
	x.money, x.squares = x.money+s.money, x.squares+s.squares
}

func (x *sum) join(o *sum) {
	x.total.seen, x.total.did, x.total.any = x.total.seen+o.total.seen, x.total.did+o.total.did, x.total.any+o.total.any
	if x.each == nil {
		x.each, x.sent = map[int64]int64{}, map[int64]int64{}
	}
	for c, n := range o.each {
		x.each[c] += n
		x.sent[c] += o.sent[c]
	}
	x.money, x.squares = x.money+o.money, x.squares+o.squares
}

// tally is the sum as segments are measured.
func (x *sum) tally() groupTally {
	_, parts, _ := traitsOf(x.metric)
	t := newTallies(1, len(parts))[0]
	t.n = x.total.seen
	for _, n := range x.each {
		t.people = max(t.people, n)
	}
	if x.metric.Money() {
		t.money, t.spread, t.factor, t.ofItems = x.money/100, x.squares/1e4, x.factor, true
		return t
	}
	t.parts = []int64{x.total.did, x.total.seen - x.total.did}
	t.weights = []float64{float64(t.parts[0]), float64(t.parts[1])}
	t.weight, t.squares = float64(t.n), float64(t.n)*x.factor
	return t
}

// figure is the share, or the money for each message.
func (x *sum) figure(level float64) result { return figureOfMetric(x.metric)(x.tally(), level) }

func figureOfMetric(m Metric) func(groupTally, float64) result {
	if m.Money() {
		return meanFigure
	}
	return shareFigure
}

// few reports whether the sum is about too few people to be shown.
func (p policy) few(x *sum) bool {
	t := x.tally()
	if x.metric.Money() {
		return p.small(t.n) || p.small(t.people)
	}
	return p.small(t.n) || p.small(t.people) || p.small(t.parts[0]) || p.small(t.parts[1])
}

// figureOfSum is a metric of all the messages of a sum.
func (p policy) figureOfSum(x *sum) EngagementFigure {
	why := SmallCell
	switch {
	case x.total.seen == 0:
		why = NotRecorded
	case !p.few(x):
		return EngagementFigure{x.metric, Known(x.total.seen), Known(x.total.did), figureOf(x.figure(confidence)), p.raw(x)}
	}
	raw := Missing[float64](why)
	if _, _, machines := traitsOf(x.metric); !machines {
		raw = Missing[float64](NotRecorded)
	}
	return EngagementFigure{x.metric, p.count(x.total.seen), Missing[int64](why), Missing[Estimate](why), raw}
}

// raw is the share with machines, where their messages are nobody's or enough.
func (p policy) raw(x *sum) Figure[float64] {
	_, _, machines := traitsOf(x.metric)
	switch {
	case !machines:
		return Missing[float64](NotRecorded)
	case x.total.seen == 0:
		return Missing[float64](NobodyThere)
	case p.small(x.total.any-x.total.did) || p.small(x.total.seen-x.total.any):
		return Missing[float64](SmallCell)
	}
	return Known(float64(x.total.any) / float64(x.total.seen))
}
