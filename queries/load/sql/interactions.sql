-- Grain: contact outside campaigns.
INSERT INTO store.interactions
SELECT customer, occurred_at, channel, kind FROM interactions_in WHERE reject IS NULL;
DROP TABLE interactions_in;
