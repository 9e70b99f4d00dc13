package load

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Any bytes as customers.csv are an error and no file, or a store that holds
// together.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"customer_id,created_at,left_at,région\nann,2018-01-01,,\"a, \"\"b\"\"\"\nbob,,x,\n",
		"\ufeffcustomer_id;age\r\n1;17\r\n2;\"\r\n3;NaN\r\n",
		"customer_id\n\x00\n\xff\n'\n\"\"\"\n",
		"customer_id,customer,people,segment_id,customer_id\n1,2,3,4,5\n",
		"CUSTOMER_ID\tcreated_at\n1\t294247-01-10 04:00:54.775807\n2\t-infinity\n",
		"\n\n#\ncustomer_id|x\n1|2\n",
		"customer_id,\"a\nb\",\"x\"\"y\"\n1,2,3\n1,2\n",
		"",
		"\x1f\x8b\x08",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, csv []byte) {
		folder := t.TempDir()
		source, out := filepath.Join(folder, "customers.csv"), filepath.Join(folder, "store.duckdb")
		if err := os.WriteFile(source, csv, 0o600); err != nil {
			t.Fatal(err)
		}
		report, err := Load(context.Background(), Options{Sources: []string{source}, Out: out, Key: testKey})
		if err != nil {
			checkError(t, err, "customers.csv")
			checkFolder(t, folder, "customers.csv")
			return
		}
		checkFolder(t, folder, "customers.csv", "store.duckdb")
		if s := report.Sources[0]; s.Read != s.Loaded+s.Rejected || s.Loaded < 0 || s.Rejected < 0 {
			t.Errorf("read %d, loaded %d, rejected %d", s.Read, s.Loaded, s.Rejected)
		}
		b := built{report, out, open(t, out)}
		defer b.db.Close()
		got := rows(t, b.db, `SELECT (SELECT count(*) FROM customers) = rows_loaded, (SELECT count(DISTINCT pseudonym) FROM customers) = rows_loaded,
			(SELECT coalesce(sum(people), 0) FROM segments) = rows_loaded, (SELECT coalesce(sum(rows), 0) FROM rejects) = rows_rejected,
			(SELECT count(*) FROM customers WHERE segment NOT IN (SELECT segment_id FROM segments)) FROM sources`)
		if diff := cmp.Diff([]string{"true|true|true|true|0"}, got); diff != "" {
			t.Errorf("the store does not hold together (-want +got):\n%s\n%+v", diff, report)
		}
	})
}
