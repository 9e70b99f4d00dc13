-- Grain: segment (-1 = all), kind, whole years of age (10 = more). Measures:
-- records, and those older than the configured period (none where there is none).
-- Kinds: left, of customers who left, since then; inactive, of the others, since
-- the last thing they did (consented, bought, called, opened, clicked or
-- converted; else since they became known); ended, of a customer's consents to a
-- purpose of which none is valid, since the last one ended.
CREATE TABLE last_act AS
SELECT customer, max(moment) AS moment
FROM (
    SELECT customer, max(occurred_at) AS moment FROM store.consents
    WHERE state IN ('given', 'refused', 'withdrawn', 'deferred') AND occurred_at < getvariable('until') GROUP BY customer
    UNION ALL SELECT customer, max(occurred_at) FROM store.purchases WHERE occurred_at < getvariable('until') GROUP BY customer
    UNION ALL SELECT customer, max(occurred_at) FROM store.interactions WHERE occurred_at < getvariable('until') GROUP BY customer
    UNION ALL
    SELECT customer, greatest(max(CASE WHEN NOT opened_by_machine AND opened_at < getvariable('until') THEN opened_at END),
        max(CASE WHEN NOT clicked_by_machine AND clicked_at < getvariable('until') THEN clicked_at END), max(CASE WHEN converted_at < getvariable('until') THEN converted_at END))
    FROM store.assignments GROUP BY customer
)
WHERE moment IS NOT NULL
GROUP BY customer;

INSERT INTO store.retention
SELECT segment, kind, CAST(least(10, date_diff('day', moment, getvariable('until')) // 365) AS INTEGER) AS years, count(*),
    sum(CASE WHEN period > 0 AND moment < getvariable('until') - to_days(period) THEN 1 ELSE 0 END)
FROM (
    SELECT c.segment, CASE WHEN c.left_at < getvariable('until') THEN 'left' ELSE 'inactive' END AS kind,
        CASE WHEN c.left_at < getvariable('until') THEN c.left_at ELSE coalesce(l.moment, c.known_from) END AS moment,
        CAST(getvariable('retain_customers_days') AS INTEGER) AS period
    FROM store.customers c LEFT JOIN last_act l USING (customer)
    UNION ALL
    SELECT c.segment, 'ended', s.ended_at, CAST(getvariable('retain_consents_days') AS INTEGER)
    FROM (SELECT customer, purpose, CASE WHEN count(*) = count(ended_at) THEN max(ended_at) END AS ended_at FROM store.spells WHERE channel = 'any' AND basis = 'any' GROUP BY customer, purpose) s
    JOIN store.customers c USING (customer)
)
WHERE moment < getvariable('until')
GROUP BY segment, kind, years ORDER BY segment, kind, years;
INSERT INTO store.retention
SELECT -1, kind, years, sum(records), sum(past) FROM store.retention GROUP BY kind, years ORDER BY kind, years;
DROP TABLE last_act;
