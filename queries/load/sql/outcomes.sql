-- Grain: assignment. Outcomes count from the assignment to the end of the
-- window; a truth value without a time counts as within it.

-- Adding an interval to a time is many times slower.
CREATE TEMP MACRO days_after(t, days) AS make_timestamp(epoch_us(t) + days * 86400000000);

-- What an arm records at all: where it does, nothing recorded for a customer
-- means that it did not happen; where it does not, it is missing. Purchases and
-- consents are records of every customer, whatever the arm. Unsubscribes and
-- complaints are so rare that an arm may have none: they are recorded where
-- something was delivered on a channel that records any.
CREATE TABLE recorded AS
SELECT r.* EXCLUDE (delivered, unsubscribed, complained), delivered,
    unsubscribed OR (delivered AND bool_or(unsubscribed) OVER (PARTITION BY k.channel)) AS unsubscribed,
    complained OR (delivered AND bool_or(complained) OVER (PARTITION BY k.channel)) AS complained
FROM (SELECT arm_place, count(delivered_at) > 0 AS delivered, count(visited) > 0 AS visited, count(opened) > 0 AS opened,
    count(clicked) > 0 AS clicked, count(converted) > 0 AS converted, count(unsubscribed) > 0 AS unsubscribed,
    count(complained) > 0 AS complained, count(revenue) > 0 AS revenue
FROM assignments_in WHERE reject IS NULL AND rowid NOT IN (FROM assigned_again) GROUP BY arm_place) r
JOIN arm_places m USING (arm_place) JOIN store.campaigns k ON k.campaign = m.campaign;
SET VARIABLE purchases_known = EXISTS (FROM store.purchases);
SET VARIABLE consents_known = EXISTS (FROM store.consents);

-- Opted in at assignment: an express consent, valid at that moment, for every
-- purpose that an arm of the campaign asks for, on the campaign's channel. One
-- definition for all arms of a campaign, so that the cut compares like with
-- like. Campaigns that ask for the same share a demand.
CREATE TABLE demands AS
SELECT campaign, CAST(dense_rank() OVER (ORDER BY channel, purposes) AS INTEGER) AS demand, channel, purposes
FROM (
    SELECT campaign, channel, list(DISTINCT purpose ORDER BY purpose) AS purposes
    FROM (
        SELECT a.campaign, unnest(a.purposes) AS purpose,
            CASE WHEN c.channel IN (SELECT channel FROM channels) THEN c.channel ELSE 'any' END AS channel
        FROM store.arms a JOIN store.campaigns c USING (campaign)
    )
    GROUP BY campaign, channel
);
-- When each customer met a demand: by counting its purposes up and down.
CREATE TABLE met AS
SELECT demand, customer, moment AS started_at, coalesce(until, TIMESTAMP 'infinity') AS ended_at
FROM (
    SELECT demand, customer, moment, purposes, lead(moment) OVER track AS until,
        sum(change) OVER (track ROWS UNBOUNDED PRECEDING) AS valid
    FROM (
        SELECT d.demand, d.purposes, e.customer, e.moment, sum(e.change) AS change
        FROM (SELECT DISTINCT demand, channel, len(purposes) AS purposes, unnest(purposes) AS purpose FROM demands) d
        JOIN (
            SELECT customer, purpose, channel, started_at AS moment, 1 AS change FROM store.spells WHERE basis = 'express'
            UNION ALL
            SELECT customer, purpose, channel, ended_at, -1 FROM store.spells WHERE basis = 'express' AND ended_at IS NOT NULL
        ) e USING (purpose, channel)
        GROUP BY ALL
    )
    WINDOW track AS (PARTITION BY demand, customer ORDER BY moment)
)
WHERE valid = purposes;

-- What customers did that counts for whoever had assigned them shortly before:
-- purchases, and consents won (began; the one before had ended) and withdrawn.
-- Time is cut into spans as long as what is watched, which begins in one and ends in
-- that or the next. What happened is put into its own span and the one before, where
-- an assignment finds all that may count for it, and little else.
SET VARIABLE watched = greatest(getvariable('window_days'), getvariable('consent_days')) * 86400000000;
CREATE TABLE happenings AS
SELECT customer, occurred_at AS moment, amount, NULL::TIMESTAMP AS free_since, false AS won, false AS withdrew FROM store.purchases
UNION ALL
SELECT customer, started_at, NULL, lag(ended_at) OVER (PARTITION BY customer, purpose ORDER BY started_at), true, false
FROM store.spells WHERE channel = 'any' AND basis = 'express'
UNION ALL
SELECT customer, ended_at, NULL, NULL, false, true
FROM store.spells WHERE basis = 'any' AND channel IN (FROM channels) AND ended_by = 'withdrawn';
CREATE TABLE later AS
SELECT a.rowid AS line, sum(CASE WHEN h.moment < a.window_end THEN h.amount END) AS spent,
    bool_or(h.won AND h.moment > a.assigned_at AND h.moment < a.consent_end AND (h.free_since IS NULL OR h.free_since <= a.assigned_at)) AS won,
    bool_or(h.withdrew AND h.moment > a.assigned_at AND h.moment < a.consent_end) AS withdrew
