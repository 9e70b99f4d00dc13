package load

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// impliedHere is how long implied consents last in these tests.
const impliedHere = 10 * 24 * time.Hour

var (
	everyBasis   = []string{"express", "implied", "opt_out", "notice_only"}
	everyPurpose = []string{"news", "ads"}
	toronto      = mustZone("America/Toronto")
)

// A consentEvent is a row of consents.csv; times that are not given are zero.
type consentEvent struct {
	at, received, expires          time.Time
	purpose, channel, basis, state string
}

// A consenter is a customer with their events.
type consenter struct {
	region string
	left   time.Time
	events []consentEvent
	bought []time.Time // ascending
}

// A track is what a spell is a time of.
type track struct{ purpose, channel, basis string }

// valid is the state machine: whether a consent of the track is valid at t,
// found by playing the events up to t one by one.
func (c consenter) valid(tr track, channels []string, t time.Time) bool {
	if !c.left.IsZero() && !t.Before(c.left) {
		return false
	}
	if tr.channel == "any" && len(channels) > 0 {
		return slices.ContainsFunc(channels, func(ch string) bool { return c.valid(track{tr.purpose, ch, tr.basis}, channels, t) })
	}
	until := map[string]time.Time{}
	for _, e := range c.events { // in order
		if e.at.After(t) || e.purpose != tr.purpose || (e.channel != "" && e.channel != tr.channel) {
			continue
		}
		switch e.state {
		case "given", "renewed":
			basis, end := e.basis, e.expires
			if basis == "" {
				basis = "express"
			}
			if end.IsZero() && basis == "implied" {
				end = e.at.Add(impliedHere)
				for _, p := range c.bought { // each restarts the period while it runs
					if !p.Before(e.at) && !p.After(end) {
						end = p.Add(impliedHere)
					}
				}
			}
			if end.IsZero() {
				end = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
			}
			if end.After(until[basis]) {
				until[basis] = end
			}
		case "withdrawn", "refused", "expired", "invalidated":
			for _, basis := range everyBasis {
				if (e.state == "withdrawn" || e.basis == "" || e.basis == basis) && until[basis].After(e.at) {
					until[basis] = e.at
				}
			}
		}
	}
	for basis, end := range until {
		if (tr.basis == "any" || tr.basis == basis) && end.After(t) {
			return true
		}
	}
	return false
}

// moments are when the customer's state may change.
func (c consenter) moments() []time.Time {
	var out []time.Time
	for _, e := range c.events {
		out = append(out, e.at, e.at.Add(impliedHere), e.expires)
	}
	for _, p := range c.bought {
		out = append(out, p, p.Add(impliedHere))
	}
	out = slices.DeleteFunc(append(out, c.left), time.Time.IsZero)
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// inOrder sorts events as accord does: by when they occurred, then by when they
// were received, grants behind the others.
func inOrder(events []consentEvent) {
	received := func(e consentEvent) time.Time {
		if e.received.IsZero() {
			return e.at
		}
		return e.received
	}
	opens := func(e consentEvent) int {
		if e.state == "given" || e.state == "renewed" {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(events, func(a, b consentEvent) int {
		return cmp.Or(a.at.Compare(b.at), received(a).Compare(received(b)), opens(a)-opens(b))
	})
}

// consenters draws customers with few different moments, so that many
// coincide.
var consenters = rapid.Custom(func(t *rapid.T) []consenter {
	moment := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Date(2018, 2, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "half days")) * 12 * time.Hour)
	})
	sometimes := rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.IntRange(0, 3).Draw(t, "given") > 0 {
			return time.Time{}
		}
		return moment.Draw(t, "moment")
	})
	event := rapid.Custom(func(t *rapid.T) consentEvent {
		return consentEvent{
			at: moment.Draw(t, "at"), received: sometimes.Draw(t, "received"), expires: sometimes.Draw(t, "expires"),
			purpose: rapid.SampledFrom(everyPurpose).Draw(t, "purpose"),
			channel: rapid.SampledFrom([]string{"email", "email", "sms", ""}).Draw(t, "channel"),
			basis:   rapid.SampledFrom(append([]string{"", "express"}, everyBasis...)).Draw(t, "basis"),
			state:   rapid.SampledFrom([]string{"given", "given", "given", "renewed", "withdrawn", "refused", "expired", "invalidated", "requested", "deferred"}).Draw(t, "state"),
		}
	})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) consenter {
		bought := rapid.SliceOfN(moment, 0, 4).Draw(t, "bought")
		slices.SortFunc(bought, time.Time.Compare)
		return consenter{region: rapid.SampledFrom([]string{"ON", "QC"}).Draw(t, "region"), left: sometimes.Draw(t, "left"), events: rapid.SliceOfN(event, 0, 8).Draw(t, "events"), bought: bought}
	}), 4, 30).Draw(t, "customers")
})

