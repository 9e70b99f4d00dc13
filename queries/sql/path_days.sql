-- Grain: day of the paths that everyone's, or those of segments, hold. Parameters:
-- $everyone. Columns: its digit in a path.
SELECT place, CAST(day AS VARCHAR) FROM path_days WHERE CASE WHEN $everyone THEN of_total ELSE of_segments END ORDER BY day
