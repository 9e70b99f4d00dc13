-- Grain: month end (as in paths), segment (-1 = all), purpose ('' = any). Measures:
-- acts of renewal and, of these, of an express consent; acts of withdrawal; change
-- of the customers with a valid consent on any basis and channel since the month
-- end before. What a customer does in one day is one act.
-- A customer's acts for a purpose are a track, as in states; of any purpose, that
-- without a place.
CREATE TABLE acts AS
SELECT e.customer * getvariable('spots') + s.spot AS track, CAST(local_of(e.occurred_at) AS DATE) AS day, e.state = 'renewed' AS renews, coalesce(e.basis, 'express') = 'express' AS express
FROM store.consents e JOIN spots s ON s.purpose = e.purpose AND s.channel = 'any'
WHERE e.state IN ('renewed', 'withdrawn') AND e.occurred_at < getvariable('until') AND local_of(e.occurred_at) >= date_trunc('month', CAST(getvariable('path_first') AS DATE));

CREATE TABLE beats AS
SELECT place, segment, spot, sum(renewals) AS renewals, sum(express_renewals) AS express_renewals, sum(withdrawals) AS withdrawals, sum(change) AS change
FROM (
    SELECT greatest(0, date_diff('month', CAST(getvariable('path_first') AS DATE), day)) AS place, customer, spot,
        CASE WHEN renews THEN 1 ELSE 0 END AS renewals, CASE WHEN renews AND express THEN 1 ELSE 0 END AS express_renewals,
        CASE WHEN renews THEN 0 ELSE 1 END AS withdrawals, 0 AS change
    FROM (
        SELECT track // getvariable('spots') AS customer, track % getvariable('spots') AS spot, day, renews, bool_or(express) AS express FROM acts GROUP BY track, day, renews
        UNION ALL
        SELECT track // getvariable('spots') AS customer, -1, day, renews, bool_or(express) FROM acts GROUP BY customer, day, renews
    )
    UNION ALL
    SELECT path_place(since), customer, spot, 0, 0, 0, 1 FROM states JOIN spots USING (purpose, channel) WHERE channel = 'any' AND state IN ('opted_in', 'contactable')
    UNION ALL
    SELECT path_place(until), customer, spot, 0, 0, 0, -1 FROM states JOIN spots USING (purpose, channel) WHERE channel = 'any' AND state IN ('opted_in', 'contactable') AND until IS NOT NULL
    UNION ALL
    SELECT place, customer, -1, 0, 0, 0, valid - coalesce(lag(valid) OVER (PARTITION BY customer ORDER BY place), 0) FROM shared_now
) turns JOIN store.customers USING (customer)
GROUP BY place, segment, spot;

INSERT INTO store.pulse
SELECT d.day, segment, coalesce(s.purpose, ''), renewals, express_renewals, withdrawals, change
FROM beats JOIN path_days d USING (place) LEFT JOIN spots s USING (spot)
WHERE renewals <> 0 OR withdrawals <> 0 OR change <> 0
ORDER BY s.purpose, segment, d.day;
INSERT INTO store.pulse
SELECT last_day, -1, purpose, sum(renewals), sum(express_renewals), sum(withdrawals), sum(valid_change) FROM store.pulse
GROUP BY last_day, purpose ORDER BY purpose, last_day;
DROP TABLE acts; DROP TABLE beats; DROP TABLE shared_now;
