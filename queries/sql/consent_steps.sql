-- Grain: purpose, basis (express, any), step. Parameters: $segments, $as_of, $purpose
-- ('' = all), $daily (of the total alone, which is by day).
-- Columns: the step's last day (a Sunday or the as-of date, or with $daily any);
-- starts and ends of validity on any channel within it. Days come to the sums, not
-- to the rows.
SELECT purpose, basis, CAST(CASE WHEN $daily THEN last_day ELSE least(CAST(date_trunc('week', last_day) AS DATE) + 6, $as_of::DATE) END AS VARCHAR) AS step,
    CAST(sum(starts) AS BIGINT), CAST(sum(ends) AS BIGINT)
FROM (
    SELECT purpose, basis, last_day, sum(starts) AS starts, sum(ends) AS ends
    FROM consent_flow
    WHERE segment IN (SELECT unnest($segments::INTEGER[])) AND ($purpose = '' OR purpose = $purpose) AND channel = 'any' AND basis IN ('express', 'any')
    GROUP BY purpose, basis, last_day
) days
GROUP BY purpose, basis, step ORDER BY purpose, basis, step
