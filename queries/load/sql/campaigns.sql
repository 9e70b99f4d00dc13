-- Grain: campaign; the first row of each holds.
INSERT INTO store.campaigns
SELECT CAST(row_number() OVER (ORDER BY rowid) - 1 AS INTEGER), campaign_id, coalesce(name, campaign_id), channel,
    started_at, CAST(local_of(started_at) AS DATE), control_arm
FROM (
    SELECT *, rowid FROM campaigns_in WHERE reject IS NULL
    QUALIFY row_number() OVER (PARTITION BY campaign_id ORDER BY rowid) = 1
)
ORDER BY rowid;
