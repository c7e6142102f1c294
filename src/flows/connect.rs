//! Links a TikTok account to a workspace and unlinks it.
//!
//! The link a manager gets is personal, works once and for ten minutes; only a fingerprint of its `state` is stored.
//! With an HTTPS address of our own it is TikTok's web flow; with a loopback address its desktop flow, which asks for a
//! verifier. <https://developers.tiktok.com/doc/login-kit-web>, <https://developers.tiktok.com/doc/login-kit-desktop>

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::publish::breakers;
use super::{Failure, Flows, tokens};
use crate::domain::account::{Account, Delivery, Health};
use crate::domain::creator::Scope;
use crate::domain::ids::{AccountId, MemberId};
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::review::Manager;
use crate::domain::workspace::Actor;
use crate::store::Consent;
use crate::tiktok::oauth::{Tokens, Verifier, is_loopback_redirect};
use crate::vault::Place;

/// How long a link works.
const LINK_LIVES: TimeDelta = TimeDelta::minutes(10);

/// What comes back from TikTok's consent page.
#[derive(Debug)]
pub enum Answer {
    /// Consent, as a code to be exchanged at once.
    Code(SecretString),
    /// No consent.
    Refused,
}

/// Makes a personal link to TikTok's consent page.
///
/// # Errors
/// When there is no address TikTok could send people back to.
pub async fn begin(flows: &Flows, by: &Manager, delivery: Delivery) -> Result<Url, Failure> {
    let redirect = flows.rules.redirect_uri.as_ref().ok_or(Refusal::NoPublicAddress)?;
    let now = flows.clock.now();
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("no randomness to be had")?;
    let state = URL_SAFE_NO_PAD.encode(bytes);
    let fingerprint = fingerprint(&state);
    let row = hex::encode(fingerprint);
    let verifier = is_loopback_redirect(redirect).then(Verifier::random);
    let consent = Consent {
        workspace: by.member().workspace,
        member: by.member().id,
        member_name: by.member().name.clone(),
        delivery,
        sealed_verifier: verifier.as_ref().map(|verifier| flows.vault.seal(place(&row), verifier.text())),
        expires_at: now + LINK_LIVES,
    };
    let link = flows.tiktok.authorize_link(redirect, &state, &flows.rules.scopes, verifier.as_ref());
    let mut tx = flows.store.begin().await?;
    tx.add_consent(fingerprint, &consent).await?;
    tx.audit(consent.workspace, &by.member().actor(), "account.link_made", None, serde_json::json!({}), now).await?;
    tx.commit().await?;
    Ok(link)
}

/// Connects the account that came back from TikTok's page with this `state`.
///
/// # Errors
/// When the link is spent, consent was refused, or TikTok does not know the code.
pub async fn finish(flows: &Flows, state: &str, answer: Answer) -> Result<Account, Failure> {
    let redirect = flows.rules.redirect_uri.as_ref().ok_or(Refusal::NoPublicAddress)?;
    let now = flows.clock.now();
    let mut tx = flows.store.begin().await?;
    let fingerprint = fingerprint(state);
    let consent = tx.use_consent(fingerprint, now).await?.ok_or(Refusal::LinkSpent)?;
    tx.commit().await?;
    let code = match answer {
        Answer::Code(code) => code,
        Answer::Refused => return Err(Refusal::ConsentRefused.into()),
    };
    let verifier = match &consent.sealed_verifier {
        Some(sealed) => {
            let row = hex::encode(fingerprint);
            let secret = flows.vault.open(place(&row), sealed).context("the link's verifier cannot be opened")?;
            Some(Verifier::kept(secret).context("the link's verifier is damaged")?)
        }
        None => None,
    };
    let tokens = flows.tiktok.exchange(&code, redirect, verifier.as_ref()).await?;
    let who = who_is_it(flows, &tokens).await?;
    save(flows, &consent, &tokens, who, now).await
}

