//! The right to work on a publication. `wake_at` says when anybody has to look at a row; claiming moves it to the end of
//! the lease, so due times, retries, questions and the rescue of a stopped worker's work are one query over one index.
//! Every claim counts the epoch up and every write under it names owner and epoch: a worker that was fenced out changes
//! nothing and is told so.

use chrono::{DateTime, Utc};

use super::link::statements;
use super::publications::content;
use super::rows::{Row, values};
use super::{Error, Result, Store, Tx};
use crate::domain::ids::PublicationId;
use crate::domain::post::{PostStage, Revision};
use crate::domain::publication::Publication;
use crate::drill;

statements! { "publications";
    // On PostgreSQL the choice is an array made once; `IN (SELECT … LIMIT n FOR UPDATE SKIP LOCKED)` may be run again by
    // the plan and then takes more than n.
    CLAIM = "UPDATE publications SET owner = $1, epoch = epoch + 1, wake_at = $2 WHERE id IN ( \
               SELECT id FROM publications WHERE wake_at <= $3 ORDER BY wake_at, id LIMIT $4) \
             RETURNING id, epoch",
        postgres: "UPDATE publications SET owner = $1, epoch = epoch + 1, wake_at = $2 WHERE id = ANY(ARRAY( \
                     SELECT id FROM publications WHERE wake_at <= $3 ORDER BY wake_at, id LIMIT $4 \
                     FOR UPDATE SKIP LOCKED)) \
                   RETURNING id, epoch";
    POST_OF = "SELECT p.id, p.stage, p.revision FROM posts p JOIN publications q ON q.post = p.id WHERE q.id = $1";
    SAVE_HELD = "UPDATE publications SET attempts = $2, state = $3, next_at = $4, setback = $5, receipt = $6, \
                 publish_id = $7, asked = $8, asked_since = $9, ended_at = $10, wake_at = $11, owner = $12 \
                 WHERE id = $1 AND epoch = $13 AND owner = $14";
    EXTEND = "UPDATE publications SET wake_at = $2 WHERE id = $1 AND epoch = $3 AND owner = $4";
    // The mistake `unfenced`, for the crash test to find: the claim is named and not asked about.
    SAVE_UNFENCED = "UPDATE publications SET attempts = $2, state = $3, next_at = $4, setback = $5, receipt = $6, \
                     publish_id = $7, asked = $8, asked_since = $9, ended_at = $10, wake_at = $11, owner = $12 \
                     WHERE id = $1 AND (epoch = $13 OR epoch <> $13) AND ($14 = owner OR $14 <> owner OR owner IS NULL)";
    EXTEND_UNFENCED = "UPDATE publications SET wake_at = $2 \
                       WHERE id = $1 AND (epoch = $3 OR epoch <> $3) AND ($4 = owner OR $4 <> owner OR owner IS NULL)";
    RELEASE_PUBLICATIONS = "UPDATE publications SET owner = NULL, wake_at = next_at WHERE owner = $1";
    RELEASE_NOTICES = "UPDATE notices SET owner = NULL, wake_at = created_at WHERE owner = $1 AND state = 'pending'";
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
}

impl Store {
    /// Claims publications that have to be looked at, the longest waiting first.
    ///
    /// # Errors
    /// When the database fails; then nothing was claimed.
    pub async fn claim(
        &self,
        owner: &str,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Claim>> {
        let mut tx = self.begin().await?;
        let mut claims = Vec::new();
        for row in tx.rows(CLAIM, values![owner, lease_until, now, limit]).await? {
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

impl Tx {
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

    /// Holds a publication longer, with nothing to write down.
    ///
    /// # Errors
    /// [`Error::Stale`] when the claim is void: drop everything and leave.
    pub async fn extend(&mut self, claim: &Claim, lease_until: DateTime<Utc>) -> Result<()> {
        let values = values![claim.publication.id, lease_until, claim.epoch, claim.owner.as_str()];
        self.change_one(if drill::mistake("unfenced") { EXTEND_UNFENCED } else { EXTEND }, values).await
    }

    async fn claimed(&mut self, row: &Row, owner: &str) -> Result<Claim> {
        let id: PublicationId = row.read("id")?;
        let publication = self.publication(id).await?.ok_or_else(|| row.odd("id"))?;
        let post = self.row(POST_OF, values![id]).await?.ok_or_else(|| row.odd("post"))?;
        Ok(Claim {
            publication,
            post_stage: post.word("stage", &PostStage::ALL, PostStage::word)?,
            post_revision: post.revision("revision")?,
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
