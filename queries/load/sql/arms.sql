-- Grain: arm of a campaign. An arm's place among
-- all arms stands for it where there are many rows.
INSERT INTO store.arms
SELECT campaign, arm, content, coalesce(purposes, []), coalesce(requires_consent, true), planned_share
FROM arms_in WHERE reject IS NULL
ORDER BY campaign, rowid;
CREATE TYPE store.arm AS ENUM (SELECT arm FROM store.arms UNION SELECT '' ORDER BY arm); -- never empty, which a type must not be
ALTER TABLE store.assignments ALTER arm TYPE store.arm;
CREATE TABLE arm_places AS
SELECT campaign, arm, CAST(arm AS store.arm) AS arm_name, content, CAST(row_number() OVER (ORDER BY campaign, arm) AS INTEGER) AS arm_place FROM store.arms;
