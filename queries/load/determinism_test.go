package load

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// random is a data set of many customers with many coincidences, as
// lines of files, without rows that have a key twice.
func random(seed uint64, customers int) map[string][]string {
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	day := func() string { return fmt.Sprintf("2018-%02d-%02d", 1+r.IntN(4), 1+r.IntN(9)) }
	f := map[string][]string{}
	add := func(file string, values ...any) {
		f[file] = append(f[file], strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	for i := range customers {
		add("customers.csv", fmt.Sprintf("%d,%s,%s,%s,%s,%d", i, pick("", day()), pick("", "", "", "2018-12-01"), pick("ON", "QC", "BC", ""), pick("en", "fr"), r.IntN(1000)))
		for range r.IntN(6) {
			add("consents.csv", fmt.Sprintf("%d,%s,%s,%s,%s,%s,%s", i, pick("news", "ads"), pick("given", "given", "renewed", "withdrawn", "refused", "expired", "requested"), day(),
				pick("email", "sms", ""), pick("express", "implied", "opt_out", ""), pick("", "", day())))
		}
		for _, c := range []string{"c", "d"} {
			add("assignments.csv", fmt.Sprintf("%s,%d,%s,%s,%s,%s,%d.%02d,%d,%sT%02d:20:00Z", c, i, pick("a", "b"), pick("", day()), pick("", "0", "1", day()), pick("0", "1"), r.IntN(100)*r.IntN(2), r.IntN(100), r.IntN(50), day(), r.IntN(24)))
		}
		for j := range r.IntN(3) { // at times of their own: in two files they would be one event
			add("purchases.csv", fmt.Sprintf("%d,%s 0%d:00,%d.%02d,%s", i, day(), j, r.IntN(90)-5, r.IntN(100), pick("home", "")))
			add("interactions.csv", fmt.Sprintf("%d,%s 0%d:00,%s", i, day(), j, pick("store", "web")))
		}
		add("survey.csv", fmt.Sprintf("r%d,%s,%d.5,%s,%d,%s", i, pick("willing", "sceptical", "undecided"), r.IntN(3), pick("young", "old"), r.IntN(3000), pick("", day())))
	}
	for range 30 {
		add("factors.csv", fmt.Sprintf("%s,%s,x,%d", day(), pick("weather", "news"), r.IntN(9)))
	}
	f["notices.csv"] = []string{"v1,2010-01-01", "v2,2018-01-01"}
	f["campaigns.csv"] = []string{"c,email,b", "d,,b"}
	f["arms.csv"] = []string{"c,a,news", "c,b,", "d,a,ads;news", "d,b,"}
	return f
}

var randomHeaders = map[string]string{
	"customers.csv": "customer_id,created_at,left_at,region,language,visits", "consents.csv": "customer_id,purpose,state,occurred_at,channel,basis,expires_at",
	"assignments.csv": "campaign_id,customer_id,arm,assigned_at,clicked,opened,revenue,pre_value,delivered_at", "survey.csv": "respondent_id,stance,weight,age,customer_id,answered_at",
	"purchases.csv": "customer_id,occurred_at,amount,category", "interactions.csv": "customer_id,occurred_at,channel",
	"factors.csv": "day,kind,label,value", "notices.csv": "notice_version,effective_from",
	"campaigns.csv": "campaign_id,channel,control_arm", "arms.csv": "campaign_id,arm,purposes",
}

func withHeaders(f map[string][]string) files {
	out := files{"accord.toml": "retain_customers_days = 30\nmethod_steps = { link = 1, form = 4 }"}
	for name, header := range randomHeaders {
		out[name] = header + "\n" + strings.Join(f[name], "\n") + "\n"
	}
	return out
}

// The same files make the same store, on any number of cores: every row of every
// table. Rows in another
// order, spread over files, make the same facts and roll-ups, but for the
// numbers of campaigns and respondents, who are numbered as they come.
func TestDeterminism(t *testing.T) {
	lines := random(1, 1500)
	f := withHeaders(lines)
	parts := files{"accord.toml": f["accord.toml"]}
	for name, of := range lines {
		rand.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
		cut := len(of) / 3
		base := strings.TrimSuffix(name, ".csv")
		parts[base+"-1.csv"] = randomHeaders[name] + "\n" + strings.Join(of[:cut], "\n") + "\n"
		parts[base+"-2.csv"] = randomHeaders[name] + "\n" + strings.Join(of[cut:], "\n") + "\n"
	}
	one := f.load(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	two, three := f.load(t), parts.load(t)
	same := func(other built, query string) {
		t.Helper()
		want := rows(t, one.db, query+" ORDER BY ALL")
		if len(want) == 0 && query != "FROM rejects" {
			t.Errorf("%s: no rows", query)
		}
		if diff := cmp.Diff(want, rows(t, other.db, query+" ORDER BY ALL")); diff != "" {
			t.Errorf("%s differs:\n%.1000s", query, diff)
		}
	}
	for _, table := range rows(t, one.db, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'built' AND table_name NOT IN ('deliveries', 'held')") {
		same(two, "FROM "+table)
	}
	if diff := cmp.Diff(one.Report, two.Report); diff != "" {
		t.Errorf("the reports differ:\n%s", diff)
	}
	for _, query := range []string{
		"FROM segments", "FROM consent_flow", "FROM known_flow", "FROM customers", "FROM consents", "FROM spells",
		"FROM purchases", "FROM interactions", "FROM factors", "FROM notices",
		"SELECT campaign_id, l.* EXCLUDE (campaign) FROM lift l JOIN campaigns USING (campaign)",
		"SELECT campaign_id, e.* EXCLUDE (campaign) FROM engagement e JOIN campaigns USING (campaign)", "FROM moments", "FROM moment_split", "FROM fatigue",
		"SELECT campaign_id, s.* EXCLUDE (campaign) FROM split s JOIN campaigns USING (campaign)",
		"SELECT campaign_id, a.* EXCLUDE (campaign) FROM assignments a JOIN campaigns USING (campaign)",
		"SELECT * EXCLUDE (respondent) FROM survey", "FROM survey_segments",
		"FROM path_days", "FROM paths", "FROM ladder", "FROM pulse", "FROM stated", "FROM proof", "FROM effort", "FROM retention",
		"SELECT campaign_id, w.* EXCLUDE (campaign) FROM won_kept w JOIN campaigns USING (campaign)",
		"SELECT campaign_id, w.* EXCLUDE (campaign) FROM stance_won w JOIN campaigns USING (campaign)",
		"SELECT campaign_id, s.* EXCLUDE (campaign) FROM sent s JOIN campaigns USING (campaign)",
	} {
		same(three, query)
	}
}

// What is passed over without its input has nothing to do: an input that is not there
// gives the store of one without rows.
func TestPassedOver(t *testing.T) {
	t.Parallel()
	all := withHeaders(random(5, 40))
	for _, missing := range [][]string{{"consents"}, {"assignments"}, {"purchases"}, {"consents", "assignments", "survey"}} {
		without, empty := maps.Clone(all), maps.Clone(all)
		for _, input := range missing {
			delete(without, input+".csv")
			empty[input+".csv"] = randomHeaders[input+".csv"] + "\n"
		}
		sameStore(t, fmt.Sprint("without ", missing, ", and with none of them,"), without.load(t), empty.load(t), "sources", "meta", "kept_columns")
	}
}
