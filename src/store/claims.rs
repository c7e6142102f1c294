//! The right to work on a publication. `wake_at` says when anybody has to look at a row; claiming moves it to the end of
//! the lease, so due times, retries, questions and the rescue of a stopped worker's work are one query over one index.
//! Every claim counts the epoch up and every write under it names owner and epoch: a worker that was fenced out changes
//! nothing and is told so.

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

use super::link::{Reader, statements};
use super::publications::content;
use super::rows::{Row, values};
use super::{Error, Result, Store, Tx};
use crate::domain::ids::{AccountId, PublicationId};
use crate::domain::post::{PostStage, Revision};
use crate::domain::publication::{Publication, PublicationStage};
use crate::drill;
use crate::words::Language;

macro_rules! to_send {
    () => {
        "state IN ('scheduled', 'publishing')"
    };
}

macro_rules! to_ask {
    () => {
        "state IN ('processing', 'published', 'in_inbox')"
    };
}

/// The ids that are due, fairest first; `$extra` is added to how many are wanted.
macro_rules! chosen {
    ($which:expr, $limit:literal) => {
        concat!(
            "SELECT id FROM (SELECT id, wake_at, ROW_NUMBER() OVER (PARTITION BY workspace ORDER BY wake_at, id) AS turn \
             FROM (SELECT id, workspace, wake_at FROM publications WHERE wake_at IS NOT NULL AND ",
            $which,
            " AND wake_at <= $3 ORDER BY wake_at, id LIMIT 1000) AS due) AS ranked ORDER BY turn, wake_at, id LIMIT ",
            $limit
        )
    };
}

macro_rules! claim {
    ($which:expr) => {
        concat!(
            "UPDATE publications SET owner = $1, epoch = epoch + 1, wake_at = $2 WHERE id IN (",
            chosen!($which, "$4"),
            ") RETURNING id, epoch"
        )
    };
}

macro_rules! claim_skipping {
    ($which:expr) => {
        concat!(
            "UPDATE publications SET owner = $1, epoch = epoch + 1, wake_at = $2 WHERE id = ANY(ARRAY( \
             SELECT id FROM publications WHERE id = ANY(ARRAY(",
            chosen!($which, "CAST($4 AS BIGINT) * 4"),
            ")) AND wake_at <= $3 ORDER BY wake_at, id LIMIT $4 FOR UPDATE SKIP LOCKED)) RETURNING id, epoch"
        )
    };
}

