package sampledata

// openAccounts plans how each consent first came about: what customers bring from before the first day,
// and what they are asked when they join.
func (l *life) openAccounts() {
	older := l.Notices[1].Effective.at(0)
	if l.created < l.start {
		l.openEmail(older)
		l.openPersonalisation(older)
	} else {
		from := signUpSources[l.profile.source]
		if l.chance(l.Implied.Express) {
			l.plan(moment{at: l.created + l.between(30, 90), what: accepted, purpose: email, source: from, index: -1})
		}
		if l.chance(l.Asking.AtSignUp) {
			l.plan(moment{at: l.created + l.between(90, 150), what: asked, purpose: personalisation, source: from})
		}
	}
	l.openLater(sms, web)
	l.openLater(app, inApp)
	l.plan(moment{at: l.Reconsent.StruckOff.at(23 * hourSeconds), what: struckOff, purpose: personalisation})
}

// openEmail: some relationships older than the law of mid-2014 rest on an implied consent that ends on
// 1 July 2017 unless confirmed; the others on a consent in so many words, or on a purchase.
func (l *life) openEmail(older int64) {
	c := &l.consents[email]
	switch {
	case l.created < older && l.chance(l.Implied.Older):
		c.basis, c.until, c.renewed = implied, l.Implied.OlderLapseOn.at(0), l.created
		l.record(event{at: l.created, purpose: email, state: "given", basis: implied, source: system, method: "transition", expires: c.until})
		if l.chance(l.Implied.OlderConfirmed) {
			day := l.Implied.OlderLapseOn - 75 + Day(l.below(70))
			l.plan(moment{at: day.at(l.timeOfDay(l.dice)), what: accepted, purpose: email, source: byEmail, index: -1})
		}
	case l.chance(l.Implied.Express):
		at := l.created + l.between(30, 90)
		if l.created < older {
			at = l.dayBetween(older, l.start)
		}
		l.plan(moment{at: at, what: accepted, purpose: email, source: signUpSources[l.profile.source], index: -1})
	case l.writes:
		l.plan(moment{at: l.dayBetween(max(l.created, (l.FirstDay-730).at(0)), l.start), what: bought, index: -1})
	}
}

func (l *life) openPersonalisation(older int64) {
	from := max(l.created+60, older)
	switch {
	case l.chance(l.Asking.OpeningExpress * l.Ages[l.age].Openness * l.openness[l.stance]):
		l.plan(moment{at: l.dayBetween(from, l.start), what: accepted, purpose: personalisation, source: web, index: -1})
	case l.created < older && l.chance(l.Asking.OpeningOptOut):
		l.consents[personalisation].basis = optOut
		l.record(event{at: l.created, purpose: personalisation, state: "given", basis: optOut, source: signUpSources[l.profile.source], method: "pre_ticked"})
	}
}

// dayBetween is a time of day at which people are about, on a day between two instants.
func (l *life) dayBetween(from, to int64) int64 {
	day, _ := dayOf(l.between(min(from, to-1), to))
	return max(from, day.at(l.timeOfDay(l.dice)))
}

// openLater gives a share of customers a consent at some time of their own choosing.
func (l *life) openLater(purpose uint8, from source) {
	if !l.chance(l.Purposes[purpose].TakenUp) {
		return
	}
	earliest := max(l.created+120, (l.FirstDay - 365).at(0))
	l.plan(moment{at: l.dayBetween(earliest, l.end), what: accepted, purpose: purpose, source: from, index: -1})
}

// planAsking plans the requests that come up while a customer is known.
func (l *life) planAsking() {
	from := max(l.created+30*daySeconds, l.start)
	wait := func() int64 { return int64(l.exponential() / l.Asking.PerYear * float64(yearSeconds)) }
	for at := from + wait(); at < l.end; at += wait() {
		day, _ := dayOf(at)
		l.plan(moment{at: day.at(l.timeOfDay(l.dice)), what: asked, purpose: personalisation, source: source(l.spin(l.askedWhere))})
	}
	if l.chance(l.Reconsent.Asked) {
		l.planReconsent()
	}
}

// planReconsent puts a customer in the wave of May 2018.
func (l *life) planReconsent() {
	day := l.Reconsent.FirstDay + Day(l.below(int64(l.Reconsent.Days)))
	if l.chance(l.Reconsent.OnPeakDay) {
		day = l.Reconsent.PeakDay
	}
	at := day.at(l.timeOfDay(l.dice))
	l.plan(moment{at: at, what: asked, purpose: personalisation, source: byEmail, index: reconsenting})
	if l.chance(l.Reconsent.EmailToo) {
		l.plan(moment{at: at, what: asked, purpose: email, source: byEmail, index: reconsenting})
	}
	if l.chance(l.Reconsent.TrackingToo) {
		l.plan(moment{at: at, what: asked, purpose: tracking, source: byEmail, index: reconsenting})
	}
}
