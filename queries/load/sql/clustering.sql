-- Grain: kind. Measure: the design effect of counting messages (or purchases)
-- and not people: the variance of a ratio with the customer as unit, over that
-- with the message as unit (Kish, Survey Sampling, 1965, 8.2; the ratio's
-- residuals are x - r·m, of x events in m messages). Of a hundred thousand
-- customers at most, picked by number, which is as good as by lot: numbers follow
-- pseudonyms. Sums are exact, so that it does not depend on the order of rows.
SET VARIABLE every_nth = (SELECT greatest(1, count(*) // 100000) FROM store.customers);

CREATE TABLE messages AS
SELECT kind, customer, sum(m)::HUGEINT AS m, sum(x)::HUGEINT AS x, sum(x_sq)::HUGEINT AS x_sq
FROM (
    SELECT 'click' AS kind, customer, count(clicked) AS m, count(CASE WHEN clicked THEN 1 END) AS x, count(CASE WHEN clicked THEN 1 END) AS x_sq
    FROM store.assignments WHERE customer % getvariable('every_nth') = 0 AND mature AND NOT in_two_arms AND delivered GROUP BY customer
    UNION ALL
    SELECT kind, customer, sum(m), sum(x), sum(x)
    FROM (
        SELECT customer, unnest([
            {kind: 'open', m: opened IS NOT NULL, x: opened}, {kind: 'opener', m: opened AND clicked IS NOT NULL, x: opened AND clicked},
            {kind: 'conversion', m: converted IS NOT NULL, x: converted}, {kind: 'unsubscribe', m: unsubscribed IS NOT NULL, x: unsubscribed},
            {kind: 'complaint', m: complained IS NOT NULL, x: complained}], recursive := true)
        FROM store.assignments WHERE customer % getvariable('every_nth') = 0 AND mature AND NOT in_two_arms AND delivered
    ) GROUP BY kind, customer
    UNION ALL
    SELECT 'visit', customer, count(visited), count(CASE WHEN visited THEN 1 END), count(CASE WHEN visited THEN 1 END)
    FROM store.assignments WHERE customer % getvariable('every_nth') = 0 AND mature AND NOT in_two_arms GROUP BY customer
    UNION ALL
    SELECT 'revenue', customer, count(revenue), coalesce(sum(revenue), 0), coalesce(sum(CAST(revenue AS HUGEINT) * revenue), 0)
    FROM store.assignments WHERE customer % getvariable('every_nth') = 0 AND mature AND NOT in_two_arms GROUP BY customer
) GROUP BY kind, customer;
INSERT INTO store.clustering
SELECT kind, greatest(1, coalesce((x2 - 2 * r * xm + r * r * m2) / nullif(items - r * x, 0), 1))
FROM (
    SELECT kind, CAST(sum(x) AS DOUBLE) / sum(m) AS r, CAST(sum(x) AS DOUBLE) AS x, CAST(sum(x_sq) AS DOUBLE) AS items,
        CAST(sum(x * x) AS DOUBLE) AS x2, CAST(sum(x * m) AS DOUBLE) AS xm, CAST(sum(m * m) AS DOUBLE) AS m2
    FROM messages GROUP BY kind HAVING sum(m) > 0
) ORDER BY kind;
-- A customer's total against single purchases of as many customers: in all that is
-- known, and in 1, 3 and 12 months, over which fewer purchases of one customer meet.
-- Spans of months are counted back from the as-of date; the first, which may be less
-- than whole, is left out where there are others.
INSERT INTO store.clustering
SELECT CASE months WHEN 0 THEN 'purchase' ELSE 'purchase ' || months END, greatest(1, coalesce(sum(x2 - x * x / people ORDER BY span) / nullif(sum(items ORDER BY span), 0), 1))
FROM (
    SELECT months, span, CAST(sum(x) AS DOUBLE) AS x, CAST(sum(x * x) AS DOUBLE) AS x2, CAST(sum(items) AS DOUBLE) AS items,
        (SELECT count(*) FROM store.customers WHERE customer % getvariable('every_nth') = 0) AS people
    FROM (
        SELECT months, ago // nullif(months, 0) AS span, customer, sum(amount) AS x, sum(amount_sq) AS items
        FROM (SELECT *, date_diff('month', day, CAST(getvariable('as_of') AS DATE)) AS ago, max(ago) OVER () + 1 AS known FROM bought), (VALUES (0), (1), (3), (12)) spans(months)
        WHERE customer % getvariable('every_nth') = 0 AND (months = 0 OR ago // months < greatest(1, known // months)) GROUP BY months, span, customer
    ) GROUP BY months, span
) WHERE items IS NOT NULL GROUP BY months ORDER BY months;
DROP TABLE bought; DROP TABLE messages;
