-- Grain: spread, weekday, hour of delivery. Parameters: $segments, $channel
-- ('any' = all), $metric (open, click, conversion).
-- Columns: messages for which it is recorded, of these those that people did,
-- and expected by the campaigns' rates.
SELECT spread, weekday, hour,
    CAST(sum(CASE $metric WHEN 'open' THEN open_seen WHEN 'click' THEN click_seen ELSE conversion_seen END) AS BIGINT),
    CAST(sum(CASE $metric WHEN 'open' THEN open WHEN 'click' THEN click ELSE conversion END) AS BIGINT),
    CAST(sum(CASE $metric WHEN 'open' THEN open_expected WHEN 'click' THEN click_expected ELSE conversion_expected END) AS DOUBLE) / 1000000
FROM moments
WHERE segment IN (SELECT unnest($segments::INTEGER[])) AND ($channel = 'any' OR channel = $channel)
GROUP BY spread, weekday, hour ORDER BY spread, weekday, hour
