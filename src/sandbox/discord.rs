//! A Discord played locally: REST, gateway, CDN and a server with people in it, all on one port.
//!
//! It is written from Discord's documentation and never from our client. It keeps everything in memory under one lock,
//! and time comes from the injected clock, except the three seconds an interaction lives unanswered: those are real.
//!
//! ```text
//! Discord::start(DiscordOptions::new(clock)).await -> io::Result<Discord>     Clone, cheap
//!   .base_url()  "http://127.0.0.1:PORT", what `discord.api_url` is set to      .stop().await  waits for every task
//! what people do (names or ids; `Impossible` is what a real client would not let anybody do)
//!   .command(member, channel, &["post", "move"], &[("post", json!(42))], &[Upload::new("video", "a.mp4", bytes)])
//!   .message_command(member, "Schedule on TikTok", message)      .autocomplete(member, channel, path, options, focused).await
//!   .press(member, message, custom_id)   .select(member, message, custom_id, &["value"])
//!   .submit(member, interaction.id(), &[("field", "text")])      -> Result<Interaction, Impossible>
//!   .react / .unreact(member, message, emoji)                    .say(member, channel, text, uploads) -> message
//! what comes back
//!   interaction.answer().await -> Result<Answer, NoAnswer>       interaction.reply().await -> Result<Value, Overdue>
//!   interaction.until(|view| ..).await                           .until("what", |discord| Option<T>).await
//! what there is to see
//!   .messages(channel) .message(id) .seen_by(member, channel) .private_messages(member) .file(id)
//!   .transcript(channel) .transcript_as(member, channel) .journal() .commands() .pings() .violations()
//!   .identifies() .resumes() .connections() .frames() .waits() .online() .changed()
//! the server: .add_member .add_role .change_role .set_role .add_channel .remove_channel .forbid .set_boosts .set_client .kick_bot
//!             .add_server .forge
//!             .invite_bot .server_unavailable
//! trouble:    .fail(route, nth, times, RestTrouble) .fail_file(FileFault) .limit(route, calls, window)
//!             .gateway_trouble(GatewayTrouble) .break_event(kind, pointer) .repeat_last_event() .send_event(kind, data) .heal()
//! ```
//!
//! `control` is the same for a browser, under `/__sandbox/`.

mod ask;
mod awaiting;
mod callbacks;
mod cdn;
mod commands;
pub mod control;
mod control_deeds;
mod deeds;
mod faults;
mod forms;
mod limits;
mod mentions;
mod message_deeds;
mod message_shape;
mod messages;
mod options;
mod payload;
mod people;
mod reactions;
mod refusal;
mod rest;
mod rest_messages;
mod roster;
mod rules;
pub(crate) mod server;
pub(crate) mod shapes;
pub(crate) mod state;
mod threads;
mod transcript;
mod views;
mod webhooks;
pub(crate) mod wire;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fmt, io};

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use super::gateway::{GatewayTrouble, Identified};
use crate::domain::clock::SharedClock;
pub use awaiting::{Answer, Interaction, NoAnswer, Overdue, View};
pub use faults::{FileFault, RestTrouble};
pub(crate) use server::Channel;
pub use server::permission;
pub use views::{Call, Ping};

use payload::Part;
use state::State;
use wire::{Door, Wire, Wires};

/// Discord's ids: 64 bits that begin with the time.
pub type Snowflake = u64;

/// Judges a body: method, path without `/api/v10`, body; what is wrong with it otherwise.
pub type Validator = Arc<dyn Fn(&str, &str, &Value) -> Result<(), Vec<String>> + Send + Sync>;

/// How the local Discord is set up.
#[derive(Clone)]
pub struct DiscordOptions {
    /// Where its time comes from.
    pub clock: SharedClock,
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The token the bot must come with.
    pub bot_token: String,
    /// Judges every body besides the built-in rules.
    pub validator: Option<Validator>,
    /// How long an interaction waits for its first answer, in real time.
    pub answer_within: Duration,
    /// How long a file's link is good, by the clock.
    pub link_lives_for: Duration,
    /// How long a test waits for anything, in real time.
    pub patience: Duration,
    /// The time between two heartbeats.
    pub heartbeat: Duration,
    /// Pages served besides, where nothing of Discord's is.
    pub pages: Option<Router>,
}

impl DiscordOptions {
    /// As Discord has it, on a free port of this machine.
    #[must_use]
    pub fn new(clock: SharedClock) -> Self {
        Self {
            clock,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            bot_token: "make.believe.token".to_owned(),
            validator: None,
            answer_within: Duration::from_secs(3),
            link_lives_for: Duration::from_secs(24 * 60 * 60),
            patience: Duration::from_secs(20),
            heartbeat: Duration::from_millis(41_250),
            pages: None,
        }
    }
}

