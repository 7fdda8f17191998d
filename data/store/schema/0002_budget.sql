-- Budget uploads as read: append-only versions of a series, every amount with the cell it came from.
-- table_id, row_id, column_id, tie_out_id and finding_id count from 1 inside one upload.

CREATE TABLE budget_series (
    district_id VARCHAR NOT NULL,
    series_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR NOT NULL
);

CREATE TABLE budget_upload (
    district_id VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    series_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    content_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    answers VARCHAR NOT NULL,
    published_lines BIGINT NOT NULL,
    reading_summary VARCHAR NOT NULL,
    uploaded_at TIMESTAMP NOT NULL,
    uploaded_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    withdrawn_at TIMESTAMP,
    withdrawn_by VARCHAR,
    withdrawn_reason VARCHAR
);

CREATE TABLE budget_table (
    district_id VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    table_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    cell_range VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    counted BOOLEAN NOT NULL,
    why_not_counted VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    reasons VARCHAR NOT NULL,
    row_roles VARCHAR NOT NULL
);

CREATE TABLE budget_column (
    district_id VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    column_id INTEGER NOT NULL,
    table_id INTEGER NOT NULL,
    column_letter VARCHAR NOT NULL,
    header VARCHAR NOT NULL,
    fiscal_year VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    scale INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    detail_total DECIMAL(24, 6) NOT NULL,
    printed_total DECIMAL(24, 6),
    difference DECIMAL(24, 6),
    is_empty BOOLEAN NOT NULL
);

CREATE TABLE budget_row (
    district_id VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    table_id INTEGER NOT NULL,
    row_number INTEGER NOT NULL,
    account VARCHAR NOT NULL,
    fund_code VARCHAR NOT NULL,
    fund_name VARCHAR NOT NULL,
    function_code VARCHAR NOT NULL,
    function_name VARCHAR NOT NULL,
    object_code VARCHAR NOT NULL,
    object_name VARCHAR NOT NULL,
    location_code VARCHAR NOT NULL,
    location_name VARCHAR NOT NULL,
    program_code VARCHAR NOT NULL,
    program_name VARCHAR NOT NULL,
    project_code VARCHAR NOT NULL,
    project_name VARCHAR NOT NULL,
    vendor VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    side VARCHAR NOT NULL,
    nces_function VARCHAR NOT NULL,
    nces_object VARCHAR NOT NULL,
    technology_rule VARCHAR NOT NULL
);

-- amount is NULL where the cell holds text that is not a number; the text is kept in raw_text.
CREATE TABLE budget_amount (
    district_id VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    row_id INTEGER NOT NULL,
    column_id INTEGER NOT NULL,
    amount DECIMAL(18, 6),
    raw_text VARCHAR
);

CREATE TABLE budget_tie_out (
    district_id VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    tie_out_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    cell VARCHAR NOT NULL,
    column_letter VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    level INTEGER NOT NULL,
    printed DECIMAL(24, 6) NOT NULL,
    detail DECIMAL(24, 6) NOT NULL,
    difference DECIMAL(24, 6) NOT NULL,
    line_count INTEGER NOT NULL,
    covers VARCHAR NOT NULL
);

CREATE TABLE budget_finding (
    district_id VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    finding_id INTEGER NOT NULL,
    severity VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    found VARCHAR NOT NULL,
    expected VARCHAR NOT NULL,
    fix VARCHAR NOT NULL,
    message VARCHAR NOT NULL
);

-- What everything reads: current versions and counted tables only.
CREATE VIEW budget_line AS
SELECT
    budget_amount.district_id,
    budget_series.name AS series,
    budget_amount.upload_id,
    budget_upload.file_name,
    budget_table.sheet,
    budget_table.table_no,
    budget_row.row_number,
    budget_column.column_letter,
    budget_column.column_letter || budget_row.row_number AS cell,
    budget_row.account,
    budget_row.fund_code,
    budget_row.fund_name,
    budget_row.function_code,
    budget_row.function_name,
    budget_row.object_code,
    budget_row.object_name,
    budget_row.location_code,
    budget_row.location_name,
    budget_row.program_code,
    budget_row.program_name,
    budget_row.project_code,
    budget_row.project_name,
    budget_row.vendor,
    budget_row.description,
    CASE WHEN budget_row.side IN ('', 'unknown') THEN budget_column.side ELSE budget_row.side END AS side,
    budget_column.fiscal_year,
    budget_column.basis,
    budget_column.unit,
    budget_amount.amount,
    budget_row.nces_function,
    budget_row.nces_object,
    budget_row.technology_rule <> '' AS is_technology,
    budget_row.technology_rule
FROM budget_amount
JOIN budget_row
    ON budget_row.district_id = budget_amount.district_id
    AND budget_row.upload_id = budget_amount.upload_id
    AND budget_row.row_id = budget_amount.row_id
JOIN budget_column
    ON budget_column.district_id = budget_amount.district_id
    AND budget_column.upload_id = budget_amount.upload_id
    AND budget_column.column_id = budget_amount.column_id
JOIN budget_table
    ON budget_table.district_id = budget_row.district_id
    AND budget_table.upload_id = budget_row.upload_id
    AND budget_table.table_id = budget_row.table_id
JOIN budget_upload
    ON budget_upload.district_id = budget_amount.district_id
    AND budget_upload.upload_id = budget_amount.upload_id
JOIN budget_series
    ON budget_series.district_id = budget_upload.district_id
    AND budget_series.series_id = budget_upload.series_id
WHERE budget_upload.status = 'current'
    AND budget_table.counted
    AND budget_amount.amount IS NOT NULL;
