-- Grain: a day without segment (-1), a week with; purpose, channel, basis, of
-- segments express and any alone, which is what opting in and contact stand on.
-- Measures: spells that started and ended, up to the as-of date. Validity at
-- the end of a day = starts less ends up to that day.

CREATE TABLE flow AS
SELECT m.day, c.segment, m.track % getvariable('places') AS place, sum(m.starts) AS starts, sum(m.ends) AS ends
FROM (
    SELECT track, CAST(local_of(started_at) AS DATE) AS day, 1 AS starts, 0 AS ends FROM spans WHERE started_at < getvariable('until')
    UNION ALL
    SELECT track, CAST(local_of(make_timestamp(ends // 8)) AS DATE), 0, 1 FROM spans WHERE make_timestamp(ends // 8) < getvariable('until')
) m
JOIN store.customers c ON c.customer = m.track // getvariable('places')
GROUP BY m.day, c.segment, m.track % getvariable('places');
DROP TABLE spans;
INSERT INTO store.consent_flow
SELECT f.day, -1, p.purpose, p.channel, p.basis, f.starts, f.ends
FROM (SELECT day, place, sum(starts) AS starts, sum(ends) AS ends FROM flow GROUP BY day, place) f JOIN places p USING (place)
ORDER BY place, day;
INSERT INTO store.consent_flow
SELECT f.last_day, f.segment, p.purpose, p.channel, p.basis, f.starts, f.ends
FROM (
    SELECT week_end(day) AS last_day, segment, place, sum(starts) AS starts, sum(ends) AS ends
    FROM flow SEMI JOIN (FROM places WHERE basis IN ('express', 'any')) USING (place) GROUP BY last_day, segment, place
) f JOIN places p USING (place)
ORDER BY place, segment, last_day;
