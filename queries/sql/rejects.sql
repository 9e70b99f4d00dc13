-- Grain: input, rule, column. Columns: rows rejected.
SELECT input, rule, column_name, rows FROM rejects ORDER BY input, rows DESC, rule, column_name
