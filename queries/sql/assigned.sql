-- Grain: campaign, arm. Columns: customers assigned, everyone.
SELECT campaign, arm, CAST(sum(assigned) AS BIGINT) FROM lift WHERE segment = -1 GROUP BY campaign, arm
