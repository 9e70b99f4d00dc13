-- Grain: cell, week, campaign, content and opted in at assignment ('' where not
-- $fine), delivered. Parameters: $segments, $cells;
-- $since and $until (dates or NULL: the campaign started in between), $channel
-- ('any' = all); $fine.
-- Columns: the week's last day ('' = undated); the campaign's number, id, name,
-- channel and start; messages and outcomes as in the roll-up; revenue and its
-- squares in hundredths. Names come to the sums, not to the rows.
WITH chosen AS (
    SELECT campaign FROM campaigns
    WHERE ($since::DATE IS NULL OR started >= $since::DATE) AND ($until::DATE IS NULL OR started <= $until::DATE) AND ($channel = 'any' OR channel = $channel)
), sums AS (
    SELECT g.cell, e.last_day AS step, e.campaign,
        CASE WHEN $fine::BOOLEAN THEN e.content ELSE '' END AS content, CASE WHEN $fine::BOOLEAN THEN e.opted_in ELSE '' END AS opted_in, e.delivered,
        sum(messages) AS messages, sum(visit_seen) AS visit_seen, sum(visit) AS visit,
        sum(open_seen) AS open_seen, sum(open) AS open, sum(open_any) AS open_any,
        sum(click_seen) AS click_seen, sum(click) AS click, sum(click_any) AS click_any,
        sum(opener_seen) AS opener_seen, sum(opener_click) AS opener_click,
        sum(conversion_seen) AS conversion_seen, sum(conversion) AS conversion,
        sum(unsubscribe_seen) AS unsubscribe_seen, sum(unsubscribe) AS unsubscribe,
        sum(complaint_seen) AS complaint_seen, sum(complaint) AS complaint,
        sum(revenue_seen) AS revenue_seen, sum(revenue_people) AS revenue_people,
        sum(revenue) AS revenue, sum(revenue_high) AS revenue_high, sum(revenue_sq) AS revenue_sq, sum(revenue_sq_high) AS revenue_sq_high
    FROM engagement e
    JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($cells::INTEGER[]) AS cell) g ON g.segment = e.segment
    WHERE e.campaign IN (FROM chosen)
    GROUP BY ALL
)
SELECT s.cell, coalesce(CAST(s.step AS VARCHAR), ''), c.campaign, c.campaign_id, coalesce(c.name, c.campaign_id), coalesce(c.channel, ''), coalesce(CAST(c.started AS VARCHAR), ''),
    s.content, s.opted_in, s.delivered,
    CAST(messages AS BIGINT), CAST(visit_seen AS BIGINT), CAST(visit AS BIGINT), CAST(open_seen AS BIGINT), CAST(open AS BIGINT), CAST(open_any AS BIGINT),
    CAST(click_seen AS BIGINT), CAST(click AS BIGINT), CAST(click_any AS BIGINT), CAST(opener_seen AS BIGINT), CAST(opener_click AS BIGINT),
    CAST(conversion_seen AS BIGINT), CAST(conversion AS BIGINT), CAST(unsubscribe_seen AS BIGINT), CAST(unsubscribe AS BIGINT),
    CAST(complaint_seen AS BIGINT), CAST(complaint AS BIGINT), CAST(revenue_seen AS BIGINT), CAST(revenue_people AS BIGINT),
    CAST(revenue AS DOUBLE) + 1e18 * CAST(revenue_high AS DOUBLE), CAST(revenue_sq AS DOUBLE) + 1e18 * CAST(revenue_sq_high AS DOUBLE)
FROM sums s JOIN campaigns c ON c.campaign = s.campaign
ORDER BY s.cell, s.step, s.campaign, s.content, s.opted_in
