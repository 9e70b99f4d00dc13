package queries

// An Overview is the manager's page: what people say, what they do, how it
// moves, what personalisation adds, and what needs attention.
type Overview struct {
	Stance    Stance        `json:"stance"`
	OptIn     []PurposeRate `json:"opt_in"` // most opted in first; empty = see NoOptIn
	NoOptIn   Reason        `json:"no_opt_in,omitempty"`
	Paradox   Paradox       `json:"paradox"`
	Trend     Trend         `json:"trend"`
	Lifts     []Comparison  `json:"lifts"` // those with a difference, the most certain first, at most 5
	NoLifts   Reason        `json:"no_lifts,omitempty"`
	LiftRule  Rule          `json:"lift_rule"` // of the arms that Lifts were picked from, one comparison each
	Attention []Attention   `json:"attention"`
}

// A Stance is what people say in the survey. Shares are weighted; N and the
// counts are respondents. NotWilling is Sceptical and Undecided together.
type Stance struct {
	Missing    Reason          `json:"missing,omitempty"` // "" = the survey can answer
	N          Count           `json:"n"`                 // respondents with a stance
	EffectiveN Figure[float64] `json:"effective_n"`       // Kish's; equals N without weights
	Willing    Rate            `json:"willing"`
	NotWilling Rate            `json:"not_willing"`
	Sceptical  Rate            `json:"sceptical"`
	Undecided  Rate            `json:"undecided"`
	Since      Date            `json:"since"` // of the first and last answer; empty = undated
	Until      Date            `json:"until"`
}

// A PurposeRate is the opt-in rate for a purpose, on any channel: those with a
// valid express consent at the end of day At among the customers known then.
type PurposeRate struct {
	Purpose string `json:"purpose"`
	At      Date   `json:"at"`
	Rate    Rate   `json:"opted_in"`
	// Contactable: valid on another basis, not opted in.
	Contactable Rate            `json:"contactable"`
	Before      Date            `json:"before"` // the day compared with
	BeforeRate  Rate            `json:"opted_in_before"`
	Change      Figure[float64] `json:"change"` // difference of the two shares, in [-1, 1]
	// Interval is Change with Newcombe's interval, as of two groups apart: for two
	// days of the same customers, who mostly stay as they are, it is too wide
	// rather than too narrow.
	Interval Figure[Estimate] `json:"change_interval"`
	// Rest: BeforeRate is not of an earlier day but of the customers whom the
	// filter leaves out, on the same one.
	Rest bool `json:"against_rest,omitempty"`
}

// A Paradox sets what people say beside what they do: the share of respondents
// willing less the opt-in rate of customers for a purpose at the end of the
// survey. Its interval, in [-1, 1], carries the survey's error alone: the rate
// counts everyone.
type Paradox struct {
	Purpose string           `json:"purpose"`
	At      Date             `json:"at"` // of the opt-in rate: the last day of the survey that may be shown
	Gap     Figure[Estimate] `json:"gap"`
}

// A Trend is the opt-in rate of one purpose over time, at week ends and at the
// as-of date. Where entries or exits between two of them would number 1 to k-1,
// days are left out: Points then lie farther apart.
type Trend struct {
	Missing Reason       `json:"missing,omitempty"`
	Purpose string       `json:"purpose"`
	Points  []TrendPoint `json:"points"`
	Widened bool         `json:"widened"` // some steps were left out to protect small flows
}

// A TrendPoint is the rate at the end of a day, with what happened since the
// point before: Entries and Exits are starts and ends of express validity.
type TrendPoint struct {
	At      Date  `json:"at"`
	Rate    Rate  `json:"opted_in"`
	Entries Count `json:"entries"`
	Exits   Count `json:"exits"`
}

// AttentionKind names what needs attention.
type AttentionKind string

// What an overview can call attention to.
const (
	NothingLoaded  AttentionKind = "nothing_loaded"  // there is no customer
	NoDaysKnown    AttentionKind = "no_days"         // nothing in the data has a day
	SentUnasked    AttentionKind = "sent_without"    // N messages without a valid consent
	RowsRejected   AttentionKind = "rows_rejected"   // Input, N of Of rows
	SplitWrong     AttentionKind = "split_wrong"     // Campaign, and Dimension or P
	TooSmallToTell AttentionKind = "too_small"       // Campaign, Arm, Metric, Detectable; or N arms
	StillImmature  AttentionKind = "not_mature"      // Campaign: N of Of assignments
	OutcomeAbsent  AttentionKind = "outcome_missing" // Campaign, Arm, Metric
	InTwoArms      AttentionKind = "in_two_arms"     // Campaign: N customers of Of
)

// An Attention is one thing that a reader should know before trusting figures.
type Attention struct {
	Kind       AttentionKind   `json:"kind"`
	Input      string          `json:"input,omitempty"`
	Campaign   string          `json:"campaign,omitempty"`
	Arm        string          `json:"arm,omitempty"`
	Metric     Metric          `json:"metric,omitempty"`
	Dimension  string          `json:"dimension,omitempty"`
	N          Count           `json:"n,omitzero"`
	Of         Count           `json:"of,omitzero"`
	P          Figure[float64] `json:"p,omitzero"`
	Detectable Figure[float64] `json:"detectable,omitzero"` // share or money, as the metric is
}
