package sampledata

import "sort"

// assignment is one customer in one campaign; a time of zero did not happen.
type assignment struct {
	campaign                  *campaign
	index                     int32 // of the campaign
	arm                       *Arm
	at, delivered             int64
	content                   string
	visited, opened, clicked  int64
	unsubscribed, complained  int64
	openMachine, clickMachine bool
}

// mail allots a customer to an arm and plays what they do with the message.
func (l *life) mail(m moment) {
	c := l.campaigns[m.index]
	if !l.mayReceive(c, m.at) {
		return
	}
	i := l.spin(c.split[l.language])
	a := assignment{campaign: c, index: m.index, arm: c.arms[i], at: m.at}
	// People come to the site anyway, whatever they were sent.
	if l.chance(l.Response.Visited) {
		a.visited = m.at + l.below(int64(l.Response.OutcomeDays)*daySeconds/60)*60
	}
	if a.arm.Arm != "holdout" && !l.chance(l.Response.Bounced) {
		a.delivered = m.at + 2 + 10*l.below(4)
		l.receive(&a, c.armIndex[i])
	}
	for _, t := range []*int64{&a.delivered, &a.visited, &a.opened, &a.clicked, &a.unsubscribed, &a.complained} {
		if *t >= l.until {
			*t = 0
		}
	}
	a.openMachine = a.openMachine && a.opened > 0
	a.clickMachine = a.clickMachine && a.clicked > 0
	l.assignments = append(l.assignments, a)
}

// receive draws opens, clicks, consents and complaints of a delivered message.
func (l *life) receive(a *assignment, arm int32) {
	c, r := a.campaign, &l.Response
	sharing := l.optedIn(personalisation, a.delivered)
	a.content = a.arm.Content
	if a.content == "personalised" && !sharing {
		a.content = "generic"
	}
	day, second := dayOf(a.delivered)
	during := day >= l.Crisis.FirstDay && day < l.Crisis.FirstDay+Day(l.Crisis.Days)
	reading := l.moment(day, second)
	if sharing {
		reading *= r.OptedInFactor
	} else {
		reading *= r.OthersFactor
	}
	click, open := c.click[l.language]*reading, c.Open*reading
	if during {
		click, open = click*l.Crisis.Clicks, open*l.Crisis.Opens
	}
	click += l.lift(a.arm, sharing) / (1 - r.Bounced)

	wait := 30 + int64(min(l.exponential()*0.35, 6)*float64(daySeconds))
	u := l.unit()
	if u < max(click, open) && c.Open > 0 {
		a.opened = a.delivered + wait
	} else if l.chance(or(c.MachineOpens, r.MachineOpens)) && c.Open > 0 {
		a.opened, a.openMachine = a.delivered+l.between(1, 20), true
	}
	if u < click {
		a.clicked = a.delivered + wait + l.between(8, 240)
		a.visited = a.clicked + l.between(1, 5)
		if l.chance(r.PurchaseAfterClick) {
			at := a.clicked + l.between(300, 3*daySeconds)
			if at < l.until {
				l.later(moment{at: at, what: bought, index: l.purchase(at)})
			}
		}
	} else if l.chance(or(c.MachineClicks, r.MachineClicks)) {
		a.clicked, a.clickMachine = a.delivered+l.between(2, 25), true
	}
	l.answer(a, arm, sharing)
	l.leave(a, during)
}

// lift is what an arm adds to the chance of a human click.
func (l *life) lift(arm *Arm, sharing bool) float64 {
	pp := arm.ClickPP
	if sharing {
		pp += arm.ClickPPOptedIn
	}
	if l.scepticalAges[l.age] {
		pp += arm.ClickPPSceptic
	}
	return pp / 100
}

// moment is how readily a message that arrives then is read.
func (m *model) moment(day Day, second int64) float64 {
	hour := int(second / hourSeconds)
	factor := m.Moment.Weekdays[day.weekday()] * m.Moment.Hours[hour]
	for _, best := range m.Moment.BestHours {
		if day.weekday() == m.Moment.BestWeekday && hour == best {
			factor *= m.Moment.BestFactor
		}
	}
	return factor
}

// answer lets those who do not share yet be won by the message, which may ask for it or only lead there.
func (l *life) answer(a *assignment, arm int32, sharing bool) {
	if a.campaign.Consents == 0 || sharing {
		return
	}
	accept := a.campaign.Consents + a.arm.ConsentPP/100/(1-l.Response.Bounced)
	if a.campaign.Asks {
		l.record(event{at: a.delivered, purpose: personalisation, state: "requested", source: byEmail})
	}
	at := a.delivered + 60 + int64(min(l.exponential()*2.5, 25)*float64(daySeconds))
	if l.chance(accept) {
		l.later(moment{at: at, what: accepted, purpose: personalisation, source: byEmail, index: arm})
	} else if a.campaign.Asks && l.chance(l.Response.Refused) {
		l.later(moment{at: at, what: refused, purpose: personalisation, source: byEmail})
	}
}

// leave lets some unsubscribe and very few complain; both end the permission of the channel.
func (l *life) leave(a *assignment, during bool) {
	r := &l.Response
	rate := or(a.campaign.unsubscribed, r.Unsubscribed)
	if during {
		rate *= l.Crisis.Unsubscribed
	}
	at := max(a.opened, a.clicked, a.delivered) + l.between(20, 900)
	switch {
	case l.chance(rate):
		a.unsubscribed = at
		l.later(moment{at: at, what: unsubscribed, purpose: a.campaign.permission, source: byEmail})
	case l.chance(r.Complained):
		a.complained = at
		l.later(moment{at: at, what: complained, purpose: a.campaign.permission, source: byEmail})
	}
}

func or(x, otherwise float64) float64 {
	if x > 0 {
		return x
	}
	return otherwise
}

// writeAssignments adds what was bought in each outcome window, alike for every arm, and before it.
func (l *life) writeAssignments() {
	for i := range l.assignments {
		a := &l.assignments[i]
		from := sort.Search(len(l.purchases), func(i int) bool { return l.purchases[i].at >= a.at })
		converted, revenue, before := int64(0), int64(0), int64(0)
		for _, p := range l.purchases[from:] {
			if p.at >= a.at+int64(l.Response.OutcomeDays)*daySeconds {
				break
			}
			if converted == 0 {
				converted = p.at
			}
			revenue += p.cents
		}
		for j := from - 1; j >= 0 && l.purchases[j].at >= a.at-90*daySeconds; j-- {
			before += l.purchases[j].cents
		}
		s := l.out.assignments[a.index].text(a.campaign.ID).number(l.number).text(a.arm.Arm).instant(a.at).instant(a.delivered).
			text(a.content).instant(a.visited).instant(a.opened).instant(a.clicked).instant(converted).
			instant(a.unsubscribed).instant(a.complained)
		s.machine(a.opened, a.openMachine).machine(a.clicked, a.clickMachine).number(revenue).number(before)
	}
}

// machine tells who opened or clicked, where someone did.
func (s *sheet) machine(at int64, machine bool) *sheet {
	if at == 0 {
		return s.number(blank)
	}
	return s.flag(machine)
}
