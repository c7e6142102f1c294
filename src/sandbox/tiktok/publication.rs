//! One publishing task of the local TikTok, from its opening to the post: what was asked for, how the bytes come, how
//! far it is. Posting begins only when every byte is here.

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

use super::media::Facts;
use super::terms::{Plan, Terms};

/// What a task is to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A video that is posted.
    Video,
    /// A video handed to the creator as a draft.
    VideoDraft,
    /// Photos that are posted.
    Photos,
    /// Photos handed to the creator as a draft.
    PhotosDraft,
}

impl Kind {
    pub(super) fn is_draft(self) -> bool {
        matches!(self, Self::VideoDraft | Self::PhotosDraft)
    }

    pub(super) fn publish_type(self) -> &'static str {
        if self.is_draft() { "INBOX_SHARE" } else { "DIRECT_PUBLISH" }
    }
}

/// How far a task is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Bytes are awaited from the app.
    Receiving,
    /// Bytes are being fetched.
    Downloading,
    /// Every byte is here.
    Processing {
        /// When processing ends; none means never.
        ends_at: Option<DateTime<Utc>>,
    },
    /// The draft lies in the creator's inbox.
    InInbox,
    /// It is posted.
    Published,
    /// It failed.
    Failed {
        /// Why, in TikTok's words.
        reason: String,
    },
}

/// How the bytes come.
pub(super) enum Transfer {
    File { task: String, token: String, plan: Plan, expires_at: DateTime<Utc> },
    Pull { urls: Vec<String>, stop: CancellationToken },
}

/// The post a task became.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) id: i64,
    pub(super) posted_at: DateTime<Utc>,
    /// When its id shows and lists carry it; none for posts that are not public.
    pub(super) shows_at: Option<DateTime<Utc>>,
    pub(super) announced: bool,
    pub(super) taken_down: bool,
}

/// One publishing task.
pub(super) struct Publication {
    pub(super) publish_id: String,
    pub(super) open_id: String,
    pub(super) kind: Kind,
    pub(super) terms: Terms,
    pub(super) transfer: Transfer,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) committed_at: Option<DateTime<Utc>>,
    pub(super) stage: Stage,
    pub(super) arrived: Arrived,
    /// What a look at the video found.
    pub(super) facts: Option<Facts>,
    /// How much a pull expects, once the other side has said so.
    pub(super) expected_bytes: Option<u64>,
    /// How often the address was asked for the file.
    pub(super) fetches: u32,
    pub(super) post: Option<Post>,
    /// A failure decided for it in advance.
    pub(super) fate: Option<String>,
}

/// The bytes that are here: counted and digested, and kept only while they are few.
#[derive(Clone, Default)]
pub(super) struct Arrived {
    pub(super) bytes: u64,
    digest: Sha256,
    kept: Option<Vec<Bytes>>,
    pub(super) media_type: String,
}

impl Arrived {
    pub(super) fn keeping() -> Self {
        Self { kept: Some(Vec::new()), ..Self::default() }
    }

    pub(super) fn take(&mut self, bytes: &Bytes, keep_up_to: usize) {
        self.digest.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if usize::try_from(self.bytes).is_ok_and(|all| all <= keep_up_to) {
            if let Some(kept) = &mut self.kept {
                kept.push(bytes.clone());
            }
        } else {
            self.kept = None;
        }
    }

    pub(super) fn sha256(&self) -> String {
        hex::encode(self.digest.clone().finalize())
    }

    pub(super) fn content(&self) -> Option<Vec<u8>> {
        self.kept.as_ref().map(|pieces| pieces.concat())
    }
}

impl Publication {
    /// Every byte is here: posting begins, and takes so long.
    pub(super) fn commit(&mut self, now: DateTime<Utc>, processing: TimeDelta) {
        self.committed_at = Some(now);
        self.facts = self.arrived.content().and_then(|bytes| Facts::read(&bytes));
        self.stage = Stage::Processing { ends_at: Some(now + processing) };
    }

    /// Whether nothing more happens to it by itself.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::InInbox | Stage::Published | Stage::Failed { .. })
    }

    /// The word a status has for the stage.
    pub(super) fn status(&self) -> &'static str {
        match (&self.stage, &self.transfer) {
            (Stage::Receiving | Stage::Processing { .. }, Transfer::File { .. }) => "PROCESSING_UPLOAD",
            (Stage::Receiving | Stage::Downloading | Stage::Processing { .. }, _) => "PROCESSING_DOWNLOAD",
            (Stage::InInbox, _) => "SEND_TO_USER_INBOX",
            (Stage::Published, _) => "PUBLISH_COMPLETE",
            (Stage::Failed { .. }, _) => "FAILED",
        }
    }

    /// The post, where everybody can see it.
    pub(super) fn public_post(&self, now: DateTime<Utc>) -> Option<&Post> {
        let shows = |post: &&Post| !post.taken_down && post.shows_at.is_some_and(|shows_at| shows_at <= now);
        self.post.as_ref().filter(shows)
    }
}
