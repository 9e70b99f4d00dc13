package load

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// secrets are what identifies the person with number i.
func secrets(i int) []string {
	return []string{
		fmt.Sprintf("ORIGINAL-%04d-id", i), fmt.Sprintf("jane%04d@example.com", i), fmt.Sprintf("+1 514 555 %04d", i), fmt.Sprintf("514555%04d", i),
		fmt.Sprintf("Jane%04d Tremblay", i), fmt.Sprintf("%04d rue Sainte-Catherine", i), fmt.Sprintf("198.51.%d.%d", i/200, i%200), fmt.Sprintf("2001:db8:0:%x::%x:1:2", i, i),
	}
}

// people writes files about n people, whose secrets stand wherever files have
// them; most have none in the columns that only a look at their values tells.
func people(n int) files {
	f := files{
		"accord.toml":   "title = 'Findable in the store'",
		"customers.csv": "customer_id,Email Address,telephone,name,street_address,optin_ip,region,contact,contact_no,handle,where_from,place,referred_by\n",
		"consents.csv":  "customer_id,purpose,state,occurred_at,proof\n", "campaigns.csv": "campaign_id\nfindable-campaign\n", "arms.csv": "campaign_id,arm\nfindable-campaign,a\n",
		"assignments.csv": "campaign_id,customer_id,arm,revenue\n", "survey.csv": "respondent_id,stance,customer_id,e-mail,mood,said\n",
	}
	for i := range n {
		s := secrets(i)
		rare := []string{"", "", "", "", "", ""}
		if i < 10 {
			rare = []string{s[2], s[3], s[1], s[6], s[7], secrets(i + 1)[0]}
		}
		f["customers.csv"] += strings.Join(append([]string{s[0], s[1], s[2], s[4], s[5], s[6], []string{"QC", "ON"}[i%2]}, rare...), ",") + "\n"
		f["consents.csv"] += s[0] + ",news,given,2018-01-01," + s[1] + "\n"
		f["assignments.csv"] += "findable-campaign," + s[0] + ",a,1\n"
		f["survey.csv"] += fmt.Sprintf("%s-answer,willing,%s,%s,%s,%s\n", s[0], s[0], s[1], []string{"good", "bad"}[i%2], "by <"+rare[2]+">")
	}
	return f
}

