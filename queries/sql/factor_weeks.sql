-- Grain: kind of factor, label where it has values, week (its Sunday, the as-of
-- date in the last week). Parameters: $regions (NULL = all; those of no region
-- count in any), $as_of.
-- Columns: mean value, NULL for what happens or does not; days on which it was.
SELECT kind, CASE WHEN value IS NOT NULL THEN coalesce(label, '') ELSE '' END AS what,
    CAST(least(CAST(date_trunc('week', day) AS DATE) + 6, $as_of::DATE) AS VARCHAR) AS week, avg(value), count(DISTINCT day)
FROM factors
WHERE day <= $as_of::DATE AND ($regions::VARCHAR[] IS NULL OR region IS NULL OR region IN (SELECT unnest($regions::VARCHAR[])))
GROUP BY kind, what, week ORDER BY kind, what, week
