-- Grain: period. Parameters: $everyone, $segments, $purpose ('' = any), $edges:
-- UTC times, of which each with the next bounds a period, the latest first.
-- Columns: the period from 0; customers who withdrew a consent in it; whether
-- there are consents on record before it, so that it is whole.
WITH periods AS (
    SELECT i - 1 AS period, edges[i + 1] AS begins, edges[i] AS ends
    FROM (SELECT $edges::TIMESTAMP[] AS edges), range(1, len($edges::TIMESTAMP[])) r(i)),
first AS (SELECT min(occurred_at) AS at FROM consents)
SELECT CAST(p.period AS INTEGER), count(DISTINCT c.customer), coalesce(any_value(first.at) <= p.begins, false)
FROM periods p CROSS JOIN first
LEFT JOIN (
    SELECT customer, occurred_at FROM consents
    WHERE state = 'withdrawn' AND ($purpose = '' OR purpose = $purpose)
        AND occurred_at >= list_min($edges::TIMESTAMP[]) AND occurred_at < list_max($edges::TIMESTAMP[])
        AND ($everyone OR customer IN (SELECT customer FROM customers WHERE segment IN (SELECT unnest($segments::INTEGER[]))))
) c ON c.occurred_at >= p.begins AND c.occurred_at < p.ends
GROUP BY p.period, p.begins ORDER BY p.period
