-- Keeping accounts connected. TikTok's refresh tokens work once, so one process at a time renews those of an account:
-- it takes the renewal before it asks TikTok, and only after `renewer_until` may another one try. Not a lock that is held
-- while TikTok is asked: on SQLite nobody else could write meanwhile.
ALTER TABLE accounts ADD COLUMN renewer           TEXT;             -- the process that renews its tokens now
ALTER TABLE accounts ADD COLUMN renewer_until     INTEGER;          -- until when; without a renewer: not renewed ahead before
ALTER TABLE accounts ADD COLUMN renewed_at        INTEGER NOT NULL DEFAULT 0; -- when TikTok gave the present tokens; 0: not known
ALTER TABLE accounts ADD COLUMN warned_at         INTEGER;          -- when people last heard that its posts cannot go out
ALTER TABLE accounts ADD COLUMN consent_warned_at INTEGER;          -- when they last heard that its consent ends

-- A new kind: TikTok does not know the app itself. SQLite cannot change a check, so the table is made anew.
CREATE TABLE breakers_anew (
    scope     TEXT PRIMARY KEY NOT NULL,  -- an account's id, or 'app'
    kind      TEXT NOT NULL
              CHECK (kind IN ('banned', 'reconnect', 'too_many_posts', 'too_many_drafts', 'too_many_accounts',
                              'app_refused')),
    since     INTEGER NOT NULL,
    try_at    INTEGER,          -- when one post may try whether it is over; NULL: only a person ends it
    setback   TEXT NOT NULL,    -- JSON: what was met, in words people read
    told      TEXT NOT NULL,    -- JSON: the workspaces that were told
    closed_at INTEGER           -- NULL while it is open
) STRICT;
INSERT INTO breakers_anew SELECT scope, kind, since, try_at, setback, told, closed_at FROM breakers;
DROP TABLE breakers;
ALTER TABLE breakers_anew RENAME TO breakers;
