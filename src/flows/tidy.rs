//! What nobody asks for but everybody expects: reviews lapse at their time, drafts nobody finished are thrown away.
//! What is forgotten for its age is in [`forget`].

use anyhow::Context as _;
use chrono::TimeDelta;

use super::submit::summary;
use super::{Failure, Flows, forget};
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::Post;
use crate::domain::workspace::Actor;

/// How long a draft waits to be finished.
const DRAFT_LIVES: TimeDelta = TimeDelta::hours(24);

/// How many rows one sweep takes.
const SWEEP: u32 = 100;

/// Lapses every post whose time came before its approvals did; gives back how many.
///
/// # Errors
/// When the store cannot be reached.
pub async fn lapse(flows: &Flows) -> Result<usize, Failure> {
    let now = flows.clock.now();
    let mut lapsed = 0;
    for seen in flows.store.lapsing_posts(now, SWEEP).await? {
        let mut tx = flows.store.begin().await?;
        let Some(post) = tx.post(seen.id).await?.and_then(|post| post.lapse(now)) else { continue };
        tx.save_post(&post).await?;
        tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
        tx.tell(post.workspace, &Notice::Happened { post: post.id, happening: Happening::Lapsed }, now).await?;
        tx.audit(post.workspace, &Actor::Program, "post.lapsed", Some(post.id), summary(&post), now).await?;
        tx.commit().await?;
        lapsed += 1;
        tracing::info!(post.id = %post.id, "Post {} lapsed", post.number);
    }
    if lapsed > 0 {
        flows.nudges.outbox.notify_one();
    }
    Ok(lapsed)
}

/// Throws away drafts nobody finished, with their bytes, and changes nobody confirmed; gives back how many drafts.
///
/// # Errors
/// When the store or the media store cannot be reached.
pub async fn forget_drafts(flows: &Flows) -> Result<usize, Failure> {
    let now = flows.clock.now();
    let (mut forgotten, mut broken) = (0, None);
    let mut tx = flows.store.begin().await?;
    tx.forget_pending_edits(now - DRAFT_LIVES).await?;
    tx.forget_batches(now).await?;
    tx.commit().await?;
    for post in flows.store.stale_drafts(now - DRAFT_LIVES).await? {
        match forget_draft(flows, &post).await {
            Ok(went) => forgotten += usize::from(went),
            // One draft that cannot go does not keep the others.
            Err(failure) => broken = Some(failure),
        }
    }
    broken.map_or(Ok(forgotten), Err)
}

async fn forget_draft(flows: &Flows, post: &Post) -> Result<bool, Failure> {
    let mut tx = flows.store.begin().await?;
    let video = tx.video(post.video).await?.context("a draft's video is not in the store")?;
    if !tx.drop_post_draft(post.id).await? {
        return Ok(false);
    }
    tx.drop_video(video.id).await?;
    tx.commit().await?;
    // What cannot be deleted now is left over and deleted later.
    if let Err(failure) = forget::delete(flows, &video.key).await {
        tracing::warn!(post.id = %post.id, "The bytes of an old draft are deleted later: {failure:?}");
    }
    Ok(true)
}
