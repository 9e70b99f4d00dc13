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

// A mailed is a row of assignments.csv of the campaigns that the roll-ups on
// engagement are tried with: c0 is spread over the hours of the week, c1 came at
// one, c2 records no delivery and c3 holds a few.
type mailed struct {
	campaign, customer, arm    int
	hour                       int // of delivery, after Monday 1 January 2018 in Toronto; -1 = not delivered
	content                    string
	opened, clicked, converted bool
	unsubscribed               bool
	openMachine, clickMachine  bool
	late                       bool // the click came when the window was over
	cents                      int
}

// mailings draws rows, of which each customer has one in an arm.
var mailings = rapid.Custom(func(t *rapid.T) []mailed {
	row := rapid.Custom(func(t *rapid.T) mailed {
		flag := func(name string, of int) bool { return rapid.IntRange(0, of).Draw(t, name) == 0 }
		m := mailed{
			campaign: rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3, 3, 3}).Draw(t, "campaign"), customer: rapid.IntRange(0, 99).Draw(t, "customer"), arm: rapid.SampledFrom([]int{0, 0, 1}).Draw(t, "arm"),
			content: rapid.SampledFrom([]string{"", "", "values"}).Draw(t, "content"),
			opened:  flag("opened", 2), clicked: flag("clicked", 3), converted: flag("converted", 5), unsubscribed: flag("unsubscribed", 20),
			openMachine: flag("open machine", 4), clickMachine: flag("click machine", 4), late: flag("late", 6), cents: rapid.SampledFrom([]int{0, 0, 100, 12345}).Draw(t, "cents"),
		}
		m.hour = rapid.IntRange(-20, 40*24).Draw(t, "hour")
		if m.campaign == 1 {
			m.hour = rapid.SampledFrom([]int{-1, 34, 34, 34, 35}).Draw(t, "hour")
		}
		if m.campaign == 3 { // a day and a half: spread or not, as it falls out
			m.hour = rapid.IntRange(0, 39).Draw(t, "hour")
		}
		m.hour = max(m.hour, -1)
		if m.campaign == 2 || m.hour < 0 {
			m.hour, m.late = -1, false
		}
		return m
	})
	type place struct{ campaign, customer, arm int }
	return rapid.SliceOfNDistinct(row, 60, 260, func(m mailed) place { return place{m.campaign, m.customer, m.arm} }).Draw(t, "rows")
})

// at is when the message was delivered.
func (m mailed) at() time.Time {
	return time.Date(2018, 1, 1, m.hour, 30, 0, 0, toronto)
}

func mailingFiles(drawn []mailed) files {
	f := files{
		"accord.toml":   "as_of = '2018-03-31'\ntimezone = 'America/Toronto'",
		"campaigns.csv": "campaign_id,channel\nc0,email\nc1,email\nc2,sms\nc3,email\n",
		"arms.csv":      "campaign_id,arm,content\n" + cross("%s,%s", []string{"c0", "c1", "c2", "c3"}, []string{"a,generic", "b,holdout"}),
		"customers.csv": "customer_id,region\n",
	}
	for i := range 100 {
		f["customers.csv"] += fmt.Sprintf("%d,%s\n", i, []string{"ON", "QC", "BC"}[i%3])
	}
	var b strings.Builder
	b.WriteString("campaign_id,customer_id,arm,assigned_at,delivered_at,delivered_content,opened,clicked,converted,unsubscribed,opened_by_machine,clicked_by_machine,revenue\n")
	for _, m := range drawn {
		delivered, clicked := "", fmt.Sprint(m.clicked)
		if m.hour >= 0 {
			delivered = m.at().Format(time.RFC3339)
		}
		if m.late {
			clicked = m.at().AddDate(0, 0, 20).Format(time.RFC3339)
		}
		assigned := time.Date(2018, 1, 1, 0, 0, 0, 0, toronto)
		if m.hour >= 0 {
			assigned = m.at()
		}
		fmt.Fprintf(&b, "c%d,%d,%c,%s,%s,%s,%t,%s,%t,%t,%t,%t,%d.%02d\n", m.campaign, m.customer, 'a'+m.arm, assigned.Format(time.RFC3339), delivered, m.content,
			m.opened, clicked, m.converted, m.unsubscribed, m.openMachine, m.clickMachine, m.cents/100, m.cents%100)
	}
	f["assignments.csv"] = b.String()
	return f
}

// A message is a row as the roll-ups count it.
type message struct {
	mailed
	content    string
	counts     bool
	open, clk  bool // by people, in time
	delivered  bool
	week, last string
}

