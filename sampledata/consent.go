package sampledata

import "math"

type basis uint8

const (
	none basis = iota
	optOut
	implied
	express
)

var basisNames = []string{"", "opt_out", "implied", "express"}

// source is where a consent event happened; method follows from it.
type source uint8

const (
	web source = iota
	byEmail
	store
	callCentre
	inApp
	system
)

var (
	sourceNames = []string{"web", "email", "store", "call_centre", "app", "system"}
	methodNames = []string{"checkbox", "link", "form", "verbal", "toggle", "batch"}
)

// signUpSources match the acquisition sources of truths.toml.
var signUpSources = []source{store, web, callCentre, web}

// consent is where a customer stands on a purpose.
type consent struct {
	basis     basis
	until     int64 // zero if it does not expire
	renewed   int64
	withdrawn int64 // when it last ended by their wish
	spell     int32
	inApp     bool // given for the app as well as on the main channel
}

func (c *consent) valid(at int64) bool { return c.basis != none && (c.until == 0 || at < c.until) }

// optedIn is a valid consent in so many words.
func (l *life) optedIn(purpose uint8, at int64) bool {
	c := &l.consents[purpose]
	return c.basis == express && c.valid(at)
}

// event is something that happened to a consent.
type event struct {
	at      int64
	purpose uint8
	state   string
	basis   basis
	source  source
	method  string // that of the source if empty
	expires int64
}

// record writes an event on the purpose's channel, and on the app as well where the consent covers it.
func (l *life) record(e event) {
	if e.method == "" {
		e.method = methodNames[e.source]
	}
	l.recordOn(l.Purposes[e.purpose].Channel, e)
	if l.consents[e.purpose].inApp && (e.state == "given" || e.state == "withdrawn" || e.state == "renewed") {
		l.recordOn("app", e)
	}
}

func (l *life) recordOn(channel string, e event) {
	evidence := ""
	if (e.basis == implied || e.basis == express) && !l.chance(l.Register.WithoutProof) {
		evidence = proof(e.at, e.source)
	}
	l.out.consents.number(l.number).text(purposeNames[e.purpose]).text(e.state).instant(e.at).
		instant(l.received(e.at, e.source)).text(channel).text(basisNames[e.basis]).instant(e.expires).
		text(l.notice(e.at).Version).text(sourceNames[e.source]).text(e.method).text(evidence)
}

// proof is where the retailer keeps the evidence: a file a day and source.
func proof(at int64, from source) string {
	day, _ := dayOf(at)
	return sourceNames[from] + "/" + day.String()
}

// received is when the register heard of an event: at once from the site, by the hour from the call
// centre, at night from the stores, and now and then days or weeks late.
func (l *life) received(at int64, from source) int64 {
	heard := at
	day, second := dayOf(at)
	switch {
	case l.chance(l.Register.Late):
		heard = (day + Day(l.between(2, 25))).at(2*hourSeconds + 900)
	case from == store:
		heard = (day + 1).at(2*hourSeconds + 900)
	case from == callCentre:
		heard = at - second%hourSeconds + hourSeconds
	}
	return max(at, min(heard, l.Truths.LastDay.at(daySeconds-1)))
}

// ask puts a request, unless there is no need or no way; the answer, if one comes, is a later moment.
func (l *life) ask(m moment) {
	if l.optedIn(m.purpose, m.at) || m.source == byEmail && !l.consents[email].valid(m.at) {
		return
	}
	if m.source == callCentre && m.at > l.created+daySeconds {
		l.contact(m.at, "call_centre", "call")
	}
	p := l.notice(m.at).Acceptance
	switch {
	case m.purpose == profiling:
		p = l.Steps.ProfilingAcceptance
	case m.purpose == partners:
		p = l.Steps.PartnersAcceptance
	case m.purpose == tracking:
		p *= l.Asking.TrackingFactor
	case m.index == reconsenting:
		p = l.Reconsent.Acceptance
	}
	l.request(m, p*l.Ages[l.age].Openness*l.openness[l.stance], -1)
}

// reconsenting marks the requests of the May 2018 wave.
const reconsenting = 1

// request records that consent was asked for, and draws the answer.
func (l *life) request(m moment, accept float64, arm int32) {
	l.record(event{at: m.at, purpose: m.purpose, state: "requested", source: m.source})
	answer := moment{at: m.at + l.between(15, 120), purpose: m.purpose, source: m.source, index: arm}
	if m.source == byEmail {
		answer.at = m.at + 60 + int64(math.Min(l.exponential()*1.5, 20)*float64(daySeconds))
	}
	switch u := l.unit(); {
	case u < accept:
		answer.what = accepted
	case u < accept+(1-accept)*l.Asking.Refused:
		answer.what = refused
	case u < accept+(1-accept)*(l.Asking.Refused+l.Asking.Deferred):
		answer.what = deferred
	default:
		return
	}
	l.later(answer)
}

