package load

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// places lists where the report says that rows of an input were rejected.
func (r Report) places(input string) []string {
	var out []string
	if s := r.source(input); s != nil {
		for _, rule := range s.Rules {
			for _, p := range rule.Examples {
				out = append(out, fmt.Sprintf("%s: %s %s", p, rule.Rule, rule.Column))
			}
		}
	}
	slices.Sort(out)
	return out
}

// Rejected rows are pointed to by file and line, whatever lies before them.
func TestPlacesOfRejects(t *testing.T) {
	t.Parallel()
	const body = "1,QC,2018-01-01\n2,\"Q\nC\",soon\n\n3,a,b,c\n4,\"say \"\"x\ny\"\"\",2018-01-01\n5,\xff,\n6,QC,never\n"
	csv := "customer_id,région,created_at\n" + body
	want := "$ line 3: unreadable created_at\n$ line 6: malformed_line \n$ line 9: malformed_line \n$ line 10: unreadable created_at"
	for name, test := range map[string]struct {
		files files
		want  string
	}{
		"CSV":          {files{"customers.csv": csv}, want},
		"CRLF":         {files{"customers.csv": strings.ReplaceAll(csv, "\n", "\r\n")}, want},
		"CR":           {files{"customers.csv": strings.ReplaceAll(csv, "\n", "\r")}, want},
		"mark":         {files{"customers.csv": "\ufeff" + csv}, want},
		"gzip":         {files{"customers.csv.gz": gzipped(t, csv)}, want},
		"one column":   {files{"customers.csv": "customer_id\n1\n\n2\n1\n"}, "$ line 3: missing customer_id\n$ line 5: duplicate customer_id"},
		"UTF-16":       {files{"customers.csv": "\xff\xfe" + strings.Join(strings.Split("customer_id,left_at\n1,x\n", ""), "\x00") + "\x00"}, "$ line 2: unreadable left_at"},
		"JSON lines":   {files{"customers.ndjson": "{\"customer_id\": 1}\n\n{\"customer_id\": 1}\nx\n"}, "$ line 3: duplicate customer_id\n$ line 4: malformed_line "},
		"JSON array":   {files{"customers.json": `[{"customer_id": 1}, {"customer_id": null}]`}, "$ row 2: missing customer_id"},
		"Parquet":      {files{"customers.parquet": parquet(t, "SELECT unnest([1, 2, 1]) AS customer_id")}, "$ row 3: duplicate customer_id"},
		"second files": {files{"customers-1.csv": "customer_id\n1\n2\n", "customers-2.csv": "customer_id\n3\n1\n", "customers-3.json": `[{"customer_id": 4}, {"customer_id": 2}]`}, "customers-2.csv line 3: duplicate customer_id\ncustomers-3.json row 2: duplicate customer_id"},
		"set aside":    {files{"accord.toml": "[customers]\nfrom = 'customers.csv'\nwhere = \"kind = 'c'\"\ncolumns = { customer_id = 'nr' }", "customers.csv": "nr,kind\n1,c\n2,x\n1,c\n"}, "$ line 4: duplicate customer_id"},
		"relation":     {files{"accord.toml": "[customers]\nfrom = '(SELECT unnest([1, 1]) AS customer_id)'"}, "(query) row 2: duplicate customer_id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := test.files.load(t)
			got := b.places("customers")
			file := strings.Split(b.Sources[0].Name, ",")[0]
			want := lines(strings.ReplaceAll(test.want, "$", file))
			for i, g := range got {
				got[i] = strings.TrimSpace(g)
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s\n%+v", diff, b.Sources[0])
			}
		})
	}
}

// Rows that are found wanting later, by comparison with others, are pointed to
// as well.
func TestPlacesOfLateRejects(t *testing.T) {
	t.Parallel()
	b := files{
		"customers.csv": "customer_id\n1\n2\n", "campaigns.csv": "campaign_id\nc\nd\n", "arms.csv": "campaign_id,arm\nc,a\nd,a\n",
		"assignments.csv": "campaign_id,customer_id,arm\nc,1,a\nc,2,a\nc,1,a\nz,1,a\n",
		"engagements.csv": "campaign_id,customer_id,kind,occurred_at\nc,1,open,2018-01-01\nd,1,open,2018-01-01\nc,1,open,2018-01-01\n",
	}.load(t)
	if diff := cmp.Diff([]string{"assignments.csv line 4: duplicate customer_id", "assignments.csv line 5: not_found campaign_id"}, b.places("assignments")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"engagements.csv line 3: not_found assignment", "engagements.csv line 4: repeated "}, b.places("engagements")); diff != "" {
		t.Error(diff)
	}
}

