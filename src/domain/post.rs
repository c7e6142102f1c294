//! What a team intends to publish, and its life.
//!
//! A post carries everything a reviewer judges. [`Revision`] is the fingerprint of exactly that: bytes, caption, every
//! choice, account and time. A verdict names the revision it is about, and a change of any part makes another one, so
//! nothing that was not looked at can go out. Transitions consume the post and live in [`life`].

mod life;
mod quorum;
mod reasons;
mod reminders;
mod revision;

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::account::Delivery;
use super::caption::Caption;
use super::conflict::Overridden;
use super::creator::{Choices, CreatorInfo};
use super::ids::{AccountId, ChannelId, MemberId, MessageId, PostId, VideoId, WorkspaceId};
use super::review::{Verdict, Word};
use crate::say;

pub use life::{Edit, Judged, SubmitRules, choices_refusal};
pub use quorum::Recalled;
pub use revision::Revision;

/// When a post should go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// At that instant.
    At(DateTime<Utc>),
    /// As soon as it is approved.
    Asap,
}

impl Due {
    /// The instant, if one was named.
    #[must_use]
    pub const fn instant(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(at) => Some(at),
            Self::Asap => None,
        }
    }
}

/// Where a post stands in its own life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostState {
    /// In its author's composer; nobody else sees it.
    Draft,
    /// Waiting for verdicts on its revision.
    InReview {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// Enough reviewers said yes; its publication took over.
    Approved {
        /// When the last needed approval came.
        at: DateTime<Utc>,
    },
    /// A reviewer said no.
    Declined {
        /// When.
        at: DateTime<Utc>,
    },
    /// Its time came before enough reviewers did.
    Lapsed {
        /// When.
        at: DateTime<Utc>,
    },
    /// Somebody stopped it.
    Withdrawn {
        /// When.
        at: DateTime<Utc>,
    },
}

/// The names of [`PostState`], as they are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is explained where it carries its facts, in PostState")]
pub enum PostStage {
    Draft,
    InReview,
    Approved,
    Declined,
    Lapsed,
    Withdrawn,
}

impl PostStage {
    /// Every stage there is.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::InReview, Self::Approved, Self::Declined, Self::Lapsed, Self::Withdrawn];

    /// The word it is stored under.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for PostStage {
    /// The words people read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Draft => say!("refusals-stage-draft"),
            Self::InReview => say!("refusals-stage-in-review"),
            Self::Approved => say!("refusals-stage-approved"),
            Self::Declined => say!("refusals-stage-declined"),
            Self::Lapsed => say!("refusals-stage-lapsed"),
            Self::Withdrawn => say!("refusals-stage-withdrawn"),
        })
    }
}

/// What a team intends to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Which post.
    pub id: PostId,
    /// Whose.
    pub workspace: WorkspaceId,
    /// The number people call it by, counted for each workspace.
    pub number: i64,
    /// Who handed it in.
    pub author: MemberId,
    /// What they were called then.
    pub author_name: String,
    /// Where it should appear.
    pub account: AccountId,
    /// How it gets there, from the beginning: what an account does for later posts changes nothing here.
    pub delivery: Delivery,
    /// The bytes.
    pub video: VideoId,
    /// The fingerprint of the bytes.
    pub video_sha256: [u8; 32],
    /// The words.
    pub caption: Caption,
    /// Everything else that was chosen.
    pub choices: Choices,
    /// When.
    pub due: Due,
    /// The zone the time was given in.
    pub zone: Tz,
    /// What the creator allowed when it was last asked.
    pub creator: CreatorInfo,
    /// What people are warned of.
    pub warnings: Vec<String>,
    /// What people were asked about before it went to review, and went on with all the same.
    pub in_spite_of: Vec<Overridden>,
    /// Where it stands.
    pub state: PostState,
    /// The words of reviewers about the present revision, oldest first, one for each reviewer.
    pub verdicts: Vec<Verdict>,
    /// When it was handed in.
    pub created_at: DateTime<Utc>,
    /// Counts every change that was saved; a save expects the one it read.
    pub version: i64,
}

impl Post {
    /// The fingerprint of exactly what would go out.
    #[must_use]
    pub fn revision(&self) -> Revision {
        Revision::of(self)
    }

    /// The name of the state it is in.
    #[must_use]
    pub const fn stage(&self) -> PostStage {
        match self.state {
            PostState::Draft => PostStage::Draft,
            PostState::InReview { .. } => PostStage::InReview,
            PostState::Approved { .. } => PostStage::Approved,
            PostState::Declined { .. } => PostStage::Declined,
            PostState::Lapsed { .. } => PostStage::Lapsed,
            PostState::Withdrawn { .. } => PostStage::Withdrawn,
        }
    }

    /// The approvals of the present revision.
    pub fn approvals(&self) -> impl Iterator<Item = &Verdict> {
        let revision = self.revision();
        self.verdicts.iter().filter(move |verdict| verdict.word == Word::Approve && verdict.revision == revision)
    }
}

/// The message a post is shown as: one for each revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// Whose card.
    pub post: PostId,
    /// What it shows.
    pub revision: Revision,
    /// Where it is.
    pub channel: ChannelId,
    /// Which message.
    pub message: MessageId,
    /// A newer card has taken its place, and it says so.
    pub superseded: bool,
}
