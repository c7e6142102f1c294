//! Edit, move, withdraw; try again; settle what nobody could know.
//!
//! A post changes until the last chunk of its video leaves: before that nothing can be out. The publication is cancelled
//! in the same transaction, and the store fences out a worker that holds it: its next write, without which it sends
//! nothing, finds its claim void. So either the change wins or the publication does.

use anyhow::Context as _;

use super::pause::refuse_paused;
use super::publish::breakers;
use super::submit::{creator_info, mine, summary};
use super::warn::{Findings, Question, Weighed};
use super::{Failure, Flows, slots};
use crate::domain::conflict::{Mark, Matter, touched};
use crate::domain::ids::{MemberId, PendingEditId, PostId};
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::{Edit, Post, PostStage};
use crate::domain::publication::{Publication, PublicationStage};
use crate::domain::refusal::Refusal;
use crate::domain::review::{Manager, Member};
use crate::store::{PendingEdit, Tx};

/// What the trail calls another try.
const RETRIED: &str = "post.retried";

/// Changes what would go out, or when. Every verdict is void and a new card asks for new ones. What the change brings up
/// against the post is asked about first, and the change waits for the answer.
///
/// # Errors
/// When the member may not, the change does not work, or the post may be out already.
pub async fn edit(flows: &Flows, by: &Member, id: PostId, edit: Edit) -> Result<Weighed<Post>, Failure> {
    edited(flows, by, id, Change { edit, into_slot: false, answered: None }).await
}

/// The same, giving the post the next free slot of its account for its time. What is asked about waits with that time, and
/// the slot is somebody else's until then.
///
/// # Errors
/// As there, and when there is no such slot.
pub async fn edit_into_slot(flows: &Flows, by: &Member, id: PostId, edit: Edit) -> Result<Weighed<Post>, Failure> {
    edited(flows, by, id, Change { edit, into_slot: true, answered: None }).await
}

/// Makes a change in spite of what its member was shown. Should anything else speak against it by now, that is asked about.
///
/// # Errors
/// As [`edit`]; also when it was asked of somebody else, or is answered already.
pub async fn edit_all_the_same(flows: &Flows, by: &Member, id: PendingEditId) -> Result<Weighed<Post>, Failure> {
    let pending = flows.store.pending_edit(id).await?.filter(|pending| pending.workspace == by.workspace);
    let pending = pending.ok_or(Refusal::OldButton)?;
    if pending.member != by.id {
        return Err(Refusal::NotYours.into());
    }
    let edit = pending.edit.clone();
    edited(flows, by, pending.post, Change { edit, into_slot: false, answered: Some(&pending) }).await
}

/// A change somebody asks for.
struct Change<'a> {
    edit: Edit,
    /// Its time is the next free slot.
    into_slot: bool,
    /// What its member has answered to.
    answered: Option<&'a PendingEdit>,
}

async fn edited(flows: &Flows, by: &Member, id: PostId, wished: Change<'_>) -> Result<Weighed<Post>, Failure> {
    let answered = wished.answered.map(|pending| pending.id);
    match Box::pin(change(flows, by, id, wished)).await? {
        Ok(post) => Ok(Weighed::Done(post)),
        Err((question, edit)) => wait_for_answer(flows, by, (id, edit), question, answered).await,
    }
}

/// Keeps a change, in the place of the one it was asked about before, until its member answers.
async fn wait_for_answer(
    flows: &Flows,
    by: &Member,
    (post, edit): (PostId, Edit),
    question: Question,
    before: Option<PendingEditId>,
) -> Result<Weighed<Post>, Failure> {
    let now = flows.clock.now();
    let id = PendingEditId::new(now);
    let (workspace, member, mark) = (by.workspace, by.id, question.mark);
    let mut tx = flows.store.begin().await?;
    if let Some(before) = before {
        tx.drop_pending_edit(before).await?;
    }
    tx.add_pending_edit(&PendingEdit { id, workspace, post, member, edit, mark, created_at: now }).await?;
    tx.commit().await?;
    Ok(Weighed::Asks(Question { edit: Some(id), ..question }))
}

