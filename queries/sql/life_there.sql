-- Grain: one row: how many customers have a pseudonym. Parameter: $pseudonym.
SELECT count(*) FROM customers WHERE pseudonym = $pseudonym::UUID
