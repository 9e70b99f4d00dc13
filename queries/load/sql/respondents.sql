-- Grain: respondent; the first row of each holds. customer is NULL where the
-- respondent is not linked, or linked to a customer that was not loaded.
CREATE TABLE respondents AS
SELECT CAST(row_number() OVER (ORDER BY rowid) - 1 AS INTEGER) AS respondent, * EXCLUDE (reject, respondent_id, rowid)
FROM (
    SELECT *, rowid FROM survey_in WHERE reject IS NULL
    QUALIFY row_number() OVER (PARTITION BY respondent_id ORDER BY rowid) = 1
);
