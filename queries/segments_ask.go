package queries

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"accord/queries/stats"
)

// anyChannel is the channel that stands for all.
const anyChannel = "any"

// Segments compares the groups that c.By makes of the customers that f picks.
func (d *Dataset) Segments(ctx context.Context, f Filter, c Choice) (Segments, error) {
	picked, err := d.pick(ctx, f)
	if err != nil {
		return Segments{}, err
	}
	in, err := d.segmentInputs(about(ctx, "groups", "grid"))
	if err != nil {
		return Segments{}, err
	}
	s := noSegments()
	if s.Choice, s.Choices, err = d.chooseSegments(c, in); err != nil {
		return Segments{}, err
	}
	if s.Reasons, err = d.reasons(about(ctx, "reasons"), f); err != nil {
		return Segments{}, err
	}
	if s.Choice.By == "" {
		s.Missing = NoSuchColumn
		return s, nil
	}
	q := segmentQuestion{f: f, picked: picked, choice: s.Choice, inputs: in}
	u, err := d.grouping(about(ctx, "groups", "grid"), &q)
	if err != nil {
		return Segments{}, err
	}
	d.policy.fill(&s, u, q.groups)
	// Sceptics that are withheld would follow from how many of them gave reasons.
	if i := slices.Index(s.Parts, "sceptical"); i >= 0 && s.Whole.Parts[i].Numerator.Why().Suppressed() {
		s.Reasons = Reasons{Missing: SmallCell, Sceptical: Missing[int64](SmallCell), N: Missing[int64](SmallCell), Rows: []ReasonShare{}}
	}
	of := within
	switch {
	case f.Versus == VersusNothing || f.Versus == VersusRest:
	case s.Choice.Measure == MeasureStates:
		of = atTheEnd
	case s.Choice.Measure == MeasureEngagement, s.Choice.Measure == MeasureRevenue && !in.purchases:
		s.Changes = Changes{Versus: f.Versus, Missing: OtherCampaigns, Rows: []Change{}}
		return s, nil
	case s.Choice.Measure == MeasureRevenue:
		of = ofMonths
	}
	s.Changes, err = d.changes(ctx, f, picked, of, q.measures(d))
	return s, err
}

// noSegments is the answer without lists that are nil.
func noSegments() Segments {
	return Segments{
		Parts: []string{}, Whole: SegmentRow{Parts: []Rate{}, Trend: []TrendValue{}}, Rows: []SegmentRow{},
		Grid: Grid{Columns: []string{}, Cells: [][]GridCell{}}, Reasons: Reasons{Rows: []ReasonShare{}},
	}
}

// segmentInputs are what the store has to measure segments by.
type segmentInputs struct {
	consentChannels, campaignChannels []string
	purchases                         bool
	clicks, visits, revenue           bool // recorded for any message or assignment

	// Design effects: see the table clustering. Those of purchases are by purchaseSpans.
	clickFactor, visitFactor, revenueFactor float64
	purchaseFactors                         []float64
}

// purchaseSpans are the months within which design effects of purchases are known; the
// one after the last is of all that is known.
var purchaseSpans = []int{1, 3, 12}

// purchaseFactor is the design effect of purchases in so many months: that of the next
// longer span, and at least that of any shorter one.
func (in segmentInputs) purchaseFactor(months int) float64 {
	at, _ := slices.BinarySearch(purchaseSpans, months)
	return slices.Max(in.purchaseFactors[:at+1])
}

func (d *Dataset) segmentInputs(ctx context.Context) (segmentInputs, error) {
	var in segmentInputs
	err := d.each(ctx, "segment_inputs", nil, func(rows *sql.Rows) error {
		var consent, campaign, purchases []any
		if err := rows.Scan(&consent, &campaign, &in.purchases, &in.clicks, &in.visits, &in.revenue, &in.clickFactor, &in.visitFactor, &in.revenueFactor, &purchases); err != nil {
			return err
		}
		for _, factor := range purchases {
			in.purchaseFactors = append(in.purchaseFactors, factor.(float64))
		}
		in.consentChannels, in.campaignChannels = textsOf(consent), textsOf(campaign)
		return nil
	})
	return in, err
}

func textsOf(list []any) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = fmt.Sprint(v)
	}
	return out
}

// measured reports whether there is anything to measure, and else the input
// that would feed the measure.
func (d *Dataset) measured(measure string, in segmentInputs) (there bool, input string) {
	switch measure {
	case MeasureStance:
		return d.surveyed, "survey"
	case MeasureStates:
		return len(d.purposes) > 0, "consents"
	case MeasureGap:
		if !d.surveyed {
			return false, "survey"
		}
		return len(d.purposes) > 0, "consents"
	case MeasureEngagement:
		return in.clicks || in.visits, "assignments"
	}
	return in.purchases || in.revenue, "purchases"
}