// Nothing that identifies a person is in the store's bytes or values, or in
// anything else that a load leaves.
func TestNothingIdentifiesInStore(t *testing.T) {
	t.Parallel()
	const n = 300
	target := t.TempDir()
	source := people(n)
	source["consents.csv"] += secrets(0)[0] + ",news,maybe,2018-01-01," + secrets(0)[1] + "\n" + secrets(0)[2] + "\n" // rejected
	folder := source.in(t, t.TempDir())
	b := load(t, Options{Sources: []string{folder}, Out: filepath.Join(target, "store.duckdb")})
	outline, err := Inspect(context.Background(), Options{Sources: []string{folder}, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	said, err := json.Marshal([]any{b.Report, outline})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(said), "consents.csv") || !strings.Contains(string(said), "telephone") {
		t.Error("the search does not find what is said")
	}
	checkFolder(t, target, "store.duckdb")
	bytes := read(t, b.path)
	var values strings.Builder
	for _, column := range rows(t, b.db, "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'built'") {
		table, name, _ := strings.Cut(column, "|")
		values.WriteString(strings.Join(rows(t, b.db, "SELECT \""+name+"\" FROM \""+table+"\""), "\n"))
	}
	// The searches find what is there to find.
	for _, known := range []string{"findable-campaign", "Findable in the store"} {
		if !strings.Contains(bytes, known) || !strings.Contains(values.String(), known) {
			t.Errorf("the search does not find %q", known)
		}
	}
	if !strings.Contains(values.String(), pseudonym(testKey, secrets(0)[0])) {
		t.Error("the search does not find a pseudonym")
	}
	for i := range n {
		for _, secret := range append(secrets(i), fmt.Sprintf("jane%04d", i), fmt.Sprintf("ORIGINAL-%04d", i)) {
			if strings.Contains(string(said), secret) {
				t.Errorf("the load says %q", secret)
			}
			if strings.Contains(bytes, secret) {
				t.Errorf("the store's bytes hold %q", secret)
			}
			if strings.Contains(values.String(), secret) {
				t.Errorf("the store's values hold %q", secret)
			}
		}
	}
	for _, key := range []string{string(testKey), "Tremblay", "Sainte-Catherine", "example.com", "198.51.", "2001:db8"} {
		if strings.Contains(bytes, key) {
			t.Errorf("the store's bytes hold %q", key)
		}
	}
	b.check(t, "SELECT name FROM dimensions", "region")
	b.check(t, "SELECT column_name FROM duckdb_columns() WHERE table_name = 'survey_segments' ORDER BY column_index", "segment_id\nmood\npeople")
	var left []string
	for _, l := range b.LeftOut {
		left = append(left, fmt.Sprintf("%s.%s: %s", l.Input, l.Column, l.Why))
	}
	slices.Sort(left)
	want := lines(strings.NewReplacer("$direct", string(whyDirect), "$personal", string(whyPersonal), "$identifier", string(whyIdentifier)).Replace(`
		customers.Email Address: $direct
		customers.contact: $personal
		customers.contact_no: $personal
		customers.handle: $personal
		customers.name: $direct
		customers.optin_ip: $direct
		customers.place: $personal
		customers.referred_by: $identifier
		customers.street_address: $direct
		customers.telephone: $direct
		customers.where_from: $personal
		survey.e-mail: $direct
		survey.said: $personal`))
	if !slices.Equal(left, want) {
		t.Errorf("left out:\n%s\nwant\n%s", strings.Join(left, "\n"), strings.Join(want, "\n"))
	}
}

// While a load is at work its files lie in a folder of its own that only the
// user can enter, and the store is the user's alone.
func TestModes(t *testing.T) {
	t.Parallel()
	target := t.TempDir()
	folders := 0
	o := Options{Sources: []string{people(50).in(t, t.TempDir())}, Out: filepath.Join(target, "store.duckdb"), Memory: "200MB"}
	o.Progress = func(Progress) {
		found, _ := filepath.Glob(filepath.Join(target, scratchPattern))
		for _, folder := range found {
			folders++
			err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
				info, _ := e.Info()
				if path == folder && info.Mode().Perm() != 0o700 {
					t.Errorf("the scratch folder has mode %v", info.Mode())
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
			if info, err := os.Stat(filepath.Join(folder, builtName)); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the new store: %v, %v", info, err)
			}
		}
	}
	load(t, o)
	if folders == 0 {
		t.Error("no scratch folder was seen")
	}
	if info, err := os.Stat(o.Out); err != nil || info.Mode() != 0o600 {
		t.Errorf("the store: %v, %v", info.Mode(), err)
	}
	checkFolder(t, target, "store.duckdb")
}

// Columns that are never read, and some that may be.
func TestDirectNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"email", "E-Mail", "Email Address", "email_address", "email2", "e_mail", "work_email", "courriel", "mail",
		"phone", "Phone Number", "phone1", "mobile_phone", "Cell Phone", "home phone", "téléphone", "telephone", "mobile", "fax",
		"name", "First Name", "last_name", "full-name", "surname", "customer_name", "Contact Name", "nom", "nom de famille", "prénom", "PRENOM", "username",
		"street", "address", "Address Line 1", "address2", "adresse", "postal_address", "billing address", "home_address",
		"ip", "ip_address", "OPTIN_IP", "CONFIRM_IP", "LATITUDE", "longitude", "birth_date", "birthday", "Date of Birth", "dob", "ssn", "SIN", " email ",
	} {
		if !direct.MatchString(name) {
			t.Errorf("%q would be read", name)
		}
	}
	for _, name := range []string{"region", "language", "store_name", "email_domain", "phone_type", "mobile_app", "zip_code", "postal_code", "country", "nominal", "addressable", "since", "shipping", "city", "company_size"} {
		if direct.MatchString(name) {
			t.Errorf("%q would not be read", name)
		}
	}
}

// A failed load leaves no more than a good one.
func TestFailureLeavesNothing(t *testing.T) {
	t.Parallel()
	f := people(20)
	f["survey.csv"] = "not,a,survey\n1,2,3\n"
	folder := t.TempDir()
	_, err := Load(context.Background(), Options{Sources: []string{f.in(t, t.TempDir())}, Out: filepath.Join(folder, "store.duckdb"), Key: testKey})
	checkError(t, err, "survey.csv")
	checkFolder(t, folder)
}
