-- Grain: segment, months. Measure: customers. A bit of months says that at least
-- one message was delivered to them in it: bit 0 is the month of the as-of date,
-- bit 1 the one before, and so on; the last, bit 60, is all before. Different
-- customers reached in some months are those with a bit in common with them: they
-- add up over segments, as months do not.
--
-- There are no more rows than customers. Where there would be more than the bound
-- (4 million), a bit is step = 3 or 12 months, counted from the as-of date's back.
CREATE TABLE reached AS
SELECT customer, any_value(segment) AS segment,
    bit_or(CAST(1 AS BIGINT) << CAST(least(60, greatest(0, date_diff('month', sent_at, CAST(getvariable('as_of') AS TIMESTAMP)))) AS INTEGER)) AS months
FROM sent WHERE delivered AND sent_at IS NOT NULL GROUP BY customer;

CREATE TEMP MACRO joined_months(months, step) AS list_sum([
    CASE WHEN months & (((CAST(1 AS HUGEINT) << step) - 1) << CAST(step * i AS INTEGER)) <> 0 THEN CAST(1 AS BIGINT) << CAST(i AS INTEGER) ELSE 0 END
    FOR i IN range(60 // step)]) + CASE WHEN months >= CAST(1 AS BIGINT) << 60 THEN CAST(1 AS BIGINT) << 60 ELSE 0 END;
SET VARIABLE reach_step = (SELECT CASE WHEN count(*) <= getvariable('most_paths') THEN 1 ELSE 3 END FROM (SELECT DISTINCT segment, months FROM reached));
SET VARIABLE reach_step = (
    SELECT CASE WHEN getvariable('reach_step') = 1 THEN 1 WHEN count(*) <= getvariable('most_paths') THEN 3 ELSE 12 END
    FROM (SELECT DISTINCT segment, joined_months(months, 3) FROM reached WHERE getvariable('reach_step') = 3));
INSERT INTO store.reach
SELECT segment, getvariable('reach_step') AS step, CASE getvariable('reach_step') WHEN 1 THEN months ELSE joined_months(months, getvariable('reach_step')) END AS kept, count(*)
FROM reached GROUP BY segment, kept ORDER BY segment, kept;
DROP TABLE reached; DROP VIEW sent; DROP TABLE delivering;
