//! Accounts' numbers at a moment, as they were read. What a day's story is made of is for the domain to say.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{json, values};
use super::{Result, Tx};
use crate::domain::digest::Snapshot;
use crate::domain::ids::AccountId;

statements! { "snapshots";
    ADD = "INSERT INTO snapshots (account, taken_at, payload) VALUES ($1, $2, $3) \
           ON CONFLICT (account, taken_at) DO UPDATE SET payload = excluded.payload";
    SINCE = "SELECT account, payload FROM snapshots WHERE account = $1 AND taken_at >= $2 ORDER BY taken_at";
    FORGET = "DELETE FROM snapshots WHERE (account, taken_at) IN ( \
                SELECT account, taken_at FROM snapshots WHERE taken_at < $1 ORDER BY taken_at LIMIT $2)";
}

impl Reader {
    /// An account's snapshots since an instant, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snapshots(&mut self, account: AccountId, since: DateTime<Utc>) -> Result<Vec<Snapshot>> {
        self.rows(SINCE, values![account, since]).await?.iter().map(|row| row.json("payload")).collect()
    }
}

impl Tx {
    /// Keeps an account's numbers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_snapshot(&mut self, snapshot: &Snapshot) -> Result<()> {
        self.change(ADD, values![snapshot.account, snapshot.taken_at, json(snapshot)]).await.map(drop)
    }

    /// Forgets the oldest numbers from before an instant; says how many snapshots went.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_snapshots(&mut self, taken_before: DateTime<Utc>, most: u32) -> Result<u64> {
        self.change(FORGET, values![taken_before, most]).await
    }
}
