package queries

import (
	"context"
	"database/sql"
	"math/big"
	"slices"

	"accord/queries/stats"
)

// alwaysTuning is the number of customers at which always-valid intervals are
// tightest.
const alwaysTuning = 5000

// Lift compares every campaign's arms with its control on one metric, for the
// customers that f picks and the campaigns that started in its period.
func (d *Dataset) Lift(ctx context.Context, f Filter, c Choice) (Lift, error) {
	picked, err := d.pick(ctx, f)
	if err != nil {
		return Lift{}, err
	}
	l := Lift{Comparisons: []Comparison{}, Campaigns: []CampaignLift{}}
	l.Arm.Guardrails, l.Cut.Rows, l.Pool.Rows = []Comparison{}, []CutRow{}, []PoolRow{}
	experiments, why, err := d.experiments(ctx, f, picked)
	if err != nil || why != "" {
		l.Missing = why
		return l, err
	}
	l.Choices = Choices{Sorts: []string{ByCertainty, BySize, ByDate}, Policies: []string{FixedHorizon, AlwaysValid}}
	for _, m := range measured(experiments) {
		l.Choices.Measures = append(l.Choices.Measures, string(m))
	}
	l.Choices.By = []string{ByOptedIn}
	for _, dim := range d.dimensions {
		l.Choices.By = append(l.Choices.By, dim.Name)
	}
	if l.Choice, err = l.Choices.settle(c); err != nil {
		return Lift{}, err
	}
	metric, policy := Metric(l.Choice.Measure), l.Choice.Policy
	var trials []trial
	for _, e := range experiments {
		l.Campaigns = append(l.Campaigns, e.CampaignLift)
		trials = append(trials, d.trials(e, metric)...)
	}
	l.Rule = adjust(trials, policy)
	sortTrials(trials, l.Choice.Sort)
	for _, t := range trials {
		l.Comparisons = append(l.Comparisons, t.Comparison)
	}
	l.Pool = pool(experiments, metric)
	if policy == AlwaysValid && f.Versus != VersusNothing {
		l.Changes = Changes{Versus: f.Versus, Missing: FixedOnly, Rows: []Change{}}
	} else if l.Changes, err = d.changes(ctx, f, picked, within, func(ctx context.Context, s side) ([]quantity, error) { return d.effects(ctx, s, metric, f.Versus) }); err != nil {
		return l, err
	}
	at, err := chosen(trials, c)
	if err != nil || at < 0 {
		return l, err
	}
	t := trials[at]
	l.Choice.Campaign, l.Choice.Arm = t.Campaign, t.Arm
	e := experiments[slices.IndexFunc(experiments, func(e experiment) bool { return e.Campaign == t.Campaign })]
	if c.By == "" && e.SplitBy != "" {
		l.Choice.By = e.SplitBy // the one cut whose rows can be compared
	}
	l.Arm = d.inFull(e, t, l.Rule.Level)
	if l.Cut, err = d.cut(about(ctx, "cut"), picked, e, t, l.Rule, l.Choice); err != nil {
		return l, err
	}
	if unknown := len(l.Cut.Rows) == 1 && l.Cut.Rows[0].Value == "unknown"; c.By == "" && unknown && len(d.dimensions) > 0 {
		l.Choice.By = d.dimensions[0].Name // nothing is known of consent at assignment
		l.Cut, err = d.cut(about(ctx, "cut"), picked, e, t, l.Rule, l.Choice)
	}
	return l, err
}

// armSums are the sufficient statistics of an arm.
type armSums struct {
	assigned, inTwoArms, mature, immature int64
	delivered                             sql.NullInt64
	metrics                               map[Metric]metricSums
}

// metricSums are those of a metric in an arm. Totals and squares are exact: of
// people, or of hundredths of money.
type metricSums struct {
	seen, people   int64
	machines       int64 // opens or clicks of machines, not among people
	total, squares *big.Int
	// Of revenue: with large amounts capped.
	capped, cappedSquares *big.Int
	// Of the measure from before the assignment, recorded for preSeen mature
	// assignments: its total and squares, and its products with the metric.
	preSeen                   int64
	pre, preSquares, products *big.Int
}

type armKey struct {
	campaign   int32
	value, arm string
}

// An experiment is a campaign with the sums of its arms.
type experiment struct {
	CampaignLift
	key      int32
	sums     []armSums // of Arms
	assigned []int64   // everyone, to Arms
	control  int       // of Arms; -1 for none
}

// experiments lists the campaigns that started in the filter's period, latest
// first, or says why there is none.
func (d *Dataset) experiments(ctx context.Context, f Filter, picked selection) ([]experiment, Reason, error) {
	return d.experimentsFrom(ctx, liftOnAll, f, picked)
}

