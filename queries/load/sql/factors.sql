-- Grain: thing that happened around, on a day of the store's zone.
INSERT INTO store.factors
SELECT CAST(local_of(day) AS DATE), kind, label, region, value
FROM factors_in WHERE reject IS NULL
ORDER BY ALL;
