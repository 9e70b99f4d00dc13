package load

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// An allotment is a row of assignments.csv. Outcomes are -1 where nothing is
// recorded, 0 for no, 1 for yes, and above it the day after the assignment on
// which it happened, plus 2.
type allotment struct {
	campaign, customer, arm, assigned int // assigned: day of January 2018, 0 = unknown
	outcomes                          [len(outcomeNames)]int
	machineOpen, machineClick         bool
	revenue, pre                      int // hundredths; -1 and -1000 = not recorded
}

var outcomeNames = [...]string{"delivered_at", "visited", "opened", "clicked", "converted", "unsubscribed", "complained"}

const (
	noRevenue, noPre = -1, -1000
	days             = 24 * time.Hour
)

// allotments draws rows of two campaigns with two arms. Arm b of the second
// records nothing; rows whose customer was drawn before in an arm are left out.
var allotments = rapid.Custom(func(t *rapid.T) []allotment {
	outcome := rapid.SampledFrom([]int{-1, -1, 0, 0, 1, 1, 2, 3, 9, 15, 16, 17, 40})
	row := rapid.Custom(func(t *rapid.T) allotment {
		a := allotment{
			campaign: rapid.IntRange(0, 1).Draw(t, "campaign"), customer: rapid.IntRange(0, 39).Draw(t, "customer"), arm: rapid.SampledFrom([]int{0, 0, 0, 1, 1, 1}).Draw(t, "arm"),
			assigned:    rapid.SampledFrom([]int{0, 1, 1, 1, 2, 16, 17, 18, 30}).Draw(t, "assigned"),
			machineOpen: rapid.IntRange(0, 4).Draw(t, "machine open") == 0, machineClick: rapid.IntRange(0, 4).Draw(t, "machine click") == 0,
			revenue: rapid.SampledFrom([]int{noRevenue, 0, 0, 1, 250, 99999, 12345678}).Draw(t, "revenue"),
			pre:     rapid.SampledFrom([]int{noPre, 0, -999, 1, 5000}).Draw(t, "pre"),
		}
		for i := range a.outcomes {
			a.outcomes[i] = outcome.Draw(t, outcomeNames[i])
		}
		if a.campaign == 1 && a.arm == 1 {
			a.outcomes, a.revenue = [len(outcomeNames)]int{-1, -1, -1, -1, -1, -1, -1}, noRevenue
		}
		return a
	})
	type place struct{ campaign, customer, arm int }
	return rapid.SliceOfNDistinct(row, 0, 80, func(a allotment) place { return place{a.campaign, a.customer, a.arm} }).Draw(t, "rows")
})

// happened is whether the outcome counts: within 14 days, and by a person.
func (a allotment) happened(outcome string, recorded bool) *bool {
	if !recorded {
		return nil
	}
	v := a.outcomes[slices.Index(outcomeNames[:], outcome)]
	yes := v == 1 || v > 1 && (outcome == "delivered_at" || a.assigned == 0 || v-2 < 14)
	yes = yes && !(outcome == "opened" && a.machineOpen) && !(outcome == "clicked" && a.machineClick)
	return &yes
}

// The roll-up, by segment and in total, is the sum over the raw rows.
func TestLiftProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		drawn := allotments.Draw(rt, "allotments")
		b := load(t, Options{Sources: []string{liftFiles(drawn).in(t, t.TempDir())}})
		defer b.db.Close()
		want := sumUp(drawn)
		got := map[string][]int64{}
		for _, row := range rows(t, b.db, "SELECT campaign, arm, opted_in, coalesce(region, 'all'), "+liftColumns+" FROM lift LEFT JOIN segments ON segment = segment_id") {
			f := strings.Split(row, "|")
			key := strings.Join(f[:4], " ")
			for _, v := range f[4:] {
				var n int64
				fmt.Sscan(v, &n)
				got[key] = append(got[key], n)
			}
		}
		for key := range got {
			if want[key] == nil {
				rt.Fatalf("%s has %v, want no such row", key, got[key])
			}
		}
		for key, w := range want {
			if !slices.Equal(got[key], w) {
				rt.Fatalf("%s:\nhave %v\nwant %v\n%s", key, got[key], w, liftColumns)
			}
		}
	})
}

const liftColumns = "assigned, in_two_arms, mature, immature, delivered_seen, delivered, visit_seen, visit, visit_pre, open_seen, open, open_pre, click_seen, click, click_pre, " +
	"conversion_seen, conversion, conversion_pre, unsubscribe_seen, unsubscribe, unsubscribe_pre, complaint_seen, complaint, complaint_pre, " +
	"revenue_seen, revenue_people, revenue, revenue_sq, revenue_capped, revenue_capped_sq, revenue_pre, pre_seen, pre, pre_sq"