// rejectsOf loads with a file for rejected rows and returns its rows.
func rejectsOf(t testing.TB, o Options) ([][]string, error) {
	t.Helper()
	o.Key, o.Rejects = testKey, filepath.Join(t.TempDir(), "rejects.csv")
	if o.Out == "" {
		o.Out = filepath.Join(t.TempDir(), "store.duckdb")
	}
	_, err := Load(context.Background(), o)
	info, stat := os.Stat(o.Rejects)
	if stat != nil {
		checkFolder(t, filepath.Dir(o.Rejects))
		return nil, err
	}
	if info.Mode() != 0o600 {
		t.Errorf("the rejects have mode %v", info.Mode())
	}
	checkFolder(t, filepath.Dir(o.Rejects), "rejects.csv")
	found, read := csv.NewReader(strings.NewReader(read(t, o.Rejects))).ReadAll()
	if read != nil {
		t.Fatal(read)
	}
	return found[1:], err
}

// The rows that were rejected, as they are in the files.
func TestRejectsFile(t *testing.T) {
	t.Parallel()
	many := "customer_id,created_at\n" + numbered(1, 20, "%d,soon\n") + "x,\"a\nb\",c\n"
	folder := files{"customers.csv": many, "consents.ndjson": "{\"customer_id\": 1, \"state\": \"given\", \"occurred_at\": \"2018-01-01\", \"purpose\": null}\nbroken\n", "survey.json": `[{"respondent_id": 1, "stance": "keen"}]`}.in(t, t.TempDir())
	found, err := rejectsOf(t, Options{Sources: []string{folder}})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{}
	for i := range 20 {
		want = append(want, []string{"customers", "customers.csv", fmt.Sprint(i + 2), ruleUnread, "created_at", fmt.Sprintf("%d,soon", i+1)})
	}
	want = append(want, []string{"customers", "customers.csv", "22", ruleMalformed, "", "x,\"a\nb\",c"},
		[]string{"consents", "consents.ndjson", "1", ruleMissing, "purpose", "{\"customer_id\": 1, \"state\": \"given\", \"occurred_at\": \"2018-01-01\", \"purpose\": null}"}, []string{"consents", "consents.ndjson", "2", ruleMalformed, "", "broken"},
		[]string{"survey", "survey.json", "1", ruleUnknown, "stance", `{" line":"{\"respondent_id\":1,\"stance\":\"keen\"}"`})
	for i := range want {
		if i == len(want)-1 && i < len(found) && strings.Contains(found[i][5], "keen") {
			found[i][5] = want[i][5]
		}
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, err := rejectsOf(t, Options{Sources: []string{folder}, Timezone: "Mars"}); err == nil {
		t.Error("no error")
	}
}

// Too many rejects fail the load, which leaves the store and still says which
// rows they were.
func TestMaxRejects(t *testing.T) {
	t.Parallel()
	folder := files{"customers.csv": "customer_id\n" + numbered(1, 99, "%d\n") + "1\n"}.in(t, t.TempDir())
	share := func(f float64) *float64 { return &f }
	for _, test := range []struct {
		most  *float64
		fails bool
	}{{share(0.01), false}, {share(0.0099), true}} {
		out, before := oldStore(t)
		found, err := rejectsOf(t, Options{Sources: []string{folder}, Out: out, MaxRejects: test.most})
		if len(found) != 1 || found[0][5] != "1" {
			t.Errorf("rejected: %q", found)
		}
		if !test.fails {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		checkError(t, err, "customers: 1 of 100", "customers.csv line 101", "duplicate")
		if read(t, out) != before {
			t.Error("the store changed")
		}
		checkFolder(t, filepath.Dir(out), "store.duckdb")
	}
}

// One event that is delivered twice is one, in two files always, in one file
// where it cannot have happened twice.
func TestEventsDeliveredTwice(t *testing.T) {
	t.Parallel()
	const consents, purchases, interactions = "customer_id,purpose,state,occurred_at,received_at,proof\n", "customer_id,occurred_at,amount\n", "customer_id,occurred_at,channel\n"
	b := files{
		"customers.csv":      "customer_id\n1\n2\n",
		"consents-1.csv":     consents + "1,news,given,2018-01-01,2018-01-02,x\n1,news,given,2018-01-01,,y\n1,ads,given,2018-01-01,,\n2,news,requested,2018-01-01,,\n",
		"consents-2.csv":     consents + "1,news,given,2018-01-01T00:00:00Z,2018-02-02,x\n2,news,given,2018-01-01,,\n",
		"purchases-1.csv":    purchases + "1,2018-01-01,5\n1,2018-01-01,5\n2,2018-01-01,5\n",
		"purchases-2.csv":    purchases + "1,2018-01-01,5.00\n1,2018-01-01,6\n2,2018-01-01,5\n2,2018-01-01,5\n",
		"interactions-1.csv": interactions + "1,2018-01-01,web\n1,2018-01-01,web\n",
	}.load(t)
	b.check(t, "SELECT input, rows_read, rows_loaded FROM sources ORDER BY input", "consents|6|4\ncustomers|2|2\ninteractions|2|2\npurchases|7|5")
	b.check(t, "SELECT input, rule, column_name, rows FROM rejects ORDER BY input", "consents|repeated||2\npurchases|repeated||2")
	b.check(t, "SELECT amount, count(*) FROM purchases GROUP BY ALL ORDER BY ALL", "500|4\n600|1")
	if diff := cmp.Diff([]string{"purchases-2.csv line 2: repeated ", "purchases-2.csv line 4: repeated "}, b.places("purchases")); diff != "" {
		t.Error(diff)
	}
}

// However files are mangled, every row is loaded or rejected, and every rejected
// row is written out as it stands in its line.
func TestMangledFiles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		cell := rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "news", "given", "withdrawn", "2018-01-01", "2018-02-30", "", "  ", "\"", "\"a", "a\"b", "\"a,b\"", "x,y", "\xff", "é", "'", "\\", "\t", ";", "NULL", "-1", strings.Repeat("z", 300)})
		mangle := func(header string, good func(i int) string) string {
			out := []string{header}
			for i := range rapid.IntRange(1, 60).Draw(r, "rows") {
				row := strings.Split(good(i), ",")
				if rapid.IntRange(0, 3).Draw(r, "mangled") == 0 {
					row[rapid.IntRange(0, len(row)-1).Draw(r, "column")] = cell.Draw(r, "cell")
				}
				if rapid.IntRange(0, 20).Draw(r, "short") == 0 {
					row = row[1:]
				}
				out = append(out, strings.Join(row, ","))
				if rapid.IntRange(0, 20).Draw(r, "blank") == 0 {
					out = append(out, "")
				}
			}
			return strings.Join(out, rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(r, "end"))
		}
		f := files{
			"customers-1.csv": mangle("customer_id,created_at,région", func(i int) string { return fmt.Sprintf("%d,2018-01-01,QC", i) }),
			"customers-2.csv": mangle("région,customer_id,created_at", func(i int) string { return fmt.Sprintf("QC,%d,2018-01-01", i+30) }),
			"consents.csv":    mangle("customer_id,purpose,state,occurred_at", func(i int) string { return fmt.Sprintf("%d,news,given,2018-01-%02d", i, 1+i%28) }),
			"purchases.csv":   mangle("customer_id,occurred_at,amount", func(i int) string { return fmt.Sprintf("%d,2018-01-01,%d.5", i, i) }),
		}
		folder := f.in(t, t.TempDir())
		o := Options{Sources: []string{folder}, Out: filepath.Join(t.TempDir(), "store.duckdb"), Key: testKey, Rejects: filepath.Join(t.TempDir(), "rejects.csv")}
		report, err := Load(context.Background(), o)
		if err != nil {
			if strings.Contains(err.Error(), "read as CSV") || strings.Contains(err.Error(), "no column") {
				return // quotes that do not close, so that the header is another
			}
			r.Fatal(err)
		}
		all, err := csv.NewReader(strings.NewReader(read(t, o.Rejects))).ReadAll()
		if err != nil {
			r.Fatal(err)
		}
		written := map[string]int64{}
		for _, w := range all[1:] {
			written[w[0]]++
			text := strings.ReplaceAll(f[w[1]], "\r\n", "\n")
			if !strings.Contains(text, "é") { // read as Latin-1
				text = strings.ReplaceAll(text, "\xff", "ÿ")
			}
			var at int
			fmt.Sscan(w[2], &at)
			tail := strings.Join(strings.Split(text, "\n")[at-1:], "\n")
			if !strings.HasPrefix(tail, strings.ReplaceAll(w[5], "\r\n", "\n")) {
				r.Errorf("%s line %s is not %q\n%s", w[1], w[2], w[5], text)
			}
		}
		db := open(t, o.Out)
		defer db.Close()
		for _, s := range report.Sources {
			if s.Read != s.Loaded+s.Rejected || written[s.Input] != s.Rejected {
				r.Errorf("%s: read %d, loaded %d, rejected %d, written out %d\n%q", s.Input, s.Read, s.Loaded, s.Rejected, written[s.Input], f)
			}
			if n := rows(t, db, "SELECT count(*) FROM "+s.Input)[0]; n != fmt.Sprint(s.Loaded) {
				r.Errorf("%s: %d loaded, %s in the store", s.Input, s.Loaded, n)
			}
		}
	})
}
