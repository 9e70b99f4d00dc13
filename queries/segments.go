package queries

// Measures of Segments.
const (
	MeasureStance     = "stance"         // as stated in the survey: willing, sceptical, undecided
	MeasureStates     = "consent_states" // the six states of consent, for a purpose and channel
	MeasureGap        = "paradox_gap"    // share willing less opt-in rate
	MeasureEngagement = "engagement"     // human clicks of messages delivered
	MeasureRevenue    = "revenue"        // revenue per customer
)

// The six states of a customer's consent for a purpose on a channel. They sum
// to the customers known.
const (
	OptedIn     = "opted_in"    // a valid express consent
	Contactable = "contactable" // valid on another basis
	Refused     = "refused"     // none is valid, a refusal came last
	Unanswered  = "unanswered"  // asked, and never answered
	Lapsed      = "lapsed"      // none is valid, its end came last
	NeverAsked  = "never_asked"
)

// ConsentStates lists the six states in the order in which they are shown.
func ConsentStates() []string {
	return []string{OptedIn, Contactable, Lapsed, Refused, Unanswered, NeverAsked}
}

// Segments compares the groups that a dimension makes of customers on one
// measure: each against all the others.
type Segments struct {
	Choice  Choice  `json:"choice"`
	Choices Choices `json:"choices"`

	Missing Reason `json:"missing,omitempty"` // "" = there are rows
	Input   string `json:"input,omitempty"`   // the file that would feed the measure, where it is missing
	Purpose string `json:"purpose,omitempty"` // of consent, where the measure is about it
	At      Date   `json:"at"`                // the end of which day states are of; empty = not of a day
	Since   Date   `json:"since"`             // of the first and last answer, campaign or purchase; empty = undated
	Until   Date   `json:"until"`
	Unit    Unit   `json:"unit"`   // what N counts
	Metric  Metric `json:"metric"` // of engagement: human clicks, else visits; of revenue
	// Parts names the Parts of rows; the first is what Figure is of. Stacked
	// says that they make up a whole.
	Parts   []string `json:"parts"`
	Stacked bool     `json:"stacked"`

	Whole  SegmentRow   `json:"whole"`
	Rows   []SegmentRow `json:"rows"`   // in the order of the values; what was pooled is last
	Pooled int          `json:"pooled"` // values pooled in the last row, those of the fewest customers
	// Tested rows were compared with the others, Found differ by more than
	// chance: Holm's rule at 95 % for all of them together. Differences have the
	// level at which exactly those exclude zero.
	Tested int `json:"tested"`
	Found  int `json:"found"`

	Grid    Grid    `json:"grid"`
	Reasons Reasons `json:"reasons"`
	Changes Changes `json:"changes,omitzero"`
}

// A Unit is what a segment's n counts.
type Unit string

// Units.
const (
	Respondents Unit = "respondents"
	Customers   Unit = "customers"
	Messages    Unit = "messages"    // delivered, their outcome window over
	Assignments Unit = "assignments" // where delivery or clicks are not recorded
)

// A SegmentRow is one value of the dimension.
type SegmentRow struct {
	Value string `json:"value"` // "" = several, or everyone
	N     Count  `json:"n"`
	// Of is the customers known beside the respondents, for the gap.
	Of    Count  `json:"of,omitzero"`
	Parts []Rate `json:"parts"`
	// Figure is a share, a gap in [-1, 1] or money per customer.
	Figure     Figure[Estimate] `json:"figure"`
	Difference Figure[Estimate] `json:"difference"` // from all the others together
	// FromWhole is the figure less the whole's, which holds the row itself: nearer
	// to it than the others are. It is missing where Difference is not of figures,
	// but within campaigns.
	FromWhole Figure[float64] `json:"from_whole"`
	P         Figure[float64] `json:"p"` // adjusted (Holm)
	Verdict   Verdict         `json:"verdict"`
	Trend     []TrendValue    `json:"trend"`
}

// A TrendValue is a row's figure of a month, or at its end.
type TrendValue struct {
	At    Date            `json:"at"`
	Value Figure[float64] `json:"value"`
}

// A Grid is the figure by two dimensions.
type Grid struct {
	Missing Reason       `json:"missing,omitempty"`
	Columns []string     `json:"columns"`
	Pooled  int          `json:"pooled"` // values pooled in the last column
	Cells   [][]GridCell `json:"cells"`  // by row of Segments.Rows, then column
}

// A GridCell is one cell of a Grid.
type GridCell struct {
	N      Count            `json:"n"`
	Figure Figure[Estimate] `json:"figure"`
}

// Reasons are why the sceptical are: shares of people, weighted, who may give
// several.
type Reasons struct {
	Missing   Reason        `json:"missing,omitempty"`
	Sceptical Count         `json:"sceptical"` // respondents
	N         Count         `json:"n"`         // of these, who gave any reason: the base
	Rows      []ReasonShare `json:"rows"`      // most often given first
}

// A ReasonShare is one reason and who gave it.
type ReasonShare struct {
	Reason string `json:"reason"`
	Rate   Rate   `json:"rate"`
}
