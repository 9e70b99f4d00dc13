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
CREATE TABLE assignments (
    campaign INTEGER, arm VARCHAR, customer INTEGER,
    assigned_at TIMESTAMP, delivered_at TIMESTAMP, delivered_content VARCHAR,
    opted_in VARCHAR,     -- yes, no, unknown: for the campaign's purposes and channel, at assignment
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
INSERT INTO roll_ups VALUES ('consent_flow'), ('split'), ('known_flow'), ('lift'),
    ('funnel'), ('duration'), ('expiring'), ('consent_states'), ('spending'),
    ('engagement'), ('moments'), ('moment_split'), ('fatigue');

-- Grain: a day where segment = -1, else a week (last_day is its Sunday, the
-- as-of date in the last week). Starts and ends of spells up to the as-of date.
CREATE TABLE consent_flow (
    last_day DATE, segment INTEGER, purpose VARCHAR, channel VARCHAR, basis VARCHAR,
    starts BIGINT, ends BIGINT);
-- Grain: campaign, arm, dimension, value. Customers assigned. The days on which
-- they were are values of the dimension assigned_at.
CREATE TABLE split (campaign INTEGER, arm VARCHAR, dimension VARCHAR, value VARCHAR, assigned BIGINT);
-- Grain: the same as of consent_flow. Customers who became known and who left. Those always known
-- start on the day 0001-01-01.
CREATE TABLE known_flow (last_day DATE, segment INTEGER, starts BIGINT, ends BIGINT);
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
