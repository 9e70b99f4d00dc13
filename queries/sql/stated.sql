-- Grain: value of a dimension, stance, opted in. Parameters: $segments and, of each,
-- the number of its value, $groups; $everyone: all segments, value 0; $purpose;
-- $since and $until (dates or NULL: the month of the answer lies within).
-- Columns: answers, sums of weights and of squares, first and last month.
SELECT coalesce(picked.value, 0) AS value, stance, opted_in, CAST(sum(people) AS BIGINT), CAST(sum(weight) AS DOUBLE), CAST(sum(weight_sq) AS DOUBLE),
    coalesce(CAST(min(month) AS VARCHAR), ''), coalesce(CAST(last_day(max(month)) AS VARCHAR), '')
FROM stated s LEFT JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($groups::INTEGER[]) AS value) picked USING (segment)
WHERE purpose = $purpose AND ($everyone OR picked.segment IS NOT NULL)
    AND ($since::DATE IS NULL OR last_day(month) >= $since::DATE) AND ($until::DATE IS NULL OR month <= $until::DATE)
GROUP BY coalesce(picked.value, 0), stance, opted_in ORDER BY ALL
