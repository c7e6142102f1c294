-- The whole house, for SQLite. The twin in ../postgres has the same tables and columns under the same number.
--
-- How things are written down:
--   ids          TEXT: ours as 32 hex digits, Discord's as decimal digits. Not numbers: a snowflake fills 64 bits without a
--                sign, and neither database has such a type.
--   instants     INTEGER, milliseconds since 1970 in UTC, always given by the program's clock, never by the database's.
--   enums        TEXT, the word the program stores, held to the known words by a CHECK. Not a native enum type: a new
--                word would then need a different migration on each engine.
--   composites   TEXT holding JSON. Never queried by its parts; what is queried has a column of its own.
--   secrets      BLOB, sealed by the vault before it comes here. The database never holds a token one could use.
-- Every table is STRICT, so that a wrong type is an error and not a surprise.

-- One team and its settings.
CREATE TABLE workspaces (
    id               TEXT PRIMARY KEY NOT NULL,
    name             TEXT NOT NULL,
    reviewer_role    TEXT,
    review_channel   TEXT,
    digest_channel   TEXT,
    zone             TEXT NOT NULL,     -- IANA name
    digest_time      TEXT NOT NULL,     -- local HH:MM:SS; an instant would be wrong after the next clock change
    approvals        INTEGER NOT NULL,
    self_review      INTEGER NOT NULL CHECK (self_review IN (0, 1)),
    weekly_summary   INTEGER NOT NULL CHECK (weekly_summary IN (0, 1)),
    next_digest_at   INTEGER,           -- NULL: no digest is owed
    next_post_number INTEGER NOT NULL,  -- counted here and not by max(number) + 1: a dropped draft must not give its number away
    audit_seq        INTEGER NOT NULL,  -- the last entry of the audit trail, and its hash: appending locks this row,
    audit_head       BLOB NOT NULL,     -- so that the chain never forks
    created_at       INTEGER NOT NULL
) STRICT;

CREATE INDEX workspaces_digest ON workspaces (next_digest_at) WHERE next_digest_at IS NOT NULL;

-- A TikTok account a team may post to. Disconnecting keeps the row, because posts name it, and forgets the tokens.
CREATE TABLE accounts (
    id                   TEXT PRIMARY KEY NOT NULL,
    workspace            TEXT NOT NULL REFERENCES workspaces (id),
    open_id              TEXT NOT NULL,
    username             TEXT NOT NULL,
    nickname             TEXT NOT NULL,
    scopes               TEXT NOT NULL,     -- as TikTok lists them, comma between
    delivery             TEXT NOT NULL CHECK (delivery IN ('direct', 'draft')),
    health               TEXT NOT NULL CHECK (health IN ('connected', 'needs_reconnect', 'disconnected')),
    access_expires_at    INTEGER NOT NULL,
    refresh_expires_at   INTEGER NOT NULL,
    connected_by         TEXT NOT NULL,
    connected_at         INTEGER NOT NULL,
    sealed_access_token  BLOB,
    sealed_refresh_token BLOB,
    token_version        INTEGER NOT NULL   -- a renewal expects the version it read: TikTok's refresh tokens work once
) STRICT;

-- A TikTok account belongs to one team at a time: two would renew, and thereby end, each other's tokens.
CREATE UNIQUE INDEX accounts_open_id ON accounts (open_id) WHERE health <> 'disconnected';
CREATE INDEX accounts_workspace ON accounts (workspace);

-- A link to TikTok's consent page that a manager was given and has not used yet.
CREATE TABLE consents (
    state_hash      BLOB PRIMARY KEY NOT NULL,  -- SHA-256 of the state parameter; whoever reads this table cannot use it
    workspace       TEXT NOT NULL REFERENCES workspaces (id),
    member          TEXT NOT NULL,
    member_name     TEXT NOT NULL,
    delivery        TEXT NOT NULL CHECK (delivery IN ('direct', 'draft')),
    sealed_verifier BLOB,
    expires_at      INTEGER NOT NULL,
    used_at         INTEGER                     -- kept rather than deleted, so that a second use can be told from a forged one
) STRICT;

CREATE INDEX consents_expiry ON consents (expires_at);

-- Stored bytes and the facts read from them. The bytes themselves are in the media store, under `key`.
CREATE TABLE videos (
    id         TEXT PRIMARY KEY NOT NULL,
    workspace  TEXT NOT NULL REFERENCES workspaces (id),
    sha256     BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    facts      TEXT NOT NULL,   -- JSON
    file_name  TEXT NOT NULL,   -- what the member called it: data, never a path
    key        TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    forgotten  INTEGER NOT NULL CHECK (forgotten IN (0, 1))  -- the bytes are gone; the row stays while a post names it
) STRICT;

CREATE INDEX videos_kept ON videos (created_at) WHERE forgotten = 0;
CREATE INDEX videos_bytes ON videos (key);

