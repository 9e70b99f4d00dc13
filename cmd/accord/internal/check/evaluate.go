package check

import (
	"context"
	"errors"

	"accord/queries"
)

// A Status is what became of a rule.
type Status string

// The statuses of a rule.
const (
	Held   Status = "held"
	Failed Status = "failed" // it does not hold
	Broken Status = "error"  // it cannot be evaluated
)

// A Result is a rule evaluated.
type Result struct {
	Rule   Rule
	Status Status
	Err    error // why it is broken
	Found  []Finding
}

// A Finding is a rule evaluated of one thing, such as a campaign.
type Finding struct {
	Of     string // the thing, as data names it; "" where there is one
	At     queries.Date
	Status Status
	Value  span
	Bound  span
	Why    queries.Reason // of the figure, or of what it is compared with, that is not there
	there  bool           // the Value is, or its ends are known
	// Since is since when the rule has not held without a break, as far as is on
	// record; of one that holds it is "".
	Since queries.Date
}

// Run evaluates rules. The error is the context's: what else goes wrong is of one
// rule, and in its result.
func Run(ctx context.Context, a Answers, rules []Rule) ([]Result, error) {
	var out []Result
	for _, r := range rules {
		x := Result{Rule: r}
		readings, err := r.figure.read(ctx, a, r.Filter, &r.expression)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if x.Err = err; err == nil {
			for _, reading := range readings {
				x.Found = append(x.Found, r.judge(reading))
			}
		}
		x.Status = x.status()
		out = append(out, x)
	}
	return out, nil
}

// errNothing is the error of a rule that is about nothing.
var errNothing = errors.New("there is nothing that it could be about")

// status sums up what was found: one thing that cannot be evaluated is an error,
// whatever the others are.
func (x *Result) status() Status {
	if x.Err == nil && len(x.Found) == 0 {
		x.Err = errNothing
	}
	if x.Err != nil {
		return Broken
	}
	status := Held
	for _, f := range x.Found {
		switch {
		case f.Status == Broken:
			return Broken
		case f.Status == Failed:
			status = Failed
		}
	}
	return status
}

// judge evaluates a rule of one thing.
func (r Rule) judge(x reading) Finding {
	out := Finding{Of: x.of, Status: Broken, Why: queries.NobodyThere}
	for i, m := range x.history {
		status, bound := r.at(m)
		if i == 0 {
			out.At, out.Status, out.Value, out.Bound, out.Why, out.there = m.at, status, m.value, bound, m.why, m.isNumber()
			if status == Broken && out.there { // what it is compared with is not there
				out.Why = queries.NothingInPeriod
				if m.value.low != m.value.high {
					out.Why = queries.SmallCell
				}
			}
		}
		if status != Failed {
			break
		}
		out.Since = m.since
	}
	return out
}

// at evaluates a rule at one moment. Where only the ends of a number are known
// the rule holds, or does not, if it does so from end to end.
func (r Rule) at(m moment) (Status, span) {
	bound := exactly(r.bound)
	if r.previous {
		if m.previous == nil {
			return Broken, span{}
		}
		bound = span{r.bound * m.previous.low, r.bound * m.previous.high}
	}
	if !m.isNumber() {
		return Broken, bound
	}
	held, ends := 0, [4]bool{
		holds(r.op, m.value.low, bound.low), holds(r.op, m.value.low, bound.high),
		holds(r.op, m.value.high, bound.low), holds(r.op, m.value.high, bound.high),
	}
	for _, ok := range ends {
		if ok {
			held++
		}
	}
	known := m.value.low == m.value.high && bound.low == bound.high
	apart := m.value.high < bound.low || bound.high < m.value.low
	switch {
	case (r.op == "==" || r.op == "!=") && !known && !apart:
		return Broken, bound // they may be equal, and may not
	case held == len(ends):
		return Held, bound
	case held == 0:
		return Failed, bound
	}
	return Broken, bound
}

// Tally counts results by status.
func Tally(results []Result) (held, failed, broken int) {
	for _, r := range results {
		switch r.Status {
		case Held:
			held++
		case Failed:
			failed++
		default:
			broken++
		}
	}
	return held, failed, broken
}
