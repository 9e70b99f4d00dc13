-- lift for the outcomes that tell of trust alone, without what was measured before:
-- a fraction of its columns. Grain, parameters and columns as there.
WITH picked AS (SELECT unnest($segments::INTEGER[]) AS segment, unnest($values::VARCHAR[]) AS value),
arm AS (
    SELECT campaign, CASE WHEN $opted_in::BOOLEAN THEN opted_in ELSE value END AS value, arm,
        CAST(sum(assigned) AS BIGINT) AS assigned, CAST(sum(in_two_arms) AS BIGINT) AS in_two_arms,
        CAST(sum(mature) AS BIGINT) AS mature, CAST(sum(immature) AS BIGINT) AS immature,
        CASE WHEN sum(delivered_seen) > 0 THEN CAST(sum(delivered) AS BIGINT) END AS delivered,
        sum(complaint_seen) AS complaint_seen, sum(complaint) AS complaint,
        sum(consent_won_seen) AS consent_won_seen, sum(consent_won) AS consent_won,
        sum(consent_withdrawn_seen) AS consent_withdrawn_seen, sum(consent_withdrawn) AS consent_withdrawn
    FROM lift JOIN picked USING (segment)
    WHERE $campaign::INTEGER IS NULL OR campaign = $campaign::INTEGER
    GROUP BY ALL
)
SELECT campaign, value, arm, assigned, in_two_arms, mature, immature, delivered, m.metric, CAST(m.seen AS BIGINT), CAST(m.people AS BIGINT),
    CAST(m.people AS VARCHAR), CAST(m.people AS VARCHAR), CAST(m.people AS VARCHAR), CAST(m.people AS VARCHAR), 0, '0', '0', '0', 0
FROM (
    SELECT *, unnest([
        {metric: 'complaint', seen: complaint_seen, people: complaint},
        {metric: 'consent_won', seen: consent_won_seen, people: consent_won},
        {metric: 'consent_withdrawn', seen: consent_withdrawn_seen, people: consent_withdrawn}
    ]) AS m FROM arm
)
