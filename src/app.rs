//! Builds every part, runs them together, stops them in order. The only place that knows everybody.
//!
//! `App::build` binds and connects; `App::run_until` runs. Tests build the same thing on port 0 and, holding the clock,
//! have it do what is due with [`Running::settle`] instead of letting it look by itself.

mod confined;
mod doctor;
mod export;
mod process;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use chrono::TimeDelta;
use chrono_tz::Tz;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

pub use doctor::{Report, doctor};
pub use export::{Exported, export};
pub use process::{listen_for_signals, migrate, serve_until_asked};

use crate::config::{Config, MediaUrl, Roles, VideoPreset};
use crate::discord::{Discord, DiscordSettings};
use crate::domain::budget::Guards;
use crate::domain::clock::SharedClock;
use crate::domain::creator::Scopes;
use crate::domain::schedule::{Maintenance, Window};
use crate::domain::video::{Preset, VideoRules};
use crate::flows::budget::Budget;
use crate::flows::forget::Retention;
use crate::flows::publish::Uploads;
use crate::flows::{Failure, Flows, Nudges, Rules};
use crate::media::Media;
use crate::media::fetch::{self, Origins};
use crate::scheduler::keeper::Keeper;
use crate::scheduler::metronome;
use crate::scheduler::publisher::{AtOnce, Publisher};
use crate::store::Store;
use crate::tiktok::{self, TikTokApp};
use crate::vault::Vault;
use crate::web;

/// How often [`Running::settle`] looks again before it takes the program for a wheel that never stops.
const MOST_ROUNDS: usize = 1_000;

/// How long everything may take to come to a rest once it is asked to stop. Parts give up on their own a little earlier.
const REST_WITHIN: Duration = Duration::from_millis(8_500);

/// How long the database may take to finish after that.
const CLOSED_WITHIN: Duration = Duration::from_secs(1);

/// Who looks what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drive {
    /// The program itself, as it does in the real world.
    ByItself,
    /// Whoever holds the clock, with [`Running::settle`].
    ByHand,
}

/// Every part, built and connected, not yet running.
#[derive(Debug)]
pub struct App {
    parts: Arc<Parts>,
    roles: Roles,
    listener: TcpListener,
    pages: Router,
}

#[derive(Debug)]
struct Parts {
    flows: Arc<Flows>,
    discord: Discord,
    publisher: Publisher,
    keeper: Keeper,
}

impl App {
    /// Builds every part: opens the database and brings it up to date, binds the web address, prepares for Discord.
    ///
    /// # Errors
    /// When a setting is missing or a part cannot be had.
    pub async fn build(config: &Config, roles: Roles, clock: SharedClock) -> anyhow::Result<Self> {
        confined::check(config)?;
        let required = config.require_for_run()?;
        let settings = DiscordSettings {
            token: required.discord_token.clone(),
            api_url: config.discord.api_url.clone(),
            api_is_changed: config.discord.api_is_changed,
        };
        let listener = TcpListener::bind(config.web.listen)
            .await
            .with_context(|| format!("`web.listen`: cannot listen on {}", config.web.listen))?;
        let address = listener.local_addr().context("the web address is unknown")?;
        let flows = Arc::new(flows(config, clock, address).await?);
        let owner = owner()?;
        let discord =
            Discord::new(settings, Arc::clone(&flows), owner.clone()).context("`discord`: cannot be built")?;
        let publisher = Publisher::new(Arc::clone(&flows), owner, at_once(config)?);
        let keeper = Keeper::new(Arc::clone(&flows));
        let pages = web::router(Arc::clone(&flows));
        Ok(Self { parts: Arc::new(Parts { flows, discord, publisher, keeper }), roles, listener, pages })
    }

    /// What the parts share.
    #[must_use]
    pub fn flows(&self) -> &Arc<Flows> {
        &self.parts.flows
    }

    /// Where the web pages are.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn web_address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Runs until `stop`, looking by itself for what is due.
    ///
    /// # Errors
    /// When a part ends before it was told to.
    pub async fn run_until(self, stop: CancellationToken) -> anyhow::Result<()> {
        self.start(Drive::ByItself, stop).ended().await
    }

    /// Starts every part.
    #[must_use]
    pub fn start(self, drive: Drive, stop: CancellationToken) -> Running {
        let tasks = TaskTracker::new();
        let parts = Arc::clone(&self.parts);
        let task = tasks.spawn(run(self, drive, stop.clone()));
        Running { parts, stop, task }
    }
}

