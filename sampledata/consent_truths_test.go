package sampledata

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

func TestSurveySaysWhatPeopleThink(t *testing.T) {
	truths := truths(t)
	for _, wave := range truths.Survey.Waves {
		r := found(t, `select sum(weight) filter (stance = 'willing') / sum(weight), count(*),
			sum(weight) filter (stance = 'sceptical') / sum(weight), count(customer_id) / count(*) from survey where wave = ?`, wave.Wave)
		holds(t, "willing, weighted, "+wave.Wave, r[0], truths.Survey.Willing-0.004, truths.Survey.Willing+0.004)
		near(t, "sceptical, weighted, "+wave.Wave, r[2], truths.Survey.Sceptical, 0.004)
		near(t, "linked, "+wave.Wave, r[3], truths.Survey.Linked, 0.03)
	}
	r := found(t, "select sum(weight) filter (stance = 'willing') / sum(weight) from survey")
	holds(t, "willing, weighted, all waves", r[0], 0.5285, 0.5315)

	m, err := newModel(1, 1000, false)
	if err != nil {
		t.Fatal(err)
	}
	planned := func(match func(region, age, language int) bool) float64 {
		sum, shares := 0.0, 0.0
		m.eachCell(func(region, age, language int, share float64) {
			if match(region, age, language) {
				sum += share * m.stances[language][region*len(m.Ages)+age][willing]
				shares += share
			}
		})
		return sum / shares
	}
	check := func(column, value string, planned float64) float64 {
		r := found(t, fmt.Sprintf(`select sum(weight) filter (stance = 'willing') / sum(weight), sum(weight)^2 / sum(weight^2)
			from survey where %s = ?`, column), value)
		near(t, "willing, weighted, "+value, r[0], planned, shareError(planned, r[1]))
		return r[0]
	}
	for i, g := range m.Ages {
		share := check("age_band", g.Value, planned(func(_, age, _ int) bool { return age == i }))
		if slices.Contains(truths.Survey.ScepticalSegments, g.Value) != (share < 0.5) {
			t.Errorf("%s: %.3f are willing", g.Value, share)
		}
	}
	for i, g := range m.Regions {
		check("region", g.Value, planned(func(region, _, _ int) bool { return region == i }))
	}
	for i, g := range m.Languages {
		check("language", g.Value, planned(func(_, _, language int) bool { return language == i }))
	}
	r = found(t, `select avg((reasons similar to '.*(unneeded_products|environment|over_consumption).*')::int), count(*)
		from survey where stance = 'sceptical'`)
	near(t, "sceptics with an ideological reason", r[0], truths.Survey.Ideological, shareError(r[0], r[1])+0.02)
}

const optInAtEnd = `select avg((o.customer_id is not null)::int), count(*) from customers c
	left join opted_in o on o.customer_id = c.customer_id and o.begins < timestamptz '2018-12-31 23:59:59' and o.ends > timestamptz '2018-12-31 23:59:59'
	where c.left_at is null`

func TestOptInAndParadoxGap(t *testing.T) {
	truths := truths(t)
	r := found(t, optInAtEnd)
	holds(t, "opted in to personalisation at the end", r[0], truths.OptIn.AtEnd-truths.OptIn.AtEndTolerance, truths.OptIn.AtEnd+truths.OptIn.AtEndTolerance)
	gap := func(ages string) float64 {
		says := found(t, fmt.Sprintf("select sum(weight) filter (stance = 'willing') / sum(weight) from survey where age_band in (%s)", ages))
		does := found(t, optInAtEnd+fmt.Sprintf(" and age_band in (%s)", ages))
		t.Logf("%s: say %.3f, do %.3f", ages, says[0], does[0])
		return says[0] - does[0]
	}
	young, old := gap("'18-24', '25-34'"), gap("'55-64', '65+'")
	holds(t, "gap of the young", young, 0.15, 0.30)
	holds(t, "gap of the old", old, 0, 0.10)
}

