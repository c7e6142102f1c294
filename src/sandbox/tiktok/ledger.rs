//! What the local TikTok can be asked afterwards: which posts there are, and what was requested of it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::publication::{Kind, Publication, Stage, Transfer};
use super::state::World;

/// A publishing task as the ledger shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Posted {
    /// The task's id.
    pub publish_id: String,
    /// The account's handle.
    pub creator: String,
    /// The account's id for the app.
    pub open_id: String,
    /// What it is to become.
    pub kind: Kind,
    /// The caption.
    pub caption: String,
    /// The audience; empty for a draft.
    pub privacy: String,
    /// Whether comments are off.
    pub disable_comment: bool,
    /// Whether duets are off.
    pub disable_duet: bool,
    /// Whether stitches are off.
    pub disable_stitch: bool,
    /// Whether it is a paid partnership.
    pub brand_content_toggle: bool,
    /// Whether it promotes the creator's own business.
    pub brand_organic_toggle: bool,
    /// Whether it is labelled as made with AI.
    pub is_aigc: bool,
    /// Which frame is the cover.
    pub cover_ms: Option<i64>,
    /// The digest of the bytes that arrived, in hex.
    pub sha256: String,
    /// How many bytes arrived.
    pub size_bytes: u64,
    /// How often TikTok asked an address for the file.
    pub fetches: u32,
    /// When the task was opened.
    pub opened_at: DateTime<Utc>,
    /// When its last byte arrived.
    pub committed_at: Option<DateTime<Utc>>,
    /// When it was posted.
    pub posted_at: Option<DateTime<Utc>>,
    /// How far it is.
    pub state: Stage,
    /// The post's id, also while nobody else may see it.
    pub post_id: Option<String>,
}

impl Posted {
    fn of(publication: &Publication, world: &World) -> Self {
        let terms = publication.terms.clone();
        Self {
            publish_id: publication.publish_id.clone(),
            creator: world.creator(&publication.open_id).map(|one| one.username.clone()).unwrap_or_default(),
            open_id: publication.open_id.clone(),
            kind: publication.kind,
            caption: terms.title,
            privacy: terms.privacy,
            disable_comment: terms.disable_comment,
            disable_duet: terms.disable_duet,
            disable_stitch: terms.disable_stitch,
            brand_content_toggle: terms.brand_content,
            brand_organic_toggle: terms.brand_organic,
            is_aigc: terms.is_aigc,
            cover_ms: terms.cover_ms,
            sha256: publication.arrived.sha256(),
            size_bytes: publication.arrived.bytes,
            fetches: publication.fetches,
            opened_at: publication.opened_at,
            committed_at: publication.committed_at,
            posted_at: publication.post.as_ref().map(|post| post.posted_at),
            state: publication.stage.clone(),
            post_id: publication.post.as_ref().map(|post| post.id.to_string()),
        }
    }
}

impl World {
    /// Every task, in the order of opening.
    pub(super) fn tasks(&self) -> Vec<Posted> {
        self.publications.iter().map(|publication| Posted::of(publication, self)).collect()
    }

    /// The tasks that have all their bytes: each of them is, or will be unless it fails, a post.
    pub(super) fn ledger(&self) -> Vec<Posted> {
        self.tasks().into_iter().filter(|posted| posted.committed_at.is_some()).collect()
    }

    /// What makes the upload addresses that were given out secret.
    pub(super) fn uploads(&self) -> impl Iterator<Item = String> {
        self.publications.iter().filter_map(|publication| match &publication.transfer {
            Transfer::File { token, .. } => Some(token.clone()),
            Transfer::Pull { .. } => None,
        })
    }

    /// The kept bytes of a video and their media type.
    pub(super) fn video(&self, publish_id: &str) -> Option<(String, Vec<u8>)> {
        let publication = self.publications.get(self.publications.place(publish_id)?)?;
        publication.committed_at?;
        let media_type = match publication.transfer {
            Transfer::File { .. } => publication.arrived.media_type.clone(),
            Transfer::Pull { .. } => "video/mp4".to_owned(),
        };
        Some((media_type, publication.arrived.content()?))
    }
}

/// One request, as the journal keeps it: no secrets, no bodies, no queries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When it came.
    pub at: DateTime<Utc>,
    /// The HTTP method.
    pub method: String,
    /// The path; the part of an upload address that is a secret is its query.
    pub path: String,
    /// The endpoint's short name.
    pub endpoint: String,
    /// The beginning of the token it carried.
    pub token: Option<String>,
    /// The HTTP status; none when no answer went out.
    pub status: Option<u16>,
    /// The code in the answer; empty where the answer has none.
    pub code: String,
    /// The trouble that was armed for it.
    pub fault: Option<String>,
    /// How it breaks TikTok's documentation, if it does.
    pub violation: Option<String>,
}
