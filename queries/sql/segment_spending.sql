-- Grain: cell, month end. Parameters: $segments, $cells, $since, $until: months
-- that end after $since and not after $until.
-- Columns: customers who bought in the month; sum of amounts and of their
-- squares in hundredths.
SELECT g.cell, CAST(s.last_day AS VARCHAR), CAST(sum(s.buyers) AS BIGINT), CAST(sum(s.amount) AS DOUBLE), CAST(sum(s.amount_sq) AS DOUBLE)
FROM spending s
JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($cells::INTEGER[]) AS cell) g ON g.segment = s.segment
WHERE s.last_day > $since::DATE AND s.last_day <= $until::DATE
GROUP BY g.cell, s.last_day ORDER BY g.cell, s.last_day
