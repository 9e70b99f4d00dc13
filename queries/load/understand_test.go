package load

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"accord/queries/store"
)

// JSON comes as an array or as an object a line; what is missing, null or no
// object is as it would be in CSV.
func TestJSON(t *testing.T) {
	t.Parallel()
	const (
		ann = `{"customer_id": "ann", "created_at": "2018-01-02 03:04:05", "région": "Québec", "a\"b": 1}`
		bob = `{"région": "ON", "customer_id": "bob", "x.y": {"deep": [1, 2]}, "created_at": null}`
		cam = `{"customer_id": 3, "created_at": 1514764800000, "région": "Québec"}`
	)
	for name, f := range map[string]files{
		"array":     {"customers.json": "[" + ann + ",\n" + bob + "," + cam + "]"},
		"lines":     {"customers.ndjson": ann + "\n" + bob + "\r\n\n  \n" + cam},
		"jsonl":     {"customers.jsonl": "\ufeff" + ann + "\n" + bob + "\n" + cam + "\n"},
		"gzip":      {"customers.json.gz": gzipped(t, ann+"\n"+bob+"\n"+cam+"\n")},
		"zstd":      {"customers.ndjson.zst": zstandard(t, ann+"\n"+bob+"\n"+cam+"\n")},
		"two files": {"customers-1.json": "[" + ann + "]", "customers-2.csv": "created_at,customer_id,région\n,bob,ON\n", "customers-3.ndjson": cam},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := f.load(t)
			b.who(t, "ann", "bob", "3")
			b.check(t, `SELECT id, known_from, "région" FROM customers JOIN who USING (customer) JOIN segments ON segment = segment_id ORDER BY id`, `
				3|2018-01-01 00:00:00|Québec
				ann|2018-01-02 03:04:05|Québec
				bob|-|ON`)
			b.check(t, "SELECT rows_read, rows_loaded, rows_rejected FROM sources", "3|3|0")
		})
	}
}

// Lines that are no objects are malformed, and counted.
func TestMalformedJSON(t *testing.T) {
	t.Parallel()
	b := files{"customers.ndjson": `{"customer_id": "1"}
{"customer_id": "2"
[1, 2]
"text"
{"customer_id": "3", "created_at": "soon"}
{"customer_id": {"a": 1}}
{"customer_id": "4"` + "\x01" + `}
{}
{"customer_id": "5"}`}.load(t)
	b.check(t, "SELECT rows_read, rows_loaded, rows_rejected FROM sources", "9|3|6")
	b.check(t, "SELECT rule, column_name, rows FROM rejects ORDER BY ALL", "malformed_line||4\nmissing|customer_id|1\nunreadable|created_at|1")
	for name, content := range map[string]string{"empty": "", "cut off": `[{"customer_id": 1}, {"custo`, "no objects": "[1, 2]", "text": "hello", "pretty": "{\n\"customer_id\": 1\n}"} {
		t.Run(name, func(t *testing.T) { files{"customers.json": content}.loadError(t, "customers.json") })
	}
	files{"customers.json": `{"who": 1}`}.loadError(t, "no column customer_id", "who")
}

// Lists may be JSON's, and events may come as objects.
func TestJSONLists(t *testing.T) {
	t.Parallel()
	b := files{"customers.json": `[{"id": 1}]`, "campaigns.json": `[{"campaign_id": "c"}]`, "arms.json": `[{"campaign_id": "c", "arm": "a", "purposes": ["ads", "news"]}, {"campaign_id": "c", "arm": "b", "purposes": "x;y"}]`,
		"consents.ndjson": `{"customer_id": 1, "purpose": "news", "state": "Given", "occurred_at": "2018-05-25T10:00:00-04:00", "proof": {"form": 7}}`}.load(t)
	b.check(t, "SELECT arm, purposes FROM arms ORDER BY arm", "a|[ads, news]\nb|[x, y]")
	b.check(t, "SELECT purpose, state, occurred_at, has_proof FROM consents", "news|given|2018-05-25 14:00:00|true")
}

