//! Everything of a team goes: first whatever could still go out is stopped, then every row is deleted, all in one
//! transaction each. The bytes are left over, to be deleted like any others.

use chrono::{DateTime, Utc};

use super::link::{Reader, Statement, statements};
use super::rows::values;
use super::{Result, Tx};
use crate::domain::ids::WorkspaceId;

statements! { "workspaces";
    HOLDINGS = "SELECT id, \
        (SELECT COUNT(*) FROM posts WHERE workspace = $1) AS posts, \
        (SELECT COUNT(*) FROM publications WHERE workspace = $1 AND state IN ('scheduled', 'held', 'publishing') \
           AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.publication = publications.id AND a.outcome IS NULL \
                           AND a.stage IN ('committing', 'delivered'))) AS waiting, \
        (SELECT COUNT(*) FROM publications WHERE workspace = $1 AND (state = 'processing' OR (state = 'publishing' \
           AND EXISTS (SELECT 1 FROM attempts a WHERE a.publication = publications.id AND a.outcome IS NULL \
                       AND a.stage IN ('committing', 'delivered'))))) AS leaving, \
        (SELECT COUNT(*) FROM videos WHERE workspace = $1 AND NOT forgotten) AS videos, \
        (SELECT CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM videos WHERE workspace = $1 AND NOT forgotten) \
          AS video_bytes, \
        (SELECT COUNT(*) FROM accounts WHERE workspace = $1) AS accounts, \
        (SELECT COUNT(*) FROM snapshots s JOIN accounts a ON a.id = s.account WHERE a.workspace = $1) AS snapshots, \
        (SELECT COUNT(*) FROM audit WHERE workspace = $1) AS entries \
        FROM workspaces WHERE id = $1";
    HOLD_POSTS = "SELECT id FROM posts WHERE workspace = $1 ORDER BY id",
        postgres: "SELECT id FROM posts WHERE workspace = $1 ORDER BY id FOR UPDATE";
    // In a statement of its own: had the next to wait for the lock, PostgreSQL would see the tries as of before.
    HOLD_PUBLICATIONS = "SELECT id FROM publications WHERE workspace = $1 ORDER BY id",
        postgres: "SELECT id FROM publications WHERE workspace = $1 ORDER BY id FOR UPDATE";
    WITHDRAW = "UPDATE posts SET stage = 'withdrawn', stage_at = $2, lapses_at = NULL, version = version + 1 \
                WHERE workspace = $1 AND stage <> 'withdrawn'";
    // Counting the epoch up fences out a worker: the write without which it sends no last chunk finds its claim void.
    CANCEL = "UPDATE publications SET state = 'cancelled', next_at = NULL, wake_at = NULL, owner = NULL, \
              epoch = epoch + 1, setback = NULL, ended_at = $2 \
              WHERE workspace = $1 AND state IN ('scheduled', 'publishing', 'held', 'failed', 'unclear') \
                AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.publication = publications.id \
                                AND a.outcome IS NULL AND a.stage IN ('committing', 'delivered'))";
    END_ATTEMPTS = "UPDATE attempts SET outcome = 'cancelled', sealed_upload_url = NULL WHERE outcome IS NULL \
                    AND publication IN (SELECT id FROM publications WHERE workspace = $1 AND state = 'cancelled')";
    SILENCE = "DELETE FROM notices WHERE workspace = $1 AND state = 'pending'";
    UNINVITE = "DELETE FROM consents WHERE workspace = $1";
    LEAVING = "SELECT COUNT(*) AS counted FROM publications \
               WHERE workspace = $1 AND state IN ('publishing', 'processing')";
    LEAVE_BYTES = "INSERT INTO leftovers (key) SELECT DISTINCT v.key FROM videos v \
                   WHERE v.workspace = $1 AND NOT v.forgotten AND NOT EXISTS ( \
                     SELECT 1 FROM videos twin WHERE twin.key = v.key AND twin.workspace <> $1 AND NOT twin.forgotten) \
                   ON CONFLICT (key) DO NOTHING";
    ATTEMPTS = "DELETE FROM attempts WHERE publication IN (SELECT id FROM publications WHERE workspace = $1)";
    PUBLICATIONS = "DELETE FROM publications WHERE workspace = $1";
    CARDS = "DELETE FROM cards WHERE post IN (SELECT id FROM posts WHERE workspace = $1)";
    VERDICTS = "DELETE FROM verdicts WHERE post IN (SELECT id FROM posts WHERE workspace = $1)";
    REVISIONS = "DELETE FROM revisions WHERE post IN (SELECT id FROM posts WHERE workspace = $1)";
    TAKEN_SLOTS = "DELETE FROM taken_slots WHERE account IN (SELECT id FROM accounts WHERE workspace = $1)";
    SLOTS = "DELETE FROM slots WHERE account IN (SELECT id FROM accounts WHERE workspace = $1)";
    MEMBER_ZONES = "DELETE FROM member_zones WHERE workspace = $1";
    PENDING_EDITS = "DELETE FROM pending_edits WHERE workspace = $1";
    BATCHES = "DELETE FROM batches WHERE workspace = $1";
    POSTS = "DELETE FROM posts WHERE workspace = $1";
    VIDEOS = "DELETE FROM videos WHERE workspace = $1";
    SNAPSHOTS = "DELETE FROM snapshots WHERE account IN (SELECT id FROM accounts WHERE workspace = $1)";
    BREAKERS = "DELETE FROM breakers WHERE scope IN (SELECT id FROM accounts WHERE workspace = $1)";
    // Limits are the person's at TikTok: another team that had the same account connected still counts by them.
    SPENT = "DELETE FROM spent WHERE open_id IN (SELECT open_id FROM accounts WHERE workspace = $1) \
             AND open_id NOT IN (SELECT open_id FROM accounts WHERE workspace <> $1)";
    BUDGETS = "DELETE FROM budgets WHERE open_id IN (SELECT open_id FROM accounts WHERE workspace = $1) \
               AND open_id NOT IN (SELECT open_id FROM accounts WHERE workspace <> $1)";
    ACCOUNTS = "DELETE FROM accounts WHERE workspace = $1";
    CONSENTS = "DELETE FROM consents WHERE workspace = $1";
    PICKS = "DELETE FROM picks WHERE workspace = $1";
    NOTICES = "DELETE FROM notices WHERE workspace = $1";
    PAUSES = "DELETE FROM pauses WHERE workspace = $1";
    DIGESTS = "DELETE FROM digests WHERE workspace = $1";
    KNOWN_RIGHTS = "DELETE FROM known_rights WHERE workspace = $1";
    AUDIT = "DELETE FROM audit WHERE workspace = $1";
    // Somebody else may have erased it, and the team begun anew since.
    MARKED = "SELECT id FROM workspaces WHERE id = $1 AND erasing_at IS NOT NULL",
        postgres: "SELECT id FROM workspaces WHERE id = $1 AND erasing_at IS NOT NULL FOR UPDATE";
    WORKSPACE = "DELETE FROM workspaces WHERE id = $1 AND erasing_at IS NOT NULL";
}

