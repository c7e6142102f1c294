//! The machine's effort to put one post on one account, and its life.
//!
//! A publication is born in the transaction that approves its post. Its row is its own place in the queue: everything a
//! worker needs to go on after somebody else was stopped is in it, and every transition (see [`life`]) consumes one
//! state and gives back the next. The point of no return is [`Stage::Committing`]: from there on nothing is ever sent
//! anew, only asked about, unless TikTok itself says that the whole attempt failed.

mod halt;
mod life;
mod moved;
mod time;
mod waits;

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{AccountId, AttemptId, PostId, PublicationId, WorkspaceId};
use super::post::Revision;

pub use life::{ADDRESS_LIVES, LANE_HOLDS, MOST_ATTEMPTS, WrongState};
pub use time::{MOST_AHEAD, SMALLEST_AHEAD_BYTES, upload_lead};

/// What is open at TikTok: enough to go on sending after a restart.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// TikTok's name for this attempt.
    pub publish_id: String,
    /// Where the bytes go, sealed: whoever reads it could send bytes.
    pub sealed_url: Vec<u8>,
    /// When it was asked for; the address lives one hour from then.
    pub issued_at: DateTime<Utc>,
    /// The size of the whole video.
    pub size_bytes: u64,
    /// The size of every chunk but the last.
    pub chunk_bytes: u64,
    /// How many chunks there are.
    pub chunk_count: u32,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("publish_id", &self.publish_id).finish_non_exhaustive()
    }
}

/// How far one try has come. Each is written down before the call it names is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// TikTok is being asked to open an upload; without an answer nothing has begun.
    Opening,
    /// The upload is open and bytes are on their way; nothing is public before the last chunk.
    Uploading {
        /// What is open.
        upload: Upload,
        /// How many bytes TikTok has confirmed.
        sent_bytes: u64,
    },
    /// The last chunk is being sent: the point of no return.
    Committing {
        /// What is open.
        upload: Upload,
    },
    /// TikTok has every byte.
    Delivered {
        /// What was open.
        upload: Upload,
    },
}

impl Stage {
    /// What is open at TikTok, if anything is.
    #[must_use]
    pub const fn upload(&self) -> Option<&Upload> {
        match self {
            Self::Opening => None,
            Self::Uploading { upload, .. } | Self::Committing { upload } | Self::Delivered { upload } => Some(upload),
        }
    }

    /// Whether the last chunk may have left: from here on the video may be out, whatever goes wrong.
    #[must_use]
    pub const fn is_committed(&self) -> bool {
        match self {
            Self::Opening | Self::Uploading { .. } => false,
            Self::Committing { .. } | Self::Delivered { .. } => true,
        }
    }
}

/// One try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Which try.
    pub id: AttemptId,
    /// The how-manieth, from one.
    pub number: u32,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// How far it has come.
    pub stage: Stage,
}

/// Whose problem a setback is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The author: another video, caption or setting helps.
    Author,
    /// A manager: the account has to be looked after.
    Manager,
    /// The operator: settings or the app at TikTok.
    Operator,
    /// TikTok: wait.
    TikTok,
}

/// What follows from a setback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// It may work later: after the usual delay, or after this many seconds if that is longer.
    Later {
        /// The least to wait, in seconds.
        at_least_seconds: i64,
    },
    /// It will not work as it is.
    Never,
    /// Nobody can know whether it went out.
    Unclear,
}

/// What went wrong in an attempt, in words people can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setback {
    /// TikTok's code, or ours.
    pub code: String,
    /// One sentence.
    pub said: String,
    /// What can be done.
    pub hint: String,
    /// By whom.
    pub whose: Whose,
    /// What follows.
    pub next: Next,
}

/// Proof that a video is out: what TikTok calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// TikTok's name for the attempt.
    pub publish_id: String,
    /// The video's own number, once it is publicly visible.
    pub post_id: Option<String>,
    /// Where it can be watched, once that is known.
    pub url: Option<String>,
}

