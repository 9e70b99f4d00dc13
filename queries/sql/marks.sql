-- Grain: thing that happened on a day. Parameters: $since, $until.
-- Columns: day, kind (notice, campaign, news, event), label.
SELECT CAST(day AS VARCHAR), kind, label FROM (
    SELECT effective_from AS day, 'notice' AS kind, notice_version AS label FROM notices
    UNION ALL SELECT started, 'campaign', coalesce(name, campaign_id) FROM campaigns
    UNION ALL SELECT day, kind, coalesce(label, kind) FROM factors WHERE kind IN ('news', 'event')
) marks
WHERE day > $since::DATE AND day <= $until::DATE
GROUP BY day, kind, label
ORDER BY day, CASE kind WHEN 'notice' THEN 0 WHEN 'news' THEN 1 WHEN 'event' THEN 2 ELSE 3 END, label
