-- Grain: dimension of customers (segments) or of the survey (survey_segments).
SELECT table_name, column_name
FROM duckdb_columns()
WHERE database_name = current_database() AND table_name IN ('segments', 'survey_segments')
    AND column_name NOT IN ('segment_id', 'people')
