//! Owes each workspace one digest a day, and composes it from our own snapshots.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use super::{Failure, Flows, measure};
use crate::domain::account::Health;
use crate::domain::digest::{AccountStory, Digest, NeedsAHand, PostLine as Line, Window, account_day, caption_preview};
use crate::domain::ids::WorkspaceId;
use crate::domain::notice::Notice;
use crate::domain::pause::pause_over;
use crate::domain::post::PostStage;
use crate::domain::publication::PublicationStage;
use crate::domain::schedule::{day_span, local_day};
use crate::domain::workspace::Workspace;
use crate::store::{Page, PostFilter, PostLine};

/// How many posts a list of the digest looks at.
const MOST_LINES: u32 = 25;

/// Owes the digest to every workspace whose hour has come; gives back how many. A second process, or a second look
/// after a restart, finds the hour moved on already.
///
/// # Errors
/// When the store cannot be reached.
pub async fn owe(flows: &Flows) -> Result<usize, Failure> {
    let now = flows.clock.now();
    let mut owed = 0;
    let mut broken = None;
    for workspace in flows.store.workspaces_owing_digest(now).await? {
        match owe_one(flows, &workspace).await {
            Ok(first) => owed += usize::from(first),
            // One team's trouble is not another's: the others get theirs before it is reported.
            Err(failure) => broken = Some(failure),
        }
    }
    if owed > 0 {
        flows.nudges.outbox.notify_one();
    }
    broken.map_or(Ok(owed), Err)
}

async fn owe_one(flows: &Flows, seen: &Workspace) -> Result<bool, Failure> {
    measure_all(flows, seen).await?;
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    // Measuring takes a while: the hour may have been moved, or another process been faster.
    let workspace = tx.workspace(seen.id).await?;
    let Some(workspace) = workspace.filter(|workspace| workspace.next_digest_at.is_some_and(|at| at <= now)) else {
        return Ok(false);
    };
    let day = local_day(now, workspace.zone);
    let first = tx.digest_told(workspace.id, day, Some(workspace.digest_after(now))).await?;
    if first {
        tx.tell(workspace.id, &Notice::Digest { day }, now).await?;
    }
    tx.commit().await?;
    tracing::info!(workspace.id = %workspace.id, "The digest of {day} is owed to workspace {}", workspace.id);
    Ok(first)
}

/// Takes the numbers of every account of a workspace. One that cannot be measured does not hold up the others: the
/// digest then says so by what it does not show.
///
/// # Errors
/// When the store cannot be reached.
pub async fn measure_all(flows: &Flows, workspace: &Workspace) -> Result<(), Failure> {
    for account in flows.store.accounts(workspace.id).await? {
        if account.health == Health::Connected
            && let Err(failure) = measure::measure(flows, account.id).await
        {
            tracing::warn!(account.id = %account.id, "The numbers of {account} could not be taken: {failure:?}");
        }
    }
    Ok(())
}

/// The digest of a day as it is known now.
///
/// # Errors
/// When the store cannot be reached.
pub async fn compose(flows: &Flows, workspace: &Workspace, day: NaiveDate) -> Result<Digest, Failure> {
    let now = flows.clock.now();
    let mut accounts = Vec::new();
    let mut needs_a_hand = Vec::new();
    let mut names = HashMap::new();
    let window = Window::fortnight(now, workspace.zone);
    let pauses = flows.store.pauses(workspace.id).await?;
    for account in flows.store.accounts(workspace.id).await? {
        let snapshots = flows.store.snapshots(account.id, window.reaches_back_to()).await?;
        names.insert(account.id, account.username.clone());
        accounts.push(AccountStory { name: account.username.clone(), day: account_day(&snapshots, &window) });
        if pause_over(&pauses, account.id).is_some() {
            needs_a_hand.push(NeedsAHand::Paused { account: account.username.clone() });
        }
        if account.health == Health::NeedsReconnect {
            needs_a_hand.push(NeedsAHand::Reconnect { account: account.username });
        }
    }
    let (start, end) = day_span(day, workspace.zone);
    let today = |line: &PostLine| line.due_at.is_some_and(|due| (start.max(now)..end).contains(&due));
    let coming = lines(flows, workspace.id, |filter| filter.publications = vec![PublicationStage::Scheduled]).await?;
    let waiting = lines(flows, workspace.id, |filter| filter.stages = vec![PostStage::InReview]).await?;
    let failed = lines(flows, workspace.id, |filter| filter.publications = vec![PublicationStage::Failed]).await?;
    let line = |line: PostLine| Line {
        number: line.number,
        caption: caption_preview(&line.caption),
        due_at: line.due_at,
        account: names.get(&line.account).cloned().unwrap_or_default(),
    };
    let unclear = lines(flows, workspace.id, |filter| filter.publications = vec![PublicationStage::Unclear]).await?;
    let held = lines(flows, workspace.id, |filter| filter.publications = vec![PublicationStage::Held]).await?;
    needs_a_hand.extend(held.into_iter().map(&line).map(NeedsAHand::Held));
    needs_a_hand.extend(unclear.into_iter().map(&line).map(NeedsAHand::Unclear));
    let recently = |line: &PostLine| line.due_at.is_some_and(|due| due > now - TimeDelta::days(1) && due <= now);
    Ok(Digest {
        workspace: workspace.id,
        day,
        accounts,
        going_out_today: coming.into_iter().filter(today).map(&line).collect(),
        waiting_for_review: waiting.into_iter().map(&line).collect(),
        failed: failed.into_iter().filter(recently).map(&line).collect(),
        needs_a_hand,
    })
}

async fn lines(
    flows: &Flows,
    workspace: WorkspaceId,
    narrow: impl FnOnce(&mut PostFilter),
) -> Result<Vec<PostLine>, Failure> {
    let mut filter = PostFilter::default();
    narrow(&mut filter);
    Ok(flows.store.posts(workspace, &filter, Page { number: 0, size: MOST_LINES }).await?)
}
