//! Every polite no. Each is one sentence about what is the case, and a hint about what the person can do; neither knows
//! anything about how the program works inside.

mod hints;
mod slots;
mod stages;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::bulk::SheetRefusal;
use super::caption::CaptionRefusal;
use super::creator::Privacy;
use super::ids::{PostId, RoleId};
use super::pause::PauseRefusal;
use super::post::PostStage;
use super::publication::PublicationStage;
use super::schedule::WhenRefusal;
use super::video::VideoRefusal;
use crate::say;

pub use slots::SlotRefusal;

/// Why something a person asked for was not done.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The video cannot go to TikTok.
    #[error("{0}")]
    Video(#[from] VideoRefusal),
    /// The time cannot be read, or does not work.
    #[error("{0}")]
    When(#[from] WhenRefusal),
    /// The caption cannot be used.
    #[error("{0}")]
    Caption(#[from] CaptionRefusal),
    /// The bytes could not be brought home.
    #[error("{said}")]
    Fetch {
        /// What happened.
        said: String,
        /// What to do.
        hint: String,
    },
    /// TikTok said no.
    #[error("{said}")]
    TikTok {
        /// What TikTok's answer means.
        said: String,
        /// What to do.
        hint: String,
    },
    /// The file is no table of posts.
    #[error("{0}")]
    Sheet(#[from] SheetRefusal),
    /// The prepared rows were forgotten, or others took their place.
    #[error("{}", say!("refusals-batch-gone"))]
    BatchGone,
    /// The rows were scheduled before.
    #[error("{}", say!("refusals-batch-used"))]
    BatchUsed,
    /// Some rows cannot be scheduled any more, so none was.
    #[error("{}", say!("refusals-batch-spoilt", rows = rows(said, *gone)))]
    BatchSpoilt {
        /// Which rows, and why.
        said: Vec<(u32, String)>,
        /// How many drafts are not there any more.
        gone: u32,
    },
    /// There is no post of that number in this workspace.
    #[error("{}", say!("refusals-no-such-post"))]
    NoSuchPost,
    /// There is no account by that name in this workspace.
    #[error("{}", say!("refusals-no-such-account"))]
    NoSuchAccount,
    /// No account is connected at all.
    #[error("{}", say!("refusals-no-account"))]
    NoAccount,
    /// More than one account is connected and none was named.
    #[error("{}", say!("refusals-which-account", names = names.join(", ")))]
    WhichAccount {
        /// Their handles.
        names: Vec<String>,
    },
    /// The account cannot be used right now.
    #[error("{}", say!("refusals-account-not-ready", username = username))]
    AccountNotReady {
        /// Its handle.
        username: String,
    },
    /// TikTok does not let the account post.
    #[error("{}", say!("refusals-account-banned", username = username))]
    AccountBanned {
        /// Its handle.
        username: String,
    },
    /// A weekly slot cannot be had, set or cleared.
    #[error("{0}")]
    Slot(#[from] SlotRefusal),
    /// The time of a draft can mean more than one instant, or none; its video is kept until somebody chooses.
    #[error("{refusal}")]
    WhichTime {
        /// Which draft.
        post: PostId,
        /// The zone to say instants in.
        zone: Tz,
        /// What is unclear about the time.
        refusal: WhenRefusal,
    },
    /// No video was given.
    #[error("{}", say!("refusals-no-video"))]
    NoVideo,
    /// The message somebody pointed at holds none.
    #[error("{}", say!("refusals-no-video-in-message"))]
    NoVideoInMessage,
    /// The message somebody pointed at was deleted since.
    #[error("{}", say!("refusals-message-gone"))]
    MessageGone,
    /// The workspace lacks a reviewer role or a review channel.
    #[error("{}", not_set_up(*reviewer_role, *review_channel))]
    NotSetUp {
        /// The role is missing.
        reviewer_role: bool,
        /// The channel is missing.
        review_channel: bool,
    },
    /// The member does not hold the reviewer role.
    #[error("{}", say!("refusals-not-a-reviewer", role = role.to_string()))]
    NotAReviewer {
        /// The role they would need.
        role: RoleId,
    },
    /// The member may not manage the server.
    #[error("{}", say!("refusals-not-a-manager"))]
    NotAManager,
    /// The post belongs to somebody else.
    #[error("{}", say!("refusals-not-yours"))]
    NotYours,
    /// The held post is not theirs to decide about.
    #[error("{}", say!("refusals-not-yours-to-decide"))]
    NotYoursToDecide,
    /// It has to do with what people have paused.
    #[error("{0}")]
    Pause(#[from] PauseRefusal),
    /// Authors do not judge their own posts here.
    #[error("{}", say!("refusals-own-post"))]
    OwnPost,
    /// The button belonged to an older revision.
    #[error("{}", say!("refusals-old-card", number = number))]
    OldCard {
        /// The post's number.
        number: i64,
    },
    /// The button, form or link is not one of ours any more.
    #[error("{}", say!("refusals-old-button"))]
    OldButton,
    /// The draft went to review already.
    #[error("{}", say!("refusals-already-submitted", number = number))]
    AlreadySubmitted {
        /// The post's number.
        number: i64,
    },
    /// The post was never submitted.
    #[error("{}", say!("refusals-still-a-draft"))]
    StillADraft,
    /// The post is not waiting for verdicts.
    #[error("{}", stages::nothing_to_judge(*stage))]
    NotInReview {
        /// Where it stands.
        stage: PostStage,
    },
    /// The post was not declined (any more).
    #[error("{}", say!("refusals-not-declined", stage = stage.to_string()))]
    NotDeclined {
        /// Where it stands.
        stage: PostStage,
    },
    /// Somebody else declined it, or they have said why.
    #[error("{}", say!("refusals-no-reason-awaited", number = number))]
    NoReasonAwaited {
        /// The post's number.
        number: i64,
    },
    /// Nothing of the post was ever sent, so there is nothing to try again or to settle.
    #[error("{}", stages::not_sent(*stage))]
    NothingSent {
        /// Where it stands.
        stage: PostStage,
    },
    /// The post has come to its end.
    #[error("{}", stages::over(*stage))]
    Over {
        /// Where it stands.
        stage: PostStage,
    },
    /// The publication has begun.
    #[error("{}", stages::too_late(*stage))]
    AlreadyGoingOut {
        /// Where the publication stands.
        stage: PublicationStage,
    },
    /// The publication did not fail.
    #[error("{}", stages::nothing_to_retry(*stage))]
    NothingToRetry {
        /// Where the publication stands.
        stage: PublicationStage,
    },
    /// The publication is not unclear.
    #[error("{}", stages::nothing_to_settle(*stage))]
    NothingToSettle {
        /// Where the publication stands.
        stage: PublicationStage,
    },
    /// The publication is not in a state in which that can be done.
    #[error("{}", stages::not_now(state))]
    NotNow {
        /// Where the publication stands.
        state: &'static str,
    },
    /// Its time has come; it lapses.
    #[error("{}", say!("refusals-too-late-to-judge"))]
    TooLateToJudge {
        /// When it was due.
        due: DateTime<Utc>,
    },
    /// Everything asked for is already so.
    #[error("{}", say!("refusals-nothing-changed"))]
    NothingChanged,
    /// A reviewer asked for changes, or was asked why, and gave no reason.
    #[error("{}", say!("refusals-no-reason"))]
    NoReason,
    /// Nobody has chosen who may see the video.
    #[error("{}", say!("refusals-privacy-not-chosen"))]
    PrivacyNotChosen,
    /// The creator does not offer that level (any more).
    #[error("{}", say!("refusals-privacy-not-offered"))]
    PrivacyNotOffered {
        /// What was asked for.
        asked: Privacy,
        /// What there is.
        offered: Vec<Privacy>,
    },
    /// Disclosure is on but says nothing.
    #[error("{}", say!("refusals-disclosure-incomplete"))]
    DisclosureIncomplete,
    /// Branded content cannot be private.
    #[error("{}", say!("refusals-branded-cannot-be-private"))]
    BrandedCannotBePrivate,
    /// The app may only post privately.
    #[error("{}", say!("refusals-only-private-until-audited"))]
    OnlyPrivateUntilAudited,
    /// The app may only post to accounts that are private.
    #[error("{}", say!("refusals-account-not-private"))]
    AccountNotPrivate,
    /// The creator switched something off.
    #[error("{}", say!("refusals-creator-closed", what = *what))]
    CreatorClosed {
        /// Comments, duets or stitches.
        what: &'static str,
    },
    /// That many approvals cannot be asked for.
    #[error("{}", say!("refusals-too-many-approvals", most = most, asked = asked))]
    TooManyApprovals {
        /// What was asked for.
        asked: u8,
        /// The most there can be.
        most: u8,
    },
    /// Somebody else changed the same thing in the same moment.
    #[error("{}", say!("refusals-somebody-was-faster"))]
    SomebodyWasFaster,
    /// The link to connect an account is used up or too old.
    #[error("{}", say!("refusals-link-spent"))]
    LinkSpent,
    /// TikTok's consent was refused.
    #[error("{}", say!("refusals-consent-refused"))]
    ConsentRefused,
    /// What was pasted is no address that TikTok sends people back to.
    #[error("{}", say!("refusals-not-the-address"))]
    NotTheAddress,
    /// The link was given to somebody else, or in another server.
    #[error("{}", say!("refusals-not-your-link"))]
    NotYourLink,
    /// The bytes of the post's video were deleted, as they are some time after a post has ended.
    #[error("{}", say!("refusals-video-forgotten", number = number))]
    VideoForgotten {
        /// The post's number.
        number: i64,
    },
    /// Everything of the workspace is being erased.
    #[error("{}", say!("refusals-being-erased"))]
    BeingErased,
    /// That account is another workspace's.
    #[error("{}", say!("refusals-account-elsewhere", username = username))]
    AccountElsewhere {
        /// Its handle.
        username: String,
    },
}

/// How many rows a sentence names.
const MOST_ROWS_SAID: usize = 5;

fn rows(said: &[(u32, String)], gone: u32) -> String {
    let shown = said.iter().take(MOST_ROWS_SAID);
    let mut all: Vec<String> =
        shown.map(|(row, why)| say!("refusals-batch-row", row = row, why = why.trim_end_matches('.'))).collect();
    if said.len() > MOST_ROWS_SAID {
        all.push(say!("refusals-batch-more", count = said.len() - MOST_ROWS_SAID));
    }
    if gone > 0 {
        all.push(say!("refusals-batch-discarded", count = gone));
    }
    all.join("; ")
}

fn not_set_up(role: bool, channel: bool) -> String {
    match (role, channel) {
        (true, true) => say!("refusals-not-set-up-both"),
        (true, false) => say!("refusals-not-set-up-role"),
        (false, _) => say!("refusals-not-set-up-channel"),
    }
}
