package load

import "testing"

// shop is a small data set with every input; its canonical tables are computed
// by hand in TestCanonicalTables.
var shop = files{
	"accord.toml": `
		title = "A shop"
		synthetic = true
		timezone = "America/Toronto"`,
	"customers.csv": `customer_id,created_at,left_at,region,loyalty
		ann,2018-01-01 09:00:00,,QC,gold
		bob,2018-01-01T09:00:00Z,2018-06-30,ON,silver
		cam,,,QC,gold
		dee,2018-02-01,,,silver`,
	"consents.csv": `customer_id,purpose,state,occurred_at,received_at,channel,basis,expires_at,notice_version,source,method,proof
		ann,news,given,2018-01-02 10:00:00,2018-01-02 10:05:00,email,express,,v1,web,box,scan 17
		bob,news,given,2018-01-03,,email,implied,2018-03-03,v1,till,,
		cam,news,REFUSED,2018-01-04T00:30:00-05:00,,email,,,v2,web,box,`,
	"campaigns.csv": `campaign_id,name,channel,started_at,control_arm
		spring,Spring letter,email,2018-02-01T23:00:00-05:00,none
		autumn,,,,`,
	"arms.csv": `campaign_id,arm,content,purposes,requires_consent,planned_share
		spring,none,holdout,,no,0.25
		spring,letter,personalised,news; news;,oui,0.75`,
	"assignments.csv": `campaign_id,customer_id,arm,assigned_at,delivered_at,delivered_content,visited,opened,clicked,converted,unsubscribed,complained,opened_by_machine,clicked_by_machine,revenue,pre_value
		spring,ann,letter,2018-02-01 12:00:00,2018-02-01 12:01:00,generic,1,2018-02-02T00:00:00Z,0,yes,no,non,,,12.34,-5.5
		spring,bob,letter,2018-02-01 12:00:00,,,0,,0,no,no,non,,,,10
		spring,cam,none,2018-02-01 12:00:00,,,1,,,no,no,non,,,0.01,`,
	"survey.csv": `respondent_id,stance,wave,answered_at,weight,reasons,customer_id,age
		r1,Willing,1,2018-03-01,1.5,gain;ease,ann,young
		r2,sceptical,1,2018-03-02T04:00:00Z,,,nobody,old
		r3,undecided,,,0.5, ads ,,young
		r4,sceptical,2,2018-03-03,2,ads,,old`,
}

func TestCanonicalTables(t *testing.T) {
	t.Parallel()
	b := trimmed(shop).load(t)
	b.who(t, "ann", "bob", "cam", "dee")

	b.check(t, "FROM meta WHERE name NOT IN ('key_check', 'version') ORDER BY name", `
		as_of|2018-06-30
		as_of_given|
		built_by|
		grace_business_days|10
		implied_days|730
		retain_consents_days|0
		retain_customers_days|0
		synthetic|true
		title|A shop
		window_days|14
		zone|America/Toronto`)
	b.check(t, "FROM sources ORDER BY input", `
		arms|arms.csv|2|2|0
		assignments|assignments.csv|3|3|0
		campaigns|campaigns.csv|2|2|0
		consents|consents.csv|3|3|0
		customers|customers.csv|4|4|0
		survey|survey.csv|4|4|0`)
	b.check(t, "FROM rejects", "")
	b.check(t, "FROM dimensions ORDER BY position", `
		0|region|false
		1|loyalty|false`)
	b.check(t, "FROM segments ORDER BY segment_id", `
		0|ON|silver|1
		1|QC|gold|2
		2|unknown|silver|1`)
	b.check(t, "SELECT id, segment, known_from, left_at FROM customers JOIN who USING (customer) ORDER BY id", `
		ann|1|2018-01-01 14:00:00|-
		bob|0|2018-01-01 09:00:00|2018-06-30 04:00:00
		cam|1|2018-01-04 05:30:00|-
		dee|2|2018-02-01 05:00:00|-`)
	b.check(t, "SELECT id, c.* EXCLUDE (customer) FROM consents c JOIN who USING (customer) ORDER BY id", `
		ann|news|email|express|given|2018-01-02 15:00:00|2018-01-02 15:05:00|-|v1|web|box|true
		bob|news|email|implied|given|2018-01-03 05:00:00|-|2018-03-03 05:00:00|v1|till|-|false
		cam|news|email|-|refused|2018-01-04 05:30:00|-|-|v2|web|box|false`)
	b.check(t, "FROM campaigns ORDER BY campaign", `
		0|spring|Spring letter|email|2018-02-02 04:00:00|2018-02-01|none
		1|autumn|autumn|-|-|-|-`)
	b.check(t, "FROM arms ORDER BY arm", `
		0|letter|personalised|[news]|true|0.75
		0|none|holdout|[]|false|0.25`)
	b.check(t, "SELECT id, campaign, arm, assigned_at, delivered_at, delivered_content, opted_in, in_two_arms, mature FROM assignments JOIN who USING (customer) ORDER BY id", `
		ann|0|letter|2018-02-01 17:00:00|2018-02-01 17:01:00|generic|yes|false|true
		bob|0|letter|2018-02-01 17:00:00|-|-|no|false|true
		cam|0|none|2018-02-01 17:00:00|-|-|no|false|true`)
	b.check(t, "SELECT id, delivered, visited, opened, clicked, converted, unsubscribed, complained, revenue, pre_value FROM assignments JOIN who USING (customer) ORDER BY id", `
		ann|true|true|true|false|true|false|false|1234|-550
		bob|false|false|false|false|false|false|false|0|1000
		cam|-|true|-|-|false|false|false|1|-`)
	b.check(t, "SELECT id, purpose, started_at, ended_at, ended_by FROM spells JOIN who USING (customer) WHERE channel = 'email' AND basis <> 'any' ORDER BY id", `
		ann|news|2018-01-02 15:00:00|-|-
		bob|news|2018-01-03 05:00:00|2018-03-03 05:00:00|expired`)
	b.check(t, "SELECT channel, basis, count(*) FROM spells GROUP BY ALL ORDER BY ALL", `
		any|any|2
		any|express|1
		any|implied|1
		email|any|2
		email|express|1
		email|implied|1`)
	b.check(t, "SELECT respondent, age, id, stance, wave, answered, weight, reasons FROM survey JOIN survey_segments ON segment = segment_id LEFT JOIN who USING (customer) ORDER BY respondent", `
		0|young|ann|willing|1|2018-03-01|1.500000|[ease, gain]
		1|old|-|sceptical|1|2018-03-01|1.000000|[]
		2|young|-|undecided|-|-|0.500000|[ads]
		3|old|-|sceptical|2|2018-03-03|2.000000|[ads]`)

	if b.AsOf != "2018-06-30" || b.Segments != 3 || len(b.LeftOut) != 0 {
		t.Errorf("the report says as of %s, %d segments, left out %v", b.AsOf, b.Segments, b.LeftOut)
	}
}

