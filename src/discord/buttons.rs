//! The names inside buttons, selects and forms.
//!
//! Nothing is remembered about a message that was sent: everything a press means is in its name, `v1:<act>:<post>:…`, so
//! a restart, a second process or a month make no difference. A name of another version, a forged one or one with
//! anything left over is `None`, and the person is told that the button is no longer there. At most 100 characters:
//! <https://docs.discord.com/developers/components/reference>.

mod forms;

use std::fmt;
use std::str::FromStr;

use serenity::all::{ButtonStyle, CreateButton};

use super::look::Standing;
use crate::domain::conflict::Mark;
use crate::domain::ids::{AccountId, BatchId, ChannelId, MessageId, PendingEditId, PostId};
use crate::domain::post::Revision;
use crate::domain::schedule::Month;

pub use crate::domain::creator::cover_millis;
pub use forms::{
    ACCOUNT_FIELD, ADDRESS_FIELD, CAPTION_FIELD, COVER_FIELD, REASON_FIELD, WHEN_FIELD, address_form, caption_form,
    cover_seconds, edit_form, reason_form, schedule_form, time_form,
};

/// The version every name starts with; raise it when a name changes its meaning.
const VERSION: &str = "v1";

/// A switch in the composer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Toggle {
    /// People may comment.
    Comments,
    /// People may duet.
    Duet,
    /// People may stitch.
    Stitch,
    /// It carries the label for AI-generated content.
    AiLabel,
    /// It promotes something.
    Disclose,
    /// It promotes the creator's own business.
    OwnBrand,
    /// It is a paid partnership.
    Branded,
}

impl Toggle {
    /// Every switch there is.
    pub const ALL: [Self; 7] =
        [Self::Comments, Self::Duet, Self::Stitch, Self::AiLabel, Self::Disclose, Self::OwnBrand, Self::Branded];

    const fn word(self) -> &'static str {
        match self {
            Self::Comments => "comments",
            Self::Duet => "duet",
            Self::Stitch => "stitch",
            Self::AiLabel => "ai",
            Self::Disclose => "disclose",
            Self::OwnBrand => "own",
            Self::Branded => "branded",
        }
    }
}

/// Which posts a queue shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueFilter {
    /// Only this account's.
    pub account: Option<AccountId>,
    /// Only those that stand there.
    pub standing: Option<Standing>,
}

/// What a press of a button or a choice in a select means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are what is pressed about; each variant says what the press does")]
pub enum Press {
    /// Chooses who may see it; the select's value is TikTok's word for it.
    ChoosePrivacy { post: PostId },
    /// Turns a switch the other way.
    Toggle { post: PostId, what: Toggle },
    /// Hands the draft to the reviewers.
    Submit { post: PostId },
    /// Hands the draft to the reviewers in spite of exactly what was shown.
    SubmitAllTheSame { post: PostId, mark: Mark },
    /// Makes a change of a post in spite of what was shown.
    ChangeAllTheSame { edit: PendingEditId },
    /// Schedules all rows of a file that were good.
    ScheduleBatch { batch: BatchId },
    /// The same in spite of exactly what was shown.
    ScheduleBatchAllTheSame { batch: BatchId, mark: Mark },
    /// Discards a prepared file.
    DiscardBatch { batch: BatchId },
    /// Opens the form for caption and cover.
    EditCaption { post: PostId },
    /// Opens the form for the time.
    ChangeTime { post: PostId },
    /// Throws the draft away.
    Discard { post: PostId },
    /// Approves exactly this revision.
    Approve { post: PostId, revision: Revision },
    /// Opens the form that asks what should change.
    RequestChanges { post: PostId, revision: Revision },
    /// Opens the form that asks why not.
    Decline { post: PostId, revision: Revision },
    /// Opens the form that asks for the reason of a no that was said without one.
    SayWhy { post: PostId, revision: Revision },
    /// Takes a no without a reason back.
    TakeBackNo { post: PostId, revision: Revision },
    /// Has a failed publication tried again.
    Retry { post: PostId },
    /// Has it tried again in spite of exactly what was shown.
    RetryAllTheSame { post: PostId, mark: Mark },
    /// Says that an unclear publication is out.
    Vouch { post: PostId },
    /// Says that an unclear publication is not out, and publishes it again.
    NotOut { post: PostId },
    /// Says so and has it published again in spite of exactly what was shown.
    NotOutAllTheSame { post: PostId, mark: Mark },
    /// Has a held post published now.
    PublishNow { post: PostId },
    /// Has everything that is held published now.
    PublishAllHeld,
    /// Shows what is held, page by page.
    LookAtHeld,
    /// Has an account go on that TikTok had banned.
    GoOn { account: AccountId },
    /// Gives out a personal link by which an account is connected anew.
    Connect { account: AccountId },
    /// Opens the form for the address TikTok's consent page led to.
    PasteAddress,
    /// Opens the form for caption, time and cover of a post that failed.
    EditPost { post: PostId },
    /// Opens the form for a new time of a lapsed or held post.
    PickTime { post: PostId },
    /// Stops it.
    Withdraw { post: PostId },
    /// Takes one of the instants that were offered.
    TakeTime { post: PostId, unix: i64 },
    /// Takes the next free slot of its account.
    NextSlot { post: PostId },
    /// Turns the calendar to a month.
    Calendar { month: Month },
    /// Turns to a page of a post's history, counted from zero, which is the newest.
    History { post: PostId, page: u16 },
    /// Turns to a page of the queue, counted from zero.
    Page { filter: QueueFilter, page: u16 },
}

