-- What a person said about the files of one layout, applied to the next file that has the same columns; `body` is JSON.
-- One row for each layout of a district: the last word counts.

CREATE TABLE budget_profile (
    district_id VARCHAR NOT NULL,
    profile_id VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
