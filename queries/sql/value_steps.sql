-- Grain: value of a dimension, basis (express, any), step. Parameters: $segments
-- and, of each, the number of its value, $groups; values of several dimensions are
-- numbered on, and a segment is there once for each; $purpose.
-- Columns: the step's last day (a Sunday, or the as-of date); starts and ends of
-- validity on any channel within it.
SELECT picked.value, basis, CAST(last_day AS VARCHAR), CAST(sum(starts) AS BIGINT), CAST(sum(ends) AS BIGINT)
FROM consent_flow f JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($groups::INTEGER[]) AS value) picked USING (segment)
WHERE purpose = $purpose AND channel = 'any' AND basis IN ('express', 'any')
GROUP BY picked.value, basis, last_day ORDER BY picked.value, basis, last_day
