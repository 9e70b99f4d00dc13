-- Grain: a day without segment (-1), a week with; 0001-01-01 for those known since
-- nobody says when. Measures: customers who began and ceased to be known, up to the
-- as-of date.
--
-- Who left before the first that is known of them was never known.
CREATE TABLE known AS
SELECT coalesce(CAST(local_of(known_from) AS DATE), DATE '0001-01-01') AS day, segment, count(*) AS starts, 0::BIGINT AS ends
FROM store.customers
WHERE (known_from IS NULL OR known_from < getvariable('until') OR getvariable('until') IS NULL) AND (left_at > known_from) IS NOT FALSE GROUP BY ALL
UNION ALL
SELECT CAST(local_of(left_at) AS DATE), segment, 0, count(*)
FROM store.customers WHERE left_at < getvariable('until') AND (left_at > known_from) IS NOT FALSE GROUP BY ALL;
INSERT INTO store.known_flow
SELECT day, -1, sum(starts), sum(ends) FROM known GROUP BY day ORDER BY day;
INSERT INTO store.known_flow
SELECT CASE WHEN day = DATE '0001-01-01' THEN day ELSE week_end(day) END AS last_day, segment, sum(starts), sum(ends) FROM known GROUP BY ALL
ORDER BY segment, last_day;
