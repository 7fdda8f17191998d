-- Keeping the record: fingerprints of what is stored, copies taken, holds, retention dates, files removed.

-- One row for each group of rows of a table: `scope` is the upload or revision, '' for a table as a whole. The digest
-- of all groups is in the audit event that wrote them; `row_digests` (six characters a row, sorted) find the row.
CREATE TABLE content_seal (
    district_id VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    group_no INTEGER NOT NULL,
    row_count BIGINT NOT NULL,
    digest VARCHAR NOT NULL,
    row_digests VARCHAR NOT NULL,
    column_names VARCHAR NOT NULL
);

-- Copies of the whole store, so district_id is '*'.
CREATE TABLE backup_copy (
    district_id VARCHAR NOT NULL,
    backup_id VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    occasion VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    fingerprint VARCHAR NOT NULL,
    taken_at TIMESTAMP NOT NULL,
    taken_by VARCHAR NOT NULL,
    verified_at TIMESTAMP NOT NULL,
    dropped_at TIMESTAMP
);

-- subject is an upload_id, or '*' for every record of the district.
CREATE TABLE records_hold (
    district_id VARCHAR NOT NULL,
    hold_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    placed_at TIMESTAMP NOT NULL,
    placed_by VARCHAR NOT NULL,
    released_at TIMESTAMP,
    released_by VARCHAR,
    released_reason VARCHAR
);

-- How long a class of records is kept after its fiscal year, and by which authority.
CREATE TABLE retention_period (
    district_id VARCHAR NOT NULL,
    record_class VARCHAR NOT NULL,
    years INTEGER NOT NULL,
    authority VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL,
    set_by VARCHAR NOT NULL
);

-- What stays of a file that was loaded by mistake: no name, no content.
CREATE TABLE removed_upload (
    district_id VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    series_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    uploaded_at TIMESTAMP NOT NULL,
    uploaded_by VARCHAR NOT NULL,
    removed_at TIMESTAMP NOT NULL,
    removed_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
