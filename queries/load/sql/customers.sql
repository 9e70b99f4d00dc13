-- Grain: customer. Known from the earlier of created_at and the first event.
CREATE TABLE first_event AS
SELECT customer, min(moment) AS moment
FROM (
    SELECT customer, min(occurred_at) AS moment FROM store.consents GROUP BY customer
    UNION ALL SELECT customer, min(assigned_at) FROM assignments_in WHERE reject IS NULL GROUP BY customer
    UNION ALL SELECT customer, min(occurred_at) FROM store.purchases GROUP BY customer
    UNION ALL SELECT customer, min(occurred_at) FROM store.interactions GROUP BY customer
)
GROUP BY customer;

INSERT INTO store.customers
SELECT p.customer, p.pseudonym, s.segment, least(p.created_at, e.moment), p.left_at, p.created_at
FROM people p JOIN people_segment s ON s.person = p.customer
LEFT JOIN first_event e USING (customer)
ORDER BY p.customer;