// accept begins a spell of express consent and plans its end.
func (l *life) accept(m moment) {
	c := &l.consents[m.purpose]
	if l.optedIn(m.purpose, m.at) {
		return
	}
	c.basis, c.until, c.renewed = express, 0, m.at
	c.spell++
	c.inApp = m.purpose == personalisation && (m.source == inApp || l.chance(l.Asking.AlsoInApp))
	l.record(event{at: m.at, purpose: m.purpose, state: "given", basis: express, source: m.source})
	l.later(moment{at: l.endOfSpell(m), what: withdrawn, purpose: m.purpose, source: web, index: c.spell})
	if l.full {
		l.later(moment{at: m.at + statement, what: confirmed, purpose: m.purpose, source: byEmail, index: c.spell})
	}
	switch m.purpose {
	case personalisation:
		if l.chance(l.Steps.BothAtOnce) {
			l.later(moment{at: m.at, what: accepted, purpose: profiling, source: m.source, index: -1})
			l.later(moment{at: m.at, what: accepted, purpose: partners, source: m.source, index: -1})
		} else if l.chance(l.Steps.ProfilingAsked) {
			l.askAfter(m.at, l.Steps.ProfilingAfterDays, profiling)
		}
	case profiling:
		if l.chance(l.Steps.PartnersAsked) {
			l.askAfter(m.at, l.Steps.PartnersAfterDays, partners)
		}
	}
}

func (l *life) askAfter(at int64, days float64, purpose uint8) {
	day, _ := dayOf(at + daySeconds + int64(l.exponential()*days*float64(daySeconds)))
	l.later(moment{at: day.at(l.timeOfDay(l.dice)), what: asked, purpose: purpose, source: web})
}

// endOfSpell draws when a consent will be withdrawn. A reward may have bought one that does not last.
func (l *life) endOfSpell(m moment) int64 {
	from := m.at
	if m.index >= 0 && l.Arms[m.index].WithdrawnAfter > 0 {
		from += 90 * daySeconds
		if l.chance(l.Arms[m.index].WithdrawnAfter) {
			return m.at + l.between(3*daySeconds, 89*daySeconds)
		}
	}
	left := l.exponential() / l.Purposes[m.purpose].WithdrawnPerYear * float64(yearSeconds)
	begin, finish := l.Crisis.FirstDay.at(0), (l.Crisis.FirstDay + Day(l.Crisis.Days)).at(0)
	for _, stretch := range []struct {
		to   int64
		rate float64
	}{{begin, 1}, {finish, l.Crisis.Withdrawals}, {math.MaxInt64, 1}} {
		if from >= stretch.to {
			continue
		}
		if wait := left / stretch.rate; wait < float64(stretch.to-from) {
			from += int64(wait)
			break
		}
		left -= float64(stretch.to-from) * stretch.rate
		from = stretch.to
	}
	// People withdraw when they are up; the day stays the one drawn.
	if day, _ := dayOf(from); day.at(0) > m.at {
		return day.at(l.timeOfDay(l.dice))
	}
	return from
}

func (l *life) withdraw(m moment) {
	c := &l.consents[m.purpose]
	if c.spell != m.index || !c.valid(m.at) {
		return
	}
	if l.chance(l.Register.ByPhone) {
		m.source = callCentre
		l.contact(m.at, "call_centre", "call")
	}
	l.finish(m, "")
	if m.purpose == personalisation && l.chance(l.Steps.TakesAll) {
		for _, purpose := range []uint8{profiling, partners} {
			if l.consents[purpose].valid(m.at) {
				l.finish(moment{at: m.at, purpose: purpose, source: m.source}, "")
			}
		}
	}
}

// finish ends a consent of any basis by the customer's wish.
func (l *life) finish(m moment, method string) {
	c := &l.consents[m.purpose]
	l.record(event{at: m.at, purpose: m.purpose, state: "withdrawn", source: m.source, method: method})
	c.basis, c.inApp, c.withdrawn = none, false, m.at
}

// strikeOff ends a pre-ticked consent that nobody confirmed.
func (l *life) strikeOff(m moment) {
	if c := &l.consents[m.purpose]; c.basis == optOut {
		l.record(event{at: m.at, purpose: m.purpose, state: "invalidated", source: system})
		c.basis = none
	}
}

// statement is how often customers confirm what they consent to, where every event is kept.
const statement = 182 * daySeconds

// confirm renews an express consent with each statement of account.
func (l *life) confirm(m moment) {
	if c := &l.consents[m.purpose]; c.spell == m.index && l.optedIn(m.purpose, m.at) {
		l.record(event{at: m.at, purpose: m.purpose, state: "renewed", basis: express, source: m.source})
		m.at += statement
		l.later(m)
	}
}
