package load

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"accord/queries/store"
)

// A preset recognises the export of a well-known system by its header, and says
// what is in it.
type preset struct {
	name    string
	headers []string // folded; all of them are there
	origins func(columnsOf) map[string]Origins
}

// presets are tried in order. None speaks of a file that has a customer_id: that
// one is canonical.
var presets = []preset{
	{"Mailchimp", words("emailaddress memberrating leid euid"), mailchimp},
	{"Klaviyo", words("email klaviyoid emailmarketingconsent emailmarketingconsenttimestamp"), klaviyo},
	{"OneTrust", words("identifier purposes consentdate withdrawndate"), oneTrust},
	{"Fides", words("preference noticename privacynoticehistoryid requesttimestamp"), fides},
}

// recognised is the preset of a file, nil for none.
func recognised(f *file) *preset {
	if columnIndex(f.columns, "customer_id") >= 0 {
		return nil
	}
	at := slices.IndexFunc(presets, func(p preset) bool {
		return !slices.ContainsFunc(p.headers, func(h string) bool { return columnsOf{f}.name(h) == "" })
	})
	if at < 0 {
		return nil
	}
	return &presets[at]
}

// columnsOf writes SQL about the columns of a file.
type columnsOf struct{ *file }

// name is the column whose folded name is given, "" for none.
func (c columnsOf) name(folded string) string { return named(c.columns, folded, nil) }

// text is the SQL of the first of the columns that is there, NULL where it is
// blank or there is none.
func (c columnsOf) text(folded ...string) string {
	var found []string
	for _, f := range folded {
		if name := c.name(f); name != "" {
			found = append(found, "nullif(trim("+store.Identifier(name)+"), '')")
		}
	}
	switch len(found) {
	case 0:
		return "CAST(NULL AS VARCHAR)"
	case 1:
		return found[0]
	}
	return "coalesce(" + strings.Join(found, ", ") + ")"
}

// dimensions are the columns that may be dimensions: all but those known to be
// something else, under their own names or those given.
func (c columnsOf) dimensions(known []string, renamed map[string]string) map[string]string {
	dims := map[string]string{}
	for _, column := range c.columns {
		folded := fold(column.name)
		switch {
		case renamed[folded] != "":
			dims[renamed[folded]] = store.Identifier(column.name)
		case !slices.Contains(known, folded) && !direct.MatchString(column.name):
			dims[column.name] = store.Identifier(column.name)
		}
	}
	return dims
}

// mailchimp reads the three files of an audience: subscribed, unsubscribed,
// cleaned. Who filled in a form has a time of opting in; who was put on the list
// by somebody else has not, and is contactable, not opted in.
func mailchimp(c columnsOf) map[string]Origins {
	id, joined := "lower("+c.text("emailaddress")+")", c.text("optintime", "confirmtime")
	consent := func(state, at, where string) Origin {
		return Origin{Where: where, Columns: map[string]string{
			"customer_id": id, "purpose": "'email_marketing'", "channel": "'email'", "state": "'" + state + "'", "occurred_at": at, "source": "'Mailchimp'",
		}}
	}
	given := consent("given", joined, "")
	given.Columns["basis"] = fmt.Sprintf("if(%s IS NOT NULL, 'express', 'notice_only')", c.text("optintime"))
	consents := Origins{given}
	switch {
	case c.name("unsubtime") != "":
		consents[0].Where = joined + " IS NOT NULL"
		consents = append(consents, consent("withdrawn", c.text("unsubtime"), ""))
	case c.name("cleantime") != "" || strings.HasPrefix(strings.ToLower(filepath.Base(c.path)), "cleaned"):
		consents[0].Where = joined + " IS NOT NULL"
		consents = append(consents, consent("invalidated", c.text("cleantime", "lastchanged"), ""))
	}
	return map[string]Origins{
		"customers": {{
			Columns: map[string]string{"customer_id": id, "created_at": joined},
			Dimensions: c.dimensions(words("emailaddress optintime optinip confirmtime confirmip gmtoff dstoff timezone lastchanged leid euid notes tags unsubtime unsubcampaigntitle unsubcampaignid unsubreason unsubreasonother cleantime cleancampaigntitle cleancampaignid"),
				map[string]string{"memberrating": "member_rating", "cc": "country", "region": "region"}),
		}},
		"consents": consents,
	}
}

