-- Grain: campaign.
INSERT INTO store.campaigns
SELECT CAST(row_number() OVER (ORDER BY rowid) - 1 AS INTEGER), campaign_id, coalesce(name, campaign_id), channel,
    started_at, CAST(local_of(started_at) AS DATE), control_arm
FROM campaigns_in WHERE reject IS NULL
ORDER BY rowid;