// experimentsFrom is experiments on the metrics that a query of the roll-up adds up.
func (d *Dataset) experimentsFrom(ctx context.Context, file string, f Filter, picked selection) ([]experiment, Reason, error) {
	sums, err := d.armSums(ctx, file, picked.segments, make([]string, len(picked.segments)), false, nil)
	if err != nil {
		return nil, "", err
	}
	// The split is tested on everyone assigned, whomever the filter picks: among fewer
	// a split that went wrong may only be harder to see.
	assigned := map[armKey]int64{}
	err = d.each(ctx, "assigned", nil, func(rows *sql.Rows) error {
		var key armKey
		var n int64
		err := rows.Scan(&key.campaign, &key.arm, &n)
		assigned[key] = n
		return err
	})
	if err != nil {
		return nil, "", err
	}
	var list []experiment
	args := []any{sql.Named("since", optional(f.Since)), sql.Named("until", optional(f.Until))}
	err = d.each(ctx, "campaigns", args, func(rows *sql.Rows) error {
		e := experiment{control: -1}
		var a ArmOutcome
		var planned sql.NullFloat64
		if err := rows.Scan(&e.key, &e.Campaign, &e.Name, &e.Channel, &e.Started, &e.Control, &a.Arm, &a.Content, &planned); err != nil {
			return err
		}
		a.Planned = Missing[float64](NotRecorded)
		if planned.Valid {
			a.Planned = Known(planned.Float64)
		}
		if len(list) == 0 || list[len(list)-1].key != e.key {
			list = append(list, e)
		}
		last := &list[len(list)-1]
		if a.Control = a.Arm == last.Control; a.Control {
			last.control = len(last.Arms)
		}
		last.Arms = append(last.Arms, a)
		last.sums = append(last.sums, sums[armKey{e.key, "", a.Arm}])
		last.assigned = append(last.assigned, assigned[armKey{e.key, "", a.Arm}])
		return nil
	})
	switch {
	case err != nil:
		return nil, "", err
	case len(list) == 0 && d.campaigns:
		return nil, NothingInPeriod, nil
	case len(list) == 0:
		return nil, NoInput, nil
	}
	uneven, err := d.uneven(ctx)
	if err != nil {
		return nil, "", err
	}
	metrics := measured(list)
	for i := range list {
		list[i].SplitBy = uneven[list[i].key]
		d.fill(&list[i], metrics)
	}
	return list, "", nil
}

// measured lists the metrics that any campaign records.
func measured(list []experiment) []Metric {
	var out []Metric
	for _, m := range Metrics() {
		if slices.ContainsFunc(list, func(e experiment) bool { return recorded(e.sums, m) }) {
			out = append(out, m)
		}
	}
	return out
}

// recorded reports whether any of a campaign's arms has outcomes of a metric.
func recorded(arms []armSums, m Metric) bool {
	return slices.ContainsFunc(arms, func(a armSums) bool { return a.metrics[m].seen > 0 })
}

// The queries of the roll-up: on all metrics, and on what tells of trust.
const (
	liftOnAll      = "lift"
	liftOnConsents = "lift_consents"
)

// armSums adds up the roll-up over segments, apart by the value given for each
// segment or, with optedIn, by opted in at assignment; of one campaign where one
// is given.
func (d *Dataset) armSums(ctx context.Context, file string, segments []int32, values []string, optedIn bool, campaign any) (map[armKey]armSums, error) {
	sums := map[armKey]armSums{}
	args := []any{sql.Named("segments", segments), sql.Named("values", values), sql.Named("opted_in", optedIn), sql.Named("campaign", campaign)}
	err := d.each(ctx, file, args, func(rows *sql.Rows) error {
		var key armKey
		var a armSums
		var metric Metric
		var m metricSums
		var exact [7]string
		if err := rows.Scan(&key.campaign, &key.value, &key.arm, &a.assigned, &a.inTwoArms, &a.mature, &a.immature, &a.delivered, &metric, &m.seen, &m.people,
			&exact[0], &exact[1], &exact[2], &exact[3], &m.preSeen, &exact[4], &exact[5], &exact[6], &m.machines); err != nil {
			return err
		}
		for i, to := range []**big.Int{&m.total, &m.squares, &m.capped, &m.cappedSquares, &m.pre, &m.preSquares, &m.products} {
			*to, _ = new(big.Int).SetString(exact[i], 10)
		}
		a.metrics = sums[key].metrics
		if a.metrics == nil {
			a.metrics = map[Metric]metricSums{}
		}
		a.metrics[metric] = m
		sums[key] = a
		return nil
	})
	return sums, err
}

