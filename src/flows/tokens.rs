//! Fresh access tokens.
//!
//! TikTok's live two hours and every renewal replaces both, so one renewal runs at a time for each
//! account, both new tokens are saved in one transaction before either is used, and a lost answer is asked for once
//! more with the old token: after that the account has to be connected again. Transient troubles change nothing.
//!
//! <https://developers.tiktok.com/doc/oauth-user-access-token-management>

use anyhow::Context as _;
use chrono::TimeDelta;
use secrecy::SecretString;

use super::publish::breakers;
use super::{Failure, Flows};
use crate::domain::account::{Account, Health};
use crate::domain::ids::AccountId;
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::workspace::Actor;
use crate::drill;
use crate::store::SealedTokens;
use crate::tiktok::oauth::Tokens;
use crate::tiktok::trouble::{Next, Trouble};
use crate::vault::Place;

/// Why there is no token.
#[derive(Debug)]
pub enum NoAccess {
    /// TikTok's word, or the line's.
    Trouble(Trouble),
    /// The account is disconnected or has to be connected again.
    NotConnected(Box<Account>),
    /// Something of ours broke.
    Broken(anyhow::Error),
}

impl From<NoAccess> for Failure {
    fn from(none: NoAccess) -> Self {
        match none {
            NoAccess::Trouble(trouble) => trouble.into(),
            NoAccess::NotConnected(account) => Refusal::AccountNotReady { username: account.username }.into(),
            NoAccess::Broken(error) => Self::Broken(error),
        }
    }
}

impl From<crate::store::Error> for NoAccess {
    fn from(error: crate::store::Error) -> Self {
        Self::Broken(error.into())
    }
}

/// A token that may be used now, and whose it is.
#[derive(Debug)]
pub struct Access {
    /// The account, as it is after a renewal.
    pub account: Account,
    /// The token.
    pub token: SecretString,
    /// Which pair it belongs to: a renewal makes the next.
    pub version: i64,
}

/// A token with enough life left for what comes next.
///
/// # Errors
/// When there is none to be had.
pub async fn access(flows: &Flows, account: AccountId) -> Result<Access, NoAccess> {
    current(flows, account, None).await
}

/// A token newer than the one TikTok has just refused.
///
/// # Errors
/// When there is none to be had.
pub async fn access_after_refusal(flows: &Flows, refused: &Access) -> Result<Access, NoAccess> {
    current(flows, refused.account.id, Some(refused.version)).await
}

async fn current(flows: &Flows, id: AccountId, refused: Option<i64>) -> Result<Access, NoAccess> {
    let turn = {
        let mut renewals = flows.renewals.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        renewals.entry(id).or_default().clone()
    };
    let _turn = turn.lock().await;
    let (account, sealed) = load(flows, id).await?;
    if refused != Some(sealed.version) && !account.needs_renewal(flows.clock.now()) {
        let token = open(flows, id, "access_token", &sealed.access).await?;
        return Ok(Access { account, token, version: sealed.version });
    }
    let refresh = open(flows, id, "refresh_token", &sealed.refresh).await?;
    drill::point("renew.before");
    let renewed = match flows.tiktok.renew(&refresh).await {
        Err(lost) if lost.may_have_happened => {
            drill::point("renew.again");
            flows.tiktok.renew(&refresh).await
        }
        answered => answered,
    };
    drill::point("renew.after");
    match renewed {
        Ok(tokens) => save(flows, account, sealed.version, &tokens).await,
        Err(trouble) if trouble.next == Next::Reconnect => {
            if lose(flows, id, sealed.version, &trouble).await? {
                return Err(NoAccess::NotConnected(Box::new(account)));
            }
            stored(flows, id).await
        }
        Err(trouble) => Err(NoAccess::Trouble(trouble)),
    }
}

