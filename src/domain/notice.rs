//! What people have yet to be told. A notice is written in the transaction that makes it true and delivered afterwards,
//! until it has arrived; it says what happened, never how that is worded.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::budget::Guard;
use super::ids::{AccountId, BatchId, MemberId, NoticeId, PostId, RoleId, WorkspaceId};
use super::post::Due;
use crate::words::Language;

/// Something that happened to a post, for its thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    /// A reviewer approved; that many approvals are still missing.
    Approved {
        /// Who.
        by: MemberId,
        /// Approvals still missing.
        missing: usize,
        /// Without the reviewer role, because they may manage the server.
        #[serde(default)]
        as_manager: bool,
    },
    /// A reviewer took an approval back.
    TookBack {
        /// Who.
        by: MemberId,
    },
    /// A reviewer took a no back before giving a reason.
    TookBackNo {
        /// Who.
        by: MemberId,
    },
    /// A reviewer said no without a reason, and is asked for it.
    AsksWhy {
        /// Whom.
        by: MemberId,
    },
    /// A reviewer said afterwards why not.
    Explained {
        /// Who.
        by: MemberId,
        /// Why not.
        reason: String,
    },
    /// Approvals no longer count, because those who gave them may not judge any more; it needs others.
    Recalled {
        /// Whose.
        lost: Vec<MemberId>,
        /// Approvals it needs now.
        missing: usize,
        /// The role that is asked for them.
        role: Option<RoleId>,
    },
    /// A reviewer said no.
    Declined {
        /// Who.
        by: MemberId,
        /// Why, if they said.
        reason: Option<String>,
    },
    /// A reviewer wants something changed first.
    ChangesAsked {
        /// Who.
        by: MemberId,
        /// What.
        reason: String,
    },
    /// Somebody changed it; it needs new approvals.
    Edited {
        /// Who.
        by: MemberId,
    },
    /// Somebody gave it another time; it needs new approvals.
    Moved {
        /// Who.
        by: MemberId,
        /// The new time.
        due: Due,
    },
    /// A limit of its account was spent at its time.
    MovedOn {
        /// Which.
        guard: Guard,
        /// When it goes out instead.
        to: DateTime<Utc>,
    },
    /// Somebody stopped it.
    Withdrawn {
        /// Who.
        by: MemberId,
    },
    /// Its time came before its approvals did.
    Lapsed,
    /// It is out.
    Published,
    /// It lies in the creator's inbox.
    InInbox,
    /// It did not work.
    Failed,
    /// Nobody knows whether it is out.
    Unclear,
    /// Its time passed while nothing could go out; a person decides.
    Held,
    /// Its time came while its account was paused; a person decides.
    Paused,
    /// Somebody had a held one published.
    Released {
        /// Who.
        by: MemberId,
    },
    /// Somebody had it tried again.
    Retried {
        /// Who.
        by: MemberId,
    },
    /// Somebody looked and says it is out.
    Vouched {
        /// Who.
        by: MemberId,
    },
}

/// What is to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// The card of a post does not show how the post stands.
    Card {
        /// Which post.
        post: PostId,
    },
    /// Something happened that the post's thread should tell.
    Happened {
        /// To which post.
        post: PostId,
        /// What.
        happening: Happening,
    },
    /// The reviewers of a post are reminded that it will lapse.
    Reminder {
        /// Which post.
        post: PostId,
    },
    /// A channel the team had chosen was deleted.
    ChannelGone {
        /// It was the one for reviews, not the one for digests.
        is_review: bool,
    },
    /// Rows of one file went to review together.
    Batch {
        /// Which.
        batch: BatchId,
    },
    /// An account was connected.
    Connected {
        /// Which.
        account: AccountId,
        /// By whom.
        by: MemberId,
    },
    /// An account was disconnected.
    Disconnected {
        /// Its handle.
        username: String,
        /// By whom.
        by: MemberId,
    },
    /// Posts are held: somebody has to decide about each.
    Held,
    /// Somebody decided about a held post: the message that lists them says too much.
    HeldDecided,
    /// An account's tokens no longer work.
    NeedsReconnect {
        /// Which.
        account: AccountId,
    },
    /// Posts of an account that is not connected are due within a day.
    WillNotGoOut {
        /// Which account.
        account: AccountId,
    },
    /// TikTok wants a new consent for an account before long.
    ConsentEnds {
        /// Which.
        account: AccountId,
    },
    /// An account, or the app where none is named, is stopped: posts wait or are held.
    Stopped {
        /// Which.
        account: Option<AccountId>,
    },
    /// What stopped an account or the app is over.
    GoesOn {
        /// Which.
        account: Option<AccountId>,
    },
    /// Somebody has paused publishing.
    Paused {
        /// To which account; to all where none is named.
        account: Option<AccountId>,
        /// Who.
        by: MemberId,
        /// Why, if they said.
        reason: Option<String>,
        /// The numbers of the posts whose last bytes had left: nobody can stop them.
        past: Vec<i64>,
    },
    /// Somebody has resumed publishing.
    Resumed {
        /// To which account; to all where none is named.
        account: Option<AccountId>,
        /// Who.
        by: MemberId,
        /// Why, if they said.
        reason: Option<String>,
        /// How many posts fell due meanwhile.
        held: i64,
    },
    /// The story of a day.
    Digest {
        /// The local day it is owed for.
        day: NaiveDate,
    },
}

impl Notice {
    /// What makes a second notice superfluous while the first is still waiting: one redraw shows whatever is true then.
    #[must_use]
    pub fn merges_as(&self) -> Option<String> {
        match self {
            Self::Card { post } => Some(format!("card:{post}")),
            // Who hears of two reminders at once needs only the last.
            Self::Reminder { post } => Some(format!("reminder:{post}")),
            Self::ChannelGone { is_review } => Some(format!("channel_gone:{is_review}")),
            Self::Digest { day } => Some(format!("digest:{day}")),
            // One message lists everything that is held when it is told.
            Self::Held => Some("held".to_owned()),
            Self::HeldDecided => Some("held_decided".to_owned()),
            Self::Stopped { account } => Some(format!("stopped:{}", scope(*account))),
            Self::GoesOn { account } => Some(format!("goes_on:{}", scope(*account))),
            Self::Happened { .. }
            | Self::Batch { .. }
            | Self::Connected { .. }
            | Self::Disconnected { .. }
            | Self::NeedsReconnect { .. }
            | Self::WillNotGoOut { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::ConsentEnds { .. } => None,
        }
    }
}

fn scope(account: Option<AccountId>) -> String {
    account.map_or_else(|| "app".to_owned(), |account| account.to_string())
}

/// A notice that a worker holds and is delivering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Which.
    pub id: NoticeId,
    /// To whom.
    pub workspace: WorkspaceId,
    /// What.
    pub notice: Notice,
    /// The word under which Discord recognises a second try; at most 25 characters.
    pub nonce: String,
    /// When it was first handed to Discord, if it ever was.
    pub first_tried_at: Option<DateTime<Utc>>,
    /// In which language that was.
    pub said_in: Option<Language>,
    /// How often that failed.
    pub tries: u32,
    /// Who holds it: every write that follows must name it.
    pub epoch: i64,
    /// Counts how often it was asked for; a delivery settles only what it had read.
    pub version: i64,
    /// Since when it is owed.
    pub created_at: DateTime<Utc>,
}
