package queries

// An Audit is what records show of how permission was kept. It says what is on
// record and what is not, never whether a law was kept. Its counts are exempt from
// suppression: they are of messages and records that have to be looked into.
type Audit struct {
	Sent      Sent      `json:"sent"`
	Proof     Proof     `json:"proof"`
	Effort    Effort    `json:"effort"`
	Retention Retention `json:"retention"`
	Changes   Changes   `json:"changes,omitzero"`
}

// A Sent is the messages of the campaigns that started in the period, and those
// without a valid consent on any basis for each of their purposes on their
// channel, as of when each was sent.
type Sent struct {
	Missing   Reason `json:"missing,omitempty"`
	Since     Date   `json:"since"` // of the first and last campaign; empty = undated
	Until     Date   `json:"until"`
	GraceDays int    `json:"grace_business_days"`
	Messages  int64  `json:"messages"` // delivered, and can be looked at
	Without   int64  `json:"without"`  // of these, without a valid consent and not in the grace
	Grace     int64  `json:"grace"`    // after a withdrawal under GraceDays business days before
	// In no figure above.
	Transactional int64          `json:"transactional"` // need no consent
	Unnamed       int64          `json:"unnamed"`       // of arms that name no purpose
	Undated       int64          `json:"undated"`       // nobody knows when they were sent
	Unknown       int64          `json:"unknown"`       // assigned where no delivery is recorded, holdouts apart
	Campaigns     []SentCampaign `json:"campaigns"`     // most without first
	Reasons       []SentReason   `json:"reasons"`       // most first, the grace last
}

// Share is the share of the messages without a valid consent.
func (s Sent) Share() float64 { return shareOf(s.Without, s.Messages) }

// A SentCampaign is the messages of one campaign.
type SentCampaign struct {
	Campaign string       `json:"campaign"`
	Name     string       `json:"name"`
	Started  Date         `json:"started"`
	Messages int64        `json:"messages"`
	Without  int64        `json:"without"`
	Grace    int64        `json:"grace"`
	Reasons  []SentReason `json:"reasons"`
}

// Share is the share of the campaign's messages without a valid consent.
func (c SentCampaign) Share() float64 { return shareOf(c.Without, c.Messages) }

func shareOf(n, of int64) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// Reasons for which no consent was valid when a message was sent. Of a message
// that lacks several purposes' consent, the first that holds counts.
const (
	SentWithdrawn   = "withdrawn"   // withdrawn before, the grace over
	SentRefused     = "refused"     // refused before
	SentLeft        = "left"        // the customer had left
	SentInvalidated = "invalidated" // declared invalid before
	SentExpired     = "expired"     // run out before
	SentNever       = "never"       // none had ever been given or refused
	SentGrace       = "grace"       // withdrawn, within the grace
)

// AuditAges are the least days between what a SentReason names and the message.
var AuditAges = [4]int{0, 30, 90, 365}

// A SentReason is the messages for one reason, by AuditAges; those of no age
// (never) are in Messages alone.
type SentReason struct {
	Reason   string   `json:"reason"`
	Messages int64    `json:"messages"`
	Ages     [4]int64 `json:"ages"`
}

// A Proof is how complete the records of consents given or renewed are: fields of
// a consent record by ISO/IEC TS 27560:2023. Every row on record counts, whenever
// it was.
type Proof struct {
	Missing  Reason        `json:"missing,omitempty"`
	Grants   int64         `json:"grants"`
	Complete int64         `json:"complete"` // with every field
	Fields   []ProofField  `json:"fields"`   // in the order of ProofFields
	Sources  []ProofSource `json:"sources"`  // least complete first
}

// ProofFields are the fields that the inputs can carry and that may be missing.
// Who, what for, what happened and when are required of every row.
func ProofFields() []string {
	return []string{"notice", "language", "basis", "method", "expiry", "channel", "source", "proof"}
}

// UncarriedFields are fields of the specification that no input of accord carries.
func UncarriedFields() []string {
	return []string{"record_id", "controller", "data_types", "recipients", "storage", "jurisdiction", "withdrawal_method"}
}

// A ProofField is how many records lack a field.
type ProofField struct {
	Field   string `json:"field"`
	Missing int64  `json:"missing"`
}

// A ProofSource is the records from one source.
type ProofSource struct {
	Source   string  `json:"source"` // "" = not recorded
	Grants   int64   `json:"grants"`
	Complete int64   `json:"complete"`
	Missing  []int64 `json:"missing"` // by ProofFields
}

// Share is the share of the records with every field.
func (s ProofSource) Share() float64 { return shareOf(s.Complete, s.Grants) }

// Share is the share of the records with every field.
func (p Proof) Share() float64 { return shareOf(p.Complete, p.Grants) }

// An Effort sets what withdrawing takes beside what giving takes: steps by
// method, as configured, and days until the system heard of it.
type Effort struct {
	Missing   Reason    `json:"missing,omitempty"`
	GraceDays int       `json:"grace_business_days"`
	Give      EffortAct `json:"give"` // expressly
	Withdraw  EffortAct `json:"withdraw"`
}

// An EffortAct is one of the two acts.
type EffortAct struct {
	Acts    int64           `json:"acts"`
	Timed   int64           `json:"timed"`    // those of which it is recorded when they were heard of
	SameDay int64           `json:"same_day"` // of these, on the same day
	InGrace int64           `json:"in_grace"` // of these, under GraceDays business days
	Days    Figure[float64] `json:"days"`     // mean
	Stepped int64           `json:"stepped"`  // acts whose method has steps
	Steps   Figure[float64] `json:"steps"`    // mean
	Methods []EffortMethod  `json:"methods"`  // most used first
}

// An EffortMethod is the acts by one method.
type EffortMethod struct {
	Method  string          `json:"method"` // "" = not recorded
	Acts    int64           `json:"acts"`
	Timed   int64           `json:"timed"`
	SameDay int64           `json:"same_day"`
	Days    Figure[float64] `json:"days"`
	Steps   Figure[int64]   `json:"steps"` // as configured
}

// A Retention is what is kept for how long, and what is past the configured
// period.
type Retention struct {
	Missing       Reason        `json:"missing,omitempty"`
	At            Date          `json:"at"`
	CustomersDays int           `json:"retain_customers_days"` // 0 = not configured
	ConsentsDays  int           `json:"retain_consents_days"`
	Kinds         []RetentionOf `json:"kinds"` // customers who left, customers inactive, consents ended
}

// Kinds of a Retention.
const (
	RetainLeft     = "left"     // customers who left, since then
	RetainInactive = "inactive" // customers who did not, since they last did anything
	RetainEnded    = "ended"    // consents of which none is valid, since the last ended
)

// RetentionYears is the last of the ages in whole years: so many, or more.
const RetentionYears = 10

// A RetentionOf is the records of one kind by their age.
type RetentionOf struct {
	Kind    string                    `json:"kind"`
	Period  int                       `json:"period_days"` // 0 = not configured
	Records int64                     `json:"records"`
	Past    Figure[int64]             `json:"past"`  // undefined where no period is configured
	Years   [RetentionYears + 1]int64 `json:"years"` // by whole years
}
