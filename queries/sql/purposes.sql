-- Grain: purpose of any consent in the store. Measure: customers who have opted in
-- to it, on any channel, on the as-of date.
SELECT purpose, CAST(coalesce(sum(starts - ends) FILTER (WHERE basis = 'express' AND channel = 'any'), 0) AS BIGINT) AS opted_in
FROM consent_flow WHERE segment = -1 GROUP BY purpose ORDER BY purpose
