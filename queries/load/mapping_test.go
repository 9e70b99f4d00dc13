package load

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// crm is an export in a shape of its own, with the mapping that reads it.
var crm = files{
	"crm.toml": `
		title = "A CRM"
		as_of = "2018-12-31"
		window_days = 30
		implied_days = 90
		grace_business_days = 5
		retain_consents_days = 400
		method_steps = { letter = 6, link = 1 }
		[customers]
		from = "export/people-*.csv"
		columns = { customer_id = "'c' || nr", created_at = "strptime(joined, '%d/%m/%Y')" }
		dimensions = { area = "upper(area)", new = "if(joined LIKE '%2018', 'new', 'old')" }
		fixed = ["new"]
		[consents]
		from = """
		SELECT 'c' || nr AS customer_id, unnest(['news', 'ads']) AS purpose, 'given' AS state, 'implied' AS basis, '2018-03-01' AS occurred_at
		FROM read_csv('export/people-*.csv') -- all of them
		"""
		[campaigns]
		from = "(SELECT 'x' AS campaign_id, 'b' AS control_arm)"
		[arms]
		from = "(VALUES ('x', 'a', 0.5), ('x', 'b', 0.5)) AS t(campaign_id, arm, planned_share)"
		[assignments]
		from = "export/log.csv"
		columns = { campaign_id = "'x'", customer_id = "'c' || nr", arm = "lower(grp)", revenue = "CAST(cents AS INTEGER) / 100", assigned_at = "TIMESTAMP '2018-12-01'" }`,
	"export/people-1.csv": "nr,joined,area,email\n1,31/12/2017,qc,one@example.com\n2,01/02/2018,qc,two@example.com",
	"export/people-2.csv": "area,nr,joined,email\nqc,3,15/06/2018,three@example.com\non,4,16/06/2018,four@example.com",
	"export/log.csv":      "nr,grp,cents,visited\n1,A,1999,1\n2,B,,0",
}

func TestMapping(t *testing.T) {
	t.Parallel()
	folder := trimmed(crm).in(t, t.TempDir())
	b := load(t, Options{Sources: []string{filepath.Join(folder, "crm.toml")}})
	b.who(t, "c1", "c2", "c3", "c4")
	b.check(t, "SELECT id, known_from, area, new FROM customers JOIN who USING (customer) JOIN segments ON segment = segment_id ORDER BY id", `
		c1|2017-12-31 00:00:00|QC|old
		c2|2018-02-01 00:00:00|QC|new
		c3|2018-03-01 00:00:00|QC|new
		c4|2018-03-01 00:00:00|ON|new`)
	b.check(t, "FROM dimensions ORDER BY position", "0|area|false\n1|new|true")
	b.check(t, "SELECT DISTINCT purpose, started_at, ended_at FROM spells ORDER BY ALL", `
		ads|2018-03-01 00:00:00|2018-05-30 00:00:00
		news|2018-03-01 00:00:00|2018-05-30 00:00:00`)
	b.check(t, "SELECT id, arm, mature, visited, revenue FROM assignments JOIN who USING (customer) ORDER BY id", `
		c1|a|true|true|1999
		c2|b|true|false|-`)
	b.check(t, "SELECT input, name, rows_loaded FROM sources ORDER BY ALL", `
		arms|(query)|2
		assignments|log.csv|2
		campaigns|(query)|1
		consents|(query)|8
		customers|people-1.csv, people-2.csv|4`)
	b.check(t, "SELECT value FROM meta WHERE name IN ('title', 'window_days') ORDER BY ALL", "30\nA CRM")
	b.check(t, "SELECT name, value FROM meta WHERE name IN ('grace_business_days', 'retain_consents_days', 'retain_customers_days') ORDER BY ALL", "grace_business_days|5\nretain_consents_days|400\nretain_customers_days|0")
	b.check(t, "FROM method_steps ORDER BY ALL", "letter|6\nlink|1")
}