// klaviyo reads profiles. NEVER_SUBSCRIBED is no event: nobody was asked.
func klaviyo(c columnsOf) map[string]Origins {
	id := "coalesce(lower(" + c.text("email") + "), " + c.text("klaviyoid") + ")"
	var consents Origins
	for _, channel := range []struct{ folded, purpose, name string }{{"email", "email_marketing", "email"}, {"sms", "sms_marketing", "sms"}} {
		state := "upper(" + c.text(channel.folded+"marketingconsent") + ")"
		if c.name(channel.folded+"marketingconsent") == "" || c.name(channel.folded+"marketingconsenttimestamp") == "" {
			continue
		}
		consents = append(consents, Origin{Where: state + " <> 'NEVER_SUBSCRIBED'", Columns: map[string]string{
			"customer_id": id, "purpose": "'" + channel.purpose + "'", "channel": "'" + channel.name + "'", "source": "'Klaviyo'",
			"state":       fmt.Sprintf("CASE %[1]s WHEN 'SUBSCRIBED' THEN 'given' WHEN 'UNSUBSCRIBED' THEN 'withdrawn' ELSE %[1]s END", state),
			"occurred_at": c.text(channel.folded + "marketingconsenttimestamp"),
		}})
	}
	return map[string]Origins{
		"customers": {{
			Columns: map[string]string{"customer_id": id, "created_at": c.text("profilecreatedon", "firstactive")},
			Dimensions: c.dimensions(words("email klaviyoid emailmarketingconsent emailmarketingconsenttimestamp smsmarketingconsent smsmarketingconsenttimestamp firstactive lastactive profilecreatedon zipcode"),
				map[string]string{"stateregion": "region", "country": "country", "source": "source"}),
		}},
		"consents": consents,
	}
}

// oneTrust reads receipts: one for several purposes, or for one that is missing. A
// receipt without a consent and without a withdrawal is a request.
func oneTrust(c columnsOf) map[string]Origins {
	event := func(state, at, where string) Origin {
		return Origin{Where: where, Columns: map[string]string{
			"customer_id": c.text("identifier"), "state": "'" + state + "'", "occurred_at": at, "received_at": c.text("interactiondate"), "source": "'OneTrust'",
			"purpose": fmt.Sprintf("unnest(coalesce(list_transform(string_split(%s, ';'), lambda p: trim(p)), [NULL]))", c.text("purposes")),
		}}
	}
	given, withdrawn := c.text("consentdate"), c.text("withdrawndate")
	return map[string]Origins{"consents": {
		event("given", given, given+" IS NOT NULL"),
		event("withdrawn", withdrawn, withdrawn+" IS NOT NULL"),
		event("requested", c.text("interactiondate"), "coalesce("+given+", "+withdrawn+") IS NULL"),
	}}
}

// fides reads saved preferences. Its report names who by one of several columns.
func fides(c columnsOf) map[string]Origins {
	preference := "lower(" + c.text("preference") + ")"
	return map[string]Origins{"consents": {{Columns: map[string]string{
		"customer_id":    "coalesce(" + c.text("externalid") + ", lower(" + c.text("email") + "), " + c.text("fidesuserdeviceid", "fidesuserdevice") + ")",
		"purpose":        c.text("noticename"),
		"state":          fmt.Sprintf("CASE %[1]s WHEN 'opt_in' THEN 'given' WHEN 'acknowledge' THEN 'given' WHEN 'opt_out' THEN 'refused' ELSE %[1]s END", preference),
		"basis":          fmt.Sprintf("CASE %s WHEN 'opt_in' THEN 'express' WHEN 'acknowledge' THEN 'notice_only' END", preference),
		"occurred_at":    c.text("requesttimestamp", "receivedat"),
		"received_at":    c.text("receivedat"),
		"notice_version": c.text("privacynoticehistoryid"),
		"method":         c.text("method"),
		"source":         c.text("requestorigin"),
	}}}}
}
