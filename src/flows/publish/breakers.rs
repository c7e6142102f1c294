//! What happens to publications when their account, or the app, is stopped.
//!
//! The first one that meets such trouble opens a breaker in the transaction that writes down what became of it; the others
//! find it before TikTok is asked. The rules are in `domain/breaker.rs`. What stops a publication is told once for all of
//! them, so a breaker's publications say nothing in their own threads unless they failed.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Step, Work};
use crate::domain::account::{Account, Delivery, Health};
use crate::domain::breaker::{Breaker, BreakerKind, Gate, SETTLES_WITHIN, Scope};
use crate::domain::ids::{AccountId, WorkspaceId};
use crate::domain::notice::Notice;
use crate::domain::publication::{Publication, PublicationStage, Setback};
use crate::domain::refusal::Refusal;
use crate::domain::tempo;
use crate::domain::workspace::Actor;
use crate::flows::{Failure, Flows};
use crate::store::{self, Page, PostFilter, Tx};
use crate::tiktok::trouble;
use crate::words::{Language, in_language};

/// Our own code for an account without tokens.
pub(super) const NEEDS_RECONNECT: &str = "needs_reconnect";

/// TikTok counts an account once in this time, so one that has posted within it is not one more.
const COUNTED_FOR: TimeDelta = tempo::hours(24);

/// How many held posts get their cards redrawn at once; the message that asks about them lists them all.
const MOST_CARDS: u32 = 100;

/// What a step has to do with a breaker, for the transaction that ends it.
#[derive(Debug, Default)]
pub(super) struct Stop {
    /// What was met, or found.
    found: Option<(BreakerKind, Found)>,
    /// Nobody looks at the publication before then.
    until: Option<DateTime<Utc>>,
    /// Breakers that this publication has the turn to try, and whether it waited behind them.
    trying: Vec<(Scope, BreakerKind, bool)>,
}

/// How a breaker came in the way.
#[derive(Debug)]
enum Found {
    /// TikTok said so just now.
    Met(Setback),
    /// It was open already.
    Open,
}

/// What a setback stops besides the publication that met it.
pub(super) fn stops(code: &str) -> Option<BreakerKind> {
    if code == NEEDS_RECONNECT { Some(BreakerKind::Reconnect) } else { trouble::stops(code) }
}

