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

-- What may change a state: moments at which validity starts or ends (+1, -1),
-- and marks that stay: 1 asked, 2 ended, 3 refused. A consent that ran out
-- before it was given was never valid, but is no silence: it has ended.
CREATE TABLE turns AS
WITH marks AS (
    SELECT customer, purpose, channel, occurred_at AS moment,
        CASE WHEN state = 'refused' THEN 3 WHEN state IN ('requested', 'deferred') THEN 1 ELSE 2 END::TINYINT AS mark
    FROM store.consents
    WHERE state NOT IN ('given', 'renewed') OR expires_at <= occurred_at
), placed AS (
    SELECT * FROM marks WHERE channel IS NOT NULL
    UNION ALL
    SELECT m.customer, m.purpose, c.channel, m.moment, m.mark FROM marks m CROSS JOIN channels c WHERE m.channel IS NULL AND c.channel <> 'any'
    UNION ALL
    SELECT customer, purpose, 'any', moment, mark FROM marks
)
SELECT customer, purpose, channel, moment, sum(express)::TINYINT AS express, sum(valid)::TINYINT AS valid, max(mark) AS mark
FROM (
    SELECT customer, purpose, channel, moment, 0 AS express, 0 AS valid, mark FROM placed
    UNION ALL
    SELECT customer, purpose, channel, started_at, CASE WHEN basis = 'express' THEN 1 ELSE 0 END, CASE WHEN basis = 'any' THEN 1 ELSE 0 END, 0
    FROM store.spells WHERE basis IN ('express', 'any')
    UNION ALL
    SELECT customer, purpose, channel, ended_at, CASE WHEN basis = 'express' THEN -1 ELSE 0 END, CASE WHEN basis = 'any' THEN -1 ELSE 0 END,
        CASE WHEN basis = 'any' THEN 2 ELSE 0 END
    FROM store.spells WHERE basis IN ('express', 'any') AND ended_at IS NOT NULL
)
GROUP BY customer, purpose, channel, moment;

-- Grain: an unbroken time in one state, per customer, purpose and channel
-- ('any' too). until NULL = still; times after the as-of date are there as far
-- as the consents' expiry says. There is no row for never_asked, which is the
-- time for which a customer is known and has none.
CREATE TABLE states AS
SELECT customer, purpose, channel, state, since,
    least(lead(since) OVER (PARTITION BY customer, purpose, channel ORDER BY since), c.left_at) AS until
FROM (
    SELECT *, lag(state) OVER (PARTITION BY customer, purpose, channel ORDER BY since) AS before
    FROM (
        SELECT customer, purpose, channel, moment AS since,
            CASE WHEN sum(express) OVER track > 0 THEN 'opted_in'
                WHEN sum(valid) OVER track > 0 THEN 'contactable'
                WHEN last_value(CASE WHEN mark > 1 THEN mark END IGNORE NULLS) OVER track = 3 THEN 'refused'
                WHEN last_value(CASE WHEN mark > 1 THEN mark END IGNORE NULLS) OVER track = 2 THEN 'lapsed'
                ELSE 'unanswered' END AS state
        FROM turns
        WINDOW track AS (PARTITION BY customer, purpose, channel ORDER BY moment ROWS UNBOUNDED PRECEDING)
    )
) JOIN store.customers c USING (customer)
WHERE state IS DISTINCT FROM before AND (c.left_at IS NULL OR since < c.left_at);
DROP TABLE turns;

-- Grain: customer known at a moment, purpose and channel with a state then.
CREATE TEMP MACRO states_at(moment) AS TABLE
SELECT customer, purpose, channel, state FROM states WHERE since <= moment AND (until IS NULL OR until > moment);
