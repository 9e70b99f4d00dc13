-- Grain: campaign, arm, opted in at assignment, segment (-1 = all).
-- Measures: counts; sums in hundredths; sums of squares in hundredths squared.
-- What may be wide is in two parts: X_high counts 10^18s, X is what is left.
-- DuckDB reads stored wide integers thirty times slower than two plain ones.
-- Outcomes are of mature assignments of customers in one arm. Capped revenue is
-- winsorised at the campaign's pooled 99.9th percentile.
CREATE TABLE caps AS
SELECT campaign, quantile_disc(revenue, 0.999) AS cap
FROM store.assignments WHERE mature AND NOT in_two_arms GROUP BY campaign;

CREATE TABLE lifted AS
SELECT a.campaign, a.arm, a.opted_in, c.segment,
    count(*) AS assigned, count(CASE WHEN a.once THEN 1 END) AS in_two_arms, count(CASE WHEN a.counts THEN 1 END) AS mature, count(CASE WHEN a.waits THEN 1 END) AS immature,
    count(a.delivered) AS delivered_seen, count(CASE WHEN a.delivered THEN 1 END) AS delivered,
    count(a.visited) AS visit_seen, count(CASE WHEN a.visited THEN 1 END) AS visit, coalesce(sum(CASE WHEN a.visited THEN a.pre_value END), 0) AS visit_pre,
    count(a.opened) AS open_seen, count(CASE WHEN a.opened THEN 1 END) AS open, coalesce(sum(CASE WHEN a.opened THEN a.pre_value END), 0) AS open_pre,
    count(a.clicked) AS click_seen, count(CASE WHEN a.clicked THEN 1 END) AS click, coalesce(sum(CASE WHEN a.clicked THEN a.pre_value END), 0) AS click_pre,
    count(a.converted) AS conversion_seen, count(CASE WHEN a.converted THEN 1 END) AS conversion, coalesce(sum(CASE WHEN a.converted THEN a.pre_value END), 0) AS conversion_pre,
    count(a.unsubscribed) AS unsubscribe_seen, count(CASE WHEN a.unsubscribed THEN 1 END) AS unsubscribe, coalesce(sum(CASE WHEN a.unsubscribed THEN a.pre_value END), 0) AS unsubscribe_pre,
    count(a.complained) AS complaint_seen, count(CASE WHEN a.complained THEN 1 END) AS complaint, coalesce(sum(CASE WHEN a.complained THEN a.pre_value END), 0) AS complaint_pre,
    count(a.consent_won) AS consent_won_seen, count(CASE WHEN a.consent_won THEN 1 END) AS consent_won, coalesce(sum(CASE WHEN a.consent_won THEN a.all_pre END), 0) AS consent_won_pre,
    count(a.consent_withdrawn) AS consent_withdrawn_seen, count(CASE WHEN a.consent_withdrawn THEN 1 END) AS consent_withdrawn, coalesce(sum(CASE WHEN a.consent_withdrawn THEN a.all_pre END), 0) AS consent_withdrawn_pre,
    count(CASE WHEN a.counts AND a.opened_by_machine THEN 1 END) AS machine_open, count(CASE WHEN a.counts AND a.clicked_by_machine THEN 1 END) AS machine_click,
    count(a.revenue) AS revenue_seen, count(CASE WHEN a.revenue > 0 THEN 1 END) AS revenue_people, coalesce(sum(a.revenue), 0) AS revenue, coalesce(sum(CAST(a.revenue AS HUGEINT) * a.revenue), 0) AS revenue_sq,
    coalesce(sum(a.capped), 0) AS revenue_capped, coalesce(sum(CAST(a.capped AS HUGEINT) * a.capped), 0) AS revenue_capped_sq,
    coalesce(sum(CAST(a.revenue AS HUGEINT) * a.pre_value), 0) AS revenue_pre,
    count(a.pre_value) AS pre_seen, coalesce(sum(a.pre_value), 0) AS pre, coalesce(sum(CAST(a.pre_value AS HUGEINT) * a.pre_value), 0) AS pre_sq,
    count(CASE WHEN a.delivered THEN a.clicked END) AS reached_seen, count(CASE WHEN a.delivered AND a.clicked THEN 1 END) AS reached_click
FROM (
    SELECT campaign, arm, customer, opted_in, once, delivered,
        mature AND NOT in_two_arms AS counts, NOT mature AND NOT in_two_arms AS waits,
        CASE WHEN counts THEN visited END AS visited, CASE WHEN counts THEN opened END AS opened, CASE WHEN counts THEN clicked END AS clicked,
        CASE WHEN counts THEN converted END AS converted, CASE WHEN counts THEN unsubscribed END AS unsubscribed,
        CASE WHEN counts THEN complained END AS complained, CASE WHEN counts THEN revenue END AS revenue, CASE WHEN counts THEN pre_value END AS pre_value,
        CASE WHEN consent_mature AND NOT in_two_arms THEN consent_won END AS consent_won, CASE WHEN consent_mature AND NOT in_two_arms THEN consent_withdrawn END AS consent_withdrawn,
        pre_value AS all_pre, opened_by_machine, clicked_by_machine,
        CASE WHEN counts AND revenue > cap THEN cap WHEN counts THEN revenue END AS capped
    FROM store.assignments LEFT JOIN caps USING (campaign)
) a
JOIN store.customers c USING (customer)
GROUP BY a.campaign, a.arm, a.opted_in, c.segment;
INSERT INTO lifted
SELECT campaign, arm, opted_in, -1, sum(COLUMNS(* EXCLUDE (campaign, arm, opted_in, segment)))
FROM lifted GROUP BY campaign, arm, opted_in;

CREATE TEMP MACRO wide() AS CAST(1000000000000000000 AS HUGEINT);
INSERT INTO store.lift BY NAME
SELECT * REPLACE (
        visit_pre % wide() AS visit_pre, open_pre % wide() AS open_pre, click_pre % wide() AS click_pre, conversion_pre % wide() AS conversion_pre, unsubscribe_pre % wide() AS unsubscribe_pre,
        complaint_pre % wide() AS complaint_pre, consent_won_pre % wide() AS consent_won_pre, consent_withdrawn_pre % wide() AS consent_withdrawn_pre, revenue % wide() AS revenue, revenue_sq % wide() AS revenue_sq,
        revenue_capped % wide() AS revenue_capped, revenue_capped_sq % wide() AS revenue_capped_sq, revenue_pre % wide() AS revenue_pre, pre % wide() AS pre, pre_sq % wide() AS pre_sq),
    visit_pre // wide() AS visit_pre_high, open_pre // wide() AS open_pre_high, click_pre // wide() AS click_pre_high, conversion_pre // wide() AS conversion_pre_high, unsubscribe_pre // wide() AS unsubscribe_pre_high,
    complaint_pre // wide() AS complaint_pre_high, consent_won_pre // wide() AS consent_won_pre_high, consent_withdrawn_pre // wide() AS consent_withdrawn_pre_high, revenue // wide() AS revenue_high, revenue_sq // wide() AS revenue_sq_high,
    revenue_capped // wide() AS revenue_capped_high, revenue_capped_sq // wide() AS revenue_capped_sq_high, revenue_pre // wide() AS revenue_pre_high, pre // wide() AS pre_high, pre_sq // wide() AS pre_sq_high
FROM lifted
ORDER BY segment, campaign, arm, opted_in;
DROP TABLE lifted;
