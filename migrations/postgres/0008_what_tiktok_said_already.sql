-- What TikTok said by itself already. It says everything at least once, again for up to three days until it is answered,
-- and in no promised order. What was said is not kept, only that it was: a webhook is a nudge, and the row it nudges is
-- looked at anew. Rows are forgotten when the signature they came under is too old to be taken, so that whoever recorded
-- one gains nothing by sending it again. Not a row for each event with its name and content: nobody would read it, and it
-- would have to be forgotten with a team.
CREATE TABLE webhooks (
    fingerprint BYTEA PRIMARY KEY NOT NULL,  -- SHA-256 of the body as it came
    heard_at    BIGINT NOT NULL
);

CREATE INDEX webhooks_heard ON webhooks (heard_at);
