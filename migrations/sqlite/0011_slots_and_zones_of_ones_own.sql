-- Times as the team and its people live them: weekly slots of an account, and a zone of one's own.

-- The zone a member reads and types times in; no row is the workspace's zone. Not a setting of the person everywhere:
-- who is in two teams may plan for two places.
CREATE TABLE member_zones (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    member    TEXT NOT NULL,
    zone      TEXT NOT NULL,     -- an IANA name
    chosen_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, member)
) STRICT;

-- Weekly publishing slots: a time on the workspace's clock. Kept as the clock shows it and not as an instant, because a
-- clock change moves the instant and not the promise.
CREATE TABLE slots (
    account TEXT NOT NULL REFERENCES accounts (id),
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),    -- Monday is 1
    minute  INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),  -- since midnight on the clock
    set_by  TEXT NOT NULL,
    set_at  INTEGER NOT NULL,
    PRIMARY KEY (account, weekday, minute)
) STRICT;

-- Which post took which occurrence of a slot with `next slot`. The key lets two people who ask at the same moment have
-- two different ones. A row goes when its post gets another time, is stopped or is declined; whether a slot is free is
-- asked of the posts as well, because somebody may have typed that very time. Not a column of posts: a post that was
-- given this time by hand has not taken the slot. The post is written after its slot, in the same transaction.
CREATE TABLE taken_slots (
    account TEXT NOT NULL REFERENCES accounts (id),
    at      INTEGER NOT NULL,
    post    TEXT NOT NULL REFERENCES posts (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (account, at)
) STRICT;

CREATE UNIQUE INDEX taken_slots_post ON taken_slots (post);