// Text in another encoding is read as what it is, whether that shows at the
// head of a file or late.
func TestEncodings(t *testing.T) {
	t.Parallel()
	const text = "customer_id,région\n1,Québec\n2,Côte-Nord\n"
	latin := strings.NewReplacer("é", "\xe9", "ô", "\xf4", "’", "\x92").Replace
	wide := func(s string) string {
		out := "\xff\xfe"
		for _, r := range s {
			out += string([]byte{byte(r), byte(r >> 8)})
		}
		return out
	}
	late := "customer_id,region\n" + numbered(1, 150_000, "%d,Ontario\n")
	for name, test := range map[string]struct {
		files files
		want  string
	}{
		"Latin-1":         {files{"customers.csv": latin(text)}, "Côte-Nord\nQuébec"},
		"Windows-1252":    {files{"customers.csv": latin("customer_id,région\n1,L’Île\n")}, "L’Île"},
		"UTF-16":          {files{"customers.csv": wide(text)}, "Côte-Nord\nQuébec"},
		"Latin-1, gzip":   {files{"customers.csv.gz": gzipped(t, latin(text))}, "Côte-Nord\nQuébec"},
		"late":            {files{"customers.csv": late + "x,Qu\xe9bec\n"}, "Ontario\nQuébec"},
		"late and twice":  {files{"customers-1.csv": late + "x,Qu\xe9bec\n", "customers-2.csv": "customer_id,region\ny,Québec\n"}, "Ontario\nQuébec"},
		"UTF-8 with dirt": {files{"customers.csv": text + "3,Qu\xe9bec\n"}, "Côte-Nord\nQuébec"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "Windows-1252" {
				test.files["customers.csv"] = strings.ReplaceAll(test.files["customers.csv"], "Î", "\xce")
			}
			b := test.files.load(t)
			b.check(t, "SELECT COLUMNS(c -> lower(c) LIKE 'r%gion') AS r FROM segments ORDER BY 1", test.want)
			rejected := "0"
			if name == "UTF-8 with dirt" {
				rejected = "1"
			}
			b.check(t, "SELECT rows_rejected FROM sources", rejected)
		})
	}
}

// Amounts with a decimal comma; one that may be a mark of thousands is refused.
func TestDecimalComma(t *testing.T) {
	t.Parallel()
	b := files{"customers.csv": "customer_id\n1\n", "achats.csv": "client_id;date_achat;montant;catégorie\n" +
		"1;2018-01-01;12,5;a\n1;2018-01-01;-0,125;b\n1;2018-01-01;1 234,56;c\n1;2018-01-01;1.234.567,89;d\n1;2018-01-01;1\u202f234,5;e\n1;2018-01-01;7.25;f\n1;2018-01-01;1,234;g\n1;2018-01-01;1,2,3;h\n"}.load(t)
	b.check(t, "SELECT category, amount FROM purchases ORDER BY category", "a|1250\nb|-13\nc|123456\nd|123456789\ne|123450\nf|725")
	b.check(t, "SELECT rule, column_name, rows FROM rejects", "unreadable|amount|2")
}

