-- Grain: cell, state ('known' too), month end. Parameters: $segments and, of
-- each, its cell ($cells); $purpose, $channel.
-- Columns: change of the customers in the state since the month before.
SELECT g.cell, s.state, CAST(s.last_day AS VARCHAR), CAST(sum(s.change) AS BIGINT)
FROM consent_states s
JOIN (SELECT unnest($segments::INTEGER[]) AS segment, unnest($cells::INTEGER[]) AS cell) g ON g.segment = s.segment
WHERE (s.purpose = $purpose AND s.channel = $channel) OR s.state = 'known'
GROUP BY g.cell, s.state, s.last_day ORDER BY g.cell, s.state, s.last_day