/// What a verdict form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonKind {
    /// Why not.
    Decline,
    /// What should change.
    RequestChanges,
    /// Why not, of a no that was said without a reason.
    Explain,
}

/// What a submitted form means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are what is filled in about; each variant says what the form asks")]
pub enum Form {
    /// Caption and cover of a draft.
    Caption { post: PostId },
    /// The time of a draft, or a new time of a post.
    Time { post: PostId },
    /// The reason of a verdict on exactly this revision.
    Reason { post: PostId, revision: Revision, kind: ReasonKind },
    /// Caption, time and cover of a post that was submitted.
    EditPost { post: PostId },
    /// The address TikTok's consent page led to.
    Address,
    /// Time and caption for a video somebody sent as a message.
    FromMessage { channel: ChannelId, message: MessageId },
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChoosePrivacy { post } => write!(f, "{VERSION}:privacy:{post}"),
            Self::Toggle { post, what } => write!(f, "{VERSION}:toggle:{post}:{}", what.word()),
            Self::Submit { post } => write!(f, "{VERSION}:submit:{post}"),
            Self::SubmitAllTheSame { post, mark } => write!(f, "{VERSION}:submit_all_the_same:{post}:{mark}"),
            Self::ChangeAllTheSame { edit } => write!(f, "{VERSION}:change_all_the_same:{edit}"),
            Self::ScheduleBatch { batch } => write!(f, "{VERSION}:schedule_batch:{batch}"),
            Self::ScheduleBatchAllTheSame { batch, mark } => {
                write!(f, "{VERSION}:schedule_all_the_same:{batch}:{mark}")
            }
            Self::DiscardBatch { batch } => write!(f, "{VERSION}:discard_batch:{batch}"),
            Self::EditCaption { post } => write!(f, "{VERSION}:caption:{post}"),
            Self::ChangeTime { post } => write!(f, "{VERSION}:time:{post}"),
            Self::Discard { post } => write!(f, "{VERSION}:discard:{post}"),
            Self::Approve { post, revision } => write!(f, "{VERSION}:approve:{post}:{revision}"),
            Self::RequestChanges { post, revision } => write!(f, "{VERSION}:changes:{post}:{revision}"),
            Self::Decline { post, revision } => write!(f, "{VERSION}:decline:{post}:{revision}"),
            Self::SayWhy { post, revision } => write!(f, "{VERSION}:say_why:{post}:{revision}"),
            Self::TakeBackNo { post, revision } => write!(f, "{VERSION}:no_more:{post}:{revision}"),
            Self::Retry { post } => write!(f, "{VERSION}:retry:{post}"),
            Self::RetryAllTheSame { post, mark } => write!(f, "{VERSION}:retry_all_the_same:{post}:{mark}"),
            Self::Vouch { post } => write!(f, "{VERSION}:vouch:{post}"),
            Self::NotOut { post } => write!(f, "{VERSION}:not_out:{post}"),
            Self::NotOutAllTheSame { post, mark } => write!(f, "{VERSION}:not_out_all_the_same:{post}:{mark}"),
            Self::PublishNow { post } => write!(f, "{VERSION}:publish_now:{post}"),
            Self::PublishAllHeld => write!(f, "{VERSION}:publish_held:all"),
            Self::LookAtHeld => write!(f, "{VERSION}:look_at:held"),
            Self::GoOn { account } => write!(f, "{VERSION}:go_on:{account}"),
            Self::Connect { account } => write!(f, "{VERSION}:connect:{account}"),
            Self::PasteAddress => write!(f, "{VERSION}:paste:address"),
            Self::EditPost { post } => write!(f, "{VERSION}:edit_post:{post}"),
            Self::PickTime { post } => write!(f, "{VERSION}:pick_time:{post}"),
            Self::Withdraw { post } => write!(f, "{VERSION}:withdraw:{post}"),
            Self::TakeTime { post, unix } => write!(f, "{VERSION}:take_time:{post}:{unix}"),
            Self::NextSlot { post } => write!(f, "{VERSION}:next_slot:{post}"),
            Self::Calendar { month } => write!(f, "{VERSION}:calendar:{month}"),
            Self::History { post, page } => write!(f, "{VERSION}:history:{post}:{page}"),
            Self::Page { filter, page } => {
                let account = filter.account.map_or_else(|| "any".to_owned(), |account| account.to_string());
                let standing = filter.standing.map_or_else(|| "any".to_owned(), Standing::word);
                write!(f, "{VERSION}:page:{account}:{standing}:{page}")
            }
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Caption { post } => write!(f, "{VERSION}:caption_form:{post}"),
            Self::Time { post } => write!(f, "{VERSION}:time_form:{post}"),
            Self::Reason { post, revision, kind: ReasonKind::Decline } => {
                write!(f, "{VERSION}:why_not:{post}:{revision}")
            }
            Self::Reason { post, revision, kind: ReasonKind::RequestChanges } => {
                write!(f, "{VERSION}:what_first:{post}:{revision}")
            }
            Self::Reason { post, revision, kind: ReasonKind::Explain } => {
                write!(f, "{VERSION}:why_after:{post}:{revision}")
            }
            Self::EditPost { post } => write!(f, "{VERSION}:edit_form:{post}"),
            Self::Address => write!(f, "{VERSION}:address_form:tiktok"),
            Self::FromMessage { channel, message } => write!(f, "{VERSION}:message_form:{channel}:{message}"),
        }
    }
}

