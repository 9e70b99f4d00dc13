-- Grain: source. Parameters: $segments. Columns: consents given or renewed; those
-- with each field; those with all.
SELECT source, CAST(sum(grants) AS BIGINT), CAST(sum(notice) AS BIGINT), CAST(sum(language) AS BIGINT), CAST(sum(basis) AS BIGINT), CAST(sum(method) AS BIGINT),
    CAST(sum(expiry) AS BIGINT), CAST(sum(channel) AS BIGINT), CAST(sum(sourced) AS BIGINT), CAST(sum(proof) AS BIGINT), CAST(sum(complete) AS BIGINT)
FROM proof WHERE segment IN (SELECT unnest($segments::INTEGER[]))
GROUP BY source ORDER BY source
