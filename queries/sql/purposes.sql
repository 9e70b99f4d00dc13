-- Grain: purpose of any consent in the store.
SELECT DISTINCT purpose FROM consent_flow WHERE segment = -1 ORDER BY purpose
