-- Grain: the store. Columns: channels of consent (list); channels of campaigns
-- (list); whether there are purchases; whether any message's clicks, visits or
-- revenue are recorded; design effects of clicks, visits, revenue of assignments
-- and purchases (1 where there are none).
SELECT (SELECT coalesce(list(DISTINCT channel ORDER BY channel), []) FROM consent_states WHERE segment = -1 AND channel NOT IN ('', 'any')),
    (SELECT coalesce(list(DISTINCT channel ORDER BY channel), []) FROM campaigns WHERE channel IS NOT NULL),
    (SELECT count(*) > 0 FROM spending),
    coalesce(sum(reached_seen) > 0, false), coalesce(sum(visit_seen) > 0, false), coalesce(sum(revenue_seen) > 0, false),
    (SELECT coalesce(max(CASE WHEN kind = 'click' THEN factor END), 1) FROM clustering),
    (SELECT coalesce(max(CASE WHEN kind = 'visit' THEN factor END), 1) FROM clustering),
    (SELECT coalesce(max(CASE WHEN kind = 'revenue' THEN factor END), 1) FROM clustering),
    (SELECT coalesce(max(CASE WHEN kind = 'purchase' THEN factor END), 1) FROM clustering)
FROM lift WHERE segment = -1
