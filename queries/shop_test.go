package queries_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"accord/queries"
	"accord/queries/load"
)

// A shop is a small data set as plain Go values, to ask questions of without
// accord and compare.
type shop struct {
	customers []customer
	consents  []consent
	assigned  []assignment
	answers   []answer
}

type customer struct {
	region, age   string
	created, left time.Time // zero = none
}

type consent struct {
	customer int
	purpose  string
	state    string
	at       time.Time
}

type assignment struct {
	customer         int
	campaign, arm    string
	at               time.Time
	clicked, machine bool
	clickedAt        time.Time // where clicked
	converted        bool
	cents            int64
}

type answer struct {
	stance, region string
	weight         float64
	day            time.Time
}

// lastDay is the shop's as-of date; a survey answer falls on it.
var lastDay = time.Date(2018, 6, 30, 0, 0, 0, 0, time.UTC)

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// newShop makes up a shop of n customers.
func newShop(seed uint64, n int) shop {
	r := rand.New(rand.NewPCG(seed, 1))
	day := func(from, days int) time.Time {
		return time.Date(2018, 1, 1+from, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(days*24*3600)) * time.Second)
	}
	var s shop
	for i := range n {
		c := customer{region: pick(r, "QC", "ON", "New Brunswick"), age: pick(r, "18-34", "35-54", "55+"), created: day(0, 60)}
		if r.IntN(10) == 0 {
			c.left = c.created.AddDate(0, 0, 90+r.IntN(30))
		}
		s.customers = append(s.customers, c)
		for _, purpose := range []string{"email", "personalisation"} {
			at := c.created
			for range r.IntN(4) {
				at = at.Add(time.Duration(1+r.IntN(40*24*3600)) * time.Second)
				if at.Before(lastDay) {
					s.consents = append(s.consents, consent{i, purpose, pick(r, "given", "given", "renewed", "withdrawn", "refused", "deferred"), at})
				}
			}
		}
		for _, campaign := range []string{"spring", "late"} {
			start := map[string]time.Time{"spring": time.Date(2018, 4, 1, 9, 0, 0, 0, time.UTC), "late": time.Date(2018, 6, 10, 9, 0, 0, 0, time.UTC)}[campaign]
			a := assignment{customer: i, campaign: campaign, arm: pick(r, "generic", "personalised", "personalised"), at: start.Add(time.Duration(r.IntN(10*24)) * time.Hour)}
			if c.created.After(a.at) {
				continue
			}
			a.clicked = r.IntN(5) == 0
			a.machine = a.clicked && r.IntN(4) == 0
			a.clickedAt = a.at.Add(time.Duration(r.IntN(20*24*3600)) * time.Second)
			a.clicked = a.clicked && a.clickedAt.Before(lastDay)
			a.converted = r.IntN(8) == 0
			if a.converted {
				a.cents = int64(100 + r.IntN(20000))
			}
			s.assigned = append(s.assigned, a)
		}
	}
	for range n / 2 {
		s.answers = append(s.answers, answer{pick(r, "willing", "willing", "sceptical", "undecided"), pick(r, "QC", "ON"), 0.5 + float64(r.IntN(100))/100, day(30, 100)})
	}
	s.answers = append(s.answers, answer{"willing", "QC", 1, lastDay})
	return s
}

// write writes the shop's input files into dir.
func (s shop) write(tb testing.TB, dir string) {
	tb.Helper()
	defer func() {
		if err := recover(); err != nil {
			tb.Fatal(err)
		}
	}()
	s.writeTo(dir)
}

