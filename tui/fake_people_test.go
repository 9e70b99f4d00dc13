package tui

import (
	"context"
	"errors"
	"fmt"
	"time"

	"accord/queries"
)

// People are a few made-up customers, one of whom has a life.
func (q fakeQuestions) People(_ context.Context, f queries.Filter, c queries.Choice) (queries.People, error) {
	if f.Purpose == "nobody" {
		return queries.People{}, errors.New("nobody")
	}
	out := queries.People{Choice: c, Of: 1234, Zone: "America/Montreal"}
	for i := range 40 {
		out.Rows = append(out.Rows, queries.Person{
			Pseudonym: fakePseudonym(i), Segment: []string{"QC", "25-34", "fr"}, Known: "2017-02-03",
			OptedIn: []string{"personalisation"}, Messages: queries.Known(int64(i)), Purchases: queries.Known(int64(2 * i)),
		})
	}
	if c.Customer == "" {
		return out, nil
	}
	day := func(n int) time.Time { return time.Date(2018, 1, 1+n, 9, 30, 0, 0, time.UTC) }
	out.Life = &queries.Life{
		Pseudonym: c.Customer, First: day(0), Last: day(300),
		Spells: []queries.LifeSpell{
			{Purpose: "email_marketing", From: day(0), Until: day(250), EndedBy: "expired"},
			{Purpose: "personalisation", Express: true, From: day(50), Until: day(120), EndedBy: "withdrawn"},
			{Purpose: "personalisation", Express: true, From: day(200)},
		},
		Events: []queries.LifeEvent{
			{At: day(50), Kind: "given", What: "personalisation", Detail: "email", More: "express", Allowed: []string{"personalisation"}, Otherwise: []string{"email_marketing"}},
			{At: day(60), Kind: "delivered", What: "Privacy notice v3", Detail: "transparency", More: "email", Allowed: []string{"personalisation"}},
			{At: day(61), Kind: "opened", What: "Privacy notice v3", Detail: "machine", Allowed: []string{"personalisation"}},
			{At: day(120), Kind: "withdrawn", What: "personalisation", Detail: "email"},
			{At: day(130), Kind: "purchase", What: "garden", Detail: "store", Amount: queries.Known[int64](4210)},
			{At: day(140), Kind: "contact", What: "complaint", Detail: "call_centre"},
		},
	}
	return out, nil
}

func fakePseudonym(i int) string { return fmt.Sprintf("%08x-0000-4000-8000-%012x", i*7919, i) }
