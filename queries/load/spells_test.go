package load

import "testing"

// Event sequences of one customer each, and the spells that come of them. An
// event is occurred_at,state,basis,channel,expires_at,received_at; a spell is
// channel|basis|started|ended|ended by. Implied consents last 100 days here;
// the data's channels are email and sms.
var spellTests = []struct {
	name   string
	left   string // left_at
	events string
	of     string // which spells are compared; those on email by basis, if empty
	want   string
}{
	{name: "given", events: "2018-01-05,given,express,email,,", want: "email|express|2018-01-05|-|-"},
	{name: "given without a basis is express", events: "2018-01-05,given,,email,,", want: "email|express|2018-01-05|-|-"},
	{name: "renewed without given opens", events: "2018-01-05,renewed,,email,,", want: "email|express|2018-01-05|-|-"},
	{name: "asked only", events: "2018-01-05,requested,,email,,\n2018-01-06,deferred,,email,,"},
	{name: "asked and deferred end nothing", events: "2018-01-05,given,,email,,\n2018-01-06,requested,,email,,\n2018-01-07,deferred,,email,,", want: "email|express|2018-01-05|-|-"},
	{name: "refused only", events: "2018-01-05,refused,,email,,"},
	{name: "withdrawn", events: "2018-01-05,given,,email,,\n2018-02-05,withdrawn,,email,,", want: "email|express|2018-01-05|2018-02-05|withdrawn"},
	{name: "withdrawn before given", events: "2018-01-05,withdrawn,,email,,\n2018-02-05,given,,email,,", want: "email|express|2018-02-05|-|-"},
	{name: "given again", events: "2018-01-05,given,,email,,\n2018-02-05,withdrawn,,email,,\n2018-03-05,given,,email,,",
		want: "email|express|2018-01-05|2018-02-05|withdrawn\nemail|express|2018-03-05|-|-"},
	{name: "given twice is one spell", events: "2018-01-05,given,,email,,\n2018-02-05,given,,email,,\n2018-03-05,withdrawn,,email,,",
		want: "email|express|2018-01-05|2018-03-05|withdrawn"},
	{name: "out of order in the file", events: "2018-03-05,given,,email,,\n2018-02-05,withdrawn,,email,,\n2018-01-05,given,,email,,",
		want: "email|express|2018-01-05|2018-02-05|withdrawn\nemail|express|2018-03-05|-|-"},

	{name: "withdrawn ends every basis", events: "2018-01-05,given,express,email,,\n2018-01-06,given,implied,email,,\n2018-01-07,given,opt_out,email,,\n2018-01-08,given,notice_only,email,,\n2018-02-05,withdrawn,implied,email,,",
		want: "email|express|2018-01-05|2018-02-05|withdrawn\nemail|implied|2018-01-06|2018-02-05|withdrawn\nemail|notice_only|2018-01-08|2018-02-05|withdrawn\nemail|opt_out|2018-01-07|2018-02-05|withdrawn"},
	{name: "refused ends the basis it names", events: "2018-01-05,given,express,email,,\n2018-01-06,given,implied,email,,\n2018-02-05,refused,implied,email,,",
		want: "email|express|2018-01-05|-|-\nemail|implied|2018-01-06|2018-02-05|refused"},
	{name: "refused without a basis ends all", events: "2018-01-05,given,express,email,,\n2018-01-06,given,opt_out,email,,\n2018-02-05,refused,,email,,",
		want: "email|express|2018-01-05|2018-02-05|refused\nemail|opt_out|2018-01-06|2018-02-05|refused"},
	{name: "expired ends the basis it names", events: "2018-01-05,given,express,email,,\n2018-01-06,given,opt_out,email,,\n2018-02-05,expired,opt_out,email,,",
		want: "email|express|2018-01-05|-|-\nemail|opt_out|2018-01-06|2018-02-05|expired"},
	{name: "invalidated ends the basis it names", events: "2018-01-05,given,express,email,,\n2018-01-06,given,notice_only,email,,\n2018-02-05,invalidated,express,email,,",
		want: "email|express|2018-01-05|2018-02-05|invalidated\nemail|notice_only|2018-01-06|-|-"},
	{name: "implied never shortens express", events: "2018-01-05,given,express,email,,\n2018-01-06,given,implied,email,2018-02-01,",
		want: "email|express|2018-01-05|-|-\nemail|implied|2018-01-06|2018-02-01|expired"},

	{name: "expires at", events: "2018-01-05,given,,email,2018-02-05,", want: "email|express|2018-01-05|2018-02-05|expired"},
	{name: "expires after the data ends", events: "2018-01-05,given,,email,2030-01-01,", want: "email|express|2018-01-05|2030-01-01|expired"},
	{name: "expired on arrival", events: "2018-01-05,given,,email,2018-01-05,\n2018-01-06,given,,email,2017-01-01,"},
	{name: "withdrawn before it expires", events: "2018-01-05,given,,email,2018-03-05,\n2018-02-05,withdrawn,,email,,", want: "email|express|2018-01-05|2018-02-05|withdrawn"},
	{name: "renewed before it expires", events: "2018-01-05,given,,email,2018-02-05,\n2018-02-01,renewed,,email,2018-03-05,", want: "email|express|2018-01-05|2018-03-05|expired"},
	{name: "renewed as it expires", events: "2018-01-05,given,,email,2018-02-05,\n2018-02-05,renewed,,email,2018-03-05,", want: "email|express|2018-01-05|2018-03-05|expired"},
	{name: "renewed after it expired", events: "2018-01-05,given,,email,2018-02-05,\n2018-02-06,renewed,,email,,",
		want: "email|express|2018-01-05|2018-02-05|expired\nemail|express|2018-02-06|-|-"},
	{name: "a shorter renewal does not shorten", events: "2018-01-05,given,,email,2018-06-05,\n2018-02-01,renewed,,email,2018-03-05,", want: "email|express|2018-01-05|2018-06-05|expired"},
	{name: "implied lasts the period", events: "2018-01-05,given,implied,email,,", want: "email|implied|2018-01-05|2018-04-15|expired"},
	{name: "implied restarts with each purchase", events: "2018-01-05,given,implied,email,,\n2018-04-01,given,implied,email,,", want: "email|implied|2018-01-05|2018-07-10|expired"},
	{name: "implied that says when it expires", events: "2018-01-05,given,implied,email,2018-12-05,", want: "email|implied|2018-01-05|2018-12-05|expired"},
	{name: "opt-out and notice last", events: "2018-01-05,given,opt_out,email,,\n2018-01-06,given,notice_only,email,,",
		want: "email|notice_only|2018-01-06|-|-\nemail|opt_out|2018-01-05|-|-"},

	{name: "withdrawn and given at once", events: "2018-01-05,given,,email,,\n2018-01-05,withdrawn,,email,,", want: "email|express|2018-01-05|-|-"},
	{name: "withdrawn at once, received later", events: "2018-01-05,given,,email,,2018-01-05\n2018-01-05,withdrawn,,email,,2018-01-06"},
	{name: "given at once, received later", events: "2018-01-05,given,,email,,2018-01-06\n2018-01-05,withdrawn,,email,,2018-01-05", want: "email|express|2018-01-05|-|-"},
	{name: "received late does not matter by itself", events: "2018-01-05,given,,email,,2018-05-05\n2018-02-05,withdrawn,,email,,2018-02-05", want: "email|express|2018-01-05|2018-02-05|withdrawn"},
	{name: "replaced in the same instant is one spell", events: "2018-01-05,given,,email,,\n2018-02-05,withdrawn,,email,,\n2018-02-05,given,,email,,", want: "email|express|2018-01-05|-|-"},

	{name: "left", left: "2018-03-01", events: "2018-01-05,given,,email,,", want: "email|express|2018-01-05|2018-03-01|left"},
	{name: "left after it ended", left: "2018-03-01", events: "2018-01-05,given,,email,2018-02-05,", want: "email|express|2018-01-05|2018-02-05|expired"},
	{name: "given after leaving", left: "2018-03-01", events: "2018-03-05,given,,email,,"},
	{name: "given as they leave", left: "2018-03-01", events: "2018-03-01,given,,email,,"},

	{name: "channels are apart", events: "2018-01-05,given,,email,,\n2018-01-06,given,,sms,,\n2018-02-05,withdrawn,,email,,", of: "basis = 'express'",
		want: "any|express|2018-01-05|-|-\nemail|express|2018-01-05|2018-02-05|withdrawn\nsms|express|2018-01-06|-|-"},
	{name: "any is the union of overlapping channels", events: "2018-01-05,given,,email,2018-03-05,\n2018-02-05,given,,sms,2018-04-05,", of: "basis = 'express'",
		want: "any|express|2018-01-05|2018-04-05|expired\nemail|express|2018-01-05|2018-03-05|expired\nsms|express|2018-02-05|2018-04-05|expired"},
	{name: "any has a gap where no channel is valid", events: "2018-01-05,given,,email,2018-02-05,\n2018-03-05,given,,sms,2018-04-05,", of: "channel = 'any' AND basis = 'express'",
		want: "any|express|2018-01-05|2018-02-05|expired\nany|express|2018-03-05|2018-04-05|expired"},
	{name: "any basis is a union too", events: "2018-01-05,given,express,email,2018-02-05,\n2018-02-01,given,implied,email,2018-03-05,", of: "channel = 'email' AND basis = 'any'",
		want: "email|any|2018-01-05|2018-03-05|expired"},
	{name: "any basis on any channel", events: "2018-01-05,given,express,email,2018-02-05,\n2018-02-01,given,implied,sms,2018-03-05,", of: "channel = 'any'",
		want: "any|any|2018-01-05|2018-03-05|expired\nany|express|2018-01-05|2018-02-05|expired\nany|implied|2018-02-01|2018-03-05|expired"},
	{name: "without a channel it is on each", events: "2018-01-05,given,,,,", of: "basis = 'express'",
		want: "any|express|2018-01-05|-|-\nemail|express|2018-01-05|-|-\nsms|express|2018-01-05|-|-"},
	{name: "a channel called any is every channel", events: "2018-01-05,given,,Any,,", of: "basis = 'express'",
		want: "any|express|2018-01-05|-|-\nemail|express|2018-01-05|-|-\nsms|express|2018-01-05|-|-"},
	{name: "withdrawn without a channel ends each", events: "2018-01-05,given,,email,,\n2018-01-06,given,,sms,,\n2018-02-05,withdrawn,,,,", of: "basis = 'express'",
		want: "any|express|2018-01-05|2018-02-05|withdrawn\nemail|express|2018-01-05|2018-02-05|withdrawn\nsms|express|2018-01-06|2018-02-05|withdrawn"},
	{name: "withdrawn on one channel of all", events: "2018-01-05,given,,,,\n2018-02-05,withdrawn,,sms,,", of: "basis = 'express'",
		want: "any|express|2018-01-05|-|-\nemail|express|2018-01-05|-|-\nsms|express|2018-01-05|2018-02-05|withdrawn"},
}

