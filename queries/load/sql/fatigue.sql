-- Grain: month of delivery (its last day, the as-of date in the last month),
-- segment (-1 = all), messages that the customer had in that month (12 = 12 or
-- more), whatever the campaign. Only what was delivered on a known day.
-- Measures: customers; of their messages that are mature and of customers in one
-- arm: clicks recorded, people's clicks and what their campaigns' rates over
-- everyone let expect, in millionths; unsubscribes recorded and unsubscribes.
-- Customers of a month add up over segments and counts, not over months.
CREATE TABLE rates AS
SELECT campaign, coalesce(1000000 * sum(click) // nullif(sum(click_seen), 0), 0) AS click_rate FROM store.engagement WHERE segment = -1 AND delivered GROUP BY campaign;

INSERT INTO store.fatigue
SELECT last_day, segment, least(messages, 12), count(*), sum(click_seen), sum(click), sum(click_expected), sum(unsubscribe_seen), sum(unsubscribe)
FROM (
    SELECT customer, any_value(segment) AS segment, least(last_day(CAST(sent_at AS DATE)), CAST(getvariable('as_of') AS DATE)) AS last_day, count(*) AS messages,
        count(CASE WHEN counts THEN clicked END) AS click_seen, count(CASE WHEN counts AND clicked THEN 1 END) AS click,
        coalesce(sum(CASE WHEN counts AND clicked IS NOT NULL THEN click_rate END), 0) AS click_expected,
        count(CASE WHEN counts THEN unsubscribed END) AS unsubscribe_seen, count(CASE WHEN counts AND unsubscribed THEN 1 END) AS unsubscribe
    FROM sent LEFT JOIN rates USING (campaign) WHERE delivered AND sent_at IS NOT NULL GROUP BY customer, last_day
)
GROUP BY last_day, segment, least(messages, 12)
ORDER BY segment, last_day, least(messages, 12);

INSERT INTO store.fatigue
SELECT last_day, -1, messages, sum(COLUMNS(* EXCLUDE (last_day, segment, messages)))
FROM store.fatigue GROUP BY last_day, messages ORDER BY last_day, messages;
DROP TABLE rates;
