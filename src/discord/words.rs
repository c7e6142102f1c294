//! Every sentence.
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::face::Face;
use crate::domain::account::{Account, Delivery};
use crate::domain::ids::{MemberId, PostId};
use crate::domain::notice::Happening;
use crate::domain::post::{Judged, Post};
use crate::domain::publication::Publication;
use crate::domain::refusal::Refusal;
use crate::domain::schedule::WhenRefusal;
use crate::domain::workspace::Workspace;

/// A polite no: the sentence, and on its own line the hint.
#[must_use]
pub fn refused(refusal: &Refusal) -> Face {
    Face::text(refusal.to_string())
}
/// Something went wrong on our side; the operator finds it by the reference.
#[must_use]
pub fn broken(reference: &str) -> Face {
    Face::text(reference)
}
/// A refused time with a button for each instant that could be meant or would work, for a draft or post.
#[must_use]
pub fn time_offers(post: PostId, refusal: &WhenRefusal, zone: Tz) -> Face {
    Face::text(format!("{post} {refusal} {zone}"))
}
/// A line for a post's thread.
#[must_use]
pub fn happened(happening: &Happening, post: &Post, publication: Option<&Publication>) -> Face {
    Face::text(format!("{happening:?} {post:?} {publication:?}"))
}
/// The channel is told who connected what, and which features the granted scopes allow.
#[must_use]
pub fn connected(account: &Account, by: MemberId) -> Face {
    Face::text(format!("{account:?} {by:?}"))
}
/// The channel is told that an account was disconnected.
#[must_use]
pub fn disconnected(username: &str, by: MemberId) -> Face {
    Face::text(format!("{username:?} {by:?}"))
}
/// The channel is told that an account has to be connected again.
#[must_use]
pub fn needs_reconnect(account: &Account) -> Face {
    Face::text(format!("{account:?}"))
}
/// The overview of `/setup`; `missing_permissions` are sentences such as ``Attach Files in <#5>``.
#[must_use]
pub fn settings(workspace: &Workspace, missing_permissions: &[String]) -> Face {
    Face::text(format!("{workspace:?} {missing_permissions:?}"))
}
/// The reply to `/account connect`: a personal link.
#[must_use]
pub fn connect_link(url: &str, delivery: Delivery, expires_at: DateTime<Utc>) -> Face {
    Face::text(format!("{url} {delivery:?} {expires_at}"))
}
/// One account of the list.
#[derive(Debug, Clone, Copy)]
pub struct AccountLine<'a> {
    /// Which.
    pub account: &'a Account,
    /// Posts sent in the last 24 hours.
    pub used: u32,
    /// Posts allowed in 24 hours.
    pub allowed: u32,
}
/// The reply to `/account list`.
#[must_use]
pub fn accounts(lines: &[AccountLine<'_>], now: DateTime<Utc>) -> Face {
    Face::text(format!("{lines:?} {now}"))
}
/// `/schedule` is bringing the video home; the percentage is absent while the size is unknown.
#[must_use]
pub fn fetching(percent: Option<u8>) -> Face {
    Face::text(format!("{percent:?}"))
}
/// `/schedule` is checking the video.
#[must_use]
pub fn checking() -> Face {
    Face::text("")
}
/// The draft went to the reviewers.
#[must_use]
pub fn submitted(post: &Post, workspace: &Workspace) -> Face {
    Face::text(format!("{post:?} {workspace:?}"))
}
/// The draft is gone.
#[must_use]
pub fn discarded(post: &Post) -> Face {
    Face::text(format!("{post:?}"))
}
/// A reviewer's word arrived; `approved` tells an approval from another word.
#[must_use]
pub fn judged(judged: Judged, post: &Post) -> Face {
    Face::text(format!("{judged:?} {post:?}"))
}
/// A reviewer took an approval back.
#[must_use]
pub fn took_back(judged: Judged, post: &Post) -> Face {
    Face::text(format!("{judged:?} {post:?}"))
}
/// A post was changed and is in review again.
#[must_use]
pub fn edited(post: &Post) -> Face {
    Face::text(format!("{post:?}"))
}
/// A post has another time and is in review again.
#[must_use]
pub fn moved(post: &Post) -> Face {
    Face::text(format!("{post:?}"))
}
/// A post was stopped.
#[must_use]
pub fn withdrawn(post: &Post) -> Face {
    Face::text(format!("{post:?}"))
}
/// A publication is tried again.
#[must_use]
pub fn retried(post: &Post) -> Face {
    Face::text(format!("{post:?}"))
}
/// Somebody said it is out.
#[must_use]
pub fn vouched(post: &Post) -> Face {
    Face::text(format!("{post:?}"))
}
/// What is typed as a cover's place cannot be read, or lies behind the end.
#[must_use]
pub fn bad_cover(given: &str, longest_millis: Option<u64>) -> Face {
    Face::text(format!("{given:?} {longest_millis:?}"))
}
/// The reviewers are reminded of a post that is due soon.
#[must_use]
pub fn reminder(post: &Post, workspace: &Workspace) -> Face {
    Face::text(format!("{post:?} {workspace:?}"))
}
/// The ids of the bot's commands, so that they can be pressed in a text.
pub type CommandIds = std::collections::BTreeMap<String, u64>;
/// What somebody may do, for `/help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helped {
    /// Any member.
    Editor,
    /// Holds the reviewer role.
    Reviewer,
    /// May manage the server.
    Manager,
}
/// The three things a person of that role does most; `ids` maps `schedule` to the id of its command.
#[must_use]
pub fn help(who: Helped, ids: &CommandIds) -> Face {
    Face::text(format!("{who:?} {ids:?}"))
}
/// Somebody pressed a button in a message that was made for somebody else.
#[must_use]
pub fn not_for_you() -> Face {
    Face::text("")
}
/// Somebody pressed a button that is no longer there.
#[must_use]
pub fn old_button() -> Face {
    refused(&Refusal::OldButton)
}