statements! { "publications";
    // Of the thousand that wait longest, the first of each workspace come first, then the second of each, and so on. On
    // PostgreSQL the choice is an array made once, and more are chosen than wanted, because another worker may be
    // claiming the same ones; `IN (SELECT … LIMIT n FOR UPDATE SKIP LOCKED)` may be run again by the plan and then takes
    // more than n.
    CLAIM_TO_SEND = claim!(to_send!()), postgres: claim_skipping!(to_send!());
    CLAIM_TO_ASK = claim!(to_ask!()), postgres: claim_skipping!(to_ask!());
    NEXT_TO_SEND = concat!("SELECT MIN(wake_at) AS at FROM publications WHERE wake_at IS NOT NULL AND ", to_send!());
    NEXT_TO_ASK = concat!("SELECT MIN(wake_at) AS at FROM publications WHERE wake_at IS NOT NULL AND ", to_ask!());
    AHEAD_OF = "SELECT COUNT(*) AS counted FROM (SELECT 1 FROM publications WHERE account = $1 \
                AND state IN ('scheduled', 'publishing') AND due_at > $2 AND due_at <= $3 \
                AND (due_at < $3 OR post < $4) AND (state = 'publishing' OR setback IS NULL) LIMIT 20) AS ahead";
    NEXT_IN_LANE = "UPDATE publications SET wake_at = $2, next_at = $2 WHERE id = ( \
                      SELECT id FROM publications WHERE account = $1 AND state IN ('scheduled', 'publishing') \
                      AND state = 'scheduled' AND setback IS NULL AND due_at <= $2 AND due_at > $3 \
                      ORDER BY due_at, post LIMIT 1) \
                    AND owner IS NULL AND wake_at > $2";
    POST_OF = "SELECT p.id, p.stage, p.revision, w.language FROM posts p JOIN publications q ON q.post = p.id \
               LEFT JOIN workspaces w ON w.id = p.workspace WHERE q.id = $1";
    SAVE_HELD = "UPDATE publications SET attempts = $2, state = $3, next_at = $4, setback = $5, receipt = $6, \
                 publish_id = $7, asked = $8, asked_since = $9, ended_at = $10, wake_at = $11, owner = $12 \
                 WHERE id = $1 AND epoch = $13 AND owner = $14";
    SAVE_OVER = "UPDATE publications SET attempts = $2, state = $3, next_at = $4, setback = $5, receipt = $6, \
                 publish_id = $7, asked = $8, asked_since = $9, ended_at = $10, wake_at = $4, owner = NULL, \
                 epoch = epoch + 1 WHERE id = $1 AND state = $11 \
                 AND NOT EXISTS (SELECT 1 FROM attempts WHERE publication = $1 AND outcome IS NULL \
                                 AND stage IN ('committing', 'delivered'))";
    // One statement for everything a process holds. On PostgreSQL a row that is being written is left out: whoever writes
    // it makes its lease longer or ends it, and no order of locks has to be kept.
    EXTEND = "UPDATE publications SET wake_at = $2 FROM json_each($3) AS held \
              WHERE publications.id = held.value ->> 'id' AND publications.epoch = held.value ->> 'epoch' \
              AND publications.owner = $1",
    postgres: "UPDATE publications SET wake_at = $2 WHERE id = ANY(ARRAY( \
                 SELECT p.id FROM publications p \
                 JOIN jsonb_to_recordset(CAST($3 AS JSONB)) AS held(id TEXT, epoch BIGINT) \
                 ON p.id = held.id AND p.epoch = held.epoch WHERE p.owner = $1 FOR UPDATE OF p SKIP LOCKED))";
    // The mistake `unfenced`, for the crash test to find: the claim is named and not asked about.
    SAVE_UNFENCED = "UPDATE publications SET attempts = $2, state = $3, next_at = $4, setback = $5, receipt = $6, \
                     publish_id = $7, asked = $8, asked_since = $9, ended_at = $10, wake_at = $11, owner = $12 \
                     WHERE id = $1 AND (epoch = $13 OR epoch <> $13) AND ($14 = owner OR $14 <> owner OR owner IS NULL)";
    EXTEND_UNFENCED = "UPDATE publications SET wake_at = $2 FROM json_each($3) AS held \
                       WHERE publications.id = held.value ->> 'id' AND ($1 = owner OR $1 <> owner OR owner IS NULL)",
    postgres: "UPDATE publications SET wake_at = $2 FROM jsonb_to_recordset(CAST($3 AS JSONB)) AS held(id TEXT) \
               WHERE publications.id = held.id AND ($1 = owner OR $1 <> owner OR owner IS NULL)";
    RELEASE_PUBLICATIONS = "UPDATE publications SET owner = NULL, wake_at = next_at WHERE owner = $1";
    // After the clock was set back: a lease cannot be that long, a row that waits for something else is looked at anew,
    // and whatever is asked about within minutes must not wait for an hour.
    SHORTEN_LEASES = "UPDATE publications SET wake_at = $1 WHERE owner IS NOT NULL AND wake_at > $1";
    LOOK_ANEW = "UPDATE publications SET wake_at = next_at \
                 WHERE owner IS NULL AND state = 'scheduled' AND wake_at > $1 AND wake_at > next_at";
    ASK_NOW = "UPDATE publications SET wake_at = $1 WHERE owner IS NULL \
               AND state IN ('publishing', 'processing', 'published') AND wake_at > $2";
    TELL_NOW = "UPDATE notices SET wake_at = $1 WHERE owner IS NULL AND state = 'pending' AND wake_at > $2 \
                AND (tries > 0 OR created_at > $1)";
    RELEASE_NOTICES = "UPDATE notices SET owner = NULL, wake_at = created_at WHERE owner = $1 AND state = 'pending'";
}

/// What is to be done with a publication. Each has a queue of its own: what is sent may take long, what is asked does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Errand {
    /// Bytes have to go to TikTok.
    Send,
    /// TikTok has to be asked what became of them.
    Ask,
}

impl Errand {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Send, Self::Ask];
}

