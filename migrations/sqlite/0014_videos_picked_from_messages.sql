-- The video somebody pointed at with *Schedule on TikTok* on a message, until they have filled in the form. Discord shows a
-- bot what is in other people's messages only at the moment one is pointed at: read anew later, the message comes without
-- its files. So what was pointed at is written down, and forgotten after a day, which is about as long as the link works.
-- Not the link inside the form, where people would see and break it. The link is not sealed: it opens nothing for longer
-- than a day, and whoever reads this table has the videos themselves beside it.
CREATE TABLE picks (
    workspace  TEXT NOT NULL REFERENCES workspaces (id),
    member     TEXT NOT NULL,     -- who pointed; the form of anybody else finds nothing
    message    TEXT NOT NULL,     -- at which message
    attachment TEXT NOT NULL,     -- Discord's number of the file, to find a fresher link by
    link       TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    picked_at  INTEGER NOT NULL,
    PRIMARY KEY (workspace, member, message)
) STRICT;

CREATE INDEX picks_age ON picks (picked_at);
