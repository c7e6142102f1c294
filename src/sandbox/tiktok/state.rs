//! Everything the local TikTok remembers, in memory and behind one lock that is never held across an await. Time passes
//! only when somebody looks: each look first brings the world up to the clock (`progress.rs`), so a test that pushes its
//! clock by an hour finds what an hour brings.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::creator::Creator;
use super::ledger::Entry;
use super::publication::Publication;
use super::tasks::Tasks;
use super::webhooks::Event;
use crate::domain::clock::SharedClock;
use crate::sandbox::mischief::Mischief;

/// What the documentation leaves open, or what an operator of TikTok could set otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Whether the app has passed the audit.
    pub audited: bool,
    /// Whether an app without the audit can post only while the account is private.
    pub unaudited_needs_private_account: bool,
    /// How many people may post in a day through an app without the audit.
    pub unaudited_people_per_day: usize,
    /// How many drafts a person can be handed in a day.
    pub drafts_per_day: usize,
    /// Whether an opened upload counts against the daily caps before its last byte.
    pub openings_count: bool,
    /// Whether a paid partnership that only its author can see is refused.
    pub refuses_private_branded: bool,
    /// Life of an authorization code.
    pub code_seconds: u32,
    /// Life of an access token; 86400 was documented before.
    pub access_seconds: u32,
    /// Life of a refresh token; 31536000 was documented before.
    pub refresh_seconds: u32,
    /// Whether a renewal also kills the access token it follows.
    pub renewal_kills_access: bool,
    /// The HTTP status of an OAuth refusal: 200 or 400.
    pub oauth_refusal_status: u16,
    /// How a malformed posting request is called: `invalid_param` or `invalid_params`.
    pub invalid_code: String,
    /// How long a call counts against an endpoint's rate, which is one of calls in a minute.
    pub rate_millis: u32,
    /// Life of an upload address.
    pub upload_seconds: u32,
    /// Whether a range that is already stored is taken again instead of refused with 416.
    pub stored_range_is_taken_again: bool,
    /// How long a finished upload is processed.
    pub processing_millis: u32,
    /// How long moderation takes until a public post shows its id.
    pub moderation_millis: u32,
    /// How post ids are written in a status.
    pub post_id_form: PostIdForm,
    /// Videos up to this size keep their bytes, so that the sandbox page can show them.
    pub kept_video_bytes: usize,
    /// Address prefixes the operator has proved to own.
    pub verified_prefixes: Vec<String>,
}

/// The ways a status has been seen to write post ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostIdForm {
    /// A list of numbers, empty until there is one; as documented.
    Numbers,
    /// A list of strings.
    Strings,
    /// One number, absent until there is one.
    Number,
    /// One string, absent until there is one.
    String,
    /// Always null.
    Null,
    /// Never there.
    Absent,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            audited: false,
            unaudited_needs_private_account: true,
            unaudited_people_per_day: 5,
            drafts_per_day: 5,
            openings_count: false,
            refuses_private_branded: true,
            code_seconds: 600,
            access_seconds: 7_200,
            refresh_seconds: 15_552_000,
            renewal_kills_access: false,
            oauth_refusal_status: 400,
            invalid_code: "invalid_params".to_owned(),
            rate_millis: 60_000,
            upload_seconds: 3_600,
            stored_range_is_taken_again: false,
            processing_millis: 3_000,
            moderation_millis: 5_000,
            post_id_form: PostIdForm::Numbers,
            kept_video_bytes: 8 << 20,
            verified_prefixes: Vec::new(),
        }
    }
}

/// An authorization code waiting to be exchanged.
pub(super) struct Code {
    pub(super) open_id: String,
    pub(super) scopes: Vec<String>,
    pub(super) redirect_uri: String,
    pub(super) challenge: Option<String>,
    pub(super) expires_at: DateTime<Utc>,
}

/// What a token of either kind stands for.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) open_id: String,
    pub(super) scopes: Vec<String>,
    pub(super) expires_at: DateTime<Utc>,
}

/// Everything that can change.
pub(super) struct World {
    pub(super) rules: Rules,
    pub(super) creators: BTreeMap<String, Creator>,
    pub(super) codes: HashMap<String, Code>,
    pub(super) access: HashMap<String, Grant>,
    pub(super) refresh: HashMap<String, Grant>,
    pub(super) publications: Tasks,
    pub(super) calls: HashMap<(String, &'static str), VecDeque<DateTime<Utc>>>,
    pub(super) journal: Vec<Entry>,
    pub(super) events: Vec<Event>,
    pub(super) webhook_url: Option<String>,
    pub(super) serial: u64,
    /// Whether something happened that a watcher would want to know.
    pub(super) changed: bool,
}

impl World {
    pub(super) fn new(rules: Rules, webhook_url: Option<String>) -> Self {
        Self {
            rules,
            webhook_url,
            creators: BTreeMap::new(),
            codes: HashMap::new(),
            access: HashMap::new(),
            refresh: HashMap::new(),
            publications: Tasks::default(),
            calls: HashMap::new(),
            journal: Vec::new(),
            events: Vec::new(),
            serial: 0,
            changed: false,
        }
    }

    /// The next number of this world, for ids that read well and never repeat.
    pub(super) fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    pub(super) fn publication(&mut self, publish_id: &str) -> Option<&mut Publication> {
        let place = self.publications.place(publish_id)?;
        self.publications.get_mut(place)
    }

    /// The creator an app knows by this id.
    pub(super) fn creator(&self, open_id: &str) -> Option<&Creator> {
        self.creators.get(open_id)
    }
}

/// What the server, its tasks and its handles share.
pub(super) struct Shared {
    pub(super) clock: SharedClock,
    pub(super) client_key: String,
    pub(super) client_secret: String,
    pub(super) redirect_uris: Option<Vec<String>>,
    pub(super) enabled_scopes: Vec<String>,
    pub(super) base_url: String,
    pub(super) upload_base: String,
    pub(super) world: Mutex<World>,
    pub(super) mischief: Mischief,
    pub(super) version: watch::Sender<u64>,
    pub(super) postman: Notify,
    pub(super) tracker: TaskTracker,
    pub(super) stopping: CancellationToken,
}

impl Shared {
    /// Brings the world up to the clock and looks at it or changes it; watchers hear of any change.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut World, DateTime<Utc>) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        world.settle(now);
        let result = act(&mut world, now);
        world.settle(now);
        let mail = world.events.iter().any(|event| event.is_due(now));
        let changed = std::mem::take(&mut world.changed);
        drop(world);
        if changed {
            self.version.send_modify(|version| *version += 1);
        }
        if mail {
            self.postman.notify_one();
        }
        result
    }

    /// Like [`Self::with`], for what changes something.
    pub(super) fn change<T>(&self, act: impl FnOnce(&mut World, DateTime<Utc>) -> T) -> T {
        self.with(|world, now| {
            world.changed = true;
            act(world, now)
        })
    }
}

/// An unguessable word with a prefix.
pub(super) fn secret(prefix: &str) -> String {
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    format!("{prefix}{}", hex::encode(bytes))
}