FROM (
    SELECT rowid, customer, assigned_at, epoch_us(assigned_at) // getvariable('watched') AS span, days_after(assigned_at, getvariable('window_days')) AS window_end,
        days_after(assigned_at, getvariable('consent_days')) AS consent_end, greatest(window_end, consent_end) AS watched
    FROM assignments_in WHERE reject IS NULL
) a
JOIN (
    SELECT *, epoch_us(moment) // getvariable('watched') AS span FROM happenings
    UNION ALL
    SELECT *, epoch_us(moment) // getvariable('watched') - 1 FROM happenings
) h ON h.customer = a.customer AND h.span = a.span AND h.moment >= a.assigned_at AND h.moment < a.watched
GROUP BY a.rowid;
DROP TABLE happenings;

CREATE TEMP MACRO outcome(recorded, happened, moment, assigned_at, window_end) AS
    CASE WHEN recorded AND happened THEN moment IS NULL OR assigned_at IS NULL OR (moment >= assigned_at AND moment < window_end)
        WHEN recorded THEN false END;

-- A truth value in two bits, at a place.
CREATE TEMP MACRO bits(given, place) AS CASE WHEN given THEN 2 WHEN NOT given THEN 1 ELSE 0 END << (2 * place);

INSERT INTO store.assignments
SELECT a.campaign, m.arm_name, a.customer, p.segment, a.assigned_at, a.delivered_at_time, a.delivered_content,
    CASE WHEN d.demand IS NULL OR a.assigned_at IS NULL THEN CAST('unknown' AS store.truth) WHEN o.demand IS NOT NULL THEN CAST('yes' AS store.truth) ELSE CAST('no' AS store.truth) END,
    coalesce(t.in_two_arms, false), coalesce(t.in_two_arms AND t.first_place = a.arm_place, false),
    a.assigned_at IS NULL OR a.window_end <= getvariable('until'), a.assigned_at IS NULL OR a.consent_end <= getvariable('until'),
    CASE WHEN r.delivered THEN coalesce(a.delivered_at, false) END,
    outcome(r.visited, a.visited, a.visited_time, a.assigned_at, a.window_end),
    outcome(r.opened, a.opened AND NOT coalesce(a.opened_by_machine, false), a.opened_time, a.assigned_at, a.window_end),
    outcome(r.clicked, a.clicked AND NOT coalesce(a.clicked_by_machine, false), a.clicked_time, a.assigned_at, a.window_end),
    outcome(r.converted, a.converted, a.converted_time, a.assigned_at, a.window_end),
    outcome(r.unsubscribed, a.unsubscribed, a.unsubscribed_time, a.assigned_at, a.window_end),
    outcome(r.complained, a.complained, a.complained_time, a.assigned_at, a.window_end),
    CASE WHEN getvariable('consents_known') AND a.assigned_at IS NOT NULL THEN coalesce(l.won, false) END,
    CASE WHEN getvariable('consents_known') AND a.assigned_at IS NOT NULL THEN coalesce(l.withdrew, false) END,
    CASE WHEN getvariable('purchases_known') AND a.assigned_at IS NOT NULL THEN coalesce(CAST(l.spent AS BIGINT), 0)
        WHEN NOT getvariable('purchases_known') AND r.revenue THEN coalesce(a.revenue, 0) END,
    a.pre_value,
    a.opened_time, a.clicked_time, a.converted_time,
    coalesce(a.opened AND a.opened_by_machine, false), coalesce(a.clicked AND a.clicked_by_machine, false),
    a.visited_time, a.unsubscribed_time, a.complained_time, a.revenue,
    CAST(bits(a.delivered_at, 0) + bits(a.visited, 1) + bits(a.opened, 2) + bits(a.clicked, 3) + bits(a.converted, 4) + bits(a.unsubscribed, 5)
        + bits(a.complained, 6) + bits(a.opened_by_machine, 7) + bits(a.clicked_by_machine, 8) AS UINTEGER)
FROM ( -- the ends of windows below the joins, where they are computed once
    SELECT *, rowid AS line, days_after(assigned_at, getvariable('window_days')) AS window_end, days_after(assigned_at, getvariable('consent_days')) AS consent_end
    FROM assignments_in WHERE reject IS NULL
) a
JOIN arm_places m ON m.arm_place = a.arm_place
JOIN recorded r ON r.arm_place = a.arm_place
JOIN people_segment p ON p.person = a.customer
LEFT JOIN demands d ON d.campaign = a.campaign
LEFT JOIN met o ON o.demand = d.demand AND o.customer = a.customer AND a.assigned_at >= o.started_at AND a.assigned_at < o.ended_at
LEFT JOIN assigned_often t ON t.campaign = a.campaign AND t.customer = a.customer
LEFT JOIN later l ON l.line = a.line
ANTI JOIN assigned_again g ON g.line = a.line;
DROP TABLE later; DROP TABLE met; DROP TABLE assignments_in;