/// A program that runs.
#[derive(Debug)]
pub struct Running {
    parts: Arc<Parts>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<anyhow::Result<()>>,
}

impl Running {
    /// What the parts share.
    #[must_use]
    pub fn flows(&self) -> &Arc<Flows> {
        &self.parts.flows
    }

    /// The Discord side.
    #[must_use]
    pub fn discord(&self) -> &Discord {
        &self.parts.discord
    }

    /// Does everything that is due now, and what follows from it, and comes back when nothing is left.
    ///
    /// # Errors
    /// When the store cannot be reached, or it never comes to rest.
    pub async fn settle(&self) -> Result<(), Failure> {
        for _ in 0..MOST_ROUNDS {
            let kept = self.parts.keeper.run_due().await?;
            let published = self.parts.publisher.run_due().await?;
            let told = self.parts.discord.outbox().run_due().await?;
            if kept + published + told == 0 {
                return Ok(());
            }
        }
        Err(Failure::Broken(anyhow::anyhow!("the program does not come to rest")))
    }

    /// Waits until it has ended.
    ///
    /// # Errors
    /// When a part ended before it was told to.
    pub async fn ended(self) -> anyhow::Result<()> {
        self.task.await.context("the program panicked")?
    }

    /// Has it finish what it holds and waits until it has ended.
    ///
    /// # Errors
    /// When a part ended before it was told to.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.ended().await
    }
}

async fn run(app: App, drive: Drive, stop: CancellationToken) -> anyhow::Result<()> {
    let App { parts, roles, listener, pages } = app;
    let tasks = TaskTracker::new();
    let mut beat = None;
    if drive == Drive::ByItself && roles.worker {
        let (publisher, keeper) = (parts.publisher.clone(), parts.keeper.clone());
        let (publishing, keeping) = (stop.clone(), stop.clone());
        tasks.spawn(async move { publisher.run(publishing).await });
        tasks.spawn(async move { keeper.run(keeping).await });
        beat = Some(metronome(Arc::clone(&parts.flows)).await.context("the metronome cannot be started")?);
    }
    if drive == Drive::ByItself && roles.bot {
        let (outbox, telling) = (parts.discord.outbox().clone(), stop.clone());
        tasks.spawn(async move { outbox.run(telling).await });
    }
    let web = async {
        if !roles.web {
            drop(listener);
            stop.cancelled().await;
            return Ok(());
        }
        serve(listener, pages, stop.clone()).await
    };
    let people = async {
        if !roles.bot {
            stop.cancelled().await;
            return Ok(());
        }
        parts.discord.run(stop.clone()).await
    };
    let everything = async {
        let ended = tokio::try_join!(people, web);
        stop.cancel();
        if let Some(mut beat) = beat
            && let Err(error) = beat.shutdown().await
        {
            tracing::warn!("The metronome did not stop: {error}");
        }
        tasks.close();
        tasks.wait().await;
        ended.map(|_| ())
    };
    let ended = tokio::select! {
        ended = everything => ended,
        () = too_late(&stop) => {
            tracing::warn!("Not everything came to a rest in time; what is left is cut off");
            Ok(())
        }
    };
    let closed = async {
        parts.publisher.let_go().await;
        parts.flows.store.close().await;
    };
    if tokio::time::timeout(CLOSED_WITHIN, closed).await.is_err() {
        tracing::warn!("The database still works for somebody who is cut off");
    }
    ended
}

async fn too_late(stop: &CancellationToken) {
    stop.cancelled().await;
    // It never ends by itself.
    drop(tokio::time::timeout(REST_WITHIN, std::future::pending::<()>()).await);
}

async fn serve(listener: TcpListener, pages: Router, stop: CancellationToken) -> anyhow::Result<()> {
    let stopped = stop.clone();
    let served = axum::serve(listener, pages).with_graceful_shutdown(async move { stop.cancelled().await }).await;
    // Whatever ended the pages ends the rest.
    stopped.cancel();
    served.context("the web pages cannot be served")
}

fn at_once(config: &Config) -> anyhow::Result<AtOnce> {
    Ok(AtOnce {
        uploads: usize::try_from(config.scheduling.uploads_at_once.get())?,
        questions: usize::try_from(config.scheduling.questions_at_once.get())?,
    })
}

