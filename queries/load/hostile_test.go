package load

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Files that are no tables: one error in one line that names the file.
func TestUnreadableFiles(t *testing.T) {
	t.Parallel()
	table := parquet(t, "SELECT range AS customer_id FROM range(1000)")
	text := "customer_id\n" + numbered(1, 100_000, "%d\n")
	zipped, standard := gzipped(t, text), zstandard(t, text)
	flipped := func(s string) string { return s[:len(s)/2] + string([]byte{s[len(s)/2] ^ 0x55}) + s[len(s)/2+1:] }
	for name, f := range map[string]struct {
		file, content string
		mentions      []string
	}{
		"empty":                   {"customers.csv", "", []string{"empty"}},
		"empty gzip":              {"customers.csv.gz", gzipped(t, ""), nil},
		"newlines":                {"customers.csv", "\n\n\n", nil},
		"byte order mark":         {"customers.csv", "\ufeff", nil},
		"garbage":                 {"customers.csv", strings.Repeat("\x00\x01\x02\xff\xfe\x80\n,", 1000), nil},
		"compressed without name": {"customers.csv", zipped, nil},
		"UTF-16 without its mark": {"customers.csv", "c\x00u\x00s\x00t\x00o\x00m\x00e\x00r\x00_\x00i\x00d\x00\n\x001\x00\n\x00", []string{"UTF-8"}},
		"NUL in the header":       {"customers.csv", "customer_id,reg\x00ion\n1,QC\n", []string{"UTF-8"}},
		"lines end in two ways":   {"customers.csv", "customer_id,region\n1,QC\r\n2,QC\n3,QC\r\n", []string{"lines end alike"}},
		"and do so late":          {"customers.csv", "customer_id,region\n" + numbered(1, 3*sniffed, "%d,QC\n") + "x,QC\r\ny,QC\n", []string{"lines end alike"}},
		"a name too long":         {"customers.csv", "customer_id," + strings.Repeat("x", 5000) + "\n1,2\n", []string{"header"}},
		"another table":           {"customers.csv", "nr,region\n1,QC\n", []string{"no column customer_id", "nr, region"}},
		"nothing but a comment":   {"customers.csv", "# exported by a machine\ncustomer_id,region\n1,QC\n", []string{"no column customer_id"}},
		"escapes in the header":   {"customers.csv", "\"a\nb\x1b[31m\",\"c\td\"\n1,2\n", []string{"no column customer_id"}},
		"hundreds of columns":     {"customers.csv", "x" + numbered(1, 600, ",c%d") + "\n1" + strings.Repeat(",1", 600) + "\n", []string{"no column customer_id", "more"}},
		"thousands of dimensions": {"customers.csv", "customer_id" + numbered(1, 5000, ",c%d") + "\n1" + strings.Repeat(",1", 5000) + "\n", []string{"5000 columns", "mapping"}},
		"no gzip":                 {"customers.csv.gz", "customer_id\n1\n", nil},
		"gzip cut off":            {"customers.csv.gz", zipped[:len(zipped)/2], []string{"cut off"}},
		"gzip without its end":    {"customers.csv.gz", zipped[:len(zipped)-1], []string{"cut off"}},
		"gzip, damaged":           {"customers.csv.gz", flipped(zipped), []string{"damaged"}},
		"no zstd":                 {"customers.csv.zst", "customer_id\n1\n", nil},
		"zstd cut off":            {"customers.csv.zst", standard[:len(standard)/2], []string{"cut off"}},
		"zstd without its end":    {"customers.csv.zst", standard[:len(standard)-1], []string{"cut off"}},
		"no Parquet":              {"customers.parquet", "customer_id\n1\n", nil},
		"empty Parquet":           {"customers.parquet", "", nil},
		"Parquet cut off":         {"customers.parquet", table[:len(table)/2], nil},
		"Parquet without its end": {"customers.parquet", table[:len(table)-1], nil},
		"Parquet, damaged":        {"customers.parquet", table[:len(table)-40] + strings.Repeat("\xff", 32) + table[len(table)-8:], nil},
		"Parquet, another table":  {"customers.parquet", parquet(t, "SELECT 1 AS nr"), []string{"no column customer_id", "nr"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files{f.file: f.content}.loadError(t, append(f.mentions, f.file)...)
		})
	}
}

// Things named like files that are none. A pipe would block for ever.
func TestNotFiles(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func(path string) error{
		"folder":          func(path string) error { return os.Mkdir(path, 0o700) },
		"pipe":            func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"link to nothing": func(path string) error { return os.Symlink("nothing", path) },
		"link to itself":  func(path string) error { return os.Symlink("customers.csv", path) },
		"unreadable": func(path string) error {
			if os.Getuid() == 0 {
				t.Log("root reads every file: the unreadable one is not tried")
				return os.Symlink("nothing", path)
			}
			return os.WriteFile(path, []byte("customer_id\n"), 0)
		},
	} {
		folder := files{"accord.toml": "customers.from = 'customers.csv'"}.in(t, t.TempDir())
		path := filepath.Join(folder, "customers.csv")
		if err := make(path); err != nil {
			t.Fatal(err)
		}
		for _, source := range []string{path, folder} {
			done := time.AfterFunc(20*time.Second, func() { panic(name + ": the load hangs") })
			_, err := Load(context.Background(), Options{Sources: []string{source}, Out: filepath.Join(folder, "store.duckdb"), Key: testKey})
			done.Stop()
			if name == "folder" && source == path {
				checkError(t, err, "nothing to load") // a folder may be a source
			} else {
				checkError(t, err, "customers.csv")
			}
		}
		checkFolder(t, folder, "accord.toml", "customers.csv")
	}
}

