package sampledata

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

type purchase struct {
	at       int64
	cents    int64
	category uint8
	channel  uint8
}

// goShopping draws what a customer would buy and whom they would contact without any campaign.
func (l *life) goShopping() {
	s := &l.Shopping
	rate := s.PurchasesPerYear * l.Tiers[l.tier].Purchases * math.Exp(s.Spread*l.normal()-s.Spread*s.Spread/2)
	first, _ := dayOf(max(l.created, l.shopFrom.at(0)))
	last, _ := dayOf(l.until - 1)
	from, to := l.trade[first-l.shopFrom], l.trade[last+1-l.shopFrom]
	for range l.count(min(rate*(to-from), 300)) {
		x := from + l.unit()*(to-from)
		day := l.shopFrom + Day(sort.SearchFloat64s(l.trade, x)-1)
		l.planPurchase(max(day, first).at(l.minuteOfDay(l.dice)))
	}
	if l.created >= l.start && l.chance(s.FirstPurchaseAtSignUp) {
		l.planPurchase(l.created + 180)
	}
	years := float64(l.until-max(l.created, l.start)) / float64(yearSeconds)
	for range l.count(s.InteractionsPerYear * years) {
		day, _ := dayOf(l.between(max(l.created, l.start), l.until))
		kind := int32(l.spin(l.contacts))
		l.plan(moment{at: day.at(l.minuteOfDay(l.dice)), what: contacted, index: kind})
	}
}

// purchase draws what is in the basket.
func (l *life) purchase(at int64) int32 {
	s := &l.Shopping
	amount := s.MedianAmount * math.Exp(s.AmountSigma*l.normal())
	if l.chance(s.Large) {
		amount *= s.LargeFactor
	}
	cents := min(max(int64(amount*100), 299), 999999)
	cents = cents/100*100 + 99
	l.purchases = append(l.purchases, purchase{at, cents, uint8(l.spin(l.categories)), uint8(l.spin(l.channels))})
	return int32(len(l.purchases) - 1)
}

func (l *life) planPurchase(at int64) {
	if at > l.created && at < l.until {
		l.plan(moment{at: at, what: bought, index: l.purchase(at)})
	}
}

// buy lets a purchase begin or renew an implied consent for e-mail.
func (l *life) buy(m moment) {
	c := &l.consents[email]
	expires := addMonths(m.at, l.Implied.PurchaseMonths)
	switch {
	case c.basis == express || c.withdrawn > 0:
	case c.valid(m.at):
		if renewable := m.at - int64(l.Implied.RenewedAfter)*daySeconds; expires > c.until && (l.full || c.renewed < renewable) {
			l.record(event{at: m.at, purpose: email, state: "renewed", basis: implied, source: l.soldBy(m.index), method: "purchase", expires: expires})
			c.until, c.renewed = expires, m.at
		}
	case l.writes:
		l.imply(m.at, l.soldBy(m.index), "purchase", expires)
	}
}

// soldBy is where a purchase was made: a store if it is too old to be known.
func (l *life) soldBy(index int32) source {
	if index < 0 {
		return store
	}
	return []source{store, web, inApp}[l.purchases[index].channel]
}

func (l *life) imply(at int64, from source, method string, expires int64) {
	c := &l.consents[email]
	c.basis, c.until, c.renewed = implied, expires, at
	c.spell++
	l.record(event{at: at, purpose: email, state: "given", basis: implied, source: from, method: method, expires: expires})
	l.later(moment{at: l.endOfSpell(moment{at: at, purpose: email, index: -1}), what: withdrawn, purpose: email, source: web, index: c.spell})
}

// contacted records an interaction; an inquiry lets the retailer write for a while.
func (l *life) contacted(m moment) {
	contact := &l.Shopping.Interactions[m.index]
	l.contact(m.at, contact.Channel, contact.Kind)
	c := &l.consents[email]
	if contact.Kind == "inquiry" && !c.valid(m.at) && c.withdrawn == 0 && l.chance(l.Implied.AddressAtInquiry) {
		l.imply(m.at, callCentre, "inquiry", addMonths(m.at, l.Implied.InquiryMonths))
	}
}

func (l *life) contact(at int64, channel, kind string) {
	l.out.interactions.number(l.number).instant(at).text(channel).text(kind)
}

// writePurchases writes those of the sample's period; older ones only count as history.
func (l *life) writePurchases() {
	slices.SortStableFunc(l.purchases, func(a, b purchase) int { return cmp.Compare(a.at, b.at) })
	for _, p := range l.purchases {
		if p.at >= l.start {
			l.out.purchases.number(l.number).instant(p.at).number(p.cents).
				text(l.Shopping.Categories[p.category].Value).text(l.Shopping.Channels[p.channel].Value)
		}
	}
}
