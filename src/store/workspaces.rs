//! Teams and their settings, and which of them are owed a digest.

use chrono::{DateTime, NaiveDate, Utc};

use super::audit::GENESIS;
use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::ids::WorkspaceId;
use crate::domain::workspace::Workspace;
use crate::words::Language;

macro_rules! columns {
    () => {
        "id, name, reviewer_role, review_channel, digest_channel, zone, digest_time, approvals, self_review, \
         weekly_summary, next_digest_at, language"
    };
}

statements! { "workspaces";
    WORKSPACE = concat!("SELECT ", columns!(), ", removed_at, erasing_at FROM workspaces WHERE id = $1");
    ALL = concat!("SELECT ", columns!(), ", removed_at, erasing_at FROM workspaces ORDER BY id");
    ENSURE = concat!(
        "INSERT INTO workspaces (", columns!(), ", next_post_number, audit_seq, audit_head, created_at) ",
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, 0, $13, $14) ON CONFLICT (id) DO NOTHING"
    );
    SAVE = "UPDATE workspaces SET name = $2, reviewer_role = $3, review_channel = $4, digest_channel = $5, zone = $6, \
            digest_time = $7, approvals = $8, self_review = $9, weekly_summary = $10, next_digest_at = $11 \
            WHERE id = $1";
    OWING = concat!(
        "SELECT ", columns!(), ", removed_at, erasing_at FROM workspaces WHERE next_digest_at <= $1 ",
        "ORDER BY next_digest_at, id"
    );
    // By itself, so that what a manager changes at the same moment is not written over.
    SPEAK = "UPDATE workspaces SET language = $2 WHERE id = $1 AND language <> $2";
    NEXT_DUE = "SELECT MIN(next_digest_at) AS at FROM workspaces WHERE next_digest_at IS NOT NULL";
    TELL_DAY = "INSERT INTO digests (workspace, day) VALUES ($1, $2) ON CONFLICT (workspace, day) DO NOTHING";
    MOVE_DIGEST = "UPDATE workspaces SET next_digest_at = $2 WHERE id = $1";
}

impl Reader {
    /// The workspace of that id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workspace(&mut self, id: WorkspaceId) -> Result<Option<Workspace>> {
        self.row(WORKSPACE, values![id]).await?.as_ref().map(workspace).transpose()
    }

    /// Every workspace there is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workspaces(&mut self) -> Result<Vec<Workspace>> {
        self.rows(ALL, Vec::new()).await?.iter().map(workspace).collect()
    }

    /// The workspaces whose digest is due, the longest owed first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workspaces_owing_digest(&mut self, now: DateTime<Utc>) -> Result<Vec<Workspace>> {
        self.rows(OWING, values![now]).await?.iter().map(workspace).collect()
    }

    /// When the next digest is owed to anybody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_digest_due(&mut self) -> Result<Option<DateTime<Utc>>> {
        self.row(NEXT_DUE, Vec::new()).await?.map_or(Ok(None), |row| row.instant_option("at"))
    }
}

impl Tx {
    /// The workspace of that id, made with nothing set up if it was not known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ensure_workspace(&mut self, id: WorkspaceId, name: &str, now: DateTime<Utc>) -> Result<Workspace> {
        if let Some(known) = self.workspace(id).await? {
            return Ok(known);
        }
        let fresh = Workspace::new(id, name.to_owned());
        let mut values = settings(&fresh);
        values.extend(values![fresh.language.word(), GENESIS, now]);
        self.change(ENSURE, values).await?;
        // Somebody may have been faster with the same team: theirs is then the one.
        Ok(self.workspace(id).await?.unwrap_or(fresh))
    }

    /// Keeps a workspace's settings.
    ///
    /// # Errors
    /// [`Stale`](super::Error::Stale) when there is no such workspace.
    pub async fn save_workspace(&mut self, workspace: &Workspace) -> Result<()> {
        self.change_one(SAVE, settings(workspace)).await
    }

    /// Notes what a workspace's server speaks; false when that was known, or there is no such workspace.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_language(&mut self, id: WorkspaceId, language: Language) -> Result<bool> {
        Ok(self.change(SPEAK, values![id, language.word()]).await? == 1)
    }

    /// Notes that the story of a day is being told and when the next one is owed. True for the one caller that may tell
    /// it; false when that day was told before, and then only the next time is noted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn digest_told(
        &mut self,
        workspace: WorkspaceId,
        day: NaiveDate,
        next_digest_at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        let first = self.change(TELL_DAY, values![workspace, day.to_string()]).await? == 1;
        self.change_one(MOVE_DIGEST, values![workspace, next_digest_at]).await?;
        Ok(first)
    }
}

fn settings(workspace: &Workspace) -> Vec<super::rows::Value> {
    values![
        workspace.id,
        workspace.name.as_str(),
        workspace.reviewer_role,
        workspace.review_channel,
        workspace.digest_channel,
        workspace.zone.name(),
        workspace.digest_time.format("%H:%M:%S").to_string(),
        i64::from(workspace.approvals),
        workspace.self_review,
        workspace.weekly_summary,
        workspace.next_digest_at,
    ]
}

pub(super) fn workspace(row: &Row) -> Result<Workspace> {
    Ok(Workspace {
        id: row.read("id")?,
        name: row.get("name")?,
        reviewer_role: row.read_option("reviewer_role")?,
        review_channel: row.read_option("review_channel")?,
        digest_channel: row.read_option("digest_channel")?,
        zone: row.read("zone")?,
        digest_time: row.read("digest_time")?,
        approvals: row.number("approvals")?,
        self_review: row.get("self_review")?,
        weekly_summary: row.get("weekly_summary")?,
        language: row.read("language")?,
        next_digest_at: row.instant_option("next_digest_at")?,
        removed_at: row.instant_option("removed_at")?,
        erasing_at: row.instant_option("erasing_at")?,
    })
}
