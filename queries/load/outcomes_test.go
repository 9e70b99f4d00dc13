package load

import (
	"fmt"
	"strings"
	"testing"
)

// campaign is a campaign of two arms, with the rest of its files.
func campaign(more files) files {
	f := files{
		"accord.toml":   "as_of = '2018-03-01'",
		"campaigns.csv": "campaign_id,channel,control_arm\nc,email,b\n",
		"arms.csv":      "campaign_id,arm,purposes\nc,a,news\nc,b,\n",
	}
	for name, content := range more {
		f[name] = content
	}
	return trimmed(f)
}

// The window is of 14 days; everyone was assigned on 10 January at noon, unless
// the case says otherwise. Arm a records clicks and revenue, b records neither.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, row, want string }{ // arm,assigned_at,opened,clicked,opened_by_machine,clicked_by_machine,revenue -> opened|clicked|revenue|mature
		{"click at assignment", "a,2018-01-10 12:00:00,,2018-01-10 12:00:00,,,", "false|true|0|true"},
		{"click before assignment", "a,2018-01-10 12:00:00,,2018-01-10 11:59:59,,,", "false|false|0|true"},
		{"click in the last second", "a,2018-01-10 12:00:00,,2018-01-24 11:59:59,,,", "false|true|0|true"},
		{"click when the window is over", "a,2018-01-10 12:00:00,,2018-01-24 12:00:00,,,", "false|false|0|true"},
		{"click without a time", "a,2018-01-10 12:00:00,,yes,,,", "false|true|0|true"},
		{"no click", "a,2018-01-10 12:00:00,,no,,,", "false|false|0|true"},
		{"nothing recorded of one customer", "a,2018-01-10 12:00:00,,,,,", "false|false|0|true"},
		{"click at a time, assignment without", "a,,,2018-01-10 12:00:00,,,", "false|true|0|true"},
		{"open by a machine", "a,2018-01-10 12:00:00,1,,1,,", "false|false|0|true"},
		{"open by a person", "a,2018-01-10 12:00:00,1,,0,,", "true|false|0|true"},
		{"open by who knows", "a,2018-01-10 12:00:00,1,,,1,", "true|false|0|true"},
		{"click by a machine", "a,2018-01-10 12:00:00,1,2018-01-11,no,yes,", "true|false|0|true"},
		{"revenue", "a,2018-01-10 12:00:00,,,,,0.05", "false|false|5|true"},
		{"revenue of nothing", "a,2018-01-10 12:00:00,,,,,0", "false|false|0|true"},
		{"window ends with the as-of date", "a,2018-02-16 00:00:00,,1,,,", "false|true|0|true"},
		{"window ends behind the as-of date", "a,2018-02-16 00:00:01,,1,,,", "false|true|0|false"},
		{"an arm that records opens only", "b,2018-01-10 12:00:00,0,,,,", "false|-|-|true"},
		{"an arm that records opens only, opened", "b,2018-01-10 12:00:00,1,,,,", "true|-|-|true"},
	}
	people, ids := "customer_id\n", []string{}
	csv := "campaign_id,customer_id,arm,assigned_at,opened,clicked,opened_by_machine,clicked_by_machine,revenue\n"
	for _, test := range tests {
		ids = append(ids, test.name)
		people += "\"" + test.name + "\"\n"
		csv += "c,\"" + test.name + "\"," + test.row + "\n"
	}
	b := campaign(files{"customers.csv": people, "assignments.csv": csv}).load(t)
	b.who(t, ids...)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b.check(t, "SELECT opened, clicked, revenue, mature FROM assignments JOIN who USING (customer) WHERE id = '"+test.name+"'", test.want)
		})
	}
	// What no arm records is missing for every arm, and is not zero.
	b.check(t, "SELECT DISTINCT visited, converted, delivered FROM assignments", "-|-|-")
	b.check(t, "SELECT arm, click_seen, click, revenue_seen, revenue, visit_seen, open_seen FROM lift WHERE segment = -1 ORDER BY arm", `
		a|14|4|14|5|0|14
		a|1|1|1|0|0|1
		b|0|0|0|0|0|2`)
}