/// Where a publication stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicationState {
    /// Waiting for its time, or for the next try.
    Scheduled {
        /// When to look at it.
        wake_at: DateTime<Utc>,
        /// What went wrong last time.
        setback: Option<Setback>,
    },
    /// A worker is sending.
    Publishing {
        /// The try.
        attempt: Attempt,
        /// When to go on, should the worker let go of it.
        resume_at: DateTime<Utc>,
    },
    /// TikTok has everything; only its word is awaited.
    Processing {
        /// The try.
        attempt: Attempt,
        /// How often TikTok has been asked.
        asked: u32,
        /// Since when it is being asked.
        since: DateTime<Utc>,
        /// When to ask again.
        ask_at: DateTime<Utc>,
    },
    /// It is out, by TikTok's word.
    Published {
        /// The proof.
        receipt: Receipt,
        /// When TikTok said so.
        at: DateTime<Utc>,
        /// When to ask for the link again, while it is missing.
        ask_at: Option<DateTime<Utc>>,
    },
    /// It lies in the creator's inbox; a person finishes it in the app.
    InInbox {
        /// TikTok's name for it.
        receipt: Receipt,
        /// When it arrived.
        at: DateTime<Utc>,
        /// When to ask whether the creator has finished it, while that is asked.
        ask_at: Option<DateTime<Utc>>,
    },
    /// Its time passed while nothing could go out; a person decides whether it still should.
    Held {
        /// Since when people are asked.
        since: DateTime<Utc>,
    },
    /// It will not work as it is.
    Failed {
        /// Why.
        setback: Setback,
        /// When that was clear.
        at: DateTime<Utc>,
    },
    /// Nobody can know whether it is out; a person has to look.
    Unclear {
        /// What happened.
        setback: Setback,
        /// TikTok's name for the attempt.
        publish_id: Option<String>,
        /// When it was given up.
        at: DateTime<Utc>,
    },
    /// The post was edited, moved or withdrawn before anything began.
    Cancelled {
        /// When.
        at: DateTime<Utc>,
    },
}

/// The names of [`PublicationState`], as they are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is explained where it carries its facts, in PublicationState")]
pub enum PublicationStage {
    Scheduled,
    Publishing,
    Processing,
    Published,
    InInbox,
    Held,
    Failed,
    Unclear,
    Cancelled,
}

impl PublicationStage {
    /// Every stage there is.
    pub const ALL: [Self; 9] = [
        Self::Scheduled,
        Self::Publishing,
        Self::Processing,
        Self::Published,
        Self::InInbox,
        Self::Held,
        Self::Failed,
        Self::Unclear,
        Self::Cancelled,
    ];

    /// The word it is stored under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Publishing => "publishing",
            Self::Processing => "processing",
            Self::Published => "published",
            Self::InInbox => "in_inbox",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::Unclear => "unclear",
            Self::Cancelled => "cancelled",
        }
    }

    /// The words in logs and errors; what people read stands beside the cards.
    #[must_use]
    pub const fn said(self) -> &'static str {
        match self {
            Self::InInbox => "in inbox",
            Self::Scheduled
            | Self::Publishing
            | Self::Processing
            | Self::Published
            | Self::Held
            | Self::Failed
            | Self::Unclear
            | Self::Cancelled => self.word(),
        }
    }
}

/// The machine's effort to put one post on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Which publication.
    pub id: PublicationId,
    /// Whose.
    pub workspace: WorkspaceId,
    /// Of which post.
    pub post: PostId,
    /// On which account.
    pub account: AccountId,
    /// The revision that was approved; nothing else may go out.
    pub revision: Revision,
    /// When it should be out.
    pub due_at: DateTime<Utc>,
    /// How many tries there have been.
    pub attempts: u32,
    /// When it was moved on to, if a limit of its account was spent at its time.
    pub moved_to: Option<DateTime<Utc>>,
    /// Where it stands.
    pub state: PublicationState,
}

impl Publication {
    /// The name of the state it is in.
    #[must_use]
    pub const fn stage(&self) -> PublicationStage {
        match self.state {
            PublicationState::Scheduled { .. } => PublicationStage::Scheduled,
            PublicationState::Publishing { .. } => PublicationStage::Publishing,
            PublicationState::Processing { .. } => PublicationStage::Processing,
            PublicationState::Published { .. } => PublicationStage::Published,
            PublicationState::InInbox { .. } => PublicationStage::InInbox,
            PublicationState::Held { .. } => PublicationStage::Held,
            PublicationState::Failed { .. } => PublicationStage::Failed,
            PublicationState::Unclear { .. } => PublicationStage::Unclear,
            PublicationState::Cancelled { .. } => PublicationStage::Cancelled,
        }
    }

    /// The try that is under way, if one is.
    #[must_use]
    pub const fn attempt(&self) -> Option<&Attempt> {
        match &self.state {
            PublicationState::Publishing { attempt, .. } | PublicationState::Processing { attempt, .. } => {
                Some(attempt)
            }
            PublicationState::Scheduled { .. }
            | PublicationState::Published { .. }
            | PublicationState::InInbox { .. }
            | PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => None,
        }
    }

    /// When somebody has to look at it again, if ever.
    #[must_use]
    pub const fn wake_at(&self) -> Option<DateTime<Utc>> {
        match &self.state {
            PublicationState::Scheduled { wake_at, .. } => Some(*wake_at),
            PublicationState::Publishing { resume_at, .. } => Some(*resume_at),
            PublicationState::Processing { ask_at, .. } => Some(*ask_at),
            PublicationState::Published { ask_at, .. } | PublicationState::InInbox { ask_at, .. } => *ask_at,
            PublicationState::Held { .. }
            | PublicationState::Failed { .. }
            | PublicationState::Unclear { .. }
            | PublicationState::Cancelled { .. } => None,
        }
    }
}
