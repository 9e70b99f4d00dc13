-- Grain: event of one customer, from the first to the last, those without a
-- time first; $limit at most, the latest. Parameter: $pseudonym. Columns: time
-- (UTC), kind, what it was about, two details and an amount in hundredths.
WITH one AS (SELECT customer FROM customers WHERE pseudonym = $pseudonym::UUID),
sent AS (
    SELECT a.*, c.name, c.channel AS by_channel FROM assignments a JOIN campaigns c USING (campaign)
    WHERE customer IN (FROM one)
),
events AS (
    SELECT occurred_at AS moment, state AS kind, purpose AS what, coalesce(channel, '') AS detail, coalesce(basis, '') AS more, CAST(NULL AS BIGINT) AS amount
    FROM consents WHERE customer IN (FROM one)
    UNION ALL SELECT assigned_at, 'assigned', name, arm, coalesce(by_channel, ''), NULL FROM sent
    UNION ALL SELECT delivered_at, 'delivered', name, coalesce(delivered_content, arm), coalesce(by_channel, ''), NULL FROM sent WHERE delivered_at IS NOT NULL
    UNION ALL SELECT opened_at, 'opened', name, CASE WHEN opened_by_machine THEN 'machine' ELSE '' END, '', NULL FROM sent WHERE opened_at IS NOT NULL
    UNION ALL SELECT clicked_at, 'clicked', name, CASE WHEN clicked_by_machine THEN 'machine' ELSE '' END, '', NULL FROM sent WHERE clicked_at IS NOT NULL
    UNION ALL SELECT converted_at, 'converted', name, '', '', NULL FROM sent WHERE converted_at IS NOT NULL
    UNION ALL SELECT occurred_at, 'purchase', coalesce(category, ''), coalesce(channel, ''), '', amount FROM purchases WHERE customer IN (FROM one)
    UNION ALL SELECT occurred_at, 'contact', coalesce(kind, ''), coalesce(channel, ''), '', NULL FROM interactions WHERE customer IN (FROM one)
)
SELECT moment, kind, what, detail, more, amount
FROM (FROM events ORDER BY moment DESC NULLS LAST LIMIT $limit::BIGINT)
ORDER BY moment NULLS FIRST, kind, what
