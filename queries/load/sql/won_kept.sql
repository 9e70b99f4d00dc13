-- Grain: campaign, arm, segment (-1 = all). Measures, of assignments to one arm
-- that won a consent and whose 30 and then 90 days are over: all, and those in
-- which a consent so won was withdrawn within 90 days of its beginning.
CREATE TABLE winners AS
SELECT rowid AS line, campaign, arm, segment, customer, assigned_at, days_after(assigned_at, getvariable('consent_days')) AS consent_end
FROM store.assignments
WHERE consent_won AND consent_mature AND NOT in_two_arms AND days_after(assigned_at, getvariable('consent_days') + 90) <= getvariable('until');

INSERT INTO store.won_kept
SELECT w.campaign, w.arm, w.segment, count(*), sum(CASE WHEN again.line IS NOT NULL THEN 1 ELSE 0 END)
FROM winners w
LEFT JOIN (
    SELECT DISTINCT w.line
    FROM winners w JOIN (
        SELECT customer, started_at, ended_at, ended_by, lag(ended_at) OVER (PARTITION BY customer, purpose ORDER BY started_at) AS free_since
        FROM store.spells WHERE channel = 'any' AND basis = 'express' AND customer IN (SELECT customer FROM winners)
    ) s ON s.customer = w.customer AND s.started_at > w.assigned_at AND s.started_at < w.consent_end AND (s.free_since IS NULL OR s.free_since <= w.assigned_at)
    WHERE s.ended_by = 'withdrawn' AND s.ended_at < days_after(s.started_at, 90)
) again ON again.line = w.line
GROUP BY w.campaign, w.arm, w.segment ORDER BY w.segment, w.campaign, w.arm;
INSERT INTO store.won_kept
SELECT campaign, arm, -1, sum(watched), sum(again) FROM store.won_kept GROUP BY campaign, arm ORDER BY campaign, arm;
DROP TABLE winners;
