-- Grain: dimension, value, basis (express, any; '' = known), step. Parameters:
-- $purpose.
-- Columns: the step's last day (a Sunday, the as-of date, or 0001-01-01 for those
-- always known); starts and ends of validity on any channel within it, or
-- customers who became known and who left. Of everyone.
SELECT dimension, value, basis, CAST(last_day AS VARCHAR), starts, ends
FROM value_flow WHERE purpose IN ('', $purpose) ORDER BY dimension, value, basis, last_day
