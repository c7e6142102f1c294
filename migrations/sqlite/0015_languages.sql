-- The language a team's channels are spoken to in: what its Discord server says of itself. It is noted whenever the server
-- names it, so what is here until then does no harm.
ALTER TABLE workspaces ADD COLUMN language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'de'));

-- The language a notice was first handed to Discord in, NULL before. Whoever looks whether it arrived looks for those words,
-- whatever the server speaks by then. The words themselves are not kept: they follow what has become of the post.
ALTER TABLE notices ADD COLUMN said_in TEXT CHECK (said_in IN ('en', 'de'));
