package load

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"accord/queries/store"
)

// However the files are written, the same customers come out of them.
func TestFormats(t *testing.T) {
	t.Parallel()
	const (
		header = "customer_id,created_at,région,都市\n"
		ann    = "ann,2018-01-02 03:04:05,Québec,東京\n"
		bob    = "bob,,Ontario,\"大阪, \"\"北\"\" 区\"\n"
		cam    = "cam,2018-01-04,Québec,東京\n"
		plain  = header + ann + bob + cam
	)
	swap := strings.NewReplacer(",都市", "", "customer_id", "都市,customer_id")
	for name, f := range map[string]files{
		"plain":             {"customers.csv": plain},
		"no final newline":  {"customers.csv": strings.TrimSuffix(plain, "\n")},
		"byte order mark":   {"customers.csv": "\ufeff" + plain},
		"CRLF":              {"customers.csv": strings.ReplaceAll(plain, "\n", "\r\n")},
		"CR":                {"customers.csv": strings.ReplaceAll(plain, "\n", "\r")},
		"semicolons":        {"customers.csv": "customer_id;created_at;région;都市\nann;2018-01-02 03:04:05;Québec;東京\nbob;;Ontario;\"大阪, \"\"北\"\" 区\"\ncam;2018-01-04;Québec;東京\n"},
		"tabs":              {"customers.csv": "customer_id\tcreated_at\trégion\t都市\nann\t2018-01-02 03:04:05\tQuébec\t東京\nbob\t\tOntario\t\"大阪, \"\"北\"\" 区\"\ncam\t2018-01-04\tQuébec\t東京\n"},
		"everything quoted": {"customers.csv": "\"customer_id\",\"created_at\",\"région\",\"都市\"\n\"ann\",\"2018-01-02 03:04:05\",\"Québec\",\"東京\"\n\"bob\",\"\",\"Ontario\",\"大阪, \"\"北\"\" 区\"\n\"cam\",\"2018-01-04\",\"Québec\",\"東京\"\n"},
		"spaces around":     {"customers.csv": "customer_id , created_at , région , 都市\n ann , 2018-01-02 03:04:05 , Québec , 東京\n  bob,  ,Ontario  ,\"大阪, \"\"北\"\" 区\"\ncam,2018-01-04, Québec, 東京\n"},
		"names in capitals": {"CUSTOMERS.CSV": strings.Replace(plain, "customer_id,created_at", "Customer_ID,CREATED_AT", 1)},
		"gzip":              {"customers.csv.gz": gzipped(t, plain)},
		"zstd":              {"customers.csv.zst": zstandard(t, plain)},
		"gzip in parts":     {"customers.csv.gz": gzipped(t, header+ann) + gzipped(t, bob+cam)},
		"zstd in parts":     {"customers.csv.zst": "\x50\x2a\x4d\x18\x03\x00\x00\x00any" + zstandard(t, header+ann) + zstandard(t, bob+cam)},
		"Parquet":           {"customers.parquet": parquet(t, "FROM (VALUES ('ann', TIMESTAMP '2018-01-02 03:04:05', 'Québec', '東京'), ('bob', NULL, 'Ontario', '大阪, \"北\" 区'), ('cam', TIMESTAMP '2018-01-04', 'Québec', '東京')) AS t(customer_id, created_at, \"région\", \"都市\")")},
		"several files, columns in another order": {
			"customers-1.csv":    header + ann,
			"customers_2.csv":    swap.Replace(header) + "\"大阪, \"\"北\"\" 区\",bob,,Ontario\n",
			"customers.3.csv.gz": gzipped(t, header+cam),
			"customers-none.csv": header,
			"customers.txt":      "not taken from a folder",
			"notes.csv":          "neither is this",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := f.load(t)
			b.who(t, "ann", "bob", "cam")
			b.check(t, `SELECT id, known_from, "région", "都市" FROM customers JOIN who USING (customer) JOIN segments ON segment = segment_id ORDER BY id`, `
				ann|2018-01-02 03:04:05|Québec|東京
				bob|-|Ontario|大阪, "北" 区
				cam|2018-01-04 00:00:00|Québec|東京`)
			b.check(t, "SELECT name FROM dimensions ORDER BY position", "région\n都市")
			b.check(t, "SELECT rows_read, rows_loaded, rows_rejected FROM sources", "3|3|0")
		})
	}
}

