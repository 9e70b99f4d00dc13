package sampledata

import (
	"fmt"
	"path/filepath"
	"testing"
)

// never fails unless a query over the bundled files counts nothing.
func never(t *testing.T, what, query string) {
	t.Helper()
	if n := found(t, query)[0]; n != 0 {
		t.Errorf("%s: %.0f rows, want none", what, n)
	}
}

func TestNothingHappensToStrangers(t *testing.T) {
	for table, times := range map[string][]string{
		"consents": {"occurred_at", "received_at"}, "purchases": {"occurred_at"}, "interactions": {"occurred_at"},
		"survey":      {"answered_at"},
		"assignments": {"assigned_at", "delivered_at", "visited", "opened", "clicked", "converted", "unsubscribed", "complained"},
	} {
		never(t, table+" of unknown customers", fmt.Sprintf("select count(*) from %s anti join customers using (customer_id) where customer_id is not null", table))
		for _, time := range times {
			never(t, table+"."+time+" before they were known", fmt.Sprintf("select count(*) from %s join customers using (customer_id) where %s < created_at", table, time))
			never(t, table+"."+time+" after the last day", fmt.Sprintf("select count(*) from %s where %s >= timestamptz '2019-01-01'", table, time))
			if time != "received_at" {
				never(t, table+"."+time+" after they left", fmt.Sprintf("select count(*) from %s join customers using (customer_id) where %s >= left_at", table, time))
			}
		}
	}
	never(t, "survey respondents unlike their customers", `select count(*) from survey s join customers c using (customer_id)
		where (s.region, s.age_band, s.language) is distinct from (c.region, c.age_band, c.language)`)
	never(t, "customers twice", "select count(*) - count(distinct customer_id) from customers")
	never(t, "assignments twice", "select count(*) - count(distinct (campaign_id, customer_id)) from assignments")
	never(t, "arms that do not exist", "select count(*) from assignments anti join arms using (campaign_id, arm)")
	never(t, "shares that do not sum to 1", "select count(*) from (from arms select campaign_id group by all having sum(planned_share) <> 1)")
}

func TestOutcomesFollowFromEvents(t *testing.T) {
	never(t, "unsubscribed or complained without a withdrawal", `select count(*) from assignments a join campaigns using (campaign_id)
		where coalesce(unsubscribed, complained) is not null and not exists (select 1 from consents c where c.customer_id = a.customer_id
		and state = 'withdrawn' and c.channel = campaigns.channel and occurred_at = coalesce(unsubscribed, complained))`)
	const window = `from assignments a left join purchases p on p.customer_id = a.customer_id and occurred_at >= assigned_at
		and occurred_at < assigned_at + interval 336 hour group by a.campaign_id, a.customer_id, converted, revenue`
	never(t, "converted is not the first purchase", "select count(*) from (select converted, min(occurred_at) as first "+window+") where converted is distinct from first")
	never(t, "revenue is not what was bought", "select count(*) from (select revenue, coalesce(sum(amount), 0) as bought "+window+") where revenue <> bought")
	never(t, "pre_value is not what was bought before", `select count(*) from (select pre_value, coalesce(sum(amount), 0) as bought
		from assignments a left join purchases p on p.customer_id = a.customer_id and occurred_at < assigned_at and occurred_at >= assigned_at - interval 2160 hour
		where assigned_at >= timestamptz '2017-04-02' group by a.campaign_id, a.customer_id, pre_value) where pre_value <> bought`)
	never(t, "holdouts who were written to", "select count(*) from assignments where arm = 'holdout' and coalesce(delivered_at, opened, clicked, unsubscribed) is not null")
	never(t, "times in the wrong order", `select count(*) from assignments where delivered_at < assigned_at or opened < delivered_at or clicked < delivered_at
		or unsubscribed < delivered_at or (not clicked_by_machine and (visited is null or visited < clicked))`)
	never(t, "outcomes of what was not delivered", "select count(*) from assignments where delivered_at is null and coalesce(opened, clicked, unsubscribed, complained) is not null")
	never(t, "machines that did nothing", "select count(*) from assignments where (opened is null) <> (opened_by_machine is null) or (clicked is null) <> (clicked_by_machine is null)")
}

