package queries

import (
	"encoding/json"

	"accord/queries/stats"
)

// Reason says why a figure is not there. The empty Reason means that it is.
type Reason string

// Reasons for which a figure is suppressed: it exists, and is withheld.
const (
	// SmallCell: it describes 1 to k-1 people.
	SmallCell Reason = "small_cell"
	// Complement: a suppressed figure would follow from it.
	Complement Reason = "complement"
)

// Reasons for which a figure is undefined: it does not exist.
const (
	NotAsked        Reason = "not_asked"         // the zero Figure: nobody computed it
	NoInput         Reason = "no_input"          // the file that feeds it was not loaded
	NotRecorded     Reason = "not_recorded"      // the file was loaded without this column
	NoDates         Reason = "no_dates"          // the data holds no dates
	NobodyThere     Reason = "nobody_there"      // the denominator is zero
	NothingInPeriod Reason = "nothing_in_period" // the filter's period holds nothing
	NoSuchColumn    Reason = "no_such_column"    // the filter names a dimension this input lacks
	OutcomeMissing  Reason = "outcome_missing"   // an arm has no value at all: missing, not zero
	NoControl       Reason = "no_control"        // the campaign has no control arm
	SplitWentWrong  Reason = "split_went_wrong"  // sample-ratio mismatch: no verdict
	WaysDisagree    Reason = "ways_disagree"     // what would be common to groups differs between them
	NotMature       Reason = "not_mature"        // no assignment's outcome window is over
	EmptyArm        Reason = Reason(stats.EmptyArm)
	ZeroVariance    Reason = Reason(stats.ZeroVariance)
	ZeroControl     Reason = Reason(stats.ZeroControl)
	UnboundedRatio  Reason = Reason(stats.Unbounded)
	TooFewToMeasure Reason = Reason(stats.TooFew)
)

// Suppressed reports whether the figure exists and is withheld.
func (r Reason) Suppressed() bool { return r == SmallCell || r == Complement }

// MarshalText writes the reason, as JSON has it. Which of the two a withheld figure
// has would tell whether it is the small one, and so is not told.
func (r Reason) MarshalText() ([]byte, error) {
	if r.Suppressed() {
		r = SmallCell
	}
	return []byte(r), nil
}

// A Figure is a value that may be suppressed or undefined. Its value can only
// be had together with the answer to whether it is there, so that no caller
// shows a bare number by accident. The zero Figure is undefined ([NotAsked]).
type Figure[T any] struct {
	value T
	there bool
	why   Reason
}

// Known is the figure with the value v.
func Known[T any](v T) Figure[T] { return Figure[T]{value: v, there: true} }

// Missing is the figure that is not there for the given reason.
func Missing[T any](why Reason) Figure[T] { return Figure[T]{why: why} }

// Value returns the value and whether it is there.
func (f Figure[T]) Value() (T, bool) { return f.value, f.there }

// Why returns the reason the value is not there, "" if it is.
func (f Figure[T]) Why() Reason {
	if !f.there && f.why == "" {
		return NotAsked
	}
	return f.why
}

// MarshalJSON writes the value itself, or {"suppressed": reason}, or
// {"undefined": reason}.
func (f Figure[T]) MarshalJSON() ([]byte, error) {
	if f.there {
		return json.Marshal(f.value)
	}
	kind := "undefined"
	if f.Why().Suppressed() {
		kind = "suppressed"
	}
	return json.Marshal(map[string]Reason{kind: f.Why()})
}

// UnmarshalJSON reads what MarshalJSON wrote, which tells withheld figures apart no
// further.
func (f *Figure[T]) UnmarshalJSON(text []byte) error {
	var missing struct {
		Undefined  Reason `json:"undefined"`
		Suppressed Reason `json:"suppressed"`
	}
	if err := json.Unmarshal(text, &missing); err == nil && missing.Undefined+missing.Suppressed != "" {
		*f = Missing[T](missing.Undefined + missing.Suppressed)
		return nil
	}
	*f = Figure[T]{there: true}
	return json.Unmarshal(text, &f.value)
}

// Estimate is a point estimate with its interval, level and method.
type Estimate = stats.Estimate

// A Count is a number of people, or of what people did.
type Count = Figure[int64]

// A Rate is a share that carries what it is a share of. Estimate is in [0, 1].
type Rate struct {
	Numerator   Count            `json:"numerator"`
	Denominator Count            `json:"denominator"`
	Estimate    Figure[Estimate] `json:"share"`
}
