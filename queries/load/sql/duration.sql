-- Grain: segment (-1 = all), purpose, steps of 28 days, ended. Measure: customers.
-- Each customer's first express spell on any channel, begun up to the as-of
-- date: how long it was seen, rounded up to whole steps, and whether it ended by
-- then. Leaving ends the watch, not the consent. Weeks or start months as well
-- would pass the bound on rows.
CREATE TABLE lasting AS
SELECT c.segment, s.purpose,
    s.ended_at < getvariable('until') AND s.ended_by <> 'left' AS ended,
    CAST(ceil(date_diff('second', s.started_at, least(coalesce(s.ended_at, getvariable('until')), getvariable('until'))) / 2419200.0) AS INTEGER) AS steps
FROM store.spells s
JOIN (
    SELECT customer, purpose, min(started_at) AS started_at FROM store.spells
    WHERE channel = 'any' AND basis = 'express' AND started_at < getvariable('until')
    GROUP BY customer, purpose
) first USING (customer, purpose, started_at)
JOIN store.customers c USING (customer)
WHERE s.channel = 'any' AND s.basis = 'express';

INSERT INTO store.duration
SELECT -1, purpose, steps, coalesce(ended, false) AS is_end, count(*) FROM lasting GROUP BY purpose, steps, is_end ORDER BY purpose, steps, is_end;
INSERT INTO store.duration
SELECT segment, purpose, steps, coalesce(ended, false) AS is_end, count(*) FROM lasting GROUP BY segment, purpose, steps, is_end ORDER BY purpose, segment, steps, is_end;
DROP TABLE lasting;
