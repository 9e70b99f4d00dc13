package sampledata

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

const pp = 100

// lift is the pooled difference of an arm from its control over campaigns, weighing each by its
// precision, in percentage points, of an outcome among the assignments that match.
func lift(t *testing.T, arm, outcome, match string) (difference, se float64) {
	t.Helper()
	r := found(t, fmt.Sprintf(`with arms as (select campaign_id, arm, count(*) as n, avg((%s)::int) as p from chosen
			where assigned_at < timestamptz '2018-12-17' and (%s) group by all),
		each as (select t.p - c.p as d, t.p * (1 - t.p) / t.n + c.p * (1 - c.p) / c.n as v
			from arms t join arms c using (campaign_id) where t.arm = '%s' and c.arm = 'generic'
			and campaign_id not in ('2018-01-blanc', '2018-06-fetes'))
		select sum(d / v) / sum(1 / v), sqrt(1 / sum(1 / v)) from each`, outcome, match, arm))
	return r[0] * pp, r[1] * pp
}

func arm(t *testing.T, name string) Arm {
	t.Helper()
	for _, a := range truths(t).Arms {
		if a.Arm == name {
			return a
		}
	}
	t.Fatalf("no arm %s", name)
	return Arm{}
}

const (
	clicks = "human_click and clicked < assigned_at + interval 14 day"
	wins   = `exists (select 1 from opted_in o where o.customer_id = chosen.customer_id
		and o.begins between assigned_at and assigned_at + interval 30 day)`
	sceptics = "age_band in ('45-54', '55-64', '65+')"
)

func TestPersonalisationWorksForThoseWhoShare(t *testing.T) {
	d, se := lift(t, "personalised", clicks, "opted_in")
	near(t, "personalised, clicks among the opted-in, pp", d, arm(t, "personalised").ClickPPOptedIn, se)
	if d < 3*se {
		t.Errorf("cannot be told from nothing: %.2f ± %.2f", d, se)
	}
	d, se = lift(t, "personalised", clicks, "not opted_in")
	near(t, "personalised, clicks among the others, pp", d, 0, se)
}

func TestValuesReachSceptics(t *testing.T) {
	d, se := lift(t, "values", clicks, sceptics+" and campaign_id <> '2018-02-recettes'")
	near(t, "values, clicks in sceptical segments, pp", d, arm(t, "values").ClickPPSceptic, se)
	if d < 2.5*se {
		t.Errorf("cannot be told from nothing: %.2f ± %.2f", d, se)
	}
	d, se = lift(t, "values", clicks, "not "+sceptics+" and campaign_id <> '2018-02-recettes'")
	near(t, "values, clicks in the others, pp", d, 0, se)
	d, se = lift(t, "values", wins, "not opted_in and campaign_id <> '2018-02-recettes'")
	near(t, "values, consents won of those not opted in, pp", d, arm(t, "values").ConsentPP, se)
}

func TestTransparencyAndRewardsWinConsent(t *testing.T) {
	d, se := lift(t, "transparency", wins, "true")
	near(t, "transparency, consents won, pp", d, arm(t, "transparency").ConsentPP, se)
	for _, name := range []string{"relevance", "discount"} {
		d, se := lift(t, name, wins, "true")
		near(t, name+", consents won, pp", d, arm(t, name).ConsentPP, se)
	}
	after := func(name string) (share, n float64) {
		r := found(t, `select avg((o.ends < o.begins + interval 90 day)::int), count(*) from chosen join opted_in o on o.customer_id = chosen.customer_id
			and o.begins between assigned_at and assigned_at + interval 26 day where arm = ?`, name)
		near(t, name+", withdrawn within 90 days", r[0], arm(t, name).WithdrawnAfter, shareError(r[0], r[1])+0.01)
		return r[0], r[1]
	}
	relevance, n1 := after("relevance")
	discount, n2 := after("discount")
	ratio := relevance / discount
	near(t, "withdrawn after relevance over after discount", ratio, 0.5, ratio*math.Sqrt(1/(n1*relevance)+1/(n2*discount)))
}

func TestOneSplitWentWrong(t *testing.T) {
	truths := truths(t)
	for _, c := range truths.Campaigns {
		chi, n := 0.0, found(t, "select count(*) from assignments where campaign_id = ?", c.ID)[0]
		for _, a := range c.Arms {
			got := found(t, "select count(*) from assignments where campaign_id = ? and arm = ?", c.ID, a.Arm)[0]
			chi += (got - n*a.Share) * (got - n*a.Share) / (n * a.Share)
		}
		p := 1 - distuv.ChiSquared{K: float64(len(c.Arms) - 1)}.CDF(chi)
		t.Logf("%-24s n %6.0f  split p %.4g", c.ID, n, p)
		if (p < 0.001) != (len(c.Split) > 0) {
			t.Errorf("%s: the split has p = %g", c.ID, p)
		}
	}
}

