package load

import "slices"

// A Type is how the text of a column is read.
type Type string

// Types of columns.
const (
	Text   Type = "text"          // trimmed; at most maxText characters
	Time   Type = "time"          // ISO 8601 date or time; without an offset it is in the data's time zone
	Truth  Type = "time or truth" // when it happened; or 1/0, true/false, yes/no, oui/non
	Bool   Type = "truth"         // 1/0, true/false, yes/no, oui/non
	Money  Type = "amount"        // decimal number, kept to the hundredth
	Weight Type = "weight"        // number above 0 and below a billion, so that sums of squares are exact
	Part   Type = "share"         // number from 0 to 1
	Number Type = "number"        // any decimal number
	Word   Type = "word"          // one of Column.Words, any case
	List   Type = "list"          // several texts, separated by ;
	Note   Type = "long text"     // trimmed; at most maxNote characters
)

// maxText is the longest text, in characters, that a column may hold.
const maxText = 200

// maxNote is the same for a Note.
const maxNote = 10_000

// A Column is one canonical column of an input.
type Column struct {
	Name     string
	Type     Type
	Required bool     // a row without it is rejected
	Words    []string // the values of a Word
	Negative bool     // an amount that may be below zero
	Refers   string   // the input that the column names a row of; where Required, one that is not loaded rejects the row
	Meaning  Phrase   // one line
}

// An Input is one kind of data that accord reads.
type Input struct {
	Name    string
	Meaning Phrase
	Columns []Column
	// Dimensions: every other column is a candidate dimension.
	Dimensions bool
}

