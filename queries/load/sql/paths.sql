-- What customers' consent was at the ends of the last 24 months and on the as-of
-- date, so that any two of these days can be set against each other.
--
-- Grain: segment (-1 = all), purpose, path. Measure: customers. A path has one
-- hexadecimal digit a day, the oldest the lowest: 0 not known, 1 never asked, 2
-- unanswered, 3 refused, 4 lapsed, 5 contactable, 6 opted in, on any channel. The
-- store keeps the first 13 digits and the others apart, as plain integers.
-- Purpose '' is whether they are known at all (0 or 1); who has no event for a
-- purpose is in none of its rows.
--
-- Where the rows would pass the bound (4 million), paths hold every third day only, or every
-- twelfth: at most 216 paths a segment and purpose, and the bound is kept.

SET VARIABLE path_first = (SELECT last_day(CAST(getvariable('as_of') AS DATE) - to_months(24)));
CREATE TABLE path_days AS
SELECT CAST(row_number() OVER (ORDER BY day) - 1 AS INTEGER) AS place, day
FROM (
    SELECT DISTINCT least(last_day(CAST(getvariable('path_first') AS DATE) + to_months(CAST(i AS INTEGER))), CAST(getvariable('as_of') AS DATE)) AS day
    FROM range(25) months(i) WHERE getvariable('as_of') IS NOT NULL
);
SET VARIABLE path_length = (SELECT count(*) FROM path_days);
-- How many of the days are over at a moment: what begins then is there from that
-- place on, and what ends then up to the place before.
CREATE TEMP MACRO path_place(moment) AS
    CASE WHEN moment IS NULL OR moment >= getvariable('until') THEN getvariable('path_length')
        ELSE greatest(0, date_diff('month', CAST(getvariable('path_first') AS DATE), CAST(local_of(moment) AS DATE))) END;
-- One at each place below: what holds from place a to before b is worth its digit
-- times ones(b) - ones(a).
SET VARIABLE path_ones = (SELECT list(((CAST(1 AS HUGEINT) << CAST(4 * i AS INTEGER)) - 1) // 15 ORDER BY i) FROM range(26) places(i));
CREATE TEMP MACRO path_between(a, b) AS getvariable('path_ones')[b + 1] - getvariable('path_ones')[a + 1];

CREATE TABLE known_paths AS
SELECT customer, segment,
    path_between(CASE WHEN known_from IS NULL THEN 0 ELSE path_place(known_from) END, path_place(left_at)) AS path
FROM store.customers
WHERE (known_from IS NULL OR known_from < getvariable('until')) AND (left_at > known_from) IS NOT FALSE AND getvariable('as_of') IS NOT NULL;

CREATE TABLE customer_paths AS
SELECT k.segment, s.purpose, k.path + s.path AS path, count(*) AS customers
FROM (
    SELECT customer, purpose, sum(
        CASE state WHEN 'unanswered' THEN 1 WHEN 'refused' THEN 2 WHEN 'lapsed' THEN 3 WHEN 'contactable' THEN 4 ELSE 5 END
        * path_between(path_place(since), path_place(until))) AS path
    FROM states WHERE channel = 'any' AND since < getvariable('until')
    GROUP BY customer, purpose
) s JOIN known_paths k USING (customer)
GROUP BY k.segment, s.purpose, k.path + s.path
UNION ALL
SELECT segment, '', path, count(*) FROM known_paths GROUP BY segment, path;

-- Every how many days a path keeps, from the last one back.
CREATE TEMP MACRO path_mask(step) AS (
    SELECT coalesce(sum(CAST(15 AS HUGEINT) << (4 * place)), 0) FROM path_days WHERE (getvariable('path_length') - 1 - place) % step = 0);
SET VARIABLE quarter_mask = path_mask(3);
SET VARIABLE year_mask = path_mask(12);
SET VARIABLE segment_step = (SELECT CASE WHEN count(*) <= getvariable('most_paths') THEN 1 ELSE 3 END FROM customer_paths);
SET VARIABLE segment_step = (
    SELECT CASE WHEN getvariable('segment_step') = 1 THEN 1 WHEN count(*) <= getvariable('most_paths') THEN 3 ELSE 12 END
    FROM (SELECT DISTINCT segment, purpose, path & getvariable('quarter_mask') FROM customer_paths WHERE getvariable('segment_step') = 3));
SET VARIABLE total_step = (
    SELECT CASE WHEN count(*) <= getvariable('most_paths') THEN 1 ELSE getvariable('segment_step') END FROM (SELECT DISTINCT purpose, path FROM customer_paths));
CREATE TEMP MACRO path_kept(path, step) AS
    CASE step WHEN 1 THEN path WHEN 3 THEN path & getvariable('quarter_mask') ELSE path & getvariable('year_mask') END;

INSERT INTO store.path_days
SELECT place, day, (getvariable('path_length') - 1 - place) % getvariable('total_step') = 0, (getvariable('path_length') - 1 - place) % getvariable('segment_step') = 0
FROM path_days ORDER BY place;
CREATE TEMP MACRO first_digits(path) AS CAST(path & 4503599627370495 AS BIGINT);
CREATE TEMP MACRO other_digits(path) AS CAST(path >> 52 AS BIGINT);
INSERT INTO store.paths
SELECT -1, purpose, first_digits(kept) AS early, other_digits(kept) AS late, sum(customers)
FROM (SELECT purpose, path_kept(path, getvariable('total_step')) AS kept, customers FROM customer_paths) GROUP BY purpose, early, late ORDER BY purpose, early, late;
INSERT INTO store.paths
SELECT segment, purpose, first_digits(kept) AS early, other_digits(kept) AS late, sum(customers)
FROM (SELECT segment, purpose, path_kept(path, getvariable('segment_step')) AS kept, customers FROM customer_paths)
GROUP BY segment, purpose, early, late ORDER BY purpose, segment, early, late;
DROP TABLE customer_paths; DROP TABLE known_paths;