// A customer twice in one arm counts once, by the first row; in two arms, both
// rows stay, marked, and out of every outcome; the roll-up counts such a
// customer in one of the arms.
func TestAssignedTwice(t *testing.T) {
	t.Parallel()
	b := campaign(files{
		"customers.csv": "customer_id\nann\nbob\ncam",
		"campaigns.csv": "campaign_id\nc\nd",
		"arms.csv":      "campaign_id,arm\nc,a\nc,b\nd,a\nd,b",
		"assignments.csv": `campaign_id,customer_id,arm,assigned_at,clicked,revenue
			c,ann,a,2018-01-01,1,1
			c,ann,a,2018-01-01,0,2
			c,ann,a,2018-01-02,0,3
			c,bob,a,2018-01-01,1,4
			c,bob,b,2018-01-01,1,5
			c,bob,b,2018-01-01,0,6
			c,cam,b,2018-01-01,1,7
			d,ann,b,2018-01-01,0,8
			d,bob,a,2018-01-01,1,9`,
	}).load(t)
	b.who(t, "ann", "bob", "cam")
	b.check(t, "SELECT campaign, id, arm, clicked, revenue, in_two_arms FROM assignments JOIN who USING (customer) ORDER BY ALL", `
		0|ann|a|true|100|false
		0|bob|a|true|400|true
		0|bob|b|true|500|true
		0|cam|b|true|700|false
		1|ann|b|false|800|false
		1|bob|a|true|900|false`)
	b.check(t, "SELECT campaign, arm, sum(assigned), sum(in_two_arms), sum(mature), sum(immature), sum(click), sum(revenue) FROM lift WHERE segment = -1 GROUP BY ALL ORDER BY ALL", `
		0|a|2|1|1|0|1|100
		0|b|2|0|1|0|1|700
		1|a|1|0|1|0|1|900
		1|b|1|0|1|0|0|800`)
	b.check(t, "SELECT rule, column_name, rows FROM rejects", "duplicate|customer_id|3")
}

// Opted in at assignment: whose consents were valid when they were assigned, on
// 10 January at noon, for the purpose and the channel of the campaign.
func TestOptedIn(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, events, want string }{ // purpose,state,basis,channel,occurred_at,expires_at
		{"never asked", "", "no"},
		{"given before", "news,given,,email,2018-01-01,", "yes"},
		{"given in that instant", "news,given,,email,2018-01-10 12:00:00,", "yes"},
		{"given after", "news,given,,email,2018-01-10 12:00:01,", "no"},
		{"withdrawn before", "news,given,,email,2018-01-01,\nnews,withdrawn,,email,2018-01-10 11:59:59,", "no"},
		{"withdrawn in that instant", "news,given,,email,2018-01-01,\nnews,withdrawn,,email,2018-01-10 12:00:00,", "no"},
		{"withdrawn after", "news,given,,email,2018-01-01,\nnews,withdrawn,,email,2018-01-10 12:00:01,", "yes"},
		{"given again before", "news,given,,email,2018-01-01,\nnews,withdrawn,,email,2018-01-02,\nnews,given,,email,2018-01-03,", "yes"},
		{"given again after", "news,given,,email,2018-01-01,\nnews,withdrawn,,email,2018-01-02,\nnews,given,,email,2018-01-11,", "no"},
		{"expired before", "news,given,,email,2018-01-01,2018-01-10", "no"},
		{"expires after", "news,given,,email,2018-01-01,2018-01-11", "yes"},
		{"implied only", "news,given,implied,email,2018-01-01,", "no"},
		{"silence only", "news,given,opt_out,email,2018-01-01,\nnews,given,notice_only,email,2018-01-01,", "no"},
		{"another purpose", "ads,given,,email,2018-01-01,", "no"},
		{"another channel", "news,given,,sms,2018-01-01,", "no"},
		{"every channel", "news,given,,,2018-01-01,", "yes"},
		{"without assigned_at", "news,given,,email,2018-01-01,", "unknown"},
	}
	people, consents, ids := "customer_id\n", "customer_id,purpose,state,basis,channel,occurred_at,expires_at\n", []string{}
	csv := "campaign_id,customer_id,arm,assigned_at\n"
	for i, test := range tests {
		ids = append(ids, test.name)
		people += test.name + "\n"
		for _, e := range lines(test.events) {
			consents += test.name + "," + e + "\n"
		}
		at := "2018-01-10 12:00:00"
		if test.want == "unknown" {
			at = ""
		}
		csv += fmt.Sprintf("c,%s,%s,%s\n", test.name, []string{"a", "b"}[i%2], at)
	}
	b := campaign(files{"customers.csv": people, "consents.csv": consents, "assignments.csv": csv}).load(t)
	b.who(t, ids...)
	for _, test := range tests {
		b.check(t, "SELECT id, opted_in FROM assignments JOIN who USING (customer) WHERE id = '"+test.name+"'", test.name+"|"+test.want)
	}
}

