package sampledata

import (
	"cmp"
	"slices"
)

// A customer's two years are played moment by moment: a moment may change what they consent to, which
// decides what the next campaign may send them, which may bring on further moments.
type moment struct {
	at      int64
	what    what
	purpose uint8
	source  source
	index   int32 // of a purchase, a campaign, an arm or a contact, or the spell a withdrawal ends
}

type what uint8

const (
	asked what = iota
	accepted
	refused
	deferred
	withdrawn
	bought
	contacted
	mailed
	unsubscribed
	complained
	struckOff
	confirmed
)

type life struct {
	*model
	dice
	profile
	until    int64 // nothing is recorded from here on
	moments  []moment
	now      int
	consents [purposeCount]consent
	writes   bool // leaves an e-mail address at the till

	purchases   []purchase
	assignments []assignment
	out         *sheets
}

// sheets are the rows of one part of the customers.
type sheets struct {
	customers, consents, purchases, interactions *sheet

	assignments []*sheet // by campaign, so that each is together in its file
}

func newSheets(campaigns int) *sheets {
	s := &sheets{customers: newSheet(customersTable), consents: newSheet(consentsTable),
		purchases: newSheet(purchasesTable), interactions: newSheet(interactionsTable)}
	for range campaigns {
		s.assignments = append(s.assignments, newSheet(assignmentsTable))
	}
	return s
}

// files are the sheets that go into each file; logs are in the order of time, as logs are.
func (s *sheets) files() [][]*sheet {
	return [][]*sheet{{s.customers}, {s.consents}, s.assignments, {s.purchases}, {s.interactions}}
}

func newLife(m *model, out *sheets) *life { return &life{model: m, dice: newDice(), out: out} }

// live plays one customer and adds their rows to the sheets.
func (l *life) live(number int64) {
	l.profile = l.customer(l.dice, number)
	l.until = l.end
	if l.left > 0 {
		l.until = l.left
	}
	l.moments, l.now = l.moments[:0], 0
	l.purchases, l.assignments = l.purchases[:0], l.assignments[:0]
	l.consents = [purposeCount]consent{}
	l.writes = l.chance(l.Implied.AddressAtTill)

	l.profile.write(l.model, l.out.customers)
	l.goShopping()
	l.openAccounts()
	l.planAsking()
	l.planCampaigns()
	slices.SortStableFunc(l.moments, func(a, b moment) int { return cmp.Compare(a.at, b.at) })
	for ; l.now < len(l.moments); l.now++ {
		l.play(l.moments[l.now])
	}
	l.writePurchases()
	l.writeAssignments()
}

// plan adds a moment before the play begins.
func (l *life) plan(m moment) {
	if m.at >= l.created && m.at < l.until {
		l.moments = append(l.moments, m)
	}
}

// later adds a moment while the play goes on, after those of the same instant.
func (l *life) later(m moment) {
	if m.at >= l.until {
		return
	}
	i := len(l.moments)
	for i > l.now+1 && l.moments[i-1].at > m.at {
		i--
	}
	l.moments = slices.Insert(l.moments, i, m)
}

func (l *life) play(m moment) {
	switch m.what {
	case asked:
		l.ask(m)
	case accepted:
		l.accept(m)
	case refused:
		l.record(event{at: m.at, purpose: m.purpose, state: "refused", source: m.source})
	case deferred:
		l.record(event{at: m.at, purpose: m.purpose, state: "deferred", source: m.source})
	case withdrawn:
		l.withdraw(m)
	case bought:
		l.buy(m)
	case contacted:
		l.contacted(m)
	case mailed:
		l.mail(m)
	case unsubscribed:
		l.finish(m, "unsubscribe_link")
	case complained:
		l.finish(m, "spam_report")
	case struckOff:
		l.strikeOff(m)
	case confirmed:
		l.confirm(m)
	}
}