/// The name is none of ours: old, forged, or of something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a name of ours")]
pub struct NotOurs;

impl Press {
    /// Reads a button's or select's name; anything but exactly what is written today is `None`.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let mut parts = name.strip_prefix(VERSION)?.strip_prefix(':')?.split(':');
        let (act, first) = (parts.next()?, parts.next()?);
        let rest = parts.next();
        let post = first.parse::<PostId>();
        let revision = rest.and_then(|text| text.parse::<Revision>().ok());
        let press = match act {
            "privacy" => Self::ChoosePrivacy { post: post.ok()? },
            "toggle" => {
                let what = Toggle::ALL.into_iter().find(|one| Some(one.word()) == rest)?;
                Self::Toggle { post: post.ok()?, what }
            }
            "submit" => Self::Submit { post: post.ok()? },
            "submit_all_the_same" => Self::SubmitAllTheSame { post: post.ok()?, mark: rest?.parse().ok()? },
            "change_all_the_same" => Self::ChangeAllTheSame { edit: first.parse().ok()? },
            "schedule_batch" => Self::ScheduleBatch { batch: first.parse().ok()? },
            "schedule_all_the_same" => {
                Self::ScheduleBatchAllTheSame { batch: first.parse().ok()?, mark: rest?.parse().ok()? }
            }
            "discard_batch" => Self::DiscardBatch { batch: first.parse().ok()? },
            "caption" => Self::EditCaption { post: post.ok()? },
            "time" => Self::ChangeTime { post: post.ok()? },
            "discard" => Self::Discard { post: post.ok()? },
            "approve" => Self::Approve { post: post.ok()?, revision: revision? },
            "changes" => Self::RequestChanges { post: post.ok()?, revision: revision? },
            "decline" => Self::Decline { post: post.ok()?, revision: revision? },
            "say_why" => Self::SayWhy { post: post.ok()?, revision: revision? },
            "no_more" => Self::TakeBackNo { post: post.ok()?, revision: revision? },
            "retry" => Self::Retry { post: post.ok()? },
            "retry_all_the_same" => Self::RetryAllTheSame { post: post.ok()?, mark: rest?.parse().ok()? },
            "vouch" => Self::Vouch { post: post.ok()? },
            "not_out" => Self::NotOut { post: post.ok()? },
            "not_out_all_the_same" => Self::NotOutAllTheSame { post: post.ok()?, mark: rest?.parse().ok()? },
            "publish_now" => Self::PublishNow { post: post.ok()? },
            "publish_held" => Self::PublishAllHeld,
            "look_at" => Self::LookAtHeld,
            "go_on" => Self::GoOn { account: first.parse().ok()? },
            "connect" => Self::Connect { account: first.parse().ok()? },
            "paste" => Self::PasteAddress,
            "edit_post" => Self::EditPost { post: post.ok()? },
            "pick_time" => Self::PickTime { post: post.ok()? },
            "withdraw" => Self::Withdraw { post: post.ok()? },
            "take_time" => Self::TakeTime { post: post.ok()?, unix: rest?.parse().ok()? },
            "next_slot" => Self::NextSlot { post: post.ok()? },
            "calendar" => Self::Calendar { month: first.parse().ok()? },
            "history" => Self::History { post: post.ok()?, page: rest?.parse().ok()? },
            "page" => Self::Page { filter: QueueFilter::read(first, rest?)?, page: parts.next()?.parse().ok()? },
            _ => return None,
        };
        // Ids can be spelled in more than one way; only our own spelling counts, and nothing may be left over.
        (press.to_string() == name).then_some(press)
    }

    pub(super) fn button(self, label: &str, style: ButtonStyle) -> CreateButton {
        CreateButton::new(self.to_string()).label(label).style(style)
    }
}

