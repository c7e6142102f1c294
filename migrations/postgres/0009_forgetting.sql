-- What is forgotten, and in which order, so that dying in the middle loses no bytes that are wanted and leaks none.

-- Bytes that are to be deleted: no video needs them any more. Written in the transaction that lets go of them, gone once
-- they are deleted, so whoever dies in between finds them here. Not a column of videos: the row of a video goes together
-- with the last post that names it, and its bytes have to be known after that.
CREATE TABLE leftovers (
    key TEXT PRIMARY KEY NOT NULL  -- where they lie in the media store; no key is ever used for other bytes
);

-- Since when the bot is no longer in the team's server; NULL while it is. Nothing goes out meanwhile.
ALTER TABLE workspaces ADD COLUMN removed_at BIGINT;
-- Since when everything of the team is being erased; NULL if it is not. The row is the last to go.
ALTER TABLE workspaces ADD COLUMN erasing_at BIGINT;
-- The last entry of the audit trail that was forgotten for its age, and its hash: the chain that is kept begins there.
-- 0 and NULL while it is whole. Two columns and not an entry that stays: an entry tells who did what, for its time only.
ALTER TABLE workspaces ADD COLUMN audit_forgotten BIGINT NOT NULL DEFAULT 0;
ALTER TABLE workspaces ADD COLUMN audit_anchor BYTEA;

CREATE INDEX workspaces_removed ON workspaces (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX workspaces_erasing ON workspaces (erasing_at) WHERE erasing_at IS NOT NULL;

-- What is old enough to be forgotten is looked for by its age.
CREATE INDEX snapshots_taken ON snapshots (taken_at);
CREATE INDEX notices_settled ON notices (created_at) WHERE state <> 'pending';
