-- Grain: an unbroken time of validity, per customer, purpose, channel, basis.
--
-- given and renewed open or extend; refused, expired and invalidated end the
-- basis they name, or every basis where they name none; withdrawn ends every
-- basis; requested and deferred do neither. Validity also ends at expires_at,
-- or for implied consent without it after the configured period, which each
-- purchase within it restarts, and when the customer leaves. Order: occurred_at,
-- received_at, then refusals before grants, so that a grant of the same instant
-- holds.

CREATE TABLE channels AS SELECT DISTINCT channel FROM store.consents WHERE channel IS NOT NULL;
INSERT INTO channels SELECT 'any' WHERE NOT EXISTS (SELECT 1 FROM channels);

-- Purpose, channel and basis are a place, and a customer in a place is a track:
-- one number, which sorts and groups many times faster than four columns. An end
-- is one number too: its microsecond and, in the last three bits, its cause, so
-- that the earliest of several ends is the least number.
CREATE TABLE places AS
SELECT CAST(row_number() OVER (ORDER BY purpose, channel, basis) - 1 AS BIGINT) AS place, *
FROM (SELECT DISTINCT purpose FROM store.consents),
    (SELECT channel FROM channels UNION SELECT 'any'),
    (SELECT DISTINCT coalesce(basis, 'express') AS basis FROM store.consents WHERE state IN ('given', 'renewed') UNION SELECT 'any');
SET VARIABLE places = (SELECT greatest(count(*), 1) FROM places);
CREATE TEMP MACRO end_at(moment, cause) AS epoch_us(moment) * 8 + cause;
SET VARIABLE causes = ['withdrawn', 'refused', 'expired', 'invalidated', 'expired', 'left'];

-- An event without a channel is on every channel.
CREATE TABLE reaches AS SELECT channel AS given, channel FROM channels UNION ALL SELECT '', channel FROM channels;

-- Where purchases keep implied consent alive: runs of purchases of which none
-- is more than the period after the one before.
CREATE TABLE runs AS
SELECT customer, min(occurred_at) AS first, max(occurred_at) AS last
FROM (
    SELECT customer, occurred_at, sum(CASE WHEN occurred_at <= before + to_days(CAST(getvariable('implied_days') AS INTEGER)) THEN 0 ELSE 1 END)
        OVER (PARTITION BY customer ORDER BY occurred_at ROWS UNBOUNDED PRECEDING) AS run
    FROM (
        SELECT customer, occurred_at, lag(occurred_at) OVER (PARTITION BY customer ORDER BY occurred_at) AS before
        FROM store.purchases
        WHERE amount > 0 AND customer IN (SELECT customer FROM store.consents WHERE basis = 'implied' AND expires_at IS NULL AND state IN ('given', 'renewed'))
    )
)
GROUP BY customer, run;

