-- Grain: act, method. Parameters: $segments. Columns: steps as configured (NULL =
-- not); acts; those timed, of these on the same day and within the grace, days.
SELECT act, e.method, max(m.steps), CAST(sum(acts) AS BIGINT), CAST(sum(timed) AS BIGINT), CAST(sum(same_day) AS BIGINT), CAST(sum(in_grace) AS BIGINT), CAST(sum(days) AS BIGINT)
FROM effort e LEFT JOIN method_steps m ON m.method = e.method
WHERE segment IN (SELECT unnest($segments::INTEGER[]))
GROUP BY act, e.method ORDER BY act, sum(acts) DESC, e.method
