//! What people have paused, as rows; and the one lock that makes a pause and the last chunk of an upload take turns.
//!
//! Whoever pauses or resumes holds the accounts it is about until that is written. Whoever begins a try, or passes the
//! point of no return, asks about a pause in the transaction that writes that down, and holds the account against a pause
//! while it does. So either the pause is seen, or whoever pauses sees that the last chunk may have left.

use chrono::{DateTime, Utc};

use super::claims::Claim;
use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::ids::{AccountId, PublicationId, WorkspaceId};
use crate::domain::pause::Pause;

/// The scope that is every account.
const ALL: &str = "all";

macro_rules! pause {
    () => {
        "SELECT scope AS id, workspace, by, by_name, reason, since FROM pauses WHERE workspace = $1"
    };
}

statements! { "pauses";
    // That of all comes first.
    PAUSES = concat!(pause!(), " ORDER BY (scope <> 'all'), since, scope");
    PAUSE_OVER = concat!(pause!(), " AND scope IN ('all', $2) ORDER BY (scope <> 'all') LIMIT 1");
    ADD = "INSERT INTO pauses (workspace, scope, by, by_name, reason, since) VALUES ($1, $2, $3, $4, $5, $6) \
           ON CONFLICT (workspace, scope) DO NOTHING";
    END = "DELETE FROM pauses WHERE workspace = $1 AND scope = $2";
    HOLD_ACCOUNTS = "SELECT id FROM accounts WHERE workspace = $1 AND (CAST($2 AS TEXT) IS NULL OR id = $2) ORDER BY id",
        postgres: "SELECT id FROM accounts WHERE workspace = $1 AND (CAST($2 AS TEXT) IS NULL OR id = $2) ORDER BY id \
                   FOR UPDATE";
    // As much as a row that names the account takes, too: renewing its tokens is not kept waiting.
    HOLD_AGAINST_PAUSE = "SELECT id FROM accounts WHERE id = $1",
        postgres: "SELECT id FROM accounts WHERE id = $1 FOR KEY SHARE";
    IN_FLIGHT = "SELECT q.id, p.number FROM publications q JOIN posts p ON p.id = q.post \
                 WHERE q.workspace = $1 AND (CAST($2 AS TEXT) IS NULL OR q.account = $2) \
                   AND q.state IN ('publishing', 'processing') ORDER BY q.due_at, q.id";
    FALLEN_DUE = "SELECT id FROM publications WHERE workspace = $1 AND (CAST($2 AS TEXT) IS NULL OR account = $2) \
                  AND state = 'scheduled' AND due_at <= $3 AND next_at <= $3 ORDER BY due_at, id";
    DUE_WITHIN = "SELECT q.id, v.size_bytes FROM publications q JOIN posts p ON p.id = q.post \
                  JOIN videos v ON v.id = p.video \
                  WHERE q.workspace = $1 AND (CAST($2 AS TEXT) IS NULL OR q.account = $2) \
                    AND q.state = 'scheduled' AND q.setback IS NULL AND q.due_at > $3 AND q.due_at <= $4 \
                  ORDER BY q.due_at, q.id";
    HELD_AS = "SELECT id FROM publications WHERE id = $1 AND epoch = $2 AND owner = $3";
}

/// A publication, and the number people call its post by.
pub type Numbered = (PublicationId, i64);

impl Reader {
    /// Everything that is paused in a workspace; that of all accounts comes first.
    ///
    /// # Errors
    /// When the database fails or a row cannot be believed.
    pub async fn pauses(&mut self, workspace: WorkspaceId) -> Result<Vec<Pause>> {
        self.rows(PAUSES, values![workspace]).await?.iter().map(pause).collect()
    }

    /// What stops an account, if people have paused it or all. Inside a transaction nobody pauses or resumes it until that
    /// ends.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn pause_over(&mut self, workspace: WorkspaceId, account: AccountId) -> Result<Option<Pause>> {
        if self.decides() {
            // In a statement of its own: had it to wait, the next one sees what it waited for.
            self.row(HOLD_AGAINST_PAUSE, values![account]).await?;
        }
        self.row(PAUSE_OVER, values![workspace, account.to_string()]).await?.as_ref().map(pause).transpose()
    }

    /// Whether a claim still holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn still_holds(&mut self, claim: &Claim) -> Result<bool> {
        Ok(self.row(HELD_AS, values![claim.publication.id, claim.epoch(), claim.owner()]).await?.is_some())
    }
}

impl Tx {
    /// Has everybody wait who begins a try, or passes the point of no return, on this account or on any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_for_pause(&mut self, workspace: WorkspaceId, account: Option<AccountId>) -> Result<()> {
        self.rows(HOLD_ACCOUNTS, values![workspace, account]).await.map(drop)
    }

    /// Begins a pause.
    ///
    /// # Errors
    /// [`Error::Stale`](super::Error::Stale) when the same was paused in the meantime.
    pub async fn add_pause(&mut self, pause: &Pause) -> Result<()> {
        let scope = word(pause.account);
        let values =
            values![pause.workspace, scope, pause.by, pause.by_name.as_str(), pause.reason.as_deref(), pause.since];
        self.change_one(ADD, values).await
    }

    /// Ends a pause.
    ///
    /// # Errors
    /// [`Error::Stale`](super::Error::Stale) when somebody else has.
    pub async fn end_pause(&mut self, pause: &Pause) -> Result<()> {
        self.change_one(END, values![pause.workspace, word(pause.account)]).await
    }

    /// What has begun and is not known to be out, by due time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn in_flight(&mut self, workspace: WorkspaceId, account: Option<AccountId>) -> Result<Vec<Numbered>> {
        self.rows(IN_FLIGHT, values![workspace, account]).await?.iter().map(numbered).collect()
    }

    /// What would begin now, by due time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fallen_due(
        &mut self,
        workspace: WorkspaceId,
        account: Option<AccountId>,
        now: DateTime<Utc>,
    ) -> Result<Vec<PublicationId>> {
        self.rows(FALLEN_DUE, values![workspace, account, now]).await?.iter().map(|row| row.read("id")).collect()
    }

    /// What waits for nothing but its time, which comes after `now` and until then; and how large its video is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_within(
        &mut self,
        workspace: WorkspaceId,
        account: Option<AccountId>,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<(PublicationId, u64)>> {
        let rows = self.rows(DUE_WITHIN, values![workspace, account, now, until]).await?;
        rows.iter().map(|row| Ok((row.read("id")?, row.number("size_bytes")?))).collect()
    }
}

fn word(account: Option<AccountId>) -> String {
    account.map_or_else(|| ALL.to_owned(), |account| account.to_string())
}

fn numbered(row: &Row) -> Result<Numbered> {
    Ok((row.read("id")?, row.get("number")?))
}

fn pause(row: &Row) -> Result<Pause> {
    let scope: String = row.get("id")?;
    Ok(Pause {
        workspace: row.read("workspace")?,
        account: if scope == ALL { None } else { Some(scope.parse().map_err(|_| row.odd("scope"))?) },
        by: row.read("by")?,
        by_name: row.get("by_name")?,
        reason: row.get("reason")?,
        since: row.instant("since")?,
    })
}
