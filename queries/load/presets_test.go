package load

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Exports of well-known systems, as they come, under the names that they are
// given.
const mailchimpHeader = `"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS`

var mailchimpAudience = files{
	"subscribed_members_export_1a2b.csv": mailchimpHeader + `,"Favourite colour"
Ann@Example.com,Ann,Roy,4,"2018-05-01 10:00:00",198.51.100.7,"2018-05-01 10:01:00",198.51.100.7,45.5,-73.6,-5,-4,America/Toronto,CA,QC,"2018-06-01 00:00:00",1,e1,"met at the fair","""vip""",blue
bob@example.com,Bob,Cole,2,,,"2018-05-02 10:00:00",,,,,,,CA,ON,"2018-06-01 00:00:00",2,e2,,,red
dan@example.com,Dan,,2,,,,,,,,,,US,,"2018-06-01 00:00:00",3,e3,,,red
`,
	"unsubscribed_members_export_1a2b.csv": mailchimpHeader + `,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER
cam@example.com,Cam,,2,"2018-05-03 10:00:00",198.51.100.8,"2018-05-03 10:00:00",,,,,,,CA,QC,"2018-06-02 00:00:00",4,e4,,,"2018-06-02 00:00:00",News,77,"NORMAL","too many"
`,
	"cleaned_members_export_1a2b.csv": mailchimpHeader + `,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID
eve@example.com,Eve,,2,"2018-05-04 10:00:00",198.51.100.9,"2018-05-04 10:00:00",,,,,,,CA,ON,"2018-06-03 00:00:00",5,e5,,,"2018-06-03 00:00:00",News,77
`,
}

// The three files of a Mailchimp audience: who filled in a form has opted in,
// who was put on the list has not.
func TestMailchimp(t *testing.T) {
	t.Parallel()
	b := mailchimpAudience.load(t)
	b.who(t, "ann@example.com", "bob@example.com", "cam@example.com", "dan@example.com", "eve@example.com")
	b.check(t, "SELECT id, known_from, country, region, member_rating FROM customers JOIN who USING (customer) JOIN segments ON segment = segment_id ORDER BY id", `
		ann@example.com|2018-05-01 10:00:00|CA|QC|4
		bob@example.com|2018-05-02 10:00:00|CA|ON|2
		cam@example.com|2018-05-03 10:00:00|CA|QC|2
		dan@example.com|-|US|unknown|2
		eve@example.com|2018-05-04 10:00:00|CA|ON|2`)
	b.check(t, "SELECT id, purpose, channel, state, basis, occurred_at FROM consents JOIN who USING (customer) ORDER BY id, occurred_at", `
		ann@example.com|email_marketing|email|given|express|2018-05-01 10:00:00
		bob@example.com|email_marketing|email|given|notice_only|2018-05-02 10:00:00
		cam@example.com|email_marketing|email|given|express|2018-05-03 10:00:00
		cam@example.com|email_marketing|email|withdrawn|-|2018-06-02 00:00:00
		eve@example.com|email_marketing|email|given|express|2018-05-04 10:00:00
		eve@example.com|email_marketing|email|invalidated|-|2018-06-03 00:00:00`)
	b.check(t, "SELECT input, rows_read, rows_loaded FROM sources ORDER BY input", "consents|7|6\ncustomers|5|5")
	b.check(t, "SELECT input, rule, column_name FROM rejects", "consents|missing|occurred_at") // nobody knows since when
	b.check(t, "SELECT name FROM dimensions ORDER BY name", "Favourite colour\ncountry\nmember_rating\nregion")
}

