-- Grain: a day without segment (-1), a week with; purpose, channel, basis.
-- Measures: spells that started and ended, up to the as-of date. Validity at
-- the end of a day = starts less ends up to that day.
CREATE TEMP MACRO week_end(day) AS least(CAST(date_trunc('week', day) AS DATE) + 6, CAST(getvariable('as_of') AS DATE));

CREATE TABLE flow AS
SELECT CAST(local_of(s.started_at) AS DATE) AS day, c.segment, s.purpose, s.channel, s.basis, count(*) AS starts, 0::BIGINT AS ends
FROM store.spells s JOIN store.customers c USING (customer)
WHERE s.started_at < getvariable('until') GROUP BY ALL
UNION ALL
SELECT CAST(local_of(s.ended_at) AS DATE), c.segment, s.purpose, s.channel, s.basis, 0, count(*)
FROM store.spells s JOIN store.customers c USING (customer)
WHERE s.ended_at < getvariable('until') GROUP BY ALL;
INSERT INTO store.consent_flow
SELECT day, -1, purpose, channel, basis, sum(starts), sum(ends) FROM flow GROUP BY ALL ORDER BY purpose, channel, basis, day;
INSERT INTO store.consent_flow
SELECT week_end(day) AS last_day, segment, purpose, channel, basis, sum(starts), sum(ends) FROM flow GROUP BY ALL
ORDER BY purpose, channel, basis, segment, last_day;

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
