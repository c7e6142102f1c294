//! Weekly slots: set and cleared by reviewers and managers, and the next free one taken for a post.
//!
//! A slot is free while no post that still goes out is due at it. It is taken in the transaction that gives the post its
//! time, so two people who ask at the same moment get two different ones.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Failure, Flows, Rules, or_refused, submit};
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId, WorkspaceId};
use crate::domain::post::{Due, Post};
use crate::domain::refusal::{Refusal, SlotRefusal};
use crate::domain::review::Planner;
use crate::domain::schedule::slots::{MOST_SLOTS, Slot, SlotDays, clock_times, in_few_words, instants, slots_on};
use crate::store::{Reader, Tx};

/// How many free instants are shown of each account.
const SHOWN: usize = 5;

/// The slots of an account, and when the next free ones are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSlots {
    /// Whose.
    pub account: Account,
    /// In the order of the week.
    pub slots: Vec<Slot>,
    /// The next free instants.
    pub free: Vec<DateTime<Utc>>,
    /// The clock they are on: the workspace's.
    pub zone: Tz,
}

/// Shows the slots of one account, or of all.
///
/// # Errors
/// When there is no such account.
pub async fn show(flows: &Flows, workspace: WorkspaceId, named: Option<&str>) -> Result<Vec<AccountSlots>, Failure> {
    let accounts = match named {
        Some(_) => vec![submit::named_account(flows, workspace, named).await?],
        None => flows.store.accounts(workspace).await?,
    };
    if accounts.is_empty() {
        return Err(Refusal::NoAccount.into());
    }
    let mut shown = Vec::with_capacity(accounts.len());
    let mut reader = flows.store.read().await?;
    for account in accounts {
        shown.push(look(&mut reader, flows, account).await?);
    }
    Ok(shown)
}

/// Adds weekly slots: each of the times on each of the days. Gives how many are new.
///
/// # Errors
/// When a time cannot be read, there is no such account, or it would have too many.
pub async fn set(
    flows: &Flows,
    by: &Planner,
    named: Option<&str>,
    days: SlotDays,
    times: &str,
) -> Result<(AccountSlots, usize), Failure> {
    let (member, now) = (by.member(), flows.clock.now());
    let times = clock_times(times).map_err(Refusal::from)?;
    let account = submit::named_account(flows, member.workspace, named).await?;
    let mut tx = flows.store.begin().await?;
    let mut added = Vec::new();
    for slot in slots_on(days, &times) {
        if tx.add_slot(account.id, slot, member.id, now).await? {
            added.push(slot);
        }
    }
    if tx.slots(account.id).await?.len() > MOST_SLOTS {
        return Err(SlotRefusal::TooMany { most: MOST_SLOTS }.into());
    }
    if !added.is_empty() {
        let detail = detail(&account, &added);
        tx.audit(member.workspace, &member.actor(), "slots.set", None, detail, now).await?;
    }
    let shown = look(&mut tx, flows, account).await?;
    tx.commit().await?;
    Ok((shown, added.len()))
}

/// Drops weekly slots: those on these days, at these times, or all. Posts that took one keep their time. Gives what went.
///
/// # Errors
/// When a time cannot be read, or there is no such account.
pub async fn clear(
    flows: &Flows,
    by: &Planner,
    named: Option<&str>,
    days: Option<SlotDays>,
    times: Option<&str>,
) -> Result<(AccountSlots, Vec<Slot>), Failure> {
    let (member, now) = (by.member(), flows.clock.now());
    let times = times.map(clock_times).transpose().map_err(Refusal::from)?;
    let days = days.map(SlotDays::days);
    let account = submit::named_account(flows, member.workspace, named).await?;
    let mut tx = flows.store.begin().await?;
    let mut cleared = Vec::new();
    for slot in tx.slots(account.id).await? {
        let on_day = days.as_ref().is_none_or(|days| days.contains(&slot.weekday()));
        let at_time =
            times.as_ref().is_none_or(|times| times.iter().any(|time| Slot::new(slot.weekday(), *time) == slot));
        if on_day && at_time && tx.drop_slot(account.id, slot).await? {
            cleared.push(slot);
        }
    }
    if !cleared.is_empty() {
        let detail = detail(&account, &cleared);
        tx.audit(member.workspace, &member.actor(), "slots.cleared", None, detail, now).await?;
    }
    let shown = look(&mut tx, flows, account).await?;
    tx.commit().await?;
    Ok((shown, cleared))
}

