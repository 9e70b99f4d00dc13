-- Grain: input that was loaded. Columns: its file, rows read, loaded, rejected.
SELECT input, name, rows_read, rows_loaded, rows_rejected FROM sources