/// Every table of a team in the order in which its rows can go: whoever is named goes after those who
/// name it, and last of all the row that says that they are to go.
const ALL: [Statement; 25] = [
    ATTEMPTS,
    PUBLICATIONS,
    CARDS,
    VERDICTS,
    REVISIONS,
    TAKEN_SLOTS,
    PENDING_EDITS,
    POSTS,
    BATCHES,
    VIDEOS,
    SNAPSHOTS,
    BREAKERS,
    SPENT,
    BUDGETS,
    SLOTS,
    ACCOUNTS,
    CONSENTS,
    PICKS,
    NOTICES,
    PAUSES,
    DIGESTS,
    MEMBER_ZONES,
    KNOWN_RIGHTS,
    AUDIT,
    WORKSPACE,
];

/// How much is stored about a team.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Posts, in whatever state.
    pub posts: u64,
    /// Those of them that would still go out, or wait for somebody's word to.
    pub waiting: u64,
    /// Those whose bytes are at TikTok: nobody can stop them any more.
    pub leaving: u64,
    /// Videos whose bytes are kept.
    pub videos: u64,
    /// How large these are together.
    pub video_bytes: u64,
    /// TikTok accounts, disconnected ones too.
    pub accounts: u64,
    /// Snapshots of their numbers.
    pub snapshots: u64,
    /// Entries of the audit trail.
    pub entries: u64,
}

impl Reader {
    /// How much is stored about a team, if it is known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holdings(&mut self, workspace: WorkspaceId) -> Result<Option<Holdings>> {
        let Some(row) = self.row(HOLDINGS, values![workspace]).await? else { return Ok(None) };
        Ok(Some(Holdings {
            posts: row.number("posts")?,
            waiting: row.number("waiting")?,
            leaving: row.number("leaving")?,
            videos: row.number("videos")?,
            video_bytes: row.number("video_bytes")?,
            accounts: row.number("accounts")?,
            snapshots: row.number("snapshots")?,
            entries: row.number("entries")?,
        }))
    }

    /// How many publications of a team are at work. After [`stop_everything`](Tx::stop_everything) these are the ones
    /// whose bytes are at TikTok.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leaving(&mut self, workspace: WorkspaceId) -> Result<i64> {
        self.row(LEAVING, values![workspace]).await?.map_or(Ok(0), |row| row.get("counted"))
    }
}

impl Tx {
    /// Stops whatever of a team could still go out, withdraws its posts, and takes back what people were to be told and the
    /// links managers were given. What is past the point of no return comes to its end by itself.
    ///
    /// # Errors
    /// When the database fails; [`Stale`](super::Error::Stale) when it gave way to somebody else.
    pub async fn stop_everything(&mut self, workspace: WorkspaceId, now: DateTime<Utc>) -> Result<()> {
        self.rows(HOLD_POSTS, values![workspace]).await?;
        self.rows(HOLD_PUBLICATIONS, values![workspace]).await?;
        self.change(WITHDRAW, values![workspace, now]).await?;
        self.change(CANCEL, values![workspace, now]).await?;
        for statement in [END_ATTEMPTS, SILENCE, UNINVITE] {
            self.change(statement, values![workspace]).await?;
        }
        Ok(())
    }

    /// Deletes every row of a team that is being erased, if it is one still. Its bytes are left over.
    ///
    /// # Errors
    /// When the database fails, or a row was added meanwhile; then nothing went.
    pub async fn erase(&mut self, workspace: WorkspaceId) -> Result<()> {
        if self.row(MARKED, values![workspace]).await?.is_none() {
            return Ok(());
        }
        self.change(LEAVE_BYTES, values![workspace]).await?;
        for statement in ALL {
            self.change(statement, values![workspace]).await?;
        }
        Ok(())
    }
}
