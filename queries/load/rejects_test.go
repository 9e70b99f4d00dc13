package load

import (
	"slices"
	"strings"
	"testing"
)

// Rows that break a rule are counted under it, the first one that they break in
// the order of columns, and are not loaded.
func TestEveryRule(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", maxText)
	b := trimmed(files{
		"customers.csv": `customer_id,created_at,left_at,region
			ann,2018-01-01,,QC
			bob,,,QC
			` + long + `,,,QC
			,2018-01-01,,QC
			"   ",,,QC
			` + long + `e,,,QC
			x1,soon,,QC
			x2,1989-12-31,soon,QC
			x3,,2101-01-01,QC
			x4,2018-01-02,2018-01-01,QC
			ann,2018-01-02,,ON
			" ann ",2018-01-02,,ON
			x5,,
			x6,,,QC,ON
			x7,,,` + "Qu\xe9bec",
		"consents.csv": `customer_id,purpose,state,occurred_at,received_at,channel,basis,expires_at,proof
			ann,news,given,2018-01-01,,,,,
			,news,given,2018-01-01,,,,,
			ann,,given,2018-01-01,,,,,
			ann,news,,2018-01-01,,,,,
			ann,news,given,,,,,,
			ann,news,maybe,2018-01-01,,,,,
			ann,news,given,2018-01-01,,,legitimate,,
			ann,news,given,2018-13-01,,,,,
			ann,news,given,2018-01-01,,,,never,
			ann,news,given,2018-01-01,3018-01-01,,,,
			ann,` + long + `e,given,2018-01-01,,,,,
			ann,news,given,2018-01-01,,` + long + `e,,,
			ann,news,given,2018-01-01,,,,,` + long + `e
			x1,news,given,2018-01-01,,,,,
			nobody,news,given,2018-01-01,,,,,`,
		"campaigns.csv": `campaign_id,name,started_at
			c,C,2018-01-01
			,D,2018-01-01
			c,C again,2018-01-02
			e,E,1918-01-01`,
		"arms.csv": `campaign_id,arm,purposes,requires_consent,planned_share
			c,a,news,yes,0
			c,b,news,no,1
			c,a,ads,no,1
			d,a,news,yes,0.5
			c,,news,yes,0.5
			c,x,news,perhaps,0.5
			c,y,news,yes,1.01
			c,y,news,yes,-0.01
			c,y,news,yes,NaN
			c,z,` + strings.Repeat("news;", 401) + `,yes,0.5`,
		"assignments.csv": `campaign_id,customer_id,arm,clicked,opened_by_machine,revenue,pre_value
			c,ann,a,1,1,1.00,-1.00
			c,ann,a,1,1,1.00,-1.00
			d,ann,a,1,1,1.00,
			c,ann,z,1,1,1.00,
			c,nobody,a,1,1,1.00,
			c,x1,a,1,1,1.00,
			c,bob,a,2,1,1.00,
			c,bob,a,9999-12-31,1,1.00,
			c,bob,a,1,2018-01-01,1.00,
			c,bob,a,1,1,-0.01,
			c,bob,a,1,1,NaN,
			c,bob,a,1,1,Infinity,
			c,bob,a,1,1,-inf,
			c,bob,a,1,1,"1,000.00",
			c,bob,a,1,1,$5,
			c,bob,a,1,1,99999999999999.99,
			c,bob,a,1,1,1e300,
			c,bob,a,1,1,1.00,none
			c,,a,1,1,1.00,`,
		"survey.csv": `respondent_id,stance,weight,answered_at
			r1,willing,1,2018-01-01
			r1,willing,1,2018-01-01
			,willing,1,
			r2,,1,
			r2,keen,1,
			r2,willing,0,
			r2,willing,-1,
			r2,willing,heavy,
			r2,willing,NaN,
			r2,willing,1000000000,
			r2,willing,,1066-10-14`,
	}).load(t)
	b.check(t, "FROM sources ORDER BY input", `
		arms|arms.csv|10|2|8
		assignments|assignments.csv|19|1|18
		campaigns|campaigns.csv|4|1|3
		consents|consents.csv|15|1|14
		customers|customers.csv|15|3|12
		survey|survey.csv|11|1|10`)
	b.check(t, "FROM rejects ORDER BY input, column_name, rule", `
		arms|duplicate|arm|1
		arms|missing|arm|1
		arms|not_found|campaign_id|1
		arms|unreadable|planned_share|3
		arms|too_long|purposes|1
		arms|unreadable|requires_consent|1
		assignments|not_found|arm|1
		assignments|not_found|campaign_id|1
		assignments|date_out_of_range|clicked|1
		assignments|unreadable|clicked|1
		assignments|duplicate|customer_id|1
		assignments|missing|customer_id|1
		assignments|not_found|customer_id|2
		assignments|unreadable|opened_by_machine|1
		assignments|unreadable|pre_value|1
		assignments|negative|revenue|1
		assignments|unreadable|revenue|7
		campaigns|duplicate|campaign_id|1
		campaigns|missing|campaign_id|1
		campaigns|date_out_of_range|started_at|1
		consents|unknown_word|basis|1
		consents|too_long|channel|1
		consents|missing|customer_id|1
		consents|not_found|customer_id|2
		consents|unreadable|expires_at|1
		consents|missing|occurred_at|1
		consents|unreadable|occurred_at|1
		consents|too_long|proof|1
		consents|missing|purpose|1
		consents|too_long|purpose|1
		consents|date_out_of_range|received_at|1
		consents|missing|state|1
		consents|unknown_word|state|1
		customers|malformed_line||3
		customers|date_out_of_range|created_at|1
		customers|unreadable|created_at|1
		customers|duplicate|customer_id|2
		customers|missing|customer_id|2
		customers|too_long|customer_id|1
		customers|date_out_of_range|left_at|1
		customers|ends_before_start|left_at|1
		survey|date_out_of_range|answered_at|1
		survey|duplicate|respondent_id|1
		survey|missing|respondent_id|1
		survey|missing|stance|1
		survey|unknown_word|stance|1
		survey|unreadable|weight|5`)
	for _, rule := range []string{ruleMalformed, ruleMissing, ruleUnread, ruleUnknown, ruleTooLong, ruleDate, ruleNegative, ruleDuplicate, ruleReference, ruleOrder} {
		if !slices.Contains(rows(t, b.db, "SELECT DISTINCT rule FROM rejects"), rule) {
			t.Errorf("no row here breaks the rule %s", rule)
		}
	}
	// What was accepted is what was loaded.
	for input, query := range map[string]string{
		"customers": "FROM customers", "consents": "FROM consents", "campaigns": "FROM campaigns", "arms": "FROM arms", "assignments": "FROM assignments", "survey": "FROM survey",
	} {
		b.check(t, "SELECT count(*) - (SELECT rows_loaded FROM sources WHERE input = '"+input+"') "+query, "0")
	}
	// The report says the same, most rows first.
	for _, s := range b.Sources {
		var sum int64
		for i, r := range s.Rules {
			sum += r.Rows
			if i > 0 && r.Rows > s.Rules[i-1].Rows {
				t.Errorf("%s: rules are not in order: %v", s.Input, s.Rules)
			}
		}
		if sum != s.Rejected {
			t.Errorf("%s: rules count %d rows, rejected are %d", s.Input, sum, s.Rejected)
		}
	}
}

