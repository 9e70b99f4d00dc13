-- Grain: campaign, arm, opted in at assignment, segment (-1 = all).
-- Measures: counts; sums in hundredths; sums of squares in hundredths squared.
-- Outcomes are of mature assignments of customers in one arm. Capped revenue is
-- winsorised at the campaign's pooled 99.9th percentile.
CREATE TABLE caps AS
SELECT campaign, quantile_disc(revenue, 0.999) AS cap
FROM store.assignments WHERE mature AND NOT in_two_arms GROUP BY campaign;

INSERT INTO store.lift
SELECT a.campaign, a.arm, a.opted_in, c.segment,
    count(*), count(CASE WHEN a.once THEN 1 END), count(CASE WHEN a.counts THEN 1 END), count(CASE WHEN a.waits THEN 1 END),
    count(a.delivered), count(CASE WHEN a.delivered THEN 1 END),
    count(a.visited), count(CASE WHEN a.visited THEN 1 END), coalesce(sum(CASE WHEN a.visited THEN a.pre_value END), 0),
    count(a.opened), count(CASE WHEN a.opened THEN 1 END), coalesce(sum(CASE WHEN a.opened THEN a.pre_value END), 0),
    count(a.clicked), count(CASE WHEN a.clicked THEN 1 END), coalesce(sum(CASE WHEN a.clicked THEN a.pre_value END), 0),
    count(a.converted), count(CASE WHEN a.converted THEN 1 END), coalesce(sum(CASE WHEN a.converted THEN a.pre_value END), 0),
    count(a.unsubscribed), count(CASE WHEN a.unsubscribed THEN 1 END), coalesce(sum(CASE WHEN a.unsubscribed THEN a.pre_value END), 0),
    count(a.complained), count(CASE WHEN a.complained THEN 1 END), coalesce(sum(CASE WHEN a.complained THEN a.pre_value END), 0),
    count(a.consent_won), count(CASE WHEN a.consent_won THEN 1 END), coalesce(sum(CASE WHEN a.consent_won THEN a.all_pre END), 0),
    count(a.consent_withdrawn), count(CASE WHEN a.consent_withdrawn THEN 1 END), coalesce(sum(CASE WHEN a.consent_withdrawn THEN a.all_pre END), 0),
    count(CASE WHEN a.counts AND a.opened_by_machine THEN 1 END), count(CASE WHEN a.counts AND a.clicked_by_machine THEN 1 END),
    count(a.revenue), count(CASE WHEN a.revenue > 0 THEN 1 END), coalesce(sum(a.revenue), 0), coalesce(sum(CAST(a.revenue AS HUGEINT) * a.revenue), 0),
    coalesce(sum(a.capped), 0), coalesce(sum(CAST(a.capped AS HUGEINT) * a.capped), 0),
    coalesce(sum(CAST(a.revenue AS HUGEINT) * a.pre_value), 0),
    count(a.pre_value), coalesce(sum(a.pre_value), 0), coalesce(sum(CAST(a.pre_value AS HUGEINT) * a.pre_value), 0),
    count(CASE WHEN a.delivered THEN a.clicked END), count(CASE WHEN a.delivered AND a.clicked THEN 1 END)
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
GROUP BY a.campaign, a.arm, a.opted_in, c.segment
ORDER BY c.segment, a.campaign, a.arm, a.opted_in;

INSERT INTO store.lift
SELECT campaign, arm, opted_in, -1, sum(COLUMNS(* EXCLUDE (campaign, arm, opted_in, segment)))
FROM store.lift GROUP BY campaign, arm, opted_in ORDER BY campaign, arm, opted_in;
