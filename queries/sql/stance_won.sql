-- Grain: campaign, arm. Parameters: $everyone, $segments, $stance. Columns, of
-- respondents linked to a customer: assignments, and those that won a consent.
SELECT campaign, arm, CAST(sum(seen) AS BIGINT), CAST(sum(won) AS BIGINT)
FROM stance_won WHERE stance = $stance AND ($everyone OR segment IN (SELECT unnest($segments::INTEGER[])))
GROUP BY campaign, arm
