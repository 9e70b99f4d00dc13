-- Grain: value of a dimension, step. Parameters: $segments and, of each, the
-- number of its value, $groups, as in value_steps.
-- Columns: the step's last day (a Sunday, the as-of date, or 0001-01-01 for
-- those always known); customers who became known and who left within it.
SELECT picked.value, CAST(last_day AS VARCHAR), CAST(sum(starts) AS BIGINT), CAST(sum(ends) AS BIGINT)
FROM known_flow f JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($groups::INTEGER[]) AS value) picked USING (segment)
GROUP BY picked.value, last_day ORDER BY picked.value, last_day
