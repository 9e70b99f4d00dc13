-- Grain: campaign, arm, local day of the assignment, which is a value of the
-- dimension assigned_at. Measure: customers assigned, those in two arms too.
INSERT INTO store.split
SELECT campaign, arm, 'assigned_at', CAST(day AS VARCHAR), assigned
FROM (
    SELECT campaign, arm, CAST(local_of(assigned_at) AS DATE) AS day, count(*) AS assigned
    FROM store.assignments WHERE assigned_at IS NOT NULL
    GROUP BY campaign, arm, day
)
ORDER BY ALL;
