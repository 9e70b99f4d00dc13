package load

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A change is what flows count: the starts and ends of a day or week.
type change struct{ starts, ends int }

// A cell is where flows count it; segment is a region, "" for everyone.
type cell struct {
	day, segment string
	track
}

// checkFlow compares the flows with the starts and ends that the state machine
// has, and their sums with the number of valid consents at the end of each day.
func checkFlow(t *testing.T, rt *rapid.T, b built, people []consenter, channels []string) {
	got := map[cell]change{}
	for _, row := range rows(t, b.db, "SELECT last_day, coalesce(region, ''), purpose, channel, basis, starts, ends FROM consent_flow LEFT JOIN segments ON segment = segment_id") {
		f := strings.Split(row, "|")
		var c change
		fmt.Sscan(f[5]+" "+f[6], &c.starts, &c.ends)
		got[cell{f[0], f[1], track{f[2], f[3], f[4]}}] = c
	}
	want := map[cell]change{}
	for _, c := range people {
		for _, m := range c.moments() {
			day := m.In(toronto).Format(time.DateOnly)
			if day > b.AsOf {
				continue
			}
			for _, tr := range tracks(channels) {
				before, after := c.valid(tr, channels, m.Add(-time.Microsecond)), c.valid(tr, channels, m)
				if before == after {
					continue
				}
				places := []cell{{day, "", tr}}
				if tr.ofSegments() {
					places = append(places, cell{weekEnd(day, b.AsOf), c.region, tr})
				}
				for _, place := range places {
					counted := want[place]
					if after {
						counted.starts++
					} else {
						counted.ends++
					}
					want[place] = counted
				}
			}
		}
	}
	for place := range got {
		if _, expected := want[place]; !expected {
			rt.Fatalf("%+v has %+v, want nothing", place, got[place])
		}
	}
	for place, c := range want {
		if got[place] != c {
			rt.Fatalf("%+v has %+v, want %+v", place, got[place], c)
		}
	}
	checkStock(rt, got, people, channels, b.AsOf)
	// By a single dimension, which is all that makes these segments.
	const bySegment = "SELECT last_day, region, purpose, basis, starts, ends FROM consent_flow JOIN segments ON segment = segment_id WHERE channel = 'any' UNION ALL SELECT last_day, region, '', '', starts, ends FROM known_flow JOIN segments ON segment = segment_id"
	const byValue = "SELECT last_day, value, purpose, basis, starts, ends FROM value_flow WHERE dimension = 'region'"
	if odd := rows(t, b.db, fmt.Sprintf("(%s EXCEPT ALL %s) UNION ALL (%s EXCEPT ALL %s)", "("+bySegment+")", "("+byValue+")", "("+byValue+")", "("+bySegment+")")); len(odd) > 0 {
		rt.Fatalf("flows by segment and by value differ: %v", odd)
	}
}

// ofSegments reports whether flows by segment are kept of the track.
func (tr track) ofSegments() bool { return tr.basis == "express" || tr.basis == "any" }

// checkStock adds up what came and went, which has to be what is there.
func checkStock(rt *rapid.T, flow map[cell]change, people []consenter, channels []string, asOf string) {
	stock := map[cell]int{} // without a day
	for day := "2018-02-19"; day <= asOf; day = addDays(day, 1) {
		segments := []string{""}
		if weekEnd(day, asOf) == day {
			segments = append(segments, "ON", "QC")
		}
		midnight, _ := time.ParseInLocation(time.DateOnly, addDays(day, 1), toronto)
		for _, tr := range tracks(channels) {
			for _, segment := range segments {
				if segment != "" && !tr.ofSegments() {
					continue
				}
				today := flow[cell{day, segment, tr}]
				stock[cell{"", segment, tr}] += today.starts - today.ends
				there := 0
				for _, c := range people {
					if (segment == "" || c.region == segment) && c.valid(tr, channels, midnight.Add(-time.Microsecond)) {
						there++
					}
				}
				if sum := stock[cell{"", segment, tr}]; sum != there {
					rt.Fatalf("%v in %q: starts less ends up to %s are %d, valid are %d", tr, segment, day, sum, there)
				}
			}
		}
	}
}

// weekEnd is the Sunday of the day's week, or the as-of date before it.
func weekEnd(day, asOf string) string {
	d, _ := time.Parse(time.DateOnly, day)
	return min(addDays(day, (7-int(d.Weekday()))%7), asOf)
}

func addDays(day string, n int) string {
	d, _ := time.Parse(time.DateOnly, day)
	return d.AddDate(0, 0, n).Format(time.DateOnly)
}

// Customers are known from the earlier of created_at and their first event,
// until they leave; those without either are always known.
func TestKnownFlow(t *testing.T) {
	t.Parallel()
	b := trimmed(files{
		"accord.toml": "timezone = 'America/Toronto'\nas_of = '2018-01-10'",
		"customers.csv": `customer_id,created_at,left_at
			always,,
			gone,,2018-01-03
			created,2018-01-01 23:30:00,
			event first,2018-01-05,2018-01-09
			event only,,
			assigned only,,
			tomorrow,2018-01-11,
			leaves tomorrow,2018-01-01,2018-01-11`,
		"consents.csv": `customer_id,purpose,state,occurred_at
			event first,news,refused,2018-01-04
			event only,news,requested,2018-01-06`,
		"campaigns.csv": "campaign_id\nc",
		"arms.csv":      "campaign_id,arm\nc,a",
		"assignments.csv": `campaign_id,customer_id,arm,assigned_at
			c,assigned only,a,2018-01-07
			c,event only,a,2018-01-05
			c,created,a,2018-01-02`,
	}).load(t)
	// 2018-01-07 is a Sunday.
	b.check(t, "FROM known_flow ORDER BY segment, last_day", strings.Join([]string{
		"0001-01-01|-1|2|0", "2018-01-01|-1|2|0", "2018-01-03|-1|0|1", "2018-01-04|-1|1|0", "2018-01-05|-1|1|0", "2018-01-07|-1|1|0", "2018-01-09|-1|0|1",
		"0001-01-01|0|2|0", "2018-01-07|0|5|1", "2018-01-10|0|0|1",
	}, "\n"))
	b.check(t, "SELECT segment, sum(starts - ends) FROM known_flow GROUP BY segment ORDER BY segment", "-1|5\n0|5")
}
