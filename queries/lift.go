package queries

import "accord/queries/stats"

// A Metric is an outcome that arms are compared on.
type Metric string

// Metrics. Revenue is money per assigned customer, the others are shares of
// the assigned.
const (
	Visit       Metric = "visit"
	HumanOpen   Metric = "open"
	HumanClick  Metric = "click"
	Conversion  Metric = "conversion"
	Revenue     Metric = "revenue"
	Unsubscribe Metric = "unsubscribe"
	Complaint   Metric = "complaint"

	// Within 30 days of the assignment, whatever the outcome window: an express
	// consent began that the customer had not given; any consent was withdrawn.
	ConsentWon       Metric = "consent_won"
	ConsentWithdrawn Metric = "consent_withdrawn"
)

// Metrics lists all metrics in the order in which they are shown.
func Metrics() []Metric {
	return []Metric{HumanClick, Visit, Conversion, Revenue, ConsentWon, HumanOpen, Unsubscribe, Complaint, ConsentWithdrawn}
}

// Money reports whether the metric is an amount of money per customer and not
// a share of customers.
func (m Metric) Money() bool { return m == Revenue }

// Guardrail reports whether more of the metric is worse.
func (m Metric) Guardrail() bool {
	return m == Unsubscribe || m == Complaint || m == ConsentWithdrawn
}

// ofConsent reports whether the metric has the 30 days of consent outcomes.
func (m Metric) ofConsent() bool { return m == ConsentWon || m == ConsentWithdrawn }

// What a Choice of comparisons can be.
const (
	ByCertainty = "certainty" // what may be judged first, the farthest from zero before all
	BySize      = "size"      // the largest gain first
	ByDate      = "date"      // the latest campaign first

	FixedHorizon = "fixed"        // one look, at a size settled beforehand
	AlwaysValid  = "always-valid" // any number of looks

	// ByOptedIn cuts by whether a customer had opted in, for the campaign's
	// purposes and channel, when assigned.
	ByOptedIn = "opted_in"

	// ByDay is by the day of the assignment. Nothing is cut by it; arms that were
	// not allotted alike by it changed their shares after the start.
	ByDay = "assigned_at"
)

// A Lift is every campaign's comparison of its arms with its control, by
// assignment (intent to treat), within the outcome window, on one metric, and
// one of these arms in full. Choice.Measure is the metric; Choice.Campaign and
// Choice.Arm are the arm in full, the most certain where none is asked for.
type Lift struct {
	Missing     Reason         `json:"missing,omitempty"` // "" = there are campaigns
	Choice      Choice         `json:"choice"`
	Choices     Choices        `json:"choices"`
	Rule        Rule           `json:"rule"`        // of Comparisons
	Comparisons []Comparison   `json:"comparisons"` // in the order of Choice.Sort; arms that cannot be compared say why
	Campaigns   []CampaignLift `json:"campaigns"`   // latest first, undated last
	Arm         ArmLift        `json:"arm"`
	Cut         Cut            `json:"cut"`
	Pool        Pool           `json:"pool"`
	// Changes are those of the arms' differences against the rest, and of the pooled
	// means against another period, whose campaigns are others.
	Changes Changes `json:"changes,omitzero"`
}

// A Rule says how comparisons shown together were adjusted for being several:
// Benjamini-Hochberg at a false discovery rate of 5 %. All intervals have the
// one Level, 1 - 0.05·max(Found, 1)/Compared: those found keep a false coverage
// rate of 5 %, and exactly they exclude zero, so that verdict, p and interval
// agree.
type Rule struct {
	Compared int     `json:"compared"` // comparisons that have a p-value
	Found    int     `json:"found"`    // of these, with a difference
	Level    float64 `json:"level"`
	Policy   string  `json:"policy"` // FixedHorizon or AlwaysValid
}

