package stats

import "math"

// EventRate is events among people watched for some time: Exposure is in
// person-units of any kind, the same on both sides of a comparison.
type EventRate struct {
	Events   int64   `json:"events"`
	Exposure float64 `json:"exposure"`
	// Dispersion is how many times larger the variance is than if events came
	// independently of each other; at least 1, 0 is 1.
	Dispersion float64 `json:"dispersion,omitempty"`
}

// Dispersion estimates how many times larger the variance of counts is than if
// events came independently of each other, from how far the rates of neighbours are
// apart, so that a slow trend does not count as bursts (J. von Neumann, Annals of
// Mathematical Statistics 12, 1941; Pearson's statistic of each pair). It is 1 or
// more, and 1 of fewer than two rates.
func Dispersion(rates []EventRate) float64 {
	var sum float64
	n := 0
	for i := 1; i < len(rates); i++ {
		a, b := rates[i-1], rates[i]
		events, exposure := float64(a.Events+b.Events), a.Exposure+b.Exposure
		if events == 0 || a.Exposure <= 0 || b.Exposure <= 0 {
			continue
		}
		apart := float64(a.Events)/a.Exposure - float64(b.Events)/b.Exposure
		sum += apart * apart / (events / exposure * (1/a.Exposure + 1/b.Exposure))
		n++
	}
	if n == 0 {
		return 1
	}
	return max(1, sum/float64(n))
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
// Medicine 22, 2003); where they come in bursts, of so many fewer events in effect
// (quasi-Poisson). No events before is [ZeroControl], none at all [NoEvents].
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
	n := float64(after.Events + before.Events)
	share, reason := WeightedShare(float64(after.Events)/n, n, n*dispersed(after, before), level).Estimate()
	if reason != "" {
		return Undefined(reason)
	}
	relative := func(p float64) float64 { return p/(1-p)*(before.Exposure/after.Exposure) - 1 }
	return interval(relative(share.Value), relative(share.Low), relative(share.High), level, MethodRateScore)
}

// MeanRateRatio is the relative change of a rate of events from before to after, at
// least -1, over periods whose changes differ: the mean over them by [RandomEffects]
// of the logarithm of the ratio, half an event being added to each rate, as it may
// have none (J. B. S. Haldane, Annals of Human Genetics 20, 1956), with the variance
// of two Poisson counts. Periods in which nobody was watched on one side tell
// nothing; fewer than leastPeriods that do are [TooFew].
func MeanRateRatio(after, before []EventRate, level float64) Result {
	if len(after) != len(before) {
		return Undefined(Invalid)
	}
	var logs []Effect
	var events [2]int64
	for i, a := range after {
		b := before[i]
		switch reason := worstReason(a.check(), b.check()); reason {
		case "":
		case EmptyArm:
			continue
		default:
			return Undefined(reason)
		}
		had, from := float64(a.Events)+0.5, float64(b.Events)+0.5
		logs = append(logs, Effect{math.Log(had / a.Exposure * b.Exposure / from), math.Sqrt(1/had + 1/from)})
		events[0], events[1] = events[0]+a.Events, events[1]+b.Events
	}
	switch {
	case len(logs) < leastPeriods:
		return Undefined(TooFew)
	case events[0]+events[1] == 0:
		return Undefined(NoEvents)
	case events[1] == 0:
		return Undefined(ZeroControl)
	}
	all, reason := RandomEffects(logs, level)
	if reason != "" {
		return Undefined(reason)
	}
	mean, reason := all.Mean.Estimate()
	if reason != "" {
		return Undefined(reason)
	}
	return interval(math.Expm1(mean.Value), math.Expm1(mean.Low), math.Expm1(mean.High), level, MethodRandomEffects)
}

// leastPeriods is how many tell how much periods differ.
const leastPeriods = 3

// dispersed is the larger of two dispersions, of which at least one event in effect
// is left.
func dispersed(after, before EventRate) float64 {
	return max(1, min(max(after.Dispersion, before.Dispersion), float64(after.Events+before.Events)))
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
	z := (float64(after.Events) - n*null) / math.Sqrt(n*null*(1-null)*dispersed(after, before))
	return math.Erfc(math.Abs(z) / math.Sqrt2), ""
}
