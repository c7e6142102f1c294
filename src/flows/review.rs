//! A reviewer approves, asks for changes, declines, says why, or takes a word back.

use chrono::TimeDelta;

use super::change::refuse_without_bytes;
use super::submit::{mine, summary};
use super::{Failure, Flows};
use crate::domain::ids::{MemberId, PostId};
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::{Judged, Post, PostState, Revision};
use crate::domain::publication::{Publication, upload_lead};
use crate::domain::refusal::Refusal;
use crate::domain::review::{KnownRights, Member, Reviewer, Word};
use crate::domain::workspace::Actor;
use crate::store::{AuditRow, Tx};

/// What the trail calls it.
const DECLINED: &str = "post.declined";
const TOOK_BACK: &str = "post.approval_taken_back";
const TOOK_BACK_NO: &str = "post.decline_taken_back";

/// What the trail says about a no whose emoji is still on the card.
const EMOJI_STAYS: &str = "emoji_stays";

/// Everything a reviewer can say about a revision, as the trail calls it.
const WORDS: [&str; 5] = ["post.approved", "post.changes_asked", DECLINED, TOOK_BACK, TOOK_BACK_NO];

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
    tx.note_rights(workspace.id, by.member().id, &KnownRights::of(by.member(), now)).await?;
    if let PostState::Approved { .. } = post.state {
        let ahead = match tx.video(post.video).await?.filter(|_| flows.rules.precommit) {
            Some(video) => upload_lead(video.size_bytes).unwrap_or_default(),
            None => TimeDelta::zero(),
        };
        tx.add_publication(&Publication::uploaded_ahead(&post, ahead, now)).await?;
    }

    let missing = if let Judged::Counts { missing } = judged { missing } else { 0 };
    let (by_id, as_manager) = (by.member().id, by.as_manager());
    let asks_why = word == Word::Decline { reason: None };
    let act = act(&word);
    let happening = match word {
        Word::Approve => Happening::Approved { by: by_id, missing, as_manager },
        Word::RequestChanges { reason } => Happening::ChangesAsked { by: by_id, reason },
        Word::Decline { reason } => Happening::Declined { by: by_id, reason },
    };
    let mut detail = summary(&post);
    if as_manager {
        detail["as_manager"] = true.into();
    }
    tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
    tx.tell(post.workspace, &Notice::Happened { post: post.id, happening }, now).await?;
    if asks_why {
        let happening = Happening::AsksWhy { by: by_id };
        tx.tell(post.workspace, &Notice::Happened { post: post.id, happening }, now).await?;
    }
    tx.audit(post.workspace, &by.member().actor(), act, Some(post.id), detail, now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(post.id = %post.id, "{act}: post {}", post.number);
    Ok((post, judged))
}

/// Adds the reason to the no a reviewer has said without one.
///
/// # Errors
/// When the post is not declined by them without a reason (any more).
pub async fn explain(
    flows: &Flows,
    by: &Reviewer,
    id: PostId,
    seen: Revision,
    reason: String,
) -> Result<Post, Failure> {
    let mut tx = flows.store.begin().await?;
    let post = mine(tx.post(id).await?, by.member().workspace)?.explain(by, seen, &reason)?;
    tx.save_post(&post).await?;
    let happening = Happening::Explained { by: by.member().id, reason };
    tell(flows, &mut tx, &post, by.member(), ("post.decline_explained", happening)).await?;
    tx.commit().await?;
    flows.nudges.all();
    Ok(post)
}

/// Takes a reviewer's own approval back while others are still awaited.
///
/// # Errors
/// When the post is no longer in review.
pub async fn take_back(flows: &Flows, by: &Member, id: PostId, seen: Revision) -> Result<(Post, Judged), Failure> {
    let mut tx = flows.store.begin().await?;
    let workspace = tx.workspace(by.workspace).await?.ok_or(Refusal::NoSuchPost)?;
    let post = mine(tx.post(id).await?, by.workspace)?;
    let (post, judged) = post.take_back(by.id, seen, workspace.policy())?;
    if judged == Judged::Already {
        return Ok((post, judged));
    }
    tx.save_post(&post).await?;
    tell(flows, &mut tx, &post, by, (TOOK_BACK, Happening::TookBack { by: by.id })).await?;
    tx.commit().await?;
    flows.nudges.all();
    Ok((post, judged))
}

/// Takes a reviewer's own no back, as long as they have given no reason: the review goes on. With the button the emoji may
/// stay on the card.
///
/// # Errors
/// When the post is not declined by them without a reason (any more).
pub async fn take_back_no(
    flows: &Flows,
    by: &Member,
    id: PostId,
    seen: Revision,
    emoji_stays: bool,
) -> Result<(Post, Judged), Failure> {
    let mut tx = flows.store.begin().await?;
    let workspace = tx.workspace(by.workspace).await?.ok_or(Refusal::NoSuchPost)?;
    let post = mine(tx.post(id).await?, by.workspace)?;
    let (post, judged) = post.take_back_no(by.id, seen, workspace.policy(), flows.clock.now())?;
    refuse_without_bytes(&mut tx, &post).await?;
    tx.save_post(&post).await?;
    let now = flows.clock.now();
    let mut detail = summary(&post);
    if emoji_stays {
        detail[EMOJI_STAYS] = true.into();
    }
    tx.tell(post.workspace, &Notice::Card { post: id }, now).await?;
    let happening = Happening::TookBackNo { by: by.id };
    tx.tell(post.workspace, &Notice::Happened { post: id, happening }, now).await?;
    tx.audit(post.workspace, &by.actor(), TOOK_BACK_NO, Some(id), detail, now).await?;
    tx.commit().await?;
    flows.nudges.all();
    Ok((post, judged))
}

/// Whether, by the trail of a post, that member has spoken about its present revision before, and said that last.
#[must_use]
pub fn has_said(trail: &[AuditRow], by: MemberId, post: &Post, word: &Word) -> bool {
    let act = act(word);
    let revision = post.revision().to_string();
    let last = trail.iter().rev().find(|entry| {
        let is_theirs = matches!(&entry.actor, Actor::Member { id, .. } if *id == by);
        let is_about_this = entry.detail.get("revision").and_then(|value| value.as_str()) == Some(&revision);
        is_theirs && is_about_this && WORDS.contains(&entry.act.as_str())
    });
    last.is_some_and(|entry| {
        // A no that was taken back with the button has left its emoji on the card, which says nothing new.
        let stays = entry.act == TOOK_BACK_NO && entry.detail.get(EMOJI_STAYS) == Some(&true.into());
        entry.act == act || (stays && act == DECLINED)
    })
}

/// What the trail calls a verdict.
const fn act(word: &Word) -> &'static str {
    match word {
        Word::Approve => "post.approved",
        Word::RequestChanges { .. } => "post.changes_asked",
        Word::Decline { .. } => DECLINED,
    }
}

async fn tell(
    flows: &Flows,
    tx: &mut Tx,
    post: &Post,
    by: &Member,
    (act, happening): (&'static str, Happening),
) -> Result<(), Failure> {
    let now = flows.clock.now();
    tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
    tx.tell(post.workspace, &Notice::Happened { post: post.id, happening }, now).await?;
    tx.audit(post.workspace, &by.actor(), act, Some(post.id), summary(post), now).await?;
    tracing::info!(post.id = %post.id, "{act}: post {}", post.number);
    Ok(())
}
