package sampledata

import (
	"math"
	"time"
)

// writeNotices writes one row a version; its text is in both languages.
func (m *model) writeNotices(s *sheet) {
	for _, n := range m.Notices {
		s.text(n.Version).number(int64(n.Effective)).text(n.Mechanism).text("fr;en").text(n.Text)
	}
}

// writeFactors writes what went on around the retailer: news, holidays, its own events and the weather.
// Nothing in the sample depends on the weather; it is there to be tried and found without effect.
func (m *model) writeFactors(s *sheet) {
	row := func(day Day, kind, label, region string, value int64) {
		if day >= m.FirstDay && day <= m.LastDay {
			s.number(int64(day)).text(kind).text(label).text(region).number(value)
		}
	}
	on := func(year int, month time.Month, day int) Day {
		return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / daySeconds)
	}
	row(m.Implied.OlderLapseOn, "news", "LCAP : fin de la période de transition / CASL: end of the transition period", "", blank)
	row(on(2017, time.September, 7), "news", "Fuite de données chez Equifax / Equifax data breach", "", blank)
	row(m.Crisis.FirstDay, "news", "Cambridge Analytica", "", blank)
	row(on(2018, time.April, 10), "news", "Facebook devant le Congrès américain / Facebook before the US Congress", "", blank)
	row(m.Reconsent.PeakDay, "news", "Entrée en vigueur du RGPD / GDPR takes effect", "", blank)
	for _, n := range m.Notices {
		row(n.Effective, "event", "Avis de confidentialité "+n.Version+" / Privacy notice "+n.Version, "", blank)
	}
	row(m.Reconsent.StruckOff, "event", "Consentements précochés retirés / Pre-ticked consents struck off", "", blank)
	for year := 2017; year <= 2018; year++ {
		easter := map[int]Day{2017: on(2017, time.April, 16), 2018: on(2018, time.April, 1)}[year]
		nth := func(month time.Month, weekday, n int) Day {
			first := on(year, month, 1)
			return first + Day((weekday-first.weekday()+7)%7+7*(n-1))
		}
		victoria := on(year, time.May, 24)
		victoria -= Day((victoria.weekday() + 6) % 7)
		for _, h := range []struct {
			day           Day
			label, region string
		}{
			{on(year, time.January, 1), "Jour de l'An / New Year's Day", ""},
			{nth(time.February, 1, 3), "Fête de la famille / Family Day", "ON"},
			{easter - 2, "Vendredi saint / Good Friday", ""},
			{easter, "Pâques / Easter", ""},
			{nth(time.May, 0, 2), "Fête des Mères / Mother's Day", ""},
			{victoria, "Fête de la Reine / Victoria Day", ""},
			{on(year, time.June, 24), "Fête nationale du Québec / Saint-Jean-Baptiste Day", "QC"},
			{on(year, time.July, 1), "Fête du Canada / Canada Day", ""},
			{nth(time.September, 1, 1), "Fête du Travail / Labour Day", ""},
			{nth(time.October, 1, 2), "Action de grâce / Thanksgiving", ""},
			{nth(time.November, 4, 4) + 1, "Vendredi fou / Black Friday", ""},
			{on(year, time.December, 25), "Noël / Christmas", ""},
			{on(year, time.December, 26), "Après-Noël / Boxing Day", ""},
		} {
			row(h.day, "holiday", h.label, h.region, blank)
		}
	}
	m.writeWeather(row)
}

// writeWeather writes daily mean temperatures in °C of the four largest provinces.
func (m *model) writeWeather(row func(day Day, kind, label, region string, value int64)) {
	d := newDice()
	for i, place := range []struct {
		region           string
		mean, swing, day float64
	}{{"QC", 6.5, 16, 3.2}, {"ON", 8.5, 14, 3.0}, {"BC", 10.5, 8, 2.0}, {"AB", 4.5, 14, 4.5}} {
		d.of(m.seed, surveySubject+1<<21+uint64(i))
		drift := 0.0
		for day := m.FirstDay; day <= m.LastDay; day++ {
			drift = 0.7*drift + place.day*d.normal()
			warmth := place.mean - place.swing*math.Cos(2*math.Pi*float64(day.date().YearDay()-20)/365)
			row(day, "weather", "Température moyenne / Mean temperature", place.region, int64(math.Round((warmth+drift)*10)))
		}
	}
}
