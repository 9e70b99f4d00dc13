-- Grain: spell of one customer on any channel, express or on any basis.
-- Parameter: $pseudonym. Columns: purpose, basis, start and end (UTC, NULL = open),
-- and what ended it.
SELECT purpose, basis, started_at, ended_at, coalesce(ended_by, '')
FROM spells JOIN customers USING (customer)
WHERE pseudonym = $pseudonym::UUID AND channel = 'any' AND basis IN ('express', 'any')
ORDER BY purpose, basis DESC, started_at
