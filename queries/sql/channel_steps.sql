-- Grain: channel, basis (express, any), step. Parameters: $segments, $as_of,
-- $purpose. Columns: the step's last day (a Sunday, or the as-of date); starts
-- and ends of validity within it.
SELECT channel, basis, CAST(least(CAST(date_trunc('week', last_day) AS DATE) + 6, $as_of::DATE) AS VARCHAR) AS step,
    CAST(sum(starts) AS BIGINT), CAST(sum(ends) AS BIGINT)
FROM consent_flow
WHERE segment IN (SELECT unnest($segments::INTEGER[])) AND purpose = $purpose AND channel <> 'any' AND basis IN ('express', 'any')
GROUP BY channel, basis, step ORDER BY channel, basis, step
