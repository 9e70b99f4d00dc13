-- Grain: reason of sceptics; '' = the sceptical, '*' = those who gave any.
-- Parameters: $everyone, $segments (of the survey), $since, $until.
-- Columns: people; sums of weights and of squared weights.
WITH sceptics AS (
    SELECT respondent, CAST(weight AS DECIMAL(38, 6)) AS weight, list_filter(list_distinct(reasons), lambda r: r <> '') AS reasons
    FROM survey
    WHERE stance = 'sceptical' AND ($everyone OR segment IN (SELECT unnest($segments::INTEGER[])))
        AND ($since::DATE IS NULL OR answered >= $since::DATE) AND ($until::DATE IS NULL OR answered <= $until::DATE)
), given AS (
    SELECT unnest(reasons) AS reason, weight FROM sceptics
    UNION ALL SELECT '', weight FROM sceptics
    UNION ALL SELECT '*', weight FROM sceptics WHERE len(reasons) > 0
)
SELECT reason, count(*), CAST(sum(weight) AS DOUBLE), CAST(sum(weight * weight) AS DOUBLE) FROM given GROUP BY reason ORDER BY count(*) DESC, reason
