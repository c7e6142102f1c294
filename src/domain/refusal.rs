//! Every polite no. Each is one sentence about what is the case, and a hint about what the person can do; neither knows
//! anything about how the program works inside.

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
    #[error("These rows are no longer prepared.")]
    BatchGone,
    /// The rows were scheduled before.
    #[error("These rows have been scheduled already.")]
    BatchUsed,
    /// Some rows cannot be scheduled any more, so none was.
    #[error("No row was scheduled, because not all of them can be any more: {}.", rows(.said, *.gone))]
    BatchSpoilt {
        /// Which rows, and why.
        said: Vec<(u32, String)>,
        /// How many drafts are not there any more.
        gone: u32,
    },
    /// There is no post of that number in this workspace.
    #[error("There is no such post here.")]
    NoSuchPost,
    /// There is no account by that name in this workspace.
    #[error("No TikTok account by that name is connected here.")]
    NoSuchAccount,
    /// No account is connected at all.
    #[error("No TikTok account is connected yet.")]
    NoAccount,
    /// More than one account is connected and none was named.
    #[error("More than one TikTok account is connected: {}.", .names.join(", "))]
    WhichAccount {
        /// Their handles.
        names: Vec<String>,
    },
    /// The account cannot be used right now.
    #[error("`@{username}` has to be connected again before anything can be posted to it.")]
    AccountNotReady {
        /// Its handle.
        username: String,
    },
    /// TikTok does not let the account post.
    #[error("TikTok does not let `@{username}` post, so nothing goes out to it.")]
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
    #[error("A post needs a video.")]
    NoVideo,
    /// The message somebody pointed at holds none.
    #[error("There is no video in that message.")]
    NoVideoInMessage,
    /// The message somebody pointed at was deleted since.
    #[error("That message is no longer there.")]
    MessageGone,
    /// The workspace lacks a reviewer role or a review channel.
    #[error("This server is not set up yet: {} missing.", missing(*.reviewer_role, *.review_channel))]
    NotSetUp {
        /// The role is missing.
        reviewer_role: bool,
        /// The channel is missing.
        review_channel: bool,
    },
    /// The member does not hold the reviewer role.
    #[error("Only people with the role <@&{role}>, or who may manage this server, can judge posts.")]
    NotAReviewer {
        /// The role they would need.
        role: RoleId,
    },
    /// The member may not manage the server.
    #[error("Only people who may manage this server can do that.")]
    NotAManager,
    /// The post belongs to somebody else.
    #[error("Only its author or a manager can change this post.")]
    NotYours,
    /// The held post is not theirs to decide about.
    #[error("Only its author, a reviewer or a manager can decide about this post.")]
    NotYoursToDecide,
    /// It has to do with what people have paused.
    #[error("{0}")]
    Pause(#[from] PauseRefusal),
    /// Authors do not judge their own posts here.
    #[error("You cannot approve your own post here; somebody else has to.")]
    OwnPost,
    /// The button belonged to an older revision.
    #[error("That card is out of date: post #{number} has changed since.")]
    OldCard {
        /// The post's number.
        number: i64,
    },
    /// The button, form or link is not one of ours any more.
    #[error("That button belongs to something that is no longer there.")]
    OldButton,
    /// The draft went to review already.
    #[error("Post #{number} has been submitted already.")]
    AlreadySubmitted {
        /// The post's number.
        number: i64,
    },
    /// The post was never submitted.
    #[error("This post is still being composed.")]
    StillADraft,
    /// The post is not waiting for verdicts.
    #[error("This post {}; there is nothing to judge.", stages::stands(*.stage))]
    NotInReview {
        /// Where it stands.
        stage: PostStage,
    },
    /// The post was not declined (any more).
    #[error("This post is {stage}; nobody waits for a reason.")]
    NotDeclined {
        /// Where it stands.
        stage: PostStage,
    },
    /// Somebody else declined it, or they have said why.
    #[error("No reason of yours is awaited about post #{number}.")]
    NoReasonAwaited {
        /// The post's number.
        number: i64,
    },
    /// Nothing of the post was ever sent, so there is nothing to try again or to settle.
    #[error("This post {}; nothing of it was sent yet.", stages::stands(*.stage))]
    NothingSent {
        /// Where it stands.
        stage: PostStage,
    },
    /// The post has come to its end.
    #[error("{}", stages::over(*.stage))]
    Over {
        /// Where it stands.
        stage: PostStage,
    },
    /// The publication has begun.
    #[error("{}", stages::too_late(*.stage))]
    AlreadyGoingOut {
        /// Where the publication stands.
        stage: PublicationStage,
    },
    /// The publication did not fail.
    #[error("{}", stages::nothing_to_retry(*.stage))]
    NothingToRetry {
        /// Where the publication stands.
        stage: PublicationStage,
    },
    /// The publication is not unclear.
    #[error("{}", stages::nothing_to_settle(*.stage))]
    NothingToSettle {
        /// Where the publication stands.
        stage: PublicationStage,
    },
    /// The publication is not in a state in which that can be done.
    #[error("That cannot be done while the post is {state}.")]
    NotNow {
        /// Where the publication stands.
        state: &'static str,
    },
    /// Its time has come; it lapses.
    #[error("Its time has passed, so it can no longer be approved.")]
    TooLateToJudge {
        /// When it was due.
        due: DateTime<Utc>,
    },
    /// Everything asked for is already so.
    #[error("Nothing would change.")]
    NothingChanged,
    /// Nobody has chosen who may see the video.
    #[error("Choose who can see this video.")]
    PrivacyNotChosen,
    /// The creator does not offer that level (any more).
    #[error("This creator does not offer that visibility right now.")]
    PrivacyNotOffered {
        /// What was asked for.
        asked: Privacy,
        /// What there is.
        offered: Vec<Privacy>,
    },
    /// Disclosure is on but says nothing.
    #[error("You need to indicate if your content promotes yourself, a third party, or both.")]
    DisclosureIncomplete,
    /// Branded content cannot be private.
    #[error("Branded content visibility cannot be set to private.")]
    BrandedCannotBePrivate,
    /// The app may only post privately.
    #[error("Until TikTok has audited this app, it can only post videos that are visible to the account itself.")]
    OnlyPrivateUntilAudited,
    /// The app may only post to accounts that are private.
    #[error(
        "Until TikTok has audited this app, it can only post to accounts that are private, and this one is public."
    )]
    AccountNotPrivate,
    /// The creator switched something off.
    #[error("This creator has switched {what} off.")]
    CreatorClosed {
        /// Comments, duets or stitches.
        what: &'static str,
    },
    /// That many approvals cannot be asked for.
    #[error("A post can need 1 to {most} approvals, not {asked}.")]
    TooManyApprovals {
        /// What was asked for.
        asked: u8,
        /// The most there can be.
        most: u8,
    },
    /// Somebody else changed the same thing in the same moment.
    #[error("Somebody was faster: this has just changed.")]
    SomebodyWasFaster,
    /// The link to connect an account is used up or too old.
    #[error("This link has been used or is older than ten minutes.")]
    LinkSpent,
    /// TikTok's consent was refused.
    #[error("The connection was cancelled on TikTok's page.")]
    ConsentRefused,
    /// What was pasted is no address that TikTok sends people back to.
    #[error("That is not the address TikTok sent you back to.")]
    NotTheAddress,
    /// The link was given to somebody else, or in another server.
    #[error("This link was made for somebody else.")]
    NotYourLink,
    /// The bytes of the post's video were deleted, as they are some time after a post has ended.
    #[error("The video of post #{number} is no longer stored: videos are deleted some time after a post has ended.")]
    VideoForgotten {
        /// The post's number.
        number: i64,
    },
    /// Everything of the workspace is being erased.
    #[error("Everything Greenroom has stored about this server is being erased.")]
    BeingErased,
    /// That account is another workspace's.
    #[error("`@{username}` is connected to another server already.")]
    AccountElsewhere {
        /// Its handle.
        username: String,
    },
}

