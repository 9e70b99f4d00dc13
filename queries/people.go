package queries

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"accord/queries/store"
)

// How many customers and events are listed at most.
const (
	PeopleLimit = 500
	eventLimit  = 1000
)

// People are single customers, by their pseudonyms: an analyst's answer, of which
// nothing is withheld.
type People struct {
	Choice Choice   `json:"choice"`
	Of     int64    `json:"of"`   // customers whom the filter, and the campaign and arm chosen, pick
	Rows   []Person `json:"rows"` // the first PeopleLimit of them
	Life   *Life    `json:"life"` // of the customer chosen, nil if none is
	Zone   string   `json:"zone"` // of all times
}

// A Person is one customer.
type Person struct {
	Pseudonym string   `json:"pseudonym"`
	Segment   []string `json:"segment"` // values of the dimensions, in their order
	Known     Date     `json:"known"`   // from which day; empty = always
	Left      Date     `json:"left"`    // empty = not
	OptedIn   []string `json:"opted_in"`
	Messages  Count    `json:"messages"`  // delivered
	Purchases Count    `json:"purchases"` // in all
}

// A Life is what is recorded of one customer.
type Life struct {
	Pseudonym string      `json:"pseudonym"`
	Spells    []LifeSpell `json:"spells"` // by purpose
	Events    []LifeEvent `json:"events"` // from the first to the last
	Earlier   bool        `json:"earlier"`
	First     time.Time   `json:"first"` // and Last: of what is dated
	Last      time.Time   `json:"last"`
}

// A LifeSpell is a time in which a consent was valid on at least one channel.
type LifeSpell struct {
	Purpose string    `json:"purpose"`
	Express bool      `json:"express"` // and not on any basis
	From    time.Time `json:"from"`
	Until   time.Time `json:"until"` // zero = still valid
	EndedBy string    `json:"ended_by"`
}

// Valid reports whether the spell holds at an instant.
func (s LifeSpell) Valid(at time.Time) bool {
	return !s.From.After(at) && (s.Until.IsZero() || s.Until.After(at))
}

// A LifeEvent is something that happened, and what was allowed then.
type LifeEvent struct {
	At     time.Time `json:"at"`   // zero = not recorded
	Kind   string    `json:"kind"` // a consent's state, assigned, delivered, opened, clicked, converted, purchase, contact
	What   string    `json:"what"` // the purpose, campaign, category or kind
	Detail string    `json:"detail"`
	More   string    `json:"more"`
	Amount Count     `json:"amount"` // of a purchase, in hundredths
	// Allowed are the purposes opted in to at that moment; Otherwise those valid
	// on another basis alone.
	Allowed   []string `json:"allowed"`
	Otherwise []string `json:"otherwise"`
}

// pseudonymForm is how a pseudonym is written.
var pseudonymForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// noCustomer is what a pseudonym that nobody has is refused with.
const noCustomer Mistake = "there is no such customer in this data"

// KeyCheck tells whether a key is the one that the pseudonyms were made with, see
// package load.
func (d *Dataset) KeyCheck() string { return d.store.Meta.KeyCheck }

// People lists the customers that f picks, and of those who were assigned to the
// campaign and arm chosen; with the life of the customer chosen, whom no filter
// keeps out. A guarded data set has no such answers.
func (d *Dataset) People(ctx context.Context, f Filter, c Choice) (People, error) {
	out := People{Choice: c, Rows: []Person{}, Zone: d.provenance.Zone}
	if d.options.Guarded {
		return out, ErrGuarded
	}
	picked, err := d.pick(ctx, f)
	if err != nil {
		return out, err
	}
	args := []any{
		sql.Named("segments", picked.segments), sql.Named("everyone", picked.everyone), sql.Named("campaign", optional(Date(c.Campaign))),
		sql.Named("arm", optional(Date(c.Arm))), sql.Named("now", d.now().UTC().Format("2006-01-02 15:04:05")), sql.Named("limit", PeopleLimit),
	}
	var segments []int32
	err = d.each(ctx, "people", args, func(rows *sql.Rows) error {
		var p Person
		var segment int32
		var known, left sql.NullTime
		var purposes any
		var messages, purchases sql.NullInt64
		if err := rows.Scan(&p.Pseudonym, &segment, &known, &left, &purposes, &messages, &purchases, &out.Of); err != nil {
			return err
		}
		p.Known, p.Left = d.dayOf(known), d.dayOf(left)
		p.Messages, p.Purchases = ofData(messages), ofData(purchases)
		list, _ := purposes.([]any)
		for _, purpose := range list {
			p.OptedIn = append(p.OptedIn, fmt.Sprint(purpose))
		}
		out.Rows, segments = append(out.Rows, p), append(segments, segment)
		return nil
	})
	if err != nil {
		return out, err
	}
	values, err := d.segmentsOf(ctx, segments)
	if err != nil {
		return out, err
	}
	for i, s := range segments {
		out.Rows[i].Segment = values[s]
	}
	if c.Customer == "" {
		return out, nil
	}
	out.Life, err = d.life(ctx, c.Customer)
	return out, err
}

