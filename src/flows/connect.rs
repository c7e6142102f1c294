//! Links a TikTok account to a workspace and unlinks it.
//!
//! The link a manager gets is personal, works once and for ten minutes; only a fingerprint of its `state` is stored.
//! With an HTTPS address of our own it is TikTok's web flow; with a loopback address its desktop flow, which asks for a
//! verifier. <https://developers.tiktok.com/doc/login-kit-web>, <https://developers.tiktok.com/doc/login-kit-desktop>

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::publish::breakers;
use super::{Failure, Flows, tokens};
use crate::domain::account::{Account, Delivery, Health};
use crate::domain::creator::Scope;
use crate::domain::ids::{AccountId, MemberId, WorkspaceId};
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::review::{Manager, Member};
use crate::domain::workspace::Actor;
use crate::store::{Consent, SealedTokens};
use crate::tiktok::oauth::{Consent as PageAnswer, Tokens, Verifier, is_loopback_redirect};
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

/// Who knows what people may do at this moment.
///
/// A link that comes back from TikTok says who asked for it, not what they may
/// do by now; an approval says who gave it, not what they may do when the post goes out.
pub trait Rights: std::fmt::Debug + Send + Sync {
    /// Whether somebody may manage a workspace right now.
    fn manages(&self, workspace: WorkspaceId, member: MemberId) -> BoxFuture<'_, anyhow::Result<bool>>;

    /// Somebody with the rights they hold right now, asked once; none if they are not in the workspace any more.
    fn member(&self, workspace: WorkspaceId, member: MemberId) -> BoxFuture<'_, anyhow::Result<Option<Member>>>;
}

/// Whether people land on an address of their own machine, and bring back what it says.
#[must_use]
pub fn is_pasted(flows: &Flows) -> bool {
    is_loopback_redirect(&flows.rules.redirect_uri)
}

/// Makes a personal link to TikTok's consent page.
///
/// # Errors
/// When the store cannot be reached.
pub async fn begin(flows: &Flows, by: &Manager, delivery: Delivery) -> Result<Url, Failure> {
    let redirect = &flows.rules.redirect_uri;
    let now = flows.clock.now();
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("no randomness to be had")?;
    let state = URL_SAFE_NO_PAD.encode(bytes);
    let fingerprint = fingerprint(&state);
    let row = hex::encode(fingerprint);
    let verifier = is_loopback_redirect(redirect).then(Verifier::random);
    let sealed_verifier = match &verifier {
        Some(verifier) => Some(flows.keys().seal(place(&row), verifier.text()).await),
        None => None,
    };
    let consent = Consent {
        workspace: by.member().workspace,
        member: by.member().id,
        member_name: by.member().name.clone(),
        delivery,
        sealed_verifier,
        expires_at: now + LINK_LIVES,
    };
    let link = flows.tiktok.authorize_link(redirect, &state, &flows.rules.scopes, verifier.as_ref());
    let mut tx = flows.store.begin().await?;
    tx.add_consent(fingerprint, &consent).await?;
    tx.audit(consent.workspace, &by.member().actor(), "account.link_made", None, serde_json::json!({}), now).await?;
    tx.commit().await?;
    Ok(link)
}

/// Connects the account whose consent page led to this address, which the manager who was given the link brings back.
///
/// # Errors
/// When it is no such address, the link is spent or was given to somebody else, consent was refused, or TikTok does not
/// know the code.
pub async fn finish_pasted(flows: &Flows, by: &Manager, pasted: &SecretString) -> Result<Account, Failure> {
    let returned = address(pasted.expose_secret()).as_ref().and_then(PageAnswer::read);
    let (state, answer) = match returned.ok_or(Refusal::NotTheAddress)? {
        PageAnswer::Given { code, state, .. } => (state, Answer::Code(code)),
        PageAnswer::Refused { state, .. } => (state, Answer::Refused),
    };
    let member = by.member();
    complete(flows, &state, answer, |consent| consent.workspace == member.workspace && consent.member == member.id)
        .await
}

/// An address as people paste it: from a bar that hides the scheme, in angle brackets, with a line's end.
fn address(pasted: &str) -> Option<Url> {
    let text = pasted.trim().trim_start_matches('<').trim_end_matches('>');
    Url::parse(text).or_else(|_| Url::parse(&format!("http://{text}"))).ok()
}

/// Connects the account that came back from TikTok's page with this `state`.
///
/// # Errors
/// When the link is spent, whoever asked for it may not manage the server any more, consent was refused, or TikTok does not
/// know the code.
pub async fn finish(flows: &Flows, state: &str, answer: Answer) -> Result<Account, Failure> {
    // Who has the state has the link: it was shown to one person, and never to anybody else. What they may do by now it
    // does not say.
    let asked = flows.store.consent(fingerprint(state), flows.clock.now()).await?.ok_or(Refusal::LinkSpent)?;
    if !flows.rights.manages(asked.workspace, asked.member).await? {
        return Err(Refusal::NotAManager.into());
    }
    complete(flows, state, answer, |_| true).await
}

async fn complete(
    flows: &Flows,
    state: &str,
    answer: Answer,
    is_theirs: impl FnOnce(&Consent) -> bool,
) -> Result<Account, Failure> {
    let redirect = &flows.rules.redirect_uri;
    let now = flows.clock.now();
    let fingerprint = fingerprint(state);
    let mut tx = flows.store.begin().await?;
    let consent = tx.use_consent(fingerprint, now).await?.ok_or(Refusal::LinkSpent)?;
    if !is_theirs(&consent) {
        // It stays good for whom it was made for.
        return Err(Refusal::NotYourLink.into());
    }
    tx.commit().await?;
    let code = match answer {
        Answer::Code(code) => code,
        Answer::Refused => return Err(Refusal::ConsentRefused.into()),
    };
    let verifier = match &consent.sealed_verifier {
        Some(sealed) => {
            let row = hex::encode(fingerprint);
            let secret =
                flows.keys().open(place(&row), sealed).await.context("the link's verifier cannot be opened")?;
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
        access_expires_at: now,
        refresh_expires_at: now,
        renewed_at: now,
        connected_by: consent.member,
        connected_at: now,
    };
    let account = tokens::with_tokens(account, tokens, now);
    let (access, refresh) = tokens::seal(flows, account.id, tokens).await;
    tx.save_account(&account).await?;
    let version = tx.token_version(account.id).await?;
    tx.save_tokens(&account, &SealedTokens { access, refresh, version }).await?;
    breakers::lift(&mut tx, &account, now).await?;
    tx.tell(account.workspace, &Notice::Connected { account: account.id, by: consent.member }, now).await?;
    let detail = serde_json::json!({ "account": account.username, "scopes": account.scopes.to_string() });
    tx.audit(
        account.workspace,
        &Actor::person(consent.member, consent.member_name.clone()),
        "account.connected",
        None,
        detail,
        now,
    )
    .await?;
    tx.commit().await?;
    flows.nudges.all();
    tracing::info!(account.id = %account.id, "Connected {account}");
    Ok(account)
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