// An ArmLift is one comparison in full, and what else there is to know of it.
type ArmLift struct {
	Comparison Comparison `json:"comparison"` // one of the Lift's
	// Guardrails are what the arm cost, each taken alone at 95 %, so that a harm
	// is not lost among comparisons.
	Guardrails []Comparison `json:"guardrails"`
	CUPED      CUPED        `json:"cuped"`
	// Capped is the difference in revenue with amounts above the campaign's
	// pooled 99.9th percentile set to it; only on revenue.
	Capped Figure[Estimate] `json:"capped,omitzero"`
}

// CUPED is the comparison after what a measure from before the assignment
// explains of the outcome is taken out. Standard errors are of the difference
// and have its unit.
type CUPED struct {
	Difference    Figure[Estimate] `json:"difference"`
	StandardError Figure[float64]  `json:"standard_error"`          // without the measure
	Adjusted      Figure[float64]  `json:"adjusted_standard_error"` // with it
}

// A Cut is the chosen comparison within each value of a dimension: for whom it
// works. Its rows are adjusted among themselves, a single one as the arm is.
type Cut struct {
	Missing Reason `json:"missing,omitempty"` // "" = there are rows
	By      string `json:"by"`
	// After says that the dimension may have changed after the assignment, so
	// that it may be a result of the campaign.
	After  bool          `json:"measured_after_assignment"`
	Rule   Rule          `json:"rule"`
	Rows   []CutRow      `json:"rows"`
	Hidden int           `json:"hidden"` // values left out to protect few people
	Test   Figure[CutsQ] `json:"heterogeneity"`
	// Crude and Stratified are of the same customers, those of the rows.
	Crude      Figure[Estimate] `json:"crude"`
	Stratified Figure[Estimate] `json:"stratified"`
	Reversal   stats.Reversal   `json:"reversal,omitempty"`
}

// Single reports whether all customers have one value, so that nothing is cut.
func (c Cut) Single() bool { return len(c.Rows) == 1 && c.Hidden == 0 }

// A CutRow is the comparison among the customers of one value.
type CutRow struct {
	Value      string     `json:"value"`
	Treated    Outcome    `json:"treated"`
	Control    Outcome    `json:"control"`
	Comparison Comparison `json:"comparison"`
}

// CutsQ is Cochran's test of whether the rows share one difference.
type CutsQ struct {
	Q  float64 `json:"q"`
	DF int     `json:"df"`
	P  float64 `json:"p"`
}

// A Pool is all campaigns together, by what their arms said and what their
// controls did. Its rows are adjusted among themselves.
type Pool struct {
	Rule Rule      `json:"rule"`
	Rows []PoolRow `json:"rows"` // most campaigns first
}

// A PoolRow is the average difference that a content makes. Campaigns whose
// split went wrong are left out; arms that share a control count once.
type PoolRow struct {
	Content    string           `json:"content"`
	Control    string           `json:"control"` // what the control got
	Campaigns  []string         `json:"campaigns"`
	Mean       Comparison       `json:"mean"`       // random effects
	Prediction Figure[Estimate] `json:"prediction"` // of the next such campaign, at the level of Mean: never narrower
	I2         Figure[float64]  `json:"i2"`         // share of the variation that is not chance
	Stratified Figure[Estimate] `json:"stratified"` // one effect held common to the campaigns, at 95 %
	Crude      Figure[Estimate] `json:"crude"`      // as if they were one campaign, at 95 %
	Reversal   stats.Reversal   `json:"reversal,omitempty"`
}

// A CampaignLift is one experiment. Counts are of customers assigned.
type CampaignLift struct {
	Campaign    string              `json:"campaign"`
	Name        string              `json:"name"` // the id where the data gives no name
	Channel     string              `json:"channel,omitempty"`
	Started     Date                `json:"started"`            // empty = undated
	Control     string              `json:"control"`            // empty = none: nothing can be compared
	SplitWrong  bool                `json:"split_wrong"`        // customers were not assigned as planned: no verdict
	SplitBy     string              `json:"split_by,omitempty"` // the dimension by which the arms were not allotted alike, ByDay too
	SampleRatio Figure[SampleRatio] `json:"sample_ratio"`       // withheld with any arm's Assigned, which would follow from it
	InTwoArms   Count               `json:"in_two_arms"`        // left out of every arm
	Arms        []ArmOutcome        `json:"arms"`               // control first
}

