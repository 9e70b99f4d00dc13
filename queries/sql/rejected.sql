-- Grain: input with rejected rows. Columns: rows rejected, rows read.
SELECT input, rows_rejected, rows_read FROM sources WHERE rows_rejected > 0 ORDER BY rows_rejected DESC
