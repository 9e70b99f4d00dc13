-- Grain: table of the store that grows with the data. Columns: whether it is a
-- roll-up (they come last), its rows, the version of DuckDB that reads it.
SELECT table_name, table_name IN (SELECT name FROM roll_ups) AS roll_up, estimated_size, version()
FROM duckdb_tables()
WHERE database_name = current_database() AND NOT internal
    AND table_name NOT IN ('meta', 'dimensions', 'sources', 'rejects', 'held', 'deliveries', 'roll_ups') AND NOT starts_with(table_name, 'kept_') AND NOT starts_with(table_name, 'held_')
ORDER BY roll_up, table_name
