//! How much went to TikTok for an account: the calls of the last minute in one row, which whoever takes one locks, and
//! what counts for hours in a row each. How much is allowed is the domain's to say.

use chrono::{DateTime, TimeDelta, Utc};

use super::link::{Reader, statements};
use super::rows::{json, values};
use super::{Result, Tx};
use crate::domain::account::Account;
use crate::domain::budget::{Calls, Guard, Usage};
use crate::domain::ids::{AccountId, PostId, PublicationId};

/// The longest a guard counts anything.
const COUNTS_FOR: TimeDelta = TimeDelta::hours(24);

statements! { "budgets";
    // One statement makes the row if need be, locks it until the transaction ends, and reads what others committed.
    HOLD = "INSERT INTO budgets (open_id, calls) VALUES ($1, '{}') \
            ON CONFLICT (open_id) DO UPDATE SET calls = budgets.calls RETURNING open_id AS id, calls";
    KEEP = "UPDATE budgets SET calls = $2 WHERE open_id = $1";
    SPEND = "INSERT INTO spent (kind, source, open_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT (kind, source) DO NOTHING";
    FORGET = "DELETE FROM spent WHERE open_id = $1 AND at <= $2";
    // A clock was set back: it counts as just now.
    BRING_BACK = "UPDATE spent SET at = $2 WHERE open_id = $1 AND at > $2";
    SPENT = "SELECT source AS id, kind, at FROM spent WHERE open_id = $1 AND at > $2 ORDER BY at";
    UNDER_WAY = "SELECT COUNT(*) AS counted FROM spent s JOIN attempts t ON t.id = s.source \
                 WHERE s.open_id = $1 AND s.at > $2 AND s.kind = 'uploads_per_hour' AND t.outcome IS NULL \
                   AND t.stage IN ('opening', 'uploading')";
    LIVE_DUES = "SELECT p.id, p.due_at AS at FROM posts p \
                 WHERE p.workspace = $1 AND p.stage = 'in_review' AND p.account = $2 AND p.id <> $3 \
                 UNION ALL SELECT q.id, q.next_at AS at FROM publications q \
                 WHERE q.account = $2 AND q.state = 'scheduled' AND q.post <> $3";
    PROMISED = "SELECT id, moved_to AS at FROM publications \
                WHERE account = $1 AND state = 'scheduled' AND moved_to > $2 AND id <> $3 ORDER BY moved_to";
    MOVE_ON = "UPDATE publications SET moved_to = $2 WHERE id = $1";
}

impl Reader {
    /// What a TikTok account used of its guards in the last 24 hours.
    ///
    /// # Errors
    /// When the database fails or a row cannot be believed.
    pub async fn usage(&mut self, open_id: &str, now: DateTime<Utc>) -> Result<Usage> {
        let mut usage = Usage::default();
        let since = now - COUNTS_FOR;
        for row in self.rows(SPENT, values![open_id, since]).await? {
            let guard: Guard = row.word("kind", &Guard::ALL, Guard::word)?;
            usage.of_mut(guard).push(row.instant("at")?.min(now));
        }
        let counted = self.row(UNDER_WAY, values![open_id, since]).await?;
        let counted: i64 = counted.map_or(Ok(0), |row| row.get("counted"))?;
        usage.under_way = usize::try_from(counted).unwrap_or_default();
        Ok(usage)
    }

    /// When an account's other posts go out as far as that is known: those in review and those that wait for their time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn live_dues(
        &mut self,
        account: &Account,
        except: PostId,
        now: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>> {
        let rows = self.rows(LIVE_DUES, values![account.workspace, account.id, except]).await?;
        // Without a time it goes out as soon as it is approved.
        rows.iter().map(|row| Ok(row.instant_option("at")?.map_or(now, |at| at.max(now)))).collect()
    }

    /// The moments still ahead to which an account's other publications were moved on, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn promised(
        &mut self,
        account: AccountId,
        except: PublicationId,
        now: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>> {
        let rows = self.rows(PROMISED, values![account, now, except]).await?;
        rows.iter().map(|row| row.instant("at")).collect()
    }
}

impl Tx {
    /// The calls of a TikTok account in the last minute; until the transaction ends nobody else counts for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_budget(&mut self, open_id: &str) -> Result<Calls> {
        self.row(HOLD, values![open_id]).await?.map_or_else(|| Ok(Calls::default()), |row| row.json("calls"))
    }

    /// Keeps the calls of an account that is held.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_calls(&mut self, open_id: &str, calls: &Calls) -> Result<()> {
        self.change(KEEP, values![open_id, json(calls)]).await.map(drop)
    }

    /// Counts something against a guard, once for each source, and forgets what counts no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn spend(&mut self, open_id: &str, guard: Guard, source: &str, now: DateTime<Utc>) -> Result<()> {
        self.change(FORGET, values![open_id, now - COUNTS_FOR]).await?;
        self.change(BRING_BACK, values![open_id, now]).await?;
        self.change(SPEND, values![guard.word(), source, open_id, now]).await.map(drop)
    }

    /// Notes the moment a publication was moved on to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_on(&mut self, id: PublicationId, until: DateTime<Utc>) -> Result<()> {
        self.change(MOVE_ON, values![id, until]).await.map(drop)
    }
}
