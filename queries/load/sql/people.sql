-- Grain: customer. The scratch table that ties original identifiers to dense
-- numbers. Numbers follow the pseudonyms, so that they tell nothing about the
-- identifiers.
CREATE TABLE people AS
SELECT CAST(row_number() OVER (ORDER BY pseudonym) - 1 AS INTEGER) AS customer, *
FROM (
    SELECT i.* EXCLUDE (reject),
        pseudonym_of(i.customer_id) AS pseudonym
    FROM customers_in i
    WHERE i.reject IS NULL
);
DROP TABLE customers_in;