impl Work<'_> {
    /// Whether something stops the account or the app; then the publication waits, or is held.
    pub(super) async fn stopped(&mut self) -> Result<Option<Step>, Failure> {
        let due_at = self.publication.due_at;
        for breaker in self.in_the_way().await? {
            // Nothing is uploaded ahead to an account that is stopped; at its time it is decided like any other.
            if breaker.gate(self.now()) != Gate::Pass && due_at > self.now() {
                self.publication = self.publication.clone().postpone(due_at)?;
                return self.let_go().await.map(Some);
            }
            let waited = self.publication.waits_because().and_then(|setback| stops(&setback.code));
            let has_waited = waited == Some(breaker.kind);
            // TikTok's word about one post is not the last one about its account: while there are tokens they are tried,
            // and if they are dead that is found out and told.
            if breaker.kind == BreakerKind::Reconnect && self.is_connected().await? {
                self.stop.trying.push((breaker.scope, breaker.kind, has_waited));
                continue;
            }
            match breaker.gate(self.now()) {
                Gate::Pass => {}
                Gate::Try { turn_ends } => {
                    if !self.takes_turn(&breaker, turn_ends).await? {
                        return self.wait_behind(&breaker, turn_ends).await.map(Some);
                    }
                    self.stop.trying.push((breaker.scope, breaker.kind, has_waited));
                }
                Gate::Wait { until } => return self.wait_behind(&breaker, until).await.map(Some),
                Gate::Hold => {
                    self.stop.found = Some((breaker.kind, Found::Open));
                    self.publication = self.publication.clone().hold_back(self.now())?;
                    return self.let_go().await.map(Some);
                }
            }
        }
        Ok(None)
    }

    /// What is open for this account.
    async fn in_the_way(&self) -> Result<Vec<Breaker>, Failure> {
        let (store, id) = (&self.flows.store, self.publication.account);
        let account = store.breaker(Scope::Account(id)).await?.filter(Breaker::is_open);
        let app = match store.breaker(Scope::App).await?.filter(Breaker::is_open) {
            Some(app) if app.kind != BreakerKind::TooManyAccounts || self.counts_anew().await? => Some(app),
            Some(_) | None => None,
        };
        Ok(account.into_iter().chain(app).collect())
    }

    async fn is_connected(&self) -> Result<bool, Failure> {
        let account = self.flows.store.account(self.publication.account).await?;
        Ok(account.is_some_and(|account| account.health == Health::Connected))
    }

    /// Whether a post would make this account one more of those TikTok has counted.
    async fn counts_anew(&self) -> Result<bool, Failure> {
        let (store, id) = (&self.flows.store, self.publication.account);
        let is_direct = self.post.delivery == Delivery::Direct;
        Ok(is_direct && store.deliveries(id, self.now() - COUNTED_FOR).await? == 0)
    }

    async fn takes_turn(&self, breaker: &Breaker, turn_ends: DateTime<Utc>) -> Result<bool, Failure> {
        let mut tx = self.flows.store.begin().await?;
        let taken = tx.take_turn(breaker, turn_ends).await?;
        tx.commit().await?;
        Ok(taken)
    }

    async fn wait_behind(&mut self, breaker: &Breaker, until: DateTime<Utc>) -> Result<Step, Failure> {
        self.stop.found = Some((breaker.kind, Found::Open));
        self.wait_because(breaker.kind, in_our_words(breaker), until).await
    }

    /// Something that stops more than this publication: what can pass is waited for, the rest ends it as usual.
    pub(super) async fn meet_stop(&mut self, kind: BreakerKind, setback: Setback) -> Result<Step, Failure> {
        let now = self.now();
        self.note_stop(&setback);
        match (kind.next_try(now), self.publication.stage()) {
            (Some(until), PublicationStage::Scheduled | PublicationStage::Publishing) => {
                self.wait_because(kind, setback, until).await
            }
            _ => {
                self.publication = self.publication.clone().meet(setback, now)?;
                self.let_go().await
            }
        }
    }

    /// Opens a breaker in the transaction that ends this step, if the setback is of that sort.
    pub(super) fn note_stop(&mut self, setback: &Setback) {
        if let Some(kind) = stops(&setback.code) {
            self.stop.found = Some((kind, Found::Met(setback.clone())));
        }
    }

    /// An account that was connected again goes on where it was: what is too late by then is held like after an outage,
    /// so its own state does not change. A limit may take a day, which is no outage: that is written down.
    async fn wait_because(
        &mut self,
        kind: BreakerKind,
        setback: Setback,
        until: DateTime<Utc>,
    ) -> Result<Step, Failure> {
        let now = self.now();
        let publication = self.publication.clone();
        let is_waiting = publication.stage() == PublicationStage::Scheduled;
        self.publication = match kind {
            BreakerKind::Reconnect if is_waiting && publication.is_given_up(now) => publication.hold_back(now)?,
            BreakerKind::Reconnect if is_waiting => {
                self.stop.until = Some(until);
                publication
            }
            BreakerKind::Reconnect
            | BreakerKind::Banned
            | BreakerKind::TooManyPosts
            | BreakerKind::TooManyDrafts
            | BreakerKind::TooManyAccounts
            | BreakerKind::AppRefused => publication.put_off(setback, until, now)?,
        };
        self.let_go().await
    }

    /// Has nobody look at the publication before then, whatever its own state says.
    pub(super) fn wait_until(&mut self, until: DateTime<Utc>) {
        self.stop.until = Some(until);
    }

    /// Gives the claim back, and does in the same transaction what the step has to do with a breaker; says whether that
    /// is what people are told instead of a word about this one.
    pub(super) async fn give_back(&mut self, tx: &mut Tx, now: DateTime<Utc>) -> Result<bool, Failure> {
        let Stop { found, mut until, .. } = std::mem::take(&mut self.stop);
        let (mut told_for_all, mut met) = (false, None);
        if let Some((kind, found)) = found {
            let scope = kind.scope(self.publication.account);
            let before = tx.breaker(scope).await?;
            let breaker = match found {
                Found::Met(setback) => Some(Breaker::met(before, scope, kind, setback, now)),
                Found::Open => before.filter(Breaker::is_open),
            };
            match breaker {
                Some(breaker) => {
                    told_for_all = kind == BreakerKind::Banned && self.publication.stage() == PublicationStage::Held;
                    // Drawn at the first look, not at each: Discord takes few edits of an old message.
                    let since = self.publication.wake_at().map_or(breaker.since, |at| at.max(breaker.since));
                    if until.is_some_and(|until| now < since + (until - now)) {
                        tx.tell(self.post.workspace, &Notice::Card { post: self.post.id }, now).await?;
                    }
                    met = Some(breaker);
                }
                // It was over before this could be written down.
                None => until = until.map(|_| now),
            }
        }
        match until {
            Some(until) => tx.release_until(&self.claim, &self.publication, Some(until)).await?,
            None => tx.release(&self.claim, &self.publication).await?,
        }
        if let Some(breaker) = met {
            tell(tx, breaker, self.post.workspace, now).await?;
        }
        Ok(told_for_all)
    }

    /// TikTok has opened an upload: whatever this publication had the turn to try is over.
    pub(super) async fn got_through(&mut self) -> Result<(), Failure> {
        for (scope, kind, waited) in std::mem::take(&mut self.stop.trying) {
            let now = self.now();
            let mut tx = self.flows.store.begin().await?;
            if let Some(open) = tx.breaker(scope).await?.filter(|open| open.is_open() && open.kind == kind) {
                close(&mut tx, open, waited, now).await?;
            }
            tx.commit().await?;
            self.flows.nudges.all();
        }
        Ok(())
    }
}