impl fmt::Debug for DiscordOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("DiscordOptions").field("listen", &self.listen).finish_non_exhaustive()
    }
}

/// A file on its way in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The option it is given for; any word where there are no options.
    pub option: String,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
    /// What the client takes it for.
    pub content_type: String,
}

impl Upload {
    /// A file whose kind the client guesses from its name.
    #[must_use]
    pub fn new(option: &str, name: &str, bytes: impl Into<Bytes>) -> Self {
        let kind = match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "mp4" => "video/mp4",
            "mov" => "video/quicktime",
            "webm" => "video/webm",
            "png" => "image/png",
            "csv" => "text/csv; charset=utf-8",
            _ => "application/octet-stream",
        };
        Self { option: option.to_owned(), name: name.to_owned(), bytes: bytes.into(), content_type: kind.to_owned() }
    }

    fn part(&self, index: usize) -> Part {
        let field = format!("files[{index}]");
        Part { field, name: self.name.clone(), content_type: self.content_type.clone(), bytes: self.bytes.clone() }
    }
}

/// Something a real client would not let anybody do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible(String);

impl Impossible {
    fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for Impossible {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Impossible {}

/// The local Discord; copies are the same one.
#[derive(Clone)]
pub struct Discord(Arc<Inner>);

struct Inner {
    state: Mutex<State>,
    clock: SharedClock,
    version: watch::Sender<u64>,
    validator: Option<Validator>,
    patience: Duration,
    base_url: String,
    tracker: TaskTracker,
    stopping: CancellationToken,
    wires: Wires,
}

impl fmt::Debug for Discord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Discord").field("base_url", &self.0.base_url).finish_non_exhaustive()
    }
}

impl Discord {
    /// Opens the door and furnishes the server.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(options: DiscordOptions) -> io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let mut state = State::new(options.clock.clone(), base_url.clone(), options.bot_token);
        state.answer_within = options.answer_within;
        state.link_lives_for = options.link_lives_for;
        state.gateway.heartbeat_millis = u64::try_from(options.heartbeat.as_millis()).unwrap_or(u64::MAX);
        state.furnish();
        let wires = Wires::default();
        let discord = Self(Arc::new(Inner {
            state: Mutex::new(state),
            clock: options.clock,
            version: watch::Sender::new(1),
            validator: options.validator,
            patience: options.patience,
            base_url,
            tracker: TaskTracker::new(),
            stopping: CancellationToken::new(),
            wires: wires.clone(),
        }));
        let routes = discord.routes(options.pages).into_make_service_with_connect_info::<Wire>();
        let stopped = discord.stopping().cancelled_owned();
        let server = axum::serve(Door::new(listener, wires), routes).with_graceful_shutdown(stopped);
        discord.0.tracker.spawn(async move { server.await });
        Ok(discord)
    }

    fn routes(&self, pages: Option<Router>) -> Router {
        let own = Router::new()
            .merge(rest::router(self))
            .nest("/__sandbox", control::router())
            .route("/gateway", get(super::gateway::connect))
            .route("/gateway/", get(super::gateway::connect))
            .route("/resume", get(super::gateway::connect))
            .route("/resume/", get(super::gateway::connect))
            .route("/attachments/{channel}/{id}/{name}", get(cdn::download))
            .route("/ephemeral-attachments/{app}/{id}/{name}", get(cdn::download));
        match pages {
            Some(pages) => own.with_state(self.clone()).fallback_service(pages),
            None => own.fallback(rest::nowhere).with_state(self.clone()),
        }
    }

    /// The origin of everything: REST below `/api/v10`, the gateway, and files.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.0.base_url.clone()
    }

    /// Where `GET /gateway` sends the bot.
    #[must_use]
    pub fn gateway_url(&self) -> String {
        format!("{}/gateway", self.0.base_url.replacen("http", "ws", 1))
    }

    /// Ends every connection and waits until nothing runs any more.
    pub async fn stop(&self) {
        self.0.stopping.cancel();
        self.0.tracker.close();
        self.0.wires.cut_all();
        self.0.tracker.wait().await;
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing is left half done by a panic that matters more than the panic itself.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something and wakes everybody who waits for it.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let outcome = act(&mut self.lock());
        self.0.version.send_modify(|version| *version += 1);
        outcome
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(crate) fn version(&self) -> &watch::Sender<u64> {
        &self.0.version
    }

    pub(crate) fn validator(&self) -> Option<&Validator> {
        self.0.validator.as_ref()
    }

    pub(crate) fn patience(&self) -> Duration {
        self.0.patience
    }

    pub(crate) fn tracker(&self) -> &TaskTracker {
        &self.0.tracker
    }

    pub(crate) fn stopping(&self) -> CancellationToken {
        self.0.stopping.clone()
    }
}
