-- Grain: campaign, arm. Parameters: $segments. Columns: assignments that won a
-- consent long enough ago, and those of which one was withdrawn again.
SELECT campaign, arm, CAST(sum(watched) AS BIGINT), CAST(sum(again) AS BIGINT)
FROM won_kept WHERE segment IN (SELECT unnest($segments::INTEGER[]))
GROUP BY campaign, arm
