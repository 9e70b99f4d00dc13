-- What is on record of the acts of giving and withdrawing, up to the as-of date.

-- Grain: segment (-1 = all), source ('' = not recorded). Measures, of consents
-- given or renewed: all; those with each field that a consent record (ISO/IEC TS
-- 27560:2023) has and the input carries: the notice, its language, the basis, the
-- method, the end (of an express consent none is needed), the channel, a
-- reference to the proof; those with all of them.
CREATE TABLE granted AS
SELECT e.customer, coalesce(e.source, '') AS source, CASE WHEN e.notice_version IS NULL THEN 0 ELSE 1 END AS notice,
    CASE WHEN n.language IS NULL THEN 0 ELSE 1 END AS language, CASE WHEN e.basis IS NULL THEN 0 ELSE 1 END AS basis,
    CASE WHEN e.method IS NULL THEN 0 ELSE 1 END AS method, CASE WHEN e.expires_at IS NULL AND e.basis <> 'express' THEN 0 ELSE 1 END AS expiry,
    CASE WHEN e.channel IS NULL THEN 0 ELSE 1 END AS channel, CASE WHEN e.source IS NULL THEN 0 ELSE 1 END AS sourced, CASE WHEN e.has_proof THEN 1 ELSE 0 END AS proof
FROM store.consents e LEFT JOIN store.notices n USING (notice_version)
WHERE e.state IN ('given', 'renewed') AND e.occurred_at < getvariable('until');
INSERT INTO store.proof
SELECT c.segment, source, count(*), sum(notice), sum(language), sum(basis), sum(method), sum(expiry), sum(channel), sum(sourced), sum(proof),
    sum(notice * language * basis * method * expiry * channel * sourced * proof)
FROM granted JOIN store.customers c USING (customer)
GROUP BY c.segment, source ORDER BY c.segment, source;
INSERT INTO store.proof
SELECT -1, source, sum(COLUMNS(* EXCLUDE (segment, source))) FROM store.proof GROUP BY source ORDER BY source;
DROP TABLE granted;

-- Grain: segment (-1 = all), act (give, withdraw), method ('' = not recorded).
-- Measures: acts; those of which it is recorded when they were heard of; of these
-- on the day itself, and within the grace of business days; days in all.
INSERT INTO store.effort
SELECT c.segment, act, method, count(*), count(days), sum(CASE WHEN days = 0 THEN 1 ELSE 0 END),
    sum(CASE WHEN business < getvariable('grace_business_days') THEN 1 ELSE 0 END), coalesce(sum(days), 0)
FROM (
    SELECT customer, CASE WHEN state = 'withdrawn' THEN 'withdraw' ELSE 'give' END AS act, coalesce(method, '') AS method,
        CASE WHEN received_at IS NOT NULL THEN greatest(0, CAST(local_of(received_at) AS DATE) - CAST(local_of(occurred_at) AS DATE)) END AS days,
        business_day(CAST(local_of(received_at) AS DATE)) - business_day(CAST(local_of(occurred_at) AS DATE)) AS business
    FROM store.consents
    WHERE occurred_at < getvariable('until') AND (state = 'withdrawn' OR state = 'given' AND coalesce(basis, 'express') = 'express')
) acts JOIN store.customers c USING (customer)
GROUP BY c.segment, act, method ORDER BY c.segment, act, method;
INSERT INTO store.effort
SELECT -1, act, method, sum(COLUMNS(* EXCLUDE (segment, act, method))) FROM store.effort GROUP BY act, method ORDER BY act, method;
