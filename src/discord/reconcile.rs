//! Catching up after every greeting: an event is heard at most once, and none while the line is down.
//!
//! The reactions on every open card are read again, and the words that were not heard are. A word that was heard before
//! is not taken again, even if it no longer counts: the audit trail knows it. A word whose reaction is missing is taken
//! back if it was said with one; what was said with a button stays.

use serenity::all::{ChannelId, Context, GuildId, MessageId, ReactionType, User};

use super::hearing::Ears;
use super::http::{code, persist};
use super::look::{NO, YES};
use super::reactions::{self, Place};
use super::{Bot, people};
use crate::domain::ids::{MemberId, PostId};
use crate::domain::post::{Card, Post, PostStage};
use crate::domain::review::{Member, Verdict, Word};
use crate::flows::{Failure, deliver, review};
use crate::store;

/// Most people that Discord names at once.
const PAGE: u8 = 100;

/// How many cards of a team are looked for at most, the newest first.
const MOST_LOOKED_FOR: usize = 200;

/// Discord's codes for what is gone: the channel, the message.
const GONE: [isize; 2] = [10003, 10008];

/// Discord's code for somebody who is not in the server any more.
const NO_MEMBER: isize = 10007;

/// Reads what may have been missed.
pub(super) async fn after_ready(bot: &Bot, _ctx: &Context) {
    let open = match to_read_again(bot).await {
        Ok(open) => open,
        Err(error) => {
            tracing::error!("The open reviews could not be read, so reactions may be missing: {error:?}");
            return;
        }
    };
    for post in &open {
        if let Err(error) = Box::pin(catch_up(&bot.ears(), post)).await {
            tracing::error!(post.id = %post.id, "The card of post {} could not be read again: {error:?}", post.number);
        }
    }
    if let Err(error) = bring_back(&bot.ears(), &open).await {
        tracing::error!("Whether every card is still there could not be found out: {error:?}");
    }
}

/// Sends cards again that went away unseen and that somebody may still have to look at, though nothing on them is heard.
async fn bring_back(ears: &Ears<'_>, read: &[Post]) -> anyhow::Result<()> {
    let store = &ears.flows.store;
    for workspace in store.workspaces().await? {
        let shown = store.posts_to_show(workspace.id).await?;
        let others = shown.into_iter().rev().filter(|id| read.iter().all(|post| post.id != *id));
        for id in others.take(MOST_LOOKED_FOR) {
            // One that cannot be looked for keeps no other from being found.
            if let Err(error) = look_for_card(ears, id).await {
                tracing::warn!(post.id = %id, "Whether the card of post {id} is still there is not known: {error:?}");
            }
        }
    }
    Ok(())
}

async fn look_for_card(ears: &Ears<'_>, id: PostId) -> anyhow::Result<()> {
    let Some(post) = ears.flows.store.post(id).await? else { return Ok(()) };
    let Some(card) = present_card(ears, &post).await? else { return Ok(()) };
    let (channel, message) = place(&card);
    match persist("a card", || ears.http.get_message(channel, message)).await {
        Ok(_) => Ok(()),
        Err(error) => send_if_gone(ears, &post, error).await,
    }
}

/// The card that shows a post as it is now.
async fn present_card(ears: &Ears<'_>, post: &Post) -> store::Result<Option<Card>> {
    let revision = post.revision();
    let cards = ears.flows.store.cards(post.id).await?;
    Ok(cards.into_iter().find(|card| card.revision == revision && !card.superseded))
}

/// Has a card sent again that Discord says is gone; any other answer is an error.
async fn send_if_gone(ears: &Ears<'_>, post: &Post, error: serenity::Error) -> anyhow::Result<()> {
    if !code(&error).is_some_and(|code| GONE.contains(&code)) {
        return Err(error.into());
    }
    tracing::info!(post.id = %post.id, "The card of post {} is gone and is sent again", post.number);
    deliver::redraw(ears.flows, post).await.map_err(broken)
}

fn place(card: &Card) -> (ChannelId, MessageId) {
    // No id of Discord's is nought.
    (ChannelId::new(card.channel.0.max(1)), MessageId::new(card.message.0.max(1)))
}

/// Everything in review, and what was declined with an emoji that can still be taken back.
async fn to_read_again(bot: &Bot) -> store::Result<Vec<Post>> {
    let mut posts = bot.flows.store.open_reviews(None).await?;
    posts.extend(bot.flows.store.unexplained_declines().await?);
    Ok(posts)
}