/// The right to work on a publication until the lease ends. Only the store makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The publication as it was when it was claimed.
    pub publication: Publication,
    /// Where its post stood then: nothing is begun for a post that is not approved.
    pub post_stage: PostStage,
    /// The post's own revision then: nothing is begun for another than the publication's.
    pub post_revision: Revision,
    /// What its team speaks: so is written down what people read about it.
    pub language: Language,
    epoch: i64,
    owner: String,
}

impl Claim {
    /// Counts the claims of this publication; a later one makes this one void.
    #[must_use]
    pub const fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Who holds it.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// What has to be renewed while it is worked on.
    #[must_use]
    pub const fn lease(&self) -> Lease {
        Lease { id: self.publication.id, epoch: self.epoch }
    }
}

/// A claim as far as its renewal is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lease {
    id: PublicationId,
    epoch: i64,
}

impl Store {
    /// Claims publications that have to be looked at: the longest waiting first, the workspaces in turn.
    ///
    /// # Errors
    /// When the database fails; then nothing was claimed.
    pub async fn claim(
        &self,
        errand: Errand,
        owner: &str,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Claim>> {
        let mut tx = self.begin().await?;
        let mut claims = Vec::new();
        let claim = match errand {
            Errand::Send => CLAIM_TO_SEND,
            Errand::Ask => CLAIM_TO_ASK,
        };
        for row in tx.rows(claim, values![owner, lease_until, now, limit]).await? {
            match tx.claimed(&row, owner).await {
                Ok(claim) => claims.push(claim),
                // It stays out of the way until the lease ends; the others must not wait for somebody to mend it.
                Err(error @ Error::Inconsistent { .. }) => {
                    tracing::error!("A publication that is due cannot be claimed: {error}");
                }
                Err(error) => return Err(error),
            }
        }
        drill::point("claim.inside");
        tx.commit().await?;
        claims.sort_by_key(|claim| (claim.publication.wake_at(), claim.publication.id));
        Ok(claims)
    }

    /// After the clock was set back: leases end at the latest when a new one would, what waits with its place in the queue
    /// alone is looked at anew, and what is to be asked or told within a short time (`soon`) is so now. Says how many
    /// rows changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bring_near(&self, now: DateTime<Utc>, lease_until: DateTime<Utc>, soon: DateTime<Utc>) -> Result<u64> {
        let mut tx = self.begin().await?;
        let mut changed = tx.change(SHORTEN_LEASES, values![lease_until]).await?;
        changed += tx.change(LOOK_ANEW, values![now]).await?;
        changed += tx.change(ASK_NOW, values![now, soon]).await?;
        changed += tx.change(TELL_NOW, values![now, soon]).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Holds publications longer, with nothing to write down, all in one statement: what somebody else has claimed since,
    /// or its worker let go of, stays as it is. Says how many are held longer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn extend(&self, owner: &str, leases: &[Lease], until: DateTime<Utc>) -> Result<u64> {
        let statement = if drill::mistake("unfenced") { EXTEND_UNFENCED } else { EXTEND };
        let held: Json = leases.iter().map(|held| json!({"id": held.id.to_string(), "epoch": held.epoch})).collect();
        let mut tx = self.begin().await?;
        let extended = tx.change(statement, values![owner, until, held.to_string()]).await?;
        drill::point("extend.inside");
        tx.commit().await?;
        Ok(extended)
    }

    /// Gives back everything an owner holds, publications and notices, so that others need not wait for its leases to
    /// end; says how many. For the end of the process, when its workers have stopped.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_own(&self, owner: &str) -> Result<u64> {
        let mut tx = self.begin().await?;
        let publications = tx.change(RELEASE_PUBLICATIONS, values![owner]).await?;
        let notices = tx.change(RELEASE_NOTICES, values![owner]).await?;
        tx.commit().await?;
        Ok(publications + notices)
    }
}

