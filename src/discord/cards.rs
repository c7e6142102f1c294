//! The review card: one message for each revision, drawn anew as the post lives.
//!
//! Whoever judges sees here exactly what would go out: the whole caption, every choice, the account, the time, and the
//! beginning of the fingerprint that the buttons carry whole. A card that was superseded shows nothing of the post any
//! more, because what it showed is not what would go out. What the card says about a state is in `cards/state.rs`.

mod state;

use chrono::{DateTime, Utc};
use serenity::all::{ButtonStyle, CreateButton};

use super::buttons::Press;
use super::composer::warnings;
use super::face::{Face, LONGEST_VALUE, Panel, link_button, plain_line, sentence};
use super::look::{CHANGES, NO, Standing, YES};
use super::words::stops::connect;
use super::words::{in_spite_of, parts};
use crate::charts::short_number;
use crate::domain::account::{Account, Delivery};
use crate::domain::breaker::{Breaker, BreakerKind};
use crate::domain::pause::Pause;
use crate::domain::post::{Post, PostState, Revision};
use crate::domain::publication::{Publication, PublicationState, Whose};
use crate::domain::review::{Verdict, Word};
use crate::domain::video::Video;
use crate::domain::workspace::Workspace;
use crate::say;
use crate::tiktok::trouble;

pub(super) use state::who_can_act;

/// How a reviewer watches the video.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preview<'a> {
    /// It is attached to the card under this name.
    Attached(&'a str),
    /// A signed link leads to it.
    Link(&'a str),
    /// It cannot be watched any more (or yet).
    None,
}

/// What a card shows.
#[derive(Debug, Clone, Copy)]
pub struct CardView<'a> {
    /// The post.
    pub post: &'a Post,
    /// Its publication, once there is one.
    pub publication: Option<&'a Publication>,
    /// Where it should appear.
    pub account: &'a Account,
    /// The bytes.
    pub video: &'a Video,
    /// The team.
    pub workspace: &'a Workspace,
    /// Another card has taken its place.
    pub superseded: bool,
    /// How to watch the video.
    pub preview: Preview<'a>,
    /// It is sent for the first time, so it pings the reviewers.
    pub first: bool,
    /// What stops the account or the app, if that is what the post waits for.
    pub stopped: Option<&'a Breaker>,
    /// Who has paused the account or all, if somebody has.
    pub paused: Option<&'a Pause>,
    /// Which moment it shows.
    pub now: DateTime<Utc>,
}

/// How a published video did some time after it came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// How many hours after it came out.
    pub after_hours: u32,
    /// How often it was watched.
    pub views: i64,
    /// How many like it.
    pub likes: i64,
    /// How many comments it has.
    pub comments: i64,
    /// How often it was passed on.
    pub shares: i64,
}

/// The message a revision is judged on, drawn as the post stands.
#[must_use]
pub fn card(view: &CardView<'_>) -> Face {
    card_with_numbers(view, &[])
}

/// The same with how the published video did, oldest reading first.
#[must_use]
pub fn card_with_numbers(view: &CardView<'_>, readings: &[Reading]) -> Face {
    if view.superseded {
        return superseded(view);
    }
    let standing = Standing::of(view.post, view.publication);
    let numbers: Vec<String> = readings.iter().map(Reading::said).collect();
    let panel = panel(view, standing).field(&say!("cards-field-numbers"), parts::lines(&numbers, LONGEST_VALUE), false);
    let mut face = Face::panel(panel).with_buttons(buttons(view, standing));
    if let (Standing::InReview, Some(role)) = (standing, view.workspace.reviewer_role) {
        // The line stays while the card is redrawn; only the first sending may ping.
        face.content = say!("cards-asks-for-verdict", role = format!("<@&{role}>"), number = view.post.number);
        face.ping_roles.extend(view.first.then_some(role));
    }
    face
}

/// One post for whoever asked: the same panel, with what its author can do and without the verdict buttons.
pub(super) fn shown_privately(view: &CardView<'_>) -> Face {
    let standing = Standing::of(view.post, view.publication);
    let mut buttons: Vec<CreateButton> = match standing {
        Standing::InReview => vec![withdraw(view.post)],
        Standing::Draft
        | Standing::Approved
        | Standing::Declined
        | Standing::Lapsed
        | Standing::Withdrawn
        | Standing::Scheduled
        | Standing::Publishing
        | Standing::Processing
        | Standing::Published
        | Standing::InInbox
        | Standing::Held
        | Standing::Failed
        | Standing::Unclear
        | Standing::Cancelled => own_buttons(view, standing),
    };
    buttons.extend(watch(view));
    Face::panel(panel(view, standing)).with_buttons(buttons)
}

