//! Everything of a team is erased.
//!
//! First the team is marked and whatever could still go out is stopped, in one transaction: from then on nothing begins,
//! and a worker in the middle of an upload finds its claim void before the last chunk. Past that point nobody can stop a
//! post: it is carried to its end, with its bytes, for at most a day. Then the tokens are revoked at TikTok, and all rows go
//! in one transaction that leaves the bytes to be deleted. Whoever dies in between goes on from the mark.

use std::sync::PoisonError;

use chrono::TimeDelta;

use super::forget::Forgotten;
use super::tokens::{self, NoAccess};
use super::{Failure, Flows, while_giving_way};
use crate::domain::account::Account;
use crate::domain::breaker::Scope;
use crate::domain::ids::WorkspaceId;
use crate::domain::refusal::Refusal;
use crate::domain::review::Manager;
use crate::store::Holdings;
use crate::tiktok::trouble::{Next, Trouble};

/// How long TikTok may fail to take the tokens back before everything goes without that.
const REVOKE_WITHIN: TimeDelta = TimeDelta::hours(24);

/// What came of a wish to erase everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// Nothing was touched: the phrase is missing.
    Unconfirmed(Holdings),
    /// Nothing was touched: the phrase is another.
    Mistyped(Holdings),
    /// Everything is gone.
    Done(Holdings),
    /// Everything is stopped, and goes as soon as what is on its way has come to its end and TikTok took the tokens back.
    UnderWay(Holdings),
}

/// Erases everything of a manager's team if the phrase they typed is the one that is expected.
///
/// # Errors
/// When it is being erased already, or the store cannot be reached.
pub async fn everything(flows: &Flows, by: &Manager, expected: &str, typed: Option<&str>) -> Result<Erasure, Failure> {
    let id = by.member().workspace;
    let holdings = flows.store.holdings(id).await?.unwrap_or_default();
    match typed.map(str::trim) {
        None | Some("") => return Ok(Erasure::Unconfirmed(holdings)),
        Some(typed) if typed != expected.trim() => return Ok(Erasure::Mistyped(holdings)),
        Some(_) => {}
    }
    if !begin(flows, id).await? {
        return Err(Refusal::BeingErased.into());
    }
    tracing::warn!(workspace.id = %id, member.id = %by.member().id, "A manager has everything of workspace {id} erased");
    // What cannot be done now is gone on with later, as after a restart: it is not the person's trouble.
    match finish(flows, id).await {
        Ok(true) => Ok(Erasure::Done(holdings)),
        Ok(false) => Ok(Erasure::UnderWay(holdings)),
        Err(failure) => {
            tracing::warn!(workspace.id = %id, "Erasing workspace {id} goes on later: {failure:?}");
            Ok(Erasure::UnderWay(holdings))
        }
    }
}

/// Marks a team and stops whatever of it could still go out; false when it was marked before.
///
/// # Errors
/// When the store cannot be reached.
pub(super) async fn begin(flows: &Flows, id: WorkspaceId) -> Result<bool, Failure> {
    while_giving_way(|| mark(flows, id)).await
}

async fn mark(flows: &Flows, id: WorkspaceId) -> Result<bool, Failure> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    if !tx.mark_erasing(id, now).await? {
        return Ok(false);
    }
    tx.stop_everything(id, now).await?;
    // What stops the whole app is told to those who heard of it; there is nobody left here to be told.
    if let Some(mut app) = tx.breaker(Scope::App).await?.filter(|app| app.told.contains(&id)) {
        app.told.retain(|told| *told != id);
        tx.save_breaker(&app).await?;
    }
    tx.commit().await?;
    flows.nudges.all();
    Ok(true)
}

/// Goes on with every team that is being erased; says how many are gone.
///
/// # Errors
/// When the store cannot be reached.
pub async fn go_on(flows: &Flows) -> Result<Forgotten, Failure> {
    let (mut gone, mut broken) = (Forgotten::default(), None);
    for id in flows.store.being_erased().await? {
        match finish(flows, id).await {
            Ok(done) => gone.count += u64::from(done),
            // One team's trouble is not another's.
            Err(failure) => broken = Some(failure),
        }
    }
    broken.map_or(Ok(gone), Err)
}

/// Takes a marked team as far as it goes now; true once nothing of it is left.
pub(super) async fn finish(flows: &Flows, id: WorkspaceId) -> Result<bool, Failure> {
    let now = flows.clock.now();
    let Some(workspace) = flows.store.workspace(id).await? else { return Ok(true) };
    let Some(since) = workspace.erasing_at else { return Ok(false) };
    let mut tx = flows.store.begin().await?;
    // Once more: what was past the point of no return may have come back, to be tried anew.
    tx.stop_everything(id, now).await?;
    let leaving = tx.leaving(id).await?;
    tx.commit().await?;
    if leaving > 0 {
        return Ok(false);
    }
    let accounts = flows.store.every_account(id).await?;
    let mut revoked = true;
    for account in &accounts {
        revoked &= revoke(flows, account).await?;
    }
    if !revoked && now - since < REVOKE_WITHIN {
        return Ok(false);
    }
    let mut tx = flows.store.begin().await?;
    tx.erase(id).await?;
    tx.commit().await?;
    forget_accounts(flows, &accounts);
    flows.nudges.forgetter.notify_one();
    tracing::warn!(workspace.id = %id, "Everything of workspace {id} is erased");
    Ok(true)
}

/// Gives an account's tokens back to TikTok and forgets them; false when that should be tried again later.
async fn revoke(flows: &Flows, account: &Account) -> Result<bool, Failure> {
    if flows.store.sealed_tokens(account.id).await?.is_none() {
        return Ok(true);
    }
    let trouble = match tokens::access(flows, account.id).await {
        Ok(access) => match flows.tiktok.revoke(&access.token).await {
            Err(refused) if refused.next == Next::Renew => match tokens::access_after_refusal(flows, &access).await {
                Ok(access) => flows.tiktok.revoke(&access.token).await.err(),
                Err(_) => Some(refused),
            },
            revoked => revoked.err(),
        },
        Err(NoAccess::Trouble(trouble)) => Some(trouble),
        // Dead tokens cannot be given back, nor such as nobody can read.
        Err(NoAccess::NotConnected(_)) => None,
        Err(NoAccess::Broken(error)) => {
            tracing::error!(account.id = %account.id, "The tokens of {account} go without being revoked: {error:?}");
            None
        }
    };
    if let Some(trouble) = trouble {
        tracing::warn!(account.id = %account.id, "The tokens of {account} could not be revoked at TikTok: {trouble}");
        if may_pass(&trouble) {
            return Ok(false);
        }
    }
    let mut tx = flows.store.begin().await?;
    tx.forget_tokens(account.id).await?;
    tx.commit().await?;
    Ok(true)
}

const fn may_pass(trouble: &Trouble) -> bool {
    match trouble.next {
        Next::Later(_) | Next::Unclear => true,
        Next::Renew | Next::Reconnect | Next::Never => false,
    }
}

/// Forgets what is only remembered to save a question.
fn forget_accounts(flows: &Flows, accounts: &[Account]) {
    let mut creators = flows.creators.lock().unwrap_or_else(PoisonError::into_inner);
    let mut renewals = flows.renewals.lock().unwrap_or_else(PoisonError::into_inner);
    for account in accounts {
        creators.remove(&account.id);
        renewals.remove(&account.id);
    }
}