// A SampleRatio is the test of the split against the planned shares.
type SampleRatio struct {
	ChiSquared float64 `json:"chi_squared"`
	DF         int     `json:"df"`
	P          float64 `json:"p"`
}

// mismatchP is the bound of tests of a split: their p is below it if it is right
// in one of a thousand campaigns.
const mismatchP = 0.001

// Mismatch reports whether the split went wrong (p < 0.001).
func (s SampleRatio) Mismatch() bool { return s.P < mismatchP }

// An ArmOutcome is what an arm's assigned customers did.
type ArmOutcome struct {
	Arm       string          `json:"arm"`
	Content   string          `json:"content,omitempty"`
	Control   bool            `json:"control"`
	Planned   Figure[float64] `json:"planned_share"`
	Assigned  Count           `json:"assigned"`
	Mature    Count           `json:"mature"`    // in one arm, and the window is over: the n of every outcome
	Immature  Count           `json:"immature"`  // in one arm, and the window is not over
	Delivered Count           `json:"delivered"` // undefined where delivery is not recorded
	Outcomes  []Outcome       `json:"outcomes"`
}

// An Outcome is one metric of an arm. Total is people, or money; People is
// those behind the total (for shares the same number).
type Outcome struct {
	Metric Metric           `json:"metric"`
	N      Count            `json:"n"`
	People Count            `json:"people"`
	Total  Figure[float64]  `json:"total"`
	Value  Figure[Estimate] `json:"value"` // share, or money per customer
	// Machines counts, of opens and clicks, those of machines, which are not
	// among the people.
	Machines Count `json:"machines,omitzero"`
}

// A Comparison is an arm against its campaign's control on one metric.
// Relative is the ratio of the two less one: 0.64 is +64 %.
type Comparison struct {
	Campaign   string           `json:"campaign"`
	Name       string           `json:"name"`
	Started    Date             `json:"started"`
	Arm        string           `json:"arm"`
	Content    string           `json:"content,omitempty"`
	Control    string           `json:"control"`
	Metric     Metric           `json:"metric"`
	Difference Figure[Estimate] `json:"difference"`
	Relative   Figure[Estimate] `json:"relative"`
	P          Figure[float64]  `json:"p"`           // of the comparison alone
	Adjusted   Figure[float64]  `json:"p_adjusted"`  // by the Rule; below 0.05 exactly where the interval excludes zero
	Among      int              `json:"adjusted_of"` // comparisons that it was adjusted for; 0 = taken alone
	Policy     string           `json:"policy"`      // FixedHorizon or AlwaysValid
	Detectable Figure[float64]  `json:"detectable"`  // smallest difference whose interval would exclude zero with 80 % power at this n
	Verdict    Verdict          `json:"verdict"`
	MissingArm string           `json:"missing_arm,omitempty"` // the arm without outcomes, for NoOutcome
}

// A Verdict is what a comparison allows one to say.
type Verdict string

// Verdicts. Higher and Lower are about the metric, not about good and bad.
const (
	Higher        Verdict = "higher"           // the interval lies above zero
	Lower         Verdict = "lower"            // the interval lies below zero
	TooSmall      Verdict = "too_small"        // it holds zero: too small to tell
	NoVerdictSRM  Verdict = "split_wrong"      // the split went wrong
	NoOutcome     Verdict = "outcome_missing"  // an arm has no outcomes at all
	NotYet        Verdict = "not_mature"       // the outcome window is not over
	NoAssignment  Verdict = "association_only" // nobody was assigned: any difference would be an association
	Withheld      Verdict = "withheld"         // small cells
	CannotCompute Verdict = "undefined"        // no estimate exists: the figures say why
)
