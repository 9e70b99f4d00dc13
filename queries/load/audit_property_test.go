package load

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A consentRow is a row of consents.csv with all that is on record of it.
type consentRow struct {
	customer                                      int
	state, basis, channel, notice, source, method string
	proof                                         bool
	at, received, expires                         time.Time
}

var records = rapid.Custom(func(t *rapid.T) []consentRow {
	perhaps := func(label string, of ...string) string {
		return rapid.SampledFrom(append([]string{""}, of...)).Draw(t, label)
	}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) consentRow {
		hours := func(label string, most int) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(t, label)) * time.Hour
		}
		r := consentRow{
			customer: rapid.IntRange(0, 9).Draw(t, "customer"), state: rapid.SampledFrom([]string{"given", "renewed", "withdrawn", "refused", "requested"}).Draw(t, "state"),
			basis: perhaps("basis", "express", "implied"), channel: perhaps("channel", "email"), notice: perhaps("notice", "v1", "v2"),
			source: perhaps("source", "web", "store"), method: perhaps("method", "link", "form"), proof: rapid.Bool().Draw(t, "proof"),
			at: time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC).Add(hours("at", 3*365*24)),
		}
		if rapid.Bool().Draw(t, "received") {
			r.received = r.at.Add(hours("late", 30*24))
		}
		if rapid.Bool().Draw(t, "expires") {
			r.expires = r.at.Add(hours("lasts", 400*24))
		}
		return r
	}), 1, 60).Draw(t, "records")
})

// What is on record of acts, and how old the records are, is what counting them
// one by one gives, for all and for each segment.
func TestAuditRollUpsProperty(t *testing.T) {
	t.Parallel()
	const asOf = "2018-06-30"
	end := time.Date(2018, 7, 1, 0, 0, 0, 0, toronto)
	rapid.Check(t, func(rt *rapid.T) {
		list := records.Draw(rt, "records")
		text := func(t time.Time) string {
			if t.IsZero() {
				return ""
			}
			return t.Format(time.RFC3339)
		}
		customers, consents := "customer_id,region,created_at,left_at\n", "customer_id,purpose,state,occurred_at,received_at,channel,basis,expires_at,notice_version,source,method,proof\n"
		left := map[int]time.Time{3: time.Date(2016, 3, 1, 12, 0, 0, 0, time.UTC), 4: time.Date(2018, 2, 1, 12, 0, 0, 0, time.UTC)}
		region := func(customer int) string { return []string{"ON", "QC"}[customer%2] }
		for i := range 10 {
			customers += fmt.Sprintf("%d,%s,2015-05-01T12:00:00Z,%s\n", i, region(i), text(left[i]))
		}
		for _, r := range list {
			consents += fmt.Sprintf("%d,news,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", r.customer, r.state, text(r.at), text(r.received), r.channel, r.basis, text(r.expires), r.notice, r.source, r.method, map[bool]string{true: "x"}[r.proof])
		}
		b := load(t, Options{AsOf: asOf, Sources: []string{files{
			"accord.toml":   "timezone = 'America/Toronto'\ngrace_business_days = 5\nretain_customers_days = 400\nretain_consents_days = 200",
			"customers.csv": customers, "consents.csv": consents, "notices.csv": "notice_version,effective_from,language\nv1,2015-01-01,fr\nv2,2015-01-01,\n",
		}.in(t, t.TempDir())}})
		defer b.db.Close()
		proof, effort, kept := map[string]int{}, map[string]int{}, map[string]int{}
		last := map[int]time.Time{}
		for _, r := range list {
			if !r.at.Before(end) {
				continue
			}
			if r.state != "renewed" && r.state != "requested" && r.at.After(last[r.customer]) {
				last[r.customer] = r.at
			}
			for _, segment := range []string{"", region(r.customer)} {
				r.expectProof(proof, segment)
				r.expectEffort(effort, segment)
			}
		}
		day := 24 * time.Hour
		for i := range 10 {
			kind, at := "inactive", last[i]
			if at.IsZero() {
				at = time.Date(2015, 5, 1, 12, 0, 0, 0, time.UTC)
			}
			if l, ok := left[i]; ok {
				kind, at = "left", l
			}
			// Known from the first event on, which may be before the file says.
			for _, segment := range []string{"", region(i)} {
				kept[fmt.Sprintf("%s|%s|records", segment, kind)]++
				if at.Before(end.Add(-400 * day)) {
					kept[fmt.Sprintf("%s|%s|past", segment, kind)]++
				}
			}
		}
		from := " LEFT JOIN segments ON segment = segment_id GROUP BY ALL"
		var measures []string
		for _, m := range []string{"grants", "notice", "language", "basis", "method", "expiry", "channel", "sourced", "proof", "complete"} {
			measures = append(measures, "SELECT coalesce(region, ''), source, '"+m+"', sum("+m+") FROM proof"+from+" HAVING sum("+m+") > 0")
		}
		compare(t, rt, b, "proof", strings.Join(measures, " UNION ALL "), proof)
		measures = nil
		for _, m := range []string{"acts", "timed", "same_day", "in_grace", "days"} {
			measures = append(measures, "SELECT coalesce(region, ''), act, method, '"+m+"', sum("+m+") FROM effort"+from+" HAVING sum("+m+") > 0")
		}
		compare(t, rt, b, "effort", strings.Join(measures, " UNION ALL "), effort)
		compare(t, rt, b, "retention", "SELECT coalesce(region, ''), kind, 'records', sum(records) FROM retention LEFT JOIN segments ON segment = segment_id WHERE kind <> 'ended' GROUP BY ALL UNION ALL SELECT coalesce(region, ''), kind, 'past', sum(past) FROM retention LEFT JOIN segments ON segment = segment_id WHERE kind <> 'ended' GROUP BY ALL HAVING sum(past) > 0", kept)
		// Ended consents against the spells, which have a test of their own.
		b.check(t, "SELECT (SELECT sum(records) FROM retention WHERE kind = 'ended' AND segment = -1) IS NOT DISTINCT FROM nullif(count(CASE WHEN ended_at < '2018-07-01 04:00:00' THEN 1 END), 0), (SELECT sum(past) FROM retention WHERE kind = 'ended' AND segment = -1) IS NOT DISTINCT FROM CASE WHEN count(CASE WHEN ended_at < '2018-07-01 04:00:00' THEN 1 END) > 0 THEN count(CASE WHEN ended_at < TIMESTAMP '2018-07-01 04:00:00' - INTERVAL 200 DAY THEN 1 END) END FROM (SELECT customer, CASE WHEN count(*) = count(ended_at) THEN max(ended_at) END AS ended_at FROM spells WHERE channel = 'any' AND basis = 'any' GROUP BY customer)", "true|true")
	})
}

