-- Grain: campaign. Parameters: $everyone, $segments, $since and $until (dates or
-- NULL: the campaign started in between), $grace in business days of $zone.
-- Columns: the campaign's id, its name, the day it started ('' = undated);
-- messages delivered of arms that need consent and name what for; of these, those
-- for one of whose purposes no consent on any basis was valid, on the campaign's
-- channel, when it was sent, unless it was withdrawn less than the grace before.
-- Where other content arrived than the arm's, what counts is the campaign's arm
-- with that content. A message without a time is in neither.
WITH channels AS (SELECT DISTINCT channel FROM spells),
demands AS (
    SELECT a.campaign, a.arm, unnest(list_distinct(a.purposes)) AS purpose,
        CASE WHEN c.channel IN (FROM channels) THEN c.channel ELSE 'any' END AS channel
    FROM arms a JOIN campaigns c USING (campaign)
    WHERE a.requires_consent IS NOT FALSE AND ($since::DATE IS NULL OR c.started >= $since::DATE) AND ($until::DATE IS NULL OR c.started <= $until::DATE)),
sent AS (
    SELECT row_number() OVER () AS message, campaign, arm, customer, moment
    FROM (
        SELECT a.campaign, coalesce(o.arm, a.arm) AS arm, a.customer, coalesce(a.delivered_at, a.assigned_at) AS moment
        FROM assignments a JOIN arms m ON m.campaign = a.campaign AND m.arm = a.arm
        LEFT JOIN (SELECT campaign, content, min(arm) AS arm FROM arms GROUP BY campaign, content) o
            ON o.campaign = a.campaign AND o.content = a.delivered_content AND a.delivered_content IS DISTINCT FROM m.content
        WHERE a.delivered)
    WHERE moment IS NOT NULL AND (campaign, arm) IN (SELECT (campaign, arm) FROM demands)
        AND ($everyone OR customer IN (SELECT customer FROM customers WHERE segment IN (SELECT unnest($segments::INTEGER[]))))),
valid AS (
    SELECT DISTINCT s.message, d.purpose
    FROM sent s JOIN demands d USING (campaign, arm)
    JOIN spells x ON x.customer = s.customer AND x.purpose = d.purpose AND x.channel = d.channel AND x.basis = 'any'
        AND x.started_at <= s.moment AND (x.ended_at IS NULL OR x.ended_at > s.moment
            -- Weekdays since 1970-01-05, a Monday, give the business days between.
            OR x.ended_by = 'withdrawn' AND list_reduce([
                (day // 7 * 5 + least(day % 7 + 1, 5)) FOR day IN [CAST(timezone($zone, timezone('UTC', s.moment)) AS DATE) - DATE '1970-01-05', CAST(timezone($zone, timezone('UTC', x.ended_at)) AS DATE) - DATE '1970-01-05']
            ], lambda a, b: a - b) < $grace)),
lacking AS (
    SELECT DISTINCT s.message FROM sent s JOIN demands d USING (campaign, arm) ANTI JOIN valid v ON v.message = s.message AND v.purpose = d.purpose)
SELECT c.campaign_id, coalesce(c.name, c.campaign_id), coalesce(CAST(c.started AS VARCHAR), ''), count(*), count(l.message)
FROM sent s JOIN campaigns c USING (campaign) LEFT JOIN lacking l USING (message)
GROUP BY c.campaign_id, c.name, c.started ORDER BY c.started DESC NULLS LAST, c.campaign_id
