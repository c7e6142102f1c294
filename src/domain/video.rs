//! Facts about a file, and what TikTok accepts.
use serde::{Deserialize, Serialize};
/// Facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VideoFacts {}
/// No.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("no")]
pub struct VideoRefusal;
impl VideoRefusal {
    /// Hint.
    pub fn hint(&self) -> String {
        String::new()
    }
}

use chrono::{DateTime, Utc};

use super::ids::{MemberId, VideoId, WorkspaceId};

/// Stored bytes and the facts read from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Video {
    /// Which video.
    pub id: VideoId,
    /// Whose.
    pub workspace: WorkspaceId,
    /// The fingerprint of the bytes.
    pub sha256: [u8; 32],
    /// How many bytes.
    pub size_bytes: u64,
    /// What the file says about itself.
    pub facts: VideoFacts,
    /// What the member's file was called; data only, never a path.
    pub file_name: String,
    /// Where the bytes are in the media store.
    pub key: String,
    /// Who handed it in.
    pub created_by: MemberId,
    /// When.
    pub created_at: DateTime<Utc>,
}
