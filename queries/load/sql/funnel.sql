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
CREATE TABLE request_track AS
SELECT customer, purpose, channel, state, occurred_at, notice_version, method,
    lead(state) OVER track AS answer, lead(basis) OVER track AS answer_basis,
    lead(occurred_at) OVER track AS answered_at, lead(notice_version) OVER track AS answer_notice
FROM (
    SELECT customer, purpose, coalesce(channel, 'any') AS channel, state, coalesce(basis, 'express') AS basis, occurred_at, notice_version, method
    FROM store.consents
    WHERE state IN ('requested', 'given', 'renewed', 'refused') AND occurred_at < getvariable('until')
) events
WINDOW track AS (PARTITION BY customer, purpose, channel ORDER BY occurred_at, state <> 'requested', state = 'refused', state, notice_version);

CREATE TABLE request AS
SELECT segment, purpose, channel, notice, method, month, count(*) - sum(waits) AS requests,
    sum(CASE WHEN waits = 0 THEN answers ELSE 0 END) AS answered,
    sum(CASE WHEN waits = 0 AND answer <> 'refused' AND answer_basis = 'express' THEN answers ELSE 0 END) AS opted_in,
    sum(waits) AS waiting
FROM (
    SELECT c.segment, r.purpose, r.channel, r.answer, r.answer_basis, coalesce(r.method, '') AS method,
        CAST(date_trunc('month', local_of(r.occurred_at)) AS DATE) AS month,
        CASE WHEN r.answer <> 'requested' AND r.answered_at < r.occurred_at + INTERVAL 30 DAY THEN 1 ELSE 0 END AS answers,
        CASE WHEN r.occurred_at + INTERVAL 30 DAY > getvariable('until') THEN 1 ELSE 0 END AS waits,
        coalesce(r.notice_version, CASE WHEN answers = 1 THEN r.answer_notice END, '') AS notice
    FROM request_track r JOIN store.customers c USING (customer)
    WHERE r.state = 'requested'
) requests
GROUP BY segment, purpose, channel, notice, method, month;

INSERT INTO store.funnel
SELECT month, -1, purpose, channel, notice, method, sum(requests), sum(answered), sum(opted_in), sum(waiting)
FROM request GROUP BY month, purpose, channel, notice, method ORDER BY purpose, channel, notice, method, month;
INSERT INTO store.funnel
SELECT CAST(date_trunc('quarter', month) AS DATE) AS quarter, segment, purpose, channel, notice, method, sum(requests), sum(answered), sum(opted_in), sum(waiting)
FROM request GROUP BY quarter, segment, purpose, channel, notice, method ORDER BY purpose, channel, notice, method, segment, quarter;
DROP TABLE request_track; DROP TABLE request;
