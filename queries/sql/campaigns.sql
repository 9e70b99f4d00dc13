-- Grain: arm, control first. Parameters: $since and $until (dates or NULL): the
-- campaign started in between.
-- Columns: planned_share is NULL where the data gives none.
SELECT c.campaign, c.campaign_id, c.name, coalesce(c.channel, ''), coalesce(CAST(c.started AS VARCHAR), ''),
    coalesce(c.control_arm, ''), a.arm, coalesce(a.content, ''), a.planned_share
FROM campaigns c JOIN arms a USING (campaign)
WHERE ($since::DATE IS NULL OR c.started >= $since::DATE) AND ($until::DATE IS NULL OR c.started <= $until::DATE)
ORDER BY c.started DESC NULLS LAST, c.campaign, a.arm <> coalesce(c.control_arm, ''), a.arm
