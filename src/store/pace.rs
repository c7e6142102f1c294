//! What was done lately, counted from the attempts: limits over hours and days are rows, not counters in memory.

use chrono::{DateTime, Utc};

use super::Result;
use super::link::{Reader, statements};
use super::rows::values;
use crate::domain::ids::{AccountId, PostId};

statements! { "attempts";
    OPENINGS = "SELECT a.id, a.started_at FROM attempts a JOIN publications p ON p.id = a.publication \
                WHERE p.post = $1 AND a.started_at > $2 ORDER BY a.started_at";
    DELIVERIES = "SELECT COUNT(*) AS counted FROM attempts a JOIN publications p ON p.id = a.publication \
                  WHERE p.account = $1 AND a.delivered_at > $2";
}

impl Reader {
    /// When TikTok was asked to open uploads for a post, since then, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn openings(&mut self, post: PostId, since: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>> {
        self.rows(OPENINGS, values![post, since]).await?.iter().map(|row| row.instant("started_at")).collect()
    }

    /// How many videos TikTok was given for an account since then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deliveries(&mut self, account: AccountId, since: DateTime<Utc>) -> Result<i64> {
        self.row(DELIVERIES, values![account, since]).await?.map_or(Ok(0), |row| row.get("counted"))
    }
}