/// The pair that another process, or a manager who connected the account anew, has kept in the meantime.
async fn stored(flows: &Flows, id: AccountId) -> Result<Access, NoAccess> {
    let (account, sealed) = load(flows, id).await?;
    let token = open(flows, id, "access_token", &sealed.access).await?;
    Ok(Access { account, token, version: sealed.version })
}

async fn load(flows: &Flows, id: AccountId) -> Result<(Account, SealedTokens), NoAccess> {
    let account =
        flows.store.account(id).await?.context("the account is not in the store").map_err(NoAccess::Broken)?;
    if account.health != Health::Connected {
        return Err(NoAccess::NotConnected(Box::new(account)));
    }
    match flows.store.sealed_tokens(id).await? {
        Some(sealed) => Ok((account, sealed)),
        None => Err(NoAccess::NotConnected(Box::new(account))),
    }
}

async fn open(flows: &Flows, id: AccountId, column: &'static str, sealed: &[u8]) -> Result<SecretString, NoAccess> {
    let row = id.to_string();
    let place = Place { table: "accounts", column, row: &row };
    flows.keys().open(place, sealed).await.context("a stored token cannot be opened").map_err(NoAccess::Broken)
}

/// Both tokens of a pair, sealed for the row of an account.
pub(super) async fn seal(flows: &Flows, id: AccountId, tokens: &Tokens) -> (Vec<u8>, Vec<u8>) {
    let row = id.to_string();
    let place = |column| Place { table: "accounts", column, row: &row };
    let access = flows.keys().seal(place("access_token"), &tokens.access).await;
    (access, flows.keys().seal(place("refresh_token"), &tokens.refresh).await)
}

async fn save(flows: &Flows, account: Account, version: i64, tokens: &Tokens) -> Result<Access, NoAccess> {
    let now = flows.clock.now();
    let lives_until = |span| TimeDelta::from_std(span).map_or(now, |span| now + span);
    let (access, refresh) = seal(flows, account.id, tokens).await;
    let account = Account {
        access_expires_at: lives_until(tokens.access_lives_for),
        refresh_expires_at: lives_until(tokens.refresh_lives_for),
        scopes: tokens.scopes.clone(),
        ..account
    };
    drill::point("tokens.before");
    let mut tx = flows.store.begin().await?;
    if tx.token_version(account.id).await? != version {
        drop(tx);
        return stored(flows, account.id).await;
    }
    tx.save_account(&account).await?;
    tx.save_tokens(account.id, &access, &refresh, account.access_expires_at, account.refresh_expires_at, version)
        .await?;
    drill::point("tokens.inside");
    tx.commit().await?;
    drill::point("tokens.after");
    tracing::info!(account.id = %account.id, "Renewed the tokens of {account}");
    Ok(Access { account, token: tokens.access.clone(), version: version + 1 })
}

/// TikTok no longer knows the refresh token: the account waits for a manager, and its channel is told. False when the
/// token is not the present one any more: then somebody else renewed or disconnected first, and nothing is lost.
async fn lose(flows: &Flows, id: AccountId, version: i64, trouble: &Trouble) -> Result<bool, NoAccess> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let account = tx.account(id).await?.filter(|account| account.health == Health::Connected);
    let (Some(account), true) = (account, tx.token_version(id).await? == version) else { return Ok(false) };
    let workspace = account.workspace;
    let account = Account { health: Health::NeedsReconnect, ..account };
    tx.save_account(&account).await?;
    if breakers::lost(&mut tx, &account, now).await? {
        tx.tell(workspace, &Notice::NeedsReconnect { account: account.id }, now).await?;
    }
    let detail = serde_json::json!({ "account": account.username, "code": trouble.code });
    tx.audit(workspace, &Actor::Program, "account.lost", None, detail, now).await?;
    tx.commit().await?;
    flows.nudges.outbox.notify_one();
    tracing::warn!(account.id = %account.id, "{account} has to be connected again: {trouble}");
    Ok(true)
}
