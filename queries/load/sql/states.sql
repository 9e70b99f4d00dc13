-- What state a customer's consent is in, for a purpose and on a channel: the
-- one definition of the six states, which everything about them goes back to.
--
--   opted_in     an express consent is valid
--   contactable  a consent on another basis is valid, no express one
--   refused      none is valid, and the last that happened was a refusal
--   lapsed       none is valid, and the last that happened was the end of one:
--                it was withdrawn, declared expired or invalid, or ran out
--   unanswered   asked (requested, deferred), and none of the above ever happened
--   never_asked  known, and nothing ever happened
--
-- A request leaves an answer that is there as it is: who refused and is asked
-- again has refused. At one moment, a refusal counts for more than an end, as
-- it is what ended it. On the channel 'any' a consent is valid where it is on
-- one channel at least, and what happened last is what did on any of them.

-- A purpose and channel is a spot, and a customer on a spot is a track: one
-- number, which sorts and groups many times faster than three columns.
CREATE TABLE spots AS
SELECT CAST(row_number() OVER (ORDER BY purpose, channel) - 1 AS BIGINT) AS spot, purpose, channel
FROM (SELECT DISTINCT purpose, channel FROM places);
SET VARIABLE spots = (SELECT greatest(count(*), 1) FROM spots);
CREATE TABLE valid_places AS
SELECT place, spot, CASE WHEN basis = 'express' THEN 65536 ELSE 1 END AS validity
FROM places JOIN spots USING (purpose, channel) WHERE basis IN ('express', 'any');

-- What may change a state: moments at which validity starts or ends, as 65536
-- for express consent and 1 for any, and marks that stay: 1 asked, 2 ended, 3
-- refused. A consent that ran out before it was given was never valid, but is no
-- silence: it has ended. Of marks at one moment the greatest counts; behind the
-- moment in one number, the latest is the greatest of those so far.
CREATE TABLE turns AS
WITH marks AS (
    SELECT customer, purpose, channel, occurred_at AS moment,
        CASE WHEN state = 'refused' THEN 3 WHEN state IN ('requested', 'deferred') THEN 1 ELSE 2 END AS mark
    FROM store.consents
    WHERE state NOT IN ('given', 'renewed') OR expires_at <= occurred_at
), placed AS (
    SELECT customer, purpose, channel, moment, mark FROM marks WHERE channel IS NOT NULL
    UNION ALL
    SELECT m.customer, m.purpose, c.channel, m.moment, m.mark FROM marks m CROSS JOIN channels c WHERE m.channel IS NULL AND c.channel <> 'any'
    UNION ALL
    SELECT customer, purpose, 'any', moment, mark FROM marks
)
SELECT track, moment, CAST(sum(validity) AS INTEGER) AS validity, max(mark) AS mark
FROM (
    SELECT m.customer * getvariable('spots') + s.spot AS track, epoch_us(m.moment) AS moment, 0 AS validity, m.mark
    FROM placed m JOIN spots s USING (purpose, channel)
    UNION ALL
    SELECT x.track // getvariable('places') * getvariable('spots') + p.spot, epoch_us(x.started_at), p.validity, 0
    FROM spans x JOIN valid_places p ON p.place = x.track % getvariable('places')
    UNION ALL
    SELECT x.track // getvariable('places') * getvariable('spots') + p.spot, x.ends // 8, -p.validity, CASE WHEN p.validity = 1 THEN 2 ELSE 0 END
    FROM spans x JOIN valid_places p ON p.place = x.track % getvariable('places') WHERE x.ends IS NOT NULL
)
GROUP BY track, moment;

-- Grain: an unbroken time in one state, per customer, purpose and channel
-- ('any' too). until NULL = still; times after the as-of date are there as far
-- as the consents' expiry says. There is no row for never_asked, which is the
-- time for which a customer is known and has none.
CREATE TABLE states AS
SELECT c.customer, p.purpose, p.channel,
    CASE s.state WHEN 4 THEN 'opted_in' WHEN 0 THEN 'contactable' WHEN 3 THEN 'refused' WHEN 2 THEN 'lapsed' ELSE 'unanswered' END AS state,
    make_timestamp(s.since) AS since, least(make_timestamp(s.until), c.left_at) AS until
FROM (
    SELECT track, state, since, lead(since) OVER (PARTITION BY track ORDER BY since) AS until
    FROM (
        SELECT track, state, since, lag(state) OVER (PARTITION BY track ORDER BY since) AS before
        FROM (
            SELECT track, moment AS since, sum(validity) OVER line AS valid, max(CASE WHEN mark > 1 THEN moment * 4 + mark END) OVER line AS last,
                CASE WHEN valid >= 65536 THEN 4 WHEN valid > 0 THEN 0 ELSE coalesce(last & 3, 1) END AS state
            FROM turns
            WINDOW line AS (PARTITION BY track ORDER BY moment ROWS UNBOUNDED PRECEDING)
        )
    )
    WHERE state IS DISTINCT FROM before
) s
JOIN spots p ON p.spot = s.track % getvariable('spots')
JOIN store.customers c ON c.customer = s.track // getvariable('spots')
WHERE c.left_at IS NULL OR s.since < epoch_us(c.left_at);
DROP TABLE turns;

-- Grain: customer known at a moment, purpose and channel with a state then.
CREATE TEMP MACRO states_at(moment) AS TABLE
SELECT customer, purpose, channel, state FROM states WHERE since <= moment AND (until IS NULL OR until > moment);
