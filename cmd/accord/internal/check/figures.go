package check

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"accord/queries"
)

// Answers is what rules ask. A *queries.Dataset is one.
type Answers interface {
	Provenance() queries.Provenance
	Overview(context.Context, queries.Filter) (queries.Overview, error)
	Lift(context.Context, queries.Filter, queries.Choice) (queries.Lift, error)
	Consent(context.Context, queries.Filter, queries.Choice) (queries.Consent, error)
	Data(context.Context) (queries.Data, error)
	Withdrawals(context.Context, queries.Filter, int) (queries.Withdrawals, error)
	Audit(context.Context, queries.Filter) (queries.Audit, error)
}

// A unit is what a figure is measured in.
type unit uint8

const (
	share       unit = iota // a fraction of one
	points                  // a difference of shares
	count                   // of people or messages
	probability             // a p-value
)

// A figure is something that rules can be about.
type figure struct {
	name   string
	labels []string
	unit   unit
	read   func(context.Context, Answers, queries.Filter, *expression) ([]reading, error)
}

// figures is the one table of figures. It is filled in by init, as the figures
// refer to expressions, which refer to figures.
var figures []figure

func init() {
	figures = []figure{
		{"opt_in_rate", []string{"purpose", "channel", "period"}, share, readOptIn(func(p queries.ConsentPoint) queries.Rate { return p.Rate })},
		{"contactable_rate", []string{"purpose", "channel", "period"}, share, readOptIn(func(p queries.ConsentPoint) queries.Rate { return p.Contactable })},
		{"withdrawals", []string{"purpose", "period"}, count, readWithdrawals},
		{"willing", nil, share, readWilling},
		{"paradox_gap", []string{"purpose"}, points, readGap},
		{"srm", []string{"campaign"}, probability, readSplit},
		{"lift", []string{"campaign", "arm", "metric"}, points, readLift},
		{"sent_without_consent", []string{"campaign"}, count, readUnconsented},
		{"rejected", []string{"input"}, share, readRejected},
	}
}

// Figures lists the names of the figures.
func Figures() []string {
	var names []string
	for _, f := range figures {
		names = append(names, f.name)
	}
	return names
}

// A span is a number of which only the ends may be known: a count that is
// withheld as too small.
type span struct{ low, high float64 }

func exactly(x float64) span { return span{x, x} }

// A moment is a figure at a day.
type moment struct {
	at       queries.Date // the day, or the last of the period
	since    queries.Date // the day, or the first of the period; "" = undated
	value    span
	previous *span // the figure a period before; nil where there is none
	why      queries.Reason
}

// A reading is a figure of one thing: now, and as it was, the latest first.
type reading struct {
	of      string // the thing, as data names it; "" where there is one
	history []moment
}

// missing is the error for a figure that is not there.
type missing struct {
	of  string
	why queries.Reason
}

func (m missing) Error() string {
	if m.of == "" {
		return "there is no figure: " + string(m.why)
	}
	return m.of + ": there is no figure: " + string(m.why)
}

// readOptIn reads a rate over time.
func readOptIn(of func(queries.ConsentPoint) queries.Rate) func(context.Context, Answers, queries.Filter, *expression) ([]reading, error) {
	return func(ctx context.Context, a Answers, f queries.Filter, e *expression) ([]reading, error) {
		f.Purpose = cmp.Or(e.labels["purpose"], f.Purpose)
		by := queries.ByPurpose
		if e.labels["channel"] != "" {
			by = queries.ByChannel
		}
		x, err := a.Consent(ctx, f, queries.Choice{By: by})
		if err != nil {
			return nil, err
		}
		if x.Missing != "" {
			return nil, missing{why: x.Missing}
		}
		name := cmp.Or(e.labels["channel"], f.Purpose, x.Purpose)
		var names []string
		for _, g := range x.Over {
			if names = append(names, g.Name); g.Name != name {
				continue
			}
			if len(g.Points) == 0 {
				return nil, missing{name, g.Why}
			}
			days, err := e.days()
			return []reading{{name, rates(g.Points, of, days)}}, err
		}
		if len(names) == 0 {
			return nil, missing{name, x.NoOver}
		}
		return nil, fmt.Errorf("there is no %s %q: write one of %s", by, name, strings.Join(names, ", "))
	}
}

