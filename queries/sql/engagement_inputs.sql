-- Grain: kind of the design effects, '' for the store, channel of campaigns.
-- Columns: kind; channel; design effect; of the store, messages for which visits,
-- opens, clicks, conversions, unsubscribes, complaints and revenue are recorded.
SELECT kind, '', factor, 0, 0, 0, 0, 0, 0, 0 FROM clustering
UNION ALL
SELECT DISTINCT 'channel', channel, 1, 0, 0, 0, 0, 0, 0, 0 FROM campaigns WHERE channel IS NOT NULL
UNION ALL
SELECT '', '', 1, CAST(coalesce(sum(visit_seen), 0) AS BIGINT), CAST(coalesce(sum(open_seen), 0) AS BIGINT), CAST(coalesce(sum(click_seen), 0) AS BIGINT),
    CAST(coalesce(sum(conversion_seen), 0) AS BIGINT), CAST(coalesce(sum(unsubscribe_seen), 0) AS BIGINT), CAST(coalesce(sum(complaint_seen), 0) AS BIGINT),
    CAST(coalesce(sum(revenue_seen), 0) AS BIGINT)
FROM engagement WHERE segment = -1