async fn flows(config: &Config, clock: SharedClock, web: SocketAddr) -> anyhow::Result<Flows> {
    let required = config.require_for_run()?;
    let store = Store::open(config.database.url.expose()).await.context("`database.url`")?;
    let media = Media::open(&config.media.url.to_string()).context("`media.url`")?;
    let vault = Vault::new(required.encryption_key).context("`security.encryption_key`")?;
    let origins = if config.discord.api_is_changed {
        Origins::only(config.discord.api_url.clone())
    } else {
        Origins::discord_cdn()
    };
    let budget = Budget::new(store.clone(), Arc::clone(&clock), config.limits.requests_per_minute.get());
    let fetcher = fetch::client(&origins).context("cannot build the client that fetches videos")?;
    Ok(Flows {
        store,
        media,
        staging: staging(config)?,
        fetcher,
        origins,
        tiktok: tiktok_client(config, required.client_key, required.client_secret)?.with_clock(Arc::clone(&clock)),
        budget,
        vault,
        clock,
        rules: rules(config, web)?,
        nudges: Nudges::default(),
        creators: Mutex::default(),
        uploads: Uploads::default(),
        renewals: Mutex::new(HashMap::new()),
    })
}

fn tiktok_client(config: &Config, key: &str, secret: &SecretString) -> anyhow::Result<tiktok::Client> {
    let app = TikTokApp {
        client_key: key.to_owned(),
        client_secret: secret.clone(),
        api_url: config.tiktok.api_url.clone(),
        authorize_url: config.tiktok.authorize_url.clone(),
    };
    let http = tiktok::http_client().context("cannot build the client that talks to TikTok")?;
    Ok(tiktok::Client::new(app, http))
}

fn rules(config: &Config, web: SocketAddr) -> anyhow::Result<Rules> {
    let maintenance =
        config.scheduling.maintenance.iter().map(|window| {
            Maintenance::new(window.pattern(), window.duration, Tz::UTC).context("`scheduling.maintenance`")
        });
    let scopes: Scopes = Scopes::parse(&config.tiktok.scopes.join(","));
    Ok(Rules {
        window: Window {
            min_lead: config.scheduling.min_lead,
            max_ahead: config.scheduling.max_ahead,
            maintenance: maintenance.collect::<anyhow::Result<_>>()?,
        },
        late_after: TimeDelta::from_std(config.scheduling.late_after).context("`scheduling.late_after`")?,
        precommit: config.scheduling.precommit,
        video: VideoRules {
            preset: match config.video.preset {
                VideoPreset::Official => Preset::Official,
                VideoPreset::Strict => Preset::Strict,
            },
            max_bytes: config.video.max_bytes,
        },
        guards: Guards {
            uploads_per_hour: config.limits.uploads_per_hour.get(),
            posts_per_day: config.limits.posts_per_day.get(),
            scheduled_per_day: config.limits.scheduled_per_day.get(),
        },
        retention: Retention {
            media_after_published: span(config.retention.media_after_published),
            media_after_ended: span(config.retention.media_after_ended),
            audit: span(config.retention.audit),
            metrics: span(config.retention.metrics),
        },
        audited: config.tiktok.audited,
        scopes: scopes.iter().collect(),
        redirect_uri: redirect_uri(config.web.public_url.as_ref(), web),
    })
}

/// A span as the rules reckon with it; one beyond all reckoning is for ever.
fn span(given: Duration) -> TimeDelta {
    TimeDelta::from_std(given).unwrap_or(TimeDelta::MAX)
}

/// The address to register at TikTok: below our public address, or on this machine when we only listen there.
#[must_use]
pub fn redirect_uri(public_url: Option<&Url>, web: SocketAddr) -> Option<Url> {
    let base = match public_url {
        Some(url) => url.clone(),
        None if web.ip().is_loopback() => Url::parse(&format!("http://{web}/")).ok()?,
        None => return None,
    };
    base.join(web::CALLBACK.trim_start_matches('/')).ok()
}

/// Where bytes lie until they are judged: beside the media folder, so that keeping them is a move on one disk.
fn staging(config: &Config) -> anyhow::Result<PathBuf> {
    let folder = match &config.media.url {
        MediaUrl::Folder(folder) => folder.join("arriving"),
        MediaUrl::Bucket { .. } => std::env::temp_dir().join("greenroom-arriving"),
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("`media.url`: cannot make {}", folder.display()))?;
    Ok(folder)
}

/// A name for this process that no other has.
fn owner() -> anyhow::Result<String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).context("no randomness to be had")?;
    Ok(hex::encode(bytes))
}