// fill fills in a campaign's outcomes, on the metrics that it records (before
// its first window is over, on all), and its split's test.
func (d *Dataset) fill(e *experiment, metrics []Metric) {
	var inTwoArms int64
	mature := slices.ContainsFunc(e.sums, func(a armSums) bool { return a.mature > 0 })
	for i := range e.Arms {
		inTwoArms += e.sums[i].inTwoArms
		d.fillArm(&e.Arms[i], e.sums[i])
		e.Arms[i].Outcomes = []Outcome{}
		for _, m := range metrics {
			if !mature || recorded(e.sums, m) {
				e.Arms[i].Outcomes = append(e.Arms[i].Outcomes, d.outcome(m, e.sums[i]))
			}
		}
	}
	if e.control < 0 {
		e.Control = ""
	}
	e.InTwoArms = d.policy.count(inTwoArms)
	e.testSplit(d.policy, e.assigned)
}

// fillArm fills in an arm's counts. Where few of its assignments do not count
// for outcomes, their number would follow from Assigned, or from Delivered, less
// Mature: then those two are suppressed, being needed less.
func (d *Dataset) fillArm(a *ArmOutcome, sums armSums) {
	a.Assigned, a.Mature, a.Immature = d.policy.count(sums.assigned), d.policy.count(sums.mature), d.policy.count(sums.immature)
	a.Delivered = Missing[int64](NotRecorded)
	if sums.delivered.Valid {
		a.Delivered = d.policy.count(sums.delivered.Int64)
		if d.policy.small(sums.assigned - sums.delivered.Int64) {
			a.Delivered = Missing[int64](Complement)
		}
	}
	if d.policy.small(sums.mature) { // it would follow from the two
		a.Immature = Missing[int64](Complement)
	}
	if d.policy.small(sums.assigned - sums.mature) {
		a.Assigned = Missing[int64](Complement)
		if sums.delivered.Valid {
			a.Delivered = Missing[int64](Complement)
		}
	}
}

// outcome is a metric of an arm, suppressed where few people did it or few did
// not.
func (d *Dataset) outcome(m Metric, a armSums) Outcome {
	o := d.outcomeOfPeople(m, a)
	if m == HumanOpen || m == HumanClick {
		o.Machines = d.policy.count(a.metrics[m].machines)
		if why := o.N.Why(); why != "" {
			o.Machines = Missing[int64](why)
		}
	}
	return o
}

func (d *Dataset) outcomeOfPeople(m Metric, a armSums) Outcome {
	s := a.metrics[m]
	switch {
	case a.assigned == 0:
		return noOutcome(m, EmptyArm)
	case a.mature == 0:
		return noOutcome(m, NotMature)
	case s.seen == 0 && m.ofConsent() && len(d.purposes) > 0:
		return noOutcome(m, NotMature) // consents are recorded: their 30 days are not over
	case s.seen == 0:
		return noOutcome(m, OutcomeMissing)
	case d.policy.small(s.seen):
		return noOutcome(m, SmallCell)
	case d.policy.small(s.people):
		return withheldOutcome(m, s.seen, SmallCell)
	case d.policy.small(s.seen - s.people):
		return withheldOutcome(m, s.seen, Complement)
	}
	o := Outcome{Metric: m, N: Known(s.seen), People: Known(s.people)}
	if !m.Money() {
		o.Total = Known(float64(s.people))
		o.Value = figureOf(stats.Share(s.proportion(), confidence))
		return o
	}
	total, _ := new(big.Rat).SetFrac(s.total, big.NewInt(100)).Float64()
	o.Total = Known(total)
	if moments, why := s.moments(); why != "" {
		o.Value = Missing[Estimate](Reason(why))
	} else {
		o.Value = figureOf(stats.MeanInterval(moments, confidence))
	}
	return o
}

func noOutcome(m Metric, why Reason) Outcome {
	return Outcome{Metric: m, N: Missing[int64](why), People: Missing[int64](why), Total: Missing[float64](why), Value: Missing[Estimate](why)}
}

func withheldOutcome(m Metric, seen int64, why Reason) Outcome {
	o := noOutcome(m, why)
	o.N = Known(seen)
	return o
}

func (s metricSums) proportion() stats.Proportion {
	return stats.Proportion{Successes: s.people, N: s.seen}
}

func (s metricSums) moments() (stats.Moments, stats.Degenerate) {
	return stats.MomentsFromIntegers(s.seen, s.total, s.squares, 100)
}
