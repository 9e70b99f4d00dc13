-- Grain: notice, method. Parameters: $segments, $purpose; $since and $until,
-- months or quarters.
-- Columns: notice ('' = not recorded), its mechanism, method, first and last
-- month or quarter asked; requests whose days are over, answered, opted in, and
-- those that wait. In the order in which the notices took effect.
SELECT f.notice, coalesce(max(n.mechanism), ''), f.method, CAST(min(f.month) AS VARCHAR), CAST(max(f.month) AS VARCHAR),
    CAST(sum(requests) AS BIGINT), CAST(sum(answered) AS BIGINT), CAST(sum(opted_in) AS BIGINT), CAST(sum(waiting) AS BIGINT)
FROM funnel f LEFT JOIN notices n ON n.notice_version = f.notice
WHERE f.segment IN (SELECT unnest($segments::INTEGER[])) AND f.purpose = $purpose
    AND ($since::DATE IS NULL OR f.month >= $since::DATE) AND f.month <= $until::DATE
GROUP BY f.notice, f.method
ORDER BY coalesce(max(n.effective_from), DATE '0001-01-01'), f.notice, f.method
