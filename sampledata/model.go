package sampledata

import (
	"fmt"
	"slices"
)

// The purposes, in the order in which truths.toml lists them.
const (
	email = iota
	personalisation
	profiling
	partners
	tracking
	sms
	app
	purposeCount
)

var purposeNames = [purposeCount]string{
	"email_marketing", "personalisation", "profiling", "partner_sharing", "open_tracking", "sms_marketing", "app_notifications"}

// What a person thinks; the files hold it only where the survey asked.
const (
	willing = iota
	sceptical
	undecided
)

var stanceNames = []string{"willing", "sceptical", "undecided"}

// model is the truths made ready for drawing.
type model struct {
	Truths
	seed      uint64
	customers int64
	full      bool // full density: weekly newsletters, every renewal and confirmation

	start, end int64 // instants of the first day's beginning and of the last day's end
	shopFrom   Day   // purchases are drawn from before the first day: they count as history

	regions, ages, tiers, sources  wheel
	stances                        [][]wheel // by region and age, French at 0
	openness                       []float64 // by stance
	scepticalAges                  []bool
	campaigns                      []*campaign
	hours, askedWhere              wheel
	categories, channels, contacts wheel
	trade                          []float64 // cumulative weight of trading days since shopFrom
}

func newModel(seed uint64, customers int64, full bool) (*model, error) {
	truths, err := ReadTruths()
	if err != nil {
		return nil, err
	}
	share := func(g Group) float64 { return g.Share }
	m := &model{Truths: truths, seed: seed, customers: customers, full: full,
		start: truths.FirstDay.at(0), end: (truths.LastDay + 1).at(0), shopFrom: truths.FirstDay - 92,
		regions: wheelOf(truths.Regions, share), ages: wheelOf(truths.Ages, share),
		tiers: wheelOf(truths.Tiers, share), sources: wheelOf(truths.Sources, share),
		openness: []float64{truths.Openness.Willing, truths.Openness.Sceptical, truths.Openness.Undecided},
		hours:    newWheel(truths.Shopping.Hours...), askedWhere: newWheel(truths.Asking.Where...),
		categories: wheelOf(truths.Shopping.Categories, share), channels: wheelOf(truths.Shopping.Channels, share),
		contacts: wheelOf(truths.Shopping.Interactions, func(c Contact) float64 { return c.Share })}
	if !slices.EqualFunc(m.Purposes, purposeNames[:], func(p Purpose, name string) bool { return p.Purpose == name }) {
		return nil, fmt.Errorf("truths.toml: purposes must be %v, in this order", purposeNames)
	}
	for _, age := range m.Ages {
		m.scepticalAges = append(m.scepticalAges, slices.Contains(m.Survey.ScepticalSegments, age.Value))
	}
	m.setStances()
	m.setTrade()
	return m, m.setCampaigns()
}

// setStances shifts the stated willingness of every group so that the whole is what the survey found.
func (m *model) setStances() {
	mean, shares := 0.0, 0.0
	m.eachCell(func(region, age, language int, share float64) {
		mean += share * m.groupPP(region, age, language)
		shares += share
	})
	shift := mean / shares
	m.stances = make([][]wheel, 2)
	m.eachCell(func(region, age, language int, _ float64) {
		p := m.Survey.Willing + (m.groupPP(region, age, language)-shift)/100
		rest := (1 - p) / (m.Survey.Sceptical + m.Survey.Undecided)
		m.stances[language] = append(m.stances[language], newWheel(p, m.Survey.Sceptical*rest, m.Survey.Undecided*rest))
	})
	// On average nobody is more open than the notices say.
	open := 0.0
	m.eachCell(func(region, age, language int, share float64) {
		for stance, factor := range m.openness {
			open += share / shares * m.stances[language][region*len(m.Ages)+age].share(stance) * factor * m.Ages[age].Openness
		}
	})
	for stance := range m.openness {
		m.openness[stance] /= open
	}
}

func (m *model) groupPP(region, age, language int) float64 {
	return m.Regions[region].WillingPP + m.Ages[age].WillingPP + m.Languages[language].WillingPP
}

func (m *model) eachCell(visit func(region, age, language int, share float64)) {
	for region, r := range m.Regions {
		for age, a := range m.Ages {
			visit(region, age, french, r.Share*a.Share*r.French)
			visit(region, age, english, r.Share*a.Share*(1-r.French))
		}
	}
}

// setTrade weighs each day by month and weekday, so that purchases follow the season.
func (m *model) setTrade() {
	days := int(m.LastDay-m.shopFrom) + 1
	m.trade = make([]float64, days+1)
	for i := range days {
		day := m.shopFrom + Day(i)
		weight := m.Shopping.Months[day.date().Month()-1] * m.Shopping.Weekdays[day.weekday()]
		m.trade[i+1] = m.trade[i] + weight/365
	}
}

// notice is the notice in force at an instant.
func (m *model) notice(at int64) *Notice {
	for i := len(m.Notices) - 1; i >= 0; i-- {
		if m.Notices[i].Effective.at(0) <= at {
			return &m.Notices[i]
		}
	}
	return &Notice{}
}
