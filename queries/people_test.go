package queries_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"accord/queries"
	"accord/queries/load"
)

// The life of a customer is what the shop knows of them, and what was allowed at
// each moment is what a plain computation says.
func TestLifeOfACustomer(t *testing.T) {
	t.Parallel()
	s, d := oneShop()
	busiest := 0
	count := map[int]int{}
	for _, c := range s.consents {
		if count[c.customer]++; c.purpose == "personalisation" && count[c.customer] > count[busiest] {
			busiest = c.customer
		}
	}
	pseudonym := shopKey.Pseudonym(fmt.Sprint("C", busiest))
	p, err := d.People(context.Background(), queries.Filter{}, queries.Choice{Customer: pseudonym})
	if err != nil {
		t.Fatal(err)
	}
	if p.Of != 300 || len(p.Rows) != 300 || p.Life == nil {
		t.Fatalf("%d of %d customers", len(p.Rows), p.Of)
	}
	consents := 0
	for _, c := range s.consents {
		if c.customer == busiest {
			consents++
		}
	}
	last := time.Time{}
	for _, e := range p.Life.Events {
		if e.At.Before(last) {
			t.Errorf("%v comes after %v", e.At, last)
		}
		last = e.At
		if !slices.Contains([]string{"assigned", "delivered", "opened", "clicked", "converted", "purchase", "contact"}, e.Kind) {
			consents--
		}
		for _, purpose := range []string{"email", "personalisation"} {
			if want := s.optedIn(busiest, purpose, e.At.Add(1)); slices.Contains(e.Allowed, purpose) != want {
				t.Errorf("%v: %s allowed is %t, want %t", e.At, purpose, !want, want)
			}
		}
	}
	if consents != 0 {
		t.Errorf("%d consents are missing from the life", consents)
	}
}

func TestPeopleOfASegmentAndCampaign(t *testing.T) {
	t.Parallel()
	s, d := oneShop()
	want := int64(0)
	for _, c := range s.customers {
		if c.region == "QC" {
			want++
		}
	}
	p, err := d.People(context.Background(), mustParse(t, "region=QC"), queries.Choice{})
	if err != nil || p.Of != want {
		t.Errorf("%d of QC, want %d (%v)", p.Of, want, err)
	}
	for _, row := range p.Rows {
		if !slices.Contains(row.Segment, "QC") {
			t.Errorf("%v is not of QC", row.Segment)
		}
	}
	of := map[int]bool{}
	for _, a := range s.assigned {
		if a.campaign == s.assigned[0].campaign && a.arm == s.assigned[0].arm {
			of[a.customer] = true
		}
	}
	p, err = d.People(context.Background(), queries.Filter{}, queries.Choice{Campaign: s.assigned[0].campaign, Arm: s.assigned[0].arm})
	if err != nil || p.Of != int64(len(of)) {
		t.Errorf("%d of the arm, want %d (%v)", p.Of, len(of), err)
	}
}

func TestPeopleThatCannotBe(t *testing.T) {
	_, d := oneShop()
	for _, customer := range []string{"C1", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --", load.Key("another key altogether").Pseudonym("C0")} {
		var mistake *queries.MistakeError
		if _, err := d.People(context.Background(), queries.Filter{}, queries.Choice{Customer: customer}); !errors.As(err, &mistake) {
			t.Errorf("%q: %v", customer, err)
		}
	}
	guarded := newShop(14, 40).open(t, queries.Options{Guarded: true})
	if _, err := guarded.People(context.Background(), queries.Filter{}, queries.Choice{}); !errors.Is(err, queries.ErrGuarded) {
		t.Errorf("guarded: %v", err)
	}
	if !shopKey.Made(d.KeyCheck()) || load.Key("another key altogether").Made(d.KeyCheck()) {
		t.Error("keys are not told apart")
	}
}
