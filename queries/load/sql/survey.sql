-- Grain: respondent. A weight that is not given is 1.
INSERT INTO store.survey
SELECT r.respondent, s.segment, r.customer, r.stance, r.wave, CAST(local_of(r.answered_at) AS DATE), coalesce(r.weight, 1), coalesce(r.reasons, [])
FROM respondents r JOIN respondents_segment s ON s.person = r.respondent
ORDER BY r.respondent;
