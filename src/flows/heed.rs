//! Heeds what TikTok says by itself.
//!
//! It is a nudge: a publication becomes due, so that the next worker asks TikTok what became of it, and an account whose
//! rights were taken away is looked at. Nothing TikTok says here is written down as true, and nothing waits for it:
//! without an address TikTok can reach, asking now and then finds out the same a little later.
//!
//! TikTok wants its answer at once, so whoever takes an event in only puts it into the [`Inbox`].

use chrono::{DateTime, Utc};
use futures_util::StreamExt as _;
use futures_util::stream;
use tokio::sync::{Mutex, mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::tokens::{self, NoAccess};
use super::{Failure, Flows};
use crate::domain::account::Health;
use crate::tiktok::budget::Class;
use crate::tiktok::trouble::Next;
use crate::tiktok::webhook::{About, Event, REMEMBERED_FOR};

/// How many events wait to be heeded. Beyond that TikTok is asked to say it again later.
const MOST_WAITING: usize = 1_000;

/// How many are heeded at the same time: an account that is looked at keeps no publication waiting.
const AT_ONCE: usize = 8;

/// How long the look at an account waits for its turn among the calls to TikTok.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// What TikTok said and nobody has heeded yet. It lives in memory: what is lost is a moment.
#[derive(Debug)]
pub struct Inbox {
    sender: mpsc::Sender<Event>,
    waiting: Mutex<mpsc::Receiver<Event>>,
    heeded: watch::Sender<u64>,
}

impl Default for Inbox {
    fn default() -> Self {
        let (sender, waiting) = mpsc::channel(MOST_WAITING);
        Self { sender, waiting: Mutex::new(waiting), heeded: watch::Sender::new(0) }
    }
}

impl Inbox {
    /// Takes an event in; says whether there was room.
    #[must_use]
    pub fn put(&self, event: Event) -> bool {
        self.sender.try_send(event).is_ok()
    }

    /// How many events were heeded, also those that changed nothing.
    #[must_use]
    pub fn heeded(&self) -> watch::Receiver<u64> {
        self.heeded.subscribe()
    }
}

/// What heeding an event came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heeded {
    /// Whatever it is about is looked at now.
    Looking,
    /// There is nothing to look at, or it is looked at soon anyway.
    Nothing,
    /// It was said before.
    Again,
}

/// Heeds what comes in until told to stop; what is being heeded then is finished.
pub async fn listen(flows: &Flows, stop: CancellationToken) {
    let mut waiting = flows.inbox.waiting.lock().await;
    let events = stream::poll_fn(|context| waiting.poll_recv(context)).take_until(stop.cancelled_owned());
    let heeded = events.for_each_concurrent(AT_ONCE, |event| async move {
        match heed(flows, &event).await {
            Ok(outcome) => tracing::debug!("TikTok said something: {outcome:?}"),
            Err(failure) => tracing::warn!("What TikTok said is found out later: {failure:?}"),
        }
        flows.inbox.heeded.send_modify(|count| *count += 1);
    });
    heeded.await;
}

/// Has looked at what an event is about, if it is new.
///
/// # Errors
/// When the store or TikTok cannot be reached.
pub async fn heed(flows: &Flows, event: &Event) -> Result<Heeded, Failure> {
    let now = flows.clock.now();
    if event.about == About::Nothing {
        return Ok(Heeded::Nothing);
    }
    let mut tx = flows.store.begin().await?;
    if !tx.hear(event.fingerprint, now, now - REMEMBERED_FOR).await? {
        return Ok(Heeded::Again);
    }
    let asks = match &event.about {
        About::Upload { publish_id } => tx.ask_now(publish_id, now).await?,
        About::Authorization { .. } | About::Nothing => false,
    };
    tx.commit().await?;
    if asks {
        flows.nudges.publishers();
        return Ok(Heeded::Looking);
    }
    match &event.about {
        About::Authorization { open_id } => look_at(flows, open_id, now).await,
        About::Upload { .. } | About::Nothing => Ok(Heeded::Nothing),
    }
}

/// Asks TikTok whether an account still lets us in. When it does not, that is found out where tokens are renewed, as it
/// would be at the next post: the account waits for a manager, its channel is told once, and its posts are kept.
async fn look_at(flows: &Flows, open_id: &str, now: DateTime<Utc>) -> Result<Heeded, Failure> {
    let known = flows.store.account_by_open_id(open_id).await?;
    let Some(account) = known.filter(|account| account.health == Health::Connected) else {
        return Ok(Heeded::Nothing);
    };
    tracing::info!(account.id = %account.id, at = %now, "TikTok says that {account} took its rights back; asking it");
    let access = match tokens::access(flows, account.id).await {
        Err(NoAccess::NotConnected(_)) => return Ok(Heeded::Looking),
        answered => answered?,
    };
    flows.budget.take_within(open_id, Class::Display, PATIENCE).await?;
    match flows.tiktok.user(&access.token, &access.account.scopes).await {
        Err(refused) if refused.next == Next::Renew => match tokens::access_after_refusal(flows, &access).await {
            Ok(_) | Err(NoAccess::NotConnected(_)) => Ok(Heeded::Looking),
            Err(none) => Err(none.into()),
        },
        // It was connected again since, or TikTok was asked to say so by somebody else's old word.
        Ok(_) => Ok(Heeded::Nothing),
        Err(trouble) => Err(trouble.into()),
    }
}
