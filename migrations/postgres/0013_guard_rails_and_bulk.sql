-- What speaks against a post without forbidding it is asked about, and many posts can be prepared from one file.

-- What people were asked about before the post was put before the reviewers, and went on with all the same: a JSON list of
-- sentences with what each is about. Not among the warnings, which also name what nobody was asked about.
ALTER TABLE posts ADD COLUMN in_spite_of TEXT NOT NULL DEFAULT '[]';
-- The batch a post was prepared in, and its row there, counted from one below the head. No reference: a batch that was
-- never scheduled is forgotten together with its drafts, whichever goes first.
ALTER TABLE posts ADD COLUMN batch TEXT;
ALTER TABLE posts ADD COLUMN batch_row BIGINT;

-- Rows of one file that were checked and can be scheduled with one press. Each row is a draft of its own (see posts.batch),
-- so that its video is kept, forgotten and erased like any draft's.
CREATE TABLE batches (
    id          TEXT PRIMARY KEY NOT NULL,
    workspace   TEXT NOT NULL REFERENCES workspaces (id),
    member      TEXT NOT NULL,      -- who may press
    member_name TEXT NOT NULL,
    file_name   TEXT NOT NULL,      -- what the member called the file: data, never a path
    rows        BIGINT NOT NULL,   -- how many drafts were prepared; with one of them gone, none is scheduled
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT             -- when it was scheduled; a second press finds it here
);

CREATE INDEX batches_expiry ON batches (expires_at) WHERE used_at IS NULL;
CREATE INDEX batches_workspace ON batches (workspace);
CREATE INDEX posts_batch ON posts (batch, batch_row) WHERE batch IS NOT NULL;

-- A change of a post that its member was asked about and has not answered yet. A caption does not fit into a button.
CREATE TABLE pending_edits (
    id         TEXT PRIMARY KEY NOT NULL,
    workspace  TEXT NOT NULL REFERENCES workspaces (id),
    post       TEXT NOT NULL REFERENCES posts (id),
    member     TEXT NOT NULL,   -- who may answer
    edit       TEXT NOT NULL,   -- JSON: what would change
    mark       TEXT NOT NULL,   -- what was shown; should anything else speak against it by then, that is shown first
    created_at BIGINT NOT NULL
);

CREATE INDEX pending_edits_age ON pending_edits (created_at);
CREATE INDEX pending_edits_workspace ON pending_edits (workspace);

-- Other posts of an account close to an instant: those in review, and those whose publication is due.
CREATE INDEX posts_due ON posts (account, due_at) WHERE stage = 'in_review' AND due_at IS NOT NULL;
CREATE INDEX publications_due ON publications (account, due_at);
-- Other posts of an account with the same bytes or the same words. Of the words only the beginning: a key has less room
-- than a caption may need.
CREATE INDEX posts_bytes ON posts (account, video_sha256, created_at);
CREATE INDEX posts_words ON posts (account, substr(caption, 1, 100), created_at);
