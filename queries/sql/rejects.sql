-- Grain: input, rule, column. Columns: rows rejected, those of them that are held
-- back until what the column names is delivered.
SELECT r.input, r.rule, r.column_name, r.rows, coalesce(h.rows, 0)
FROM rejects r LEFT JOIN held h ON h.input = r.input AND h.column_name = r.column_name AND r.rule = 'not_found'
ORDER BY r.input, r.rows DESC, r.rule, r.column_name
