package queries

// A Trust is how far customers trust with their data, and what moves it: steps up
// and down, from which state of consent to which, what contents win consents,
// what people say beside what they do, and an index of three acts.
//
// From and Until are ends of days on which paths are known: ends of months, and
// the as-of date. Purpose is what Matrix and Stated are about; Choice.By cuts
// Stated.
type Trust struct {
	Choice  Choice  `json:"choice"`
	Choices Choices `json:"choices"`
	Missing Reason  `json:"missing,omitempty"` // "" = there are dated consents
	Purpose string  `json:"purpose"`
	From    Date    `json:"from"` // the period is what happened after this day
	Until   Date    `json:"until"`
	Ladder  Ladder  `json:"ladder"`
	Matrix  Matrix  `json:"matrix"`
	Won     Won     `json:"won"`
	Stated  Stated  `json:"stated"`
	Index   Index   `json:"index"`
	Changes Changes `json:"changes,omitzero"`
}

// A Ladder is for how many purposes customers are opted in, on any channel, and
// how many stepped up and down between ends of months within the period.
type Ladder struct {
	Missing Reason `json:"missing,omitempty"`
	Known   Count  `json:"known"` // customers at the end of Until
	Before  Count  `json:"known_before"`
	Rungs   []Rung `json:"rungs"` // from none on
	Up      Count  `json:"up"`    // steps up, of customers known before and after
	Down    Count  `json:"down"`
	// Of the steps that led from fewer than three purposes to three or more, those
	// from two.
	Third Rate `json:"third"`
}

// A Rung is a number of purposes. Up and Down are steps over the line between
// one purpose fewer and this number; a step over several lines counts at each.
type Rung struct {
	Purposes int   `json:"purposes"`
	More     bool  `json:"or_more,omitempty"` // or more: the last
	Now      Rate  `json:"now"`               // of those known
	Before   Rate  `json:"before"`
	Up       Count `json:"up"`
	Down     Count `json:"down"`
}

// A Matrix is from which state of consent customers came to which.
type Matrix struct {
	Missing Reason      `json:"missing,omitempty"`
	Rows    []MatrixRow `json:"rows"`  // as [ConsentStates], then those not known at first
	Kept    Rate        `json:"kept"`  // of those opted in at first and known at last, who still are
	Moved   Count       `json:"moved"` // known at both ends, in another state
	Both    Count       `json:"known_at_both"`
}

// A MatrixRow is the customers in one state at first.
type MatrixRow struct {
	State string  `json:"state"` // "" = not known then
	N     Count   `json:"n"`
	To    []Count `json:"to"` // as ConsentStates, then those who left
}

// A Won is what each content did to consents, by assignment where customers were
// allotted to arms at random, else as an association. All intervals have the one
// Level, adjusted for the number of Rows (Bonferroni).
type Won struct {
	Missing Reason   `json:"missing,omitempty"`
	Level   float64  `json:"level"`
	Rows    []WonRow `json:"rows"` // randomised first, those that win most first
}

// A WonRow is a content against what its controls got, over its campaigns
// (Mantel-Haenszel: one difference held common to them). Where a campaign has
// several arms of one content, arms have rows of their own.
type WonRow struct {
	Content    string   `json:"content"`
	Control    string   `json:"control"` // "" = everyone else assigned
	Campaigns  []string `json:"campaigns"`
	Randomised bool     `json:"randomised"`
	Arm        Rate     `json:"arm"` // who won a consent, of those assigned
	Against    Rate     `json:"against"`
	// Differences of shares.
	Won       Figure[Estimate] `json:"won"`
	Withdrawn Figure[Estimate] `json:"withdrawn"` // any consent, within the same 30 days
	// Of those who won a consent, who withdrew it again within 90 days: of the arm
	// alone, so that it compares nothing by assignment.
	Again Rate `json:"again"`
	// Of respondents who are linked and said that they are sceptical.
	Sceptics        Rate             `json:"sceptics"`
	ScepticsAgainst Rate             `json:"sceptics_against"`
	ScepticsWon     Figure[Estimate] `json:"sceptics_won"`
}

// A Stated is what linked respondents said beside whether they were opted in to
// Purpose when they said it. Shares are weighted; numerators and denominators are
// answers.
type Stated struct {
	Missing    Reason          `json:"missing,omitempty"`
	Since      Date            `json:"since"` // months of the answers
	Until      Date            `json:"until"`
	N          Count           `json:"n"`
	EffectiveN Figure[float64] `json:"effective_n"`
	// The four cells, of all.
	WillingIn  Rate `json:"willing_opted_in"`
	WillingOut Rate `json:"willing_not_opted_in"`
	OthersIn   Rate `json:"not_willing_opted_in"`
	OthersOut  Rate `json:"not_willing_not_opted_in"`
	// Opted in, of the willing and of the others, and by how much they differ.
	Willing    Rate             `json:"of_willing"`
	Others     Rate             `json:"of_not_willing"`
	Difference Figure[Estimate] `json:"difference"`
	Groups     []StatedGroup    `json:"groups"` // by Choice.By
	Differ     Figure[float64]  `json:"differ"` // p-value of the gaps of all groups being one (Cochran)
}

// A StatedGroup is the paradox among the customers of one value.
type StatedGroup struct {
	Value string `json:"value"` // "" = pooled
	N     Count  `json:"n"`
	Says  Rate   `json:"willing_not_opted_in"`
	Does  Rate   `json:"not_willing_opted_in"`
	// Says less Does: the share willing less the share opted in.
	Gap Figure[Estimate] `json:"gap"`
}

// An Index sets three acts of the period beside those of the period before it, of
// the same length: 1 is as before, more is more trust. It weighs its parts alike,
// and is no norm that others share.
type Index struct {
	Missing    Reason           `json:"missing,omitempty"`
	BeforeFrom Date             `json:"before_from"` // what is compared with: after this day,
	BeforeTo   Date             `json:"before_to"`   // up to this
	Value      Figure[Estimate] `json:"value"`
	Parts      []IndexPart      `json:"parts"`
	Counted    int              `json:"counted"` // parts that are in the value
}

// Parts of an Index.
const (
	PartRenewals    = "renewals"    // express consents renewed
	PartWithdrawals = "withdrawals" // consents withdrawn
	PartComplaints  = "complaints"  // about messages
)

// An IndexPart is one act. Acts of renewal and withdrawal are per 1,000 customers
// with a valid consent and month, complaints per 1,000 assignments.
type IndexPart struct {
	Name       string           `json:"name"`
	Missing    Reason           `json:"missing,omitempty"`
	Now        Count            `json:"now"`
	Before     Count            `json:"before"`
	RateNow    Figure[float64]  `json:"rate_now"`
	RateBefore Figure[float64]  `json:"rate_before"`
	Value      Figure[Estimate] `json:"value"` // in favour of trust: 1 is as before
}