// Which of day and month comes first shows in the file, or is asked for.
func TestDateOrder(t *testing.T) {
	t.Parallel()
	const header = "customer_id,created_at\n"
	for dates, want := range map[string]string{
		"03/04/2018 25/12/2018": "2018-04-03 00:00:00\n2018-12-25 00:00:00",
		"03/04/2018 12/25/2018": "2018-03-04 00:00:00\n2018-12-25 00:00:00",
		"3-4-2018 13-4-2018":    "2018-04-03 00:00:00\n2018-04-13 00:00:00",
		// both orders: only what can be read in one way is
		"03/04/2018 05/05/2018 25/12/2018 12/26/2018": "2018-05-05 00:00:00\n2018-12-25 00:00:00\n2018-12-26 00:00:00",
	} {
		csv := header
		for i, d := range strings.Fields(dates) {
			csv += fmt.Sprintf("%d,%s\n", i, d)
		}
		files{"customers.csv": csv}.load(t).check(t, "SELECT known_from FROM customers ORDER BY 1", want)
	}
	few := files{"customers.csv": header + "1,2018-01-01\n2,03/04/2018\n3,2018-01-02\n4,\n"}.load(t)
	few.check(t, "SELECT rule, rows FROM rejects", "unreadable|1")
	unclear := files{"customers.csv": header + "1,03/04/2018\n2,05/06/2018\n"}
	unclear.loadError(t, "customers.csv", "created_at", "--date-order")
	folder := unclear.in(t, t.TempDir())
	load(t, Options{Sources: []string{folder}, DateOrder: "mdy"}).check(t, "SELECT known_from FROM customers ORDER BY 1", "2018-03-04 00:00:00\n2018-05-06 00:00:00")
	unclear["accord.toml"] = "date_order = 'dmy'"
	unclear.load(t).check(t, "SELECT known_from FROM customers ORDER BY 1", "2018-04-03 00:00:00\n2018-06-05 00:00:00")
	// Evidence beyond the rows that are glanced at counts as well.
	files{"customers.csv": header + numbered(1, 2*glanced, "%d,03/04/2018\n") + "x,31/12/2018\n"}.load(t).check(t, "SELECT DISTINCT known_from FROM customers ORDER BY 1", "2018-04-03 00:00:00\n2018-12-31 00:00:00")
	// A date unlike all before is read as well, in a file that also proves late not to
	// be UTF-8, and has a malformed line that is told of once.
	late := files{"customers.csv": header + numbered(1, 2*glanced, "%d,2018-04-03\n") + "x,31/12/2018\nmalformed\n\xe9,2018-04-03T00:00:00Z\n"}.load(t)
	late.check(t, "SELECT DISTINCT known_from FROM customers ORDER BY 1", "2018-04-03 00:00:00\n2018-12-31 00:00:00")
	late.check(t, "SELECT rule, rows FROM rejects", "malformed_line|1")
}

// Columns and files go by other names in English and French.
func TestAliases(t *testing.T) {
	t.Parallel()
	b := trimmed(files{
		"Clients.csv": `No. client;Date d'inscription;Région;Courriel
			ann;2018-01-01;QC;ann@example.com
			bob;2018-01-02;ON;bob@example.com`,
		"consentements-2018.csv": `Client ID,Finalité,Statut,Date,Canal
			ann,infolettre,given,2018-02-01,email`,
		"Campagnes.csv": "Campaign Code,Nom\nc,Rentrée",
		"arms.csv":      "Campaign,Variant,Share\nc,a,0.5\nc,b,0.5",
		"assignments.csv": `CAMPAIGN,Customer Number,variant,assigned on,Clicked-At,Montant
			c,ann,a,2018-03-01,2018-03-02,"10,50"`,
	}).load(t)
	b.who(t, "ann", "bob")
	b.check(t, `SELECT id, known_from, "Région" FROM customers JOIN who USING (customer) JOIN segments ON segment = segment_id ORDER BY id`, "ann|2018-01-01 00:00:00|QC\nbob|2018-01-02 00:00:00|ON")
	b.check(t, "SELECT purpose, state, occurred_at, channel FROM consents", "infolettre|given|2018-02-01 00:00:00|email")
	b.check(t, "SELECT name, planned_share FROM campaigns JOIN arms USING (campaign) ORDER BY arm", "Rentrée|0.5\nRentrée|0.5")
	b.check(t, "SELECT clicked_at, revenue FROM assignments", "2018-03-02 00:00:00|1050")
	b.check(t, "SELECT sum(rows_rejected) FROM sources", "0")
}

// No alias stands for two columns of an input, and all are written as names are
// folded.
func TestAliasesHoldTogether(t *testing.T) {
	t.Parallel()
	for input, columns := range columnAliases {
		in, ok := inputNamed(input)
		if !ok {
			t.Errorf("there is no input %s", input)
		}
		seen := map[string]string{}
		for column, aliases := range columns {
			if !in.has(column) {
				t.Errorf("%s has no column %s", input, column)
			}
			for _, a := range aliases {
				if fold(a) != a {
					t.Errorf("%s.%s: %q is not folded", input, column, a)
				}
				if other := seen[a]; other != "" {
					t.Errorf("%s: %q stands for %s and %s", input, a, other, column)
				}
				seen[a] = column
			}
		}
		for _, c := range in.Columns {
			if other := seen[fold(c.Name)]; other != "" && other != c.Name {
				t.Errorf("%s: %s is canonical and an alias of %s", input, c.Name, other)
			}
		}
	}
	for alias, input := range inputAliases {
		if _, ok := inputNamed(input); !ok || fold(alias) != alias {
			t.Errorf("%s: %s", alias, input)
		}
	}
}

