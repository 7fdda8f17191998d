-- The ground of the store: who it serves, what serialises its writers, and what happened.
-- One SQL path for the embedded and the shared engine: correctness rests on the guard row alone.

CREATE TABLE write_guard (
    scope VARCHAR NOT NULL,
    version BIGINT NOT NULL
);

INSERT INTO write_guard VALUES ('*', 0);

CREATE TABLE district (
    district_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR NOT NULL
);

CREATE TABLE audit_event (
    district_id VARCHAR NOT NULL,
    event_number BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    previous_hash VARCHAR NOT NULL,
    hash VARCHAR NOT NULL
);
