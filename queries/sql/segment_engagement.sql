-- Grain: cell, campaign. Parameters: $segments, $cells, $since and $until (dates
-- or NULL: the campaign started in between), $channel ('any' = all).
-- Columns: month of the campaign's start ('' = undated), its day; of delivered
-- messages whose window is over: clicks recorded, clicked by people; of mature
-- assignments: visits recorded, visited, revenue recorded, who brought any, its
-- sum and sum of squares in hundredths.
SELECT g.cell, coalesce(CAST(last_day(c.started) AS VARCHAR), ''), coalesce(CAST(c.started AS VARCHAR), ''),
    CAST(sum(l.reached_seen) AS BIGINT), CAST(sum(l.reached_click) AS BIGINT),
    CAST(sum(l.visit_seen) AS BIGINT), CAST(sum(l.visit) AS BIGINT),
    CAST(sum(l.revenue_seen) AS BIGINT), CAST(sum(l.revenue_people) AS BIGINT), sum(l.revenue) + 1e18 * sum(l.revenue_high), sum(l.revenue_sq) + 1e18 * sum(l.revenue_sq_high)
FROM lift l
JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($cells::INTEGER[]) AS cell) g ON g.segment = l.segment
JOIN campaigns c ON c.campaign = l.campaign
WHERE ($since::DATE IS NULL OR c.started >= $since::DATE) AND ($until::DATE IS NULL OR c.started <= $until::DATE)
    AND ($channel = 'any' OR c.channel = $channel)
GROUP BY g.cell, c.campaign, c.started ORDER BY g.cell, c.campaign
