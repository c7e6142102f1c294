//! A reviewer or a manager pauses publishing, or resumes it: to one account, or to all.
//!
//! In one transaction the pause is written down and every upload under way is taken from its worker before its last chunk,
//! which finds its claim void. What has passed that point can only be watched, and whoever pauses is told which posts that
//! are. While a pause lasts the workers hold what falls due; resuming holds what fell due a moment ago, sends nothing, and
//! asks about everything that is held in one message.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};

use super::{Failure, Flows, while_giving_way};
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId, WorkspaceId};
use crate::domain::notice::{Happening, Notice};
use crate::domain::pause::{MayPause, Pause, PauseRefusal, kept};
use crate::domain::post::PostStage;
use crate::domain::publication::{MOST_AHEAD, Publication, PublicationStage, upload_lead};
use crate::domain::refusal::Refusal;
use crate::domain::tempo;
use crate::store::{Page, PostFilter, Tx, passed_over};

/// So many cards are drawn anew at once, those that are due first; the others follow one by one, because Discord takes
/// few edits in a channel and there is more to be told.
const CARDS_AT_ONCE: i32 = 5;

/// The time between two of the others.
const BETWEEN_CARDS: TimeDelta = tempo::seconds(2);

/// What came of pausing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paused {
    /// What is paused now; all accounts where none is named.
    pub account: Option<Account>,
    /// The numbers of the posts whose upload was stopped.
    pub stopped: Vec<i64>,
    /// The numbers of the posts whose last bytes had left.
    pub past: Vec<i64>,
}

/// What came of resuming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    /// What is resumed; everything where no account is named.
    pub account: Option<Account>,
    /// How many posts are held, for somebody to decide about.
    pub held: i64,
    /// What still stops the account, because all are paused.
    pub still: Option<Pause>,
}

/// An entry that the audit trail is owed once every row is written that others write, too.
type Entry = (PostId, PublicationStage, u32);

/// Stops everything, or what goes to one account, until somebody resumes it.
///
/// # Errors
/// When there is no such account here, or the same is paused already.
pub async fn pause(
    flows: &Flows,
    by: &MayPause,
    account: Option<AccountId>,
    reason: Option<&str>,
) -> Result<Paused, Failure> {
    while_giving_way(|| try_pause(flows, by, account, reason)).await
}

/// Ends the pause of one account, or every pause there is.
///
/// # Errors
/// When there is no such account here, or nothing of it is paused by itself.
pub async fn resume(
    flows: &Flows,
    by: &MayPause,
    account: Option<AccountId>,
    reason: Option<&str>,
) -> Result<Resumed, Failure> {
    while_giving_way(|| try_resume(flows, by, account, reason)).await
}

