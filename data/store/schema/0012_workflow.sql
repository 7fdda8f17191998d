-- Where the plan stands, what was said about it and until when each step is to be done; and which lines a district
-- does not show one by one to every role.

CREATE TABLE plan_move (
    district_id VARCHAR NOT NULL,
    move_number INTEGER NOT NULL,
    from_stage VARCHAR NOT NULL,
    to_stage VARCHAR NOT NULL,
    revision VARCHAR NOT NULL,
    moved_by VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    moved_at TIMESTAMP NOT NULL
);

CREATE TABLE plan_comment (
    district_id VARCHAR NOT NULL,
    comment_number INTEGER NOT NULL,
    revision VARCHAR NOT NULL,
    initiative_id VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    written_by VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE plan_deadline (
    district_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    due_on DATE NOT NULL,
    note VARCHAR NOT NULL,
    set_by VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL
);

CREATE TABLE line_rule (
    district_id VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    line_class VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    pattern VARCHAR NOT NULL,
    until DATE,
    reason VARCHAR NOT NULL,
    set_by VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL
);

CREATE TABLE line_treatment (
    district_id VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    line_class VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    treatment VARCHAR NOT NULL,
    set_by VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL
);