// Files of every input with a header and no rows make a store without rows.
func TestHeadersOnly(t *testing.T) {
	t.Parallel()
	f := files{}
	for _, in := range Inputs() {
		var names []string
		for _, c := range in.Columns {
			names = append(names, c.Name)
		}
		f[in.Name+".csv"] = strings.Join(names, ",") + "\n"
	}
	b := f.load(t)
	for _, table := range []string{"customers", "consents", "campaigns", "arms", "assignments", "survey", "spells", "lift", "consent_flow", "known_flow", "rejects"} {
		b.check(t, "SELECT count(*) FROM "+table, "0")
	}
	b.check(t, "SELECT count(*), sum(rows_read) FROM sources", fmt.Sprintf("%d|0", len(Inputs())))
	if b.AsOf != "" {
		t.Errorf("as of %q", b.AsOf)
	}
}

// A column that is quoted for the first time behind the rows by which the
// delimiter is found is still read as quoted.
func TestLateQuotes(t *testing.T) {
	t.Parallel()
	b := files{"customers.csv": "customer_id,region\n" + numbered(1, 2*sniffed, "%d,QC\n") + "x,\"ON, \"\"Toronto\"\"\"\n"}.load(t)
	b.check(t, "SELECT region, people FROM segments ORDER BY ALL", "ON, \"Toronto\"|1\nQC|4096")
}

// Lists in columns do not pass for columns.
func TestDelimiterInValues(t *testing.T) {
	t.Parallel()
	b := trimmed(files{
		"customers.csv": "customer_id\n1",
		"campaigns.csv": "campaign_id\nc",
		"arms.csv":      "campaign_id,arm,purposes\nc,a,p1;p2;p3;p4\nc,b,p1;p2;p3;p4\nc,d,p1;p2;p3;p4",
	}).load(t)
	b.check(t, "SELECT arm, purposes FROM arms ORDER BY arm", "a|[p1, p2, p3, p4]\nb|[p1, p2, p3, p4]\nd|[p1, p2, p3, p4]")
}

// Identifiers are the same whether a file has them as numbers or as text.
func TestParquetTypes(t *testing.T) {
	t.Parallel()
	b := files{
		"customers.parquet": parquet(t, "SELECT range::INTEGER AS customer_id, if(range % 2 = 0, 'even', 'odd')::ENUM ('even', 'odd') AS parity FROM range(4)"),
		"campaigns.csv":     "campaign_id\nc\n",
		"arms.csv":          "campaign_id,arm\nc,a\n",
		"assignments.parquet": parquet(t, `SELECT 'c' AS campaign_id, range::VARCHAR AS customer_id, 'a' AS arm, range = 1 AS visited, range::TINYINT AS clicked,
			range::DOUBLE AS converted, range::DECIMAL(9, 3) + 0.125 AS revenue, CAST(range AS DOUBLE) / 8 AS pre_value FROM range(2)`),
	}.load(t)
	b.who(t, "0", "1")
	b.check(t, "SELECT id, visited, clicked, converted, revenue, pre_value FROM assignments JOIN who USING (customer) ORDER BY id", `
		0|false|false|false|13|0
		1|true|true|true|113|13`)
	b.check(t, "SELECT parity, people FROM segments", "even|2\nodd|2")
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// zstandard compresses text by way of DuckDB, whose CSV writer leaves a text of
// one column without quotes as it is.
func zstandard(t testing.TB, text string) string {
	t.Helper()
	return copied(t, "SELECT "+store.Literal(strings.TrimSuffix(text, "\n")), "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01', COMPRESSION zstd")
}

// parquet is the Parquet file of a query's rows.
func parquet(t testing.TB, query string) string {
	t.Helper()
	return copied(t, query, "FORMAT parquet")
}

func copied(t testing.TB, query, options string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if _, err := memory(t).Exec("COPY (" + query + ") TO " + store.Literal(path) + " (" + options + ")"); err != nil {
		t.Fatal(err)
	}
	return read(t, path)
}
