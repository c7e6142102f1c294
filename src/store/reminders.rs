//! When the reviewers of a post are reminded next. Kept beside the post and not in it: a reminder changes nothing about
//! what people read when they decide.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::values;
use super::{Result, Tx};
use crate::domain::ids::PostId;

statements! { "posts";
    REMIND_AT = "UPDATE posts SET remind_at = $2 WHERE id = $1 AND (remind_at IS NOT NULL OR CAST($2 AS BIGINT) IS NOT NULL)";
    DUE = "SELECT id, remind_at FROM posts WHERE remind_at <= $1 ORDER BY remind_at, id LIMIT $2";
    NEXT = "SELECT MIN(remind_at) AS at FROM posts WHERE remind_at IS NOT NULL";
    MOVE_ON = "UPDATE posts SET remind_at = $3 WHERE id = $1 AND remind_at = $2";
}

impl Reader {
    /// Posts whose reviewers are to be reminded, and since when; the longest overdue first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_reminders(&mut self, now: DateTime<Utc>, limit: u32) -> Result<Vec<(PostId, DateTime<Utc>)>> {
        let rows = self.rows(DUE, values![now, limit]).await?;
        rows.iter().map(|row| Ok((row.read("id")?, row.instant("remind_at")?))).collect()
    }

    /// When the next reminder is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_reminder(&mut self) -> Result<Option<DateTime<Utc>>> {
        self.row(NEXT, Vec::new()).await?.map_or(Ok(None), |row| row.instant_option("at"))
    }
}

impl Tx {
    /// Notes when the reviewers of a post are reminded next, if they are.
    pub(super) async fn remind_at(&mut self, post: PostId, at: Option<DateTime<Utc>>) -> Result<()> {
        self.change(REMIND_AT, values![post, at]).await.map(drop)
    }

    /// Takes a reminder that is due and notes the next one. True for the one caller that owes it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_reminder(
        &mut self,
        post: PostId,
        due: DateTime<Utc>,
        next: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        Ok(self.change(MOVE_ON, values![post, due, next]).await? == 1)
    }
}
