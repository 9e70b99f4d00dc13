package sampledata

import (
	"fmt"
	"math"
	"strings"
)

// surveySubject is where the dice of the survey begin, away from any customer's number.
const surveySubject = uint64(1) << 40

// respondent is someone who answered the survey, linked to a customer or not.
type respondent struct {
	profile
	linked bool
	weight float64
}

// writeSurvey fields each wave. The panel reaches francophones and older people more easily; weights undo
// that. What people say does not move between waves: stances of respondents who are not linked are allotted
// so that each wave's weighted share is the one the truths state.
func (m *model) writeSurvey(s *sheet) {
	for number, wave := range m.Survey.Waves {
		d := newDice()
		panel := m.recruit(d, wave, uint64(number))
		mean := 0.0
		for _, r := range panel {
			mean += r.weight / float64(len(panel))
		}
		stanceDice := newDice()
		stanceDice.of(m.seed, surveySubject+1<<20+uint64(number))
		owed := make([][3]float64, 1+len(m.Ages))
		for i, r := range panel {
			r.weight = math.Round(r.weight/mean*1e4) / 1e4
			whole, age := &owed[0], &owed[1+r.age]
			usual := m.stances[r.language][r.region*len(m.Ages)+r.age]
			for stance, share := range []float64{m.Survey.Willing, m.Survey.Sceptical, m.Survey.Undecided} {
				whole[stance] += r.weight * share
				age[stance] += r.weight * usual.share(stance)
			}
			if !r.linked {
				r.stance = m.allot(stanceDice, usual, whole, age)
			}
			whole[r.stance] -= r.weight
			age[r.stance] -= r.weight
			day := wave.FirstDay + Day(stanceDice.below(int64(wave.Days)))
			s.text(fmt.Sprintf("R%d-%04d", number+1, i+1)).text(stanceNames[r.stance]).text(wave.Wave).
				instant(day.at(m.minuteOfDay(stanceDice))).number(int64(math.Round(r.weight * 1e4))).
				text(m.reasons(stanceDice, r.stance)).number(r.customerNumber()).text(m.Regions[r.region].Value).
				text(m.Ages[r.age].Value).text(m.Languages[r.language].Value)
		}
	}
}

func (r *respondent) customerNumber() int64 {
	if r.linked {
		return r.number
	}
	return blank
}

// recruit finds the respondents of a wave, among customers for the linked part.
func (m *model) recruit(d dice, wave Wave, number uint64) []respondent {
	customers := newDice()
	panel := make([]respondent, 0, wave.Respondents)
	taken := map[int64]bool{}
	d.of(m.seed, surveySubject+number)
	linked := d.chance(m.Survey.Linked)
	for tries := 0; len(panel) < wave.Respondents; tries++ {
		// A very small sample runs out of customers to link to.
		r := respondent{linked: linked && tries < 50*wave.Respondents}
		if r.linked {
			r.profile = m.customer(customers, 1+d.below(m.customers))
			known := r.created < wave.FirstDay.at(0) && (r.left == 0 || r.left > (wave.FirstDay+Day(wave.Days)).at(0))
			if !known || taken[r.number] {
				continue
			}
		} else {
			r.profile = m.person(d)
		}
		reach := 0.60
		if r.language == french {
			reach *= 1.3
		}
		switch {
		case r.age < 2:
			reach *= 0.75
		case r.age > 3:
			reach *= 1.2
		}
		if !d.chance(reach) {
			continue
		}
		taken[r.number] = r.linked
		r.weight = 1 / reach
		panel = append(panel, r)
		linked = d.chance(m.Survey.Linked)
	}
	return panel
}

// allot draws a stance by what is usual in the respondent's group, or pays back what the wave as a whole
// or the age band owes when it has drifted by more than a few respondents.
func (m *model) allot(d dice, usual wheel, whole, age *[3]float64) int {
	for stance := range whole {
		if whole[stance] > 2.5 || age[stance] > 5 {
			return stance
		}
	}
	return d.spin(usual)
}

// reasons are what a respondent gives for not being willing; most sceptics give ideological ones.
func (m *model) reasons(d dice, stance int) string {
	if stance == willing || stance == undecided && !d.chance(0.5) {
		return ""
	}
	wanted := d.chance(m.Survey.Ideological)
	w := wheelOf(m.Survey.Reasons, func(r Reason) float64 {
		if r.Ideological != wanted {
			return 0
		}
		return r.Weight
	})
	given := []string{m.Survey.Reasons[d.spin(w)].Reason}
	if wanted && d.chance(0.4) {
		second := m.Survey.Reasons[d.below(int64(len(m.Survey.Reasons)))].Reason
		if second != given[0] {
			given = append(given, second)
		}
	}
	return strings.Join(given, ";")
}
