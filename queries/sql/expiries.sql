-- Grain: purpose, basis. Parameters: $segments.
-- Columns: consents valid on any channel at the end of the as-of date, and those
-- of them that expire within 30, 90 and 365 days.
SELECT purpose, basis, CAST(sum(valid) AS BIGINT), CAST(sum(within_30) AS BIGINT), CAST(sum(within_90) AS BIGINT), CAST(sum(within_365) AS BIGINT)
FROM expiring
WHERE segment IN (SELECT unnest($segments::INTEGER[])) AND channel = 'any'
GROUP BY purpose, basis ORDER BY purpose, basis
