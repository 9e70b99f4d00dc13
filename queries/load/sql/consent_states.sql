-- Grain: month end (the as-of date in the last month), segment (-1 = all),
-- purpose, channel, state. Measure: change, the number of customers in the state
-- at the end of that day less that at the end of the month before; summed up to
-- a day, those in it. Known customers are the state 'known', of no purpose and
-- channel (not those who left before the first that is known of them);
-- never_asked is what the other states leave of them.
--
-- Two things keep it small. Months are of the channel 'any' alone; single
-- channels have one day, the as-of date, with all that is in the state. And
-- months are the last 24, fewer where segments x purposes x 5 states would pass
-- 4 million rows: what is older is in the first of them. At 5,600 segments and 4
-- purposes of 3 channels that is 2.7 million rows and 0.4 million.
SET VARIABLE state_months = (SELECT greatest(1, least(24, 4000000 // greatest(1, 5 * segments * purposes)))
    FROM (SELECT count(*) AS segments FROM store.segments), (SELECT count(DISTINCT purpose) AS purposes FROM store.spells));
SET VARIABLE first_month = (SELECT last_day(CAST(getvariable('as_of') AS DATE) - to_months(CAST(getvariable('state_months') AS INTEGER))));
CREATE TEMP MACRO month_end(moment) AS
    least(greatest(last_day(coalesce(CAST(local_of(moment) AS DATE), DATE '0001-01-01')), CAST(getvariable('first_month') AS DATE)), CAST(getvariable('as_of') AS DATE));

CREATE TABLE changes AS
SELECT month_end(since) AS day, customer, purpose, channel, state, 1 AS change FROM states WHERE channel = 'any' AND since < getvariable('until')
UNION ALL
SELECT month_end(until), customer, purpose, channel, state, -1 FROM states WHERE channel = 'any' AND until < getvariable('until')
UNION ALL
SELECT CAST(getvariable('as_of') AS DATE), customer, purpose, channel, state, 1 FROM states
WHERE channel <> 'any' AND since < getvariable('until') AND (until IS NULL OR until >= getvariable('until'))
UNION ALL
SELECT month_end(known_from), customer, '', '', 'known', 1 FROM store.customers
WHERE (known_from IS NULL OR known_from < getvariable('until') OR getvariable('until') IS NULL) AND (left_at > known_from) IS NOT FALSE
UNION ALL
SELECT month_end(left_at), customer, '', '', 'known', -1 FROM store.customers
WHERE left_at < getvariable('until') AND (left_at > known_from) IS NOT FALSE;

INSERT INTO store.consent_states
SELECT day, c.segment, purpose, channel, state, sum(change)
FROM changes JOIN store.customers c USING (customer)
GROUP BY day, c.segment, purpose, channel, state HAVING sum(change) <> 0
ORDER BY c.segment, purpose, channel, state, day;
DROP TABLE changes;

INSERT INTO store.consent_states
SELECT last_day, -1, purpose, channel, state, sum(change) FROM store.consent_states
GROUP BY last_day, purpose, channel, state ORDER BY purpose, channel, state, last_day;
