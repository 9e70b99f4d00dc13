-- Grain: messages in the month (12 = 12 or more), month of delivery. Parameters:
-- $segments; $since and $until: whole months that begin and end in between.
-- Columns: customers; clicks recorded, people's clicks, and expected by their
-- campaigns' rates; unsubscribes recorded and unsubscribes.
SELECT messages, CAST(last_day AS VARCHAR), CAST(sum(customers) AS BIGINT), CAST(sum(click_seen) AS BIGINT), CAST(sum(click) AS BIGINT), CAST(sum(click_expected) AS DOUBLE) / 1000000,
    CAST(sum(unsubscribe_seen) AS BIGINT), CAST(sum(unsubscribe) AS BIGINT)
FROM fatigue
WHERE segment IN (SELECT unnest($segments::INTEGER[]))
    AND ($since::DATE IS NULL OR date_trunc('month', last_day) >= $since::DATE) AND ($until::DATE IS NULL OR last_day <= $until::DATE)
GROUP BY messages, last_day ORDER BY messages, last_day
