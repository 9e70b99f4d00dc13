-- Grain: value of a dimension, purpose, steps of 28 days. Parameters: $segments
-- and, of each, the number of its value, $groups.
-- Columns: customers whose first express consent had ended after so many steps,
-- and those seen no longer.
SELECT picked.value, purpose, steps, CAST(sum(CASE WHEN ended THEN customers ELSE 0 END) AS BIGINT), CAST(sum(CASE WHEN ended THEN 0 ELSE customers END) AS BIGINT)
FROM duration f JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($groups::INTEGER[]) AS value) picked USING (segment)
GROUP BY picked.value, purpose, steps ORDER BY picked.value, purpose, steps
