package load

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// state is the state machine of the six states: what the customer's consent for
// a purpose on a channel is at t, found by playing the events up to t. It is ""
// for who is not known then.
func (c consenter) state(purpose, channel string, channels []string, t time.Time) string {
	if (!c.left.IsZero() && (!t.Before(c.left) || !c.left.After(c.since()))) || t.Before(c.since()) {
		return ""
	}
	if c.valid(track{purpose, channel, "express"}, channels, t) {
		return "opted_in"
	}
	if c.valid(track{purpose, channel, "any"}, channels, t) {
		return "contactable"
	}
	// What happened last: moments of refusals and of ends, refusals first.
	var refused, ended time.Time
	asked := false
	for _, e := range c.events {
		if e.at.After(t) || e.purpose != purpose || (e.channel != "" && channel != "any" && e.channel != channel) {
			continue
		}
		switch e.state {
		case "requested", "deferred":
			asked = true
		case "refused":
			refused = e.at
		case "given", "renewed":
			if !e.expires.IsZero() && !e.expires.After(e.at) {
				ended = e.at
			}
		default:
			ended = e.at
		}
	}
	// A consent may also end by itself: at the last moment before which one was
	// valid and after which none is.
	for _, m := range c.moments() {
		if !m.After(t) && m.After(ended) && c.valid(track{purpose, channel, "any"}, channels, m.Add(-time.Microsecond)) && !c.valid(track{purpose, channel, "any"}, channels, m) {
			ended = m
		}
	}
	switch {
	case refused.IsZero() && ended.IsZero() && asked:
		return "unanswered"
	case refused.IsZero() && ended.IsZero():
		return "never_asked"
	case !refused.Before(ended):
		return "refused"
	}
	return "lapsed"
}

// since is when the customer became known: the first event or purchase; zero =
// always.
func (c consenter) since() time.Time {
	var first time.Time
	known := func(t time.Time) {
		if first.IsZero() || t.Before(first) {
			first = t
		}
	}
	for _, e := range c.events {
		known(e.at)
	}
	for _, t := range c.bought {
		known(t)
	}
	return first
}

// A stateCell is where consent_states counts customers.
type stateCell struct{ region, purpose, channel, state string }

// The roll-up of states, summed up to any of its days over any segments, says
// what the state machine says of every customer at the end of that day; the
// states of a purpose and channel sum to the customers known.
func TestConsentStatesProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		people := consenters.Draw(rt, "people")
		asOf := rapid.SampledFrom([]string{"", "2018-03-14", "2018-03-31", "2018-05-10"}).Draw(rt, "as of")
		b := load(t, Options{Sources: []string{consentFiles(people).in(t, t.TempDir())}, AsOf: asOf})
		defer b.db.Close()
		channels := rows(t, b.db, "SELECT DISTINCT channel FROM consents WHERE channel IS NOT NULL ORDER BY ALL")
		for i := range people {
			inOrder(people[i].events)
		}
		if b.AsOf == "" {
			return // nobody has events
		}
		days := []string{"2018-02-28", "2018-03-31", "2018-04-30"}
		days = append(slices.DeleteFunc(days, func(d string) bool { return d >= b.AsOf }), b.AsOf)
		for _, day := range days {
			got, want := map[stateCell]int{}, map[stateCell]int{}
			for _, row := range rows(t, b.db, "SELECT coalesce(region, ''), purpose, channel, state, sum(change) FROM consent_states LEFT JOIN segments ON segment = segment_id WHERE last_day <= '"+day+"' GROUP BY ALL HAVING sum(change) <> 0") {
				f := strings.Split(row, "|")
				var n int
				fmt.Sscan(f[4], &n)
				got[stateCell{f[0], f[1], f[2], f[3]}] = n
			}
			midnight, _ := time.ParseInLocation(time.DateOnly, addDays(day, 1), toronto)
			at := midnight.Add(-time.Microsecond)
			known := map[string]int{}
			sums := map[stateCell]int{} // of states, by region, purpose and channel
			for _, c := range people {
				places := append([]string{"any"}, channels...)
				if day != b.AsOf {
					places = places[:1]
				}
				for _, purpose := range everyPurpose {
					for _, channel := range places {
						state := c.state(purpose, channel, channels, at)
						if state == "" {
							continue
						}
						for _, region := range []string{"", c.region} {
							sums[stateCell{region, purpose, channel, ""}]++
							if state != "never_asked" {
								want[stateCell{region, purpose, channel, state}]++
							}
						}
					}
				}
				if c.state("", "any", channels, at) != "" {
					known[""]++
					known[c.region]++
				}
			}
			for place, n := range sums {
				if n != known[place.region] {
					rt.Fatalf("%s, %+v: the states sum to %d, known are %d", day, place, n, known[place.region])
				}
			}
			for region, n := range known {
				want[stateCell{region, "", "", "known"}] = n
			}
			if !maps.Equal(got, want) {
				rt.Fatalf("%s: states %v\nwant %v\npeople %+v", day, got, want, people)
			}
		}
	})
}