func TestKlaviyo(t *testing.T) {
	t.Parallel()
	b := files{"profiles.csv": `Email,Klaviyo ID,First Name,Last Name,Phone Number,State / Region,Country,Zip Code,Source,Email Marketing Consent,Email Marketing Consent Timestamp,Total Customer Lifetime Value,First Active,Last Active,Profile Created On
ann@example.com,K1,Ann,Roy,+15145550001,QC,Canada,H2X,form,SUBSCRIBED,2018-05-01 10:00:00,100.00,2018-01-01 00:00:00,2018-06-01 00:00:00,2018-01-02 00:00:00
bob@example.com,K2,Bob,,,ON,Canada,M5V,import,NEVER_SUBSCRIBED,,0,2018-01-01 00:00:00,2018-06-01 00:00:00,2018-01-03 00:00:00
,K3,,,,ON,Canada,M5V,import,UNSUBSCRIBED,2018-05-02 10:00:00,0,2018-01-01 00:00:00,,
dan@example.com,K4,,,,QC,Canada,M5V,form,PENDING,2018-05-02 10:00:00,0,,,2018-01-04 00:00:00
`}.load(t)
	b.who(t, "ann@example.com", "bob@example.com", "K3", "dan@example.com")
	b.check(t, "SELECT id, known_from, region, country, source FROM customers JOIN who USING (customer) JOIN segments ON segment = segment_id ORDER BY id", `
		K3|2018-01-01 00:00:00|ON|Canada|import
		ann@example.com|2018-01-02 00:00:00|QC|Canada|form
		bob@example.com|2018-01-03 00:00:00|ON|Canada|import
		dan@example.com|2018-01-04 00:00:00|QC|Canada|form`)
	b.check(t, "SELECT id, state, channel, occurred_at FROM consents JOIN who USING (customer) ORDER BY id", `
		K3|withdrawn|email|2018-05-02 10:00:00
		ann@example.com|given|email|2018-05-01 10:00:00`)
	b.check(t, "SELECT input, rows_read, rows_loaded FROM sources ORDER BY input", "consents|3|2\ncustomers|4|4")
	b.check(t, "SELECT input, rule, column_name FROM rejects", "consents|unknown_word|state")
}

// Logs of consents come with the customers of another system.
func TestConsentLogs(t *testing.T) {
	t.Parallel()
	f := files{
		"customers.csv": "customer_id\nann@example.com\nbob\n",
		"receipts.csv": `identifier,identifierType,interactionDate,consentDate,withdrawnDate,purposes,language
ann@example.com,Email,2018-05-01T10:00:00Z,2018-05-01T10:00:00Z,,news; ads,en
ann@example.com,Email,2018-06-01T10:00:00Z,,2018-06-01T10:00:00Z,ads,en
bob,Custom,2018-05-02T10:00:00Z,,,news,fr
`,
		"preferences.csv": `preference,notice_name,privacy_notice_history_id,method,request_origin,user_geography,request_timestamp,received_at,external_id,email
opt_in,personalisation,pri_1,button,banner_and_modal,ca_qc,2018-05-03T10:00:00Z,2018-05-03T10:00:01Z,,Ann@example.com
opt_out,personalisation,pri_1,button,banner_and_modal,ca_on,2018-05-04T10:00:00Z,2018-05-04T10:00:01Z,bob,
acknowledge,essential,pri_2,button,banner_and_modal,ca_on,2018-05-04T10:00:00Z,2018-05-04T10:00:01Z,bob,
`}
	b := f.load(t)
	b.who(t, "ann@example.com", "bob")
	b.check(t, "SELECT id, purpose, state, basis, occurred_at, notice_version, method, source FROM consents JOIN who USING (customer) ORDER BY ALL", `
		ann@example.com|ads|given|-|2018-05-01 10:00:00|-|-|OneTrust
		ann@example.com|ads|withdrawn|-|2018-06-01 10:00:00|-|-|OneTrust
		ann@example.com|news|given|-|2018-05-01 10:00:00|-|-|OneTrust
		ann@example.com|personalisation|given|express|2018-05-03 10:00:00|pri_1|button|banner_and_modal
		bob|essential|given|notice_only|2018-05-04 10:00:00|pri_2|button|banner_and_modal
		bob|news|requested|-|2018-05-02 10:00:00|-|-|OneTrust
		bob|personalisation|refused|-|2018-05-04 10:00:00|pri_1|button|banner_and_modal`)
	b.check(t, "SELECT sum(rows_rejected) FROM sources", "0")
	delete(f, "customers.csv")
	f.loadError(t, "without customers")
}

