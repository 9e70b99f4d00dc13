-- Grain: respondent. customer is NULL where the
-- respondent is not linked, or linked to a customer that was not loaded.
CREATE TABLE respondents AS
SELECT CAST(row_number() OVER (ORDER BY rowid) - 1 AS INTEGER) AS respondent, pseudonym_of(respondent_id) AS respondent_key, * EXCLUDE (reject, respondent_id)
FROM survey_in WHERE reject IS NULL;