// Folders and files may have any name, and may be links.
func TestHostilePaths(t *testing.T) {
	t.Parallel()
	// One within the other, but for the backslash: DuckDB has no way to say it
	// beside marks of patterns.
	for _, name := range []string{"d [2018]/[a/d*/d'q\"; DROP TABLE x; --/a;b {c}/é 都市/new\nline/%s%n/~/-o", "back\\slash"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), name)
			files{"accord.toml": "customers.from = 'cust*.csv'", "customers.csv": "customer_id\n1\n2\n", ".accord-load-1/litter": ""}.in(t, folder)
			b := load(t, Options{Sources: []string{folder}, Out: filepath.Join(folder, "store.duckdb")})
			b.check(t, "SELECT count(*) FROM customers", "2")
			checkFolder(t, folder, "accord.toml", "customers.csv", "store.duckdb")
		})
	}
	t.Run("files", func(t *testing.T) {
		f := files{}
		for i, name := range []string{"-[1]", "-*", "-?", "-'; DROP TABLE customers; --", "-\x1b[31m", "-a,b", "-é", ".2018 (1)", "-\n"} {
			f["customers"+name+".csv"] = fmt.Sprintf("customer_id\n%d\n", i)
		}
		f.load(t).check(t, "SELECT count(*) FROM customers", "9")
	})
	t.Run("links", func(t *testing.T) {
		folder := files{"real/some.csv": "customer_id\n1\n"}.in(t, t.TempDir())
		for link, to := range map[string]string{"real/customers.csv": "some.csv", "linked": "real"} {
			if err := os.Symlink(to, filepath.Join(folder, link)); err != nil {
				t.Fatal(err)
			}
		}
		load(t, Options{Sources: []string{filepath.Join(folder, "linked")}}).check(t, "SELECT count(*) FROM customers", "1")
	})
}

// hostile are texts that somebody may take for something else.
var hostile = []string{
	"'; DROP TABLE customers; --", "\"); DELETE FROM store.meta; --", "$1", "?", "%s%n", "\x1b[31mred\x1b[0m", "\u202eright to left", "=cmd|' /C calc'!A0",
	"+1", "-1", "@SUM(A1)", "{}", "[]", "NULL", "\\N", "\\", "\\x00", "a\nb", "a\tb", "\u200b", "é\u0301", "👩‍👩‍👧", "<script>alert(1)</script>", "../../etc/passwd",
}

// Values arrive in the store as they are in the file.
func TestHostileValues(t *testing.T) {
	t.Parallel()
	quoted := func(s string) string { return "\"" + strings.ReplaceAll(s, "\"", "\"\"") + "\"" }
	f := files{"customers.csv": "customer_id,note\n", "campaigns.csv": "campaign_id,name,channel,control_arm\n", "arms.csv": "campaign_id,arm,content\n",
		"assignments.csv": "campaign_id,customer_id,arm,delivered_content\n", "consents.csv": "customer_id,purpose,state,occurred_at,channel,notice_version,source,method\n"}
	for _, h := range hostile {
		q := quoted(h)
		note := quoted(h + "3") // an identifier of a customer would not be a dimension
		f["customers.csv"] += q + "," + note + "\n" + quoted(h+"2") + "," + note + "\n"
		f["campaigns.csv"] += strings.Join([]string{q, q, q, q}, ",") + "\n"
		f["arms.csv"] += strings.Join([]string{q, q, q}, ",") + "\n"
		f["assignments.csv"] += strings.Join([]string{q, q, q, q}, ",") + "\n"
		f["consents.csv"] += strings.Join([]string{q, q, "given", "2018-01-01", q, q, q, q}, ",") + "\n"
	}
	b := f.load(t)
	b.check(t, "SELECT input, rows_rejected FROM sources ORDER BY input", "arms|0\nassignments|0\ncampaigns|0\nconsents|0\ncustomers|0")
	for _, column := range []string{"segments.note", "campaigns.campaign_id", "campaigns.name", "campaigns.channel", "campaigns.control_arm", "arms.arm", "arms.content",
		"assignments.arm", "assignments.delivered_content", "consents.purpose", "consents.channel", "consents.notice_version", "consents.source", "consents.method"} {
		table, name, _ := strings.Cut(column, ".")
		for _, h := range hostile {
			var n int
			if name == "note" {
				h += "3"
			}
			if err := b.db.QueryRow("SELECT count(*) FROM "+table+" WHERE "+name+" = ?", h).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				t.Errorf("%s does not hold %q", column, h)
			}
		}
	}
	for _, h := range hostile {
		b.check(t, "SELECT count(*) FROM customers WHERE pseudonym = '"+pseudonym(testKey, h)+"'", "1")
	}
}

// A cell of 10 MB is a value too long, and no more.
func TestHugeCells(t *testing.T) {
	t.Parallel()
	huge := strings.Repeat("x", 10<<20)
	b := files{
		"customers.csv": "customer_id,note\n1,a\n2," + huge + "\n3,a\n" + huge + ",a\n",
	}.load(t)
	b.check(t, "SELECT rule, column_name, rows FROM rejects", "too_long|customer_id|1")
	b.check(t, "SELECT count(*) FROM customers", "3")
	if len(b.LeftOut) != 1 || b.LeftOut[0].Why != whyFreeText {
		t.Errorf("left out: %.200v", b.LeftOut)
	}
}
