-- Grain: stance. Parameters: $everyone, $segments (survey segments),
-- $since and $until (dates or NULL).
-- Columns: respondents; sums of weights and of squared weights; first and last day.
SELECT stance, count(*), CAST(sum(weight) AS DOUBLE), CAST(sum(CAST(weight AS DECIMAL(38, 6)) * weight) AS DOUBLE),
    coalesce(CAST(min(answered) AS VARCHAR), ''), coalesce(CAST(max(answered) AS VARCHAR), '')
FROM survey
WHERE ($everyone OR segment IN (SELECT unnest($segments::INTEGER[])))
    AND ($since::DATE IS NULL OR answered >= $since::DATE) AND ($until::DATE IS NULL OR answered <= $until::DATE)
GROUP BY stance
