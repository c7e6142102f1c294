//! ✅ and ❌ on a card: a reviewer's word on the revision that card shows.
//!
//! An event is a hint and may come twice or not at all; the flow decides, and [`reconcile`](super::reconcile) catches up.
//! A reaction cannot be answered privately, so whoever may not judge is told once in the post's thread, and their
//! reaction is removed where the bot may. A reaction on an old card counts for nothing and is removed as well.

use std::time::Duration;

use serenity::all::{ChannelId, Context, GuildId, MessageId, Nonce, Reaction, ReactionType, UserId};
use sha2::{Digest as _, Sha256};

use super::face::Face;
use super::hearing::Ears;
use super::look::{NO, YES};
use super::watchdog::pause;
use super::words::{self, parts};
use super::{Bot, people};
use crate::domain::ids::{self, MemberId, WorkspaceId};
use crate::domain::post::{Card, Post, PostStage};
use crate::domain::refusal::Refusal;
use crate::domain::review::{Member, Verdict, Word};
use crate::flows::{Failure, review};
use crate::words::in_language;

/// Emoji may be followed by this, which asks for a coloured picture and changes nothing else.
const AS_PICTURE: char = '\u{fe0f}';

/// After so long what was not heard is read again, and then so often.
const READ_AGAIN_AFTER: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(5), Duration::from_secs(20)];
const READ_AGAIN_EVERY: Duration = Duration::from_secs(60);
const READ_AGAIN_TIMES: usize = 60;

/// How many of a thread's last messages are looked through for an explanation.
const LOOKED_THROUGH: u8 = 100;

/// Sees to a reaction that was added.
pub(super) async fn added(bot: &Bot, ctx: &Context, reaction: &Reaction) {
    if let Err(error) = Box::pin(judged(bot, ctx, reaction)).await {
        tracing::error!(message.id = %reaction.message_id, "A reaction could not be seen to: {error:?}");
        Box::pin(hears_later(bot, reaction)).await;
    }
}

/// Sees to a reaction that was removed.
pub(super) async fn removed(bot: &Bot, ctx: &Context, reaction: &Reaction) {
    if let Err(error) = Box::pin(taken_back(bot, ctx, reaction)).await {
        tracing::error!(message.id = %reaction.message_id, "A removed reaction could not be seen to: {error:?}");
        Box::pin(hears_later(bot, reaction)).await;
    }
}

/// Reads the card's reactions again until that worked: what was said must not hang on one moment in which the database is
/// locked or Discord down. Should it last, the next greeting reads them.
async fn hears_later(bot: &Bot, reaction: &Reaction) {
    for wait in READ_AGAIN_AFTER.into_iter().chain(std::iter::repeat_n(READ_AGAIN_EVERY, READ_AGAIN_TIMES)) {
        pause(wait).await;
        match Box::pin(read_again(bot, reaction)).await {
            Ok(()) => return,
            Err(error) => {
                tracing::warn!(message.id = %reaction.message_id, "A card could not be read again: {error:?}");
            }
        }
    }
}

async fn read_again(bot: &Bot, reaction: &Reaction) -> anyhow::Result<()> {
    match target(bot, reaction).await {
        Ok(Some(target)) => super::reconcile::catch_up(&bot.ears(), &target.post).await,
        Ok(None) | Err(Failure::Refused(_)) => Ok(()),
        Err(Failure::Broken(error)) => Err(error),
    }
}

/// Whether it is that emoji, as a picture or not.
pub(super) fn is_same_emoji(reaction: &ReactionType, emoji: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches(AS_PICTURE).to_owned();
    matches!(reaction, ReactionType::Unicode(name) if bare(name) == bare(emoji))
}

/// The word an emoji stands for.
pub(super) fn word(reaction: &ReactionType) -> Option<Word> {
    if is_same_emoji(reaction, YES) {
        Some(Word::Approve)
    } else {
        is_same_emoji(reaction, NO).then_some(Word::Decline { reason: None })
    }
}

/// What a reaction is on, and whose it is.
struct Target {
    guild: GuildId,
    user: UserId,
    card: Card,
    post: Post,
}

/// What it is about, if it is about a card at all and by somebody else.
async fn target(bot: &Bot, reaction: &Reaction) -> Result<Option<Target>, Failure> {
    let (Some(guild), Some(user)) = (reaction.guild_id, reaction.user_id) else { return Ok(None) };
    if bot.me.get() == Some(&user) {
        return Ok(None);
    }
    let store = &bot.flows.store;
    let (channel, message) = (ids::ChannelId(reaction.channel_id.get()), ids::MessageId(reaction.message_id.get()));
    let Some(card) = store.card_by_message(channel, message).await? else { return Ok(None) };
    let post = store.post(card.post).await?.filter(|post| post.workspace == WorkspaceId(guild.get()));
    Ok(post.map(|post| Target { guild, user, card, post }))
}