// A file with a customer_id is canonical, whatever else it has; one that names
// no system is not guessed at.
func TestPresetsNeedTheirHeaders(t *testing.T) {
	t.Parallel()
	b := files{"customers.csv": "customer_id," + strings.ReplaceAll(mailchimpHeader, `"Email Address"`, "Email Address") + "\n1,a@example.com" + strings.Repeat(",", 19) + "\n"}.load(t)
	b.check(t, "SELECT input FROM sources", "customers")
	files{"profiles.csv": "Email,State / Region\na@example.com,QC\n"}.loadError(t, "nothing to load")
}

// Rejected rows of every preset are pointed to by line, whether a line makes
// several rows or is read several times; malformed lines are told of once.
func TestPlacesOfPresetRejects(t *testing.T) {
	t.Parallel()
	mailchimp := mailchimpHeader + ",CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID\n"
	for name, test := range map[string]struct {
		files files
		want  string
	}{
		"Mailchimp": {files{"cleaned_members_export.csv": mailchimp + "a@example.com,\"A\nB\",,2,,,,,,,,,,,,,1,e1,,,2018-06-03,,\nb@example.com,B,,2,2018-05-01,,,,,,,,,,,,1,e1,,,soon,,\nx\nc@example.com,C,,2,2018-05-01,,,,,,,,,,,,1,e1,,,never,,\n"}, `
			cleaned_members_export.csv line 4: unreadable occurred_at
			cleaned_members_export.csv line 5: malformed_line
			cleaned_members_export.csv line 6: unreadable occurred_at`},
		"Klaviyo": {files{"profiles.csv": "Email,Klaviyo ID,Email Marketing Consent,Email Marketing Consent Timestamp\na@example.com,1,NEVER_SUBSCRIBED,\nb@example.com,2,SUBSCRIBED,soon\nx\nc@example.com,3,PENDING,2018-05-01\n"}, `
			profiles.csv line 3: unreadable occurred_at
			profiles.csv line 4: malformed_line
			profiles.csv line 5: unknown_word state`},
		"OneTrust": {files{"customers.csv": "customer_id\nann\n", "receipts.csv": "identifier,identifierType,interactionDate,consentDate,withdrawnDate,purposes,language\n" +
			"ann,Custom,2018-05-01,2018-05-01,,news; ads,en\nbob,Custom,2018-05-01,2018-05-01,,news; ads,en\nx\nann,Custom,2018-05-02,,soon,news;ads,en\nann,Custom,2018-05-03,,,,en\n"}, `
			receipts.csv line 3: not_found customer_id
			receipts.csv line 4: malformed_line
			receipts.csv line 5: unreadable occurred_at
			receipts.csv line 6: missing purpose`},
		"Fides": {files{"customers.csv": "customer_id\nann\n", "preferences.csv": "preference,notice_name,privacy_notice_history_id,request_timestamp,external_id\nopt_in,news,p,2018-05-01,ann\nopt_in,news,p,2018-05-01,bob\nperhaps,news,p,2018-05-01,ann\n"}, `
			preferences.csv line 3: not_found customer_id
			preferences.csv line 4: unknown_word state`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := Options{Sources: []string{test.files.in(t, t.TempDir())}, Out: filepath.Join(t.TempDir(), "store.duckdb")}
			found, err := rejectsOf(t, o)
			if err != nil {
				t.Fatal(err)
			}
			b := load(t, Options{Sources: o.Sources})
			got := b.places("consents")
			for i := range got {
				got[i] = strings.TrimSpace(got[i])
			}
			if diff := cmp.Diff(lines(test.want), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			written := map[string]int{}
			for _, row := range found {
				if row[0] == "consents" {
					written[row[2]]++
				}
			}
			for line, n := range written {
				if n > 1 {
					t.Errorf("line %s is written out %d times", line, n)
				}
			}
			if len(written) != len(got) {
				t.Errorf("%d lines are written out, %d are reported", len(written), len(got))
			}
		})
	}
}
