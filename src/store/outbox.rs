//! The outbox's back: claiming what is owed, and what became of each delivery. The epoch of a claim fences every write,
//! as for publications.

use chrono::{DateTime, Utc};

use super::link::statements;
use super::notices::nonce;
use super::rows::{Row, values};
use super::{Error, Result, Store, Tx};
use crate::domain::ids::MessageId;
use crate::domain::notice::Owed;
use crate::words::Language;

macro_rules! owed {
    () => {
        " RETURNING id, workspace, payload, nonce, first_tried_at, said_in, tries, epoch, version, created_at"
    };
}

statements! { "notices";
    CLAIM = concat!(
        "UPDATE notices SET owner = $1, epoch = epoch + 1, wake_at = $2 WHERE id IN ( ",
        "SELECT id FROM notices WHERE wake_at <= $3 ORDER BY wake_at, id LIMIT $4)", owed!()
    ), postgres: concat!(
        "UPDATE notices SET owner = $1, epoch = epoch + 1, wake_at = $2 WHERE id = ANY(ARRAY( ",
        "SELECT id FROM notices WHERE wake_at <= $3 ORDER BY wake_at, id LIMIT $4 FOR UPDATE SKIP LOCKED))", owed!()
    );
    TRIED = "UPDATE notices SET first_tried_at = COALESCE(first_tried_at, $3), \
               said_in = CASE WHEN first_tried_at IS NULL THEN $4 ELSE said_in END \
             WHERE id = $1 AND epoch = $2 AND state = 'pending'";
    // What was asked for while it was on its way is owed at once, under a word of its own.
    DONE = "UPDATE notices SET \
              state = CASE WHEN version = $3 THEN 'done' ELSE 'pending' END, \
              wake_at = CASE WHEN version = $3 THEN NULL ELSE created_at END, \
              nonce = CASE WHEN version = $3 THEN nonce ELSE $4 END, \
              first_tried_at = CASE WHEN version = $3 THEN first_tried_at ELSE NULL END, \
              tries = CASE WHEN version = $3 THEN tries ELSE 0 END, \
              message_id = COALESCE($5, message_id), owner = NULL \
            WHERE id = $1 AND epoch = $2 AND state = 'pending'";
    LATER = "UPDATE notices SET tries = tries + 1, wake_at = $3, owner = NULL \
             WHERE id = $1 AND epoch = $2 AND state = 'pending'";
    RENONCE = "UPDATE notices SET nonce = $3, first_tried_at = NULL WHERE id = $1 AND epoch = $2 AND state = 'pending'";
    GIVE_UP = "UPDATE notices SET state = 'given_up', why = $3, wake_at = NULL, owner = NULL \
               WHERE id = $1 AND epoch = $2 AND state = 'pending'";
    // While posts are held, the message that lists them is drawn anew, and its notice knows where it is.
    FORGET = "DELETE FROM notices WHERE id IN ( \
                SELECT n.id FROM notices n WHERE n.state <> 'pending' AND n.created_at < $1 \
                AND NOT (n.kind = 'held' AND EXISTS ( \
                  SELECT 1 FROM publications q WHERE q.workspace = n.workspace AND q.state = 'held')) \
                ORDER BY n.created_at LIMIT $2)";
}

impl Store {
    /// Claims notices that are owed, the oldest first.
    ///
    /// # Errors
    /// When the database fails; then nothing was claimed.
    pub async fn claim_notices(
        &self,
        owner: &str,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Owed>> {
        let mut tx = self.begin().await?;
        let rows = tx.rows(CLAIM, values![owner, lease_until, now, limit]).await?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in &rows {
            match owed(row) {
                Ok(owed) => claimed.push(owed),
                // It stays out of the way until the lease ends; the others must not wait for somebody to mend it.
                Err(error @ Error::Inconsistent { .. }) => {
                    tracing::error!("A notice that is owed cannot be delivered: {error}");
                }
                Err(error) => return Err(error),
            }
        }
        tx.commit().await?;
        claimed.sort_by_key(|owed| (owed.created_at, owed.id));
        Ok(claimed)
    }
}

impl Tx {
    /// Notes that a notice is about to be handed to Discord, and in which language; written before it is, so that a second
    /// try knows what to look for.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when somebody else holds it now.
    pub async fn notice_tried(&mut self, owed: &Owed, language: Language, now: DateTime<Utc>) -> Result<()> {
        self.change_one(TRIED, values![owed.id, owed.epoch, now, language.word()]).await
    }

    /// Settles a notice that has arrived, unless it was asked for again meanwhile: then it is owed at once.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when somebody else holds it now.
    pub async fn notice_done(&mut self, owed: &Owed, message_id: Option<MessageId>) -> Result<()> {
        self.change_one(DONE, values![owed.id, owed.epoch, owed.version, nonce(), message_id]).await
    }

    /// Lets go of a notice that did not arrive, until it is tried again.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when somebody else holds it now.
    pub async fn notice_later(&mut self, owed: &Owed, wake_at: DateTime<Utc>) -> Result<()> {
        self.change_one(LATER, values![owed.id, owed.epoch, wake_at]).await
    }

    /// Gives a notice another word, for when Discord no longer remembers the old one. It counts as not tried under it.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when somebody else holds it now.
    pub async fn notice_renonce(&mut self, owed: &Owed, nonce: &str) -> Result<()> {
        self.change_one(RENONCE, values![owed.id, owed.epoch, nonce]).await
    }

    /// Gives a notice up, and says why.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when somebody else holds it now.
    pub async fn notice_given_up(&mut self, owed: &Owed, why: &str) -> Result<()> {
        self.change_one(GIVE_UP, values![owed.id, owed.epoch, why]).await
    }

    /// Forgets the oldest settled notices from before an instant; says how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_notices(&mut self, created_before: DateTime<Utc>, most: u32) -> Result<u64> {
        self.change(FORGET, values![created_before, most]).await
    }
}

fn owed(row: &Row) -> Result<Owed> {
    Ok(Owed {
        id: row.read("id")?,
        workspace: row.read("workspace")?,
        notice: row.json("payload")?,
        nonce: row.get("nonce")?,
        first_tried_at: row.instant_option("first_tried_at")?,
        said_in: row.read_option("said_in")?,
        tries: row.number("tries")?,
        epoch: row.get("epoch")?,
        version: row.get("version")?,
        created_at: row.instant("created_at")?,
    })
}
