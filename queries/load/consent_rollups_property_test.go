package load

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The roll-ups on requests, on how long consents last and on what expires say,
// for each region and for everyone, what the events and spells add up to.
func TestConsentRollUpsProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		people := consenters.Draw(rt, "people")
		b := load(t, Options{Sources: []string{consentFiles(people).in(t, t.TempDir())}, AsOf: rapid.SampledFrom([]string{"2018-03-11", "2018-03-27", "2018-04-30"}).Draw(rt, "as of")})
		defer b.db.Close()
		midnight, _ := time.ParseInLocation(time.DateOnly, addDays(b.AsOf, 1), toronto)
		want := map[string]int{}
		count := func(region, format string, args ...any) {
			for _, where := range []string{"all", region} {
				want[where+"|"+fmt.Sprintf(format, args...)]++
			}
		}
		for _, c := range people {
			c.requests(midnight, func(channel, purpose, what string, asked time.Time) {
				count(c.region, "%s|%s|%s", purpose, channel, what)
			})
		}
		var ids []string
		for i := range people {
			ids = append(ids, fmt.Sprint(i))
		}
		b.who(t, ids...)
		b.countSpells(t, people, midnight, count)
		got := map[string]int{}
		const where = "coalesce(region, 'all')"
		for _, query := range []string{
			"SELECT " + where + ", purpose, channel, 'asked', sum(requests) FROM funnel LEFT JOIN segments ON segment = segment_id GROUP BY ALL",
			"SELECT " + where + ", purpose, channel, 'answered', sum(answered) FROM funnel LEFT JOIN segments ON segment = segment_id GROUP BY ALL",
			"SELECT " + where + ", purpose, channel, 'opted in', sum(opted_in) FROM funnel LEFT JOIN segments ON segment = segment_id GROUP BY ALL",
			"SELECT " + where + ", purpose, channel, 'waiting', sum(waiting) FROM funnel LEFT JOIN segments ON segment = segment_id GROUP BY ALL",
			"SELECT " + where + ", purpose, steps, ended, sum(customers) FROM duration LEFT JOIN segments ON segment = segment_id GROUP BY ALL",
			"SELECT " + where + ", purpose, channel, basis, 'valid', sum(valid) FROM expiring LEFT JOIN segments ON segment = segment_id GROUP BY ALL",
			"SELECT " + where + ", purpose, channel, basis, '30', sum(within_30) FROM expiring LEFT JOIN segments ON segment = segment_id GROUP BY ALL",
			"SELECT " + where + ", purpose, channel, basis, '365', sum(within_365) FROM expiring LEFT JOIN segments ON segment = segment_id GROUP BY ALL",
		} {
			for _, row := range rows(t, b.db, query) {
				at := strings.LastIndex(row, "|")
				var n int
				fmt.Sscan(row[at+1:], &n)
				if n > 0 {
					got[row[:at]] = n
				}
			}
		}
		for key, n := range want {
			if got[key] != n {
				rt.Fatalf("%s: %d, want %d", key, got[key], n)
			}
		}
		for key, n := range got {
			if want[key] != n {
				rt.Fatalf("%s: %d, want %d", key, n, want[key])
			}
		}
	})
}

// requests plays the customer's events and says what became of each request.
func (c consenter) requests(until time.Time, say func(channel, purpose, what string, asked time.Time)) {
	order := map[string]int{"requested": 1, "given": 2, "renewed": 3, "refused": 4}
	events := slices.Clone(c.events)
	slices.SortStableFunc(events, func(a, b consentEvent) int {
		return cmp.Or(a.at.Compare(b.at), order[a.state]-order[b.state])
	})
	for i, e := range events {
		if e.state != "requested" || !e.at.Before(until) {
			continue
		}
		channel := cmp.Or(e.channel, "any")
		if e.at.Add(30 * days).After(until) {
			say(channel, e.purpose, "waiting", e.at)
			continue
		}
		say(channel, e.purpose, "asked", e.at)
		for _, next := range events[i+1:] {
			if next.purpose != e.purpose || next.channel != e.channel || order[next.state] == 0 {
				continue
			}
			if next.state != "requested" && next.at.Before(e.at.Add(30*days)) && next.at.Before(until) {
				say(channel, e.purpose, "answered", e.at)
				if next.state != "refused" && (next.basis == "" || next.basis == "express") {
					say(channel, e.purpose, "opted in", e.at)
				}
			}
			break
		}
	}
}

// countSpells counts how long each first express spell was seen, and what is
// valid and expires.
func (b built) countSpells(t *testing.T, people []consenter, until time.Time, count func(region, format string, args ...any)) {
	first := map[string]bool{}
	for _, row := range rows(t, b.db, `SELECT id, purpose, channel, basis, epoch_us(started_at), coalesce(epoch_us(ended_at), 250000000000000000), coalesce(ended_by, '')
		FROM spells JOIN who USING (customer) ORDER BY started_at`) {
		f := strings.Split(row, "|")
		var i int
		var start, end int64
		fmt.Sscan(f[0]+" "+f[4]+" "+f[5], &i, &start, &end)
		from, to, region := time.UnixMicro(start), time.UnixMicro(end), people[i].region
		if !from.Before(until) {
			continue
		}
		if f[2] == "any" && f[3] == "express" && !first[f[0]+f[1]] {
			first[f[0]+f[1]] = true
			seen := to
			if until.Before(to) {
				seen = until
			}
			steps := int(math.Ceil(float64(seen.Unix()-from.Unix()) / (28 * 24 * 3600)))
			count(region, "%s|%d|%t", f[1], steps, to.Before(until) && f[6] != "left")
		}
		if to.Before(until) {
			continue
		}
		count(region, "%s|%s|%s|valid", f[1], f[2], f[3])
		for _, ahead := range []int{30, 365} {
			if f[6] == "expired" && to.Before(until.Add(time.Duration(ahead)*days)) {
				count(region, "%s|%s|%s|%d", f[1], f[2], f[3], ahead)
			}
		}
	}
}
