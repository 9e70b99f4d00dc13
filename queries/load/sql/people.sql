-- Grain: customer. The scratch table that ties original identifiers to dense
-- numbers. Numbers follow the pseudonyms, so that they tell nothing about the
-- identifiers.
CREATE TABLE people AS
SELECT CAST(row_number() OVER (ORDER BY pseudonym) - 1 AS INTEGER) AS customer, *
FROM (
    SELECT i.* EXCLUDE (reject),
        CAST(substr(sha256(getvariable('hmac_outer') || unhex(sha256(getvariable('hmac_inner') || encode(i.customer_id)))), 1, 32) AS UUID) AS pseudonym
    FROM customers_in i
    WHERE i.reject IS NULL
);
DROP TABLE customers_in;
