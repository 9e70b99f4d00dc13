-- Grain: campaign, reason, age. Parameters: $segments. Columns: messages delivered
-- without a valid consent, or that cannot be judged.
SELECT campaign, reason, age, CAST(sum(messages) AS BIGINT)
FROM sent WHERE segment IN (SELECT unnest($segments::INTEGER[]))
GROUP BY campaign, reason, age ORDER BY campaign, reason, age
