-- Grain: campaign, value, arm, metric. Parameters: $segments, and $values, one
-- for each of them; $opted_in, to take opted in at assignment as the value;
-- $campaign, or NULL for all.
-- Columns: assigned, in_two_arms, mature, immature, delivered (NULL = not recorded);
-- for the metric, mature assignments for which it is recorded (seen), people
-- who did it, and as exact integers in text: their total (people, or
-- hundredths of money) and the total of its squares, both also with large
-- amounts capped; mature assignments with a measure from before, its total and
-- squares, and the total of its products with the metric; what machines did.
WITH picked AS (SELECT unnest($segments::INTEGER[]) AS segment, unnest($values::VARCHAR[]) AS value),
arm AS (
    SELECT campaign, CASE WHEN $opted_in::BOOLEAN THEN opted_in ELSE value END AS value, arm,
        CAST(sum(assigned) AS BIGINT) AS assigned, CAST(sum(in_two_arms) AS BIGINT) AS in_two_arms,
        CAST(sum(mature) AS BIGINT) AS mature, CAST(sum(immature) AS BIGINT) AS immature,
        CASE WHEN sum(delivered_seen) > 0 THEN CAST(sum(delivered) AS BIGINT) END AS delivered,
        sum(visit_seen) AS visit_seen, sum(visit) AS visit, sum(visit_pre) + sum(visit_pre_high) * 1000000000000000000 AS visit_pre,
        sum(open_seen) AS open_seen, sum(open) AS open, sum(open_pre) + sum(open_pre_high) * 1000000000000000000 AS open_pre,
        sum(click_seen) AS click_seen, sum(click) AS click, sum(click_pre) + sum(click_pre_high) * 1000000000000000000 AS click_pre,
        sum(conversion_seen) AS conversion_seen, sum(conversion) AS conversion, sum(conversion_pre) + sum(conversion_pre_high) * 1000000000000000000 AS conversion_pre,
        sum(unsubscribe_seen) AS unsubscribe_seen, sum(unsubscribe) AS unsubscribe, sum(unsubscribe_pre) + sum(unsubscribe_pre_high) * 1000000000000000000 AS unsubscribe_pre,
        sum(complaint_seen) AS complaint_seen, sum(complaint) AS complaint, sum(complaint_pre) + sum(complaint_pre_high) * 1000000000000000000 AS complaint_pre,
        sum(consent_won_seen) AS consent_won_seen, sum(consent_won) AS consent_won, sum(consent_won_pre) + sum(consent_won_pre_high) * 1000000000000000000 AS consent_won_pre,
        sum(consent_withdrawn_seen) AS consent_withdrawn_seen, sum(consent_withdrawn) AS consent_withdrawn, sum(consent_withdrawn_pre) + sum(consent_withdrawn_pre_high) * 1000000000000000000 AS consent_withdrawn_pre,
        sum(revenue_seen) AS revenue_seen, sum(revenue_people) AS revenue_people, sum(revenue) + sum(revenue_high) * 1000000000000000000 AS revenue, sum(revenue_sq) + sum(revenue_sq_high) * 1000000000000000000 AS revenue_sq,
        sum(revenue_capped) + sum(revenue_capped_high) * 1000000000000000000 AS revenue_capped, sum(revenue_capped_sq) + sum(revenue_capped_sq_high) * 1000000000000000000 AS revenue_capped_sq, sum(revenue_pre) + sum(revenue_pre_high) * 1000000000000000000 AS revenue_pre,
        sum(machine_open) AS machine_open, sum(machine_click) AS machine_click,
        CAST(sum(pre_seen) AS BIGINT) AS pre_seen, CAST(sum(pre) + sum(pre_high) * 1000000000000000000 AS VARCHAR) AS pre, CAST(sum(pre_sq) + sum(pre_sq_high) * 1000000000000000000 AS VARCHAR) AS pre_sq
    FROM lift JOIN picked USING (segment)
    WHERE $campaign::INTEGER IS NULL OR campaign = $campaign::INTEGER
    GROUP BY ALL
)
SELECT campaign, value, arm, assigned, in_two_arms, mature, immature, delivered, m.metric, CAST(m.seen AS BIGINT), CAST(m.people AS BIGINT),
    CAST(m.total AS VARCHAR), CAST(m.squares AS VARCHAR), CAST(m.capped AS VARCHAR), CAST(m.capped_squares AS VARCHAR),
    pre_seen, pre, pre_sq, CAST(m.products AS VARCHAR), CAST(m.machines AS BIGINT)
FROM (
    SELECT *, unnest([
        {metric: 'visit', seen: visit_seen, people: visit, total: visit, squares: visit, capped: visit, capped_squares: visit, products: visit_pre, machines: 0},
        {metric: 'open', seen: open_seen, people: open, total: open, squares: open, capped: open, capped_squares: open, products: open_pre, machines: machine_open},
        {metric: 'click', seen: click_seen, people: click, total: click, squares: click, capped: click, capped_squares: click, products: click_pre, machines: machine_click},
        {metric: 'conversion', seen: conversion_seen, people: conversion, total: conversion, squares: conversion, capped: conversion, capped_squares: conversion, products: conversion_pre, machines: 0},
        {metric: 'unsubscribe', seen: unsubscribe_seen, people: unsubscribe, total: unsubscribe, squares: unsubscribe, capped: unsubscribe, capped_squares: unsubscribe, products: unsubscribe_pre, machines: 0},
        {metric: 'complaint', seen: complaint_seen, people: complaint, total: complaint, squares: complaint, capped: complaint, capped_squares: complaint, products: complaint_pre, machines: 0},
        {metric: 'consent_won', seen: consent_won_seen, people: consent_won, total: consent_won, squares: consent_won, capped: consent_won, capped_squares: consent_won, products: consent_won_pre, machines: 0},
        {metric: 'consent_withdrawn', seen: consent_withdrawn_seen, people: consent_withdrawn, total: consent_withdrawn, squares: consent_withdrawn, capped: consent_withdrawn, capped_squares: consent_withdrawn, products: consent_withdrawn_pre, machines: 0},
        {metric: 'revenue', seen: revenue_seen, people: revenue_people, total: revenue, squares: revenue_sq, capped: revenue_capped, capped_squares: revenue_capped_sq, products: revenue_pre, machines: 0}
    ]) AS m FROM arm
)
