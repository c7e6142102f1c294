//! Weekly slots of accounts, and which post took which occurrence of one.
//!
//! An occurrence is taken by writing its row: of two transactions that want the same one, the second waits for the first
//! and then changes nothing, on either engine.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::ids::{AccountId, MemberId, PostId};
use crate::domain::schedule::slots::Slot;

statements! { "slots";
    SLOTS = "SELECT account, weekday, minute FROM slots WHERE account = $1 ORDER BY weekday, minute";
    ADD = "INSERT INTO slots (account, weekday, minute, set_by, set_at) VALUES ($1, $2, $3, $4, $5) \
           ON CONFLICT (account, weekday, minute) DO NOTHING";
    DROP = "DELETE FROM slots WHERE account = $1 AND weekday = $2 AND minute = $3";
    // An occurrence is not free while a post in review or approved is due at it, or somebody's draft holds it.
    OCCUPIED = "SELECT t.account, t.at FROM taken_slots t WHERE t.account = $1 AND t.at >= $2 \
                  AND (CAST($3 AS TEXT) IS NULL OR t.post <> $3) \
                UNION SELECT p.account, p.due_at AS at FROM posts p WHERE p.account = $1 AND p.due_at >= $2 \
                  AND (CAST($3 AS TEXT) IS NULL OR p.id <> $3) AND (p.stage = 'in_review' OR (p.stage = 'approved' AND NOT EXISTS ( \
                    SELECT 1 FROM publications q WHERE q.post = p.id AND q.state = 'failed')))";
    TAKE = "INSERT INTO taken_slots (account, at, post) VALUES ($1, $2, $3) ON CONFLICT (account, at) DO NOTHING";
    TAKEN_BY = "SELECT post, at FROM taken_slots WHERE post = $1";
    LET_GO = "DELETE FROM taken_slots WHERE post = $1";
    // A slot is held by a post that still goes out at it.
    SETTLE = "DELETE FROM taken_slots WHERE post = $1 AND NOT EXISTS ( \
                SELECT 1 FROM posts p WHERE p.id = $1 AND p.account = taken_slots.account AND p.due_at = taken_slots.at \
                  AND p.stage IN ('draft', 'in_review', 'approved'))";
}

impl Reader {
    /// The weekly slots of an account, in the order of the week.
    ///
    /// # Errors
    /// When the database fails or a row cannot be believed.
    pub async fn slots(&mut self, account: AccountId) -> Result<Vec<Slot>> {
        let read = |row: &Row| {
            let slot = Slot::from_numbers(row.number("weekday")?, row.number("minute")?);
            row.must(slot, "weekday")
        };
        self.rows(SLOTS, values![account]).await?.iter().map(read).collect()
    }

    /// The instants from `since` on at which a post, or another than this one, is due on the account or holds a slot of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn occupied(
        &mut self,
        account: AccountId,
        since: DateTime<Utc>,
        except: Option<PostId>,
    ) -> Result<Vec<DateTime<Utc>>> {
        let rows = self.rows(OCCUPIED, values![account, since, except]).await?;
        rows.iter().map(|row| row.instant("at")).collect()
    }

    /// The occurrence of a slot that a post took, if it goes out at one that it took.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn slot_of(&mut self, post: PostId) -> Result<Option<DateTime<Utc>>> {
        self.row(TAKEN_BY, values![post]).await?.map(|row| row.instant("at")).transpose()
    }
}

impl Tx {
    /// Adds a weekly slot; false when it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_slot(&mut self, account: AccountId, slot: Slot, by: MemberId, now: DateTime<Utc>) -> Result<bool> {
        let (weekday, minute) = slot.numbers();
        Ok(self.change(ADD, values![account, weekday, minute, by, now]).await? == 1)
    }

    /// Drops a weekly slot; false when there was none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_slot(&mut self, account: AccountId, slot: Slot) -> Result<bool> {
        let (weekday, minute) = slot.numbers();
        Ok(self.change(DROP, values![account, weekday, minute]).await? == 1)
    }

    /// Takes an occurrence of a slot for a post; false when somebody was faster.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_slot(&mut self, account: AccountId, at: DateTime<Utc>, post: PostId) -> Result<bool> {
        Ok(self.change(TAKE, values![account, at, post]).await? == 1)
    }

    /// Lets go of whatever slot a post took.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn let_go_of_slot(&mut self, post: PostId) -> Result<()> {
        self.change(LET_GO, values![post]).await.map(drop)
    }

    /// Lets go of the slot of a post that no longer goes out at it.
    pub(super) async fn settle_slot(&mut self, post: PostId) -> Result<()> {
        self.change(SETTLE, values![post]).await.map(drop)
    }
}
