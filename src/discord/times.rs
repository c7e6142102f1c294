//! A post's time as people change it with buttons and forms: read in their own zone, and when it is refused, offered as
//! the instants it could mean.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serenity::all::CreateModal;

use super::face::Face;
use super::presses::{Answer, composing, find};
use super::{Bot, words};
use crate::domain::ids::PostId;
use crate::domain::post::{Due, Post, PostStage};
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::flows::warn::Weighed;
use crate::flows::when::{self, Asked};
use crate::flows::{Failure, slots};

/// One of the instants that were offered is taken.
pub(super) async fn take_time(bot: &Bot, member: &Member, post: PostId, unix: i64) -> Result<Answer, Failure> {
    let at: DateTime<Utc> = DateTime::from_timestamp(unix, 0).ok_or(Refusal::OldButton)?;
    let post = find(bot, member, post).await?;
    let zone = when::zone_of(&bot.flows, member).await?;
    match change_time(bot, member, &post, Asked::Due(Due::At(at), zone)).await {
        Ok(face) => Ok(Answer::Redrawn(face)),
        Err(failure) => offers(failure, post.id, zone).map(Answer::Redrawn),
    }
}

/// The next free slot is taken, whichever that is by now.
pub(super) async fn next_slot(bot: &Bot, member: &Member, post: PostId) -> Result<Answer, Failure> {
    let post = find(bot, member, post).await?;
    Ok(Answer::Redrawn(change_time(bot, member, &post, Asked::NextSlot).await?))
}

/// Gives a draft or a post another time, and shows what came of it.
pub(super) async fn change_time(bot: &Bot, member: &Member, post: &Post, asked: Asked) -> Result<Face, Failure> {
    let changed = Box::pin(when::retime(&bot.flows, member, post, asked)).await?;
    match &changed {
        Weighed::Done(draft) if draft.stage() == PostStage::Draft => composing(bot, draft).await,
        Weighed::Done(_) | Weighed::Asks(_) => Ok(words::weighed(&changed, words::moved)),
    }
}

/// A time that was refused, with the times that could be meant or would work.
pub(super) fn offers(failure: Failure, post: PostId, zone: Tz) -> Result<Face, Failure> {
    match failure {
        Failure::Refused(refusal) => match *refusal {
            Refusal::When(refusal) => Ok(words::time_offers(post, &refusal.in_zone(zone), zone)),
            other => Err(other.into()),
        },
        broken @ Failure::Broken(_) => Err(broken),
    }
}

/// A form with a post's time in it, written on the clock of whoever fills it in.
pub(super) async fn form_for(
    bot: &Bot,
    member: &Member,
    post: &Post,
    form: impl FnOnce(&Post, Tz) -> CreateModal,
) -> Result<Answer, Failure> {
    let zone = when::zone_of(&bot.flows, member).await?;
    Ok(Answer::Opened(form(post, zone)))
}

/// The slot a post of this account would get, if there is one.
pub(super) async fn slot_offer(bot: &Bot, account: &crate::domain::account::Account) -> Option<DateTime<Utc>> {
    slots::next_free(&bot.flows, account).await.ok().map(|(at, _)| at)
}
