-- Grain: all. Parameters: $everyone or $segments; the bits of the months wanted,
-- by how many months a bit stands for: $months, $quarters, $years.
-- Columns: months that a bit stands for (0 = nobody was reached on a known day);
-- customers who had a message delivered in the months wanted; customers.
SELECT CAST(coalesce(max(step), 0) AS INTEGER),
    CAST(coalesce(sum(CASE WHEN months & CASE step WHEN 1 THEN $months::BIGINT WHEN 3 THEN $quarters::BIGINT ELSE $years::BIGINT END <> 0 THEN customers END), 0) AS BIGINT),
    (SELECT CAST(coalesce(sum(people), 0) AS BIGINT) FROM segments WHERE $everyone OR segment_id IN (SELECT unnest($segments::INTEGER[])))
FROM reach WHERE $everyone OR segment IN (SELECT unnest($segments::INTEGER[]))
