-- Grain: dimension of customers, in order.
SELECT name, fixed FROM dimensions ORDER BY position