async fn judged(bot: &Bot, ctx: &Context, reaction: &Reaction) -> Result<(), Failure> {
    let ears = bot.ears();
    let Some(word) = word(&reaction.emoji) else { return Ok(()) };
    let Some(target) = target(bot, reaction).await? else { return Ok(()) };
    let described = match &reaction.member {
        Some(member) => member.clone(),
        None => match ctx.http.get_member(target.guild, target.user).await {
            Ok(member) => member,
            Err(error) => {
                return Err(anyhow::Error::new(error).context("Discord does not say who reacted").into());
            }
        },
    };
    if described.user.bot {
        return Ok(());
    }
    let member = people::member(target.guild, &described);
    let member = people::acting(member, reaction.channel_id, Some(reaction.message_id));
    match heard(&ears, &member, &target.post, &target.card, word).await {
        Ok(()) => Ok(()),
        Err(Failure::Refused(refusal)) => {
            turn_away(&ears, &Place::of(reaction), &target.post, target.user, &refusal, &reaction.emoji).await;
            Ok(())
        }
        Err(broken) => Err(broken),
    }
}

/// Records a member's word about the revision a card shows.
pub(super) async fn heard(ears: &Ears<'_>, by: &Member, post: &Post, card: &Card, word: Word) -> Result<(), Failure> {
    if card.superseded {
        return Err(Refusal::OldCard { number: post.number }.into());
    }
    let reviewer = ears.reviewer(by).await?;
    match review::judge(ears.flows, &reviewer, post.id, card.revision, word.clone()).await {
        // Two reviewers in the same moment: the second look sees what the first one said.
        Err(failure) if failure.gave_way() => {
            review::judge(ears.flows, &reviewer, post.id, card.revision, word).await.map(drop)
        }
        settled => settled.map(drop),
    }
}

async fn taken_back(bot: &Bot, ctx: &Context, reaction: &Reaction) -> Result<(), Failure> {
    let Some(word) = word(&reaction.emoji) else { return Ok(()) };
    let Some(Target { guild, user, card, post }) = target(bot, reaction).await? else { return Ok(()) };
    let by = MemberId(user.get());
    let Some(verdict) = said_with(&post, by, &word) else { return Ok(()) };
    if card.superseded || card.revision != post.revision() {
        return Ok(());
    }
    // Taking one's own word back needs no role, and Discord does not say more about whoever removed a reaction.
    let member = match ctx.http.get_member(guild, user).await {
        Ok(member) => people::member(guild, &member),
        Err(_) => Member {
            id: by,
            workspace: post.workspace,
            name: verdict.by_name.clone(),
            roles: Vec::new(),
            manages: false,
            link: None,
        },
    };
    let member = people::acting(member, reaction.channel_id, Some(reaction.message_id));
    take_back(&bot.ears(), &member, &post, &word).await
}

/// The word somebody has about the present revision that goes with that emoji and can be taken back.
fn said_with<'a>(post: &'a Post, by: MemberId, word: &Word) -> Option<&'a Verdict> {
    match (word, post.stage()) {
        (Word::Approve, PostStage::InReview) => post.approvals().find(|verdict| verdict.by == by),
        (Word::Decline { .. }, PostStage::Declined) => post.unexplained_no(by),
        (Word::Approve | Word::Decline { .. } | Word::RequestChanges { .. }, _) => None,
    }
}

/// Takes a word back whose emoji is gone.
pub(super) async fn take_back(ears: &Ears<'_>, by: &Member, post: &Post, word: &Word) -> Result<(), Failure> {
    let done = match word {
        Word::Approve => review::take_back(ears.flows, by, post.id, post.revision()).await,
        Word::Decline { .. } => review::take_back_no(ears.flows, by, post.id, post.revision(), false).await,
        Word::RequestChanges { .. } => return Ok(()),
    };
    match done {
        Ok(_) => Ok(()),
        // It was the last one needed a moment ago, or its reason has just been given; the card says so.
        Err(Failure::Refused(refusal)) => {
            tracing::info!(post.id = %post.id, "A word could not be taken back: {refusal}");
            Ok(())
        }
        Err(broken) => Err(broken),
    }
}

/// Where a reaction is.
pub(super) struct Place {
    pub(super) channel: ChannelId,
    pub(super) message: MessageId,
}

impl Place {
    const fn of(reaction: &Reaction) -> Self {
        Self { channel: reaction.channel_id, message: reaction.message_id }
    }
}

