-- Grain: step. Parameters: $segments, $as_of, $daily (of the total alone).
-- Columns: the step's last day (a Sunday, the as-of date, with $daily any; or
-- 0001-01-01 for those always known); customers who became known and who left within it.
SELECT CAST(CASE WHEN $daily OR last_day = DATE '0001-01-01' THEN last_day ELSE least(CAST(date_trunc('week', last_day) AS DATE) + 6, $as_of::DATE) END AS VARCHAR) AS step,
    CAST(sum(starts) AS BIGINT), CAST(sum(ends) AS BIGINT)
FROM (
    SELECT last_day, sum(starts) AS starts, sum(ends) AS ends FROM known_flow
    WHERE segment IN (SELECT unnest($segments::INTEGER[])) GROUP BY last_day
) days
GROUP BY step ORDER BY step
