//! Fresh access tokens.
//!
//! TikTok's live two hours and every renewal replaces both, so one renewal runs at a time for each account, in all
//! processes together: whoever renews takes the renewal in the database first. Both new tokens are saved in one transaction
//! before either is used, and a lost answer is asked for once more with the old token: after that the account has to be
//! connected again. Transient troubles change nothing. A process that ends between TikTok's answer and our save has lost
//! both tokens, for TikTok has no way to ask for them again; whoever renews next finds that out, and people are told.
//!
//! <https://developers.tiktok.com/doc/oauth-user-access-token-management>

use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;

use super::publish::breakers;
use super::{Failure, Flows};
use crate::domain::account::{Account, Health};
use crate::domain::ids::AccountId;
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::tempo;
use crate::domain::workspace::Actor;
use crate::drill;
use crate::store::{self, SealedTokens, Tx, Warning};
use crate::tiktok::budget::pause;
use crate::tiktok::oauth::Tokens;
use crate::tiktok::trouble::{Next, Trouble};
use crate::vault::Place;

/// For how long a renewal is one process's: longer than TikTok's two answers may take, each of 30 s at most.
const RENEWAL_HOLDS: TimeDelta = tempo::seconds(75);

/// How long the end of somebody else's renewal is waited for at once, and how often it is looked for.
const LOOKS: u32 = 8;
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// A renewal that takes longer than that is no matter of a moment: who waits comes back for it.
const TAKES_A_MOMENT: TimeDelta = tempo::seconds(5);

/// How long at most until whoever waits for somebody else's renewal comes back.
const COME_BACK_WITHIN: TimeDelta = tempo::seconds(10);

/// A new pair the database does not take is offered again after so long, then after twice that, up to the longest; all
/// together about as long as a renewal is one process's.
const OFFERED_AGAIN_AFTER: Duration = Duration::from_millis(250);
const OFFERED_AT_MOST_AFTER: Duration = Duration::from_secs(32);

/// After one that failed, no renewal ahead of need for so long.
const REST_AFTER_A_FAILURE: TimeDelta = tempo::minutes(1);

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

/// Renews the tokens of an account before anybody needs them; none when that has been done since it was looked up.
///
/// # Errors
/// When that cannot be done now.
pub async fn renew_ahead(flows: &Flows, account: &Account) -> Result<Option<Access>, NoAccess> {
    let (present, sealed) = load(flows, account.id).await?;
    if present.renewed_at != account.renewed_at {
        // Another process was faster.
        return Ok(None);
    }
    current(flows, account.id, Some(sealed.version)).await.map(Some)
}

async fn current(flows: &Flows, id: AccountId, refused: Option<i64>) -> Result<Access, NoAccess> {
    let turn = {
        let mut renewals = flows.renewals.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        renewals.entry(id).or_default().clone()
    };
    // Of one process, one looks and the others wait for what it finds.
    let _turn = turn.lock().await;
    for _ in 0..LOOKS {
        let (account, sealed) = load(flows, id).await?;
        if refused != Some(sealed.version) && !account.needs_renewal(flows.clock.now()) {
            let token = open(flows, id, "access_token", &sealed.access).await?;
            return Ok(Access { account, token, version: sealed.version });
        }
        let Some(until) = taken_until(flows, id, sealed.version).await? else {
            return renew(flows, account, &sealed).await;
        };
        let left = until - flows.clock.now();
        if RENEWAL_HOLDS - left > TAKES_A_MOMENT {
            return Err(come_back(left));
        }
        pause(LOOK_EVERY).await;
    }
    Err(come_back(COME_BACK_WITHIN))
}

/// Takes the renewal of an account; none when it is taken, else until when another process has it.
async fn taken_until(flows: &Flows, id: AccountId, version: i64) -> Result<Option<DateTime<Utc>>, NoAccess> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    if tx.take_renewal(id, &flows.process, now, now + RENEWAL_HOLDS, version).await? {
        tx.commit().await?;
        return Ok(None);
    }
    // Somebody has just finished: the next look finds the new tokens.
    Ok(Some(tx.renewal_ends(id).await?.unwrap_or(now + RENEWAL_HOLDS)))
}

fn come_back(left: TimeDelta) -> NoAccess {
    NoAccess::Trouble(Trouble::paced(left.min(COME_BACK_WITHIN).to_std().unwrap_or_default()))
}