// messages are the rows that are messages. An arm without any delivery records
// none; a campaign without, all of whose arms have none, counts those assigned.
func messages(drawn []mailed) []message {
	arms, recorded, any := map[[2]int]map[int]bool{}, map[[2]int]bool{}, map[int]bool{}
	for _, m := range drawn {
		who := [2]int{m.campaign, m.customer}
		if arms[who] == nil {
			arms[who] = map[int]bool{}
		}
		arms[who][m.arm] = true
		recorded[[2]int{m.campaign, m.arm}] = recorded[[2]int{m.campaign, m.arm}] || m.hour >= 0
		any[m.campaign] = any[m.campaign] || m.hour >= 0
	}
	var out []message
	for _, m := range drawn {
		x := message{mailed: m, content: cmp.Or(m.content, []string{"generic", "holdout"}[m.arm]), delivered: m.hour >= 0}
		if !x.delivered && (any[m.campaign] || m.arm == 1) {
			continue
		}
		x.counts = len(arms[[2]int{m.campaign, m.customer}]) == 1
		x.open, x.clk = m.opened && !m.openMachine, (m.clicked || m.late) && !m.clickMachine && !m.late
		at := m.at()
		if m.hour < 0 {
			at = time.Date(2018, 1, 1, 0, 0, 0, 0, toronto)
		}
		x.week = at.AddDate(0, 0, (7-int(at.Weekday()))%7).Format(time.DateOnly)
		x.last = time.Date(at.Year(), at.Month()+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		out = append(out, x)
	}
	return out
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// The roll-ups on engagement, by segment and in total, are sums over the rows.
func TestEngagementRollUpsProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		drawn := mailings.Draw(rt, "mailings")
		b := load(t, Options{Sources: []string{mailingFiles(drawn).in(t, t.TempDir())}})
		defer b.db.Close()
		want := map[string][]int64{}
		add := func(region, key string, values ...int64) {
			for _, where := range []string{region, "all"} {
				at := where + "|" + key
				if want[at] == nil {
					want[at] = make([]int64, len(values))
				}
				for i, v := range values {
					want[at][i] += v
				}
			}
		}
		all := messages(drawn)
		paces := paceOf(all)
		type month struct {
			customer int
			last     string
		}
		inMonth := map[month][]message{}
		for _, m := range all {
			region := []string{"ON", "QC", "BC"}[m.customer%3]
			if m.delivered {
				inMonth[month{m.customer, m.last}] = append(inMonth[month{m.customer, m.last}], m)
			}
			if !m.counts {
				continue
			}
			add(region, fmt.Sprintf("engagement|%s|%d|%s|%t", m.week, m.campaign, m.content, m.delivered), 1,
				1, one(m.open), one(m.open || (m.opened && m.openMachine)), 1, one(m.clk), one(m.clk || ((m.clicked || m.late) && m.clickMachine)),
				one(m.open), one(m.open && m.clk), 1, one(m.converted), 1, one(m.unsubscribed), 1, one(m.cents > 0), int64(m.cents), 0, int64(m.cents*m.cents), 0)
			if m.delivered {
				p := paces[m.campaign]
				add(region, fmt.Sprintf("moments|%t|%d|%d", p.spread, (int(m.at().Weekday())+6)%7+1, m.at().Hour()), 1, one(m.open), p.open, 1, one(m.clk), p.click, 1, one(m.converted), p.converted)
			}
		}
		for at, list := range inMonth {
			var seen, clicks, expected, left int64
			for _, m := range list {
				seen, clicks, expected, left = seen+one(m.counts), clicks+one(m.counts && m.clk), expected+one(m.counts)*paces[m.campaign].click, left+one(m.counts && m.unsubscribed)
			}
			add([]string{"ON", "QC", "BC"}[at.customer%3], fmt.Sprintf("fatigue|%s|%d", at.last, min(len(list), 12)), 1, seen, clicks, expected, seen, left)
		}
		months := map[int]int64{} // of a customer, back from the as-of date's, March
		for at := range inMonth {
			months[at.customer] |= 1 << map[string]int{"2018-03-31": 0, "2018-02-28": 1, "2018-01-31": 2}[at.last]
		}
		for customer, bits := range months {
			key := fmt.Sprintf("%s|reach|1|%d", []string{"ON", "QC", "BC"}[customer%3], bits)
			want[key] = []int64{1 + append(want[key], 0)[0]}
		}
		got := map[string][]int64{}
		for _, query := range []string{
			"SELECT coalesce(region, 'all'), 'engagement', last_day, campaign_id[2:], content, delivered, '#', messages, open_seen, open, open_any, click_seen, click, click_any, opener_seen, opener_click, conversion_seen, conversion, unsubscribe_seen, unsubscribe, revenue_seen, revenue_people, revenue, revenue_high, revenue_sq, revenue_sq_high FROM engagement JOIN campaigns USING (campaign) LEFT JOIN segments ON segment = segment_id",
			"SELECT coalesce(region, 'all'), 'moments', spread, weekday, hour, '#', open_seen, open, open_expected, click_seen, click, click_expected, conversion_seen, conversion, conversion_expected FROM (SELECT segment, spread, weekday, hour, sum(COLUMNS(* EXCLUDE (segment, channel, spread, weekday, hour))) FROM moments GROUP BY ALL) LEFT JOIN segments ON segment = segment_id",
			"SELECT coalesce(region, 'all'), 'fatigue', last_day, messages, '#', customers, click_seen, click, click_expected, unsubscribe_seen, unsubscribe FROM fatigue LEFT JOIN segments ON segment = segment_id",
			"SELECT region, 'reach', step, months, '#', customers FROM reach JOIN segments ON segment = segment_id",
		} {
			for _, row := range rows(t, b.db, query) {
				key, values, _ := strings.Cut(row, "|#|")
				for v := range strings.SplitSeq(values, "|") {
					var n int64
					fmt.Sscan(v, &n)
					got[key] = append(got[key], n)
				}
			}
		}
		for key := range got {
			if want[key] == nil {
				rt.Fatalf("%s has %v, want no such row", key, got[key])
			}
		}
		for key, w := range want {
			if !slices.Equal(got[key], w) {
				rt.Fatalf("%s:\nhave %v\nwant %v", key, got[key], w)
			}
		}
		split := rows(t, b.db, "SELECT coalesce(sum(messages), 0) FROM moment_split WHERE dimension = 'region'")
		spread := rows(t, b.db, "SELECT coalesce(sum(click_seen), 0) FROM moments WHERE segment = -1 AND spread")
		if split[0] != spread[0] {
			rt.Fatalf("%s messages by region, %s in all", split, spread)
		}
	})
}