async fn try_pause(
    flows: &Flows,
    by: &MayPause,
    id: Option<AccountId>,
    reason: Option<&str>,
) -> Result<Paused, Failure> {
    let (now, member) = (flows.clock.now(), by.member());
    let workspace = member.workspace;
    let mut tx = flows.store.begin().await?;
    tx.hold_for_pause(workspace, id).await?;
    let account = named(&mut tx, workspace, id).await?;
    let username = || account.as_ref().map(|account| account.username.clone());
    if let Some(before) = tx.pauses(workspace).await?.into_iter().find(|pause| pause.account == id) {
        let (by, reason) = (before.by_name, before.reason);
        return Err(Refusal::from(PauseRefusal::Already { username: username(), by, reason }).into());
    }
    let pause = Pause::new(by, id, reason, now);
    tx.add_pause(&pause).await?;
    let (mut stopped, mut past, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for (publication, number) in tx.in_flight(workspace, id).await? {
        let Some(found) = passed_over(tx.publication(publication).await)? else {
            // Its worker finds the pause by itself; what is read wrongly cannot be taken from it.
            past.push(number);
            continue;
        };
        match (found.stage(), found.clone().halt(now)) {
            (PublicationStage::Publishing, Ok(halted)) => {
                stopped.push(number);
                entries.push(halt(&mut tx, &found, &halted, now).await?);
            }
            (PublicationStage::Publishing | PublicationStage::Processing, _) => past.push(number),
            // It has come to its end, or back, since it was looked for.
            _ => {}
        }
    }
    redraw(&mut tx, workspace, id, now).await?;
    let (reason, past_too) = (pause.reason.clone(), past.clone());
    tx.tell(workspace, &Notice::Paused { account: id, by: member.id, reason, past: past_too }, now).await?;
    let detail = serde_json::json!({ "account": username(), "reason": pause.reason, "stopped": stopped, "past": past });
    tx.audit(workspace, &member.actor(), "publishing.paused", None, detail, now).await?;
    trail(&mut tx, by, entries, now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::warn!(workspace.id = %workspace, member.id = %member.id,
        "Publishing is paused: {} uploads were stopped, {} had left", stopped.len(), past.len());
    Ok(Paused { account, stopped, past })
}

async fn try_resume(
    flows: &Flows,
    by: &MayPause,
    id: Option<AccountId>,
    reason: Option<&str>,
) -> Result<Resumed, Failure> {
    let (now, member) = (flows.clock.now(), by.member());
    let workspace = member.workspace;
    let mut tx = flows.store.begin().await?;
    tx.hold_for_pause(workspace, id).await?;
    let account = named(&mut tx, workspace, id).await?;
    let username = || account.as_ref().map(|account| account.username.clone());
    let (ended, others): (Vec<Pause>, Vec<Pause>) =
        tx.pauses(workspace).await?.into_iter().partition(|pause| id.is_none() || pause.account == id);
    let still = others.into_iter().find(|pause| pause.account.is_none());
    if ended.is_empty() {
        let refusal = match (username(), still) {
            (Some(username), Some(all)) => PauseRefusal::WithAll { username, by: all.by_name },
            (username, _) => PauseRefusal::NotPaused { username },
        };
        return Err(Refusal::from(refusal).into());
    }
    for pause in &ended {
        tx.end_pause(pause).await?;
    }
    let (mut held, mut entries) = (0, Vec::new());
    if still.is_none() {
        entries = hold_what_fell_due(&mut tx, workspace, id, now).await?;
        if flows.rules.precommit {
            send_ahead(&mut tx, workspace, id, now).await?;
        }
        let filter = PostFilter { account: id, publications: vec![PublicationStage::Held], ..PostFilter::default() };
        held = tx.count_posts(workspace, &filter).await?;
        if held > 0 {
            tx.tell(workspace, &Notice::Held, now).await?;
        }
        redraw(&mut tx, workspace, id, now).await?;
    }
    let reason = reason.and_then(kept);
    let notice = Notice::Resumed { account: id, by: member.id, reason: reason.clone(), held };
    tx.tell(workspace, &notice, now).await?;
    let detail = serde_json::json!({ "account": username(), "reason": reason, "held": held });
    tx.audit(workspace, &member.actor(), "publishing.resumed", None, detail, now).await?;
    trail(&mut tx, by, entries, now).await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(workspace.id = %workspace, member.id = %member.id, "Publishing is resumed; {held} posts are held");
    Ok(Resumed { account, held, still })
}

/// The account, if it is this workspace's; nothing where none was named.
async fn named(tx: &mut Tx, workspace: WorkspaceId, id: Option<AccountId>) -> Result<Option<Account>, Failure> {
    let Some(id) = id else { return Ok(None) };
    let account = tx.account(id).await?.filter(|account| account.workspace == workspace);
    Ok(Some(account.ok_or(Refusal::NoSuchAccount)?))
}

/// Takes a publication from whoever works on it, and tells what became of it.
async fn halt(tx: &mut Tx, before: &Publication, halted: &Publication, now: DateTime<Utc>) -> Result<Entry, Failure> {
    tx.save_over(halted, before.stage()).await?;
    tx.tell(halted.workspace, &Notice::Card { post: halted.post }, now).await?;
    if halted.stage() == PublicationStage::Held {
        let notice = Notice::Happened { post: halted.post, happening: Happening::Paused };
        tx.tell(halted.workspace, &notice, now).await?;
    }
    Ok((halted.post, halted.stage(), halted.attempts))
}

/// What fell due in the last moment of the pause, before anybody looked, is held like the rest.
async fn hold_what_fell_due(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<Vec<Entry>, Failure> {
    let mut entries = Vec::new();
    for id in tx.fallen_due(workspace, account, now).await? {
        let Some(found) = passed_over(tx.publication(id).await)? else { continue };
        if found.stage() == PublicationStage::Scheduled
            && let Ok(held) = found.clone().halt(now)
        {
            entries.push(halt(tx, &found, &held, now).await?);
        }
    }
    Ok(entries)
}

/// What was to be uploaded ahead of its time waits for that time since the pause; its bytes may set out again.
async fn send_ahead(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    for (id, size_bytes) in tx.due_within(workspace, account, now, now + MOST_AHEAD).await? {
        let Some(found) = passed_over(tx.publication(id).await)? else { continue };
        if let (Some(lead), PublicationStage::Scheduled) = (upload_lead(size_bytes), found.stage()) {
            let setting_out = found.set_out(lead, now).map_err(anyhow::Error::new).context("it was scheduled")?;
            tx.save_over(&setting_out, PublicationStage::Scheduled).await?;
        }
    }
    Ok(())
}

/// Has every card drawn anew that says, or said, that its post goes out.
async fn redraw(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let live = PostFilter {
        account,
        stages: vec![PostStage::InReview],
        publications: vec![PublicationStage::Scheduled, PublicationStage::Publishing, PublicationStage::Held],
    };
    let size = u32::try_from(tx.count_posts(workspace, &live).await?).unwrap_or(u32::MAX);
    for (place, line) in (1_i32..).zip(tx.posts(workspace, &live, Page { number: 0, size }).await?) {
        let at = now + BETWEEN_CARDS * (place - CARDS_AT_ONCE).max(0);
        tx.tell(workspace, &Notice::Card { post: line.id }, at).await?;
    }
    Ok(())
}

/// The audit trail comes after every row that others change: whoever appends to it keeps others from doing so.
async fn trail(tx: &mut Tx, by: &MayPause, entries: Vec<Entry>, now: DateTime<Utc>) -> Result<(), Failure> {
    let member = by.member();
    for (post, stage, attempts) in entries {
        let (act, detail) = (format!("publication.{}", stage.word()), serde_json::json!({ "attempts": attempts }));
        tx.audit(member.workspace, &member.actor(), &act, Some(post), detail, now).await?;
    }
    Ok(())
}

/// Refuses what a person wants sent while it is paused: it would only be held again.
pub(super) async fn refuse_paused(tx: &mut Tx, workspace: WorkspaceId, account: AccountId) -> Result<(), Failure> {
    let Some(pause) = tx.pause_over(workspace, account).await? else { return Ok(()) };
    let username = match pause.account {
        Some(id) => tx.account(id).await?.map(|account| account.username),
        None => None,
    };
    Err(Refusal::from(PauseRefusal::Paused { username, by: pause.by_name, reason: pause.reason }).into())
}
