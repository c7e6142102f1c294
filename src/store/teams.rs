//! Teams that leave: the bot is no longer in their server, or everything of theirs is being erased.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::values;
use super::{Result, Tx};
use crate::domain::ids::WorkspaceId;

statements! { "workspaces";
    REMOVED = "UPDATE workspaces SET removed_at = $2, next_digest_at = NULL WHERE id = $1 AND removed_at IS NULL";
    RETURNED = "UPDATE workspaces SET removed_at = NULL WHERE id = $1 AND removed_at IS NOT NULL AND erasing_at IS NULL";
    REMOVED_BEFORE = "SELECT id FROM workspaces WHERE removed_at <= $1 AND erasing_at IS NULL ORDER BY removed_at, id";
    // What could not be told while nobody was there; what was never tried waits for its own time.
    TELL_AGAIN = "UPDATE notices SET wake_at = $2 \
                  WHERE workspace = $1 AND owner IS NULL AND state = 'pending' AND tries > 0 AND wake_at > $2";
    ERASING = "UPDATE workspaces SET erasing_at = $2, next_digest_at = NULL WHERE id = $1 AND erasing_at IS NULL";
    BEING_ERASED = "SELECT id FROM workspaces WHERE erasing_at IS NOT NULL ORDER BY erasing_at, id";
}

impl Reader {
    /// Teams whose server the bot has not been in since before an instant, the longest away first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn removed_before(&mut self, before: DateTime<Utc>) -> Result<Vec<WorkspaceId>> {
        self.rows(REMOVED_BEFORE, values![before]).await?.iter().map(|row| row.read("id")).collect()
    }

    /// Teams that are being erased.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn being_erased(&mut self) -> Result<Vec<WorkspaceId>> {
        self.rows(BEING_ERASED, Vec::new()).await?.iter().map(|row| row.read("id")).collect()
    }
}

impl Tx {
    /// Notes that the bot is no longer in a team's server; false when that was known, or nobody knows the team. It is owed
    /// no digest until it is back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn team_removed(&mut self, id: WorkspaceId, now: DateTime<Utc>) -> Result<bool> {
        Ok(self.change(REMOVED, values![id, now]).await? == 1)
    }

    /// Notes that the bot is in a team's server again; false when it was not away, or everything is being erased.
    /// Whatever could not be told meanwhile is told now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn team_returned(&mut self, id: WorkspaceId, now: DateTime<Utc>) -> Result<bool> {
        // The workspace's row comes last: whoever holds it writes the audit trail, and nobody waits for a notice then.
        self.change(TELL_AGAIN, values![id, now]).await?;
        Ok(self.change(RETURNED, values![id]).await? == 1)
    }

    /// Notes that everything of a team is to be erased; false when it is already, or nobody knows the team.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_erasing(&mut self, id: WorkspaceId, now: DateTime<Utc>) -> Result<bool> {
        Ok(self.change(ERASING, values![id, now]).await? == 1)
    }
}
