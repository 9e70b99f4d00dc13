package sampledata

const (
	french = iota
	english
)

// profile is who a customer is.
type profile struct {
	number                    int64
	region, age, tier, source int
	language                  int
	stance                    int
	created, left             int64 // left is zero for those who stay
}

// person draws the attributes that customers and survey respondents share.
func (m *model) person(d dice) profile {
	p := profile{region: d.spin(m.regions), age: d.spin(m.ages), language: english}
	if d.chance(m.Regions[p.region].French) {
		p.language = french
	}
	p.stance = d.spin(m.stances[p.language][p.region*len(m.Ages)+p.age])
	return p
}

// customer starts the dice of a customer and draws who they are.
func (m *model) customer(d dice, number int64) profile {
	d.of(m.seed, uint64(number))
	p := m.person(d)
	p.number, p.tier, p.source = number, d.spin(m.tiers), d.spin(m.sources)
	p.created = m.joined(number).at(m.minuteOfDay(d))
	if d.chance(m.Customers.Left) {
		from := max(p.created, m.start)
		if left := from + d.below(m.end-m.start); left < m.end {
			p.left = left
		}
	}
	return p
}

// joined is the day a customer became known. Numbers are given in that order.
func (m *model) joined(number int64) Day {
	x := (float64(number) - 0.5) / float64(m.customers)
	before := m.Customers.KnownBefore
	if x >= before {
		return m.FirstDay + Day((x-before)/(1-before)*float64(m.LastDay-m.FirstDay+1))
	}
	// Squared so that recent years brought more: half of them came since mid-2014.
	age := 1 - x/before
	return m.FirstDay - 1 - Day(age*age*7*365)
}

// timeOfDay is a second of the day at which people are about.
func (m *model) timeOfDay(d dice) int64 {
	return int64(d.spin(m.hours))*hourSeconds + d.below(hourSeconds)
}

// minuteOfDay is such a second of the day on the minute, as tills and forms write it.
func (m *model) minuteOfDay(d dice) int64 { return m.timeOfDay(d) / 60 * 60 }

func (p *profile) write(m *model, s *sheet) {
	s.number(p.number).instant(p.created).instant(p.left).text(m.Regions[p.region].Value).text(m.Ages[p.age].Value).
		text(m.Languages[p.language].Value).text(m.Tiers[p.tier].Value).text(m.Sources[p.source].Value)
}
