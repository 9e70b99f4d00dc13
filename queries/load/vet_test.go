package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A mapping that comes with files may read them and compute, and nothing else.
func TestMappingsCannotAct(t *testing.T) {
	t.Parallel()
	for what, mapping := range map[string]string{
		"a statement in from":        `[customers]` + "\nfrom = \"(SELECT 1 AS customer_id) AS x); COPY (SELECT 1) TO 'WRITTEN' ; SELECT * FROM (SELECT 2\"",
		"a statement in a column":    `[customers]` + "\nfrom = 'people.csv'\ncolumns.customer_id = \"id); COPY (SELECT 1) TO 'WRITTEN' ; SELECT (1\"",
		"a statement in where":       `[customers]` + "\nfrom = 'people.csv'\nwhere = \"true) ; CREATE TABLE x AS (SELECT 1\"\ncolumns.customer_id = 'id'",
		"the key":                    `[customers]` + "\nfrom = 'people.csv'\ncolumns.customer_id = 'id'\ndimensions.p = \"hex(getvariable('hmac_inner'))\"",
		"the environment":            `[customers]` + "\nfrom = 'people.csv'\ncolumns.customer_id = 'id'\ndimensions.p = \"getenv('ACCORD_KEY')\"",
		"a file":                     `[customers]` + "\nfrom = 'people.csv'\ncolumns.customer_id = 'id'\ndimensions.p = \"(SELECT content FROM read_text('people.csv'))\"",
		"another table":              `[customers]` + "\nfrom = 'people.csv'\ncolumns.customer_id = 'id'\ndimensions.p = \"(SELECT max(id) FROM 'people.csv')\"",
		"a file as text in from":     `[customers]` + "\nfrom = \"(SELECT content AS customer_id FROM read_text('people.csv'))\"",
		"a query made of text":       `[customers]` + "\nfrom = \"(SELECT * FROM query('SELECT 1 AS customer_id'))\"",
		"settings":                   `[customers]` + "\nfrom = \"(SELECT name AS customer_id FROM duckdb_settings())\"",
		"a function named in quotes": `[customers]` + "\nfrom = 'people.csv'\ncolumns.customer_id = 'id'\ndimensions.p = '''\"GetVariable\"('as_of')'''",
	} {
		dir := files{"people.csv": "id,region\n1,QC\n2,ON\n", "accord.toml": strings.ReplaceAll(mapping, "WRITTEN", "written.csv")}.in(t, t.TempDir())
		out := filepath.Join(t.TempDir(), "x.duckdb")
		if _, err := Load(t.Context(), Options{Sources: []string{dir}, Out: out, Key: testKey}); err == nil {
			t.Errorf("%s was loaded", what)
		} else if !strings.Contains(err.Error(), "customers from ") {
			t.Errorf("%s: the error does not say where: %v", what, err)
		}
		for _, place := range []string{dir, filepath.Dir(out), "."} {
			if _, err := os.Stat(filepath.Join(place, "written.csv")); err == nil {
				t.Errorf("%s was written", what)
			}
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s left a store", what)
		}
	}
}

// What stands in a first line that is no header may be personal.
func TestErrorsNameNoValues(t *testing.T) {
	t.Parallel()
	dir := files{"customers.csv": "anna.secret00@private.ca,2016-01-01,A\nbob.secret01@private.ca,2016-01-02,B\n"}.in(t, t.TempDir())
	_, err := Load(t.Context(), Options{Sources: []string{dir}, Out: filepath.Join(t.TempDir(), "x.duckdb"), Key: testKey})
	if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "2016") {
		t.Errorf("the error tells of people: %v", err)
	}
}
