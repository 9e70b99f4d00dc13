-- Grain: segment (-1 = all), purpose, channel, basis. Measures, of consents valid
-- at the end of the as-of date: all, and those that expire within 30, 90 and 365
-- days if nobody renews them. Of basis 'any' those after which nothing is valid.
CREATE TABLE expiry AS
SELECT c.segment, s.purpose, s.channel, s.basis, count(*) AS valid,
    sum(CASE WHEN s.ended_by = 'expired' AND s.ended_at < getvariable('until') + INTERVAL 30 DAY THEN 1 ELSE 0 END) AS within_30,
    sum(CASE WHEN s.ended_by = 'expired' AND s.ended_at < getvariable('until') + INTERVAL 90 DAY THEN 1 ELSE 0 END) AS within_90,
    sum(CASE WHEN s.ended_by = 'expired' AND s.ended_at < getvariable('until') + INTERVAL 365 DAY THEN 1 ELSE 0 END) AS within_365
FROM store.spells s JOIN store.customers c USING (customer)
WHERE s.started_at < getvariable('until') AND (s.ended_at IS NULL OR s.ended_at >= getvariable('until'))
GROUP BY c.segment, s.purpose, s.channel, s.basis;

INSERT INTO store.expiring
SELECT -1, purpose, channel, basis, sum(valid), sum(within_30), sum(within_90), sum(within_365) FROM expiry
GROUP BY purpose, channel, basis ORDER BY purpose, channel, basis;
INSERT INTO store.expiring
SELECT segment, purpose, channel, basis, valid, within_30, within_90, within_365 FROM expiry ORDER BY purpose, channel, basis, segment;
DROP TABLE expiry;
