-- Grain: campaign, dimension, value, arm. Columns: customers assigned, of
-- dimensions that are fixed or, where none is declared so, of all.
SELECT campaign, dimension, value, arm, assigned
FROM split
WHERE dimension IN (SELECT name FROM dimensions WHERE fixed OR NOT (SELECT bool_or(fixed) FROM dimensions))
ORDER BY campaign, dimension, value, arm