// sumUp adds the rows up under "campaign arm opted_in region", in the order of
// liftColumns. The as-of date is 31 January; there are too few rows for a cap
// below the highest revenue.
func sumUp(drawn []allotment) map[string][]int64 {
	recorded := map[string]bool{} // campaign arm outcome
	arms := map[string][]int{}    // of a customer in a campaign
	for _, a := range drawn {
		for i, v := range a.outcomes {
			recorded[fmt.Sprint(a.campaign, a.arm, outcomeNames[i])] = recorded[fmt.Sprint(a.campaign, a.arm, outcomeNames[i])] || v >= 0
		}
		recorded[fmt.Sprint(a.campaign, a.arm, "revenue")] = recorded[fmt.Sprint(a.campaign, a.arm, "revenue")] || a.revenue >= 0
		who := fmt.Sprint(a.campaign, a.customer)
		arms[who] = append(arms[who], a.arm)
	}
	// Both campaigns are on one channel: an arm with deliveries records what is rare
	// there where any does.
	for _, name := range []string{"unsubscribed", "complained"} {
		anywhere := slices.ContainsFunc(drawn, func(a allotment) bool { return recorded[fmt.Sprint(a.campaign, a.arm, name)] })
		for _, a := range drawn {
			if anywhere && recorded[fmt.Sprint(a.campaign, a.arm, "delivered_at")] {
				recorded[fmt.Sprint(a.campaign, a.arm, name)] = true
			}
		}
	}
	out := map[string][]int64{}
	for _, a := range drawn {
		inArms := arms[fmt.Sprint(a.campaign, a.customer)]
		mature := a.assigned == 0 || a.assigned+14 <= 32
		counts := mature && len(inArms) == 1
		one := func(yes bool) int64 {
			if yes {
				return 1
			}
			return 0
		}
		sums := []int64{1, one(len(inArms) > 1 && a.arm == slices.Min(inArms)), one(counts), one(!mature && len(inArms) == 1)}
		pre, hasPre := int64(a.pre), a.pre != noPre
		if !hasPre {
			pre = 0
		}
		for _, name := range outcomeNames {
			did := a.happened(name, recorded[fmt.Sprint(a.campaign, a.arm, name)])
			switch {
			case name == "delivered_at":
				sums = append(sums, one(did != nil), one(did != nil && *did))
			case did == nil || !counts:
				sums = append(sums, 0, 0, 0)
			default:
				sums = append(sums, 1, one(*did), one(*did)*pre)
			}
		}
		spent, seen := max(int64(a.revenue), 0), one(counts && recorded[fmt.Sprint(a.campaign, a.arm, "revenue")])
		spent *= seen
		sums = append(sums, seen, one(spent > 0), spent, spent*spent, spent, spent*spent, spent*pre)
		seen = one(counts && hasPre)
		sums = append(sums, seen, seen*pre, seen*pre*pre)

		opted := []string{"yes", "no"}[a.customer%2]
		if a.assigned == 0 {
			opted = "unknown"
		}
		for _, region := range []string{[]string{"ON", "QC", "BC"}[a.customer%3], "all"} {
			key := fmt.Sprint(a.campaign, " ", string(rune('a'+a.arm)), " ", opted, " ", region)
			if out[key] == nil {
				out[key] = make([]int64, len(sums))
			}
			for i, s := range sums {
				out[key][i] += s
			}
		}
	}
	return out
}

// liftFiles writes the rows as files. Customers with even numbers are opted in.
func liftFiles(drawn []allotment) files {
	f := files{
		"accord.toml":   "as_of = '2018-01-31'",
		"campaigns.csv": "campaign_id,channel\n0,email\n1,email\n",
		"arms.csv":      "campaign_id,arm,purposes\n" + cross("%s,%s,news", []string{"0", "1"}, []string{"a", "b"}),
		"customers.csv": "customer_id,region\n", "consents.csv": "customer_id,purpose,state,occurred_at\n",
	}
	for i := range 40 {
		f["customers.csv"] += fmt.Sprintf("%d,%s\n", i, []string{"ON", "QC", "BC"}[i%3])
		if i%2 == 0 {
			f["consents.csv"] += fmt.Sprintf("%d,news,given,2017-12-01\n", i)
		}
	}
	csv := "campaign_id,customer_id,arm,assigned_at," + strings.Join(outcomeNames[:], ",") + ",opened_by_machine,clicked_by_machine,revenue,pre_value\n"
	for _, a := range drawn {
		assigned, at := "", time.Date(2018, 1, 1, 12, 0, 0, 0, time.UTC)
		if a.assigned > 0 {
			at = time.Date(2018, 1, a.assigned, 0, 0, 0, 0, time.UTC)
			assigned = at.Format(time.RFC3339)
		}
		csv += fmt.Sprintf("%d,%d,%c,%s", a.campaign, a.customer, 'a'+a.arm, assigned)
		for _, v := range a.outcomes {
			switch {
			case v < 0:
				csv += ","
			case v > 1:
				csv += "," + at.Add(time.Duration(v-2)*days).Format(time.RFC3339)
			default:
				csv += fmt.Sprint(",", v)
			}
		}
		money := func(hundredths, none int) string {
			if hundredths == none {
				return ""
			}
			return fmt.Sprintf("%.2f", float64(hundredths)/100)
		}
		csv += fmt.Sprintf(",%t,%t,%s,%s\n", a.machineOpen, a.machineClick, money(a.revenue, noRevenue), money(a.pre, noPre))
	}
	f["assignments.csv"] = csv
	return f
}