/// Hears what was said about one post.
pub(super) async fn catch_up(ears: &Ears<'_>, post: &Post) -> anyhow::Result<()> {
    let store = &ears.flows.store;
    let revision = post.revision();
    let Some(card) = &present_card(ears, post).await? else { return Ok(()) };
    // A no first: whoever says both has doubts.
    let words = [(NO, Word::Decline { reason: None }), (YES, Word::Approve)];
    let mut all = Vec::new();
    for (emoji, word) in words {
        let reaction = ReactionType::Unicode(emoji.to_owned());
        let people = match reacted(ears, card, &reaction).await {
            Ok(people) => people,
            Err(error) => return send_if_gone(ears, post, error).await,
        };
        let is_somebody = |user: &User| !user.bot && ears.me.as_ref() != Some(&user.id);
        all.push((reaction, word, people.into_iter().filter(is_somebody).collect::<Vec<User>>()));
    }
    // What was taken back goes first, so that it does not make up the number with what was said since.
    for (_, word, people) in &all {
        let Some(now) = store.post(post.id).await?.filter(|now| now.revision() == revision) else { return Ok(()) };
        forget(ears, &now, card, people, word).await?;
    }
    let trail = store.audit_trail(post.workspace, Some(post.id)).await?;
    for (reaction, word, people) in &all {
        for user in people {
            if !review::has_said(&trail, MemberId(user.id.get()), post, word) {
                hear(ears, post, card, user, reaction, word).await?;
            }
        }
        let now = store.post(post.id).await?;
        if now.is_none_or(|now| now.stage() != PostStage::InReview) {
            break;
        }
    }
    Ok(())
}

/// Takes back the words that were said with an emoji which is gone.
async fn forget(ears: &Ears<'_>, post: &Post, card: &Card, people: &[User], word: &Word) -> anyhow::Result<()> {
    let gone = |verdict: &&Verdict| {
        let is_there = people.iter().any(|user| user.id.get() == verdict.by.0);
        verdict.reacted && verdict.revision == card.revision && verdict.word == *word && !is_there
    };
    for verdict in post.verdicts.iter().filter(gone) {
        let member = Member {
            id: verdict.by,
            workspace: post.workspace,
            name: verdict.by_name.clone(),
            roles: Vec::new(),
            manages: false,
            link: None,
        };
        reactions::take_back(ears, &member, post, word).await.map_err(broken)?;
    }
    Ok(())
}

async fn hear(
    ears: &Ears<'_>,
    post: &Post,
    card: &Card,
    user: &User,
    reaction: &ReactionType,
    word: &Word,
) -> anyhow::Result<()> {
    let guild = GuildId::new(post.workspace.0.max(1));
    let described = match persist("a member", || ears.http.get_member(guild, user.id)).await {
        Ok(described) => described,
        // Who has left judges nothing.
        Err(error) if code(&error) == Some(NO_MEMBER) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let (channel, message) = place(card);
    let place = Place { channel, message };
    let member = people::acting(people::member(guild, &described), place.channel, Some(place.message));
    match reactions::heard(ears, &member, post, card, word.clone()).await {
        Ok(()) => {
            tracing::info!(post.id = %post.id, "Heard what was said about post {} while the line was down", post.number);
            Ok(())
        }
        Err(Failure::Refused(refusal)) => {
            reactions::turn_away(ears, &place, post, user.id, &refusal, reaction).await;
            Ok(())
        }
        Err(Failure::Broken(error)) => Err(error),
    }
}

/// Everybody who reacted to a card with that emoji.
async fn reacted(ears: &Ears<'_>, card: &Card, reaction: &ReactionType) -> serenity::Result<Vec<User>> {
    let (channel, message) = place(card);
    let mut people: Vec<User> = Vec::new();
    loop {
        let after = people.last().map(|user| user.id.get());
        let page =
            persist("reactions", || ears.http.get_reaction_users(channel, message, reaction, PAGE, after)).await?;
        let is_last = page.len() < usize::from(PAGE);
        people.extend(page);
        if is_last {
            return Ok(people);
        }
    }
}

fn broken(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Refused(refusal) => anyhow::Error::new(*refusal),
        Failure::Broken(error) => error,
    }
}