// rates is a rate at each point, the latest first, each with the one at the last
// point that lies a period before.
func rates(list []queries.ConsentPoint, of func(queries.ConsentPoint) queries.Rate, days int) []moment {
	var out []moment
	for i := len(list) - 1; i >= 0; i-- {
		m := moment{at: list[i].At, since: list[i].At}
		e, ok := of(list[i]).Estimate.Value()
		if m.value = exactly(e.Value); !ok {
			m.why = of(list[i]).Estimate.Why()
		}
		for j := i - 1; j >= 0; j-- {
			if list[j].At <= list[i].At.AddDays(-days) {
				if e, ok := of(list[j]).Estimate.Value(); ok {
					before := exactly(e.Value)
					m.previous = &before
				}
				break
			}
		}
		out = append(out, m)
	}
	return out
}

func readWithdrawals(ctx context.Context, a Answers, f queries.Filter, e *expression) ([]reading, error) {
	f.Purpose = cmp.Or(e.labels["purpose"], f.Purpose)
	days, err := e.days()
	if err != nil {
		return nil, err
	}
	w, err := a.Withdrawals(ctx, f, days)
	if err != nil {
		return nil, err
	}
	if w.Missing != "" {
		return nil, missing{why: w.Missing}
	}
	k := a.Provenance().MinCell
	var out reading
	for i, p := range w.Periods {
		m := moment{at: p.Until, since: p.Since}
		m.value, m.why = people(p.People, k)
		if i+1 < len(w.Periods) {
			if before, why := people(w.Periods[i+1].People, k); why == "" {
				m.previous = &before
			}
		}
		if m.why != "" && i > 0 {
			break // before the first on record
		}
		out.history = append(out.history, m)
	}
	return []reading{out}, nil
}

// people is a count, of which a small one is known to be 1 to k-1.
func people(c queries.Count, k int) (span, queries.Reason) {
	n, ok := c.Value()
	switch {
	case ok:
		return exactly(float64(n)), ""
	case c.Why() == queries.SmallCell && k > 1:
		return span{1, float64(k - 1)}, ""
	}
	return span{}, c.Why()
}

func readWilling(ctx context.Context, a Answers, f queries.Filter, _ *expression) ([]reading, error) {
	o, err := a.Overview(ctx, f)
	if err != nil {
		return nil, err
	}
	if o.Stance.Missing != "" {
		return nil, missing{why: o.Stance.Missing}
	}
	return estimate("", o.Stance.Until, o.Stance.Willing.Estimate)
}

func readGap(ctx context.Context, a Answers, f queries.Filter, e *expression) ([]reading, error) {
	f.Purpose = cmp.Or(e.labels["purpose"], f.Purpose)
	o, err := a.Overview(ctx, f)
	if err != nil {
		return nil, err
	}
	return estimate(o.Paradox.Purpose, o.Paradox.At, o.Paradox.Gap)
}

// estimate is the reading of a figure of one day.
func estimate(of string, at queries.Date, f queries.Figure[queries.Estimate]) ([]reading, error) {
	e, ok := f.Value()
	if !ok {
		return nil, missing{of, f.Why()}
	}
	return []reading{{of, []moment{{at: at, since: at, value: exactly(e.Value)}}}}, nil
}

