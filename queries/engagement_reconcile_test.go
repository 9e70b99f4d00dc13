package queries_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"accord/queries"
)

// A letter is what became of a message of the shop, as plain Go has it.
type letter struct {
	assignment
	content             string
	sent                time.Time
	opened, openMachine bool
	converted, left     bool
	human, opener       bool // clicked, opened by a person
}

// letters makes up what became of the shop's assignments: the campaign late came
// at any hour, spring at nine o'clock.
func (s shop) letters(seed uint64) []letter {
	r := rand.New(rand.NewPCG(seed, 9))
	var out []letter
	for _, a := range s.assigned {
		l := letter{assignment: a, content: a.arm, sent: a.at, opened: a.clicked || r.IntN(3) == 0, left: r.IntN(30) == 0}
		if a.campaign == "spring" {
			l.sent = time.Date(a.at.Year(), a.at.Month(), a.at.Day(), 9, 5, 0, 0, time.UTC)
			l.at = l.sent
		}
		l.openMachine = l.opened && !a.clicked && r.IntN(3) == 0
		if a.arm == "personalised" && r.IntN(2) == 0 {
			l.content = "generic"
		}
		l.converted = a.converted
		l.human = a.clicked && !a.machine && a.clickedAt.Before(l.at.AddDate(0, 0, 14)) && !a.clickedAt.Before(l.at)
		l.opener = l.opened && !l.openMachine
		out = append(out, l)
	}
	return out
}

// counts reports whether the message's window is over.
func (l letter) counts() bool { return !l.at.AddDate(0, 0, 14).After(lastDay.AddDate(0, 0, 1)) }

