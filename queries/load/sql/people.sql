-- Grain: customer. The scratch table that ties original identifiers to dense
-- numbers. A customer listed twice counts once: the first row holds. Numbers
-- follow the pseudonyms, so that they tell nothing about the identifiers.
CREATE TABLE listed_again AS
SELECT customer_id, min(rowid) AS first FROM customers_in WHERE reject IS NULL GROUP BY customer_id HAVING count(*) > 1;

CREATE TABLE people AS
SELECT CAST(row_number() OVER (ORDER BY pseudonym) - 1 AS INTEGER) AS customer, *
FROM (
    SELECT i.* EXCLUDE (reject),
        CAST(substr(sha256(getvariable('hmac_outer') || unhex(sha256(getvariable('hmac_inner') || encode(i.customer_id)))), 1, 32) AS UUID) AS pseudonym
    FROM customers_in i LEFT JOIN listed_again l USING (customer_id)
    WHERE i.reject IS NULL AND (l.first IS NULL OR l.first = i.rowid)
);
DROP TABLE customers_in;
