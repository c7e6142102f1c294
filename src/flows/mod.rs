//! What the product does: one verb, one file, four beats: load, decide, save, tell.
//!
//! The beats of a flow share one transaction, so nobody hears of something that did not happen, and everything that
//! happened is told. Flows are the only ones that change things; adapters may read the store, never write it. What
//! cannot be in a transaction (a call to TikTok, bytes on their way) comes before it or is written down first.

pub mod budget;
pub mod bulk;
pub mod change;
pub mod connect;
pub mod deliver;
pub mod digest;
pub mod erase;
pub mod export;
pub mod forget;
pub mod go_on;
pub mod gone;
pub mod guard;
pub mod heed;
pub mod keys;
pub mod links;
pub mod measure;
pub mod pause;
pub mod pick;
pub mod publish;
pub mod quorum;
pub mod release;
pub mod remind;
pub mod review;
pub mod rotate;
pub mod setup;
pub mod slots;
pub mod submit;
pub mod tidy;
pub mod tokens;
pub mod warn;
pub mod watch;
pub mod when;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use url::Url;

use self::budget::Budget;
use self::connect::Rights;
use self::forget::Retention;
use crate::domain::budget::Guards;
use crate::domain::clock::SharedClock;
use crate::domain::creator::{CreatorInfo, Scope};
use crate::domain::ids::AccountId;
use crate::domain::post::SubmitRules;
use crate::domain::refusal::{Refusal, SlotRefusal};
use crate::domain::schedule::Window;
use crate::domain::video::VideoRules;
use crate::media::Media;
use crate::media::fetch::link::{LinkError, Links};
use crate::media::fetch::{FetchError, Origins};
use crate::media::probe::ProbeError;
use crate::say;
use crate::store::{self, Store};
use crate::tiktok;
use crate::tiktok::trouble::{Next, Trouble};
use crate::vault::Vault;

/// The two ways a flow can end badly: what a person is told as it is, and what the operator has to look at.
#[derive(Debug)]
pub enum Failure {
    /// A polite no.
    Refused(Box<Refusal>),
    /// Something broke.
    Broken(anyhow::Error),
}

/// How often a change may give way to somebody else before a person is told to try again.
const TRIES: usize = 5;

impl Failure {
    /// Whether it came of somebody else being faster, so that a new look may do better.
    #[must_use]
    pub fn gave_way(&self) -> bool {
        matches!(self, Self::Refused(refusal) if **refusal == Refusal::SomebodyWasFaster)
    }
}

/// Makes a change anew while others are faster, a few times.
async fn while_giving_way<T, F>(mut change: impl FnMut() -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    for _ in 1..TRIES {
        match change().await {
            Err(failure) if failure.gave_way() => {}
            done => return done,
        }
    }
    change().await
}

/// Tells a polite no, which somebody may be told beside other things, from what broke.
fn or_refused<T>(outcome: Result<T, Failure>) -> Result<Result<T, Refusal>, Failure> {
    match outcome {
        Ok(done) => Ok(Ok(done)),
        Err(Failure::Refused(refusal)) => Ok(Err(*refusal)),
        Err(broken @ Failure::Broken(_)) => Err(broken),
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<SlotRefusal> for Failure {
    fn from(refusal: SlotRefusal) -> Self {
        Refusal::from(refusal).into()
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Stale => Refusal::SomebodyWasFaster.into(),
            other => Self::Broken(other.into()),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// What TikTok said no to, as a person reads it.
impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        tracing::warn!(code = trouble.code, log_id = trouble.log_id, "TikTok refused: {trouble}");
        let hint = match trouble.next {
            // The hints beside the codes are about posts that go on by themselves. What a person asked for does not.
            Next::Later(_) | Next::Renew => say!("trouble-try-again-in-a-minute"),
            Next::Reconnect | Next::Never | Next::Unclear => trouble.hint(),
        };
        Refusal::TikTok { said: trouble.sentence(), hint }.into()
    }
}

/// A video that did not come home. What is the disk's fault is nobody's refusal.
impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        tracing::warn!("A video was not fetched: {error}");
        Refusal::Fetch { said: error.to_string(), hint: error.hint() }.into()
    }
}