func TestConsentEventsAreSound(t *testing.T) {
	never(t, "received before it happened", "select count(*) from consents where received_at < occurred_at")
	holds(t, "events that arrived two days late or more", found(t, "select avg((received_at > occurred_at + interval 2 day)::int) from consents")[0], 0.01, 0.03)
	never(t, "notices that were not in force", `select count(*) from consents join notices using (notice_version)
		where occurred_at < effective_from or notice_version < (select max(n.notice_version) from notices n where n.effective_from <= occurred_at)`)
	never(t, "given on no basis", "select count(*) from consents where (state in ('given', 'renewed')) <> (basis is not null)")
	never(t, "implied for ever", "select count(*) from consents where (basis = 'implied') <> (expires_at is not null)")
	never(t, "withdrawn without a consent", `select count(*) from (select state, lag(state) over (partition by customer_id, purpose, channel order by occurred_at) as before
		from consents where state in ('given', 'renewed', 'withdrawn', 'invalidated')) where state = 'withdrawn' and coalesce(before, '') not in ('given', 'renewed')`)
	never(t, "given to customers who are opted in", `select count(*) from (select state, basis, occurred_at,
		lag(state || basis) over (partition by customer_id, purpose, channel order by occurred_at) as before
		from consents where state in ('given', 'renewed', 'withdrawn', 'invalidated')) where state = 'given' and before in ('givenexpress', 'renewedexpress')`)
}

// The generator keeps Toronto's clock itself; DuckDB's must agree to the letter.
func TestClockIsTorontos(t *testing.T) {
	for table, column := range map[string]string{"consents": "occurred_at", "purchases": "occurred_at", "customers": "created_at"} {
		if parquet, _ := filepath.Glob(filepath.Join(*sample, "*.parquet")); len(parquet) > 0 {
			t.Skip("Parquet holds instants")
		}
		never(t, table+" that DuckDB writes otherwise", fmt.Sprintf(`select count(*) from read_csv('%s', header = true, all_varchar = true)
			where strftime(%s::timestamptz, '%%Y-%%m-%%dT%%H:%%M:%%S%%z:00') <> %[2]s`, filepath.Join(*sample, table+"*.csv*"), column))
	}
}

func TestSeasonsAndTails(t *testing.T) {
	r := found(t, `select count(*) filter (month(occurred_at) = 12 and year(occurred_at) = 2018) / 31, count(*) filter (month(occurred_at) = 8 and year(occurred_at) = 2018) / 31,
		count(*) filter (month(occurred_at) in (2, 3, 7) and year(occurred_at) = 2018) / 90, quantile_cont(amount, 0.999) / median(amount),
		count(*) filter (weekday(occurred_at) = 6) / count(*) from purchases`)
	holds(t, "December over a quiet month", r[0]/r[2], 1.7, 3)
	holds(t, "back to school over a quiet month", r[1]/r[2], 1.2, 2)
	holds(t, "the largest in a thousand over the median", r[3], 12, 60)
	holds(t, "bought on a Saturday", r[4], 0.18, 0.25)
	r = found(t, `select avg((language = 'fr')::int) filter (region = 'QC'), avg((language = 'fr')::int) filter (region = 'ON') from customers`)
	holds(t, "French in Quebec", r[0], 0.77, 0.83)
	holds(t, "French in Ontario", r[1], 0.02, 0.06)
	r = found(t, `select avg((converted is not null)::int) filter (arm <> 'holdout'), avg((converted is not null)::int) filter (arm = 'holdout') from assignments
		where campaign_id in (select campaign_id from arms where arm = 'holdout')`)
	holds(t, "messages sell something, pp", pp*(r[0]-r[1]), 0.1, 3)
	holds(t, "campaigns whose window is not over", found(t, "select count(*) from campaigns where started_at > timestamptz '2018-12-17'")[0], 1, 3)
}
