-- How much went to TikTok for each account, so that its limits hold across restarts and processes. The twin in the other
-- folder has the same tables and columns under the same number.

-- The calls of the last minute. One row for each account, so that whoever takes a call locks that row and nobody counts
-- beside them. Not one row for each call: up to hundreds would come and go in every minute of every account.
CREATE TABLE budgets (
    open_id TEXT PRIMARY KEY NOT NULL, -- TikTok's id, no reference: limits are the person's, whichever team has connected them
    calls   TEXT NOT NULL              -- JSON: for each class of calls when they were made; what is over a minute old is left out
);

-- What counts for hours: uploads that were opened, posts and drafts whose point of no return was passed, posts that were
-- submitted. Each is written in the transaction that makes it true. What is over a day old is deleted.
CREATE TABLE spent (
    kind    TEXT NOT NULL
            CHECK (kind IN ('uploads_per_hour', 'posts_per_day', 'drafts_per_day', 'scheduled_per_day')),
    source  TEXT NOT NULL,             -- the attempt, or the post that was submitted; each counts once
    open_id TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (kind, source)
);

CREATE INDEX spent_at ON spent (open_id, at);

-- The moment a publication was moved on to because a limit of its account was spent at its time; NULL if none was. Kept
-- after that moment: what could not begin is given up so long after it, and not after the due time.
ALTER TABLE publications ADD COLUMN moved_to BIGINT;

-- What waits for its time, for each account: what a new post is held against.
CREATE INDEX publications_waiting ON publications (account, next_at) WHERE state = 'scheduled';
