-- What people have paused: nothing goes out for it until somebody resumes it, and then the row is gone; who did what is in
-- the audit trail. One row for all accounts of a team and one for each that was paused by itself, so that ending the one
-- says nothing about the other. Not columns of workspaces and accounts: there it would be asked about in two places.
CREATE TABLE pauses (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    scope     TEXT NOT NULL,    -- an account's id, or 'all'
    by        TEXT NOT NULL,
    by_name   TEXT NOT NULL,    -- what they were called then
    reason    TEXT,             -- in their words, if they gave one
    since     BIGINT NOT NULL,
    PRIMARY KEY (workspace, scope)
);