/// What a breaker met. What is about the app may have been met, and written down, in another team's language.
fn in_our_words(breaker: &Breaker) -> Setback {
    let met = breaker.setback.clone();
    match trouble::about_the_app(&met.code).filter(|_| breaker.scope == Scope::App) {
        Some((said, hint)) => Setback { said, hint, ..met },
        None => met,
    }
}

/// What stops an account, or the app if that is what this publication waits for.
///
/// # Errors
/// When the store cannot be reached.
pub async fn stopped_by(
    flows: &Flows,
    account: AccountId,
    publication: Option<&Publication>,
) -> Result<Option<Breaker>, Failure> {
    if let Some(open) = flows.store.breaker(Scope::Account(account)).await?.filter(Breaker::is_open) {
        return Ok(Some(open));
    }
    let because = publication.and_then(Publication::waits_because).and_then(|setback| stops(&setback.code));
    if because == Some(BreakerKind::TooManyAccounts) {
        return Ok(flows.store.breaker(Scope::App).await?.filter(Breaker::is_open));
    }
    Ok(None)
}

/// Refuses what a person wants sent to an account that TikTok has banned: it would only be held again.
pub(in crate::flows) async fn refuse_banned(tx: &mut Tx, id: AccountId) -> Result<(), Failure> {
    let banned = tx.breaker(Scope::Account(id)).await?.filter(Breaker::is_open);
    if banned.is_none_or(|breaker| breaker.kind != BreakerKind::Banned) {
        return Ok(());
    }
    let account = tx.account(id).await?.ok_or(Refusal::NoSuchAccount)?;
    Err(Refusal::AccountBanned { username: account.username }.into())
}

