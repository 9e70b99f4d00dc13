-- Grain: campaign, dimension, value, arm. Columns: customers assigned, of
-- dimensions that are fixed or, where none is declared so, of all, and by the
-- day of the assignment.
SELECT campaign, dimension, value, arm, assigned
FROM split
WHERE dimension = 'assigned_at' OR dimension IN (SELECT name FROM dimensions WHERE fixed OR NOT (SELECT bool_or(fixed) FROM dimensions))
ORDER BY campaign, dimension, value, arm