func TestCrisisOfMarch2018(t *testing.T) {
	truths := truths(t)
	r := found(t, `select count(*) filter (occurred_at between timestamptz '2018-03-17' and timestamptz '2018-04-07') / 3,
		count(*) filter (occurred_at between timestamptz '2018-01-06' and timestamptz '2018-03-17') / 10
		from consents where state = 'withdrawn' and channel <> 'app'`)
	ratio := r[0] / r[1]
	near(t, "withdrawals a week, crisis over before", ratio, truths.Crisis.Withdrawals, ratio*math.Sqrt(1/(3*r[0])+1/(10*r[1])))
	engagement := func(campaigns string) []float64 {
		return found(t, fmt.Sprintf(`select avg(human_open::int), avg(human_click::int), count(*) from chosen
			where delivered_at is not null and arm = 'generic' and campaign_id in (%s)`, campaigns))
	}
	before, during := engagement("'2018-02-livraison'"), engagement("'2018-03-menage'")
	opens, clicks := during[0]/before[0], during[1]/before[1]
	near(t, "human opens, March over February 2018", opens, truths.Crisis.Opens, 0.04)
	near(t, "human clicks, March over February 2018", clicks, truths.Crisis.Clicks, 0.08)
	if opens < clicks+0.1 {
		t.Errorf("opens fell to %.3f and clicks to %.3f", opens, clicks)
	}
}

func TestReconsentWave(t *testing.T) {
	r := found(t, `select count(*) filter (occurred_at between timestamptz '2018-05-22' and timestamptz '2018-06-05') / 2,
		count(*) filter (occurred_at between timestamptz '2018-04-24' and timestamptz '2018-05-22') / 4
		from consents where state = 'given' and basis = 'express' and purpose = 'personalisation'`)
	holds(t, "opt-ins a week in the wave, over before", r[0]/r[1], 3, 50)
	r = found(t, `select count(*), count(*) filter (occurred_at::date = date '2018-06-30') from consents where state = 'invalidated'`)
	holds(t, "pre-ticked consents struck off, share of customers", r[0]/customers(t), 0.015, 0.04)
	holds(t, "of those, on 30 June 2018", r[1]/r[0], 1, 1)
}

func TestClearNoticeLiftsOptIn(t *testing.T) {
	truths := truths(t)
	r := found(t, `with asked as (select customer_id, notice_version as v, occurred_at as asked_at from consents join customers using (customer_id)
			where purpose = 'personalisation' and state = 'requested' and created_at >= timestamptz '2017-01-01' and occurred_at < created_at + interval 1 hour),
		answered as (select v, exists (select 1 from consents c where c.customer_id = asked.customer_id and purpose = 'personalisation'
			and state = 'given' and occurred_at between asked_at and asked_at + interval 1 hour) as yes from asked)
		select avg(yes::int) filter (v = 'v2'), count(*) filter (v = 'v2'), avg(yes::int) filter (v = 'v3'), count(*) filter (v = 'v3') from answered`)
	near(t, "accepted at sign-up under v2", r[0], truths.Notices[1].Acceptance, shareError(r[0], r[1])+0.005)
	near(t, "accepted at sign-up under v3", r[2], truths.Notices[2].Acceptance, shareError(r[2], r[3])+0.005)
	holds(t, "v3 over v2", r[2]-r[0], 0.08, 1)
}

func TestTrustIsBuiltInSteps(t *testing.T) {
	truths := truths(t)
	const steps = `with entered as (select distinct customer_id, purpose, begins, ends from spells where basis = 'express' and channel = 'email'
			and purpose in ('personalisation', 'profiling', 'partner_sharing')),
		held as (select e.customer_id, e.begins as since, (select count(*) from entered o where o.customer_id = e.customer_id and o.begins < e.begins and o.ends > e.begins) as had,
			(select count(*) from entered o where o.customer_id = e.customer_id and o.begins <= e.begins and o.ends > e.begins) as has from entered e),
		third as (select customer_id, arg_min(had, since) as had from held where has = 3 group by customer_id)
		`
	r := found(t, steps+"select avg((had = 2)::int), count(*) from third")
	holds(t, "of those who share a third purpose, shared a second before", r[0], truths.Steps.OneByOneAtLeast, 1)
	holds(t, "share of customers who shared three purposes", r[1]/customers(t), 0.03, 0.12)
	r = found(t, steps+`select avg(exists (select 1 from consents c where c.customer_id = third.customer_id and state = 'withdrawn'
		and purpose in ('personalisation', 'profiling', 'partner_sharing'))::int) from third`)
	holds(t, "of those, stepped down again", r[0], 0.1, 0.6)
}

func TestImpliedConsents(t *testing.T) {
	r := found(t, `select count(*) filter (ends = timestamptz '2017-07-01'),
		count(*) filter (ends > timestamptz '2018-12-31 23:59:59' and ends <= timestamptz '2018-12-31 23:59:59' + interval 90 day) from spells where basis = 'implied'`)
	holds(t, "older implied consents that lapse on 1 July 2017, share of customers", r[0]/customers(t), 0.015, 0.04)
	holds(t, "implied consents that expire in the next 90 days, share of customers", r[1]/customers(t), 0.007, 0.03)
}