/// Keeps a breaker that a workspace's publication met, and owes the workspace the one word about it. The audit trail comes
/// after every row that others change: whoever appends to it keeps others from doing so, and must not wait for them.
async fn tell(tx: &mut Tx, mut breaker: Breaker, workspace: WorkspaceId, now: DateTime<Utc>) -> store::Result<()> {
    let is_news = breaker.tells(workspace);
    tx.save_breaker(&breaker).await?;
    if is_news {
        tx.tell(workspace, &Notice::Stopped { account: account_of(breaker.scope) }, now).await?;
        let detail = serde_json::json!({ "code": breaker.setback.code, "account": account_of(breaker.scope) });
        tx.audit(workspace, &Actor::Program, "account.stopped", None, detail, now).await?;
        match breaker.scope {
            Scope::App => tracing::error!(
                "TikTok lets this app post for no more accounts today; those that have not posted wait until {:?}",
                breaker.try_at
            ),
            Scope::Account(id) => tracing::warn!(account.id = %id, code = breaker.setback.code,
                "Nothing goes out to account {id}: {}", breaker.setback.said),
        }
    }
    Ok(())
}

/// Ends a breaker: whoever waits behind it goes on, and those who were told are told, unless it begins again at once.
async fn close(tx: &mut Tx, open: Breaker, waited: bool, now: DateTime<Utc>) -> store::Result<()> {
    let woken = tx.wake_behind(&open, now).await?;
    if waited || woken > 0 {
        for workspace in &open.told {
            let notice = Notice::GoesOn { account: account_of(open.scope) };
            tx.tell(*workspace, &notice, now + SETTLES_WITHIN).await?;
        }
    }
    tracing::info!("What stopped {:?} is over; {woken} publications go on", open.scope);
    tx.save_breaker(&open.close(now)).await
}

/// Whatever stopped an account is over, because a manager connected it anew or says so; gives back what that was. People
/// are asked about what was held meanwhile, and its cards say so.
pub(in crate::flows) async fn lift(
    tx: &mut Tx,
    account: &Account,
    now: DateTime<Utc>,
) -> store::Result<Option<BreakerKind>> {
    let Some(open) = tx.breaker(Scope::Account(account.id)).await?.filter(Breaker::is_open) else { return Ok(None) };
    let kind = open.kind;
    tx.wake_behind(&open, now).await?;
    // A person acted: whatever comes after that is news, however soon.
    tx.save_breaker(&Breaker { told: Vec::new(), ..open.close(now) }).await?;
    let held =
        PostFilter { account: Some(account.id), publications: vec![PublicationStage::Held], ..PostFilter::default() };
    let lines = tx.posts(account.workspace, &held, Page { number: 0, size: MOST_CARDS }).await?;
    if !lines.is_empty() {
        tx.tell(account.workspace, &Notice::Held, now).await?;
    }
    for line in lines {
        tx.tell(account.workspace, &Notice::Card { post: line.id }, now).await?;
    }
    Ok(Some(kind))
}

/// The tokens of an account are gone; says whether its team has yet to be told. The word about it is the account's own.
pub(in crate::flows) async fn lost(tx: &mut Tx, account: &Account, now: DateTime<Utc>) -> store::Result<bool> {
    let scope = Scope::Account(account.id);
    let before = tx.breaker(scope).await?;
    let language = tx.workspace(account.workspace).await?.map_or_else(Language::default, |team| team.language);
    let setback = in_language(language, || super::setbacks::not_connected(account));
    let mut breaker = Breaker::met(before, scope, BreakerKind::Reconnect, setback, now);
    // The word about a ban is another one.
    let is_news = breaker.kind != BreakerKind::Reconnect || breaker.tells(account.workspace);
    tx.save_breaker(&breaker).await?;
    Ok(is_news)
}

const fn account_of(scope: Scope) -> Option<AccountId> {
    match scope {
        Scope::Account(account) => Some(account),
        Scope::App => None,
    }
}