/// Makes a change, or gives back what is to be asked about it first, with the change as it would be made.
async fn change(
    flows: &Flows,
    by: &Member,
    id: PostId,
    Change { edit, into_slot, answered }: Change<'_>,
) -> Result<Result<Post, (Question, Edit)>, Failure> {
    let before = mine(flows.store.post(id).await?, by.workspace)?;
    // Whoever may not change it spends none of the account's calls either.
    may_edit(flows, by, &before).await?;
    let account = flows.store.account(before.account).await?.context("a post's account is not in the store")?;
    let creator = match edit.choices {
        Some(_) => creator_info(flows, before.account, before.delivery).await?,
        None => before.creator,
    };
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    // Of two posts of an account that are put forward at once, the second sees the first.
    tx.hold_budget(&account.open_id).await?;
    let post = mine(tx.post(id).await?, by.workspace)?;
    let edit = if into_slot {
        let due = slots::take(&mut tx, &flows.rules, (post.workspace, post.account), post.id, now).await?;
        Edit { due: Some(due), ..edit }
    } else {
        edit
    };
    let moved = edit.due.filter(|_| edit.caption.is_none() && edit.choices.is_none());
    let (touched, wished) = (touched(&edit, post.stage()), edit.clone());
    let post = Post { creator, ..post }.edit(by, edit, flows.rules.submit(), now)?;
    refuse_without_bytes(&mut tx, &post).await?;
    let findings = Findings::of(&mut tx, &flows.rules, &post, false, now).await?;
    if let Some(question) = findings.question(&post, &touched, answered.map(|pending| pending.mark)) {
        return Ok(Err((question, wished)));
    }
    cancel_publication(&mut tx, &post, now).await?;
    let post = findings.carried_by(post, &touched);
    tx.save_post(&post).await?;
    let happening = match moved {
        Some((due, _)) => Happening::Moved { by: by.id, due },
        None => Happening::Edited { by: by.id },
    };
    let act = if moved.is_some() { "post.moved" } else { "post.edited" };
    tell(&mut tx, &post, happening, now).await?;
    if let Some(pending) = answered {
        tx.drop_pending_edit(pending.id).await?;
    }
    tx.audit(post.workspace, &by.actor(), act, Some(post.id), summary(&post), now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(post.id = %post.id, "{act}: post {}", post.number);
    Ok(Ok(post))
}

/// Whether a member may change a post at all, before anybody knows how.
///
/// # Errors
/// When they may not, or it is over.
pub async fn may_edit(flows: &Flows, by: &Member, post: &Post) -> Result<(), Failure> {
    let now = flows.clock.now();
    match post.clone().edit(by, Edit::default(), flows.rules.submit(), now) {
        // That nothing would change, or that the time has passed, is for whoever changes it.
        Ok(_) | Err(Refusal::NothingChanged | Refusal::When(_)) => {}
        Err(refusal) => return Err(refusal.into()),
    }
    match flows.store.publication_of(post.id).await? {
        Some(publication) if publication.stage() != PublicationStage::Cancelled => {
            let stage = publication.stage();
            Ok(publication.cancel(now).map(drop).map_err(|_| Refusal::AlreadyGoingOut { stage })?)
        }
        Some(_) | None => Ok(()),
    }
}

/// Stops a post for good.
///
/// # Errors
/// When the member may not, or it is too late.
pub async fn withdraw(flows: &Flows, by: &Member, id: PostId) -> Result<Post, Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let workspace = tx.workspace(by.workspace).await?.ok_or(Refusal::NoSuchPost)?;
    let post = mine(tx.post(id).await?, by.workspace)?;
    let was_draft = post.stage() == PostStage::Draft;
    let is_reviewer = !was_draft && crate::domain::review::Reviewer::of(by, &workspace).is_ok();
    let post = post.withdraw(by, is_reviewer, now)?;
    cancel_publication(&mut tx, &post, now).await?;
    tx.save_post(&post).await?;
    if !was_draft {
        tell(&mut tx, &post, Happening::Withdrawn { by: by.id }, now).await?;
    }
    tx.audit(post.workspace, &by.actor(), "post.withdrawn", Some(post.id), summary(&post), now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(post.id = %post.id, "Withdrew post {}", post.number);
    Ok(post)
}

/// Tries a failed publication again. What speaks against it by now is asked about first; `accepted` is what was shown before.
///
/// # Errors
/// When the member may not, or there is nothing to try again.
pub async fn retry(flows: &Flows, by: &Member, id: PostId, accepted: Option<Mark>) -> Result<Weighed<Post>, Failure> {
    let again = |by| Happening::Retried { by };
    settle(flows, by, id, (RETRIED, accepted), |publication, now| publication.retry(now), again).await
}

/// A person looked at TikTok and says that an unclear post is not out, so that it is tried again. What speaks against that
/// by now is asked about first; `accepted` is what was shown before.
///
/// # Errors
/// When the member may not, or it is not unclear.
pub async fn deny(flows: &Flows, by: &Member, id: PostId, accepted: Option<Mark>) -> Result<Weighed<Post>, Failure> {
    let again = |by| Happening::Retried { by };
    settle(flows, by, id, ("post.denied", accepted), |publication, now| publication.deny(now), again).await
}

/// A person looked at TikTok and says that an unclear post is out.
///
/// # Errors
/// When the member may not, or it is not unclear.
pub async fn vouch(flows: &Flows, by: &Member, id: PostId) -> Result<Weighed<Post>, Failure> {
    let out = |by| Happening::Vouched { by };
    settle(flows, by, id, ("post.vouched", None), |publication, now| publication.vouch(now), out).await
}

async fn settle(
    flows: &Flows,
    by: &Member,
    id: PostId,
    (act, accepted): (&'static str, Option<Mark>),
    step: impl FnOnce(
        Publication,
        chrono::DateTime<chrono::Utc>,
    ) -> Result<Publication, crate::domain::publication::WrongState>,
    happening: impl FnOnce(MemberId) -> Happening,
) -> Result<Weighed<Post>, Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let mut post = mine(tx.post(id).await?, by.workspace)?;
    if post.author != by.id {
        Manager::of(by).map_err(|_| Refusal::NotYours)?;
    }
    if post.stage() == PostStage::Draft {
        return Err(Refusal::StillADraft.into());
    }
    // What was cancelled belongs to what the post was before.
    let publication = tx.publication_of(post.id).await?.filter(|one| one.stage() != PublicationStage::Cancelled);
    let publication = publication.ok_or(Refusal::NothingSent { stage: post.stage() })?;
    let stage = publication.stage();
    let publication = step(publication, now).map_err(|_| match act {
        RETRIED => Refusal::NothingToRetry { stage },
        _ => Refusal::NothingToSettle { stage },
    })?;
    if publication.stage() == PublicationStage::Scheduled {
        refuse_paused(&mut tx, post.workspace, post.account).await?;
        breakers::refuse_banned(&mut tx, post.account).await?;
        refuse_without_bytes(&mut tx, &post).await?;
        // Much can have gone out, or been scheduled, since it was put forward.
        let findings = Findings::of(&mut tx, &flows.rules, &post, false, now).await?;
        if let Some(question) = findings.question(&post, &Matter::ALL, accepted) {
            return Ok(Weighed::Asks(question));
        }
        post = findings.carried_by(post, &Matter::ALL);
        tx.save_post(&post).await?;
    }
    tx.save_unclaimed(&publication, stage).await?;
    tell(&mut tx, &post, happening(by.id), now).await?;
    tx.audit(post.workspace, &by.actor(), act, Some(post.id), summary(&post), now).await?;
    tx.commit().await?;
    flows.nudges.all();
    Ok(Weighed::Done(post))
}

/// Refuses to put a post forward whose video was deleted after it had ended.
pub(super) async fn refuse_without_bytes(tx: &mut Tx, post: &Post) -> Result<(), Failure> {
    if tx.is_forgotten(post.video).await? {
        return Err(Refusal::VideoForgotten { number: post.number }.into());
    }
    Ok(())
}

/// Takes the publication of a post back before its last chunk leaves, or says that it may be out.
pub(super) async fn cancel_publication(
    tx: &mut Tx,
    post: &Post,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Failure> {
    let Some(publication) = tx.publication_of(post.id).await? else { return Ok(()) };
    let stage = publication.stage();
    if stage == PublicationStage::Cancelled {
        return Ok(());
    }
    let cancelled = publication.cancel(now).map_err(|_| Refusal::AlreadyGoingOut { stage })?;
    tx.save_over(&cancelled, stage).await?;
    if stage == PublicationStage::Held {
        tx.tell(post.workspace, &Notice::HeldDecided, now).await?;
    }
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    post: &Post,
    happening: Happening,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Failure> {
    tx.tell(post.workspace, &Notice::Card { post: post.id }, now).await?;
    tx.tell(post.workspace, &Notice::Happened { post: post.id, happening }, now).await?;
    Ok(())
}
