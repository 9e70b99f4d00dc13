-- What respondents who are linked to a customer say, beside what they do. Both
-- roll-ups grow with the survey, not with the customers, and have no total beside
-- their segments.

-- Grain: month of the answer (NULL = undated), segment, purpose, stance, opted in
-- (an express consent on any channel at the end of the day answered, of the as-of
-- date where undated). Measures: answers of customers known then, sums of their
-- weights and of the squares.
CREATE TABLE linked AS
SELECT s.customer, c.segment, s.stance, s.answered, CAST(s.weight AS DECIMAL(38, 6)) AS weight,
    coalesce(utc_of(CAST(s.answered AS TIMESTAMP) + INTERVAL 1 DAY), getvariable('until')) AS moment
FROM store.survey s JOIN store.customers c USING (customer);
INSERT INTO store.stated
SELECT CAST(date_trunc('month', l.answered) AS DATE) AS month, l.segment, p.purpose, l.stance, o.customer IS NOT NULL AS opted_in,
    count(*), sum(l.weight), sum(l.weight * l.weight)
FROM linked l
JOIN store.customers c ON c.customer = l.customer
    AND (c.known_from IS NULL OR c.known_from < l.moment) AND (c.left_at IS NULL OR c.left_at >= l.moment) AND (c.left_at > c.known_from) IS NOT FALSE
CROSS JOIN (SELECT DISTINCT purpose FROM places) p
LEFT JOIN (SELECT * FROM store.spells WHERE channel = 'any' AND basis = 'express' AND customer IN (SELECT customer FROM linked)) o
    ON o.customer = l.customer AND o.purpose = p.purpose AND o.started_at < l.moment AND coalesce(o.ended_at, TIMESTAMP 'infinity') >= l.moment
WHERE l.moment <= getvariable('until')
GROUP BY month, l.segment, p.purpose, l.stance, o.customer IS NOT NULL ORDER BY p.purpose, l.segment, month, l.stance, opted_in;

-- Grain: campaign, arm, stance (the last that a customer stated, whenever that
-- was), segment. Measures, of assignments to one arm whose 30 days are over: all,
-- those that won a consent, those after which one was withdrawn.
INSERT INTO store.stance_won
SELECT a.campaign, a.arm, l.stance, l.segment, count(*),
    sum(CASE WHEN a.consent_won THEN 1 ELSE 0 END), sum(CASE WHEN a.consent_withdrawn THEN 1 ELSE 0 END)
FROM store.assignments a
JOIN (SELECT customer, segment, arg_max(stance, coalesce(CAST(answered AS VARCHAR), '') || stance) AS stance FROM linked GROUP BY customer, segment) l USING (customer)
WHERE a.consent_mature AND NOT a.in_two_arms AND a.consent_won IS NOT NULL
GROUP BY a.campaign, a.arm, l.stance, l.segment ORDER BY l.segment, a.campaign, a.arm, l.stance;
DROP TABLE linked;