/// How many rows a sentence names.
const MOST_ROWS_SAID: usize = 5;

fn rows(said: &[(u32, String)], gone: u32) -> String {
    let shown = said.iter().take(MOST_ROWS_SAID);
    let mut all: Vec<String> = shown.map(|(row, why)| format!("row {row}: {}", why.trim_end_matches('.'))).collect();
    if said.len() > MOST_ROWS_SAID {
        all.push(format!("and {} more", said.len() - MOST_ROWS_SAID));
    }
    match gone {
        0 => {}
        1 => all.push("1 draft was discarded".to_owned()),
        many => all.push(format!("{many} drafts were discarded")),
    }
    all.join("; ")
}

fn missing(role: bool, channel: bool) -> &'static str {
    match (role, channel) {
        (true, true) => "the reviewer role and the review channel are",
        (true, false) => "the reviewer role is",
        (false, _) => "the review channel is",
    }
}

const GO_ON: &str = "a manager presses *Go on* in the review channel once TikTok lets it post again";
const ON_A_MESSAGE: &str = "use it on a message with an MP4, MOV or WebM file attached; `/schedule` takes links, too";
const SET_IT_UP: &str = "a manager runs `/setup reviewer_role: … review_channel: …`; it takes one minute";
const ALL_OF_THE_ADDRESS: &str =
    "copy all of it from the browser's address bar, from `http` to its end; it holds `code=` and `state=`";
