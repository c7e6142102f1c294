//! Catching up after every greeting: an event is heard at most once, and none while the line is down.
//!
//! The reactions on every open card are read again, and the words that were not heard are. A word that was heard before
//! is not taken again, even if it no longer counts: the audit trail knows it. An approval whose reaction is missing
//! stays, because it may have come by the button; only its owner takes it back.

use serenity::all::{Context, GuildId, ReactionType, User};

use super::http::{code, persist};
use super::look::{NO, YES};
use super::reactions::{self, Place};
use super::{Bot, people};
use crate::domain::ids::MemberId;
use crate::domain::post::{Card, Post, PostStage};
use crate::domain::review::Word;
use crate::domain::workspace::Actor;
use crate::flows::{Failure, deliver};
use crate::store::AuditRow;

/// Most people that Discord names at once.
const PAGE: u8 = 100;

/// Discord's codes for what is gone: the channel, the message.
const GONE: [isize; 2] = [10003, 10008];

/// Discord's code for somebody who is not in the server any more.
const NO_MEMBER: isize = 10007;

/// Reads what may have been missed.
pub(super) async fn after_ready(bot: &Bot, _ctx: &Context) {
    let open = match bot.flows.store.open_reviews(None).await {
        Ok(open) => open,
        Err(error) => {
            tracing::error!("The open reviews could not be read, so reactions may be missing: {error:?}");
            return;
        }
    };
    for post in open {
        if let Err(error) = Box::pin(catch_up(bot, &post)).await {
            tracing::error!(post.id = %post.id, "The card of post {} could not be read again: {error:?}", post.number);
        }
    }
}

/// Hears what was said about one post.
async fn catch_up(bot: &Bot, post: &Post) -> anyhow::Result<()> {
    let store = &bot.flows.store;
    let revision = post.revision();
    let cards = store.cards(post.id).await?;
    let Some(card) = cards.iter().find(|card| card.revision == revision && !card.superseded) else { return Ok(()) };
    let trail = store.audit_trail(post.workspace, Some(post.id)).await?;
    // A no first: whoever says both has doubts.
    for (emoji, word) in [(NO, Word::Decline { reason: None }), (YES, Word::Approve)] {
        let reaction = ReactionType::Unicode(emoji.to_owned());
        let people = match reacted(bot, card, &reaction).await {
            Ok(people) => people,
            Err(error) if code(&error).is_some_and(|code| GONE.contains(&code)) => {
                tracing::info!(post.id = %post.id, "The card of post {} is gone and is sent again", post.number);
                return deliver::redraw(&bot.flows, post).await.map_err(broken);
            }
            Err(error) => return Err(error.into()),
        };
        for user in people.iter().filter(|user| !user.bot && bot.me.get() != Some(&user.id)) {
            if !was_heard(&trail, MemberId(user.id.get()), post, &word) {
                hear(bot, post, card, user, &reaction, &word).await?;
            }
        }
        let now = store.post(post.id).await?;
        if now.is_none_or(|now| now.stage() != PostStage::InReview) {
            break;
        }
    }
    Ok(())
}

async fn hear(
    bot: &Bot,
    post: &Post,
    card: &Card,
    user: &User,
    reaction: &ReactionType,
    word: &Word,
) -> anyhow::Result<()> {
    let guild = GuildId::new(post.workspace.0.max(1));
    let described = match persist("a member", || bot.http.get_member(guild, user.id)).await {
        Ok(described) => described,
        // Who has left judges nothing.
        Err(error) if code(&error) == Some(NO_MEMBER) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let place = Place {
        channel: serenity::all::ChannelId::new(card.channel.0.max(1)),
        message: serenity::all::MessageId::new(card.message.0.max(1)),
    };
    let member = people::acting(people::member(guild, &described), place.channel, Some(place.message));
    match reactions::heard(bot, &member, post, card, word.clone()).await {
        Ok(()) => {
            tracing::info!(post.id = %post.id, "Heard what was said about post {} while the line was down", post.number);
            Ok(())
        }
        Err(Failure::Refused(refusal)) => {
            reactions::turn_away(bot, &place, post, user.id, &refusal, reaction).await;
            Ok(())
        }
        Err(Failure::Broken(error)) => Err(error),
    }
}

/// Everybody who reacted to a card with that emoji.
async fn reacted(bot: &Bot, card: &Card, reaction: &ReactionType) -> serenity::Result<Vec<User>> {
    let channel = serenity::all::ChannelId::new(card.channel.0.max(1));
    let message = serenity::all::MessageId::new(card.message.0.max(1));
    let mut people: Vec<User> = Vec::new();
    loop {
        let after = people.last().map(|user| user.id.get());
        let page =
            persist("reactions", || bot.http.get_reaction_users(channel, message, reaction, PAGE, after)).await?;
        let is_last = page.len() < usize::from(PAGE);
        people.extend(page);
        if is_last {
            return Ok(people);
        }
    }
}

/// Whether that member has said that word about the present revision before.
fn was_heard(trail: &[AuditRow], by: MemberId, post: &Post, word: &Word) -> bool {
    let act = match word {
        Word::Approve => "post.approved",
        Word::RequestChanges { .. } => "post.changes_asked",
        Word::Decline { .. } => "post.declined",
    };
    let revision = post.revision().to_string();
    trail.iter().any(|entry| {
        let is_theirs = matches!(&entry.actor, Actor::Member { id, .. } if *id == by);
        is_theirs
            && entry.act == act
            && entry.detail.get("revision").and_then(|value| value.as_str()) == Some(&revision)
    })
}

fn broken(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Refused(refusal) => anyhow::Error::new(*refusal),
        Failure::Broken(error) => error,
    }
}
