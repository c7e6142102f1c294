//! A reviewer approves, asks for changes, declines, or takes an approval back.

use chrono::TimeDelta;

use super::submit::{mine, summary};
use super::{Failure, Flows};
use crate::domain::ids::PostId;
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::{Judged, Post, PostState, Revision};
use crate::domain::publication::{Publication, upload_lead};
use crate::domain::refusal::Refusal;
use crate::domain::review::{Member, Reviewer, Word};

/// Records a reviewer's word and, when it was the last one needed, schedules the publication.
///
/// # Errors
/// When the reviewer may not judge this revision (any more).
pub async fn judge(
    flows: &Flows,
    by: &Reviewer,
    id: PostId,
    seen: Revision,
    word: Word,
) -> Result<(Post, Judged), Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let workspace = tx.workspace(by.member().workspace).await?.ok_or(Refusal::NoSuchPost)?;
    let post = mine(tx.post(id).await?, workspace.id)?;

    let (post, judged) = post.judge(by, seen, word.clone(), workspace.policy(), now)?;
    if judged == Judged::Already {
        return Ok((post, judged));
    }

    tx.save_post(&post).await?;
    if let PostState::Approved { .. } = post.state {
        let ahead = match tx.video(post.video).await?.filter(|_| flows.rules.precommit) {
            Some(video) => upload_lead(video.size_bytes).unwrap_or_default(),
            None => TimeDelta::zero(),
        };
        tx.add_publication(&Publication::uploaded_ahead(&post, ahead, now)).await?;
    }

    let missing = if let Judged::Counts { missing } = judged { missing } else { 0 };
    let by_id = by.member().id;
    let (act, happening) = match word {
        Word::Approve => ("post.approved", Happening::Approved { by: by_id, missing }),
        Word::RequestChanges { reason } => ("post.changes_asked", Happening::ChangesAsked { by: by_id, reason }),
        Word::Decline { reason } => ("post.declined", Happening::Declined { by: by_id, reason }),
    };
    tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
    tx.tell(post.workspace, &Notice::Happened { post: post.id, happening }, now).await?;
    tx.audit(post.workspace, &by.member().actor(), act, Some(post.id), summary(&post), now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(post.id = %post.id, "{act}: post {}", post.number);
    Ok((post, judged))
}

/// Takes a reviewer's own approval back while others are still awaited.
///
/// # Errors
/// When the post is no longer in review.
pub async fn take_back(flows: &Flows, by: &Member, id: PostId, seen: Revision) -> Result<(Post, Judged), Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let workspace = tx.workspace(by.workspace).await?.ok_or(Refusal::NoSuchPost)?;
    let post = mine(tx.post(id).await?, by.workspace)?;
    let (post, judged) = post.take_back(by.id, seen, workspace.policy())?;
    if judged == Judged::Already {
        return Ok((post, judged));
    }
    tx.save_post(&post).await?;
    tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
    let happening = Happening::TookBack { by: by.id };
    tx.tell(post.workspace, &Notice::Happened { post: post.id, happening }, now).await?;
    tx.audit(post.workspace, &by.actor(), "post.approval_taken_back", Some(post.id), summary(&post), now).await?;
    tx.commit().await?;
    flows.nudges.all();
    Ok((post, judged))
}
