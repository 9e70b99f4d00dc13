package queries

// A Consent is how permission moves: who is opted in over time, what came
// before and after what, what becomes of requests, how long consents last, what
// expires, and how much of the change is a change of customers.
//
// Choice.By cuts Over and Lasting: by purpose, by channel or by a dimension. The
// rest, and the other cuts, are about Purpose.
type Consent struct {
	Choice   Choice         `json:"choice"`
	Choices  Choices        `json:"choices"`
	Missing  Reason         `json:"missing,omitempty"` // "" = there are dated consents
	Purpose  string         `json:"purpose"`
	Since    Date           `json:"since"` // of the period shown
	Until    Date           `json:"until"`
	Over     []ConsentGroup `json:"over"`
	NoOver   Reason         `json:"no_over,omitempty"`
	Course   Course         `json:"course"`
	Around   []Around       `json:"around"` // by day
	Compared int            `json:"compared"`
	Mix      Mix            `json:"mix"`
	Funnel   Funnel         `json:"funnel"`
	Lasting  Lasting        `json:"lasting"`
	Expiring Expiring       `json:"expiring"`
	// Changes are against the rest alone: an earlier day is in Over.
	Changes Changes `json:"changes,omitzero"`
}

// The ways to cut a Consent that are no dimensions.
const (
	ByPurpose = "purpose"
	ByChannel = "channel"
)

// A ConsentGroup is the opt-in rate of a purpose, a channel or the customers
// with a value of a dimension over time. Groups of a dimension share their days.
type ConsentGroup struct {
	Name   string          `json:"name"`             // "" = all the values that are not named
	Others int             `json:"others,omitempty"` // how many those are
	Points []ConsentPoint  `json:"points"`           // by day; empty = see Why
	Change Figure[float64] `json:"change"`           // of the share from the first point, or the day compared with, to the last
	// Interval is Change with Newcombe's interval, as of two groups apart: too
	// wide rather than too narrow.
	Interval Figure[Estimate] `json:"change_interval"`
	Before   Date             `json:"before"` // the day compared with
	Why      Reason           `json:"missing,omitempty"`
}

// A ConsentPoint is the state at the end of a day: opted in (expressly) and
// contactable (on another basis only) among the customers known.
type ConsentPoint struct {
	At          Date `json:"at"`
	Rate        Rate `json:"opted_in"`
	Contactable Rate `json:"contactable"`
}

// A Course is what happened with Purpose step by step: weeks, or longer where
// fewer people would move.
type Course struct {
	Missing Reason       `json:"missing,omitempty"`
	Steps   []CourseStep `json:"steps"`
	Widened bool         `json:"widened"`
	Marks   []Mark       `json:"marks"` // what happened around, by day
}

// A CourseStep is what happened after the day From, up to and with the day At.
type CourseStep struct {
	From    Date  `json:"from"`
	At      Date  `json:"at"`
	Rate    Rate  `json:"opted_in"` // at the end of At
	Entries int64 `json:"entries"`  // starts of express consent: never 1 to k-1
	Exits   int64 `json:"exits"`
}

// Weeks is the length of the step.
func (s CourseStep) Weeks() float64 { return weeksBetween(s.From, s.At) }

// MarkKind says what a Mark is.
type MarkKind string

// What can be marked.
const (
	NoticeMark   MarkKind = "notice"
	CampaignMark MarkKind = "campaign"
	NewsMark     MarkKind = "news"
	EventMark    MarkKind = "event"
)

// A Mark is something that happened on a day: a notice took effect, a campaign
// started, news or another event.
type Mark struct {
	Day   Date     `json:"day"`
	Kind  MarkKind `json:"kind"`
	Label string   `json:"label"`
}

// An Around compares the weeks before a turn with those after it. It is before
// and after, not cause: whatever else changed then is in it. Marks that share a
// turn are one comparison; Day is of the most telling, which comes first.
type Around struct {
	Day   Date   `json:"day"`
	Marks []Mark `json:"marks"`
	// The weeks before are the days after BeforeFrom up to Turn, those after the
	// days after Turn up to AfterUntil. Steps wider than weeks make them longer.
	BeforeFrom Date   `json:"before_from"`
	Turn       Date   `json:"turn"`
	AfterUntil Date   `json:"after_until"`
	Missing    Reason `json:"missing,omitempty"`
	Entries    Turned `json:"entries"`
	Exits      Turned `json:"exits"`
}

// A Turned is a flow before and after a day.
type Turned struct {
	Before Count `json:"before"`
	After  Count `json:"after"`
	// Per 1,000 customers known, a week.
	RateBefore Figure[float64] `json:"rate_before"`
	RateAfter  Figure[float64] `json:"rate_after"`
	// The relative change of the rate, at least -1, and its p-value, both
	// adjusted for all the changes of the answer (Bonferroni).
	Change Figure[Estimate] `json:"change"`
	P      Figure[float64]  `json:"p"`
}

