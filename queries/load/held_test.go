package load

import (
	"context"
	"fmt"
	"testing"
)

// early are events of a customer, bob, and of a campaign that are not there yet.
var early = files{
	"customers.csv":   "customer_id,region\nann,QC\n",
	"campaigns.csv":   "campaign_id\nc\n",
	"arms.csv":        "campaign_id,arm\nc,a\nd,a\n",
	"consents.csv":    "customer_id,purpose,state,occurred_at,proof\nann,news,given,2018-01-01,\nbob,news,given,2018-01-02T03:04:05.678Z,box 7\nbob,news,maybe,2018-01-02,\n",
	"assignments.csv": "campaign_id,customer_id,arm,assigned_at,clicked,opened,revenue\nc,ann,a,2018-01-01,1,,1\nd,ann,a,2018-01-01,2018-01-02,no,7.25\nc,bob,a,2018-01-01,0,,2\nc,bob,z,2018-01-01,0,,2\n",
	"engagements.csv": "campaign_id,customer_id,kind,occurred_at\nc,bob,visit,2018-01-05\n",
	"purchases.csv":   "customer_id,occurred_at,amount\nbob,2018-01-03,5\nbob,2018-01-03,5\n",
	"survey.csv":      "respondent_id,stance,customer_id\nr1,willing,bob\nr2,sceptical,ann\n",
}

// Rows that name what is not there yet are rejected, counted as held back, and
// loaded by the delivery that brings it: not before, and once.
func TestHeldBack(t *testing.T) {
	t.Parallel()
	b := early.load(t)
	const held = "FROM held ORDER BY input, column_name"
	b.check(t, held, `
		arms|campaign_id|1
		assignments|campaign_id|1
		assignments|customer_id|2
		consents|customer_id|1
		engagements|customer_id|1
		purchases|customer_id|2`)
	if r := b.source("assignments"); r.Held != 3 || r.Rejected != 3 {
		t.Errorf("%+v", r)
	}
	b.check(t, "SELECT missing, customer_id, state, occurred_at, proof FROM held_consents", "customer_id|"+pseudonym(testKey, "bob")+"|given|2018-01-02 03:04:05.678|kept")
	path := copyStore(t, b)
	deliver := func(f files, want string) built {
		t.Helper()
		r, err := Append(context.Background(), Options{Sources: []string{f.in(t, t.TempDir())}, Out: path, Key: testKey})
		if err != nil {
			t.Fatal(err)
		}
		b := built{r, path, open(t, path)}
		b.check(t, held, want)
		for _, s := range r.Sources {
			if s.Read != s.Loaded+s.Rejected || s.Held > s.Rejected {
				t.Errorf("%+v", s)
			}
		}
		return b
	}
	// Bob comes, and the purchases are told of again. An assignment to an arm that is
	// not there waits no longer: there is a log that was to be folded onto it.
	b = deliver(files{"customers.csv": "customer_id,region\nbob,ON\n", "purchases.csv": early["purchases.csv"]}, `
		arms|campaign_id|1
		assignments|campaign_id|1`)
	b.check(t, "SELECT input, rows_read, rows_loaded, rows_rejected FROM sources ORDER BY input", `
		arms|2|1|1
		assignments|4|2|2
		campaigns|1|1|0
		consents|3|2|1
		customers|2|2|0
		engagements|1|1|0
		purchases|4|2|2
		survey|2|2|0`)
	b.check(t, "SELECT input, rule, column_name, rows FROM rejects ORDER BY ALL", `
		arms|not_found|campaign_id|1
		assignments|not_found|arm|1
		assignments|not_found|campaign_id|1
		consents|unknown_word|state|1
		purchases|repeated||2`)
	last := deliver(files{"campaigns.csv": "campaign_id\nd\n"}, "")
	for _, input := range []string{"assignments", "consents", "purchases", "survey"} {
		if n := rows(t, last.db, "SELECT count(*) FROM "+input)[0]; n != fmt.Sprint(last.source(input).Loaded) {
			t.Errorf("%s: %s rows, %d loaded", input, n, last.source(input).Loaded)
		}
	}
	late := files{"customers-2.csv": "customer_id,region\nbob,ON\n", "campaigns-2.csv": "campaign_id\nd\n"}
	for name, text := range early {
		late[name] = text
	}
	sameStore(t, "in deliveries (-) and at once (+)", last, late.load(t), "sources", "rejects", "survey", "kept_survey") // respondents have other numbers
	last.check(t, "SELECT stance, customer IS NOT NULL FROM survey ORDER BY ALL", "sceptical|true\nwilling|true")
}

// Nothing is held back of customers who were erased, nor where there is too much.
func TestNotHeldBack(t *testing.T) {
	t.Parallel()
	b := early.load(t)
	path := copyStore(t, b)
	report, _ := erase(t, path, "customer_id\nbob\n")
	erased := built{report, path, open(t, path)}
	erased.check(t, "FROM held ORDER BY ALL", "arms|campaign_id|1\nassignments|campaign_id|1")
	erased.check(t, "SELECT count(*) FROM consents", "1")
	if tables := rows(t, erased.db, "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'held_')"); len(tables) != 2 {
		t.Errorf("%v", tables)
	}
	skipped := load(t, Options{Sources: []string{early.in(t, t.TempDir())}, Erased: pseudonyms("bob")})
	sameStore(t, "erased (-) and skipped (+)", erased, skipped, "sources", "rejects")

	many := load(t, Options{Sources: []string{early.in(t, t.TempDir())}, mostHeld: 2})
	many.check(t, "FROM held ORDER BY ALL", "arms|campaign_id|1\nconsents|customer_id|1\nengagements|customer_id|1\npurchases|customer_id|2")
	if r := many.source("assignments"); r.Held != 0 || r.Rejected != 3 {
		t.Errorf("%+v", r)
	}
}