func TestSpells(t *testing.T) {
	t.Parallel()
	customers, consents, ids := "customer_id,left_at\n", "customer_id,purpose,occurred_at,state,basis,channel,expires_at,received_at\n", []string{}
	for _, test := range spellTests {
		ids = append(ids, test.name)
		customers += "\"" + test.name + "\"," + test.left + "\n"
		for _, e := range lines(test.events) {
			consents += "\"" + test.name + "\",news," + e + "\n"
		}
	}
	b := files{"accord.toml": "implied_days = 100", "customers.csv": customers, "consents.csv": consents}.load(t)
	b.who(t, ids...)
	for _, test := range spellTests {
		t.Run(test.name, func(t *testing.T) {
			of := test.of
			if of == "" {
				of = "channel = 'email' AND basis <> 'any'"
			}
			b.check(t, "SELECT channel, basis, started_at::DATE, ended_at::DATE, ended_by FROM spells JOIN who USING (customer) WHERE id = '"+test.name+"' AND ("+of+") ORDER BY ALL", test.want)
		})
	}
}

// Purposes are apart, and customers are.
func TestSpellsByPurpose(t *testing.T) {
	t.Parallel()
	b := trimmed(files{
		"customers.csv": "customer_id\nann\nbob",
		"consents.csv": `customer_id,purpose,state,occurred_at
			ann,news,given,2018-01-05
			ann,ads,given,2018-01-06
			bob,news,given,2018-01-07
			ann,news,withdrawn,2018-02-05
			bob,ads,withdrawn,2018-02-06`,
	}).load(t)
	b.who(t, "ann", "bob")
	// No event of these has a channel, so that there is none but any.
	b.check(t, "SELECT id, purpose, channel, started_at::DATE, ended_at::DATE FROM spells JOIN who USING (customer) WHERE basis = 'express' ORDER BY ALL", `
		ann|ads|any|2018-01-06|-
		ann|news|any|2018-01-05|2018-02-05
		bob|news|any|2018-01-07|-`)
}
