-- Grain: month end (as in paths), segment (-1 = all), purpose ('' = any). Measures:
-- acts of renewal and, of these, of an express consent; acts of withdrawal; change
-- of the customers with a valid consent on any basis and channel since the month
-- end before. What a customer does in one day is one act.
CREATE TABLE acts AS
SELECT customer, purpose, CAST(local_of(occurred_at) AS DATE) AS day, state, coalesce(basis, 'express') = 'express' AS express
FROM store.consents
WHERE state IN ('renewed', 'withdrawn') AND occurred_at < getvariable('until') AND local_of(occurred_at) >= date_trunc('month', CAST(getvariable('path_first') AS DATE));

CREATE TABLE beats AS
SELECT path_days.day, customer, purpose, renewals, express_renewals, withdrawals, change
FROM (
    SELECT greatest(0, date_diff('month', CAST(getvariable('path_first') AS DATE), day)) AS place, customer, purpose,
        CASE WHEN state = 'renewed' THEN 1 ELSE 0 END AS renewals, CASE WHEN state = 'renewed' AND express THEN 1 ELSE 0 END AS express_renewals,
        CASE WHEN state = 'withdrawn' THEN 1 ELSE 0 END AS withdrawals, 0 AS change
    FROM (
        SELECT customer, purpose, day, state, bool_or(express) AS express FROM acts GROUP BY customer, purpose, day, state
        UNION ALL
        SELECT customer, '', day, state, bool_or(express) FROM acts GROUP BY customer, day, state
    )
    UNION ALL
    SELECT path_place(since), customer, purpose, 0, 0, 0, 1 FROM states WHERE channel = 'any' AND state IN ('opted_in', 'contactable')
    UNION ALL
    SELECT path_place(until), customer, purpose, 0, 0, 0, -1 FROM states WHERE channel = 'any' AND state IN ('opted_in', 'contactable') AND until IS NOT NULL
    UNION ALL
    SELECT place, customer, '', 0, 0, 0, valid - coalesce(lag(valid) OVER (PARTITION BY customer ORDER BY place), 0) FROM shared_now
) turns JOIN path_days USING (place);

INSERT INTO store.pulse
SELECT b.day, c.segment, b.purpose, sum(renewals), sum(express_renewals), sum(withdrawals), sum(change)
FROM beats b JOIN store.customers c USING (customer)
GROUP BY b.day, c.segment, b.purpose
HAVING sum(renewals) <> 0 OR sum(withdrawals) <> 0 OR sum(change) <> 0
ORDER BY b.purpose, c.segment, b.day;
INSERT INTO store.pulse
SELECT last_day, -1, purpose, sum(renewals), sum(express_renewals), sum(withdrawals), sum(valid_change) FROM store.pulse
GROUP BY last_day, purpose ORDER BY purpose, last_day;
DROP TABLE acts; DROP TABLE beats; DROP TABLE shared_now;
