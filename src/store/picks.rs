//! Videos people pointed at in messages, until the form that asks for time and caption comes back.

use std::fmt;

use chrono::{DateTime, Utc};

use super::link::{Reader, statements};
use super::rows::{Row, values};
use super::{Result, Tx};
use crate::domain::ids::{MemberId, MessageId, WorkspaceId};

statements! { "picks";
    KEEP = "INSERT INTO picks (workspace, member, message, attachment, link, file_name, picked_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace, member, message) DO UPDATE SET \
            attachment = excluded.attachment, link = excluded.link, file_name = excluded.file_name, \
            picked_at = excluded.picked_at";
    FIND = "SELECT workspace, member, message, attachment, link, file_name FROM picks \
            WHERE workspace = $1 AND member = $2 AND message = $3";
    FORGET = "DELETE FROM picks WHERE picked_at < $1";
}

/// A video somebody pointed at in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// In which team.
    pub workspace: WorkspaceId,
    /// Who.
    pub member: MemberId,
    /// In which message.
    pub message: MessageId,
    /// The video itself.
    pub file: PickedFile,
}

/// A file in a message.
#[derive(Clone, PartialEq, Eq)]
pub struct PickedFile {
    /// Discord's number of it.
    pub attachment: String,
    /// Where it is; works for about a day.
    pub link: String,
    /// What it is called.
    pub file_name: String,
}

impl fmt::Debug for PickedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whoever has the link has the video.
        f.debug_struct("PickedFile").field("attachment", &self.attachment).finish_non_exhaustive()
    }
}

impl Reader {
    /// The video this member pointed at in this message, if they did lately.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pick(&mut self, workspace: WorkspaceId, member: MemberId, message: MessageId) -> Result<Option<Pick>> {
        self.row(FIND, values![workspace, member, message]).await?.as_ref().map(pick).transpose()
    }
}

impl Tx {
    /// Notes which video a member pointed at; of two in the same message the later counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_pick(&mut self, pick: &Pick, now: DateTime<Utc>) -> Result<()> {
        let values = values![
            pick.workspace,
            pick.member,
            pick.message,
            pick.file.attachment.as_str(),
            pick.file.link.as_str(),
            pick.file.file_name.as_str(),
            now,
        ];
        self.change(KEEP, values).await.map(drop)
    }

    /// Forgets what was pointed at before an instant; says how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_picks(&mut self, before: DateTime<Utc>) -> Result<u64> {
        self.change(FORGET, values![before]).await
    }
}

fn pick(row: &Row) -> Result<Pick> {
    Ok(Pick {
        workspace: row.read("workspace")?,
        member: row.read("member")?,
        message: row.read("message")?,
        file: PickedFile {
            attachment: row.get("attachment")?,
            link: row.get("link")?,
            file_name: row.get("file_name")?,
        },
    })
}
