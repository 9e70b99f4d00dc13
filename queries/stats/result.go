package stats

import (
	"encoding/json"
	"math"
	"slices"
)

// Degenerate names why a figure does not exist. The empty string means that it
// does.
type Degenerate string

const (
	// EmptyArm: a group has nobody in it.
	EmptyArm Degenerate = "empty_arm"
	// TooFew: fewer observations, strata, arms or campaigns than the formula
	// needs, such as one customer for a variance.
	TooFew Degenerate = "too_few"
	// ZeroVariance: the values do not vary, so that they say nothing about
	// their own uncertainty.
	ZeroVariance Degenerate = "zero_variance"
	// ZeroControl: a relative change has no base, the control being zero. The
	// difference, its interval and its p-value still hold.
	ZeroControl Degenerate = "zero_control"
	// NegativeControl: the control's mean is below zero, where a relative
	// change would turn its sign. The difference still holds.
	NegativeControl Degenerate = "negative_control"
	// Unbounded: the data set no finite limit. For a ratio, the control cannot
	// be told from zero at this level (Fieller's g is 1 or more) while the
	// difference still holds; for a median, the curve's upper band stays above
	// one half.
	Unbounded Degenerate = "unbounded"
	// NoStrata: no stratum has customers in both arms.
	NoStrata Degenerate = "no_strata"
	// NoEvents: nothing happened in any group, so that there is nothing to
	// compare.
	NoEvents Degenerate = "no_events"
	// NotReached: fewer than half have ended, so that there is no median yet.
	NotReached Degenerate = "not_reached"
	// UnplannedArm: customers are in an arm that was to get none. The split is
	// not as planned, and no statistic is needed to see it.
	UnplannedArm Degenerate = "unplanned_arm"
	// InvalidLevel: a confidence level or a power outside of (0, 1).
	InvalidLevel Degenerate = "invalid_level"
	// Invalid: input that no data can give, such as more successes than
	// customers, a negative count or a NaN. The caller has a defect.
	Invalid Degenerate = "invalid_input"
	// Overflow: the figure is beyond the range of a float64.
	Overflow Degenerate = "overflow"
	// NotComputed: the [Result] is a zero value that no function returned.
	NotComputed Degenerate = "not_computed"
)

// The methods an [Estimate] can name.
const (
	MethodWilson          = "wilson"
	MethodNewcombe        = "newcombe"
	MethodMOVER           = "mover"
	MethodMOVERRatio      = "mover-r"
	MethodStudent         = "student"
	MethodWelch           = "welch"
	MethodFieller         = "fieller"
	MethodDelta           = "delta"
	MethodAlwaysValid     = "always-valid"
	MethodAlwaysFieller   = "always-valid-fieller"
	MethodCUPEDWelch      = "cuped-welch"
	MethodCUPEDFieller    = "cuped-fieller"
	MethodInverseVariance = "inverse-variance"
	MethodMantelHaenszel  = "mantel-haenszel"
	MethodRandomEffects   = "paule-mandel-hksj"
	MethodPrediction      = "prediction"
	MethodLogLog          = "greenwood-log-log"
	MethodMedian          = "brookmeyer-crowley"
	MethodRateScore       = "rate-score"
	MethodRatePeriods     = "rate-periods"
	MethodFisher          = "fisher-effective"
	MethodRateIndex       = "rate-index"
)

// Estimate is a point estimate with its interval, in the unit of the quantity.
// Low <= Value <= High, all finite.
type Estimate struct {
	Value  float64 `json:"value"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Level  float64 `json:"level"`
	Method string  `json:"method"`
}

// ExcludesZero reports whether zero lies outside of the interval.
func (e Estimate) ExcludesZero() bool { return e.Low > 0 || e.High < 0 }

// Result is an estimate, or the reason why there is none. Its fields are
// hidden so that the one cannot be read without meeting the other; the zero
// Result is [NotComputed]. Results compare with ==.
type Result struct {
	estimate Estimate
	reason   Degenerate
}

// Estimated wraps an estimate. One that is not finite becomes [Overflow]; one
// that is out of order, without a method or with no possible level, [Invalid].
func Estimated(e Estimate) Result {
	switch {
	case !finite(e.Value, e.Low, e.High):
		return Undefined(Overflow)
	case e.Low > e.Value || e.Value > e.High || e.Method == "" || !(e.Level > 0 && e.Level < 1):
		return Undefined(Invalid)
	}
	return Result{estimate: e}
}

// Undefined is a result that does not exist, for the reason given.
func Undefined(reason Degenerate) Result { return Result{reason: reason} }

// Estimate returns the estimate, and "" where it exists. Otherwise it returns
// the zero Estimate and the reason.
func (r Result) Estimate() (Estimate, Degenerate) {
	return r.estimate, r.Reason()
}

// Reason is why there is no estimate, or "" where there is one.
func (r Result) Reason() Degenerate {
	if r.reason == "" && r.estimate.Method == "" {
		return NotComputed
	}
	return r.reason
}

// MarshalJSON writes the estimate, or {"undefined": reason}.
func (r Result) MarshalJSON() ([]byte, error) {
	estimate, reason := r.Estimate()
	if reason != "" {
		return json.Marshal(map[string]Degenerate{"undefined": reason})
	}
	return json.Marshal(estimate)
}

// interval builds a result from limits computed apart from the value, which
// rounding can leave a last digit on the wrong side of it.
func interval(value, low, high, level float64, method string) Result {
	return Estimated(Estimate{
		Value: value, Low: min(low, value), High: max(high, value), Level: level, Method: method,
	})
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// worstReason is Invalid where any of the reasons is, since a defect of the
// caller must not pass for thin data, and otherwise the first that is not
// empty.
func worstReason(reasons ...Degenerate) Degenerate {
	if slices.Contains(reasons, Invalid) {
		return Invalid
	}
	for _, r := range reasons {
		if r != "" {
			return r
		}
	}
	return ""
}