/// A link that led to no video.
impl From<LinkError> for Failure {
    fn from(error: LinkError) -> Self {
        tracing::warn!("A link was not fetched: {error}");
        Refusal::Fetch { said: error.to_string(), hint: error.hint() }.into()
    }
}

impl From<ProbeError> for Failure {
    fn from(error: ProbeError) -> Self {
        match error {
            ProbeError::Refused(refusal) => Refusal::Video(refusal).into(),
            ProbeError::Unreadable(error) => Self::Broken(error.into()),
        }
    }
}

/// The rules an operator set.
#[derive(Debug, Clone)]
pub struct Rules {
    /// When posts may be due.
    pub window: Window,
    /// Posts of one account that are closer than this are a conflict.
    pub min_gap: TimeDelta,
    /// After an outage, a post later than this is held.
    pub late_after: TimeDelta,
    /// Upload ahead, and release the last chunk at the due instant.
    pub precommit: bool,
    /// What videos may be like.
    pub video: VideoRules,
    /// How much each account may be used.
    pub guards: Guards,
    /// What is kept for how long.
    pub retention: Retention,
    /// The app has passed TikTok's audit.
    pub audited: bool,
    /// What is asked for at consent.
    pub scopes: Vec<Scope>,
    /// Where TikTok sends people back to.
    pub redirect_uri: Url,
    /// How browsers reach us, if they do; its path ends in `/`.
    pub public_url: Option<Url>,
}

impl Rules {
    /// The part a post is held against.
    #[must_use]
    pub const fn submit(&self) -> SubmitRules<'_> {
        SubmitRules { window: &self.window, audited: self.audited }
    }
}

/// Nudges that save waiting for the next look. Losing one costs a moment, never a post.
#[derive(Debug, Default)]
pub struct Nudges {
    /// Something may be due for publishing.
    pub publisher: Notify,
    /// TikTok may have to be asked something.
    pub asker: Notify,
    /// Somebody has to be told something.
    pub outbox: Notify,
    /// A review may lapse or a digest be owed earlier than thought.
    pub keeper: Notify,
    /// Something is to be forgotten.
    pub forgetter: Notify,
}

impl Nudges {
    /// Wakes everybody: after the clock was pushed, or when nobody knows what changed.
    pub fn all(&self) {
        self.publishers();
        self.outbox.notify_one();
        self.keeper.notify_one();
        self.forgetter.notify_one();
    }

    /// Wakes those who work on publications.
    pub fn publishers(&self) {
        self.publisher.notify_one();
        self.asker.notify_one();
    }
}

/// Everything a flow needs.
#[derive(Debug)]
pub struct Flows {
    /// Rows.
    pub store: Store,
    /// Bytes.
    pub media: Media,
    /// Where bytes lie until they are judged.
    pub staging: PathBuf,
    /// Who fetches attachments.
    pub fetcher: reqwest::Client,
    /// Who knows what people may do at this moment.
    pub rights: Arc<dyn Rights>,
    /// Where attachments may come from.
    pub origins: Origins,
    /// Who follows the links people type.
    pub links: Links,
    /// TikTok.
    pub tiktok: tiktok::Client,
    /// How often TikTok may be asked.
    pub budget: Budget,
    /// What no other process is called.
    pub process: String,
    /// What seals tokens and addresses.
    pub vault: Vault,
    /// The time.
    pub clock: SharedClock,
    /// The operator's rules.
    pub rules: Rules,
    /// Who is to be woken.
    pub nudges: Nudges,
    /// What TikTok said by itself.
    pub inbox: heed::Inbox,
    /// What creators allowed a moment ago, for composers that are opened one after another.
    pub(crate) creators: Mutex<HashMap<AccountId, (DateTime<Utc>, CreatorInfo)>>,
    /// Open uploads, by a clock nobody can set.
    pub(crate) uploads: publish::Uploads,
    /// One renewal at a time for each account.
    pub(crate) renewals: Mutex<HashMap<AccountId, Arc<tokio::sync::Mutex<()>>>>,
}
