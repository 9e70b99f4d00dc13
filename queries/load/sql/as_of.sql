-- The as-of date: the one given, else the day of the last event in the store's
-- zone; NULL where nothing is dated.
SET VARIABLE as_of = coalesce(getvariable('as_of_given'), (
    SELECT CAST(local_of(max(t)) AS DATE) FROM (
        SELECT max(greatest(created_at, left_at)) FROM people
        UNION ALL SELECT max(occurred_at) FROM store.consents
        UNION ALL SELECT max(started_at) FROM store.campaigns
        UNION ALL SELECT max(greatest(assigned_at, delivered_at_time, visited_time, opened_time, clicked_time, converted_time, unsubscribed_time, complained_time)) FROM assignments_in WHERE reject IS NULL
        UNION ALL SELECT max(answered_at) FROM respondents
        UNION ALL SELECT max(occurred_at) FROM store.purchases
        UNION ALL SELECT max(occurred_at) FROM store.interactions
    ) events(t)));
-- The first moment after the as-of date, in UTC.
SET VARIABLE until = (SELECT utc_of(CAST(getvariable('as_of') AS TIMESTAMP) + INTERVAL 1 DAY));
-- How many Mondays to Fridays there are up to a day.
CREATE TEMP MACRO business_day(day) AS (day - DATE '1970-01-05') // 7 * 5 + least((day - DATE '1970-01-05') % 7 + 1, 5);
-- The last day of the week of a day, or the as-of date in the last week.
CREATE TEMP MACRO week_end(day) AS least(CAST(date_trunc('week', day) AS DATE) + 6, CAST(getvariable('as_of') AS DATE));