// Of rows with the same key the first holds, in the order of the file, whether
// they are many or few among the customers.
func TestFirstRowHolds(t *testing.T) {
	t.Parallel()
	for name, many := range map[string]files{
		"many customers":   {"customers.csv": numbered(1, 5000, "%d,,QC\n")},
		"many assignments": {"customers.csv": numbered(1, 100, "%d,,QC\n"), "assignments.csv": numbered(1, 100, "c,%d,b,7\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := files{
				"customers.csv":   "customer_id,created_at,region\nann,2018-01-01,ON\nann,2018-01-02,QC\n" + many["customers.csv"] + "ann,2018-01-03,QC\n",
				"campaigns.csv":   "campaign_id,name\nc,first\nc,second\n",
				"arms.csv":        "campaign_id,arm,content\nc,a,first\nc,b,\nc,a,second\n",
				"assignments.csv": "campaign_id,customer_id,arm,revenue\nc,ann,a,3\nc,ann,a,1\nc,ann,a,2\n" + many["assignments.csv"] + "c,ann,a,0\n",
				"survey.csv":      "respondent_id,stance\nr,willing\nr,sceptical\n",
			}.load(t)
			b.who(t, "ann")
			b.check(t, "SELECT known_from, region FROM customers JOIN who USING (customer) JOIN segments ON segment = segment_id", "2018-01-01 00:00:00|ON")
			b.check(t, "SELECT name FROM campaigns", "first")
			b.check(t, "SELECT content FROM arms WHERE arm = 'a'", "first")
			b.check(t, "SELECT revenue FROM assignments JOIN who USING (customer)", "300")
			b.check(t, "SELECT stance FROM survey", "willing")
			b.check(t, "SELECT input, rows FROM rejects ORDER BY input", "arms|1\nassignments|3\ncampaigns|1\ncustomers|2\nsurvey|1")
		})
	}
}

// Malformed lines are counted by line and by file, once each.
func TestMalformedLines(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files files
		want  string
	}{
		"same line of two files":  {files{"customers-a.csv": "customer_id,region\n1,QC\n2,QC,x\n", "customers-b.csv": "customer_id,region\n3,QC\n4,QC,x\n"}, "4|2|2"},
		"two faults in a line":    {files{"customers.csv": "customer_id,region\n1,QC\n2,\xff,x,\xfe,y\n3,ON\n"}, "3|2|1"},
		"the last line":           {files{"customers.csv": "customer_id,region\n1,QC\n2"}, "2|1|1"},
		"behind a quoted newline": {files{"customers.csv": "customer_id,region\n1,\"Q\nC\"\n2,QC,x\n3,\"Q\nC\"\n"}, "3|2|1"},
		"text behind a quote":     {files{"customers.csv": "customer_id,region\n1,QC\n2,\"Q\"C\n3,QC\n"}, "3|2|1"},
		"all lines":               {files{"customers.csv": "customer_id,region\n" + numbered(1, 5, "%d,a,b\n") + "6,QC\n"}, "6|1|5"},
		"a line too long":         {files{"customers.csv": "customer_id,region\n" + numbered(1, 3*sniffed, "%d,QC\n") + "x," + strings.Repeat("x", maxLine) + "\n"}, "6145|6144|1"},
		"far into the file":       {files{"customers.csv": "customer_id,region\n" + numbered(1, 3*sniffed, "%d,QC\n") + "x,QC,ON\nx\nx,QC\n"}, "6147|6145|2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := test.files.load(t)
			b.check(t, "SELECT rows_read, rows_loaded, rows_rejected FROM sources", test.want)
			b.check(t, "SELECT DISTINCT rule FROM rejects", ruleMalformed)
		})
	}
}