func (r consentRow) expectProof(to map[string]int, segment string) {
	if r.state != "given" && r.state != "renewed" {
		return
	}
	has := map[string]bool{"grants": true, "notice": r.notice != "", "language": r.notice == "v1", "basis": r.basis != "", "method": r.method != "",
		"expiry": r.basis == "express" || r.basis == "" || !r.expires.IsZero(), "channel": r.channel != "", "sourced": r.source != "", "proof": r.proof}
	all := true
	for name, yes := range has {
		all = all && yes
		if yes {
			to[segment+"|"+r.source+"|"+name]++
		}
	}
	if all {
		to[segment+"|"+r.source+"|complete"]++
	}
}

func (r consentRow) expectEffort(to map[string]int, segment string) {
	act := map[string]string{"given": "give", "withdrawn": "withdraw"}[r.state]
	if act == "" || act == "give" && r.basis == "implied" {
		return
	}
	key := segment + "|" + act + "|" + r.method + "|"
	to[key+"acts"]++
	if r.received.IsZero() {
		return
	}
	dayOf := func(t time.Time) time.Time {
		y, m, d := t.In(toronto).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	days, business := 0, 0
	for day := dayOf(r.at); day.Before(dayOf(r.received)); {
		day = day.AddDate(0, 0, 1)
		days++
		if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
			business++
		}
	}
	to[key+"timed"]++
	if days == 0 {
		to[key+"same_day"]++
	} else {
		to[key+"days"] += days
	}
	if business < 5 {
		to[key+"in_grace"]++
	}
}

// Where paths would pass their bound they hold every third day, or every twelfth,
// and say so; what they hold is as it was.
func TestPathsKeepTheirBound(t *testing.T) {
	t.Parallel()
	var customers, consents strings.Builder
	customers.WriteString("customer_id,region\n")
	consents.WriteString("customer_id,purpose,state,occurred_at\n")
	for i := range 144 {
		fmt.Fprintf(&customers, "%d,%s\n", i, []string{"ON", "QC"}[i%2])
		fmt.Fprintf(&consents, "%d,news,given,2017-%02d-15\n%d,news,withdrawn,2018-%02d-20\n", i, 1+i%12, i, 1+i/12)
	}
	folder := files{"customers.csv": customers.String(), "consents.csv": consents.String()}.in(t, t.TempDir())
	whole := load(t, Options{Sources: []string{folder}, AsOf: "2018-12-31"})
	whole.check(t, "SELECT count(*) FROM path_days WHERE of_total AND of_segments", "25")
	for _, x := range []struct {
		most int
		days string
		keep string // of the whole's days
	}{{100, "9", "(24 - place) % 3 = 0"}, {20, "3", "(24 - place) % 12 = 0"}} {
		b := load(t, Options{Sources: []string{folder}, AsOf: "2018-12-31", mostPaths: x.most})
		b.check(t, "SELECT count(*) FROM path_days WHERE of_segments", x.days)
		mask := rows(t, whole.db, "SELECT sum(CAST(15 AS HUGEINT) << (4 * place)) FROM path_days WHERE "+x.keep)[0]
		want := rows(t, whole.db, "SELECT segment, purpose, ((late::HUGEINT << 52) + early) & "+mask+"::HUGEINT AS kept, sum(customers) FROM paths WHERE segment >= 0 GROUP BY ALL ORDER BY ALL")
		b.check(t, "SELECT segment, purpose, (late::HUGEINT << 52) + early AS path, customers FROM paths WHERE segment >= 0 ORDER BY ALL", strings.Join(want, "\n"))
	}
}