// chooseSegments settles how the answer is grouped. Measures that have something to
// measure come first; a channel that a measure does not have is every channel.
func (d *Dataset) chooseSegments(c Choice, in segmentInputs) (Choice, Choices, error) {
	var there, missing []string
	for _, m := range []string{MeasureStance, MeasureStates, MeasureGap, MeasureEngagement, MeasureRevenue} {
		if ok, _ := d.measured(m, in); ok {
			there = append(there, m)
		} else {
			missing = append(missing, m)
		}
	}
	known := slices.Concat([]string{anyChannel}, in.consentChannels, in.campaignChannels)
	x := Choices{By: []string{}, Across: []string{}, Measures: append(there, missing...), Channels: slices.Compact(known)}
	slices.Sort(x.Channels[1:])
	x.Channels = slices.Compact(x.Channels)
	for _, dim := range d.dimensions {
		x.By = append(x.By, dim.Name)
	}
	measure := cmp.Or(c.Measure, x.Measures[0])
	ofSurvey := measure == MeasureStance || measure == MeasureGap
	inSurvey := func(dim string) bool { return d.columns["survey_segments"][dim] }
	if i := slices.IndexFunc(x.By, inSurvey); c.By == "" && ofSurvey && i >= 0 {
		c.By = x.By[i]
	}
	by := c.By
	if by == "" && len(x.By) > 0 {
		by = x.By[0]
	}
	for _, dim := range x.By {
		if dim != by && (!ofSurvey || inSurvey(dim)) {
			x.Across = append(x.Across, dim)
		}
	}
	if slices.Contains(x.By, c.Across) && !slices.Contains(x.Across, c.Across) {
		c.Across = "" // the dimension of the rows, or one that the survey lacks
	}
	settled, err := x.settle(c)
	var of []string
	switch measure {
	case MeasureStates:
		of = in.consentChannels
	case MeasureEngagement:
		of = in.campaignChannels
	}
	x.Channels = append([]string{anyChannel}, of...)
	if !slices.Contains(x.Channels, settled.Channel) {
		settled.Channel = anyChannel
	}
	return settled, x, err
}

// reasons answers from the sceptical respondents.
func (d *Dataset) reasons(ctx context.Context, f Filter) (Reasons, error) {
	out := Reasons{Sceptical: Missing[int64](NobodyThere), N: Missing[int64](NobodyThere), Rows: []ReasonShare{}}
	picked, ok, err := d.pickSurvey(ctx, f)
	var refused *RefusedError
	switch {
	case !d.surveyed:
		out.Missing = NoInput
		return out, nil
	case errors.As(err, &refused):
		out.Missing = SmallCell
		return out, nil
	case err != nil:
		return out, err
	case !ok:
		out.Missing = NoSuchColumn
		return out, nil
	}
	type given struct {
		reason          string
		n               int64
		weight, squares float64
	}
	var all, base given
	var list []given
	args := []any{sql.Named("everyone", picked.everyone), sql.Named("segments", picked.segments), sql.Named("since", optional(f.Since)), sql.Named("until", optional(f.Until))}
	err = d.each(ctx, "segment_reasons", args, func(rows *sql.Rows) error {
		var g given
		if err := rows.Scan(&g.reason, &g.n, &g.weight, &g.squares); err != nil {
			return err
		}
		switch g.reason {
		case "":
			all = g
		case "*":
			base = g
		default:
			list = append(list, g)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	switch {
	case all.n == 0:
		out.Missing = NothingInPeriod
	case base.n == 0:
		out.Missing = NotRecorded
	case d.policy.small(base.n):
		out.Missing = SmallCell
	}
	if out.Missing != "" {
		return out, nil
	}
	out.Sceptical, out.N = d.policy.count(all.n), Known(base.n)
	if d.policy.small(all.n - base.n) {
		out.Sceptical = Missing[int64](Complement)
	}
	for _, g := range list {
		share := figureOf(stats.WeightedShare(min(g.weight/base.weight, 1), base.weight, base.squares, confidence))
		out.Rows = append(out.Rows, ReasonShare{g.reason, d.policy.rateOf(g.n, base.n, share)})
	}
	slices.SortStableFunc(out.Rows, func(a, b ReasonShare) int {
		x, there := a.Rate.Estimate.Value()
		y, also := b.Rate.Estimate.Value()
		if there != also {
			return map[bool]int{true: -1, false: 1}[there]
		}
		if c := cmp.Compare(y.Value, x.Value); c != 0 {
			return c
		}
		return cmp.Compare(a.Reason, b.Reason) // withheld ones tell nothing by their order
	})
	return out, nil
}
