//! Discord in, Discord out: what people ask for becomes a flow, and what happened becomes a message.
//!
//! [`Bot`] is what every handler holds; [`gateway`] keeps the line to Discord open and hands out what comes in. Nothing
//! that matters is remembered here: commands, buttons and reactions are hints that read the store and ask a flow, so a
//! restart loses nothing. Sentences are in `words`, the look of a message in `face`; neither sends anything.

pub mod buttons;
pub mod calendar;
pub mod cards;
pub mod commands;
pub mod composer;
pub mod face;
mod forms;
mod from_message;
pub mod gateway;
mod hearing;
pub mod held;
pub mod history;
pub mod http;
pub mod lists;
pub mod look;
pub mod outbox;
mod people;
mod permissions;
pub mod portal;
mod presses;
mod reactions;
mod reconcile;
pub mod register;
mod rights;
pub mod story;
mod times;
mod watchdog;
pub mod words;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::{DateTime, Utc};
use serenity::all::{Http, UserId};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::domain::creator::Privacy;
use crate::domain::ids::AccountId;
use crate::flows::{Failure, Flows};
use face::Face;
pub use http::DiscordSettings;
pub use outbox::Outbox;
pub use rights::rights;
pub use watchdog::Spans;
use words::CommandIds;

/// The Discord side of the program: the bot that listens and the outbox that tells.
#[derive(Debug)]
pub struct Discord {
    bot: Arc<Bot>,
    outbox: Outbox,
}

impl Discord {
    /// Prepares both; nothing is called yet. `owner` is what this process calls itself.
    ///
    /// # Errors
    /// When the settings do not go together.
    pub fn new(settings: DiscordSettings, flows: Arc<Flows>, owner: String) -> anyhow::Result<Self> {
        let bot = Bot::new(Arc::clone(&flows), settings)?;
        let outbox = Outbox::new(flows, bot.http(), owner);
        Ok(Self { bot, outbox })
    }

    /// The one that listens.
    #[must_use]
    pub const fn bot(&self) -> &Arc<Bot> {
        &self.bot
    }

    /// The one that tells people what happened.
    #[must_use]
    pub const fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// How many events that we rely on came in a shape that could not be read: anything but none is a fault.
    #[must_use]
    pub fn unread_events(&self) -> u64 {
        self.bot.unread_events()
    }

    /// How many reactions have been dealt with.
    #[must_use]
    pub fn reactions_heard(&self) -> watch::Receiver<u64> {
        self.bot.reactions_heard.subscribe()
    }

    /// How many times the program dealt with the word that the bot is in a server, or not any more, or that one of its
    /// channels is gone.
    #[must_use]
    pub fn servers_heard(&self) -> watch::Receiver<u64> {
        self.bot.servers_heard.subscribe()
    }

    /// How often Discord greeted the bot and everything that could have changed was looked up.
    #[must_use]
    pub fn greetings_dealt_with(&self) -> watch::Receiver<u64> {
        self.bot.greetings.subscribe()
    }

    /// Holds the line to Discord until told to stop.
    ///
    /// # Errors
    /// When Discord refuses the token, the intents or the shards: only other settings help.
    pub async fn run(&self, stop: CancellationToken) -> anyhow::Result<()> {
        self.run_with(Spans::default(), stop).await
    }

    /// Holds the line with other spans than Discord's own call for.
    ///
    /// # Errors
    /// When Discord refuses the token, the intents or the shards: only other settings help.
    pub async fn run_with(&self, spans: Spans, stop: CancellationToken) -> anyhow::Result<()> {
        gateway::run(Arc::clone(&self.bot), spans, stop).await
    }
}

/// What creators allowed, and when they said so.
type KnownPrivacy = HashMap<AccountId, (DateTime<Utc>, Vec<Privacy>)>;

/// The bot: what every handler of a command, press, form or reaction holds.
#[derive(Debug)]
pub struct Bot {
    flows: Arc<Flows>,
    http: Arc<Http>,
    settings: DiscordSettings,
    /// Who the bot is, once Discord has greeted it.
    me: OnceLock<UserId>,
    /// The commands as Discord knows them, once they are registered.
    command_ids: OnceLock<CommandIds>,
    /// Events we rely on that could not be read.
    unread_events: AtomicU64,
    /// The line to Discord was up when it was looked at last.
    line_is_up: AtomicBool,
    /// Reactions that have been dealt with.
    reactions_heard: watch::Sender<u64>,
    /// Words about servers and their channels that have been dealt with.
    servers_heard: watch::Sender<u64>,
    /// Greetings after which everything has been looked up.
    greetings: watch::Sender<u64>,
    /// What creators allowed a moment ago, for what is offered while somebody types.
    privacy: Mutex<KnownPrivacy>,
    /// What is under way; the end waits for it.
    tasks: TaskTracker,
}

impl Bot {
    /// A bot for these flows that has not called Discord yet.
    ///
    /// # Errors
    /// When the settings do not go together.
    pub fn new(flows: Arc<Flows>, settings: DiscordSettings) -> anyhow::Result<Arc<Self>> {
        let http = Arc::new(http::build(&settings)?);
        Ok(Arc::new(Self {
            flows,
            http,
            settings,
            me: OnceLock::new(),
            command_ids: OnceLock::new(),
            unread_events: AtomicU64::new(0),
            line_is_up: AtomicBool::new(false),
            reactions_heard: watch::Sender::new(0),
            servers_heard: watch::Sender::new(0),
            greetings: watch::Sender::new(0),
            privacy: Mutex::default(),
            tasks: TaskTracker::new(),
        }))
    }

    /// The client everything but a command's own answers is sent with; the outbox shares it.
    #[must_use]
    pub fn http(&self) -> Arc<Http> {
        Arc::clone(&self.http)
    }

    /// How many events that we rely on came in a shape that could not be read: anything but none is a fault.
    #[must_use]
    pub fn unread_events(&self) -> u64 {
        self.unread_events.load(Ordering::SeqCst)
    }

    /// Whether the line to Discord is up, as of seconds ago.
    #[must_use]
    pub fn line_is_up(&self) -> bool {
        self.line_is_up.load(Ordering::SeqCst)
    }

    /// What a creator allowed less than `age` ago.
    fn known_privacy(&self, account: AccountId, now: DateTime<Utc>, age: chrono::TimeDelta) -> Option<Vec<Privacy>> {
        let known = self.privacy.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&account).filter(|(at, _)| now - *at < age).map(|(_, options)| options.clone())
    }

    fn remember_privacy(&self, account: AccountId, now: DateTime<Utc>, options: Vec<Privacy>) {
        self.privacy.lock().unwrap_or_else(PoisonError::into_inner).insert(account, (now, options));
    }
}

/// What a person is told when a flow ended badly. What broke is logged here, once, under the reference they see.
pub(super) fn told(what: &str, failure: &Failure) -> Face {
    match failure {
        Failure::Refused(refusal) => words::refused(refusal),
        Failure::Broken(error) => broke(what, &format!("{error:#}")),
    }
}

/// Logs what broke under a fresh reference and makes the answer that names it.
fn broke(what: &str, error: &str) -> Face {
    let mut bytes = [0; 4];
    // Without randomness two references may be alike, which is no reason to say nothing.
    let _ = getrandom::fill(&mut bytes);
    let reference = hex::encode(bytes);
    tracing::error!(reference, "`{what}` broke ({reference}): {error}");
    words::broken(&reference)
}
