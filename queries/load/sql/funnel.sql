-- Grain: purpose, channel, notice, method (how it was asked), month asked where
-- segment = -1, else segment and the first month of the quarter asked: months
-- and segments together would pass the bound on rows.
-- Measures, of requests: those whose 30 days to answer are over, of these those
-- answered yes or no and those opted in (yes, expressly); waiting = those whose
-- 30 days are not over.
-- The unit is a request. Its answer is the first one given, renewed or refused
-- by the same customer for the same purpose and channel within 30 days and
-- before the next request; "not now" is no answer. Events without a channel are
-- a channel of their own, 'any'.
-- An answer is a number: 2 for given, 4 for renewed and 6 for refused, one more
-- where it is express; 0 is another request.
CREATE TABLE request_track AS
SELECT * FROM (
    SELECT track, answer AS request, occurred_at, notice_version, method,
        lead(answer) OVER line AS answer, lead(occurred_at) OVER line AS answered_at, lead(notice_version) OVER line AS answer_notice
    FROM (
        SELECT e.customer * getvariable('spots') + s.spot AS track, e.occurred_at, e.notice_version, e.method,
            CASE e.state WHEN 'requested' THEN 0 WHEN 'given' THEN 2 WHEN 'renewed' THEN 4 ELSE 6 END
                + CASE WHEN e.state <> 'requested' AND coalesce(e.basis, 'express') = 'express' THEN 1 ELSE 0 END AS answer
        FROM store.consents e JOIN spots s ON s.purpose = e.purpose AND s.channel = coalesce(e.channel, 'any')
        WHERE e.state IN ('requested', 'given', 'renewed', 'refused') AND e.occurred_at < getvariable('until')
    )
    WINDOW line AS (PARTITION BY track ORDER BY occurred_at, answer // 2, notice_version)
)
WHERE request = 0;

CREATE TABLE request AS
SELECT segment, p.purpose, p.channel, notice, method, month, count(*) - sum(waits) AS requests,
    sum(CASE WHEN waits = 0 THEN answers ELSE 0 END) AS answered,
    sum(CASE WHEN waits = 0 AND answer IN (3, 5) THEN answers ELSE 0 END) AS opted_in,
    sum(waits) AS waiting
FROM (
    SELECT c.segment, r.track % getvariable('spots') AS spot, r.answer, coalesce(r.method, '') AS method,
        CAST(date_trunc('month', local_of(r.occurred_at)) AS DATE) AS month,
        CASE WHEN r.answer > 0 AND r.answered_at < r.occurred_at + INTERVAL 30 DAY THEN 1 ELSE 0 END AS answers,
        CASE WHEN r.occurred_at + INTERVAL 30 DAY > getvariable('until') THEN 1 ELSE 0 END AS waits,
        coalesce(r.notice_version, CASE WHEN answers = 1 THEN r.answer_notice END, '') AS notice
    FROM request_track r JOIN store.customers c ON c.customer = r.track // getvariable('spots')
) requests
JOIN spots p USING (spot)
GROUP BY segment, p.purpose, p.channel, notice, method, month;

INSERT INTO store.funnel
SELECT month, -1, purpose, channel, notice, method, sum(requests), sum(answered), sum(opted_in), sum(waiting)
FROM request GROUP BY month, purpose, channel, notice, method ORDER BY purpose, channel, notice, method, month;
INSERT INTO store.funnel
SELECT CAST(date_trunc('quarter', month) AS DATE) AS quarter, segment, purpose, channel, notice, method, sum(requests), sum(answered), sum(opted_in), sum(waiting)
FROM request GROUP BY quarter, segment, purpose, channel, notice, method ORDER BY purpose, channel, notice, method, segment, quarter;
DROP TABLE request_track; DROP TABLE request;
