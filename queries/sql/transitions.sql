-- Grain: state at first, state at last (digits of paths), purpose ('' = known or
-- not). Parameters: $segments, $purpose, $first and $last (places in a path).
-- Columns: customers.
SELECT purpose, before, after, CAST(sum(customers) AS BIGINT)
FROM (
    SELECT purpose, customers,
        CASE WHEN $first::INTEGER < 13 THEN early >> (4 * least($first::INTEGER, 12)) ELSE late >> (4 * greatest($first::INTEGER - 13, 0)) END & 15 AS before,
        CASE WHEN $last::INTEGER < 13 THEN early >> (4 * least($last::INTEGER, 12)) ELSE late >> (4 * greatest($last::INTEGER - 13, 0)) END & 15 AS after
    FROM paths WHERE segment IN (SELECT unnest($segments::INTEGER[])) AND purpose IN ('', $purpose)
)
GROUP BY purpose, before, after