/// How an account becomes one that an app without an audit may post to.
const MAKE_IT_PRIVATE: &str = "turn on *Private account* in the TikTok app (a private post is not enough), or connect \
     the account for drafts, which need no audit";

impl Refusal {
    /// What the person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Video(refusal) => refusal.hint(),
            Self::When(refusal) => refusal.hint(),
            Self::Caption(refusal) => refusal.hint(),
            Self::Fetch { hint, .. } | Self::TikTok { hint, .. } => hint.clone(),
            Self::Sheet(refusal) => refusal.hint(),
            Self::BatchGone => "rows wait for a day, or until your next file; give `/bulk` the file again".into(),
            Self::BatchUsed => "`/queue` shows where they stand".into(),
            Self::BatchSpoilt { .. } => "give `/bulk` the file again; it says what is right for each row now".into(),
            Self::NoSuchPost => "`/queue` lists the posts there are".into(),
            Self::NoSuchAccount => "`/account list` shows the accounts there are".into(),
            Self::NoAccount => "a manager connects one with `/account connect`".into(),
            Self::WhichAccount { .. } => "name one with the option `account`".into(),
            Self::AccountNotReady { .. } => "a manager runs `/account connect` and signs in as that account".into(),
            Self::AccountBanned { .. } => GO_ON.into(),
            Self::Slot(refusal) => refusal.hint(),
            Self::WhichTime { refusal, .. } => refusal.hint(),
            Self::NoVideo => "attach one with the option `video`, or give a link to it with `video_url`".into(),
            Self::NoVideoInMessage => ON_A_MESSAGE.into(),
            Self::MessageGone => "hand the video in with `/schedule`".into(),
            Self::NotSetUp { .. } => SET_IT_UP.into(),
            Self::NotAReviewer { .. } => "ask a reviewer or a manager".into(),
            Self::NotAManager => "ask somebody with the permission Manage Server".into(),
            Self::NotYours => "ask its author, or a manager".into(),
            Self::NotYoursToDecide => "ask one of them; `/post show` says who its author is".into(),
            Self::Pause(refusal) => refusal.hint(),
            Self::OwnPost => "a manager can allow it with `/setup self_review: True`".into(),
            Self::OldCard { .. } => "the newest card of the post is further down in the review channel".into(),
            Self::OldButton => "`/queue` shows where everything stands".into(),
            Self::AlreadySubmitted { number } => format!("`/post show {number}` shows it, `/post edit` changes it"),
            Self::StillADraft => "finish it in its composer, or start again with `/schedule`".into(),
            Self::NotInReview { stage } => stages::not_in_review(*stage).into(),
            Self::NothingSent { stage } => stages::nothing_sent(*stage).into(),
            Self::NotNow { .. } | Self::NotDeclined { .. } => "`/post show` tells more".into(),
            Self::NoReasonAwaited { .. } => "its author starts a new review with `/post edit`".into(),
            Self::Over { stage } => stages::after_the_end(*stage).into(),
            Self::AlreadyGoingOut { stage } => stages::when_too_late(*stage).into(),
            Self::NothingToRetry { stage } | Self::NothingToSettle { stage } => stages::instead(*stage).into(),
            Self::TooLateToJudge { .. } => "its author picks a new time with `/post move`".into(),
            Self::NothingChanged => "change the caption, the settings or the time".into(),
            Self::PrivacyNotChosen => "TikTok asks that a person chooses this every time".into(),
            Self::PrivacyNotOffered { .. } => "choose one of the levels in the list".into(),
            Self::DisclosureIncomplete => "turn on *Your brand*, *Branded content*, or both".into(),
            Self::BrandedCannotBePrivate => "choose another visibility, or turn *Branded content* off".into(),
            Self::OnlyPrivateUntilAudited => {
                "choose *Only you*; the operator sets `tiktok.audited` once the audit is passed".into()
            }
            Self::AccountNotPrivate => MAKE_IT_PRIVATE.into(),
            Self::CreatorClosed { .. } => "turn it off here, or on in the TikTok app".into(),
            Self::TooManyApprovals { most, .. } => format!("choose a number from 1 to {most}"),
            Self::SomebodyWasFaster => "look again and decide anew".into(),
            Self::LinkSpent | Self::ConsentRefused => "`/account connect` makes a fresh link".into(),
            Self::NotTheAddress => ALL_OF_THE_ADDRESS.into(),
            Self::NotYourLink => "run `/account connect` yourself, and use the link it gives you".into(),
            Self::VideoForgotten { .. } => "hand the video in again with `/schedule`".into(),
            Self::BeingErased => "when that is done, `/setup` begins anew; try it in a few minutes".into(),
            Self::AccountElsewhere { .. } => "disconnect it there first".into(),
        }
    }
}