func writeLetters(t *testing.T, dir string, list []letter) {
	t.Helper()
	var b strings.Builder
	b.WriteString("campaign_id,customer_id,arm,assigned_at,delivered_at,delivered_content,opened,clicked,opened_by_machine,clicked_by_machine,converted,unsubscribed,revenue\n")
	for _, l := range list {
		clicked := ""
		if l.clicked {
			clicked = l.clickedAt.Format(time.RFC3339)
		}
		sent := "true" // at a time that nobody knows
		if !l.sent.IsZero() {
			sent = l.sent.Format(time.RFC3339)
		}
		fmt.Fprintf(&b, "%s,C%d,%s,%s,%s,%s,%t,%s,%t,%t,%t,%t,%d.%02d\n", l.campaign, l.customer, l.arm, l.at.Format(time.RFC3339), sent, l.content,
			l.opened, clicked, l.openMachine, l.machine, l.converted, l.left, l.cents/100, l.cents%100)
	}
	if err := os.WriteFile(filepath.Join(dir, "assignments.csv"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// openLetters makes up the shop's letters, loads it with them and opens it.
func (s shop) openLetters(t *testing.T, seed uint64) ([]letter, *queries.Dataset) {
	t.Helper()
	dir := t.TempDir()
	s.write(t, dir)
	list := s.letters(seed)
	writeLetters(t, dir, list)
	return list, opened(t, dir, queries.Options{MinCell: 1})
}

// did is whether a message has the outcome of a metric, and whether it counts.
func (l letter) did(m queries.Metric) (did, of bool) {
	switch m {
	case queries.HumanOpen:
		return l.opener, true
	case queries.HumanClick:
		return l.human, true
	case queries.ClickToOpen:
		return l.human, l.opener
	case queries.Conversion:
		return l.converted, true
	case queries.Unsubscribe:
		return l.left, true
	}
	return l.cents > 0, true
}

func engagementOf(t *testing.T, d *queries.Dataset, filter string, c queries.Choice) queries.Engagement {
	t.Helper()
	a, err := d.Engagement(context.Background(), mustParse(t, filter), c)
	if err != nil {
		t.Fatal(err)
	}
	if a.Missing != "" {
		t.Fatalf("%v is missing: %s", c, a.Missing)
	}
	return a
}

// Every figure of the screen equals a computation over the messages in Go: all
// together, by group, by week, by hour, by campaign and by messages in a month.
func TestEngagementReconciled(t *testing.T) {
	s := newShop(11, 500)
	list, d := s.openLetters(t, 11)
	for _, f := range filters {
		var kept []letter
		for _, l := range list {
			if f.keep(s.customers[l.customer]) && l.counts() {
				kept = append(kept, l)
			}
		}
		for _, metric := range []queries.Metric{queries.HumanClick, queries.HumanOpen, queries.ClickToOpen, queries.Conversion, queries.Revenue, queries.Unsubscribe} {
			for by, of := range map[string]func(letter) string{
				"content": func(l letter) string { return l.content }, "campaign": func(l letter) string { return map[string]string{"spring": "Spring", "late": "Late"}[l.campaign] },
				"age_band": func(l letter) string { return s.customers[l.customer].age },
			} {
				if by != "content" && metric != queries.HumanClick && metric != queries.ClickToOpen {
					continue
				}
				a := engagementOf(t, d, f.text, queries.Choice{By: by, Measure: string(metric)})
				name := fmt.Sprintf("%q %s by %s", f.text, metric, by)
				whole := queries.EngagementFigure{}
				for _, x := range a.Figures {
					if x.Metric == metric {
						whole = x
					}
				}
				compareLetters(t, name, kept, metric, func(letter) bool { return true }, whole.N, whole.People, whole.Figure)
				rows := 0
				for _, row := range a.Groups.Rows {
					people := queries.Known[int64](-1)
					if len(row.Parts) > 0 {
						people = row.Parts[0].Numerator
					}
					rows += compareLetters(t, name+" "+row.Value, kept, metric, func(l letter) bool { return of(l) == row.Value }, row.N, people, row.Figure)
				}
				if n, _ := whole.N.Value(); int64(rows) != n {
					t.Errorf("%s: rows of %d messages, all are %d", name, rows, n)
				}
				var steps int64
				for _, step := range a.Course.Steps {
					steps += int64(compareLetters(t, fmt.Sprint(name, " until ", step.At), kept, metric, func(l letter) bool {
						day := queries.DateOf(l.sent)
						return day > step.From && day <= step.At
					}, step.N, step.People, step.Figure))
				}
				if n, _ := whole.N.Value(); steps != n {
					t.Errorf("%s: steps of %d messages, all are %d", name, steps, n)
				}
			}
		}
		a := engagementOf(t, d, f.text, queries.Choice{})
		reconcileMachines(t, a.Machine, kept)
		reconcileFatigue(t, s, a.Fatigue, list, f.keep)
		reconcileReach(t, s, a.Reach, list, f.keep)
		for _, period := range []string{"since=2018-03-01", "until=2018-04-30", "since=2018-02-15 until=2018-05-15"} {
			reconcileReach(t, s, engagementOf(t, d, strings.TrimSpace(f.text+" "+period), queries.Choice{}).Reach, list, f.keep)
		}
	}
}

// compareLetters compares one figure with the messages that are wanted, and
// returns how many those are.
func compareLetters(t *testing.T, name string, list []letter, m queries.Metric, wanted func(letter) bool, n, people queries.Count, figure queries.Figure[queries.Estimate]) int {
	t.Helper()
	var seen, did, cents int64
	for _, l := range list {
		if yes, of := l.did(m); of && wanted(l) {
			seen++
			cents += l.cents
			if yes {
				did++
			}
		}
	}
	got, _ := n.Value()
	acts, _ := people.Value()
	if got != seen || (acts >= 0 && acts != did) {
		t.Errorf("%s: %d of %d, want %d of %d", name, acts, got, did, seen)
	}
	want := float64(did) / float64(seen)
	if m.Money() {
		want = float64(cents) / 100 / float64(seen)
	}
	if e, there := figure.Value(); there && !near(e.Value, want) {
		t.Errorf("%s: %v, want %v", name, e.Value, want)
	}
	return int(seen)
}

func reconcileMachines(t *testing.T, m queries.Machines, list []letter) {
	t.Helper()
	for _, row := range m.Rows {
		var n, human, alone int64
		for _, l := range list {
			if strings.EqualFold(l.campaign, row.Campaign) {
				n++
				if l.opener {
					human++
				}
				if l.openMachine {
					alone++
				}
			}
		}
		got, _ := row.N.Value()
		people, _ := row.Human.Numerator.Value()
		machines, _ := row.Machine.Numerator.Value()
		raw, there := row.Raw.Value()
		if got != n || people != human || machines != alone || (there && !near(raw, float64(human+alone)/float64(n))) {
			t.Errorf("%s: %d, %d of %d, want %d, %d of %d", row.Campaign, people, machines, got, human, alone, n)
		}
	}
}

// reconcileFatigue counts each customer's messages by month of delivery, window
// over or not, and sets clicks beside those of the campaigns over everyone.
func reconcileFatigue(t *testing.T, s shop, f queries.Fatigue, list []letter, keep func(customer) bool) {
	t.Helper()
	type month struct {
		customer int
		month    string
	}
	rates := map[string][2]float64{}
	inMonth := map[month][]letter{}
	for _, l := range list {
		if l.counts() {
			r := rates[l.campaign]
			r[1]++
			if l.human {
				r[0]++
			}
			rates[l.campaign] = r
		}
		inMonth[month{l.customer, l.sent.Format("2006-01")}] = append(inMonth[month{l.customer, l.sent.Format("2006-01")}], l)
	}
	type sums struct {
		customers, seen, did int64
		expected             float64
	}
	by := map[int]sums{}
	ofMonth := map[string]map[int]sums{}
	for at, letters := range inMonth {
		if !keep(s.customers[at.customer]) {
			continue
		}
		x, then := by[len(letters)], ofMonth[at.month][len(letters)]
		x.customers++
		for _, l := range letters {
			if l.counts() {
				x.seen++
				if l.human {
					x.did++
				}
				usual := math.Floor(1e6*rates[l.campaign][0]/rates[l.campaign][1]) / 1e6
				x.expected += usual
				then.expected += usual
				if l.human {
					then.did++
				}
			}
		}
		by[len(letters)] = x
		if ofMonth[at.month] == nil {
			ofMonth[at.month] = map[int]sums{}
		}
		ofMonth[at.month][len(letters)] = then
	}
	for i, row := range f.Rows {
		want := by[row.Messages]
		customers, _ := row.Customers.Value()
		did, _ := row.Clicks.Numerator.Value()
		seen, _ := row.Clicks.Denominator.Value()
		if customers != want.customers || did != want.did || seen != want.seen {
			t.Errorf("%d in a month: %d customers, %d of %d clicked, want %+v", row.Messages, customers, did, seen, want)
		}
		if e, there := row.Change.Value(); i > 0 && there {
			one := by[f.Rows[0].Messages]
			if row.Months > 0 {
				var months int
				var a, b sums
				for _, of := range ofMonth {
					if had, first := of[row.Messages], of[f.Rows[0].Messages]; had.expected > 0 && first.expected > 0 {
						months++
						a.did, a.expected, b.did, b.expected = a.did+had.did, a.expected+had.expected, b.did+first.did, b.expected+first.expected
					}
				}
				var variance float64
				for _, of := range ofMonth {
					if had, first := of[row.Messages], of[f.Rows[0].Messages]; had.expected > 0 && first.expected > 0 {
						apart := float64(had.did)/float64(a.did) - had.expected/a.expected - float64(first.did)/float64(b.did) + first.expected/b.expected
						variance += apart * apart * float64(months) / float64(months-1)
					}
				}
				change := math.Log(float64(a.did) / a.expected / (float64(b.did) / b.expected))
				half := math.Log1p(e.High) - change
				if chance := 1/float64(a.did) + 1/float64(b.did); months != row.Months || math.Abs(e.Value-math.Expm1(change)) > 1e-6 || months == 4 && math.Abs(half-3.18244631*math.Sqrt(max(variance, chance))) > 1e-5 {
					t.Errorf("%d in a month: %+v over %d months, want %v over %d", row.Messages, e, row.Months, math.Expm1(change), months)
				}
				continue
			}
			if ratio := float64(want.did)/want.expected/(float64(one.did)/one.expected) - 1; math.Abs(e.Value-ratio) > 1e-6 {
				t.Errorf("%d in a month: %v against one, want %v", row.Messages, e.Value, ratio)
			}
		}
	}
}

// The change with the number of messages is over months as wholes.
func TestManyMessagesOverMonths(t *testing.T) {
	s := newShop(11, 900)
	for i := range s.assigned {
		// A third of the customers have both messages in one month, the others in two.
		a := &s.assigned[i]
		month := a.customer % 4
		if a.campaign == "late" && a.customer%3 > 0 {
			month = (month + 1) % 4
		}
		before := a.at
		a.at = time.Date(2018, time.Month(2+month), 1+a.customer%20, 9, 0, 0, 0, time.UTC)
		a.clickedAt = a.clickedAt.Add(a.at.Sub(before))
	}
	list, d := s.openLetters(t, 11)
	for _, f := range filters {
		a := engagementOf(t, d, f.text, queries.Choice{})
		reconcileFatigue(t, s, a.Fatigue, list, f.keep)
		if last := a.Fatigue.Rows[len(a.Fatigue.Rows)-1]; f.text == "" && (last.Messages != 2 || last.Months != 4) {
			t.Errorf("2 in a month: %+v, want those of 4 months", last)
		}
	}
}

// reconcileReach counts the customers who had a message within the days that the
// answer names.
func reconcileReach(t *testing.T, s shop, x queries.Reach, list []letter, keep func(customer) bool) {
	t.Helper()
	if x.Missing != "" {
		t.Errorf("reach is missing: %s", x.Missing)
		return
	}
	reached, people := map[int]bool{}, int64(0)
	for _, c := range s.customers {
		if keep(c) {
			people++
		}
	}
	for _, l := range list {
		if day := queries.DateOf(l.sent); keep(s.customers[l.customer]) && day >= x.Since && day <= x.Until {
			reached[l.customer] = true
		}
	}
	n, _ := x.Customers.Numerator.Value()
	of, _ := x.Customers.Denominator.Value()
	if n != int64(len(reached)) || of != people {
		t.Errorf("reached from %q until %s: %d of %d, want %d of %d", x.Since, x.Until, n, of, len(reached), people)
	}
}
