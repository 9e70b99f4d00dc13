-- Grain: campaign, arm, segment (-1 = all), reason, age. Measure: messages
-- delivered without a valid consent, on any basis, for each of the arm's purposes
-- on the campaign's channel at the moment of sending: when it was delivered, else
-- assigned. Where other content arrived than the arm's, the purposes are those of
-- the campaign's arm with that content. All messages are the lift's delivered.
--
-- The reason is that of the purpose in question; of several the gravest, in this
-- order: withdrawn, refused, left, invalidated, expired, never, grace (withdrawn
-- under so many business days before, Mondays to Fridays). The age is the least
-- number of days since: 0, 30, 90, 365; -1 for none. What cannot be judged is
-- counted as a reason too: transactional (the arm needs no consent), unnamed (it
-- names no purpose), undated (no moment of sending).

-- What a message that arrived demands, by its arm and the content that arrived.
CREATE TABLE arm_demands AS
SELECT a.campaign, CAST(a.arm AS store.arm) AS arm, a.content, a.requires_consent, list_sort(list_distinct(a.purposes)) AS purposes,
    CASE WHEN c.channel IN (SELECT channel FROM channels) THEN c.channel ELSE 'any' END AS channel
FROM store.arms a JOIN store.campaigns c USING (campaign);
CREATE TABLE arrivals AS
SELECT campaign, arm, arrived, requires_consent, channel, purposes,
    CASE WHEN requires_consent AND len(purposes) > 0 THEN CAST(dense_rank() OVER (ORDER BY channel, purposes) AS INTEGER) END AS demand
FROM (
    SELECT DISTINCT ON (a.campaign, a.arm, x.arrived) a.campaign, a.arm, x.arrived, a.channel,
        coalesce(o.requires_consent, a.requires_consent) AS requires_consent, coalesce(o.purposes, a.purposes) AS purposes
    FROM arm_demands a
    JOIN (SELECT DISTINCT campaign, arm, coalesce(delivered_content, '') AS arrived FROM store.assignments WHERE delivered) x USING (campaign, arm)
    LEFT JOIN arm_demands o ON o.campaign = a.campaign AND o.content = x.arrived AND x.arrived IS DISTINCT FROM a.content
    ORDER BY a.campaign, a.arm, x.arrived, o.arm
);
CREATE TABLE demand_purposes AS SELECT DISTINCT demand, channel, len(purposes) AS purposes, unnest(purposes) AS purpose FROM arrivals WHERE demand IS NOT NULL;
-- When each customer met a demand on any basis, as in outcomes.
CREATE TABLE met_somehow AS
SELECT demand, customer, moment AS started_at, coalesce(until, TIMESTAMP 'infinity') AS ended_at
FROM (
    SELECT demand, customer, moment, purposes, lead(moment) OVER track AS until, sum(change) OVER (track ROWS UNBOUNDED PRECEDING) AS valid
    FROM (
        SELECT d.demand, d.purposes, e.customer, e.moment, sum(e.change) AS change
        FROM demand_purposes d
        JOIN (
            SELECT customer, purpose, channel, started_at AS moment, 1 AS change FROM store.spells WHERE basis = 'any'
            UNION ALL
            SELECT customer, purpose, channel, ended_at, -1 FROM store.spells WHERE basis = 'any' AND ended_at IS NOT NULL
        ) e USING (purpose, channel)
        GROUP BY ALL
    )
    WINDOW track AS (PARTITION BY demand, customer ORDER BY moment)
)
WHERE valid = purposes;

CREATE TABLE unmet AS
SELECT row_number() OVER () AS message, a.campaign, a.arm, a.segment, a.customer, a.demand, a.sent_at
FROM (
    SELECT a.campaign, a.arm, a.segment, a.customer, d.demand, coalesce(a.delivered_at, a.assigned_at) AS sent_at
    FROM store.assignments a JOIN arrivals d ON d.campaign = a.campaign AND d.arm = a.arm AND d.arrived = coalesce(a.delivered_content, '')
    WHERE a.delivered AND d.demand IS NOT NULL
) a
LEFT JOIN met_somehow m ON m.demand = a.demand AND m.customer = a.customer AND a.sent_at >= m.started_at AND a.sent_at < m.ended_at
WHERE m.demand IS NULL;
DROP TABLE met_somehow;

-- What had become of the consent to each purpose that was not valid.
CREATE TABLE lacking AS
SELECT u.message, u.customer, u.sent_at, d.purpose, d.channel,
    CASE WHEN u.sent_at IS NULL THEN 'undated' WHEN c.left_at <= u.sent_at THEN 'left' WHEN s.state IN ('refused', 'lapsed') THEN s.state ELSE 'never' END AS reason,
    CASE WHEN c.left_at <= u.sent_at THEN c.left_at WHEN s.state IN ('refused', 'lapsed') THEN s.since END AS moment