impl Form {
    /// Reads a form's name; anything but exactly what is written today is `None`.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let mut parts = name.strip_prefix(VERSION)?.strip_prefix(':')?.split(':');
        let (act, first) = (parts.next()?, parts.next()?);
        let rest = parts.next();
        let post = first.parse::<PostId>();
        let reason = |kind| {
            let revision = rest?.parse().ok()?;
            Some(Self::Reason { post: first.parse().ok()?, revision, kind })
        };
        let form = match act {
            "caption_form" => Self::Caption { post: post.ok()? },
            "time_form" => Self::Time { post: post.ok()? },
            "why_not" => reason(ReasonKind::Decline)?,
            "what_first" => reason(ReasonKind::RequestChanges)?,
            "why_after" => reason(ReasonKind::Explain)?,
            "edit_form" => Self::EditPost { post: post.ok()? },
            "address_form" => Self::Address,
            "message_form" => Self::FromMessage { channel: first.parse().ok()?, message: rest?.parse().ok()? },
            _ => return None,
        };
        (form.to_string() == name).then_some(form)
    }
}

impl FromStr for Press {
    type Err = NotOurs;
    fn from_str(name: &str) -> Result<Self, NotOurs> {
        Self::read(name).ok_or(NotOurs)
    }
}

impl FromStr for Form {
    type Err = NotOurs;
    fn from_str(name: &str) -> Result<Self, NotOurs> {
        Self::read(name).ok_or(NotOurs)
    }
}

impl QueueFilter {
    fn read(account: &str, standing: &str) -> Option<Self> {
        let account = if account == "any" { None } else { Some(account.parse().ok()?) };
        let standing = if standing == "any" { None } else { Some(standing.parse().ok()?) };
        Some(Self { account, standing })
    }
}

#[cfg(test)]
#[path = "buttons/tests.rs"]
mod tests;
