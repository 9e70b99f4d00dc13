-- Grain: cell, week (month where not $fine), campaign, content and opted in at
-- assignment ('' where not $fine), delivered. Parameters: $segments, $cells;
-- $since and $until (dates or NULL: the campaign started in between), $channel
-- ('any' = all); $fine.
-- Columns: the step's last day ('' = undated); the campaign's number, id, name,
-- channel and start; messages and outcomes as in the roll-up; revenue and its
-- squares in hundredths.
SELECT g.cell, coalesce(CAST(CASE WHEN $fine::BOOLEAN THEN e.last_day ELSE last_day(e.last_day) END AS VARCHAR), '') AS step,
    c.campaign, c.campaign_id, coalesce(c.name, c.campaign_id), coalesce(c.channel, ''), coalesce(CAST(c.started AS VARCHAR), ''),
    CASE WHEN $fine::BOOLEAN THEN e.content ELSE '' END AS content, CASE WHEN $fine::BOOLEAN THEN e.opted_in ELSE '' END AS opted_in, e.delivered,
    CAST(sum(messages) AS BIGINT), CAST(sum(visit_seen) AS BIGINT), CAST(sum(visit) AS BIGINT),
    CAST(sum(open_seen) AS BIGINT), CAST(sum(open) AS BIGINT), CAST(sum(open_any) AS BIGINT),
    CAST(sum(click_seen) AS BIGINT), CAST(sum(click) AS BIGINT), CAST(sum(click_any) AS BIGINT),
    CAST(sum(opener_seen) AS BIGINT), CAST(sum(opener_click) AS BIGINT),
    CAST(sum(conversion_seen) AS BIGINT), CAST(sum(conversion) AS BIGINT),
    CAST(sum(unsubscribe_seen) AS BIGINT), CAST(sum(unsubscribe) AS BIGINT),
    CAST(sum(complaint_seen) AS BIGINT), CAST(sum(complaint) AS BIGINT),
    CAST(sum(revenue_seen) AS BIGINT), CAST(sum(revenue_people) AS BIGINT), CAST(sum(revenue) AS DOUBLE), CAST(sum(revenue_sq) AS DOUBLE)
FROM engagement e
JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($cells::INTEGER[]) AS cell) g ON g.segment = e.segment
JOIN campaigns c ON c.campaign = e.campaign
WHERE ($since::DATE IS NULL OR c.started >= $since::DATE) AND ($until::DATE IS NULL OR c.started <= $until::DATE)
    AND ($channel = 'any' OR c.channel = $channel)
GROUP BY g.cell, step, c.campaign, c.campaign_id, c.name, c.channel, c.started, CASE WHEN $fine::BOOLEAN THEN e.content ELSE '' END, CASE WHEN $fine::BOOLEAN THEN e.opted_in ELSE '' END, e.delivered
ORDER BY g.cell, step, c.campaign, content, opted_in
