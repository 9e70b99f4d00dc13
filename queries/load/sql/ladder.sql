-- Steps of trust: for how many purposes a customer has opted in, on any channel.
--
-- Grain: month end (as in paths), segment (-1 = all), purposes shared at the month
-- end before and at this one; -1 = not known then. Measure: customers, of those
-- whose number is another. Summed up to a day, those who came to a number less
-- those who left it are those who have it.
CREATE TABLE shared_turns AS
SELECT customer, place, sum(shared) AS shared, sum(valid) AS valid, sum(known) AS known
FROM (
    SELECT customer, path_place(since) AS place, CASE WHEN state = 'opted_in' THEN 1 ELSE 0 END AS shared, 1 AS valid, 0 AS known
    FROM states WHERE channel = 'any' AND state IN ('opted_in', 'contactable')
    UNION ALL
    SELECT customer, path_place(until), CASE WHEN state = 'opted_in' THEN -1 ELSE 0 END, -1, 0
    FROM states WHERE channel = 'any' AND state IN ('opted_in', 'contactable') AND until IS NOT NULL
    UNION ALL
    SELECT customer, CASE WHEN known_from IS NULL THEN 0 ELSE path_place(known_from) END, 0, 0, 1 FROM store.customers
    WHERE (left_at > known_from) IS NOT FALSE
    UNION ALL
    SELECT customer, path_place(left_at), 0, 0, -1 FROM store.customers
    WHERE left_at IS NOT NULL AND (left_at > known_from) IS NOT FALSE
)
WHERE place < getvariable('path_length')
GROUP BY customer, place;

CREATE TABLE shared_now AS
SELECT customer, place,
    CASE WHEN sum(known) OVER track > 0 THEN sum(shared) OVER track ELSE -1 END AS shared,
    CASE WHEN sum(valid) OVER track > 0 THEN 1 ELSE 0 END AS valid
FROM shared_turns
WINDOW track AS (PARTITION BY customer ORDER BY place ROWS UNBOUNDED PRECEDING);
DROP TABLE shared_turns;

INSERT INTO store.ladder
SELECT d.day, c.segment, m.before, m.shared, count(*)
FROM (SELECT customer, place, shared, coalesce(lag(shared) OVER (PARTITION BY customer ORDER BY place), -1) AS before FROM shared_now) m
JOIN path_days d USING (place) JOIN store.customers c USING (customer)
WHERE m.shared <> m.before
GROUP BY d.day, c.segment, m.before, m.shared ORDER BY c.segment, d.day, m.before, m.shared;
INSERT INTO store.ladder
SELECT last_day, -1, before, after, sum(customers) FROM store.ladder GROUP BY last_day, before, after ORDER BY last_day, before, after;