// Spells say what the state machine says, at every moment at which something
// may change and just before it; the flows are their starts and ends.
func TestSpellsProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		people := consenters.Draw(rt, "people")
		asOf := rapid.SampledFrom([]string{"", "2018-03-11", "2018-03-14", "2018-04-01"}).Draw(rt, "as of")
		b := load(t, Options{Sources: []string{consentFiles(people).in(t, t.TempDir())}, AsOf: asOf})
		defer b.db.Close()
		channels := rows(t, b.db, "SELECT DISTINCT channel FROM consents WHERE channel IS NOT NULL ORDER BY ALL")
		for i := range people {
			inOrder(people[i].events)
		}
		checkSpells(rt, b.spells(t, len(people)), people, channels)
		checkFlow(t, rt, b, people, channels)
	})
}

func consentFiles(people []consenter) files {
	text := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	customers := "customer_id,region,left_at\n"
	purchases := "customer_id,occurred_at,amount\n"
	consents := "customer_id,purpose,state,occurred_at,received_at,channel,basis,expires_at\n"
	for i, c := range people {
		customers += fmt.Sprintf("%d,%s,%s\n", i, c.region, text(c.left))
		for _, p := range c.bought {
			purchases += fmt.Sprintf("%d,%s,1\n", i, text(p))
		}
		for _, e := range c.events {
			consents += fmt.Sprintf("%d,%s,%s,%s,%s,%s,%s,%s\n", i, e.purpose, e.state, text(e.at), text(e.received), e.channel, e.basis, text(e.expires))
		}
	}
	return files{"accord.toml": "timezone = 'America/Toronto'\nimplied_days = 10", "customers.csv": customers, "consents.csv": consents, "purchases.csv": purchases}
}

// A period is from its start to just before its end; the end may be open.
type period struct{ start, end time.Time }

// spells reads the store's spells of customers called by number.
func (b built) spells(t *testing.T, people int) []map[track][]period {
	t.Helper()
	var ids []string
	for i := range people {
		ids = append(ids, fmt.Sprint(i))
	}
	b.who(t, ids...)
	out := make([]map[track][]period, people)
	for _, row := range rows(t, b.db, "SELECT id, purpose, channel, basis, epoch_us(started_at), coalesce(epoch_us(ended_at), 250000000000000000) FROM spells JOIN who USING (customer) ORDER BY started_at") {
		f := strings.Split(row, "|")
		var i int
		var start, end int64
		fmt.Sscan(f[0]+" "+f[4]+" "+f[5], &i, &start, &end)
		if out[i] == nil {
			out[i] = map[track][]period{}
		}
		tr := track{f[1], f[2], f[3]}
		out[i][tr] = append(out[i][tr], period{time.UnixMicro(start), time.UnixMicro(end)})
	}
	return out
}

func checkSpells(rt *rapid.T, spells []map[track][]period, people []consenter, channels []string) {
	for i, c := range people {
		for _, tr := range tracks(channels) {
			for j, p := range spells[i][tr] {
				if !p.start.Before(p.end) || (j > 0 && !spells[i][tr][j-1].end.Before(p.start)) {
					rt.Fatalf("customer %d, %v: spells touch or are empty: %v", i, tr, spells[i][tr])
				}
			}
			for _, m := range c.moments() {
				for _, at := range []time.Time{m.Add(-time.Microsecond), m, m.Add(time.Hour)} {
					got := slices.ContainsFunc(spells[i][tr], func(p period) bool { return !at.Before(p.start) && at.Before(p.end) })
					if want := c.valid(tr, channels, at); got != want {
						rt.Fatalf("customer %d, %v at %s: valid %t, want %t\nspells %v\nevents %+v", i, tr, at, got, want, spells[i][tr], c)
					}
				}
			}
		}
	}
}

func tracks(channels []string) []track {
	var out []track
	for _, purpose := range everyPurpose {
		for _, channel := range append([]string{"any"}, channels...) {
			for _, basis := range append([]string{"any"}, everyBasis...) {
				out = append(out, track{purpose, channel, basis})
			}
		}
	}
	return out
}

func mustZone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}
