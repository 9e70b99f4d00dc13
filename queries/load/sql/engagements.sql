-- Grain: assignment. A log of events, folded onto the assignments: of each kind
-- the first event from the assignment on, of opens and clicks a person's first
-- before a machine's. What conversions brought counts within the window.
CREATE TABLE folded AS
SELECT a.rowid AS line,
    min(CASE WHEN kind = 'delivered' THEN occurred_at END) AS delivered_time,
    min(CASE WHEN kind = 'visit' THEN occurred_at END) AS visited_time,
    coalesce(min(CASE WHEN kind = 'open' AND is_machine IS NOT TRUE THEN occurred_at END), min(CASE WHEN kind = 'open' THEN occurred_at END)) AS opened_time,
    coalesce(min(CASE WHEN kind = 'click' AND is_machine IS NOT TRUE THEN occurred_at END), min(CASE WHEN kind = 'click' THEN occurred_at END)) AS clicked_time,
    bool_and(CASE WHEN kind = 'open' THEN is_machine IS TRUE END) AS opened_by_machine,
    bool_and(CASE WHEN kind = 'click' THEN is_machine IS TRUE END) AS clicked_by_machine,
    min(CASE WHEN kind = 'conversion' THEN occurred_at END) AS converted_time,
    min(CASE WHEN kind = 'unsubscribe' THEN occurred_at END) AS unsubscribed_time,
    min(CASE WHEN kind = 'complaint' THEN occurred_at END) AS complained_time,
    sum(CASE WHEN kind = 'conversion' AND (a.assigned_at IS NULL OR occurred_at < a.assigned_at + to_days(CAST(getvariable('window_days') AS INTEGER))) THEN amount END) AS revenue
FROM engagements_in e JOIN assignments_in a ON a.campaign = e.campaign AND a.customer = e.customer
WHERE e.reject IS NULL AND a.reject IS NULL AND (a.assigned_at IS NULL OR e.occurred_at >= a.assigned_at)
GROUP BY a.rowid;

CREATE TABLE merged AS
SELECT a.* REPLACE (
    CASE WHEN f.delivered_time IS NOT NULL THEN true ELSE a.delivered_at END AS delivered_at, coalesce(a.delivered_at_time, f.delivered_time) AS delivered_at_time,
    CASE WHEN f.visited_time IS NOT NULL THEN true ELSE a.visited END AS visited, coalesce(a.visited_time, f.visited_time) AS visited_time,
    CASE WHEN f.opened_time IS NOT NULL THEN true ELSE a.opened END AS opened, coalesce(a.opened_time, f.opened_time) AS opened_time,
    CASE WHEN f.clicked_time IS NOT NULL THEN true ELSE a.clicked END AS clicked, coalesce(a.clicked_time, f.clicked_time) AS clicked_time,
    CASE WHEN f.converted_time IS NOT NULL THEN true ELSE a.converted END AS converted, coalesce(a.converted_time, f.converted_time) AS converted_time,
    CASE WHEN f.unsubscribed_time IS NOT NULL THEN true ELSE a.unsubscribed END AS unsubscribed, coalesce(a.unsubscribed_time, f.unsubscribed_time) AS unsubscribed_time,
    CASE WHEN f.complained_time IS NOT NULL THEN true ELSE a.complained END AS complained, coalesce(a.complained_time, f.complained_time) AS complained_time,
    coalesce(a.opened_by_machine, f.opened_by_machine) AS opened_by_machine, coalesce(a.clicked_by_machine, f.clicked_by_machine) AS clicked_by_machine,
    coalesce(a.revenue, CAST(f.revenue AS BIGINT)) AS revenue
), a.rowid AS before
FROM assignments_in a LEFT JOIN folded f ON f.line = a.rowid;

-- Events of customers who were not assigned to their campaign.
CREATE TABLE loose AS SELECT e.rowid AS line FROM engagements_in e
WHERE e.reject IS NULL AND NOT EXISTS (SELECT 1 FROM assignments_in a WHERE a.reject IS NULL AND a.campaign = e.campaign AND a.customer = e.customer);
DROP TABLE folded; DROP TABLE assignments_in;
ALTER TABLE merged RENAME TO assignments_in;
