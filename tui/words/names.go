package words

import (
	"strings"

	"accord/queries"
)

// Metric names a metric for a heading or a table: "Visits".
func (p *Printer) Metric(m queries.Metric) string {
	switch m {
	case queries.Visit:
		return p.Say("Visits")
	case queries.HumanOpen:
		return p.Say("Human opens")
	case queries.HumanClick:
		return p.Say("Human clicks")
	case queries.Conversion:
		return p.Say("Conversions")
	case queries.Revenue:
		return p.Say("Revenue per customer")
	case queries.Unsubscribe:
		return p.Say("Unsubscribes")
	case queries.Complaint:
		return p.Say("Complaints")
	case queries.ConsentWon:
		return p.Say("Consents won")
	case queries.ConsentWithdrawn:
		return p.Say("Withdrawals")
	}
	return Slug(string(m))
}

// MetricShort is Metric in one or two words, for a table.
func (p *Printer) MetricShort(m queries.Metric) string {
	if m == queries.Revenue {
		return p.Say("Mean revenue")
	}
	return p.Metric(m)
}

// MetricRate names the value of a metric inside a sentence: "the visit rate".
func (p *Printer) MetricRate(m queries.Metric) string {
	switch m {
	case queries.Visit:
		return p.Say("the visit rate")
	case queries.HumanOpen:
		return p.Say("the human open rate")
	case queries.HumanClick:
		return p.Say("the human click rate")
	case queries.Conversion:
		return p.Say("the conversion rate")
	case queries.Revenue:
		return p.Say("revenue per customer")
	case queries.Unsubscribe:
		return p.Say("the unsubscribe rate")
	case queries.Complaint:
		return p.Say("the complaint rate")
	case queries.ConsentWon:
		return p.Say("the rate of consents won")
	case queries.ConsentWithdrawn:
		return p.Say("the rate of consents withdrawn")
	}
	return Slug(string(m))
}

// Slug shows a name from data as it is, with spaces for its underscores.
func Slug(s string) string { return strings.ReplaceAll(s, "_", " ") }

// Name shows a value from data (a purpose, a channel, an arm, a content, a
// dimension): in the Printer's language where it is well known, else as [Slug].
func (p *Printer) Name(s string) string {
	if key, ok := wellKnown[s]; ok {
		return p.Translate(key)
	}
	return Slug(s)
}

// wellKnown are values that data commonly holds.
var wellKnown = map[string]string{
	// purposes
	"personalisation":   Key("personalisation"),
	"personalization":   Key("personalisation"),
	"email_marketing":   Key("e-mail marketing"),
	"sms_marketing":     Key("SMS marketing"),
	"marketing":         Key("marketing"),
	"analytics":         Key("analytics"),
	"profiling":         Key("profiling"),
	"location":          Key("location"),
	"open_tracking":     Key("open tracking"),
	"app_notifications": Key("app notifications"),
	"partner_sharing":   Key("sharing with partners"),
	"third_party":       Key("sharing with third parties"),
	// channels
	"any":         Key("any channel"),
	"email":       Key("e-mail"),
	"sms":         Key("SMS"),
	"push":        Key("push notification"),
	"phone":       Key("phone"),
	"mail":        Key("mail"),
	"store":       Key("store"),
	"call_centre": Key("call centre"),
	"web":         Key("web"),
	"app":         Key("app"),
	// arms and contents
	"personalised":  Key("personalised"),
	"personalized":  Key("personalised"),
	"generic":       Key("generic"),
	"values":        Key("values"),
	"transparency":  Key("transparency"),
	"reward":        Key("reward"),
	"discount":      Key("discount"),
	"relevance":     Key("relevance"),
	"holdout":       Key("holdout"),
	"control":       Key("control"),
	"transactional": Key("transactional"),
	// stances
	"willing":   Key("willing"),
	"sceptical": Key("sceptical"),
	"undecided": Key("undecided"),
	// bases
	"express":     Key("express"),
	"implied":     Key("implied"),
	"opt_out":     Key("opt-out"),
	"notice_only": Key("notice only"),
	// ways of asking, and mechanisms of notices
	"link":     Key("link"),
	"checkbox": Key("checkbox"),
	"form":     Key("form"),
	"verbal":   Key("in speech"),
	"toggle":   Key("switch"),
	"opt_in":   Key("opt-in"),

	"unsubscribe_link": Key("unsubscribe link"),
	"spam_report":      Key("spam report"),
	"system":           Key("system"),
	// dimensions
	"region":             Key("region"),
	"age_band":           Key("age"),
	"language":           Key("language"),
	"loyalty_tier":       Key("loyalty tier"),
	"acquisition_source": Key("acquisition source"),
}

// Input names an input file inside a sentence.
func (p *Printer) Input(name string) string {
	switch name {
	case "customers":
		return p.Say("customers")
	case "consents":
		return p.Say("consents")
	case "campaigns":
		return p.Say("campaigns")
	case "arms":
		return p.Say("arms")
	case "assignments":
		return p.Say("assignments")
	case "engagements":
		return p.Say("engagements")
	case "purchases":
		return p.Say("purchases")
	case "survey":
		return p.Say("survey")
	case "notices":
		return p.Say("notices")
	case "factors":
		return p.Say("factors")
	case "interactions":
		return p.Say("interactions")
	}
	return Slug(name)
}

// NoInput says what the screen lacks and which file would feed it, for an
// input file by its name.
func (p *Printer) NoInput(name string) string {
	switch name {
	case "survey":
		return p.Say("No survey was loaded. A survey file with respondent_id and stance would show here what people say.")
	case "consents":
		return p.Say("No consents were loaded. A consents file with customer_id, purpose, state and occurred_at would show here who has opted in.")
	case "campaigns", "arms", "assignments":
		return p.Say("No campaign was loaded. Campaigns, arms and assignments files would show here what personalisation adds.")
	}
	return p.Say("Nothing to show: no %[1]s file was loaded.", name)
}
