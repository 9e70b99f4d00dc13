-- Grain: month end. Parameters: $segments, $purpose ('' = any). Columns: acts of
-- renewal, of these of express consent, of withdrawal; change of the customers
-- with a valid consent.
SELECT CAST(last_day AS VARCHAR), CAST(sum(renewals) AS BIGINT), CAST(sum(express_renewals) AS BIGINT), CAST(sum(withdrawals) AS BIGINT), CAST(sum(valid_change) AS BIGINT)
FROM pulse WHERE segment IN (SELECT unnest($segments::INTEGER[])) AND purpose = $purpose
GROUP BY last_day ORDER BY last_day