// Inputs is the table of everything that can be loaded. Finding files,
// staging, checking and `accord schema` all read it.
func Inputs() []Input {
	return []Input{
		{Name: "customers", Meaning: "One row a customer. Required; every other column is a candidate dimension.", Dimensions: true, Columns: []Column{
			{Name: "customer_id", Type: Text, Required: true, Meaning: "your own identifier; replaced by a number and a pseudonym"},
			{Name: "created_at", Type: Time, Meaning: "when the customer became known"},
			{Name: "left_at", Type: Time, Meaning: "when the customer left"},
		}},
		{Name: "consents", Meaning: "One row a consent event.", Columns: []Column{
			{Name: "customer_id", Type: Text, Required: true, Refers: "customers", Meaning: "whose consent"},
			{Name: "purpose", Type: Text, Required: true, Meaning: "what for, such as email_marketing or personalisation"},
			{Name: "state", Type: Word, Required: true, Words: []string{"requested", "deferred", "refused", "given", "renewed", "withdrawn", "expired", "invalidated"}, Meaning: "what happened"},
			{Name: "occurred_at", Type: Time, Required: true, Meaning: "when it happened"},
			{Name: "received_at", Type: Time, Meaning: "when the system learned of it"},
			{Name: "channel", Type: Text, Meaning: "on which channel; without it, on every channel"},
			{Name: "basis", Type: Word, Words: []string{"express", "implied", "opt_out", "notice_only"}, Meaning: "how it came about; without it, given and renewed are express"},
			{Name: "expires_at", Type: Time, Meaning: "when it ends by itself"},
			{Name: "notice_version", Type: Text, Meaning: "the notice that was shown"},
			{Name: "source", Type: Text, Meaning: "where it was collected"},
			{Name: "method", Type: Text, Meaning: "how it was expressed, such as a box or a call"},
			{Name: "proof", Type: Text, Meaning: "reference to the proof; only its presence is kept"},
		}},
		{Name: "campaigns", Meaning: "One row a campaign.", Columns: []Column{
			{Name: "campaign_id", Type: Text, Required: true, Meaning: "your identifier of the campaign"},
			{Name: "name", Type: Text, Meaning: "what people call it"},
			{Name: "channel", Type: Text, Meaning: "where its messages go"},
			{Name: "started_at", Type: Time, Meaning: "when it began"},
			{Name: "control_arm", Type: Text, Meaning: "the arm that the others are compared with"},
		}},
		{Name: "arms", Meaning: "One row an arm of a campaign.", Columns: []Column{
			{Name: "campaign_id", Type: Text, Required: true, Refers: "campaigns", Meaning: "of which campaign"},
			{Name: "arm", Type: Text, Required: true, Meaning: "its name within the campaign"},
			{Name: "content", Type: Text, Meaning: "what the group gets: personalised, generic, values, transparency, reward, holdout, ..."},
			{Name: "purposes", Type: List, Meaning: "the purposes that it needs consent for"},
			{Name: "requires_consent", Type: Bool, Meaning: "false for transactional messages"},
			{Name: "planned_share", Type: Part, Meaning: "the planned share of customers; tests the split"},
		}},
		{Name: "assignments", Meaning: "One row a customer allotted to an arm, whether or not anything was sent.", Columns: []Column{
			{Name: "campaign_id", Type: Text, Required: true, Refers: "campaigns", Meaning: "to which campaign"},
			{Name: "customer_id", Type: Text, Required: true, Refers: "customers", Meaning: "who"},
			{Name: "arm", Type: Text, Required: true, Refers: "arms", Meaning: "to which arm"},
			{Name: "assigned_at", Type: Time, Meaning: "when; starts the outcome window"},
			{Name: "delivered_at", Type: Truth, Meaning: "when the message arrived"},
			{Name: "delivered_content", Type: Text, Meaning: "what arrived, where it differs from the arm's content"},
			{Name: "visited", Type: Truth, Meaning: "a visit"},
			{Name: "opened", Type: Truth, Meaning: "an open"},
			{Name: "clicked", Type: Truth, Meaning: "a click"},
			{Name: "converted", Type: Truth, Meaning: "a conversion, such as a purchase"},
			{Name: "unsubscribed", Type: Truth, Meaning: "an unsubscription"},
			{Name: "complained", Type: Truth, Meaning: "a complaint"},
			{Name: "opened_by_machine", Type: Bool, Meaning: "the open was a machine's"},
			{Name: "clicked_by_machine", Type: Bool, Meaning: "the click was a machine's"},
			{Name: "revenue", Type: Money, Meaning: "what the customer spent in the outcome window"},
			{Name: "pre_value", Type: Money, Negative: true, Meaning: "a measure from before the assignment, to gain precision"},
		}},
		{Name: "engagements", Meaning: "One row an event of a message, where a source is a log of events: folded onto assignments.", Columns: []Column{
			{Name: "campaign_id", Type: Text, Required: true, Refers: "campaigns", Meaning: "of which campaign"},
			{Name: "customer_id", Type: Text, Required: true, Refers: "customers", Meaning: "who"},
			{Name: "kind", Type: Word, Required: true, Words: []string{"delivered", "open", "click", "visit", "conversion", "unsubscribe", "complaint"}, Meaning: "what happened"},
			{Name: "occurred_at", Type: Time, Required: true, Meaning: "when it happened"},
			{Name: "amount", Type: Money, Meaning: "of a conversion, what was spent"},
			{Name: "is_machine", Type: Bool, Meaning: "a machine did it, such as a security scanner"},
		}},
		{Name: "purchases", Meaning: "One row a purchase. With it, revenue after an assignment is computed alike for every arm.", Columns: []Column{
			{Name: "customer_id", Type: Text, Required: true, Refers: "customers", Meaning: "who bought"},
			{Name: "occurred_at", Type: Time, Required: true, Meaning: "when"},
			{Name: "amount", Type: Money, Required: true, Negative: true, Meaning: "what was paid; below zero for a return"},
			{Name: "category", Type: Text, Meaning: "of what"},
			{Name: "channel", Type: Text, Meaning: "where, such as store or web"},
		}},
		{Name: "survey", Meaning: "One row a respondent; other columns are dimensions.", Dimensions: true, Columns: []Column{
			{Name: "respondent_id", Type: Text, Required: true, Meaning: "your identifier of the respondent"},
			{Name: "stance", Type: Word, Required: true, Words: []string{"willing", "sceptical", "undecided"}, Meaning: "what the respondent says about sharing data"},
			{Name: "wave", Type: Text, Meaning: "of several rounds, which"},
			{Name: "answered_at", Type: Time, Meaning: "when"},
			{Name: "weight", Type: Weight, Meaning: "survey weight; 1 where the file has none"},
			{Name: "reasons", Type: List, Meaning: "why, in short words"},
			{Name: "customer_id", Type: Text, Refers: "customers", Meaning: "the customer, where the respondent agreed to be linked"},
		}},
		{Name: "notices", Meaning: "One row a version of the notice that asks for consent.", Columns: []Column{
			{Name: "notice_version", Type: Text, Required: true, Meaning: "its name, as consents give it"},
			{Name: "effective_from", Type: Time, Required: true, Meaning: "when it began to be shown"},
			{Name: "mechanism", Type: Word, Words: []string{"opt_in", "opt_out", "notice_only"}, Meaning: "what silence means under it"},
			{Name: "language", Type: Text, Meaning: "of its text"},
			{Name: "text", Type: Note, Meaning: "what it says"},
		}},
		{Name: "factors", Meaning: "One row something that happened around: weather, holidays, news.", Columns: []Column{
			{Name: "day", Type: Time, Required: true, Meaning: "when"},
			{Name: "kind", Type: Word, Required: true, Words: []string{"weather", "holiday", "news", "event"}, Meaning: "what sort of thing"},
			{Name: "label", Type: Text, Meaning: "what it was"},
			{Name: "region", Type: Text, Meaning: "where; everywhere without it"},
			{Name: "value", Type: Number, Meaning: "how much, such as degrees"},
		}},
		{Name: "interactions", Meaning: "One row a contact outside campaigns.", Columns: []Column{
			{Name: "customer_id", Type: Text, Required: true, Refers: "customers", Meaning: "who"},
			{Name: "occurred_at", Type: Time, Required: true, Meaning: "when"},
			{Name: "channel", Type: Word, Required: true, Words: []string{"store", "call_centre", "web", "app"}, Meaning: "where"},
			{Name: "kind", Type: Text, Meaning: "what about, such as call or visit"},
		}},
	}
}

// inputNamed returns the input of that name.
func inputNamed(name string) (Input, bool) {
	for _, in := range Inputs() {
		if in.Name == name {
			return in, true
		}
	}
	return Input{}, false
}

// has reports whether the input has a canonical column of that name.
func (in Input) has(name string) bool {
	return slices.ContainsFunc(in.Columns, func(c Column) bool { return c.Name == name })
}
