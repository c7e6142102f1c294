//! Whether those who approved may still judge when a post is about to go out.
//!
//! Discord tells no bot about changed roles unless it may watch every member of a server, which this one does not ask
//! for. So it is asked: about everybody who approved what begins within minutes, twice, and what it says is a row. What
//! begins is held against the rows alone, so a Discord that is down delays nothing: then what is known counts. A post
//! whose approvals are no longer enough goes back to the reviewers, while there is time for another one if possible.

use std::collections::HashSet;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::change::cancel_publication;
use super::submit::summary;
use super::{Failure, Flows};
use crate::domain::ids::{MemberId, PostId, WorkspaceId};
use crate::domain::notice::{Happening, Notice};
use crate::domain::post::{Post, PostStage, Recalled};
use crate::domain::refusal::Refusal;
use crate::domain::review::KnownRights;
use crate::domain::tempo;
use crate::domain::workspace::{Actor, Workspace};

/// So long before something begins it is asked for the first time: long enough for somebody else to approve.
const AHEAD: TimeDelta = tempo::minutes(10);

/// In the last stretch of that it is asked once more.
const LAST: TimeDelta = tempo::minutes(1);

/// What is known for less than this is known well enough where nothing is in a hurry.
const FRESH: TimeDelta = tempo::minutes(1);

/// How long Discord may take over one person before the next round asks again.
const PATIENCE: Duration = tempo::pause(5);

/// So long one round waits in vain: then Discord says nothing anywhere. A server it refuses to speak of costs nearly
/// nothing of that.
const GIVE_UP_AFTER: Duration = tempo::pause(25);

/// How long something that is in no hurry waits for Discord.
const A_MOMENT: Duration = tempo::pause(2);

/// Asks Discord about those who approved what begins soon, and has posts go back to the reviewers whose approvals no longer
/// count; gives back how many people it was told about.
///
/// # Errors
/// When the store cannot be reached.
pub async fn look_ahead(flows: &Flows, stop: &CancellationToken) -> Result<usize, Failure> {
    let (mut known, mut silent, mut in_vain) = (0, HashSet::new(), Duration::ZERO);
    for (workspace, member) in flows.store.judges_to_ask_about(flows.clock.now(), AHEAD, LAST).await? {
        if stop.is_cancelled() || in_vain >= GIVE_UP_AFTER {
            break;
        }
        // Where Discord does not say it of one, it will not say it of the next; the next round asks again.
        if silent.contains(&workspace) {
            continue;
        }
        let asked_at = Instant::now();
        if !ask(flows, workspace, member, PATIENCE).await? {
            silent.insert(workspace);
            in_vain += asked_at.elapsed();
            continue;
        }
        known += 1;
        for post in flows.store.waiting_approved_by(workspace, member).await? {
            match reconsider(flows, post).await {
                Ok(_) => {}
                // Whoever was faster looks at it themselves.
                Err(Failure::Refused(_)) => {}
                Err(broken) => return Err(broken),
            }
        }
    }
    Ok(known)
}

/// Asks Discord about those who approved a post that begins without a time to keep, unless they were seen a moment ago.
///
/// # Errors
/// When the store cannot be reached.
pub(super) async fn ask_in_passing(flows: &Flows, post: &Post) -> Result<(), Failure> {
    let known = flows.store.rights_of_judges(post.id).await?;
    let fresh_since = flows.clock.now() - FRESH;
    for by in post.approvals().map(|verdict| verdict.by) {
        let is_fresh = known.iter().any(|(member, rights)| *member == by && rights.seen_at >= fresh_since);
        if !is_fresh && !ask(flows, post.workspace, by, A_MOMENT).await? {
            break;
        }
    }
    Ok(())
}

/// Has a post go back to the reviewers if, by what is known, its approvals are no longer enough; says whether it did.
///
/// # Errors
/// When the store cannot be reached or somebody was faster.
pub(super) async fn reconsider(flows: &Flows, id: PostId) -> Result<bool, Failure> {
    let store = &flows.store;
    let now = flows.clock.now();
    let Some(post) = store.post(id).await? else { return Ok(false) };
    let Some(workspace) = store.workspace(post.workspace).await? else { return Ok(false) };
    if recalled(post, &workspace, &store.rights_of_judges(id).await?, now).is_none() {
        return Ok(false);
    }
    let mut tx = store.begin().await?;
    let Some(post) = tx.post(id).await? else { return Ok(false) };
    let known = tx.rights_of_judges(id).await?;
    let Some(Recalled { post, lost, missing }) = recalled(post, &workspace, &known, now) else { return Ok(false) };
    match cancel_publication(&mut tx, &post, now).await {
        Ok(()) => {}
        // Its last bytes may have left.
        Err(Failure::Refused(refusal)) if matches!(*refusal, Refusal::AlreadyGoingOut { .. }) => return Ok(false),
        Err(failure) => return Err(failure),
    }
    let (role, is_over) = (workspace.reviewer_role, post.clone().lapse(now));
    // Its time has come: nobody can approve it any more.
    let (post, role) = is_over.map_or((post, role), |lapsed| (lapsed, None));
    tx.save_post(&post).await?;
    let mut detail = summary(&post);
    detail["lost"] = serde_json::json!(lost);
    let happening = Happening::Recalled { lost, missing, role };
    tx.tell(post.workspace, &Notice::Card { post: id }, now).await?;
    tx.tell(post.workspace, &Notice::Happened { post: id, happening }, now).await?;
    tx.audit(post.workspace, &Actor::Program, "post.recalled", Some(id), detail, now).await?;
    if post.stage() == PostStage::Lapsed {
        tx.tell(post.workspace, &Notice::Happened { post: id, happening: Happening::Lapsed }, now).await?;
        tx.audit(post.workspace, &Actor::Program, "post.lapsed", Some(id), summary(&post), now).await?;
    }
    tx.commit().await?;
    flows.nudges.all();
    tracing::warn!(post.id = %id, "Post {} went back to the reviewers: who approved may not judge any more", post.number);
    Ok(true)
}

/// The post as it goes back to the reviewers, if it does. Of whom nothing is known, their approval counts as it was given.
fn recalled(
    post: Post,
    workspace: &Workspace,
    known: &[(MemberId, KnownRights)],
    now: chrono::DateTime<chrono::Utc>,
) -> Option<Recalled> {
    let may_judge = |member: MemberId| {
        let rights = known.iter().find(|(known, _)| *known == member);
        rights.is_none_or(|(_, rights)| rights.let_judge(workspace))
    };
    post.recall(workspace.policy(), may_judge, now)
}

/// Asks Discord about one person and writes down what it says; says whether it answered.
async fn ask(flows: &Flows, workspace: WorkspaceId, member: MemberId, patience: Duration) -> Result<bool, Failure> {
    // As of before the question: whatever happens while it is answered is newer.
    let now = flows.clock.now();
    let rights = match tokio::time::timeout(patience, flows.rights.member(workspace, member)).await {
        Ok(Ok(Some(member))) => KnownRights::of(&member, now),
        Ok(Ok(None)) => KnownRights::gone(now),
        Ok(Err(error)) => {
            tracing::warn!(workspace.id = %workspace, "Discord does not say what a reviewer may do: {error:#}");
            return Ok(false);
        }
        Err(_) => {
            tracing::warn!(workspace.id = %workspace, "Discord takes too long to say what a reviewer may do");
            return Ok(false);
        }
    };
    let mut tx = flows.store.begin().await?;
    tx.note_rights(workspace, member, &rights).await?;
    tx.commit().await?;
    Ok(true)
}
