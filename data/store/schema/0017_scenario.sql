-- What-if scenarios: a name and its changes as JSON, against whatever the plan is when it is looked at. The last word of a
-- name counts; what it was before is in the audit trail.

CREATE TABLE scenario (
    district_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    changes VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