func TestOneCampaignReverses(t *testing.T) {
	difference := func(match string) (d, se float64) {
		r := found(t, fmt.Sprintf(`select p1 - p0, sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) from (select avg(human_click::int) filter (arm = 'reward') as p1,
			avg(human_click::int) filter (arm = 'generic') as p0, count(*) filter (arm = 'reward') as n1, count(*) filter (arm = 'generic') as n0
			from chosen where campaign_id = '2018-06-fetes' and %s)`, match))
		return r[0] * pp, r[1] * pp
	}
	crude, se := difference("true")
	holds(t, "reward, all languages together, pp", crude, -10, -2*se)
	planned := arm(t, "reward").ClickPP
	fr, seFr := difference("language = 'fr'")
	en, seEn := difference("language = 'en'")
	near(t, "reward, in French, pp", fr, planned, seFr)
	near(t, "reward, in English, pp", en, planned, seEn)
	if fr <= 0 || en < 2*seEn {
		t.Errorf("no reversal: fr %.2f, en %.2f ± %.2f", fr, en, seEn)
	}
}

func TestOneCampaignIsTooSmall(t *testing.T) {
	r := found(t, "select count(*) from assignments where campaign_id = '2018-02-recettes'")
	holds(t, "customers in the trial in the app", r[0], 180, 340)
}

func TestOpensOfOneCampaignAreMachines(t *testing.T) {
	for _, c := range truths(t).Campaigns {
		r := found(t, "select avg(opened_by_machine::int), count(opened) from assignments where campaign_id = ? and opened is not null", c.ID)
		t.Logf("%-24s opens %6.0f  by machines %.3f", c.ID, r[1], r[0])
		if r[1] > 0 && (r[0] > 0.5) != (c.MachineOpens > 0) {
			t.Errorf("%s: %.3f of opens are machines'", c.ID, r[0])
		}
	}
}

func TestAFewMessagesWentWithoutConsent(t *testing.T) {
	r := found(t, `with sent as (select customer_id, delivered_at, campaign_id, case c.channel when 'email' then 'email_marketing'
			when 'sms' then 'sms_marketing' else 'app_notifications' end as purpose from assignments join campaigns c using (campaign_id) where delivered_at is not null)
		select count(*) filter (not valid), avg((not valid)::int), count(*) filter (not valid and campaign_id = '2017-07-soldes') from (select *, exists (select 1 from spells s where s.customer_id = sent.customer_id
			and s.purpose = sent.purpose and s.begins <= delivered_at and s.ends > delivered_at) as valid from sent)`)
	t.Logf("without valid consent: %.0f, of which to the lapsed list %.0f", r[0], r[2])
	holds(t, "share of messages without valid consent", r[1], 0.0005, 0.005)
	holds(t, "of those, to consents that had lapsed on 1 July 2017", r[2]/r[0], 0.2, 0.7)
}

func TestBestMoment(t *testing.T) {
	truths := truths(t)
	r := found(t, `select weekday(delivered_at), (hour(delivered_at) + 1) // 2 * 2 - 1, avg(human_open::int) from chosen
		where delivered_at is not null and campaign_id in ('2017-03-printemps', '2017-12-fetes', '2018-12-cadeaux') group by 1, 2 order by 3 desc`)
	if r[0] != float64(truths.Moment.BestWeekday) || r[1] != float64(truths.Moment.BestHours[0]) {
		t.Errorf("the best two hours begin on weekday %.0f at %.0f, with %.3f of messages opened", r[0], r[1], r[2])
	}
	r = found(t, `select avg(human_open::int) filter (weekday(delivered_at) = 4 and hour(delivered_at) in (19, 20)), avg(human_open::int),
			avg(human_click::int) filter (weekday(delivered_at) = 4 and hour(delivered_at) in (19, 20)), avg(human_click::int), count(*) filter (weekday(delivered_at) = 4 and hour(delivered_at) in (19, 20))
			from chosen where delivered_at is not null and campaign_id in ('2017-03-printemps', '2017-12-fetes', '2018-12-cadeaux')`)
	planned := truths.Moment.Weekdays[4] * truths.Moment.Hours[19] * truths.Moment.BestFactor
	near(t, "opens at the best moment over average", r[0]/r[1], planned, shareError(r[0], r[4])/r[1]+0.03)
	near(t, "clicks at the best moment over average", r[2]/r[3], planned, shareError(r[2], r[4])/r[3]+0.03)
}
