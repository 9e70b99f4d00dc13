-- Grain: assignment that is not taken as it stands. The same customer twice in
-- one arm counts once: the rows behind the first are assigned_again. In two
-- arms of a campaign all rows stay; assigned_often tells which one counts.
CREATE TABLE assigned_often AS
SELECT campaign, customer, count(DISTINCT arm_place) > 1 AS in_two_arms, min(arm_place) AS first_place
FROM assignments_in
WHERE reject IS NULL AND campaign IN (FROM suspect)
GROUP BY campaign, customer HAVING count(*) > 1;

CREATE TABLE assigned_again AS
SELECT line
FROM (
    SELECT a.rowid AS line, min(a.rowid) OVER (PARTITION BY a.customer, a.arm_place) AS first
    FROM assignments_in a SEMI JOIN assigned_often o ON o.campaign = a.campaign AND o.customer = a.customer
    WHERE a.reject IS NULL
)
WHERE line > first;
