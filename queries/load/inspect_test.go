package load

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shopOfAll has inputs in several formats, two exports that presets know, and
// names that are not canonical.
func shopOfAll(t testing.TB) files {
	f := files{
		"clients-fr.csv": "No. client;Date d'inscription;Région;Courriel\nA1;03/11/2017;Québec;z@example.com\nA2;25/12/2017;ON;y@example.com\n",
		"clients.json":   `[{"id": "A3", "Région": "ON", "created": "2018-01-01T00:00:00Z", "Member's \"tier\"": "gold"}]`,
		"achats.parquet": parquet(t, "SELECT 'A1' AS client_id, DATE '2018-05-01' AS order_date, 12.5 AS total"),
		"survey.csv":     "id,attitude,poids,Âge\nr1,willing,\"1,5\",18-24\nr2,sceptical,1,25-34\n",
		"consents.jsonl": `{"customer_id": "A1", "purpose": "news", "status": "given", "date": "2018-02-03T10:00:00Z"}` + "\nnot an object\n",
		"notes.csv":      "any,thing\n1,2\n",
	}
	maps.Copy(f, mailchimpAudience)
	return f
}

// A mapping that is written of what was understood loads the same store.
func TestWrittenMapping(t *testing.T) {
	t.Parallel()
	folder := shopOfAll(t).in(t, t.TempDir())
	o := Options{Sources: []string{folder}, Timezone: "America/Toronto", Key: testKey}
	outline, err := Inspect(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "written.toml")
	if err := outline.WriteMapping(path); err != nil {
		t.Fatal(err)
	}
	checkError(t, outline.WriteMapping(path), "there already")
	direct, mapped := load(t, o), load(t, Options{Sources: []string{path}})
	for _, table := range rows(t, direct.db, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'built' AND table_name <> 'sources'") {
		query := "FROM " + table + " ORDER BY ALL"
		if diff := cmp.Diff(rows(t, direct.db, query), rows(t, mapped.db, query)); diff != "" {
			t.Errorf("%s differs (-direct +mapped):\n%s\n%s", table, diff, read(t, path))
		}
	}
	direct.check(t, "SELECT input, rows_loaded FROM sources ORDER BY 1", "consents|7\ncustomers|8\npurchases|1\nsurvey|2")
	mapped.check(t, "SELECT input, rows_loaded FROM sources ORDER BY 1", "consents|7\ncustomers|8\npurchases|1\nsurvey|2")
}

// The outline says of every column what it would become, and masks who is who.
func TestOutline(t *testing.T) {
	t.Parallel()
	folder := shopOfAll(t).in(t, t.TempDir())
	before := contents(t, folder)
	outline, err := Inspect(context.Background(), Options{Sources: []string{folder}, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, s := range outline.Sources {
		if s.Name == "clients-fr.csv" || s.Name == "unsubscribed_members_export_1a2b.csv" && s.Input == "customers" {
			fmt.Fprintf(&got, "%s %s %s %s\n", s.Input, s.Name, s.Format, s.Preset)
			for _, c := range s.Columns {
				fmt.Fprintf(&got, "%s <- %s: %s, %s\n", c.To, c.From, c.Why, strings.Join(c.Samples, "; "))
			}
		}
	}
	want := `customers clients-fr.csv CSV ; 
customer_id <- No. client: by another name, X9; X9
created_at <- Date d'inscription: by another name, 03/11/2017; 25/12/2017
 <- Région: a candidate dimension, Xxxxxx; XX
 <- Courriel: identifies a person directly, 
`
	if diff := cmp.Diff(want, got.String()[:min(len(want), got.Len())]); diff != "" {
		t.Errorf("(-want +got)\n%s", strings.ReplaceAll(diff, "Xxéxxx", ""))
	}
	for _, secret := range []string{"A1", "A2", "cam@", "Cam", "198.51"} {
		if strings.Contains(got.String(), secret) {
			t.Errorf("the outline shows %q:\n%s", secret, got.String())
		}
	}
	if strings.Join(outline.Unread, ",") != "notes.csv" || strings.Join(outline.Absent, ",") != "campaigns,arms,assignments,engagements,notices,factors,interactions" {
		t.Errorf("unread %v, absent %v", outline.Unread, outline.Absent)
	}
	if diff := cmp.Diff(before, contents(t, folder)); diff != "" {
		t.Errorf("the folder changed: %s", diff)
	}
	// What is missing is said, and is no error.
	poor := files{"consents.csv": "customer_id,purpose\n1,news\n"}.in(t, t.TempDir())
	outline, err = Inspect(context.Background(), Options{Sources: []string{poor}, Key: testKey})
	if err != nil || outline.Sources[0].Missing[0].Name != "state" || outline.Absent[0] != "customers" {
		t.Errorf("%+v, %v", outline, err)
	}
	if _, err := Inspect(context.Background(), Options{Sources: []string{t.TempDir()}, Key: testKey}); err == nil {
		t.Error("an outline of nothing")
	}
}

// Any text is a TOML text that reads back.
func TestTOMLText(t *testing.T) {
	t.Parallel()
	for _, text := range append(hostile, `"No. client"`, `"Date d'inscription"`, `x = "a" -- 'b'`, "\"a\nb\"") {
		path := filepath.Join(t.TempDir(), "m.toml")
		if err := os.WriteFile(path, []byte("[customers]\nfrom = "+tomlText(text)), 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := ReadMapping(path)
		if err != nil || m.Customers[0].From != text {
			t.Errorf("%q reads as %+v, %v", text, m.Customers, err)
		}
	}
}
