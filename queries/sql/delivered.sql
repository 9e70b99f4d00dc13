-- Grain: arm. Parameters: $segments; $since and $until (dates or NULL): the campaign
-- started in between. Columns: campaign, its id, name and first day; the arm's
-- content, '' = none given; assignments, and those delivered (NULL = not recorded).
SELECT c.campaign, c.campaign_id, c.name, coalesce(CAST(c.started AS VARCHAR), ''), coalesce(a.content, a.arm),
    CAST(coalesce(sum(l.assigned), 0) AS BIGINT), CASE WHEN sum(l.delivered_seen) > 0 THEN CAST(sum(l.delivered) AS BIGINT) END
FROM campaigns c JOIN arms a USING (campaign)
LEFT JOIN (SELECT campaign, arm, assigned, delivered_seen, delivered FROM lift WHERE segment IN (SELECT unnest($segments::INTEGER[]))) l
    ON l.campaign = a.campaign AND l.arm = a.arm
WHERE ($since::DATE IS NULL OR c.started >= $since::DATE) AND ($until::DATE IS NULL OR c.started <= $until::DATE)
GROUP BY c.campaign, c.campaign_id, c.name, c.started, a.arm, a.content ORDER BY c.started DESC NULLS LAST, c.campaign, a.arm
