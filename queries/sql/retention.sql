-- Grain: kind, whole years of age. Parameters: $segments. Columns: records, those
-- past the configured period.
SELECT kind, years, CAST(sum(records) AS BIGINT), CAST(sum(past) AS BIGINT)
FROM retention WHERE segment IN (SELECT unnest($segments::INTEGER[]))
GROUP BY kind, years ORDER BY kind, years
