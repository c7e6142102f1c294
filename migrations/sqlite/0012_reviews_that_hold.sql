-- Reviews that hold until the very moment something goes out, and reminders of those nobody has looked at.

-- Said by somebody without the reviewer role, because they may manage the server.
ALTER TABLE verdicts ADD COLUMN as_manager INTEGER NOT NULL DEFAULT 0 CHECK (as_manager IN (0, 1));
-- Said with an emoji on the card: taken back with it, also while nobody listened. A button's word has no emoji to miss.
ALTER TABLE verdicts ADD COLUMN reacted INTEGER NOT NULL DEFAULT 0 CHECK (reacted IN (0, 1));

-- When the reviewers are reminded next; NULL if they are not. A column and not a table: it belongs to the review that
-- is going on, and goes with it. Moved on in the transaction that owes the reminder, so each is owed once.
ALTER TABLE posts ADD COLUMN remind_at INTEGER;
CREATE INDEX posts_declined ON posts (id) WHERE stage = 'declined';
CREATE INDEX posts_remind ON posts (remind_at, id) WHERE remind_at IS NOT NULL;
-- What is in review already is reminded of two hours before its time.
UPDATE posts SET remind_at = lapses_at - 7200000 WHERE stage = 'in_review' AND lapses_at IS NOT NULL;

-- What people whose word counts were allowed to when Discord last said so: in what they did, or when it was asked. What
-- goes out is held against this table and not against Discord, which may be down at the very minute.
CREATE TABLE known_rights (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    member    TEXT NOT NULL,
    roles     TEXT NOT NULL,    -- JSON: the numbers of the roles they hold; none once they have left. All of them and not
                                -- just whether they review: which role that takes is a setting, and may change.
    manages   INTEGER NOT NULL CHECK (manages IN (0, 1)),
    seen_at   INTEGER NOT NULL, -- when Discord said so; an older word never replaces a newer one
    PRIMARY KEY (workspace, member)
) STRICT;