/// What the card of that revision carries in its footer, so that it is found again: `#42 · 1a2b3c4d`.
#[must_use]
pub fn marker(number: i64, revision: Revision) -> String {
    format!("#{number} · {}", revision.short())
}

impl Reading {
    fn said(&self) -> String {
        let (unit, span) = match self.after_hours {
            hours @ 0..48 => ("hours", hours),
            hours => ("days", hours / 24),
        };
        let [views, likes, comments, shares] = [self.views, self.likes, self.comments, self.shares].map(short_number);
        say!(
            "cards-reading",
            unit = unit,
            span = span,
            views = views,
            likes = likes,
            comments = comments,
            shares = shares
        )
    }
}

fn superseded(view: &CardView<'_>) -> Face {
    let marker = say!("cards-superseded", number = view.post.number);
    let panel =
        Panel::new(Standing::Cancelled.colour(), marker.as_str()).text(say!("cards-superseded-text")).footer(marker);
    Face::panel(panel)
}

fn panel(view: &CardView<'_>, standing: Standing) -> Panel {
    let (post, account) = (view.post, view.account);
    let title = format!("{} #{} · {} · {}", standing.emoji(), post.number, standing.said(), parts::account(account));
    let caption = if standing == Standing::InInbox { parts::caption_to_copy(post) } else { parts::caption(post) };
    let author = format!("{} ({})", parts::person(post.author), plain_line(&post.author_name, parts::LONGEST_NAME));
    Panel::new(standing.colour(), title)
        .text(format!("{}\n\n{caption}", state::line(view, standing)))
        .field(&say!("cards-field-paused"), state::paused(view, standing), false)
        .field(&say!("cards-field-author"), author, true)
        .field(&say!("cards-field-account"), parts::account(account), true)
        .field(&say!("cards-field-due"), parts::due(post), true)
        .field(&say!("cards-field-settings"), settings(post), false)
        .field(&say!("cards-field-video"), video(view), false)
        .field(&say!("cards-field-warnings"), warnings(post, &[]), false)
        .field(&say!("cards-field-in-spite-of"), in_spite_of(&post.in_spite_of, LONGEST_VALUE), false)
        .field(&say!("cards-field-verdicts"), verdicts(view), false)
        .field(&say!("cards-field-fingerprint"), format!("`{}`", post.revision().short()), true)
        .footer(marker(post.number, post.revision()))
}

fn settings(post: &Post) -> String {
    match post.delivery {
        Delivery::Direct => parts::choices(&post.choices),
        Delivery::Draft => say!("cards-settings-draft"),
    }
}

fn video(view: &CardView<'_>) -> String {
    let name = plain_line(&view.video.file_name, parts::LONGEST_NAME);
    let facts = view.video.facts.summary(view.video.size_bytes);
    let place = match view.preview {
        Preview::Attached(_) => Some(say!("cards-video-attached")),
        // Its button leads to TikTok by then.
        Preview::Link(_) if on_tiktok(view).is_some() => None,
        Preview::Link(_) => Some(say!("cards-video-linked")),
        Preview::None if matches!(view.post.state, PostState::InReview { .. }) => Some(say!("cards-video-not-shown")),
        Preview::None => None,
    };
    let lines: Vec<String> = [name, facts, say!("cards-video-within-limits")].into_iter().chain(place).collect();
    lines.join("\n")
}

fn verdicts(view: &CardView<'_>) -> String {
    let revision = view.post.revision();
    let lines: Vec<String> =
        view.post.verdicts.iter().filter(|verdict| verdict.revision == revision).map(verdict).collect();
    parts::lines(&lines, LONGEST_VALUE)
}

fn verdict(verdict: &Verdict) -> String {
    let name = plain_line(&verdict.by_name, parts::LONGEST_NAME);
    let when = parts::short(verdict.at);
    let because = |reason: &str| plain_line(reason, parts::LONGEST_REASON);
    let (mark, said) = match &verdict.word {
        Word::Approve if verdict.as_manager => {
            (YES, say!("cards-verdict-approved-as-manager", name = name, when = when))
        }
        Word::Approve => (YES, say!("cards-verdict-approved", name = name, when = when)),
        Word::RequestChanges { reason } => {
            (CHANGES, say!("cards-verdict-changes", name = name, when = when, reason = because(reason)))
        }
        Word::Decline { reason: Some(reason) } => {
            (NO, say!("cards-verdict-declined-because", name = name, when = when, reason = because(reason)))
        }
        Word::Decline { reason: None } => (NO, say!("cards-verdict-declined", name = name, when = when)),
    };
    format!("{mark} {said}")
}