/// Renews what this process has taken the renewal of.
async fn renew(flows: &Flows, account: Account, sealed: &SealedTokens) -> Result<Access, NoAccess> {
    let id = account.id;
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
        Ok(tokens) => keep(flows, id, sealed.version, &tokens).await,
        Err(trouble) if trouble.next == Next::Reconnect => {
            if lose(flows, id, sealed.version, &trouble).await? {
                return Err(NoAccess::NotConnected(Box::new(account)));
            }
            stored(flows, id).await
        }
        Err(trouble) => {
            let mut tx = flows.store.begin().await?;
            tx.drop_renewal(id, &flows.process, flows.clock.now() + REST_AFTER_A_FAILURE).await?;
            tx.commit().await?;
            Err(NoAccess::Trouble(trouble))
        }
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

/// Keeps a new pair. TikTok gives it only once, so a database that fails at this moment is waited for.
async fn keep(flows: &Flows, id: AccountId, version: i64, tokens: &Tokens) -> Result<Access, NoAccess> {
    let mut wait = OFFERED_AGAIN_AFTER;
    loop {
        match save(flows, id, version, tokens).await {
            Ok(Some(access)) => return Ok(access),
            Ok(None) => return superseded(flows, id, tokens).await,
            Err(NoAccess::Broken(error)) if wait <= OFFERED_AT_MOST_AFTER => {
                tracing::warn!(account.id = %id, "New tokens could not be kept and are offered again: {error:#}");
                pause(wait).await;
                wait *= 2;
            }
            Err(none) => return Err(none),
        }
    }
}

/// What there is instead of a pair that came too late. Is there none, because the account was disconnected or erased
/// meanwhile, then this pair is the only one TikTok still takes, and is given back.
async fn superseded(flows: &Flows, id: AccountId, tokens: &Tokens) -> Result<Access, NoAccess> {
    let none = match stored(flows, id).await {
        Err(none) if flows.store.sealed_tokens(id).await?.is_none() => none,
        found => return found,
    };
    match flows.tiktok.revoke(&tokens.access).await {
        Ok(()) => {
            tracing::info!(account.id = %id, "The account left while its tokens were renewed; they are given back");
        }
        Err(trouble) => {
            tracing::warn!(account.id = %id, "Tokens nobody needs could not be revoked at TikTok: {trouble}");
        }
    }
    Err(none)
}

/// Saves a new pair in the place of the one of that version; none when that one is gone.
async fn save(flows: &Flows, id: AccountId, version: i64, tokens: &Tokens) -> Result<Option<Access>, NoAccess> {
    let now = flows.clock.now();
    let (access, refresh) = seal(flows, id, tokens).await;
    drill::point("tokens.before");
    let mut tx = flows.store.begin().await?;
    let Some(known) = tx.account(id).await? else { return Ok(None) };
    if tx.token_version(id).await? != version {
        return Ok(None);
    }
    let was = known.health;
    let account = Account { health: Health::Connected, ..with_tokens(known, tokens, now) };
    tx.save_account(&account).await?;
    tx.save_tokens(&account, &SealedTokens { access, refresh, version }).await?;
    if was == Health::NeedsReconnect {
        found_again(&mut tx, &account, now).await?;
    }
    drill::point("tokens.inside");
    tx.commit().await?;
    drill::point("tokens.after");
    tracing::info!(account.id = %id, "Renewed the tokens of {account}");
    Ok(Some(Access { account, token: tokens.access.clone(), version: version + 1 }))
}

/// An account with what TikTok said about the tokens it gave at `now`.
pub(super) fn with_tokens(account: Account, tokens: &Tokens, now: DateTime<Utc>) -> Account {
    let lives_until = |span| TimeDelta::from_std(span).map_or(now, |span| now + span);
    Account {
        access_expires_at: lives_until(tokens.access_lives_for),
        refresh_expires_at: lives_until(tokens.refresh_lives_for),
        renewed_at: now,
        scopes: tokens.scopes.clone(),
        ..account
    }
}

/// A process that stood still for longer than it had the renewal comes back with tokens that work, after another one tried
/// the old token and gave the account up.
async fn found_again(tx: &mut Tx, account: &Account, now: DateTime<Utc>) -> Result<(), NoAccess> {
    breakers::lift(tx, account, now).await?;
    tx.tell(account.workspace, &Notice::GoesOn { account: Some(account.id) }, now).await?;
    let detail = serde_json::json!({ "account": account.username });
    tx.audit(account.workspace, &Actor::Program, "account.found_again", None, detail, now).await?;
    Ok(())
}

/// TikTok no longer knows the refresh token: the account waits for a manager, and its channel is told. False when the
/// token is not the present one any more: then somebody else renewed or disconnected first, and nothing is lost.
async fn lose(flows: &Flows, id: AccountId, version: i64, trouble: &Trouble) -> Result<bool, NoAccess> {
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    // First of all, because it holds the row: whoever connects the account anew at the same time comes before or after.
    if !tx.drop_renewal(id, &flows.process, now).await? {
        return Ok(false);
    }
    let account = tx.account(id).await?.filter(|account| account.health == Health::Connected);
    let (Some(account), true) = (account, tx.token_version(id).await? == version) else { return Ok(false) };
    give_up(&mut tx, &account, &trouble.code, now).await?;
    tx.commit().await?;
    flows.nudges.outbox.notify_one();
    tracing::warn!(account.id = %account.id, "{account} has to be connected again: {trouble}");
    Ok(true)
}

/// An account waits for a manager to connect it again, and its channel is told.
pub(super) async fn give_up(tx: &mut Tx, account: &Account, code: &str, now: DateTime<Utc>) -> store::Result<()> {
    let account = Account { health: Health::NeedsReconnect, ..account.clone() };
    tx.save_account(&account).await?;
    // The word about it says how many posts wait: it is the first warning.
    tx.note_warning(account.id, Warning::WillNotGoOut, now, now).await?;
    if breakers::lost(tx, &account, now).await? {
        tx.tell(account.workspace, &Notice::NeedsReconnect { account: account.id }, now).await?;
    }
    let detail = serde_json::json!({ "account": account.username, "code": code });
    tx.audit(account.workspace, &Actor::Program, "account.lost", None, detail, now).await
}