// A Mix sets the opt-in rate beside what it would be had the customers stayed
// as they were at the first point: rates within the values of a dimension,
// weighted by the customers known then (direct standardisation).
type Mix struct {
	Missing   Reason     `json:"missing,omitempty"`
	Dimension string     `json:"dimension"`
	Tried     int        `json:"tried"` // dimensions of which this moves the rate most; 1 = it was asked for
	Strata    int        `json:"strata"`
	Points    []MixPoint `json:"points"`
	Crude     float64    `json:"crude_change"` // from the first point to the last, differences of shares
	Adjusted  float64    `json:"adjusted_change"`
	Reversed  bool       `json:"reversed"` // they point apart
}

// A MixPoint is the crude and the adjusted share at the end of a day.
type MixPoint struct {
	At       Date    `json:"at"`
	Crude    float64 `json:"crude"`
	Adjusted float64 `json:"adjusted"`
}

// A Funnel is what became of the requests for Purpose: asked, answered yes or no,
// opted in. An answer is the first for the same customer, purpose and channel
// within Days and before the next request.
type Funnel struct {
	Missing Reason      `json:"missing,omitempty"`
	Since   Date        `json:"since"` // of requests: whole months, quarters under a filter
	Until   Date        `json:"until"`
	Days    int         `json:"days"`
	Waiting Count       `json:"waiting"` // requests whose days are not over: in no share
	Rows    []FunnelRow `json:"rows"`    // by way of asking, most used first, then by notice
	// Of the newest notice with the one before, "" = there is one only.
	Newer  string           `json:"newer"`
	Older  string           `json:"older"`
	Crude  Figure[Estimate] `json:"crude"` // differences of shares opted in
	Within []MethodContrast `json:"within"`
	// Adjusted is common to the ways of asking (Mantel-Haenszel); there is none where
	// they disagree by more than chance (Cochran, Differ is the p-value).
	Adjusted Figure[Estimate] `json:"adjusted"`
	Differ   Figure[float64]  `json:"differ"`
	Reversed bool             `json:"reversed"` // all together go one way and a way of asking the other, both by more than chance
}

// A FunnelRow is the requests under one notice made in one way.
type FunnelRow struct {
	Notice    string `json:"notice"` // "" = not recorded
	Mechanism string `json:"mechanism"`
	Method    string `json:"method"`           // how it was asked; "" = not recorded
	Others    bool   `json:"others,omitempty"` // Method is all the ways that are rarely used
	All       bool   `json:"all,omitempty"`    // whatever the way
	Requests  Count  `json:"requests"`
	Answered  Rate   `json:"answered"`
	OptedIn   Rate   `json:"opted_in"`
}

// A MethodContrast is the newer notice against the older within a way of asking.
// Intervals are adjusted for the number of ways (Bonferroni).
type MethodContrast struct {
	Method string           `json:"method"`
	Others bool             `json:"others,omitempty"`
	Older  Rate             `json:"older"`
	Newer  Rate             `json:"newer"`
	Change Figure[Estimate] `json:"change"`
}

// A Lasting is how long each customer's first express consent lasts, whenever
// it began: the share that still holds after a time (Kaplan-Meier, in its actuarial
// form as durations are kept in steps). A customer
// who leaves, and one whose consent holds on the as-of date, are seen until then.
type Lasting struct {
	Missing  Reason         `json:"missing,omitempty"`
	StepDays int            `json:"step_days"`
	Groups   []LastingGroup `json:"groups"`
	// Whether the groups share one curve (log-rank); not for purposes, whose
	// customers are the same people.
	P Figure[float64] `json:"p"`
}

// A LastingGroup is the curve of one group.
type LastingGroup struct {
	Name   string           `json:"name"`
	Others int              `json:"others,omitempty"`
	Why    Reason           `json:"missing,omitempty"`
	People Count            `json:"people"`
	Ended  Count            `json:"ended"`
	Points []LastingPoint   `json:"points"` // steps widen until ends reach k
	Year   Figure[Estimate] `json:"year"`   // the share that holds after 364 days; limits allow for what widened steps leave open
	// Median is in days. Where steps were widened it lies within one: after
	// MedianAfter days, and at its value at the latest; the limits are the
	// start of a step and the end of one. By [stats.MethodMedianLow] the upper
	// one is the last day seen, and no limit.
	Median      Figure[Estimate] `json:"median"`
	MedianAfter int              `json:"median_after,omitempty"` // 0 = the step was not widened
}

// A LastingPoint is the share that holds after so many days.
type LastingPoint struct {
	Days  int              `json:"days"`
	Share float64          `json:"share"`
	Band  Figure[Estimate] `json:"band"`
}

// An Expiring is what expires after the as-of date if nobody renews it.
type Expiring struct {
	Missing Reason        `json:"missing,omitempty"`
	At      Date          `json:"at"`
	Rows    []ExpiringRow `json:"rows"` // most within 90 days first; empty = nothing expires
}

// An ExpiringRow is the consents for a purpose on a basis, on any channel, that
// are valid at the end of the as-of date.
type ExpiringRow struct {
	Purpose string   `json:"purpose"`
	Basis   string   `json:"basis"` // "any" = after which none is valid on any basis
	Valid   Count    `json:"valid"`
	Within  [3]Count `json:"within"` // of ExpiringDays
}

// ExpiringDays are the days ahead of an [ExpiringRow].
var ExpiringDays = [3]int{30, 90, 365}
