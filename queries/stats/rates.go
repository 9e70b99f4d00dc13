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

// PeriodsRateRatio is the relative change of a rate of events from before to after, at
// least -1, where what happens in a period happens together: the ratio of the sums over
// the periods in which both were watched. The variance of its logarithm is that of a
// ratio whose clusters are the periods (linearised; L. Kish, Survey Sampling, 1965, ch.
// 6), and no less than that of two Poisson counts, at Student's t with one degree of
// freedom less than periods. Fewer than leastPeriods, and no events after, tell nothing
// of how periods differ: [TooFew].
func PeriodsRateRatio(after, before []EventRate, level float64) Result {
	alpha, reason := significance(level)
	if len(after) != len(before) {
		reason = Invalid
	}
	if reason != "" {
		return Undefined(reason)
	}
	var a, b EventRate
	var both [][2]EventRate
	for i, x := range after {
		y := before[i]
		switch reason := worstReason(x.check(), y.check()); reason {
		case "":
		case EmptyArm:
			continue
		default:
			return Undefined(reason)
		}
		both = append(both, [2]EventRate{x, y})
		a = EventRate{Events: a.Events + x.Events, Exposure: a.Exposure + x.Exposure}
		b = EventRate{Events: b.Events + y.Events, Exposure: b.Exposure + y.Exposure}
	}
	switch {
	case len(both) < leastPeriods:
		return Undefined(TooFew)
	case a.Events+b.Events == 0:
		return Undefined(NoEvents)
	case b.Events == 0:
		return Undefined(ZeroControl)
	case a.Events == 0:
		return Undefined(TooFew)
	}
	events := [2]float64{float64(a.Events), float64(b.Events)}
	variance := 0.0
	for _, x := range both {
		apart := float64(x[0].Events)/events[0] - x[0].Exposure/a.Exposure - float64(x[1].Events)/events[1] + x[1].Exposure/b.Exposure
		variance += apart * apart
	}
	k := float64(len(both))
	variance = max(variance*k/(k-1), 1/events[0]+1/events[1])
	log := math.Log(events[0] / a.Exposure * b.Exposure / events[1])
	half := studentCritical(alpha, k-1) * math.Sqrt(variance)
	return interval(math.Expm1(log), math.Expm1(log-half), math.Expm1(log+half), level, MethodRatePeriods)
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