// readSplit reads the test of every campaign's split, or of one.
func readSplit(ctx context.Context, a Answers, f queries.Filter, e *expression) ([]reading, error) {
	l, err := a.Lift(ctx, f, queries.Choice{Campaign: e.labels["campaign"]})
	if err != nil {
		return nil, err
	}
	if l.Missing != "" {
		return nil, missing{why: l.Missing}
	}
	var out []reading
	for _, c := range l.Campaigns {
		if want := e.labels["campaign"]; want != "" && c.Campaign != want && c.Name != want {
			continue
		}
		r := reading{c.Name, []moment{{at: c.Started, since: c.Started}}}
		if ratio, ok := c.SampleRatio.Value(); ok {
			r.history[0].value = exactly(ratio.P)
		} else {
			r.history[0].why = c.SampleRatio.Why()
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, missing{e.labels["campaign"], queries.NothingInPeriod}
	}
	return out, nil
}

// readLift reads the difference of an arm from its control.
func readLift(ctx context.Context, a Answers, f queries.Filter, e *expression) ([]reading, error) {
	metric := cmp.Or(e.labels["metric"], string(queries.HumanClick))
	if !slices.Contains(queries.Metrics(), queries.Metric(metric)) || queries.Metric(metric).Money() {
		var names []string
		for _, m := range queries.Metrics() {
			if !m.Money() {
				names = append(names, string(m))
			}
		}
		return nil, fmt.Errorf("metric=%q: write one of %s", metric, strings.Join(names, ", "))
	}
	if e.labels["campaign"] == "" || e.labels["arm"] == "" {
		return nil, fmt.Errorf("lift is of one arm: write lift{campaign=\"...\", arm=\"...\"}")
	}
	l, err := a.Lift(ctx, f, queries.Choice{Campaign: e.labels["campaign"], Arm: e.labels["arm"], Measure: metric})
	if err != nil {
		return nil, err
	}
	if l.Missing != "" {
		return nil, missing{why: l.Missing}
	}
	c := l.Arm.Comparison
	if c.Verdict == queries.NoVerdictSRM {
		return nil, missing{c.Name, queries.SplitWentWrong}
	}
	return estimate(c.Name, c.Started, c.Difference)
}

// readUnconsented reads the messages sent without a valid consent, of every
// campaign or of one.
func readUnconsented(ctx context.Context, a Answers, f queries.Filter, e *expression) ([]reading, error) {
	audit, err := a.Audit(ctx, f)
	if err != nil {
		return nil, err
	}
	if why := audit.Sent.Missing; why != "" {
		return nil, missing{why: why}
	}
	var out []reading
	for _, c := range audit.Sent.Campaigns {
		if want := e.labels["campaign"]; want == "" || c.Campaign == want || c.Name == want {
			out = append(out, reading{c.Name, []moment{{at: c.Started, since: c.Started, value: exactly(float64(c.Without))}}})
		}
	}
	if len(out) == 0 {
		return nil, missing{e.labels["campaign"], queries.NothingInPeriod}
	}
	return out, nil
}

// readRejected reads the share of rows rejected of every input, or of one.
func readRejected(ctx context.Context, a Answers, _ queries.Filter, e *expression) ([]reading, error) {
	d, err := a.Data(ctx)
	if err != nil {
		return nil, err
	}
	at := a.Provenance().AsOf
	var out []reading
	for _, s := range d.Sources {
		if want := e.labels["input"]; want != "" && s.Input != want {
			continue
		}
		m := moment{at: at, since: at}
		if read, ok := s.Read.Value(); !ok {
			m.why = s.Read.Why()
		} else if read > 0 {
			m.value = exactly(float64(s.Rejected) / float64(read))
		}
		out = append(out, reading{s.Input, []moment{m}})
	}
	if len(out) == 0 {
		return nil, missing{e.labels["input"], queries.NoInput}
	}
	return out, nil
}

// isNumber reports whether a moment's value can be compared.
func (m moment) isNumber() bool {
	return m.why == "" && !math.IsNaN(m.value.low) && !math.IsNaN(m.value.high)
}
