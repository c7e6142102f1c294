//! What the outbox writes down while it tells people: what it holds, that it tried, where a card is, that it arrived.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Failure, Flows};
use crate::domain::ids::{ChannelId, MessageId, PostId};
use crate::domain::notice::{Notice, Owed};
use crate::domain::post::{Card, Post};
use crate::domain::tempo;
use crate::words::spoken;

/// How long a delivery may take before somebody else takes over.
pub const LEASE: TimeDelta = tempo::seconds(60);

/// Takes what is owed now.
///
/// # Errors
/// When the store cannot be reached.
pub async fn take(flows: &Flows, owner: &str, most: u32) -> Result<Vec<Owed>, Failure> {
    let now = flows.clock.now();
    Ok(flows.store.claim_notices(owner, now, now + LEASE, most).await?)
}

/// Notes that a notice is about to be handed to Discord for the first time, in the language that is spoken now.
///
/// # Errors
/// When the store cannot be reached or somebody else took over.
pub async fn tried(flows: &Flows, owed: &Owed) -> Result<(), Failure> {
    let mut tx = flows.store.begin().await?;
    tx.notice_tried(owed, spoken(), flows.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Notes that it arrived.
///
/// # Errors
/// When the store cannot be reached or somebody else took over.
pub async fn done(flows: &Flows, owed: &Owed, message: Option<MessageId>) -> Result<(), Failure> {
    let mut tx = flows.store.begin().await?;
    tx.notice_done(owed, message).await?;
    Ok(tx.commit().await?)
}

/// Notes that it did not arrive and when to try again; optionally under a new nonce, when the old one is too old for
/// Discord to remember.
///
/// # Errors
/// When the store cannot be reached or somebody else took over.
pub async fn later(flows: &Flows, owed: &Owed, at: DateTime<Utc>) -> Result<(), Failure> {
    let mut tx = flows.store.begin().await?;
    tx.notice_later(owed, at).await?;
    Ok(tx.commit().await?)
}

/// Gives it a fresh nonce, because Discord has forgotten the old one and nothing was found under it.
///
/// # Errors
/// When the store cannot be reached or somebody else took over.
pub async fn renonce(flows: &Flows, owed: Owed) -> Result<Owed, Failure> {
    let nonce = crate::store::nonce();
    let mut tx = flows.store.begin().await?;
    tx.notice_renonce(&owed, &nonce).await?;
    tx.commit().await?;
    Ok(Owed { nonce, first_tried_at: None, ..owed })
}

/// Gives it up, because there is nobody left to tell.
///
/// # Errors
/// When the store cannot be reached or somebody else took over.
pub async fn give_up(flows: &Flows, owed: &Owed, why: &str) -> Result<(), Failure> {
    tracing::error!(workspace.id = %owed.workspace, "A notice is given up: {why}");
    let mut tx = flows.store.begin().await?;
    tx.notice_given_up(owed, why).await?;
    Ok(tx.commit().await?)
}

/// Notes where a card is.
///
/// # Errors
/// When the store cannot be reached.
pub async fn card_placed(flows: &Flows, card: &Card) -> Result<(), Failure> {
    let mut tx = flows.store.begin().await?;
    tx.add_card(card).await?;
    Ok(tx.commit().await?)
}

/// Has the card of a post drawn anew, because somebody found that it does not show how the post stands.
///
/// # Errors
/// When the store cannot be reached.
pub async fn redraw(flows: &Flows, post: &Post) -> Result<(), Failure> {
    let mut tx = flows.store.begin().await?;
    tx.tell(post.workspace, &Notice::Card { post: post.id }, flows.clock.now()).await?;
    tx.commit().await?;
    flows.nudges.outbox.notify_one();
    Ok(())
}

/// Notes that an older card says that it is out of date.
///
/// # Errors
/// When the store cannot be reached.
pub async fn card_superseded(flows: &Flows, card: &Card) -> Result<(), Failure> {
    let mut tx = flows.store.begin().await?;
    tx.mark_superseded(card).await?;
    Ok(tx.commit().await?)
}

/// Notes that a post's thread is gone; the card opens another one.
///
/// # Errors
/// When the store cannot be reached.
pub async fn thread_gone(flows: &Flows, post: &Post, thread: ChannelId) -> Result<(), Failure> {
    let mut tx = flows.store.begin().await?;
    if tx.forget_thread(post.id, thread).await? {
        tx.tell(post.workspace, &Notice::Card { post: post.id }, flows.clock.now()).await?;
        tracing::info!(post.id = %post.id, "The thread of post {} is gone", post.number);
    }
    Ok(tx.commit().await?)
}

/// Notes where a post's thread is.
///
/// # Errors
/// When the store cannot be reached.
pub async fn thread_opened(flows: &Flows, post: PostId, thread: ChannelId) -> Result<(), Failure> {
    let mut tx = flows.store.begin().await?;
    tx.set_thread(post, thread).await?;
    Ok(tx.commit().await?)
}
