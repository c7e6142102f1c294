//! A person has held posts published after all.
//!
//! What is held was approved and stays approved, so whoever may change, judge or manage it may also say that it still
//! goes out. Nothing else sends it: a held post waits for as long as it takes.

use chrono::{DateTime, Utc};

use super::pause::refuse_paused;
use super::publish::breakers;
use super::submit::{mine, summary};
use super::{Failure, Flows};
use crate::domain::ids::PostId;
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::Post;
use crate::domain::publication::PublicationStage;
use crate::domain::refusal::Refusal;
use crate::domain::review::Member;
use crate::domain::workspace::Workspace;
use crate::store::{Page, PostFilter, PostLine, Tx};

/// Has a held post published now.
///
/// # Errors
/// When the member may not, or it is not held.
pub async fn publish_now(flows: &Flows, by: &Member, id: PostId) -> Result<Post, Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let workspace = tx.workspace(by.workspace).await?.ok_or(Refusal::NoSuchPost)?;
    let post = mine(tx.post(id).await?, by.workspace)?;
    may_decide(by, &post, &workspace)?;
    refuse_paused(&mut tx, post.workspace, post.account).await?;
    breakers::refuse_banned(&mut tx, post.account).await?;
    let publication = tx.publication_of(post.id).await?.ok_or(Refusal::NotNow { state: "not held" })?;
    let released = publication.release(now).map_err(|wrong| Refusal::NotNow { state: wrong.state })?;
    tx.save_unclaimed(&released, PublicationStage::Held).await?;
    tell(&mut tx, by, &post, now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(post.id = %post.id, "Released post {}", post.number);
    Ok(post)
}

/// Has every held post published now that this member may decide about; gives back how many.
///
/// # Errors
/// When the member may not decide about any of them, or the store cannot be reached.
pub async fn publish_all_held(flows: &Flows, by: &Member) -> Result<usize, Failure> {
    let (mut released, mut refused) = (0, None);
    for line in held(flows, by).await? {
        match publish_now(flows, by, line.id).await {
            Ok(_) => released += 1,
            Err(Failure::Refused(refusal))
                if matches!(
                    *refusal,
                    Refusal::NotYoursToDecide | Refusal::AccountBanned { .. } | Refusal::Pause(_)
                ) =>
            {
                refused = Some(refusal);
            }
            // Somebody decided about it in the meantime.
            Err(Failure::Refused(_)) => {}
            Err(broken @ Failure::Broken(_)) => return Err(broken),
        }
    }
    match refused {
        Some(refusal) if released == 0 => Err(Failure::Refused(refusal)),
        Some(_) | None => Ok(released),
    }
}

async fn held(flows: &Flows, by: &Member) -> Result<Vec<PostLine>, Failure> {
    let filter = PostFilter { publications: vec![PublicationStage::Held], ..PostFilter::default() };
    let count = flows.store.count_posts(by.workspace, &filter).await?;
    let size = u32::try_from(count).unwrap_or(u32::MAX);
    Ok(flows.store.posts(by.workspace, &filter, Page { number: 0, size }).await?)
}

fn may_decide(by: &Member, post: &Post, workspace: &Workspace) -> Result<(), Refusal> {
    if post.author == by.id || by.leads(workspace) { Ok(()) } else { Err(Refusal::NotYoursToDecide) }
}

async fn tell(tx: &mut Tx, by: &Member, post: &Post, now: DateTime<Utc>) -> Result<(), Failure> {
    let happening = Happening::Released { by: by.id };
    tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
    tx.tell(post.workspace, &Notice::Happened { post: post.id, happening }, now).await?;
    tx.tell(post.workspace, &Notice::HeldDecided, now).await?;
    tx.audit(post.workspace, &by.actor(), "post.released", Some(post.id), summary(post), now).await?;
    Ok(())
}