// What the command line says goes before what the mapping says.
func TestOptionsBeforeMapping(t *testing.T) {
	t.Parallel()
	f := files{
		"accord.toml":   "timezone = 'America/Toronto'\nas_of = '2018-12-31'",
		"customers.csv": "customer_id,created_at\nann,2018-01-01\n",
	}
	folder := f.in(t, t.TempDir())
	for _, test := range []struct {
		options Options
		want    string
	}{
		{Options{}, "2018-01-01 05:00:00|America/Toronto|2018-12-31"},
		{Options{Timezone: "Europe/Paris"}, "2017-12-31 23:00:00|Europe/Paris|2018-12-31"},
		{Options{AsOf: "2018-06-30"}, "2018-01-01 05:00:00|America/Toronto|2018-06-30"},
	} {
		test.options.Sources = []string{folder}
		b := load(t, test.options)
		b.check(t, "SELECT known_from, (SELECT value FROM meta WHERE name = 'zone'), (SELECT value FROM meta WHERE name = 'as_of') FROM customers", test.want)
	}
	for _, o := range []Options{{Timezone: "Mars/Olympus"}, {Timezone: "Local"}, {AsOf: "yesterday"}, {AsOf: "2018-02-30"}} {
		o.Sources, o.Out, o.Key = []string{folder}, filepath.Join(t.TempDir(), "x.duckdb"), testKey
		_, err := Load(context.Background(), o)
		checkError(t, err, o.Timezone+o.AsOf)
	}
}

// Sources may be given one by one, and a mapping without origins among them
// takes the files of its own folder.
func TestSourcesOneByOne(t *testing.T) {
	t.Parallel()
	folder := files{
		"a/accord.toml":    "timezone = 'Asia/Tokyo'",
		"a/customers.csv":  "customer_id\nann\n",
		"b/customers2.csv": "customer_id\nbob\n", // no input is called that
		"c/consents.csv":   "customer_id,purpose,state,occurred_at\nann,news,given,2018-01-01\n",
		"d/customers.csv":  "customer_id\ncam\n",
	}.in(t, t.TempDir())
	in := func(names ...string) []string {
		var paths []string
		for _, n := range names {
			paths = append(paths, filepath.Join(folder, n))
		}
		return paths
	}
	b := load(t, Options{Sources: in("a/accord.toml", "c", "d/customers.csv")})
	b.check(t, "SELECT input, name, rows_loaded FROM sources ORDER BY ALL", "consents|consents.csv|1\ncustomers|customers.csv, customers.csv|2")
	b.check(t, "SELECT occurred_at FROM consents", "2017-12-31 15:00:00")

	for _, test := range []struct {
		sources []string
		mention string
	}{
		{in("b/customers2.csv"), "customers2.csv: neither its name nor its columns tell"},
		{in("b"), "nothing to load"},
		{in("c"), "without customers"},
		{in("nowhere"), "nowhere: there is no such file"},
		{in("a", "a/accord.toml"), "two mapping files"},
		{nil, "nothing to load"},
	} {
		_, err := Load(context.Background(), Options{Sources: test.sources, Out: filepath.Join(t.TempDir(), "x.duckdb"), Key: testKey})
		checkError(t, err, test.mention)
	}
}

// What from may be.
func TestRelations(t *testing.T) {
	t.Parallel()
	for from, query := range map[string]bool{
		"(SELECT 1)":                  false,
		"(SELECT 1) AS t(x)":          false,
		"(FROM a) UNION ALL (FROM b)": false,
		"read_csv('x.csv')":           false,
		"SELECT 1":                    true,
		"select\n1":                   true,
		"FROM 'x.csv'":                true,
		"SELECT * FROM read_csv('x')": true,
		"WITH a AS (FROM b) FROM a":   true,
	} {
		if !isRelation(from) || isQuery(from) != query {
			t.Errorf("%q: relation %t, query %t", from, isRelation(from), isQuery(from))
		}
	}
	for _, from := range []string{"x.csv", "select.csv", "data (2018).csv", "*.parquet", "/abs/from/x.csv", "selected customers.csv"} {
		if isRelation(from) {
			t.Errorf("%q passes for SQL", from)
		}
	}
	b := files{
		"accord.toml": "[customers]\nfrom = \"SELECT customer_id FROM read_csv('some.csv')\"",
		"some.csv":    "customer_id\nann\n",
	}.load(t)
	b.check(t, "SELECT count(*) FROM customers", "1")
}

