package stats

import "math"

// EventRate is events among people watched for some time: Exposure is in
// person-units of any kind, the same on both sides of a comparison.
type EventRate struct {
	Events   int64   `json:"events"`
	Exposure float64 `json:"exposure"`
}

func (r EventRate) check() Degenerate {
	switch {
	case r.Events < 0 || !finite(r.Exposure) || r.Exposure < 0 || r.Exposure == 0 && r.Events > 0:
		return Invalid
	case r.Exposure == 0:
		return EmptyArm
	}
	return ""
}

// RateRatio is the relative change of a rate of events from before to after, at
// least -1. Given all the events, those after are binomial if events come
// independently of each other, and Wilson's score interval for their share is
// that of the ratio (P. L. Graham, K. Mengersen and A. P. Morton, Statistics in
// Medicine 22, 2003). No events before is [ZeroControl], none at all [NoEvents].
func RateRatio(after, before EventRate, level float64) Result {
	if reason := worstReason(after.check(), before.check()); reason != "" {
		return Undefined(reason)
	}
	switch {
	case after.Events+before.Events == 0:
		return Undefined(NoEvents)
	case before.Events == 0:
		return Undefined(ZeroControl)
	}
	share, reason := Share(Proportion{Successes: after.Events, N: after.Events + before.Events}, level).Estimate()
	if reason != "" {
		return Undefined(reason)
	}
	relative := func(p float64) float64 { return p/(1-p)*(before.Exposure/after.Exposure) - 1 }
	return interval(relative(share.Value), relative(share.Low), relative(share.High), level, MethodRateScore)
}

// RateP is the two-sided p-value in [0, 1] that inverts [RateRatio]: the score
// test of one rate before and after.
func RateP(after, before EventRate) (float64, Degenerate) {
	if reason := worstReason(after.check(), before.check()); reason != "" {
		return 0, reason
	}
	n := float64(after.Events + before.Events)
	if n == 0 {
		return 0, NoEvents
	}
	null := after.Exposure / (after.Exposure + before.Exposure)
	z := (float64(after.Events) - n*null) / math.Sqrt(n*null*(1-null))
	return math.Erfc(math.Abs(z) / math.Sqrt2), ""
}