// now is the end of the as-of date; long after everything in undated data.
func (d *Dataset) now() time.Time {
	if d.provenance.AsOf == "" {
		return time.Date(2101, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	day := d.provenance.AsOf.AddDays(1).Time()
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, d.zone())
}

// zone is that of the store's calendar.
func (d *Dataset) zone() *time.Location {
	zone, err := time.LoadLocation(d.provenance.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// dayOf is the calendar day of an instant.
func (d *Dataset) dayOf(t sql.NullTime) Date {
	if !t.Valid {
		return ""
	}
	return DateOf(t.Time.In(d.zone()))
}

// segmentsOf are the values of the dimensions by segment.
func (d *Dataset) segmentsOf(ctx context.Context, segments []int32) (map[int32][]string, error) {
	names := []string{"''"}
	for _, dim := range d.dimensions {
		names = append(names, store.Identifier(dim.Name))
	}
	rows, err := d.query(ctx, "segments", fmt.Sprintf("SELECT segment_id, %s FROM segments WHERE segment_id IN (SELECT unnest($segments::INTEGER[]))", strings.Join(names, ", ")),
		sql.Named("segments", append([]int32{}, segments...)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int32][]string{}
	for rows.Next() {
		var id int32
		values := make([]string, len(names))
		into := []any{&id}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out[id] = values[1:]
	}
	return out, asked(ctx, "segments", rows.Err())
}

// life reads what is recorded of a customer.
func (d *Dataset) life(ctx context.Context, pseudonym string) (*Life, error) {
	unknown := &MistakeError{Why: noCustomer}
	if !pseudonymForm.MatchString(pseudonym) {
		return nil, unknown
	}
	there := 0
	err := d.each(ctx, "life_there", []any{sql.Named("pseudonym", pseudonym)}, func(rows *sql.Rows) error { return rows.Scan(&there) })
	if err != nil {
		return nil, err
	}
	if there == 0 {
		return nil, unknown
	}
	l := &Life{Pseudonym: pseudonym, Spells: []LifeSpell{}, Events: []LifeEvent{}}
	zone := d.zone()
	dated := func(t sql.NullTime) time.Time {
		if !t.Valid {
			return time.Time{}
		}
		at := t.Time.In(zone)
		if l.First.IsZero() || at.Before(l.First) {
			l.First = at
		}
		if at.After(l.Last) {
			l.Last = at
		}
		return at
	}
	err = d.each(ctx, "life_spells", []any{sql.Named("pseudonym", pseudonym)}, func(rows *sql.Rows) error {
		var s LifeSpell
		var basis string
		var from, until sql.NullTime
		if err := rows.Scan(&s.Purpose, &basis, &from, &until, &s.EndedBy); err != nil {
			return err
		}
		s.Express, s.From = basis == "express", dated(from)
		if until.Valid {
			s.Until = until.Time.In(zone)
		}
		l.Spells = append(l.Spells, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = d.each(ctx, "life_events", []any{sql.Named("pseudonym", pseudonym), sql.Named("limit", eventLimit+1)}, func(rows *sql.Rows) error {
		var e LifeEvent
		var at sql.NullTime
		var amount sql.NullInt64
		if err := rows.Scan(&at, &e.Kind, &e.What, &e.Detail, &e.More, &amount); err != nil {
			return err
		}
		e.At, e.Amount = dated(at), ofData(amount)
		l.Events = append(l.Events, e)
		return nil
	})
	if len(l.Events) > eventLimit {
		l.Events, l.Earlier = l.Events[len(l.Events)-eventLimit:], true
	}
	for i := range l.Events {
		l.allow(&l.Events[i])
	}
	return l, err
}

// allow says what was allowed at the moment of an event.
func (l *Life) allow(e *LifeEvent) {
	e.Allowed, e.Otherwise = []string{}, []string{}
	if e.At.IsZero() {
		return
	}
	for _, express := range []bool{true, false} {
		for _, s := range l.Spells {
			if s.Express != express || !s.Valid(e.At) || slices.Contains(e.Allowed, s.Purpose) {
				continue
			}
			if express {
				e.Allowed = append(e.Allowed, s.Purpose)
			} else {
				e.Otherwise = append(e.Otherwise, s.Purpose)
			}
		}
	}
}

// ofData is a number that may not be in the data.
func ofData(n sql.NullInt64) Count {
	if !n.Valid {
		return Missing[int64](NotRecorded)
	}
	return Known(n.Int64)
}
