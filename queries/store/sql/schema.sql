-- The tables of a store. Customers, campaigns and segments are dense integers;
-- times are UTC, days are of the store's zone; money is in hundredths of the
-- currency's unit. `segments` and `survey_segments` are created beside these
-- with one text column per dimension.

CREATE TABLE meta (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- One row a dimension, in order.
CREATE TABLE dimensions (position INTEGER, name VARCHAR, fixed BOOLEAN);

-- What was read: rows read = loaded + rejected, for every input.
CREATE TABLE sources (input VARCHAR, name VARCHAR, rows_read BIGINT, rows_loaded BIGINT, rows_rejected BIGINT);
CREATE TABLE rejects (input VARCHAR, rule VARCHAR, column_name VARCHAR, rows BIGINT);
-- Of the rows rejected because what a column names was not found, those that are
-- held back, in a table held_<input> each, until it is delivered.
CREATE TABLE held (input VARCHAR, column_name VARCHAR, rows BIGINT);
-- Files that were read, as they were then.
CREATE TABLE deliveries (name VARCHAR, bytes BIGINT, modified TIMESTAMP);

-- Facts.
CREATE TABLE customers (
    customer INTEGER, pseudonym UUID, segment INTEGER,
    known_from TIMESTAMP, -- NULL = always
    left_at TIMESTAMP, created_at TIMESTAMP);
CREATE TABLE consents (
    customer INTEGER, purpose VARCHAR, channel VARCHAR, basis VARCHAR, state VARCHAR,
    occurred_at TIMESTAMP, received_at TIMESTAMP, expires_at TIMESTAMP,
    notice_version VARCHAR, source VARCHAR, method VARCHAR, has_proof BOOLEAN);
CREATE TABLE campaigns (
    campaign INTEGER, campaign_id VARCHAR, name VARCHAR, channel VARCHAR,
    started_at TIMESTAMP, started DATE, control_arm VARCHAR);
CREATE TABLE arms (
    campaign INTEGER, arm VARCHAR, content VARCHAR, purposes VARCHAR[],
    requires_consent BOOLEAN, planned_share DOUBLE);
-- Few words, which are numbers to the machine: whoever sorts and groups many rows
-- by them is twice as fast. The names of arms are added once they are known.
CREATE TYPE truth AS ENUM ('yes', 'no', 'unknown');
CREATE TABLE assignments (
    campaign INTEGER, arm VARCHAR, customer INTEGER,
    segment INTEGER,      -- the customer's, so that adding up needs no join
    assigned_at TIMESTAMP, delivered_at TIMESTAMP, delivered_content VARCHAR,
    opted_in truth,       -- for the campaign's purposes and channel, at assignment
    in_two_arms BOOLEAN,  -- left out of every comparison, and counted
    once BOOLEAN,         -- of a customer's rows in two arms, the one that counts the customer
    mature BOOLEAN,       -- the outcome window is over
    consent_mature BOOLEAN, -- so are the 30 days of consent_won and consent_withdrawn
    -- outcomes within the window: NULL = not recorded
    delivered BOOLEAN, visited BOOLEAN, opened BOOLEAN, clicked BOOLEAN, converted BOOLEAN,
    unsubscribed BOOLEAN, complained BOOLEAN,
    consent_won BOOLEAN,       -- an express consent began for a purpose that the customer was not opted in to at assignment
    consent_withdrawn BOOLEAN, -- the customer withdrew a consent
    revenue BIGINT, pre_value BIGINT,
    opened_at TIMESTAMP, clicked_at TIMESTAMP, converted_at TIMESTAMP, -- as recorded, whenever
    opened_by_machine BOOLEAN, clicked_by_machine BOOLEAN,
    -- what the rest was derived from, so that it can be derived again
    visited_at TIMESTAMP, unsubscribed_at TIMESTAMP, complained_at TIMESTAMP,
    given_revenue BIGINT,
    given UINTEGER);      -- two bits each, 0 = nothing, 1 = false, 2 = true: delivered visited opened clicked converted unsubscribed complained opened_by_machine clicked_by_machine
CREATE TABLE purchases (customer INTEGER, occurred_at TIMESTAMP, amount BIGINT, category VARCHAR, channel VARCHAR);
CREATE TABLE interactions (customer INTEGER, occurred_at TIMESTAMP, channel VARCHAR, kind VARCHAR);
CREATE TABLE notices (notice_version VARCHAR, effective_from DATE, mechanism VARCHAR, language VARCHAR, text VARCHAR);
CREATE TABLE factors (day DATE, kind VARCHAR, label VARCHAR, region VARCHAR, value DOUBLE);
CREATE TABLE survey (
    respondent INTEGER, segment INTEGER, customer INTEGER, stance VARCHAR, wave VARCHAR,
    answered DATE, weight DECIMAL(18, 6), reasons VARCHAR[]);

-- Columns that were considered as dimensions and fit, in order; of those that
-- segments do not hold as they are, a table kept_<input> does: numbers to two
-- significant digits, by which they are banded.
CREATE TABLE kept_columns (input VARCHAR, position INTEGER, name VARCHAR, fixed BOOLEAN, banded BOOLEAN);

-- Grain: an unbroken time of validity of a customer's consent for a purpose on
-- a channel ('any' = on at least one) and basis ('any' = on at least one).
-- ended_at NULL = still valid; it may lie after the as-of date.
CREATE TABLE spells (
    customer INTEGER, purpose VARCHAR, channel VARCHAR, basis VARCHAR,
    started_at TIMESTAMP, ended_at TIMESTAMP, ended_by VARCHAR);

-- Roll-ups: additive, keyed by segment; segment -1 holds the total. Their names
-- are data, so that what lists the store's tables can tell them from facts.
CREATE TABLE roll_ups (name VARCHAR PRIMARY KEY);
INSERT INTO roll_ups VALUES ('consent_flow'), ('split'), ('known_flow'), ('value_flow'), ('lift'),
    ('funnel'), ('duration'), ('expiring'), ('consent_states'), ('spending'),
    ('engagement'), ('moments'), ('moment_split'), ('fatigue'), ('reach');
INSERT INTO roll_ups VALUES ('paths'), ('ladder'), ('pulse'), ('stated'), ('stance_won'), ('won_kept'),
    ('sent'), ('proof'), ('effort'), ('retention');

-- Grain: a day where segment = -1, else a week (last_day is its Sunday, the
-- as-of date in the last week) of the bases express and any. Starts and ends of
-- spells up to the as-of date.
CREATE TABLE consent_flow (
    last_day DATE, segment INTEGER, purpose VARCHAR, channel VARCHAR, basis VARCHAR,
    starts BIGINT, ends BIGINT);
-- Grain: campaign, arm, dimension, value. Customers assigned. The days on which
-- they were are values of the dimension assigned_at.
CREATE TABLE split (campaign INTEGER, arm VARCHAR, dimension VARCHAR, value VARCHAR, assigned BIGINT);
-- Grain: the same as of consent_flow. Customers who became known and who left. Those always known
-- start on the day 0001-01-01.
CREATE TABLE known_flow (last_day DATE, segment INTEGER, starts BIGINT, ends BIGINT);
-- Grain: week, dimension, value, purpose, basis ('' and '' = known customers), of
-- the channel any: consent_flow and known_flow by each single dimension.
CREATE TABLE value_flow (
    last_day DATE, dimension VARCHAR, value VARCHAR, purpose VARCHAR, basis VARCHAR, starts BIGINT, ends BIGINT);
-- Grain: campaign, arm, opted in at assignment, segment. in_two_arms counts
-- each customer in one of the arms; mature and immature leave them out. Outcomes are of mature
-- assignments, of consents where their 30 days are over; X_seen counts those where X is recorded, X those where it is
-- true, X_pre the sum of pre_value over those. machine_open and machine_click
-- count what a machine did among them. Sums that may be wide are in two parts:
-- X_high counts 10^18s, X is what is left.
CREATE TABLE lift (
    campaign INTEGER, arm VARCHAR, opted_in VARCHAR, segment INTEGER,
    assigned BIGINT, in_two_arms BIGINT, mature BIGINT, immature BIGINT, delivered_seen BIGINT, delivered BIGINT,
    visit_seen BIGINT, visit BIGINT, visit_pre BIGINT, visit_pre_high BIGINT,
    open_seen BIGINT, open BIGINT, open_pre BIGINT, open_pre_high BIGINT,
    click_seen BIGINT, click BIGINT, click_pre BIGINT, click_pre_high BIGINT,
    conversion_seen BIGINT, conversion BIGINT, conversion_pre BIGINT, conversion_pre_high BIGINT,
    unsubscribe_seen BIGINT, unsubscribe BIGINT, unsubscribe_pre BIGINT, unsubscribe_pre_high BIGINT,
    complaint_seen BIGINT, complaint BIGINT, complaint_pre BIGINT, complaint_pre_high BIGINT,
    consent_won_seen BIGINT, consent_won BIGINT, consent_won_pre BIGINT, consent_won_pre_high BIGINT,
    consent_withdrawn_seen BIGINT, consent_withdrawn BIGINT, consent_withdrawn_pre BIGINT, consent_withdrawn_pre_high BIGINT,
    machine_open BIGINT, machine_click BIGINT,
    revenue_seen BIGINT, revenue_people BIGINT, revenue BIGINT, revenue_high BIGINT, revenue_sq BIGINT, revenue_sq_high BIGINT,
    revenue_capped BIGINT, revenue_capped_high BIGINT, revenue_capped_sq BIGINT, revenue_capped_sq_high BIGINT, revenue_pre BIGINT, revenue_pre_high BIGINT,
    pre_seen BIGINT, pre BIGINT, pre_high BIGINT, pre_sq BIGINT, pre_sq_high BIGINT,
    reached_seen BIGINT, reached_click BIGINT); -- of mature assignments that were delivered: clicks recorded, clicked
-- Grain: the month asked where segment = -1, else the quarter, by its first day;
-- purpose, channel, notice and method ('' = not recorded). Requests whose 30
-- days to answer are over, of these those answered and opted in; waiting ones.
CREATE TABLE funnel (
    month DATE, segment INTEGER, purpose VARCHAR, channel VARCHAR, notice VARCHAR, method VARCHAR,
    requests BIGINT, answered BIGINT, opted_in BIGINT, waiting BIGINT);
-- Grain: segment, purpose, steps of 28 days, ended. Customers by how long their
-- first express consent was seen, and whether it had ended then.
CREATE TABLE duration (segment INTEGER, purpose VARCHAR, steps INTEGER, ended BOOLEAN, customers BIGINT);
-- Grain: segment, purpose, channel, basis. Consents valid at the end of the
-- as-of date, and those of them that expire within so many days.
CREATE TABLE expiring (
    segment INTEGER, purpose VARCHAR, channel VARCHAR, basis VARCHAR,
    valid BIGINT, within_30 BIGINT, within_90 BIGINT, within_365 BIGINT);
-- Grain: month end (the as-of date in the last month), segment, purpose,
-- channel, state (opted_in contactable refused lapsed unanswered; 'known' of no
-- purpose and channel). Change of the number of customers in the state since the
-- month before; those never asked are the rest of the known. Single channels
-- have the as-of date alone.
CREATE TABLE consent_states (
    last_day DATE, segment INTEGER, purpose VARCHAR, channel VARCHAR, state VARCHAR, change BIGINT);
-- Grain: month end (the as-of date in the last month), segment. Purchases made
-- in the month; customers who made them; sums of their amounts and squares.
CREATE TABLE spending (
    last_day DATE, segment INTEGER, purchases BIGINT, buyers BIGINT, amount HUGEINT, amount_sq HUGEINT);
-- Grain: kind (click, open, opener, conversion, unsubscribe, complaint: of
-- messages delivered; visit, revenue: of assignments; purchase). By how much the
-- variance of a rate or mean is larger than if its items were of as many people,
-- because a customer's own are alike. 1 or more.
CREATE TABLE clustering (kind VARCHAR, factor DOUBLE);
-- Grain: week of delivery (its Sunday, the as-of date in the last week; NULL =
-- undated), campaign, content ('' = not recorded), opted in at assignment,
-- delivered (false = the campaign records no delivery, and messages are all
-- assigned but holdouts), segment. Mature messages of customers in one arm. X_seen counts
-- those where X is recorded, X those where a person did it, X_any where a machine
-- or a person did; opener_seen the opens whose clicks are recorded, opener_click
-- those that were clicked. Sums of money are exact in two parts, as adding wide integers up is
-- many times slower: X_high counts 10^18s, X is what is left.
CREATE TABLE engagement (
    last_day DATE, campaign INTEGER, content VARCHAR, opted_in VARCHAR, delivered BOOLEAN, segment INTEGER, messages BIGINT,
    visit_seen BIGINT, visit BIGINT, open_seen BIGINT, open BIGINT, open_any BIGINT, click_seen BIGINT, click BIGINT, click_any BIGINT,
    opener_seen BIGINT, opener_click BIGINT, conversion_seen BIGINT, conversion BIGINT, unsubscribe_seen BIGINT, unsubscribe BIGINT,
    complaint_seen BIGINT, complaint BIGINT, revenue_seen BIGINT, revenue_people BIGINT,
    revenue BIGINT, revenue_high BIGINT, revenue_sq BIGINT, revenue_sq_high BIGINT);
-- Grain: segment, channel, spread (the campaign's messages came at many hours of
-- the week), weekday (1 = Monday), hour of delivery by the store's clock.
-- Messages whose opens (clicks, conversions) are recorded, what people did, and
-- what their campaigns' rates let expect, in millionths.
CREATE TABLE moments (
    segment INTEGER, channel VARCHAR, spread BOOLEAN, weekday TINYINT, hour TINYINT,
    open_seen BIGINT, open BIGINT, open_expected BIGINT, click_seen BIGINT, click BIGINT, click_expected BIGINT, conversion_seen BIGINT, conversion BIGINT, conversion_expected BIGINT);
-- Grain: channel, weekday, hour, dimension, value. Messages of spread campaigns.
CREATE TABLE moment_split (channel VARCHAR, weekday TINYINT, hour TINYINT, dimension VARCHAR, value VARCHAR, messages BIGINT);
-- Grain: month of delivery (its last day, the as-of date in the last month),
-- segment, messages that the customer had in it (12 = 12 or more). Customers;
-- clicks and unsubscribes recorded and done, of mature messages of customers in
-- one arm, and the clicks that their campaigns' rates let expect, in millionths.
CREATE TABLE fatigue (
    last_day DATE, segment INTEGER, messages TINYINT, customers BIGINT, click_seen BIGINT, click BIGINT, click_expected BIGINT, unsubscribe_seen BIGINT, unsubscribe BIGINT);

-- Grain: segment, months: a bit for each month back from the as-of date's, bit 60
-- for all before, in which a message was delivered; or where that would be too many
-- rows, for each step = 3 or 12 months. Customers. No total: any sum is one.
CREATE TABLE reach (segment INTEGER, step TINYINT, months BIGINT, customers BIGINT);

-- Grain: day of the paths, the oldest first: month ends, and the as-of date. place
-- is its digit; whether the paths of everyone, and those of segments, hold it.
CREATE TABLE path_days (place INTEGER, day DATE, of_total BOOLEAN, of_segments BOOLEAN);
-- Grain: segment, purpose, path: the states of consent on path_days, a hexadecimal
-- digit each, the oldest the lowest; the first 13 in early, the others in late: 0
-- not known, 1 never asked, 2 unanswered, 3 refused, 4 lapsed, 5 contactable, 6
-- opted in. Purpose '' = known (1) or not. Customers; those without any event for
-- a purpose are in none of its rows.
CREATE TABLE paths (segment INTEGER, purpose VARCHAR, early BIGINT, late BIGINT, customers BIGINT);
-- Grain: month end, segment, purposes shared (opted in to) at the month end before
-- and at this one, -1 = not known then. Customers whose number changed.
CREATE TABLE ladder (last_day DATE, segment INTEGER, before INTEGER, after INTEGER, customers BIGINT);
-- Grain: month end, segment, purpose ('' = any). Acts (a customer's of one day are
-- one) of renewal, of these of express consent, and of withdrawal; change of the
-- customers with a valid consent since the month end before.
CREATE TABLE pulse (
    last_day DATE, segment INTEGER, purpose VARCHAR, renewals BIGINT, express_renewals BIGINT, withdrawals BIGINT, valid_change BIGINT);
-- Grain: month of the answer, segment, purpose, stance, opted in on that day.
-- Answers of respondents linked to a customer known then, sums of weights and
-- squares. No total: it grows with the survey.
CREATE TABLE stated (
    month DATE, segment INTEGER, purpose VARCHAR, stance VARCHAR, opted_in BOOLEAN,
    people BIGINT, weight DECIMAL(38, 6), weight_sq DECIMAL(38, 12));
-- Grain: campaign, arm, stance of the linked respondent, segment. Assignments to
-- one arm whose 30 days are over, those that won a consent, those after which one
-- was withdrawn. No total: it grows with the survey.
CREATE TABLE stance_won (
    campaign INTEGER, arm VARCHAR, stance VARCHAR, segment INTEGER, seen BIGINT, won BIGINT, withdrawn BIGINT);
-- Grain: campaign, arm, segment. Assignments that won a consent, 120 days ago or
-- more, and those of which one so won was withdrawn within 90 days.
CREATE TABLE won_kept (campaign INTEGER, arm VARCHAR, segment INTEGER, watched BIGINT, again BIGINT);
-- Grain: campaign, arm, segment, reason, least days since (0, 30, 90, 365; -1 =
-- none). Messages delivered without a valid consent at the time of sending.
CREATE TABLE sent (campaign INTEGER, arm VARCHAR, segment INTEGER, reason VARCHAR, age INTEGER, messages BIGINT);
-- Grain: segment, source. Consents given or renewed, and those with each field on
-- record; of sources ('' = not recorded).
CREATE TABLE proof (
    segment INTEGER, source VARCHAR, grants BIGINT, notice BIGINT, language BIGINT, basis BIGINT, method BIGINT,
    expiry BIGINT, channel BIGINT, sourced BIGINT, proof BIGINT, complete BIGINT);
-- Grain: segment, act (give: expressly; withdraw), method. Acts, those of which it
-- is known when they were heard of, of these on the same day and within the grace,
-- days in all.
CREATE TABLE effort (
    segment INTEGER, act VARCHAR, method VARCHAR, acts BIGINT, timed BIGINT, same_day BIGINT, in_grace BIGINT, days BIGINT);
-- Steps that each method takes a customer, as configured.
CREATE TABLE method_steps (method VARCHAR PRIMARY KEY, steps INTEGER);
-- Grain: segment, kind (left, inactive: customers; ended: consents), whole years of
-- age, 10 = more. Records, and those past the configured period.
CREATE TABLE retention (segment INTEGER, kind VARCHAR, years INTEGER, records BIGINT, past BIGINT);