fn buttons(view: &CardView<'_>, standing: Standing) -> Vec<CreateButton> {
    let mut buttons = own_buttons(view, standing);
    buttons.extend(watch(view));
    buttons
}

/// The buttons that make sense where the post stands.
fn own_buttons(view: &CardView<'_>, standing: Standing) -> Vec<CreateButton> {
    let (post, revision) = (view.post.id, view.post.revision());
    match standing {
        Standing::InReview => vec![
            Press::Approve { post, revision }.button(&say!("cards-button-approve"), ButtonStyle::Success),
            Press::RequestChanges { post, revision }
                .button(&say!("cards-button-request-changes"), ButtonStyle::Secondary),
            Press::Decline { post, revision }.button(&say!("cards-button-decline"), ButtonStyle::Danger),
        ],
        Standing::Approved | Standing::Scheduled => {
            vec![move_it(view.post), withdraw(view.post)]
        }
        Standing::Lapsed => {
            vec![
                Press::PickTime { post }.button(&say!("cards-button-pick-time"), ButtonStyle::Primary),
                withdraw(view.post),
            ]
        }
        Standing::Held => vec![
            Press::PublishNow { post }.button(&say!("cards-button-publish-now"), ButtonStyle::Primary),
            move_it(view.post),
            withdraw(view.post),
        ],
        Standing::Failed => failed_buttons(view),
        Standing::Unclear => vec![
            Press::Vouch { post }.button(&say!("cards-button-it-is-out"), ButtonStyle::Success),
            Press::NotOut { post }.button(&say!("cards-button-it-is-not-out"), ButtonStyle::Danger),
        ],
        Standing::Declined => {
            vec![Press::EditPost { post }.button(&say!("cards-button-edit"), ButtonStyle::Primary)]
        }
        // Until its last part leaves.
        Standing::Publishing if view.publication.is_some_and(Publication::is_cancellable) => vec![withdraw(view.post)],
        Standing::Draft
        | Standing::Withdrawn
        | Standing::Publishing
        | Standing::Processing
        | Standing::Published
        | Standing::InInbox
        | Standing::Cancelled => Vec::new(),
    }
}

/// What helps a post that failed: its author's own part can be changed, and everything can be tried again.
fn failed_buttons(view: &CardView<'_>) -> Vec<CreateButton> {
    let post = view.post.id;
    let again = |style| Press::Retry { post }.button(&say!("cards-button-try-again"), style);
    match view.publication.map(|publication| &publication.state) {
        Some(PublicationState::Failed { setback, .. })
            if trouble::stops(&setback.code) == Some(BreakerKind::Reconnect) =>
        {
            vec![connect(view.post.account), again(ButtonStyle::Secondary)]
        }
        Some(PublicationState::Failed { setback, .. }) if setback.whose == Whose::Author => {
            vec![
                Press::EditPost { post }.button(&say!("cards-button-edit"), ButtonStyle::Primary),
                again(ButtonStyle::Secondary),
            ]
        }
        Some(_) | None => vec![again(ButtonStyle::Primary)],
    }
}

fn move_it(post: &Post) -> CreateButton {
    Press::PickTime { post: post.id }.button(&say!("cards-button-move"), ButtonStyle::Secondary)
}

fn withdraw(post: &Post) -> CreateButton {
    Press::Withdraw { post: post.id }.button(&say!("cards-button-withdraw"), ButtonStyle::Danger)
}

/// The video's address on TikTok, once it has one.
fn on_tiktok<'a>(view: &CardView<'a>) -> Option<&'a str> {
    match view.publication.map(|publication| &publication.state) {
        Some(PublicationState::Published { receipt, .. }) => receipt.url.as_deref(),
        Some(_) | None => None,
    }
}

/// Where the video can be watched: on TikTok once it is there, at home before.
fn watch(view: &CardView<'_>) -> Option<CreateButton> {
    if let Some(url) = on_tiktok(view) {
        return link_button(&say!("cards-button-watch-on-tiktok"), &sentence(url));
    }
    match view.preview {
        Preview::Link(url) => link_button(&say!("cards-button-watch"), url),
        Preview::Attached(_) | Preview::None => None,
    }
}
