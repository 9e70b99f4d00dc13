-- Grain: month end, purposes shared before and after (-1 = not known). Parameters:
-- $segments. Columns: customers.
SELECT CAST(last_day AS VARCHAR), before, after, CAST(sum(customers) AS BIGINT)
FROM ladder WHERE segment IN (SELECT unnest($segments::INTEGER[]))
GROUP BY last_day, before, after ORDER BY last_day, before, after
