-- Grain: the store. Columns: customers in all, customers known at the end of the
-- as-of date, survey respondents, campaigns.
SELECT (SELECT CAST(coalesce(sum(people), 0) AS BIGINT) FROM segments),
    (SELECT CAST(coalesce(sum(starts - ends), 0) AS BIGINT) FROM known_flow WHERE segment = -1),
    (SELECT count(*) FROM survey), (SELECT count(*) FROM campaigns)
