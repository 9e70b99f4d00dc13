-- Grain: campaign, arm, opted in at assignment, segment (-1 = all).
-- Measures: counts; sums in hundredths; sums of squares in hundredths squared.
-- What may be wide is in two parts: X_high counts 10^18s, X is what is left.
-- DuckDB reads stored wide integers thirty times slower than two plain ones.
-- Outcomes are of mature assignments of customers in one arm. Capped revenue is
-- winsorised at the campaign's pooled 99.9th percentile.
CREATE TEMP MACRO wide() AS CAST(1000000000000000000 AS HUGEINT);
CREATE TEMP MACRO low(x) AS CASE WHEN x > -wide() AND x < wide() THEN CAST(x AS BIGINT) ELSE CAST(x % wide() AS BIGINT) END;
CREATE TEMP MACRO high(x) AS CASE WHEN x > -wide() AND x < wide() THEN 0 ELSE CAST(x // wide() AS BIGINT) END;
-- Wide only where it must be, as few amounts are that large.
CREATE TEMP MACRO product(x, y) AS
    CASE WHEN x BETWEEN -3000000000 AND 3000000000 AND y BETWEEN -3000000000 AND 3000000000 THEN CAST(x * y AS HUGEINT) ELSE CAST(x AS HUGEINT) * y END;

-- Few amounts come often, and most are nothing.
CREATE TABLE caps AS
SELECT campaign, min(revenue) AS cap
FROM (
    SELECT campaign, revenue, sum(n) OVER (PARTITION BY campaign ORDER BY revenue) AS up_to, sum(n) OVER (PARTITION BY campaign) AS n
    FROM (SELECT campaign, revenue, count(*) AS n FROM store.assignments WHERE mature AND NOT in_two_arms AND revenue IS NOT NULL GROUP BY campaign, revenue)
)
WHERE 1000 * up_to >= 999 * n GROUP BY campaign;

CREATE TABLE lifted AS
SELECT campaign, arm, opted_in, segment,
    count(*) AS assigned, count(CASE WHEN once THEN 1 END) AS in_two_arms, count(CASE WHEN counts THEN 1 END) AS mature, count(CASE WHEN waits THEN 1 END) AS immature,
    count(delivered) AS delivered_seen, count(CASE WHEN delivered THEN 1 END) AS delivered,
    count(visited) AS visit_seen, count(CASE WHEN visited THEN 1 END) AS visit, coalesce(sum(CASE WHEN visited THEN pre_value END), 0) AS visit_pre,
    count(opened) AS open_seen, count(CASE WHEN opened THEN 1 END) AS open, coalesce(sum(CASE WHEN opened THEN pre_value END), 0) AS open_pre,
    count(clicked) AS click_seen, count(CASE WHEN clicked THEN 1 END) AS click, coalesce(sum(CASE WHEN clicked THEN pre_value END), 0) AS click_pre,
    count(converted) AS conversion_seen, count(CASE WHEN converted THEN 1 END) AS conversion, coalesce(sum(CASE WHEN converted THEN pre_value END), 0) AS conversion_pre,
    count(unsubscribed) AS unsubscribe_seen, count(CASE WHEN unsubscribed THEN 1 END) AS unsubscribe, coalesce(sum(CASE WHEN unsubscribed THEN pre_value END), 0) AS unsubscribe_pre,
    count(complained) AS complaint_seen, count(CASE WHEN complained THEN 1 END) AS complaint, coalesce(sum(CASE WHEN complained THEN pre_value END), 0) AS complaint_pre,
    count(consent_won) AS consent_won_seen, count(CASE WHEN consent_won THEN 1 END) AS consent_won, coalesce(sum(CASE WHEN consent_won THEN all_pre END), 0) AS consent_won_pre,
    count(consent_withdrawn) AS consent_withdrawn_seen, count(CASE WHEN consent_withdrawn THEN 1 END) AS consent_withdrawn, coalesce(sum(CASE WHEN consent_withdrawn THEN all_pre END), 0) AS consent_withdrawn_pre,
    count(CASE WHEN counts AND opened_by_machine THEN 1 END) AS machine_open, count(CASE WHEN counts AND clicked_by_machine THEN 1 END) AS machine_click,
    count(revenue) AS revenue_seen, count(CASE WHEN revenue > 0 THEN 1 END) AS revenue_people, coalesce(sum(revenue), 0) AS revenue, coalesce(sum(product(revenue, revenue)), 0) AS revenue_sq,
    coalesce(sum(capped), 0) AS revenue_capped, coalesce(sum(product(capped, capped)), 0) AS revenue_capped_sq,
    coalesce(sum(product(revenue, pre_value)), 0) AS revenue_pre,
    count(pre_value) AS pre_seen, coalesce(sum(pre_value), 0) AS pre, coalesce(sum(product(pre_value, pre_value)), 0) AS pre_sq,
    count(CASE WHEN delivered THEN clicked END) AS reached_seen, count(CASE WHEN delivered AND clicked THEN 1 END) AS reached_click
FROM (
    SELECT campaign, arm, segment, opted_in, once, delivered,
        mature AND NOT in_two_arms AS counts, NOT mature AND NOT in_two_arms AS waits,
        CASE WHEN counts THEN visited END AS visited, CASE WHEN counts THEN opened END AS opened, CASE WHEN counts THEN clicked END AS clicked,
        CASE WHEN counts THEN converted END AS converted, CASE WHEN counts THEN unsubscribed END AS unsubscribed,
        CASE WHEN counts THEN complained END AS complained, CASE WHEN counts THEN revenue END AS revenue, CASE WHEN counts THEN pre_value END AS pre_value,
        CASE WHEN consent_mature AND NOT in_two_arms THEN consent_won END AS consent_won, CASE WHEN consent_mature AND NOT in_two_arms THEN consent_withdrawn END AS consent_withdrawn,
        pre_value AS all_pre, opened_by_machine, clicked_by_machine,
        CASE WHEN counts AND revenue > cap THEN cap WHEN counts THEN revenue END AS capped
    FROM store.assignments LEFT JOIN caps USING (campaign)
)
GROUP BY campaign, arm, opted_in, segment;
INSERT INTO lifted
SELECT campaign, arm, opted_in, -1, sum(COLUMNS(* EXCLUDE (campaign, arm, opted_in, segment)))
FROM lifted GROUP BY campaign, arm, opted_in;

INSERT INTO store.lift BY NAME
SELECT * REPLACE (
        low(visit_pre) AS visit_pre, low(open_pre) AS open_pre, low(click_pre) AS click_pre, low(conversion_pre) AS conversion_pre, low(unsubscribe_pre) AS unsubscribe_pre,
        low(complaint_pre) AS complaint_pre, low(consent_won_pre) AS consent_won_pre, low(consent_withdrawn_pre) AS consent_withdrawn_pre, low(revenue) AS revenue, low(revenue_sq) AS revenue_sq,
        low(revenue_capped) AS revenue_capped, low(revenue_capped_sq) AS revenue_capped_sq, low(revenue_pre) AS revenue_pre, low(pre) AS pre, low(pre_sq) AS pre_sq),
    high(visit_pre) AS visit_pre_high, high(open_pre) AS open_pre_high, high(click_pre) AS click_pre_high, high(conversion_pre) AS conversion_pre_high, high(unsubscribe_pre) AS unsubscribe_pre_high,
    high(complaint_pre) AS complaint_pre_high, high(consent_won_pre) AS consent_won_pre_high, high(consent_withdrawn_pre) AS consent_withdrawn_pre_high, high(revenue) AS revenue_high, high(revenue_sq) AS revenue_sq_high,
    high(revenue_capped) AS revenue_capped_high, high(revenue_capped_sq) AS revenue_capped_sq_high, high(revenue_pre) AS revenue_pre_high, high(pre) AS pre_high, high(pre_sq) AS pre_sq_high
FROM lifted
ORDER BY segment, campaign, arm, opted_in;
DROP TABLE lifted;