// The roll-ups of the shop, by segment and in total.
func TestCanonicalRollUps(t *testing.T) {
	t.Parallel()
	b := trimmed(shop).load(t)
	const outcomes = "assigned, mature, delivered_seen, delivered, visit_seen, visit, visit_pre, open_seen, open, click_seen, click, conversion_seen, conversion, revenue_seen, revenue_people, revenue, revenue_sq, pre_seen, pre, pre_sq"
	b.check(t, "SELECT arm, opted_in, segment, "+outcomes+" FROM lift WHERE segment >= 0 ORDER BY ALL", `
		letter|no|0|1|1|1|0|1|0|0|1|0|1|0|1|0|1|0|0|0|1|1000|1000000
		letter|yes|1|1|1|1|1|1|1|-550|1|1|1|0|1|1|1|1|1234|1522756|1|-550|302500
		none|no|1|1|1|0|0|1|1|0|0|0|0|0|1|0|1|1|1|1|0|0|0`)
	b.check(t, "SELECT arm, opted_in, segment, assigned, visit, revenue FROM lift WHERE segment < 0 ORDER BY ALL", `
		letter|no|-1|1|0|0
		letter|yes|-1|1|1|1234
		none|no|-1|1|1|1`)
	// 2018-01-02 is a Tuesday, 2018-01-07 its Sunday; 2018-06-30 is a Saturday.
	b.check(t, "FROM consent_flow WHERE channel = 'any' ORDER BY ALL", `
		2018-01-02|-1|news|any|any|1|0
		2018-01-02|-1|news|any|express|1|0
		2018-01-03|-1|news|any|any|1|0
		2018-01-03|-1|news|any|implied|1|0
		2018-01-07|0|news|any|any|1|0
		2018-01-07|1|news|any|any|1|0
		2018-01-07|1|news|any|express|1|0
		2018-03-03|-1|news|any|any|0|1
		2018-03-03|-1|news|any|implied|0|1
		2018-03-04|0|news|any|any|0|1`)
	b.check(t, "FROM known_flow ORDER BY ALL", `
		2018-01-01|-1|2|0
		2018-01-04|-1|1|0
		2018-01-07|0|1|0
		2018-01-07|1|2|0
		2018-02-01|-1|1|0
		2018-02-04|2|1|0
		2018-06-30|-1|0|1
		2018-06-30|0|0|1`)
}

// trimmed returns the files without the indentation that makes them readable
// in a test.
func trimmed(f files) files {
	out := files{}
	for name, content := range f {
		text := ""
		for _, line := range lines(content) {
			text += line + "\n"
		}
		out[name] = text
	}
	return out
}
