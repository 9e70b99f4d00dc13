-- Measure: messages delivered without a valid consent, those in the grace and those
-- that cannot be judged aside, as Audit counts them. Parameters: $segments; $since
-- and $until (dates or NULL): the campaign started in between.
SELECT CAST(coalesce(sum(s.messages), 0) AS BIGINT)
FROM sent s JOIN campaigns c USING (campaign)
WHERE s.segment IN (SELECT unnest($segments::INTEGER[])) AND s.reason NOT IN ('grace', 'transactional', 'unnamed', 'undated')
    AND ($since::DATE IS NULL OR c.started >= $since::DATE) AND ($until::DATE IS NULL OR c.started <= $until::DATE)