/// Revokes an account's tokens at TikTok and forgets them.
///
/// # Errors
/// When there is no such account here.
pub async fn disconnect(flows: &Flows, by: &Manager, id: AccountId) -> Result<Account, Failure> {
    let member = by.member();
    let account = flows.store.account(id).await?.filter(|account| account.workspace == member.workspace);
    let account = account.ok_or(Refusal::NoSuchAccount)?;
    // TikTok's side is a courtesy: what counts is that we forget, and a dead token cannot be revoked anyway.
    if let Ok(access) = tokens::access(flows, id).await
        && let Err(trouble) = flows.tiktok.revoke(&access.token).await
    {
        tracing::warn!(account.id = %id, "The tokens of {account} could not be revoked at TikTok: {trouble}");
    }
    let now = flows.clock.now();
    let account = Account { health: Health::Disconnected, ..account };
    let mut tx = flows.store.begin().await?;
    tx.save_account(&account).await?;
    tx.forget_tokens(id).await?;
    let notice = Notice::Disconnected { username: account.username.clone(), by: member.id };
    tx.tell(account.workspace, &notice, now).await?;
    let detail = serde_json::json!({ "account": account.username });
    tx.audit(account.workspace, &member.actor(), "account.disconnected", None, detail, now).await?;
    tx.commit().await?;
    flows.nudges.outbox.notify_one();
    Ok(account)
}

struct Who {
    username: String,
    nickname: String,
}

/// The handle and the name, from whichever call the granted scopes allow.
async fn who_is_it(flows: &Flows, tokens: &Tokens) -> Result<Who, Failure> {
    if tokens.scopes.contains(Scope::VideoPublish) {
        let creator = flows.tiktok.creator_info(&tokens.access).await?;
        return Ok(Who { username: creator.username, nickname: creator.nickname });
    }
    let user = flows.tiktok.user(&tokens.access, &tokens.scopes).await?;
    let nickname = user.display_name;
    Ok(Who { username: user.username.unwrap_or_else(|| nickname.clone()), nickname })
}

async fn save(
    flows: &Flows,
    consent: &Consent,
    tokens: &Tokens,
    who: Who,
    now: DateTime<Utc>,
) -> Result<Account, Failure> {
    let ends = |span| TimeDelta::from_std(span).map_or(now, |span| now + span);
    let mut tx = flows.store.begin().await?;
    tx.workspace(consent.workspace).await?.ok_or(Refusal::LinkSpent)?.stays()?;
    let known = tx.account_by_open_id(&tokens.open_id).await?;
    if let Some(other) = &known
        && other.workspace != consent.workspace
        && other.health != Health::Disconnected
    {
        return Err(Refusal::AccountElsewhere { username: who.username }.into());
    }
    let known = known.filter(|account| account.workspace == consent.workspace);
    let account = Account {
        id: known.map_or_else(|| AccountId::new(now), |account| account.id),
        workspace: consent.workspace,
        open_id: tokens.open_id.clone(),
        username: who.username,
        nickname: who.nickname,
        scopes: tokens.scopes.clone(),
        delivery: consent.delivery,
        health: Health::Connected,
        access_expires_at: ends(tokens.access_lives_for),
        refresh_expires_at: ends(tokens.refresh_lives_for),
        connected_by: consent.member,
        connected_at: now,
    };
    let (access, refresh) = tokens::seal(flows, account.id, tokens);
    tx.save_account(&account).await?;
    let version = tx.token_version(account.id).await?;
    tx.save_tokens(account.id, &access, &refresh, account.access_expires_at, account.refresh_expires_at, version)
        .await?;
    breakers::lift(&mut tx, &account, now).await?;
    tx.tell(account.workspace, &Notice::Connected { account: account.id, by: consent.member }, now).await?;
    let detail = serde_json::json!({ "account": account.username, "scopes": account.scopes.to_string() });
    tx.audit(account.workspace, &actor(consent.member, &consent.member_name), "account.connected", None, detail, now)
        .await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(account.id = %account.id, "Connected {account}");
    Ok(account)
}

fn actor(id: MemberId, name: &str) -> Actor {
    Actor::Member { id, name: name.to_owned() }
}

fn place(row: &str) -> Place<'_> {
    Place { table: "consents", column: "verifier", row }
}

fn fingerprint(state: &str) -> [u8; 32] {
    Sha256::digest(state.as_bytes()).into()
}

impl Answer {
    /// The answer in a callback's query, if it is one.
    #[must_use]
    pub fn of(code: Option<SecretString>, error: Option<&str>) -> Option<Self> {
        match (code, error) {
            (_, Some(_)) => Some(Self::Refused),
            (Some(code), None) if !code.expose_secret().is_empty() => Some(Self::Code(code)),
            (_, None) => None,
        }
    }
}
