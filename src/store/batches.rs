//! Rows of one file that were prepared together. Each row is a draft; the batch says whose they are, until when they wait,
//! and whether they were scheduled.

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::ids::{BatchId, MemberId, PostId, WorkspaceId};
use crate::domain::post::Post;

macro_rules! columns {
    () => {
        "id, workspace, member, member_name, file_name, rows, created_at, expires_at, used_at"
    };
}

statements! { "batches";
    BATCH = concat!("SELECT ", columns!(), " FROM batches WHERE id = $1");
    BATCH_HELD = concat!("SELECT ", columns!(), " FROM batches WHERE id = $1"),
        postgres: concat!("SELECT ", columns!(), " FROM batches WHERE id = $1 FOR UPDATE");
    WAITING = concat!(
        "SELECT ", columns!(), " FROM batches WHERE workspace = $1 AND member = $2 AND used_at IS NULL ORDER BY id"
    );
    POSTS = "SELECT id, batch_row FROM posts WHERE batch = $1 ORDER BY batch_row";
    OF_POST = "SELECT id, batch FROM posts WHERE id = $1";
    ADD = concat!("INSERT INTO batches (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    PUT_IN = "UPDATE posts SET batch = $2, batch_row = $3 WHERE id = $1";
    USE = "UPDATE batches SET used_at = $2 WHERE id = $1 AND used_at IS NULL";
    DROP = "DELETE FROM batches WHERE id = $1 AND used_at IS NULL";
    FORGET = "DELETE FROM batches WHERE used_at IS NULL AND expires_at <= $1";
}

/// Rows of one file that were checked and wait for a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Which.
    pub id: BatchId,
    /// Of which team.
    pub workspace: WorkspaceId,
    /// Who may press.
    pub member: MemberId,
    /// What they were called then.
    pub member_name: String,
    /// What they call the file.
    pub file_name: String,
    /// How many drafts were prepared.
    pub rows: u32,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Until when they wait.
    pub expires_at: DateTime<Utc>,
    /// When they were scheduled.
    pub used_at: Option<DateTime<Utc>>,
}

impl Reader {
    /// The batch of that id. Inside a transaction nobody else uses it until that ends.
    ///
    /// # Errors
    /// When the database fails or the row cannot be believed.
    pub async fn prepared(&mut self, id: BatchId) -> Result<Option<Batch>> {
        let statement = if self.decides() { BATCH_HELD } else { BATCH };
        self.row(statement, values![id]).await?.as_ref().map(batch).transpose()
    }

    /// A member's batches that were not scheduled.
    ///
    /// # Errors
    /// When the database fails or a row cannot be believed.
    pub async fn waiting_batches(&mut self, workspace: WorkspaceId, member: MemberId) -> Result<Vec<Batch>> {
        self.rows(WAITING, values![workspace, member]).await?.iter().map(batch).collect()
    }

    /// What became of the rows of a batch, each with its number in the file. Inside a transaction nobody else changes them.
    ///
    /// # Errors
    /// When the database fails or a row cannot be believed.
    pub async fn batch_posts(&mut self, id: BatchId) -> Result<Vec<(u32, Post)>> {
        let mut posts = Vec::new();
        for row in self.rows(POSTS, values![id]).await? {
            if let Some(post) = self.post(row.read("id")?).await? {
                posts.push((row.number("batch_row")?, post));
            }
        }
        Ok(posts)
    }

    /// The batch a post was prepared in, if it was in one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn batch_of(&mut self, post: PostId) -> Result<Option<BatchId>> {
        self.row(OF_POST, values![post]).await?.map_or(Ok(None), |row| row.read_option("batch"))
    }
}

impl Tx {
    /// Keeps a batch.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_batch(&mut self, batch: &Batch) -> Result<()> {
        let Batch { id, workspace, member, member_name, file_name, rows, created_at, expires_at, used_at } = batch;
        let (by, file) = (member_name.as_str(), file_name.as_str());
        let given = values![*id, *workspace, *member, by, file, *rows, *created_at, *expires_at, *used_at];
        self.change(ADD, given).await.map(drop)
    }

    /// Notes which row of which batch a draft is.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when there is no such draft.
    pub async fn put_in_batch(&mut self, post: PostId, batch: BatchId, row: u32) -> Result<()> {
        self.change_one(PUT_IN, values![post, batch, row]).await
    }

    /// Notes that a batch was scheduled, once.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when it was already.
    pub async fn use_batch(&mut self, id: BatchId, now: DateTime<Utc>) -> Result<()> {
        self.change_one(USE, values![id, now]).await
    }

    /// Forgets a batch that was not scheduled; its drafts are whoever's they are.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when it was scheduled or forgotten meanwhile.
    pub async fn drop_batch(&mut self, id: BatchId) -> Result<()> {
        self.change_one(DROP, values![id]).await
    }

    /// Forgets batches whose time is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_batches(&mut self, now: DateTime<Utc>) -> Result<u64> {
        self.change(FORGET, values![now]).await
    }
}

fn batch(row: &Row) -> Result<Batch> {
    Ok(Batch {
        id: row.read("id")?,
        workspace: row.read("workspace")?,
        member: row.read("member")?,
        member_name: row.get("member_name")?,
        file_name: row.get("file_name")?,
        rows: row.number("rows")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
        used_at: row.instant_option("used_at")?,
    })
}
