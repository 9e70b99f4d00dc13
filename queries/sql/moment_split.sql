-- Grain: dimension, value, weekday, hour of delivery, of campaigns spread over
-- the hours of the week. Parameters: $channel ('any' = all). Columns: messages.
SELECT dimension, value, weekday, hour, CAST(sum(messages) AS BIGINT)
FROM moment_split
WHERE $channel = 'any' OR channel = $channel
GROUP BY dimension, value, weekday, hour ORDER BY dimension, value, weekday, hour
