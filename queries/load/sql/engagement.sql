-- Grain: week of delivery (its Sunday, the as-of date in the last week; NULL =
-- undated), campaign, content, opted in at assignment, delivered, segment (-1 =
-- all). A message is a mature assignment of a customer in one arm that was
-- delivered; in a campaign that records no delivery at all, every one but a
-- holdout's, whose delivered is false. Content is what was delivered, or else the
-- arm's.
-- Measures: messages; of each outcome X, messages for which X is recorded
-- (X_seen) and those with X by a person; X_any those with X by anyone, machines
-- too; opens whose clicks are recorded (opener_seen), and those that were also
-- clicked (opener_click); revenue in hundredths and its squares, each in two parts.
CREATE TABLE delivering AS SELECT campaign, bool_or(delivered IS NOT NULL) AS delivering FROM store.assignments GROUP BY campaign;

CREATE VIEW sent AS
SELECT a.customer, a.segment, a.campaign, coalesce(a.delivered_content, r.content) AS content, a.opted_in, coalesce(a.delivered, false) AS delivered,
    local_of(a.delivered_at) AS moment, local_of(coalesce(a.delivered_at, a.assigned_at)) AS sent_at, a.mature AND NOT a.in_two_arms AS counts,
    a.visited, a.opened, a.clicked, a.converted, a.unsubscribed, a.complained, a.revenue, a.opened_by_machine, a.clicked_by_machine
FROM store.assignments a
JOIN delivering d ON d.campaign = a.campaign
LEFT JOIN arm_places r ON r.campaign = a.campaign AND r.arm_name = a.arm
WHERE a.delivered OR (NOT d.delivering AND r.content IS DISTINCT FROM 'holdout');

INSERT INTO store.engagement
SELECT least(CAST(date_trunc('week', m.sent_at) AS DATE) + 6, CAST(getvariable('as_of') AS DATE)) AS last_day,
    m.campaign, coalesce(m.content, ''), m.opted_in, m.delivered, m.segment, count(*),
    count(m.visited), count(CASE WHEN m.visited THEN 1 END),
    count(m.opened), count(CASE WHEN m.opened THEN 1 END), count(CASE WHEN m.opened IS NOT NULL AND (m.opened OR m.opened_by_machine) THEN 1 END),
    count(m.clicked), count(CASE WHEN m.clicked THEN 1 END), count(CASE WHEN m.clicked IS NOT NULL AND (m.clicked OR m.clicked_by_machine) THEN 1 END),
    count(CASE WHEN m.opened THEN m.clicked END), count(CASE WHEN m.opened AND m.clicked THEN 1 END),
    count(m.converted), count(CASE WHEN m.converted THEN 1 END),
    count(m.unsubscribed), count(CASE WHEN m.unsubscribed THEN 1 END),
    count(m.complained), count(CASE WHEN m.complained THEN 1 END),
    count(m.revenue), count(CASE WHEN m.revenue > 0 THEN 1 END),
    low(coalesce(sum(m.revenue), 0)), high(coalesce(sum(m.revenue), 0)),
    low(coalesce(sum(product(m.revenue, m.revenue)), 0)), high(coalesce(sum(product(m.revenue, m.revenue)), 0))
FROM sent m
WHERE m.counts
GROUP BY last_day, m.campaign, m.content, m.opted_in, m.delivered, m.segment
ORDER BY m.segment, m.campaign, last_day, m.content, m.opted_in;

INSERT INTO store.engagement
SELECT last_day, campaign, content, opted_in, delivered, -1,
    sum(COLUMNS(* EXCLUDE (last_day, campaign, content, opted_in, delivered, segment, revenue, revenue_high, revenue_sq, revenue_sq_high))),
    low(sum(revenue)), sum(revenue_high) + high(sum(revenue)), low(sum(revenue_sq)), sum(revenue_sq_high) + high(sum(revenue_sq))
FROM store.engagement GROUP BY last_day, campaign, content, opted_in, delivered ORDER BY campaign, last_day, content, opted_in;