// The tables of a DuckDB file are inputs, by their names or by a mapping.
func TestDuckDBFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "crm.db")
	if _, err := memory(t).Exec("ATTACH " + store.Literal(path) + ` AS crm; CREATE TABLE crm.clients AS SELECT range AS id, if(range % 2 = 0, 'QC', 'ON') AS region, TIMESTAMPTZ '2018-01-01 00:00:00Z' AS created_at FROM range(6);
		CREATE VIEW crm.consents AS SELECT 1 AS customer_id, 'news' AS purpose, 'given' AS state, DATE '2018-02-01' AS occurred_at; CREATE TABLE crm.other AS SELECT 1 AS x; DETACH crm`); err != nil {
		t.Fatal(err)
	}
	b := load(t, Options{Sources: []string{path}})
	b.check(t, "SELECT input, name, rows_loaded FROM sources ORDER BY 1", "consents|crm.db: consents|1\ncustomers|crm.db: clients|6")
	b.check(t, "SELECT region, people FROM segments ORDER BY 1", "ON|3\nQC|3")
	if len(b.Unread) != 1 || b.Unread[0] != "crm.db: other" {
		t.Errorf("unread: %v", b.Unread)
	}
	mapped := load(t, Options{Sources: []string{filepath.Join(files{"m.toml": "[customers]\nfrom = " + fmt.Sprintf("%q", path) + "\ntable = 'clients'\ncolumns = { customer_id = 'id' }\nwhere = 'id < 4'"}.in(t, t.TempDir()), "m.toml")}})
	mapped.check(t, "SELECT rows_read, rows_loaded FROM sources", "4|4")
}

// Patterns are for the shell, or for accord where it is quoted.
func TestGlob(t *testing.T) {
	t.Parallel()
	folder := files{"customers-1.csv": "customer_id\n1\n", "customers-2.json": `[{"customer_id": 2}]`, "consents.csv": "customer_id,purpose,state,occurred_at\n2,news,given,2018-01-01\n"}.in(t, t.TempDir())
	load(t, Options{Sources: []string{filepath.Join(folder, "c*s*")}}).check(t, "SELECT input, rows_loaded FROM sources ORDER BY 1", "consents|1\ncustomers|2")
}

// An input may have several origins, and a condition sets rows aside.
func TestSeveralOrigins(t *testing.T) {
	t.Parallel()
	b := trimmed(files{
		"accord.toml": `
			[[customers]]
			from = "people.csv"
			columns = { customer_id = "nr" }
			where = "kind = 'customer' -- and nobody else"
			[[customers]]
			from = "more.csv"
			[[consents]]
			from = "people.csv"
			where = "yes <> ''"
			columns = { customer_id = "nr", purpose = "'news'", state = "'given'", occurred_at = "yes" }
			[[consents]]
			from = "people.csv"
			where = "no <> ''"
			columns = { customer_id = "nr", purpose = "'news'", state = "'withdrawn'", occurred_at = "no" }`,
		"people.csv": "nr,kind,yes,no,region\n1,customer,2018-01-01,2018-02-01,QC\n2,customer,,,QC\n3,staff,2018-01-01,,ON\n4,customer,soon,,QC\nx,customer,a,b,c,d\n",
		"more.csv":   "customer_id,region\n5,ON\n1,ON\n",
	}).load(t)
	b.check(t, "SELECT input, rows_read, rows_loaded, rows_rejected FROM sources ORDER BY 1", "consents|5|2|3\ncustomers|6|4|2")
	b.check(t, "SELECT input, rule, rows FROM rejects ORDER BY ALL", "consents|malformed_line|1\nconsents|not_found|1\nconsents|unreadable|1\ncustomers|duplicate|1\ncustomers|malformed_line|1")
	b.check(t, "SELECT state FROM consents ORDER BY 1", "given\nwithdrawn")
	b.check(t, "SELECT region, people FROM segments ORDER BY 1", "ON|1\nQC|3")
}