func TestMappingErrors(t *testing.T) {
	t.Parallel()
	for text, mentions := range map[string][]string{
		"title = ":                                 {"line 1"},
		"a = 1\nb = 2":                             {"means nothing"},
		"[customers]\nfrmo = 'x'":                  {"customers.frmo means nothing"},
		"[people]\nfrom = 'x'":                     {"people"},
		"customers = 3":                            {"customers"},
		"window_days = 'two'":                      {"window_days"},
		"window_days = -1":                         {"window_days", "between 0 and"},
		"implied_days = 9000000000000000000":       {"implied_days"},
		"retain_customers_days = -3":               {"retain_customers_days", "between 0 and"},
		"[method_steps]\nletter = -1":              {"letter takes -1 steps"},
		"[method_steps]\nletter = 'two'":           {"method_steps"},
		"window_days = 99999999999999999999999":    {"line 1"},
		"timezone = 'Mars'":                        {"Mars", "America/Toronto"},
		"timezone = 'Local'":                       {"Local"},
		"as_of = '31.12.2018'":                     {"31.12.2018", "2018-12-31"},
		"[customers.columns]\ncustomer_id='id'":    {"customers: from is missing"},
		"[customers]\nfrom='x'\ncolumns={id='id'}": {"no column \"id\""},
		"[consents]\nfrom='x'\ndimensions={a='a'}": {"only customers and survey"},
		"[customers]\nfrom='x'\ndimensions={Area='a', b='b', area='c'}": {"Area and area", "rename"},
		"\x00": {"line 1"},
	} {
		path := filepath.Join(t.TempDir(), "m.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadMapping(path)
		checkError(t, err, append(mentions, path)...)
	}
}

// Errors that show only when the mapping meets its files.
func TestMappingMeetsFiles(t *testing.T) {
	t.Parallel()
	const customers = "customer_id,region\nann,QC\n"
	for origin, mentions := range map[string][]string{
		"from = 'nope-*.csv'": {"customers.from", "no file matches", "nope-*.csv"},
		"from = '['":          {"customers.from", "pattern"},
		"from = 'some.csv'\ncolumns={customer_id='nope'}":    {"customers from some.csv", "nope"},
		"from = 'some.csv'\ncolumns={customer_id='a b c'}":   {"customers from some.csv", "syntax"},
		"from = 'some.csv'\ndimensions={x=\"error('boo')\"}": {"customers from some.csv", "boo"},
		"from = '(SELEKT'": {"customers from (query)"},
		"from = '(SELECT 1 AS customer_id); DROP TABLE x;'": {"customers from (query)"},
		"from = \"(FROM 'nope.csv')\"":                      {"customers from (query)", "nope.csv"},
	} {
		files{"accord.toml": "[customers]\n" + origin, "some.csv": customers}.loadError(t, mentions...)
	}
	folder := files{"accord.toml": "[customers]\nfrom='some.csv'", "some.csv": customers, "x/customers.csv": customers}.in(t, t.TempDir())
	_, err := Load(context.Background(), Options{Sources: []string{folder, filepath.Join(folder, "x")}, Out: filepath.Join(t.TempDir(), "x.duckdb"), Key: testKey})
	checkError(t, err, "the mapping and the file", "x/customers.csv")
}

// Any bytes are a mapping that holds together, or an error in one line.
func FuzzMapping(f *testing.F) {
	for _, seed := range []string{
		crm["crm.toml"], shop["accord.toml"], "", "title = 'x'", "[customers]", "[customers]\nfrom = '(SELECT'", "customers.from = '['",
		"as_of = 2018-12-31", "timezone = '../../etc/passwd'", "window_days = 1e9", "[[customers]]", "\xff\xfe", "title = \"\\u0000\"",
		"title = \"\\\n\"", "title='\\\n", "x = \"\\\r\"", strings.Repeat("a", 2000) + " = 1", "timezone = '" + strings.Repeat("a", 2000) + "'",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "m.toml")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := ReadMapping(path)
		if err != nil {
			checkError(t, err, path)
			return
		}
		again, err := ReadMapping(path)
		if diff := cmp.Diff(m, again, cmp.AllowUnexported(Mapping{}, Origin{})); err != nil || diff != "" {
			t.Errorf("read a second time it is another: %v\n%s", err, diff)
		}
		if m.WindowDays < 0 || m.ImpliedDays < 0 {
			t.Errorf("accepted %d and %d days", m.WindowDays, m.ImpliedDays)
		}
		// Finding its files fails, or makes a plan.
		p, err := find([]string{path})
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("an error without words")
			}
			return
		}
		if len(p.sources)+len(p.found) == 0 {
			t.Error("a plan of nothing")
		}
	})
}
