-- Grain: cell, stance, month of the answer ('' = undated). Parameters: $segments
-- (of the survey), $cells, $since and $until (dates or NULL).
-- Columns: respondents; sums of weights and squared weights; first and last day.
SELECT g.cell, s.stance, coalesce(CAST(last_day(s.answered) AS VARCHAR), ''), count(*), CAST(sum(s.weight) AS DOUBLE),
    CAST(sum(CAST(s.weight AS DECIMAL(38, 6)) * s.weight) AS DOUBLE),
    coalesce(CAST(min(s.answered) AS VARCHAR), ''), coalesce(CAST(max(s.answered) AS VARCHAR), '')
FROM survey s
JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($cells::INTEGER[]) AS cell) g ON g.segment = s.segment
WHERE ($since::DATE IS NULL OR s.answered >= $since::DATE) AND ($until::DATE IS NULL OR s.answered <= $until::DATE)
GROUP BY g.cell, s.stance, last_day(s.answered) ORDER BY g.cell, s.stance, last_day(s.answered)
