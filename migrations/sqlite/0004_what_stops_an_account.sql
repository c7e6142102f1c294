-- What stops an account, or the whole app, until somebody acts or a limit of TikTok's moves on: a breaker. While one is
-- open, posts that fall due wait behind it or are held, and people are told once instead of once for each post.
-- One row for each scope, used again: a closed one still says who was told, so that one which opens again within minutes
-- is the same trouble and nobody is told twice. Not a column of accounts: the app has one too.
CREATE TABLE breakers (
    scope     TEXT PRIMARY KEY NOT NULL,  -- an account's id, or 'app'
    kind      TEXT NOT NULL
              CHECK (kind IN ('banned', 'reconnect', 'too_many_posts', 'too_many_drafts', 'too_many_accounts')),
    since     INTEGER NOT NULL,
    try_at    INTEGER,          -- when one post may try whether it is over; NULL: only a person ends it
    setback   TEXT NOT NULL,    -- JSON: what was met, in words people read
    told      TEXT NOT NULL,    -- JSON: the workspaces that were told
    closed_at INTEGER           -- NULL while it is open
) STRICT;

-- Whether an account has posted within the last 24 hours: TikTok has counted it already then.
CREATE INDEX attempts_delivered ON attempts (delivered_at) WHERE delivered_at IS NOT NULL;
