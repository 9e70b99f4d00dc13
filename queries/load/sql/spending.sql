-- Grain: month end (the as-of date in the last month), segment (-1 = all).
-- Measures: purchases, customers who bought, sums of amounts in hundredths and
-- of their squares. Customers of a month add up over segments, not over months:
-- the largest month is the least number of them in a period.
CREATE TABLE bought AS
SELECT least(last_day(CAST(local_of(occurred_at) AS DATE)), CAST(getvariable('as_of') AS DATE)) AS day, customer,
    count(*) AS purchases, sum(CAST(amount AS HUGEINT)) AS amount, sum(CAST(amount AS HUGEINT) * amount) AS amount_sq
FROM store.purchases WHERE occurred_at < getvariable('until') GROUP BY day, customer;
INSERT INTO store.spending
SELECT day, c.segment, sum(purchases), count(*), sum(amount), sum(amount_sq)
FROM bought JOIN store.customers c USING (customer) GROUP BY day, c.segment ORDER BY c.segment, day;
INSERT INTO store.spending
SELECT last_day, -1, sum(purchases), sum(buyers), sum(amount), sum(amount_sq) FROM store.spending GROUP BY last_day ORDER BY last_day;
