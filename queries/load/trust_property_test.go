package load

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// digits of a path, by state.
var digits = map[string]int64{"": 0, "never_asked": 1, "unanswered": 2, "refused": 3, "lapsed": 4, "contactable": 5, "opted_in": 6}

// midnight is the moment just before a day of the store's zone is over.
func lastMoment(day string) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, addDays(day, 1), toronto)
	return t.Add(-time.Microsecond)
}

// Paths, the ladder and the acts say what the state machine says of every
// customer at the end of every day that they hold, for all and for each segment.
func TestTrustRollUpsProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		people := consenters.Draw(rt, "people")
		asOf := rapid.SampledFrom([]string{"", "2018-03-14", "2018-03-31", "2018-05-10"}).Draw(rt, "as of")
		b := load(t, Options{Sources: []string{consentFiles(people).in(t, t.TempDir())}, AsOf: asOf})
		defer b.db.Close()
		if b.AsOf == "" {
			return // nobody has events
		}
		channels := rows(t, b.db, "SELECT DISTINCT channel FROM consents WHERE channel IS NOT NULL ORDER BY ALL")
		days := rows(t, b.db, "SELECT day FROM path_days WHERE of_total AND of_segments ORDER BY place")
		if len(days) != 25 || days[24] != b.AsOf || !slices.IsSorted(days) {
			rt.Fatalf("days %v as of %s", days, b.AsOf)
		}
		paths, ladder, pulse := map[string]int{}, map[string]int{}, map[string]int{}
		for i := range people {
			inOrder(people[i].events)
			people[i].expectTrust(days, channels, paths, ladder, pulse)
		}
		region := "coalesce(region, ''), "
		from := " LEFT JOIN segments ON segment = segment_id "
		// Who has only been known or not, for a purpose, may be in its rows or not.
		compare(t, rt, b, "paths", "SELECT "+region+"purpose, (late::HUGEINT << 52) + early AS path, sum(customers) FROM paths"+from+"WHERE purpose = '' OR regexp_matches(format('{:x} {:x}', early, late), '[2-9]') GROUP BY ALL", paths)
		compare(t, rt, b, "ladder", "SELECT "+region+"last_day, before, after, sum(customers) FROM ladder"+from+"GROUP BY ALL", ladder)
		for _, measure := range []string{"renewals", "express_renewals", "withdrawals", "valid_change"} {
			want := map[string]int{}
			for key, n := range pulse {
				if rest, ok := strings.CutPrefix(key, measure+"|"); ok && n != 0 {
					want[rest] = n
				}
			}
			compare(t, rt, b, measure, "SELECT "+region+"last_day, purpose, sum("+measure+") FROM pulse"+from+"GROUP BY ALL HAVING sum("+measure+") <> 0", want)
		}
	})
}

// compare checks that a query gives a number for each key, as wanted.
func compare(t *testing.T, rt *rapid.T, b built, name, query string, want map[string]int) {
	got := map[string]int{}
	for _, row := range rows(t, b.db, query) {
		at := strings.LastIndex(row, "|")
		var n int
		fmt.Sscan(row[at+1:], &n)
		got[row[:at]] += n
	}
	if !maps.Equal(got, want) {
		rt.Fatalf("%s: %v\nwant %v", name, got, want)
	}
}

// expectTrust adds what a customer counts for to the three roll-ups.
func (c consenter) expectTrust(days, channels []string, paths, ladder, pulse map[string]int) {
	count := func(to map[string]int, n int, key string, args ...any) {
		for _, region := range []string{"", c.region} {
			to[fmt.Sprintf(key, append([]any{region}, args...)...)] += n
		}
	}
	codes := map[string]*big.Int{"": new(big.Int)}
	rungs := make([]int, len(days))
	valid := make([]map[string]int, len(days)) // by purpose, '' = any
	for place, day := range days {
		at := lastMoment(day)
		valid[place] = map[string]int{}
		for _, purpose := range everyPurpose {
			if codes[purpose] == nil {
				codes[purpose] = new(big.Int)
			}
			state := c.state(purpose, "any", channels, at)
			shift := new(big.Int).Lsh(big.NewInt(digits[state]), uint(4*place))
			codes[purpose].Or(codes[purpose], shift)
			if state == "" {
				rungs[place] = -1
				continue
			}
			if state == "opted_in" {
				rungs[place]++
			}
			if state == "opted_in" || state == "contactable" {
				valid[place][purpose], valid[place][""] = 1, 1
			}
		}
		if rungs[place] >= 0 {
			codes[""].Or(codes[""], new(big.Int).Lsh(big.NewInt(1), uint(4*place)))
		}
	}
	for purpose, code := range codes {
		if purpose == "" && c.state("", "any", channels, lastMoment(days[len(days)-1])) == "" && code.Sign() == 0 && !c.everKnown(days) {
			continue
		}
		if purpose == "" || strings.ContainsAny(code.Text(16), "23456") {
			count(paths, 1, "%s|%s|%s", purpose, code.String())
		}
	}
	before, had := -1, map[string]int{}
	for place, day := range days {
		if rungs[place] != before {
			count(ladder, 1, "%s|%s|%d|%d", day, before, rungs[place])
		}
		before = rungs[place]
		for _, purpose := range append([]string{""}, everyPurpose...) {
			count(pulse, valid[place][purpose]-had[purpose], "valid_change|%s|%s|%s", day, purpose)
		}
		had = valid[place]
	}
	c.expectActs(days, func(measure, day, purpose string) {
		for _, region := range []string{"", c.region} {
			pulse[measure+"|"+region+"|"+day+"|"+purpose]++
		}
	})
}

// everKnown reports whether the customer became known by the last of the days,
// and did not leave before.
func (c consenter) everKnown(days []string) bool {
	since := c.since()
	return since.IsZero() || !since.After(lastMoment(days[len(days)-1])) && (c.left.IsZero() || c.left.After(since))
}

// expectActs calls add for each act of a customer, one a day and purpose, and one
// a day for all purposes.
func (c consenter) expectActs(days []string, add func(measure, day, purpose string)) {
	type act struct{ measure, day, purpose string }
	seen := map[act]bool{}
	for _, e := range c.events {
		if e.at.After(lastMoment(days[len(days)-1])) || e.state != "renewed" && e.state != "withdrawn" {
			continue
		}
		measures := []string{"withdrawals"}
		if e.state == "renewed" {
			measures = []string{"renewals"}
			if e.basis == "" || e.basis == "express" {
				measures = append(measures, "express_renewals")
			}
		}
		day := e.at.In(toronto).Format(time.DateOnly)
		for _, m := range measures {
			for _, purpose := range []string{"", e.purpose} {
				seen[act{m, day, purpose}] = true
			}
		}
	}
	for a := range seen {
		for place, day := range days {
			if a.day <= day && (place == 0 || a.day > days[place-1]) {
				add(a.measure, day, a.purpose)
			}
		}
	}
}