func (s shop) writeTo(dir string) {
	stamp := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	file := func(name, header string, rows int, row func(i int) string) {
		var b strings.Builder
		b.WriteString(header + "\n")
		for i := range rows {
			b.WriteString(row(i) + "\n")
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o600); err != nil {
			panic(err)
		}
	}
	file("customers.csv", "customer_id,region,age_band,created_at,left_at", len(s.customers), func(i int) string {
		c := s.customers[i]
		return fmt.Sprintf("C%d,%s,%s,%s,%s", i, c.region, c.age, stamp(c.created), stamp(c.left))
	})
	file("consents.csv", "customer_id,purpose,state,occurred_at,channel,basis", len(s.consents), func(i int) string {
		c := s.consents[i]
		return fmt.Sprintf("C%d,%s,%s,%s,email,express", c.customer, c.purpose, c.state, stamp(c.at))
	})
	file("campaigns.csv", "campaign_id,name,channel,started_at,control_arm", 2, func(i int) string {
		return []string{"spring,Spring,email,2018-04-01,generic", "late,Late,email,2018-06-10,generic"}[i]
	})
	file("arms.csv", "campaign_id,arm,content,purposes,planned_share", 4, func(i int) string {
		return []string{"spring,generic,generic,email,0.3333", "spring,personalised,personalised,email;personalisation,0.6667",
			"late,generic,generic,email,0.3333", "late,personalised,personalised,email;personalisation,0.6667"}[i]
	})
	file("assignments.csv", "campaign_id,customer_id,arm,assigned_at,delivered_at,clicked,clicked_by_machine,converted,revenue", len(s.assigned), func(i int) string {
		a := s.assigned[i]
		clicked := ""
		if a.clicked {
			clicked = stamp(a.clickedAt)
		}
		return fmt.Sprintf("%s,C%d,%s,%s,%s,%s,%t,%t,%d.%02d", a.campaign, a.customer, a.arm, stamp(a.at), stamp(a.at), clicked, a.machine, a.converted, a.cents/100, a.cents%100)
	})
	file("survey.csv", "respondent_id,stance,weight,answered_at,region,customer_id", len(s.answers), func(i int) string {
		a, linked := s.answers[i], ""
		if c := s.linked(i); c >= 0 {
			linked = fmt.Sprintf("C%d", c)
		}
		return fmt.Sprintf("R%d,%s,%.2f,%s,%s,%s", i, a.stance, a.weight, a.day.Format(time.DateOnly), a.region, linked)
	})
}

// shopKey makes the pseudonyms of shops.
var shopKey = load.Key("a key for tests only")

// open loads the shop and opens it for questions.
func (s shop) open(tb testing.TB, o queries.Options) *queries.Dataset {
	tb.Helper()
	return s.openAt(tb, o, "")
}

// openAt is open as of a day, the last event's where it is "".
func (s shop) openAt(tb testing.TB, o queries.Options, asOf string) *queries.Dataset {
	tb.Helper()
	dir := tb.TempDir()
	s.write(tb, dir)
	path, err := storeOf(dir, asOf)
	if err != nil {
		tb.Fatal(err)
	}
	// Within a process DuckDB opens a path once, and a shop may be open twice.
	out := filepath.Join(dir, "shop.duckdb")
	if err := os.Link(path, out); err != nil {
		tb.Fatal(err)
	}
	d, err := queries.Open(context.Background(), out, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Error(err)
		}
	})
	return d
}

// made are the stores of shops, in their folder, by what they were loaded from:
// several tests look at the same shop, and the load takes longer than they do.
var made struct {
	sync.Mutex
	folder string
	stores map[string]func() (string, error)
}

// storeOf is a store of the files in dir, of which no row is rejected.
func storeOf(dir, asOf string) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, asOf)
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		return "", err
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(sum, filepath.Base(f), len(text))
		sum.Write(text)
	}
	name := hex.EncodeToString(sum.Sum(nil)) + ".duckdb"
	made.Lock()
	store := made.stores[name]
	if store == nil {
		out := filepath.Join(made.folder, name)
		store = sync.OnceValues(func() (string, error) {
			report, err := load.Load(context.Background(), load.Options{Sources: []string{dir}, Out: out, Key: shopKey, AsOf: asOf})
			for _, r := range report.Sources {
				if r.Rejected > 0 && err == nil {
					err = fmt.Errorf("%+v", r)
				}
			}
			return out, err
		})
		made.stores[name] = store
	}
	made.Unlock()
	return store()
}

// oneShop is a shop for tests that only ask, open until they end.
var oneShop = sync.OnceValues(func() (shop, *queries.Dataset) {
	s := newShop(14, 300)
	dir, err := os.MkdirTemp(made.folder, "files-")
	if err != nil {
		panic(err)
	}
	s.writeTo(dir)
	path, err := storeOf(dir, "")
	if err != nil {
		panic(err)
	}
	d, err := queries.Open(context.Background(), path, queries.Options{})
	if err != nil {
		panic(err)
	}
	return s, d
})

// linked is the customer who gave an answer, -1 where nobody knows.
func (s shop) linked(answer int) int {
	if answer%3 != 0 {
		return -1
	}
	return answer * 7 % len(s.customers)
}

// optedIn replays a customer's events up to a moment.
func (s shop) optedIn(customer int, purpose string, until time.Time) bool {
	if left := s.customers[customer].left; !left.IsZero() && left.Before(until) {
		return false
	}
	var last consent
	for _, c := range s.consents {
		if c.customer == customer && c.purpose == purpose && c.at.Before(until) && c.state != "deferred" && !c.at.Before(last.at) {
			last = c
		}
	}
	return last.state == "given" || last.state == "renewed"
}

// known reports whether a customer is known at the end of the day before until.
func (s shop) known(customer int, until time.Time) bool {
	c := s.customers[customer]
	return c.created.Before(until) && (c.left.IsZero() || !c.left.Before(until))
}