/// The slot the next post of an account would get.
///
/// # Errors
/// When it has none, or none that is free.
pub async fn next_free(flows: &Flows, account: &Account) -> Result<(DateTime<Utc>, Tz), Failure> {
    let mut reader = flows.store.read().await?;
    let (free, zone) = free(&mut reader, &flows.rules, account.workspace, account.id, flows.clock.now()).await?;
    let first = free.first().copied().ok_or_else(|| none_free(&flows.rules))?;
    Ok((first, zone))
}

/// How many slots of an account are free.
pub(super) async fn how_many_free(flows: &Flows, account: &Account) -> Result<Result<usize, Refusal>, Failure> {
    let mut reader = flows.store.read().await?;
    let found = free(&mut reader, &flows.rules, account.workspace, account.id, flows.clock.now()).await;
    Ok(or_refused(found)?.map(|(free, _)| free.len()))
}

/// Takes the next free slot for a post, whatever it had before; gives the instant and the zone it is in.
pub(super) async fn take(
    tx: &mut Tx,
    rules: &Rules,
    (workspace, account): (WorkspaceId, AccountId),
    post: PostId,
    now: DateTime<Utc>,
) -> Result<(Due, Tz), Failure> {
    let (free, zone) = free(tx, rules, workspace, account, now).await?;
    tx.let_go_of_slot(post).await?;
    for at in free {
        // Somebody may be taking the very same one just now: then it is the one after it.
        if tx.take_slot(account, at, post).await? {
            return Ok((Due::At(at), zone));
        }
    }
    Err(none_free(rules).into())
}

/// Refuses to hand in a draft whose slot has passed or was given to another post meanwhile, and names the next.
pub(super) async fn refuse_lost(tx: &mut Tx, rules: &Rules, draft: &Post, now: DateTime<Utc>) -> Result<(), Failure> {
    let Some(at) = tx.slot_of(draft.id).await? else { return Ok(()) };
    let passed = rules.window.check(at, now).is_err();
    if !passed && !tx.occupied(draft.account, now, Some(draft.id)).await?.contains(&at) {
        return Ok(());
    }
    let found = or_refused(free(tx, rules, draft.workspace, draft.account, now).await)?;
    let next = found.ok().and_then(|(free, _)| free.first().copied());
    Err(SlotRefusal::Gone { post: draft.id, at, zone: draft.zone, passed, next }.into())
}

async fn look(reader: &mut Reader, flows: &Flows, account: Account) -> Result<AccountSlots, Failure> {
    let slots = reader.slots(account.id).await?;
    let zone = zone(reader, account.workspace).await?;
    let now = flows.clock.now();
    let occupied = reader.occupied(account.id, now, None).await?;
    let free = free_of(&slots, zone, &occupied, &flows.rules, now).into_iter().take(SHOWN).collect();
    Ok(AccountSlots { account, slots, free, zone })
}

/// The free instants of an account's slots inside the window, in order, and the zone they are in.
async fn free(
    reader: &mut Reader,
    rules: &Rules,
    workspace: WorkspaceId,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<(Vec<DateTime<Utc>>, Tz), Failure> {
    let slots = reader.slots(account).await?;
    if slots.is_empty() {
        return Err(SlotRefusal::NoSlots.into());
    }
    let zone = zone(reader, workspace).await?;
    let occupied = reader.occupied(account, now, None).await?;
    Ok((free_of(&slots, zone, &occupied, rules, now), zone))
}

fn free_of(
    slots: &[Slot],
    zone: Tz,
    occupied: &[DateTime<Utc>],
    rules: &Rules,
    now: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let mut all = instants(slots, zone, now, rules.window.latest(now));
    all.retain(|at| !occupied.contains(at) && rules.window.check(*at, now).is_ok());
    all
}

async fn zone(reader: &mut Reader, workspace: WorkspaceId) -> Result<Tz, Failure> {
    let workspace = reader.workspace(workspace).await?.context("an account's workspace is not in the store")?;
    Ok(workspace.zone)
}

pub(super) fn none_free(rules: &Rules) -> SlotRefusal {
    SlotRefusal::NoneFree { max_ahead: rules.window.max_ahead }
}

fn detail(account: &Account, slots: &[Slot]) -> serde_json::Value {
    let slots: Vec<String> =
        in_few_words(slots).into_iter().map(|(days, times)| format!("{} {times}", days.word())).collect();
    serde_json::json!({ "account": account.id, "slots": slots })
}