// Several purposes are all needed; without a purpose nobody can say; without a
// channel any will do.
func TestOptedInByCampaign(t *testing.T) {
	t.Parallel()
	b := campaign(files{
		"customers.csv":   "customer_id\nboth\nnews\nsms",
		"campaigns.csv":   "campaign_id,channel\ntwo,email\nnone,email\nanywhere,",
		"arms.csv":        "campaign_id,arm,purposes\ntwo,a,news;ads\ntwo,b,\nnone,a,\nanywhere,a,news",
		"consents.csv":    "customer_id,purpose,state,channel,occurred_at\nboth,news,given,email,2018-01-01\nboth,ads,given,email,2018-01-01\nnews,news,given,email,2018-01-01\nsms,news,given,sms,2018-01-01",
		"assignments.csv": "campaign_id,customer_id,arm,assigned_at\n" + cross("%s,%s,a,2018-01-10", []string{"two", "none", "anywhere"}, []string{"both", "news", "sms"}),
	}).load(t)
	b.who(t, "both", "news", "sms")
	b.check(t, "SELECT campaign_id, id, opted_in FROM assignments JOIN who USING (customer) JOIN campaigns USING (campaign) ORDER BY ALL", `
		anywhere|both|yes
		anywhere|news|yes
		anywhere|sms|yes
		none|both|unknown
		none|news|unknown
		none|sms|unknown
		two|both|yes
		two|news|no
		two|sms|no`)
}

func cross(format string, as, bs []string) string {
	var out strings.Builder
	for _, a := range as {
		for _, b := range bs {
			fmt.Fprintf(&out, format+"\n", a, b)
		}
	}
	return out.String()
}

// Capped revenue is cut at the 99.9th percentile of the whole campaign, found
// among those whose outcomes count.
func TestCappedRevenue(t *testing.T) {
	t.Parallel()
	csv := "campaign_id,customer_id,arm,assigned_at,revenue\n" +
		numbered(1, 1000, "c,%[1]d,a,2018-01-01,%[1]d\n") + numbered(1001, 2000, "c,%[1]d,b,2018-01-01,%[1]d\n") +
		numbered(2001, 2010, "c,%d,b,2018-02-28,1000000\n") + // immature
		numbered(2011, 2020, "c,%[1]d,a,2018-01-01,1000000\nc,%[1]d,b,2018-01-01,1000000\n") // in two arms
	b := campaign(files{"customers.csv": "customer_id\n" + numbered(1, 2020, "%d\n"), "assignments.csv": csv}).load(t)
	// The 1998th of 2000 is 1998: the last two are cut to it.
	b.check(t, "SELECT arm, mature, revenue / 100, revenue_capped / 100, revenue_sq / 10000, revenue_capped_sq / 10000 FROM lift WHERE segment = -1 ORDER BY arm", fmt.Sprintf(`
		a|1000|500500.0|500500.0|333833500.0|333833500.0
		b|1000|1500500.0|1500497.0|2334833500.0|%d.0`, 2334833500-(1999*1999-1998*1998)-(2000*2000-1998*1998)))
}

// Sums that are wider than 64 bits stay exact, below zero too.
func TestWideSums(t *testing.T) {
	t.Parallel()
	const csv = "campaign_id,customer_id,arm,assigned_at,revenue,pre_value\n" +
		"c,1,a,2018-01-01,90000000000.01,-80000000000.03\nc,2,a,2018-01-01,90000000000.01,-80000000000.03\n"
	b := campaign(files{"customers.csv": "customer_id\n1\n2\n", "assignments.csv": csv}).load(t)
	const whole = "SELECT segment, revenue_sq + revenue_sq_high * (10::HUGEINT ** 18)::HUGEINT, revenue_pre + revenue_pre_high * (10::HUGEINT ** 18)::HUGEINT, pre, pre_high"
	b.check(t, whole+" FROM lift WHERE arm = 'a' ORDER BY segment", `
		-1|162000000000036000000000002|-144000000000070000000000006|-16000000000006|0
		0|162000000000036000000000002|-144000000000070000000000006|-16000000000006|0`)
}
