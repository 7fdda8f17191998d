-- The plan of record: a chain of immutable snapshots.

CREATE TABLE plan_revision (
    district_id VARCHAR NOT NULL,
    revision VARCHAR NOT NULL,
    revision_number INTEGER NOT NULL,
    parent_revision VARCHAR,
    snapshot VARCHAR NOT NULL,
    snapshot_sha256 VARCHAR NOT NULL,
    saved_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