FROM unmet u
JOIN demand_purposes d USING (demand)
JOIN store.customers c USING (customer)
LEFT JOIN (SELECT * FROM states WHERE customer IN (SELECT customer FROM unmet)) s ON s.customer = u.customer AND s.purpose = d.purpose AND s.channel = d.channel AND s.since <= u.sent_at AND coalesce(s.until, TIMESTAMP 'infinity') > u.sent_at
WHERE u.sent_at IS NULL OR c.left_at <= u.sent_at OR s.state IS NULL OR s.state NOT IN ('opted_in', 'contactable');
-- What made it lapse: the end of the spell, or an event that ended nothing.
CREATE TABLE lapse AS
SELECT message, purpose, min(cause) AS cause
FROM (
    SELECT l.message, l.purpose, s.ended_by AS cause FROM lacking l
    JOIN store.spells s ON s.customer = l.customer AND s.purpose = l.purpose AND s.channel = l.channel AND s.basis = 'any' AND s.ended_at = l.moment
    WHERE l.reason = 'lapsed'
    UNION ALL
    SELECT l.message, l.purpose, e.state FROM lacking l
    JOIN store.consents e ON e.customer = l.customer AND e.purpose = l.purpose AND e.occurred_at = l.moment AND e.state IN ('withdrawn', 'invalidated', 'expired')
    WHERE l.reason = 'lapsed' AND (e.channel IS NULL OR l.channel = 'any' OR e.channel = l.channel)
)
GROUP BY message, purpose;

CREATE TABLE unmet_reason AS
SELECT message, CAST(min(place) // 10000000000000000 AS INTEGER) AS rank, make_timestamp(nullif(min(place) % 10000000000000000, 0)) AS moment, min(sent_at) AS sent_at
FROM ( -- the gravest reason, and of two alike the older: one number to order by
    SELECT message, sent_at, CAST(rank AS BIGINT) * 10000000000000000 + CASE WHEN moment IS NULL THEN 0 ELSE greatest(1, epoch_us(moment)) END AS place FROM (
    SELECT l.message, l.sent_at, l.moment,
        CASE WHEN l.reason = 'lapsed' AND coalesce(p.cause, 'expired') = 'withdrawn' THEN
                CASE WHEN business_day(CAST(local_of(l.sent_at) AS DATE)) - business_day(CAST(local_of(l.moment) AS DATE)) < getvariable('grace_business_days') THEN 7 ELSE 1 END
            WHEN l.reason = 'refused' OR p.cause = 'refused' THEN 2
            WHEN l.reason = 'left' OR p.cause = 'left' THEN 3
            WHEN p.cause = 'invalidated' THEN 4
            WHEN l.reason = 'lapsed' THEN 5
            WHEN l.reason = 'undated' THEN 8
            ELSE 6 END AS rank
    FROM lacking l LEFT JOIN lapse p USING (message, purpose))
)
GROUP BY message;

INSERT INTO store.sent
SELECT u.campaign, u.arm, u.segment, ['withdrawn', 'refused', 'left', 'invalidated', 'expired', 'never', 'grace', 'undated'][r.rank] AS reason,
    CASE WHEN r.moment IS NULL THEN -1 WHEN r.moment > r.sent_at - INTERVAL 30 DAY THEN 0 WHEN r.moment > r.sent_at - INTERVAL 90 DAY THEN 30
        WHEN r.moment > r.sent_at - INTERVAL 365 DAY THEN 90 ELSE 365 END AS age,
    count(*)
FROM unmet u JOIN unmet_reason r USING (message)
GROUP BY u.campaign, u.arm, u.segment, reason, age ORDER BY u.segment, u.campaign, u.arm, reason, age;
INSERT INTO store.sent
SELECT a.campaign, a.arm, a.segment, CASE WHEN d.requires_consent THEN 'unnamed' ELSE 'transactional' END AS reason, -1, count(*)
FROM store.assignments a JOIN arrivals d ON d.campaign = a.campaign AND d.arm = a.arm AND d.arrived = coalesce(a.delivered_content, '')
WHERE a.delivered AND d.demand IS NULL
GROUP BY a.campaign, a.arm, a.segment, reason ORDER BY a.segment, a.campaign, a.arm, reason;
INSERT INTO store.sent
SELECT campaign, arm, -1, reason, age, sum(messages) FROM store.sent GROUP BY campaign, arm, reason, age ORDER BY campaign, arm, reason, age;
DROP TABLE unmet; DROP TABLE lacking; DROP TABLE lapse; DROP TABLE unmet_reason;