-- What a team intends to publish.
CREATE TABLE posts (
    id           TEXT PRIMARY KEY NOT NULL,
    workspace    TEXT NOT NULL REFERENCES workspaces (id),
    number       INTEGER NOT NULL,
    author       TEXT NOT NULL,
    author_name  TEXT NOT NULL,
    account      TEXT NOT NULL REFERENCES accounts (id),
    video        TEXT NOT NULL REFERENCES videos (id),
    video_sha256 BLOB NOT NULL,     -- beside the video's own: the revision is a fingerprint of this row alone
    caption      TEXT NOT NULL,
    choices      TEXT NOT NULL,     -- JSON
    due_at       INTEGER,           -- NULL: as soon as it is approved
    zone         TEXT NOT NULL,     -- the zone the time was given in
    creator      TEXT NOT NULL,     -- JSON: what the creator allowed when last asked
    warnings     TEXT NOT NULL,     -- JSON: sentences
    stage        TEXT NOT NULL
                 CHECK (stage IN ('draft', 'in_review', 'approved', 'declined', 'lapsed', 'withdrawn')),
    stage_at     INTEGER,           -- since when; a draft has no such instant
    revision     BLOB NOT NULL,     -- SHA-256 of what would go out; checked against the other columns at every read
    lapses_at    INTEGER,           -- while in review
    thread_id    TEXT,              -- where people talk about it
    created_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL,  -- a save expects the one it read
    CHECK ((stage = 'draft') = (stage_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX posts_number ON posts (workspace, number);
CREATE INDEX posts_stage ON posts (workspace, stage);
CREATE INDEX posts_video ON posts (video);
CREATE INDEX posts_lapse ON posts (lapses_at, id) WHERE lapses_at IS NOT NULL;
CREATE INDEX posts_drafts ON posts (created_at) WHERE stage = 'draft';

-- Every revision that was ever put before the reviewers, in order. A post may come back to an earlier one.
CREATE TABLE revisions (
    post         TEXT NOT NULL REFERENCES posts (id),
    number       INTEGER NOT NULL,
    revision     BLOB NOT NULL,
    submitted_at INTEGER NOT NULL,
    snapshot     TEXT NOT NULL,     -- JSON of everything the fingerprint covers, in words
    PRIMARY KEY (post, number)
) STRICT;

-- Every word a reviewer ever said. Words that no longer count (taken back, or about what was edited since) stay, void.
CREATE TABLE verdicts (
    id       TEXT PRIMARY KEY NOT NULL,
    post     TEXT NOT NULL REFERENCES posts (id),
    revision BLOB NOT NULL,
    by       TEXT NOT NULL,
    by_name  TEXT NOT NULL,
    word     TEXT NOT NULL,     -- JSON: approve, request_changes or decline, with the reason
    at       INTEGER NOT NULL,
    void     INTEGER NOT NULL CHECK (void IN (0, 1))
) STRICT;

-- One word that counts for each reviewer.
CREATE UNIQUE INDEX verdicts_one ON verdicts (post, by) WHERE void = 0;
CREATE INDEX verdicts_post ON verdicts (post, at);

-- The messages a post is shown as, one for each revision.
CREATE TABLE cards (
    post       TEXT NOT NULL REFERENCES posts (id),
    revision   BLOB NOT NULL,
    channel    TEXT NOT NULL,
    message    TEXT NOT NULL,
    superseded INTEGER NOT NULL CHECK (superseded IN (0, 1)),
    PRIMARY KEY (post, revision)
) STRICT;

CREATE UNIQUE INDEX cards_message ON cards (channel, message);

-- The machine's effort to put one post on one account. The row is its own place in the queue: there is no other queue.
CREATE TABLE publications (
    id          TEXT PRIMARY KEY NOT NULL,
    workspace   TEXT NOT NULL REFERENCES workspaces (id),
    post        TEXT NOT NULL REFERENCES posts (id),
    account     TEXT NOT NULL REFERENCES accounts (id),
    revision    BLOB NOT NULL,      -- the one that was approved; nothing else may go out
    due_at      INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    state       TEXT NOT NULL
                CHECK (state IN ('scheduled', 'publishing', 'processing', 'published', 'in_inbox', 'held', 'failed',
                                 'unclear', 'cancelled')),
    next_at     INTEGER,            -- when the publication itself wants to be looked at
    wake_at     INTEGER,            -- when anybody has to look: next_at, or the end of the lease while it is held.
                                    -- Due time, retry, question and rescue are thereby one column and one index.
    owner       TEXT,               -- who holds the lease
    epoch       INTEGER NOT NULL,   -- counts claims: a write must name the one it works under, or it is refused
    setback     TEXT,               -- JSON
    receipt     TEXT,               -- JSON
    publish_id  TEXT,               -- of an unclear one: what a person should look for
    asked       INTEGER,            -- how often TikTok was asked, while processing
    asked_since INTEGER,
    ended_at    INTEGER,
    created_seq INTEGER NOT NULL    -- the how-manieth of its post; ids of one millisecond do not sort by birth
) STRICT;

-- Partial, over one column and the id. (state, wake_at) looks more natural and is slower by orders of magnitude, because
-- several states are due at once and their ranges would have to be merged and sorted.
CREATE INDEX publications_wake ON publications (wake_at, id) WHERE wake_at IS NOT NULL;
-- At most one effort for each post and account, unless it was cancelled before anything began.
CREATE UNIQUE INDEX publications_one ON publications (post, account) WHERE state <> 'cancelled';
CREATE INDEX publications_post ON publications (post, created_seq);
CREATE INDEX publications_owner ON publications (owner) WHERE owner IS NOT NULL;

-- One try. The number may repeat: when a person asks for another round, tries are counted from one again.
CREATE TABLE attempts (
    id                TEXT PRIMARY KEY NOT NULL,
    publication       TEXT NOT NULL REFERENCES publications (id),
    number            INTEGER NOT NULL,
    stage             TEXT NOT NULL CHECK (stage IN ('opening', 'uploading', 'committing', 'delivered')),
    publish_id        TEXT UNIQUE,  -- TikTok's name for it, written before the first byte leaves; once set it never changes
    sealed_upload_url BLOB,         -- forgotten when the try is over
    issued_at         INTEGER,
    size_bytes        INTEGER,
    chunk_bytes       INTEGER,
    chunk_count       INTEGER,
    sent_bytes        INTEGER,      -- confirmed by TikTok, while uploading
    started_at        INTEGER NOT NULL,
    delivered_at      INTEGER,
    outcome           TEXT,         -- NULL while under way, then the state the publication went on to
    CHECK (stage = 'opening' OR publish_id IS NOT NULL)
) STRICT;

-- Two tries of one publication are never under way at once.
CREATE UNIQUE INDEX attempts_one ON attempts (publication) WHERE outcome IS NULL;
CREATE INDEX attempts_publication ON attempts (publication, started_at);

-- What people have yet to be told: written in the transaction that makes it true, delivered afterwards.
CREATE TABLE notices (
    id             TEXT PRIMARY KEY NOT NULL,
    workspace      TEXT NOT NULL REFERENCES workspaces (id),
    kind           TEXT NOT NULL,
    merge_key      TEXT,                -- a second one with the same key is the same notice, owed once more
    payload        TEXT NOT NULL,       -- JSON
    nonce          TEXT NOT NULL,       -- the word under which Discord recognises a second try
    wake_at        INTEGER,             -- when anybody has to look, as for publications
    owner          TEXT,
    epoch          INTEGER NOT NULL,
    version        INTEGER NOT NULL,    -- counts how often it was asked for; a delivery settles only what it had read
    first_tried_at INTEGER,
    tries          INTEGER NOT NULL,
    message_id     TEXT,
    why            TEXT,                -- it was given up
    state          TEXT NOT NULL CHECK (state IN ('pending', 'done', 'given_up')),
    created_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX notices_wake ON notices (wake_at, id) WHERE wake_at IS NOT NULL;
CREATE UNIQUE INDEX notices_one ON notices (workspace, merge_key) WHERE state = 'pending' AND merge_key IS NOT NULL;
CREATE INDEX notices_pending ON notices (workspace) WHERE state = 'pending';
CREATE INDEX notices_owner ON notices (owner) WHERE owner IS NOT NULL;

-- An account's numbers at a moment, as they were read.
CREATE TABLE snapshots (
    account  TEXT NOT NULL REFERENCES accounts (id),
    taken_at INTEGER NOT NULL,
    payload  TEXT NOT NULL,     -- JSON
    PRIMARY KEY (account, taken_at)
) STRICT;

-- The days whose story was told, so that none is told twice.
CREATE TABLE digests (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    day       TEXT NOT NULL,    -- local, YYYY-MM-DD
    PRIMARY KEY (workspace, day)
) STRICT;

-- Who did what. Each entry carries the hash of the one before it, so that none can be changed or taken out unnoticed.
CREATE TABLE audit (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    seq       INTEGER NOT NULL, -- from one, without gaps
    at        INTEGER NOT NULL,
    actor     TEXT NOT NULL,    -- JSON; kept as text to the byte, because it is hashed
    act       TEXT NOT NULL,
    post      TEXT,             -- no reference: a dropped draft leaves its trail
    detail    TEXT NOT NULL,    -- JSON, likewise to the byte
    prev_hash BLOB NOT NULL,
    hash      BLOB NOT NULL,
    PRIMARY KEY (workspace, seq)
) STRICT;

CREATE INDEX audit_post ON audit (post, seq) WHERE post IS NOT NULL;
