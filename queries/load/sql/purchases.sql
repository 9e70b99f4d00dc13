-- Grain: purchase.
INSERT INTO store.purchases
SELECT customer, occurred_at, amount, category, channel FROM purchases_in WHERE reject IS NULL;
DROP TABLE purchases_in;