-- Each opening with the end that meets it first; of those that end together on
-- a track only the first opening matters.
CREATE TABLE openings AS
WITH moves AS (
    SELECT c.customer * getvariable('places') + p.place AS track, true AS opens, c.state, c.occurred_at, coalesce(c.received_at, c.occurred_at) AS received_at,
        NULL::BIGINT AS ends,
        end_at(coalesce(c.expires_at, CASE WHEN c.basis = 'implied' THEN coalesce(r.last, c.occurred_at) + to_days(CAST(getvariable('implied_days') AS INTEGER)) END), 4) AS expires
    FROM store.consents c
    JOIN reaches h ON h.given = coalesce(c.channel, '')
    JOIN places p ON p.purpose = c.purpose AND p.channel = h.channel AND p.basis = coalesce(c.basis, 'express')
    LEFT JOIN runs r ON c.basis = 'implied' AND c.expires_at IS NULL AND r.customer = c.customer
        AND r.last >= c.occurred_at AND r.first <= c.occurred_at + to_days(CAST(getvariable('implied_days') AS INTEGER))
    WHERE c.state IN ('given', 'renewed')
    UNION ALL
    SELECT c.customer * getvariable('places') + p.place, false, c.state, c.occurred_at, coalesce(c.received_at, c.occurred_at),
        end_at(c.occurred_at, list_position(getvariable('causes'), c.state) - 1), NULL
    FROM store.consents c
    JOIN reaches h ON h.given = coalesce(c.channel, '')
    JOIN places p ON p.purpose = c.purpose AND p.channel = h.channel AND p.basis <> 'any' AND (c.state = 'withdrawn' OR c.basis IS NULL OR p.basis = c.basis)
    WHERE c.state IN ('withdrawn', 'refused', 'expired', 'invalidated')
)
SELECT track, min(started_at) AS started_at, ends
FROM (
    SELECT m.track, m.occurred_at AS started_at, least(m.next_end, m.expires, end_at(c.left_at, 5)) AS ends
    FROM (
        SELECT *, lead(ends IGNORE NULLS) OVER (PARTITION BY track ORDER BY occurred_at, received_at, opens, state) AS next_end FROM moves
    ) m
    LEFT JOIN (SELECT customer, left_at FROM people WHERE left_at IS NOT NULL) c ON c.customer = m.track // getvariable('places')
    WHERE m.opens
)
WHERE ends IS NULL OR ends // 8 > epoch_us(started_at)
GROUP BY track, ends;

-- Merges intervals of a track that touch or overlap into spells. Most tracks
-- have one, which is a spell as it stands.
CREATE TEMP MACRO spells_of(source) AS TABLE
WITH crowded AS (SELECT track FROM query_table(source) GROUP BY track HAVING count(*) > 1)
SELECT track, started_at, ends FROM query_table(source) ANTI JOIN crowded USING (track)
UNION ALL
SELECT track, min(started_at), CASE WHEN count(*) = count(ends) THEN max(ends) END
FROM (
    SELECT *, sum(CASE WHEN epoch_us(started_at) > reach THEN 1 ELSE 0 END) OVER (PARTITION BY track ORDER BY started_at, ends ROWS UNBOUNDED PRECEDING) AS spell
    FROM (
        SELECT *, max(coalesce(ends // 8, 9223372036854775807)) OVER (PARTITION BY track ORDER BY started_at, ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
        FROM query_table(source) SEMI JOIN crowded USING (track)
    )
)
GROUP BY track, spell;

CREATE TABLE by_basis AS FROM spells_of('openings');
-- "any" is the union, built as such: first of bases, then of channels.
CREATE TEMP MACRO moved_to(source, to_channel, to_basis) AS TABLE
SELECT s.track - p.place + q.place AS track, s.started_at, s.ends
FROM query_table(source) s
JOIN places p ON p.place = s.track % getvariable('places')
JOIN places q ON q.purpose = p.purpose AND q.channel = coalesce(to_channel, p.channel) AND q.basis = coalesce(to_basis, p.basis);
CREATE TABLE all_bases AS FROM moved_to('by_basis', NULL, 'any');
INSERT INTO by_basis FROM spells_of('all_bases');
CREATE TABLE all_channels AS FROM moved_to('by_basis', 'any', NULL);
-- The spells as numbers, for what adds them up.
CREATE TABLE spans AS
SELECT b.* FROM by_basis b JOIN places p ON p.place = b.track % getvariable('places') WHERE p.channel <> 'any'
UNION ALL
FROM spells_of('all_channels');
INSERT INTO store.spells
SELECT CAST(s.track // getvariable('places') AS INTEGER), p.purpose, p.channel, p.basis, s.started_at,
    make_timestamp(s.ends // 8), getvariable('causes')[s.ends % 8 + 1]
FROM spans s
JOIN places p ON p.place = s.track % getvariable('places');
DROP TABLE openings; DROP TABLE by_basis; DROP TABLE all_bases; DROP TABLE all_channels; DROP TABLE runs;
