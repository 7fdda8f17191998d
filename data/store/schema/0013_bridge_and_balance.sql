-- What a person said about the ledger lines of an initiative, and what the fund balance is projected from.

-- state is confirmed or rejected; an empty part asks for nothing. It names no upload, so it holds for the next version.
CREATE TABLE bridge_match (
    district_id VARCHAR NOT NULL,
    match_id VARCHAR NOT NULL,
    initiative_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    bridge VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    vendor VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    technology_rule VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL
);

-- One row for each fund: its balance at the start of a fiscal year, the floor of its policy, and how it goes on.
-- Rates are fractions of a year; floor_fraction is NULL where no policy sets one.
CREATE TABLE fund_outlook (
    district_id VARCHAR NOT NULL,
    fund_code VARCHAR NOT NULL,
    fund_name VARCHAR NOT NULL,
    fiscal_year VARCHAR NOT NULL,
    beginning_cents BIGINT NOT NULL,
    floor_fraction DECIMAL(9, 6),
    floor_operator VARCHAR NOT NULL,
    revenue_growth DECIMAL(9, 6) NOT NULL,
    expenditure_growth DECIMAL(9, 6) NOT NULL,
    rule VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);

-- Parts of a fund's balance with their class under GASB Statement 54 and the action of the board behind them.
CREATE TABLE fund_reserve (
    district_id VARCHAR NOT NULL,
    reserve_id VARCHAR NOT NULL,
    fund_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    balance_class VARCHAR NOT NULL,
    amount_cents BIGINT NOT NULL,
    board_action VARCHAR NOT NULL,
    acted_on DATE,
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
