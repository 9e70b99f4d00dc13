-- Grain: segment (-1 = all), channel of the campaign, spread, weekday (1 =
-- Monday) and hour of delivery by the store's clock. Messages are those of the
-- roll-up engagement whose time of delivery is known. A campaign is spread where
-- its messages came at 24 hours of the week or more in effect: the inverse of the
-- sum of the hours' squared shares (E. H. Simpson, Nature 163, 1949). Only such a
-- campaign compares hours with each other.
-- Measures: messages whose opens (clicks, conversions) are recorded, those that
-- people opened, and how many would be if the hour did not matter: their
-- campaign's rate over everyone, in millionths, summed.
CREATE TABLE paces AS
SELECT campaign, sum(n) * sum(n) >= 24 * sum(n * n) AS spread,
    coalesce(1000000 * sum(open) // nullif(sum(open_seen), 0), 0) AS open_rate,
    coalesce(1000000 * sum(click) // nullif(sum(click_seen), 0), 0) AS click_rate,
    coalesce(1000000 * sum(conversion) // nullif(sum(conversion_seen), 0), 0) AS conversion_rate
FROM (
    SELECT campaign, count(*) AS n, count(opened) AS open_seen, count(CASE WHEN opened THEN 1 END) AS open, count(clicked) AS click_seen, count(CASE WHEN clicked THEN 1 END) AS click,
        count(converted) AS conversion_seen, count(CASE WHEN converted THEN 1 END) AS conversion
    FROM sent WHERE counts AND delivered AND moment IS NOT NULL GROUP BY campaign, dayofweek(moment), hour(moment)
) GROUP BY campaign;

INSERT INTO store.moments
SELECT m.segment, coalesce(k.channel, ''), p.spread, isodow(m.moment) AS weekday, hour(m.moment) AS hour,
    count(m.opened), count(CASE WHEN m.opened THEN 1 END), sum(CASE WHEN m.opened IS NULL THEN 0 ELSE p.open_rate END),
    count(m.clicked), count(CASE WHEN m.clicked THEN 1 END), sum(CASE WHEN m.clicked IS NULL THEN 0 ELSE p.click_rate END),
    count(m.converted), count(CASE WHEN m.converted THEN 1 END), sum(CASE WHEN m.converted IS NULL THEN 0 ELSE p.conversion_rate END)
FROM sent m JOIN paces p USING (campaign) JOIN store.campaigns k USING (campaign)
WHERE m.counts AND m.delivered AND m.moment IS NOT NULL
GROUP BY m.segment, k.channel, p.spread, weekday, hour
ORDER BY m.segment, k.channel, p.spread, weekday, hour;

INSERT INTO store.moments
SELECT -1, channel, spread, weekday, hour, sum(COLUMNS(* EXCLUDE (segment, channel, spread, weekday, hour)))
FROM store.moments GROUP BY channel, spread, weekday, hour ORDER BY channel, spread, weekday, hour;
DROP TABLE paces;