impl Reader {
    /// When the next publication has to be looked at for this errand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_wake_for(&mut self, errand: Errand) -> Result<Option<DateTime<Utc>>> {
        let next = match errand {
            Errand::Send => NEXT_TO_SEND,
            Errand::Ask => NEXT_TO_ASK,
        };
        self.row(next, Vec::new()).await?.map_or(Ok(None), |row| row.instant_option("at"))
    }

    /// When the next publication has to be looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_wake(&mut self) -> Result<Option<DateTime<Utc>>> {
        let sends = self.next_wake_for(Errand::Send).await?;
        let asks = self.next_wake_for(Errand::Ask).await?;
        Ok(sends.into_iter().chain(asks).min())
    }

    /// How many posts of the same account that are due before this one have not left yet, so that it waits for them; more
    /// than twenty are not told apart. One that met trouble, or whose time is older than `since`, is not waited for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ahead_in_line(&mut self, publication: &Publication, since: DateTime<Utc>) -> Result<i32> {
        let values = values![publication.account, since, publication.due_at, publication.post];
        let ahead: i64 = self.row(AHEAD_OF, values).await?.map_or(Ok(0), |row| row.get("counted"))?;
        Ok(i32::try_from(ahead).unwrap_or(i32::MAX))
    }
}

impl Tx {
    /// Has the next post of an account looked at now, if it waits for the one before it; `since` as for
    /// [`ahead_in_line`](Reader::ahead_in_line).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wake_next_of(&mut self, account: AccountId, now: DateTime<Utc>, since: DateTime<Utc>) -> Result<()> {
        self.change(NEXT_IN_LANE, values![account, now, since]).await.map(drop)
    }

    /// Keeps what a person did to a publication although a worker may hold it: the worker finds its claim void.
    ///
    /// # Errors
    /// [`Error::Stale`] when it is not in the expected state any more, or its last chunk may have left.
    pub async fn save_over(&mut self, publication: &Publication, expected: PublicationStage) -> Result<()> {
        let mut values = values![publication.id];
        values.extend(content(publication));
        values.extend(values![expected.word()]);
        self.change_one(SAVE_OVER, values).await?;
        self.keep_attempt(publication).await
    }

    /// Writes down how far a held publication has come and goes on holding it.
    ///
    /// # Errors
    /// [`Error::Stale`] when the claim is void: drop everything and leave.
    pub async fn keep(&mut self, claim: &Claim, publication: &Publication, lease_until: DateTime<Utc>) -> Result<()> {
        self.save_held(claim, publication, Some(lease_until), Some(claim.owner())).await
    }

    /// Writes down how far a held publication has come and lets go of it until it wants to be looked at again.
    ///
    /// # Errors
    /// [`Error::Stale`] when the claim is void: drop everything and leave.
    pub async fn release(&mut self, claim: &Claim, publication: &Publication) -> Result<()> {
        self.save_held(claim, publication, publication.wake_at(), None).await
    }

    /// The same, but nobody looks at it before then: it waits for something that is not in its own state.
    ///
    /// # Errors
    /// [`Error::Stale`] when the claim is void: drop everything and leave.
    pub async fn release_until(
        &mut self,
        claim: &Claim,
        publication: &Publication,
        wake_at: Option<DateTime<Utc>>,
    ) -> Result<()> {
        self.save_held(claim, publication, wake_at, None).await
    }

    async fn claimed(&mut self, row: &Row, owner: &str) -> Result<Claim> {
        let id: PublicationId = row.read("id")?;
        let publication = self.publication(id).await?.ok_or_else(|| row.odd("id"))?;
        let post = self.row(POST_OF, values![id]).await?.ok_or_else(|| row.odd("post"))?;
        Ok(Claim {
            publication,
            post_stage: post.word("stage", &PostStage::ALL, PostStage::word)?,
            post_revision: post.revision("revision")?,
            // It is only words: a team that speaks nothing known is still published for.
            language: post.read("language").unwrap_or_default(),
            epoch: row.get("epoch")?,
            owner: owner.to_owned(),
        })
    }

    async fn save_held(
        &mut self,
        claim: &Claim,
        publication: &Publication,
        wake_at: Option<DateTime<Utc>>,
        owner: Option<&str>,
    ) -> Result<()> {
        if publication.id != claim.publication.id {
            return Err(Error::Stale);
        }
        let mut values = values![publication.id];
        values.extend(content(publication));
        values.extend(values![wake_at, owner, claim.epoch, claim.owner.as_str()]);
        self.change_one(if drill::mistake("unfenced") { SAVE_UNFENCED } else { SAVE_HELD }, values).await?;
        self.keep_attempt(publication).await
    }
}