/// Has a reaction that does not count go away, and tells the person why if it is about them.
pub(super) async fn turn_away(
    ears: &Ears<'_>,
    place: &Place,
    post: &Post,
    user: UserId,
    refusal: &Refusal,
    emoji: &ReactionType,
) {
    match refusal {
        Refusal::OldCard { .. } => remove(ears, place, user, emoji).await,
        Refusal::NotAReviewer { .. } | Refusal::OwnPost | Refusal::TooLateToJudge { .. } => {
            remove(ears, place, user, emoji).await;
            explain(ears, place, post, user, refusal).await;
        }
        // A no that comes too late must not be taken for one that stopped it.
        Refusal::NotInReview { stage: PostStage::Approved } if is_no(emoji) => {
            if may_still_be_stopped(ears, post).await {
                remove(ears, place, user, emoji).await;
                explain(ears, place, post, user, refusal).await;
            }
        }
        // The card shows how the post stands.
        _ => tracing::debug!(post.id = %post.id, "A reaction changes nothing: {refusal}"),
    }
}

fn is_no(emoji: &ReactionType) -> bool {
    matches!(word(emoji), Some(Word::Decline { .. }))
}

/// Whether an approved post has not gone out yet.
async fn may_still_be_stopped(ears: &Ears<'_>, post: &Post) -> bool {
    let found = ears.flows.store.publication_of(post.id).await;
    found.ok().flatten().is_some_and(|publication| publication.is_cancellable())
}

async fn remove(ears: &Ears<'_>, place: &Place, user: UserId, emoji: &ReactionType) {
    // Without Manage Messages the reaction stays and counts for nothing all the same.
    if let Err(error) = ears.http.delete_reaction(place.channel, place.message, user, emoji).await {
        tracing::debug!("A reaction that does not count could not be removed: {error}");
    }
}

/// Tells the person in the post's thread, once: Discord remembers the nonce for some minutes, the thread for ever.
async fn explain(ears: &Ears<'_>, place: &Place, post: &Post, user: UserId, refusal: &Refusal) {
    let Ok(Some(thread)) = ears.flows.store.thread(post.id).await else { return };
    let thread = ChannelId::new(thread.0.max(1));
    let who = MemberId(user.get());
    // Everybody reads it there.
    let language = ears.flows.store.workspace(post.workspace).await.ok().flatten().map(|team| team.language);
    let told = in_language(language.unwrap_or_default(), || words::refused(refusal).content);
    let content = format!("{}: {told}", parts::person(who));
    let face = Face { ping_people: vec![who], ..Face::text(content) };
    let known = match ears.http.get_messages(thread, None, Some(LOOKED_THROUGH)).await {
        Ok(messages) => messages.iter().any(|message| {
            Some(&message.author.id) == ears.me.as_ref() && message.content.trim() == face.content.trim()
        }),
        Err(error) => {
            tracing::warn!(post.id = %post.id, "The thread of post {} cannot be read: {error}", post.number);
            return;
        }
    };
    if known {
        return;
    }
    let message = face.message().nonce(Nonce::String(nonce(place, user))).enforce_nonce(true);
    if let Err(error) = thread.send_message(ears.http, message).await {
        tracing::warn!(post.id = %post.id, "Nobody could be told that a reaction does not count: {error}");
    }
}

/// The same word for the same person and card.
fn nonce(place: &Place, user: UserId) -> String {
    let mut hash = Sha256::new();
    hash.update(place.message.get().to_be_bytes());
    hash.update(user.get().to_be_bytes());
    hex::encode(&hash.finalize()[..10])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn emoji(name: &str) -> ReactionType {
        ReactionType::Unicode(name.to_owned())
    }

    #[test]
    fn a_verdict_is_read_with_and_without_the_mark_for_pictures() {
        assert_eq!(word(&emoji("✅")), Some(Word::Approve));
        assert_eq!(word(&emoji("✅\u{fe0f}")), Some(Word::Approve));
        assert_eq!(word(&emoji("❌")), Some(Word::Decline { reason: None }));
        assert_eq!(word(&emoji("❌\u{fe0f}")), Some(Word::Decline { reason: None }));
    }

    #[test]
    fn other_emoji_are_no_verdict() {
        for other in ["☑️", "✔️", "👍", "🇽", ""] {
            assert_eq!(word(&emoji(other)), None, "{other}");
        }
        let custom =
            ReactionType::Custom { animated: false, id: serenity::all::EmojiId::new(7), name: Some("✅".into()) };
        assert_eq!(word(&custom), None);
    }

    #[test]
    fn an_explanation_has_one_word_for_each_person_and_card() {
        let place = |message| Place { channel: ChannelId::new(1), message: MessageId::new(message) };
        let (mia, rui) = (UserId::new(11), UserId::new(12));
        assert_eq!(nonce(&place(5), mia), nonce(&place(5), mia));
        assert_ne!(nonce(&place(5), mia), nonce(&place(5), rui));
        assert_ne!(nonce(&place(5), mia), nonce(&place(6), mia));
        assert!(nonce(&place(5), mia).len() <= 25);
    }
}
