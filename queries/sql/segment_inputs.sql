-- Grain: the store. Columns: channels of consent (list); channels of campaigns
-- (list); whether there are purchases; whether any message's clicks, visits or
-- revenue are recorded; design effects of clicks, visits, revenue of assignments
-- (1 where there are none); those of purchases within 1, 3 and 12 months, and in all
-- (list; where only the last is known it is that of all).
SELECT (SELECT coalesce(list(DISTINCT channel ORDER BY channel), []) FROM consent_states WHERE segment = -1 AND channel NOT IN ('', 'any')),
    (SELECT coalesce(list(DISTINCT channel ORDER BY channel), []) FROM campaigns WHERE channel IS NOT NULL),
    (SELECT count(*) > 0 FROM spending),
    coalesce(sum(reached_seen) > 0, false), coalesce(sum(visit_seen) > 0, false), coalesce(sum(revenue_seen) > 0, false),
    (SELECT coalesce(max(CASE WHEN kind = 'click' THEN factor END), 1) FROM clustering),
    (SELECT coalesce(max(CASE WHEN kind = 'visit' THEN factor END), 1) FROM clustering),
    (SELECT coalesce(max(CASE WHEN kind = 'revenue' THEN factor END), 1) FROM clustering),
    (SELECT list(coalesce((SELECT max(factor) FROM clustering WHERE kind IN ('purchase', span) GROUP BY kind ORDER BY kind DESC LIMIT 1), 1) ORDER BY months)
        FROM (VALUES (1, 'purchase 1'), (3, 'purchase 3'), (12, 'purchase 12'), (1200, 'purchase')) spans(months, span))
FROM lift WHERE segment = -1
