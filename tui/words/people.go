package words

import (
	"strings"
	"time"

	"accord/queries"
)

// PeopleHeadline says how many customers are listed.
func (p *Printer) PeopleHeadline(a queries.People) string {
	switch n := int64(len(a.Rows)); {
	case a.Of == 0:
		return p.Say("Nobody to list: the filter picks nobody, or no customer was loaded.")
	case n < a.Of:
		return p.Say("The first %[1]s of %[2]s customers.", p.Int(n), p.Int(a.Of))
	default:
		return p.Plural(n, "%s customer.", "%s customers.", p.Int(n))
	}
}

// LifeHeadline says what a customer is opted in to at the end.
func (p *Printer) LifeHeadline(a queries.People) string {
	var now []string
	for _, s := range a.Life.Spells {
		if s.Express && s.Until.IsZero() {
			now = append(now, s.Purpose)
		}
	}
	if len(now) == 0 {
		return p.Say("Opted in to nothing at the end of the data.")
	}
	return p.Say("Opted in to %s at the end of the data.", p.Names(now))
}

// TimelineHeadline says how much is recorded.
func (p *Printer) TimelineHeadline(a queries.People) string {
	n := int64(len(a.Life.Events))
	if a.Life.Earlier {
		return p.Say("The last %s events.", p.Int(n))
	}
	return p.Plural(n, "%s event.", "%s events.", p.Int(n))
}

// stripWidth is the cells in which a consent is written over time.
const stripWidth = 24

// stripMarks are the marks of a consent over time: none, valid on another basis
// alone, express.
func (p *Printer) stripMarks() [3]string {
	if p.ASCII {
		return [3]string{".", "+", "#"}
	}
	return [3]string{"·", "▒", "█"}
}

// Strip writes the spells of a purpose from first to last, a mark for each part of
// that time.
func (p *Printer) Strip(spells []queries.LifeSpell, first, last time.Time) string {
	var b strings.Builder
	step := last.Sub(first) / stripWidth
	for i := range stripWidth {
		at, best := first.Add(step*time.Duration(i)+step/2), 0
		for _, s := range spells {
			switch {
			case !s.Valid(at):
			case s.Express:
				best = 2
			default:
				best = max(best, 1)
			}
		}
		b.WriteString(p.stripMarks()[best])
	}
	return b.String()
}

// StripNote explains the marks of a consent over time.
func (p *Printer) StripNote() string {
	marks := p.stripMarks()
	return p.Say("%[1]s express, %[2]s on another basis alone, %[3]s none.", marks[2], marks[1], marks[0])
}

// Names lists values from data.
func (p *Printer) Names(list []string) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = p.Name(s)
	}
	return strings.Join(names, ", ")
}

// Known says since when, or from when until when, a customer is known.
func (p *Printer) Known(x queries.Person) string {
	from := p.Say("always")
	if x.Known != "" {
		from = string(x.Known)
	}
	if x.Left != "" {
		return p.Say("%[1]s to %[2]s", from, string(x.Left))
	}
	return from
}

// Moment writes an instant to the minute, in the zone that it has.
func (p *Printer) Moment(t time.Time) string {
	if t.IsZero() {
		return p.Say("undated")
	}
	return t.Format("2006-01-02 15:04")
}

// EventKind says what happened.
func (p *Printer) EventKind(kind string) string {
	switch kind {
	case "requested":
		return p.Say("consent requested")
	case "deferred":
		return p.Say("answer deferred")
	case "refused":
		return p.Say("consent refused")
	case "given":
		return p.Say("consent given")
	case "renewed":
		return p.Say("consent renewed")
	case "withdrawn":
		return p.Say("consent withdrawn")
	case "expired":
		return p.Say("consent expired")
	case "invalidated":
		return p.Say("consent invalidated")
	case "assigned":
		return p.Say("assigned")
	case "delivered":
		return p.Say("message delivered")
	case "opened":
		return p.Say("message opened")
	case "clicked":
		return p.Say("clicked")
	case "converted":
		return p.Say("conversion")
	case "purchase":
		return p.Say("purchase")
	case "contact":
		return p.Say("contact")
	}
	return Slug(kind)
}

// Event says what happened and to what: "consent given: personalisation".
func (p *Printer) Event(e queries.LifeEvent) string {
	if e.What == "" {
		return p.EventKind(e.Kind)
	}
	return p.Say("%[1]s: %[2]s", p.EventKind(e.Kind), p.Name(e.What))
}

// EventDetail says how it happened.
func (p *Printer) EventDetail(e queries.LifeEvent) string {
	var parts []string
	for _, s := range []string{e.Detail, e.More} {
		switch s {
		case "":
		case "machine":
			parts = append(parts, p.Say("by a machine"))
		default:
			parts = append(parts, p.Name(s))
		}
	}
	return strings.Join(parts, ", ")
}

// Allowed lists what was allowed at the moment of an event.
func (p *Printer) Allowed(e queries.LifeEvent) string {
	text := p.Names(e.Allowed)
	if len(e.Otherwise) > 0 {
		text = strings.TrimSpace(text + " (" + p.Names(e.Otherwise) + ")")
	}
	if text == "" && !e.At.IsZero() {
		return p.Say("nothing")
	}
	return text
}
