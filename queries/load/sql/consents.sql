-- Grain: consent event. A channel named "any" is every channel, as none is.
INSERT INTO store.consents
SELECT customer, purpose, CASE WHEN lower(channel) <> 'any' THEN channel END, basis, state,
    occurred_at, received_at, expires_at, notice_version, source, method, proof IS NOT NULL
FROM consents_in WHERE reject IS NULL;
DROP TABLE consents_in;