// A pace is a campaign's own rates in millionths, and whether it was spread.
type pace struct {
	spread                 bool
	open, click, converted int64
}

func paceOf(all []message) map[int]pace {
	type sums struct{ n, open, click, converted int64 }
	by, hours := map[int]sums{}, map[int]map[[2]int]int64{}
	for _, m := range all {
		if !m.counts || !m.delivered {
			continue
		}
		s := by[m.campaign]
		by[m.campaign] = sums{s.n + 1, s.open + one(m.open), s.click + one(m.clk), s.converted + one(m.converted)}
		if hours[m.campaign] == nil {
			hours[m.campaign] = map[[2]int]int64{}
		}
		hours[m.campaign][[2]int{int(m.at().Weekday()), m.at().Hour()}]++
	}
	out := map[int]pace{}
	for campaign, s := range by {
		var squares int64
		for _, n := range hours[campaign] {
			squares += n * n
		}
		out[campaign] = pace{s.n*s.n >= 24*squares, 1000000 * s.open / s.n, 1000000 * s.click / s.n, 1000000 * s.converted / s.n}
	}
	return out
}

// Where customers reached in different months are too many rows, a bit stands for
// three months or twelve, and has anyone reached in one of them.
func TestReachBound(t *testing.T) {
	t.Parallel()
	var customers, assignments strings.Builder
	customers.WriteString("customer_id,region\n")
	assignments.WriteString("campaign_id,customer_id,arm,assigned_at,delivered_at\n")
	for i := range 60 {
		fmt.Fprintf(&customers, "%d,%s\n", i, []string{"ON", "QC"}[i%2])
		for j := range 3 { // up to seven years back; four customers in a row in the same quarters
			at := time.Date(2018, time.Month(12-3*(i/4*(j+1)%(13+7*j))-i%3), 3+j, 12, 0, 0, 0, time.UTC).Format(time.RFC3339)
			fmt.Fprintf(&assignments, "c%d,%d,a,%s,%s\n", j, i, at, at)
		}
	}
	folder := files{
		"customers.csv": customers.String(), "assignments.csv": assignments.String(),
		"campaigns.csv": "campaign_id\nc0\nc1\nc2\n", "arms.csv": "campaign_id,arm\nc0,a\nc1,a\nc2,a\n",
	}.in(t, t.TempDir())
	whole := load(t, Options{Sources: []string{folder}, AsOf: "2018-12-31"})
	whole.check(t, "SELECT DISTINCT step FROM reach", "1")
	joined := func(step int) []string { // as the rows would be with a bit for so many months
		sums := map[string]int64{}
		for _, row := range rows(t, whole.db, "SELECT segment, months, customers FROM reach") {
			var segment int
			var months, n, bits int64
			fmt.Sscan(strings.ReplaceAll(row, "|", " "), &segment, &months, &n)
			for i := range 60 {
				bits |= months >> i & 1 << (i / step)
			}
			sums[fmt.Sprintf("%d|%d|%d", segment, step, bits|months>>60<<60)] += n
		}
		var list []string
		for key, n := range sums {
			list = append(list, fmt.Sprint(key, "|", n))
		}
		slices.Sort(list)
		return list
	}
	quarters := len(joined(3))
	for _, x := range []struct{ most, step int }{{quarters, 3}, {quarters - 1, 12}} {
		b := load(t, Options{Sources: []string{folder}, AsOf: "2018-12-31", mostPaths: x.most})
		got := rows(t, b.db, "SELECT * FROM reach")
		slices.Sort(got)
		if want := joined(x.step); !slices.Equal(got, want) {
			t.Errorf("of at most %d rows:\n%s\nwant\n%s", x.most, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
