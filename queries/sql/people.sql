-- Grain: customer, in the order of their numbers, $limit at most. Parameters:
-- $segments, $everyone; $campaign and $arm, or NULL, to keep those assigned;
-- $now, the end of the as-of date in UTC. Columns: pseudonym, segment, known from
-- and left (UTC, NULL = open), purposes opted in to, messages delivered (NULL = no
-- delivery is recorded), purchases (NULL = there is no such input), and of how many customers these are.
WITH picked AS (
    SELECT customer, CAST(pseudonym AS VARCHAR) AS pseudonym, segment, known_from, left_at FROM customers
    WHERE ($everyone::BOOLEAN OR segment IN (SELECT unnest($segments::INTEGER[])))
        AND ($campaign::VARCHAR IS NULL OR customer IN (
            SELECT customer FROM assignments JOIN campaigns USING (campaign)
            WHERE campaign_id = $campaign::VARCHAR AND ($arm::VARCHAR IS NULL OR arm = $arm::VARCHAR)))
),
listed AS (SELECT * FROM picked ORDER BY customer LIMIT $limit::BIGINT),
opted AS (
    SELECT customer, list(DISTINCT purpose ORDER BY purpose) AS purposes FROM spells
    WHERE customer IN (SELECT customer FROM listed) AND channel = 'any' AND basis = 'express'
        AND started_at < $now::TIMESTAMP AND (ended_at IS NULL OR ended_at >= $now::TIMESTAMP)
    GROUP BY customer
),
sent AS (
    SELECT customer, CASE WHEN count(delivered_at) + count(delivered) > 0 THEN count(*) FILTER (delivered_at IS NOT NULL OR delivered) END AS messages FROM assignments
    WHERE customer IN (SELECT customer FROM listed) GROUP BY customer
),
bought AS (
    SELECT customer, count(*) AS purchases FROM purchases
    WHERE customer IN (SELECT customer FROM listed) GROUP BY customer
)
SELECT pseudonym, segment, known_from, left_at, purposes, CASE WHEN sent.customer IS NULL THEN 0 ELSE messages END,
    CASE WHEN (SELECT count(*) FROM purchases) > 0 THEN coalesce(purchases, 0) END,
    (SELECT count(*) FROM picked)
FROM listed LEFT JOIN opted USING (customer) LEFT JOIN sent ON sent.customer = listed.customer LEFT JOIN bought USING (customer)
ORDER BY customer
